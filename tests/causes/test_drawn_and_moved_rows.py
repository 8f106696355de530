"""Numbers and renewals drawn down, letters of two classes exchanged, a day of 校历 a little elsewhere: named are the
cells that were written otherwise, and none of those that go by them.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change, Correction, Slip
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.wording.checking.causes import what_to_do
from small_sample import small_sample


def _should(correction: Correction) -> dict[Cell, object]:
    return {edit.at: edit.should for edit in correction.edits if isinstance(edit, Change)}


@pytest.mark.parametrize("first", [945, 1089, 1276])
def test_a_number_and_title_drawn_down_are_one_cause_and_no_loan_is_struck(first: int) -> None:
    pen = Pen(small_sample(1), 1)
    above, *page = pen.rows(LoanRow)[first : first + 8]
    for row in page:
        pen.change("", row, accession_no=above.accession_no, title=above.title)
    _, causes = explained(pen.ledger_set)
    assert {one.correction.slip for one in causes} == {Slip.ONE_COPY}
    lines = {at.line for one in causes for at in one.correction.untold}
    assert lines == {row.line for row in page}
    assert "“个别登记号”和借阅登记账!G" in what_to_do(pen.ledger_set.library(), causes[0].correction)


def test_renewals_drawn_down_are_named_and_no_due_date() -> None:
    pen = Pen(small_sample(1), 1)
    rows = pen.rows(LoanRow)
    page = next(
        page
        for page in (rows[first : first + 20] for first in range(400, len(rows)))
        if all(row.is_personal and not row.renewals for row in page)
    )
    before: dict[Cell, object] = {Cell(LoanRow, row.line, "renewals"): row.renewals for row in page}
    for row in page:
        pen.change("", row, renewals=1)
    _, [cause] = explained(pen.ledger_set)
    assert _should(cause.correction) == before


def test_letters_of_two_classes_exchanged_are_named_and_no_figure() -> None:
    pen = Pen(small_sample(1), 1)
    last = max(row.ends_on for row in pen.rows(ClassificationRow))
    one, *_, other = [row for row in pen.rows(ClassificationRow) if row.ends_on == last and row.closing_copies]
    pen.change("", one, class_letter=other.class_letter)
    pen.change("", other, class_letter=one.class_letter)
    _, [cause] = explained(pen.ledger_set)
    assert _should(cause.correction) == {
        Cell(ClassificationRow, row.line, "class_letter"): row.class_letter for row in (one, other)
    }


def _a_day_late(day: date) -> date:
    return day + timedelta(1)


def _a_year_late(day: date) -> date:
    return day.replace(year=day.year + 1)


@pytest.mark.parametrize(("month", "late"), [(10, _a_day_late), (1, _a_year_late)])
def test_a_day_made_up_for_that_is_late_is_moved_and_no_row_added(month: int, late: Callable[[date], date]) -> None:
    pen = Pen(small_sample(1), 1)
    row = next(row for row in pen.rows(CalendarRow) if row.kind is DayKind.MAKE_UP and row.starts_on.month == month)
    pen.change("", row, starts_on=late(row.starts_on), ends_on=late(row.ends_on))
    _, [cause] = explained(pen.ledger_set)
    assert _should(cause.correction) == {
        Cell(CalendarRow, row.line, name): row.starts_on for name in ("starts_on", "ends_on")
    }


def test_opening_hours_under_another_day_are_renamed_and_not_struck() -> None:
    pen = Pen(small_sample(1), 1)
    rows = [row for row in pen.rows(OpeningRow) if row.weekday.number == 0]
    other = next(row.weekday for row in pen.rows(OpeningRow) if row.weekday.number == 2)
    for row in rows:
        pen.change("", row, weekday=other)
    report, [cause] = explained(pen.ledger_set)
    assert _should(cause.correction) == {Cell(OpeningRow, row.line, "weekday"): row.weekday for row in rows}
    assert len(cause.explains) == len(report.findings) > 100


def test_lessons_that_end_early_end_when_the_term_of_the_settings_does() -> None:
    pen = Pen(small_sample(1), 1)
    row = [row for row in pen.rows(CalendarRow) if row.kind is DayKind.SCHOOL][-1]
    pen.change("", row, ends_on=date(2026, 6, 12))
    _, [cause] = explained(pen.ledger_set)
    assert _should(cause.correction) == {Cell(CalendarRow, row.line, "ends_on"): row.ends_on}


@pytest.mark.parametrize("row_type", [LoanRow, ReaderRow])
def test_two_classes_in_each_others_place_are_named_in_the_book_that_has_them_so(row_type: type[Any]) -> None:
    pen = Pen(small_sample(1), 1)
    meant = {"二（1）班": "五（1）班", "五（1）班": "二（1）班"}
    rows = [row for row in pen.rows(row_type) if row.class_name in meant]
    for row in rows:
        pen.change("", row, class_name=meant[row.class_name])
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.CLASSES_EXCHANGED
    assert _should(cause.correction).items() <= {
        (Cell(row_type, row.line, "class_name"), row.class_name) for row in rows
    }
    assert len(cause.explains) == len(report.findings) > 10
    assert "格两个班都对调，如 " in what_to_do(pen.ledger_set.library(), cause.correction)


def test_days_of_two_withdrawals_exchanged_are_each_as_the_two_other_books_have_them() -> None:
    pen = Pen(small_sample(1), 1)
    days = {row.withdrawal_no: row.withdrawn_on for row in pen.rows(WithdrawalRow)}
    (one, day), *_, (other, late) = sorted(days.items())
    exchanged = {one: late, other: day}
    rows = [row for row in pen.rows(WithdrawalRow) if row.withdrawal_no in exchanged]
    for row in rows:
        pen.change("", row, withdrawn_on=exchanged[row.withdrawal_no])
    report, causes = explained(pen.ledger_set)
    should = [pair for cause in causes for pair in _should(cause.correction).items()]
    assert dict(should) == {Cell(WithdrawalRow, row.line, "withdrawn_on"): row.withdrawn_on for row in rows}
    assert sum(len(cause.explains) for cause in causes) == len(report.findings)
