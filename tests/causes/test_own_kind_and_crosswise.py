"""Named are a row of 校历 of another kind than it says itself, and lines whose two words stand in each other's column:
not the days that were reckoned right, nor the books that have the words right.
"""

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change, Slip
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.samples.year import clean_school
from small_sample import small_sample

HOLIDAYS = [row for row in clean_school().rows[CalendarRow] if row.kind is DayKind.HOLIDAY]


@pytest.mark.parametrize("kind", [DayKind.MAKE_UP, DayKind.SCHOOL])
@pytest.mark.parametrize("holiday", HOLIDAYS[:-1], ids=lambda row: row.note)
def test_a_holiday_of_another_kind_is_the_one_cause_and_no_due_date_is(holiday: CalendarRow, kind: DayKind) -> None:
    pen = Pen(small_sample(1), 1)
    pen.change("", holiday, kind=kind)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(CalendarRow, holiday.line, "kind"), DayKind.HOLIDAY),)
    assert len(cause.explains) == len(report.findings)


def test_a_weekend_made_up_for_without_its_weekday_is_no_holiday() -> None:
    pen = Pen(small_sample(1), 1)
    row = next(row for row in pen.rows(CalendarRow) if row.kind is DayKind.MAKE_UP)
    pen.change("", row, follows=None)
    _, causes = explained(pen.ledger_set)
    assert not any(edit.should is DayKind.HOLIDAY for one in causes for edit in one.correction.edits)


@pytest.mark.parametrize("first", [877, 1258])
def test_titles_and_authors_in_each_others_column_are_exchanged_and_no_loan_is_named(first: int) -> None:
    pen, before = Pen(small_sample(1), 1), {}
    for row in list(pen.rows(AccessionRow)[first : first + 20]):
        before |= {Cell(AccessionRow, row.line, name): getattr(row, name) for name in ("title", "author")}
        pen.change("", row, title=row.author, author=row.title)
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.COLUMNS_EXCHANGED
    assert {edit.at: edit.should for edit in cause.correction.edits if isinstance(edit, Change)} == before
