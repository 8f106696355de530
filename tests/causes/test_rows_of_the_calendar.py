"""A row of 校历 a day too short, or of the wrong kind; a rule that is for nobody: the row itself is named."""

from datetime import timedelta

import pytest

from bench.slips_of_the_pen import Pen
from schoollib_xl.causes.correction import Addition, Cause, Change
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell, Kind, Row
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.table import Flaw, FlawedCell, IncompleteRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


def _first(pen: Pen) -> Cause:
    library = pen.ledger_set.library()
    return causes_of(library, run(library, ALL.values())).found[0]


def test_a_holiday_a_day_short_is_made_longer_and_not_written_again(pen: Pen) -> None:
    holiday = pen.pick(
        CalendarRow, lambda row: row.kind is DayKind.HOLIDAY and 4 < (row.ends_on - row.starts_on).days < 9
    )
    pen.change("", holiday, ends_on=holiday.ends_on - timedelta(1))
    assert _first(pen).correction.edits == (Change(Cell(CalendarRow, holiday.line, "ends_on"), holiday.ends_on),)


def test_a_holiday_written_as_lessons_is_one_again_and_no_loan_is_to_blame(pen: Pen) -> None:
    rows = pen.rows(CalendarRow)
    terms = [row for row in rows if row.kind is DayKind.SCHOOL]
    # On the first day of a term the holidays before it may as well be a day short.
    within = [row for row in rows if any(term.starts_on < row.starts_on < term.ends_on for term in terms)]
    for holiday in [row for row in within if row.kind is DayKind.HOLIDAY]:
        pen.change("", holiday, kind=DayKind.SCHOOL)
        library = pen.ledger_set.library()
        report = run(library, ALL.values())
        if len([one for one in report.findings if one.check.code == "CIR103"]) > 1:
            edits = causes_of(library, report).found[0].correction.edits
            assert edits == (Change(Cell(CalendarRow, holiday.line, "kind"), DayKind.HOLIDAY),), holiday
        pen.change("", pen.rows(CalendarRow)[holiday.line - 2], kind=DayKind.HOLIDAY)


def test_a_term_that_ends_too_early_is_told_at_its_end_and_holds_no_loan_to_the_days_it_lacks(pen: Pen) -> None:
    term = pen.rows(CalendarRow)[0]
    assert term.kind is DayKind.SCHOOL
    pen.change("", term, ends_on=term.ends_on - timedelta(31))
    told = run(pen.ledger_set.library(), ALL.values()).findings
    assert [(one.check.code, one.at) for one in told] == [("QUO112", Cell(CalendarRow, term.line, "ends_on"))]


def test_kinds_of_two_rows_in_each_others_place(pen: Pen) -> None:
    one, other = pen.rows(CalendarRow)[0:2]
    pen.change("", one, kind=other.kind)
    pen.change("", other, kind=one.kind)
    assert {edit.at for edit in _first(pen).correction.edits if isinstance(edit, Change)} == {
        Cell(CalendarRow, row.line, "kind") for row in (one, other)
    }


def test_a_rule_for_teachers_that_names_a_grade_is_for_all(pen: Pen) -> None:
    rule = pen.pick(LendingRule, lambda row: row.reader_kind is ReaderKind.TEACHER)
    pen.change("", rule, grade=5)
    assert _first(pen).correction.edits == (Change(Cell(LendingRule, rule.line, "grade"), None),)


def test_of_two_rules_for_everybody_both_may_have_lost_their_word(pen: Pen) -> None:
    rule = pen.pick(LendingRule, lambda row: row.reader_kind is ReaderKind.TEACHER)
    pen.change("", rule, reader_kind=None)
    cause = _first(pen)
    likely = [one.edits for one in (cause.correction, *cause.others)]
    assert (Change(Cell(LendingRule, rule.line, "reader_kind"), ReaderKind.TEACHER),) in likely


def test_of_a_range_that_begins_or_ends_in_another_year_the_end_out_of_order_is_named(pen: Pen) -> None:
    # Of every kind one at least; the rows of the second term are as those of the first.
    for row in pen.rows(CalendarRow)[2:9]:
        for field, years in (("starts_on", -1), ("ends_on", 1)):
            is_ = getattr(row, field)
            pen.change("", row, **{field: is_.replace(year=is_.year + years)})
            assert _first(pen).correction.edits == (Change(Cell(CalendarRow, row.line, field), is_),)
            pen.change("", pen.rows(CalendarRow)[row.line - 2], **{field: is_})


@pytest.mark.parametrize("at", range(1, 4))
def test_a_day_made_up_for_follows_the_weekday_on_which_those_who_borrowed_do(pen: Pen, at: int) -> None:
    row = [row for row in pen.rows(CalendarRow) if row.kind is DayKind.MAKE_UP and row.follows][at]
    pen.drop("", row)
    [edit] = _first(pen).correction.edits
    assert isinstance(edit, Addition)
    assert (edit.row.starts_on, edit.row.follows) == (row.starts_on, row.follows)


@pytest.mark.parametrize("row_type", [AccessionRow, LoanRow, WithdrawalRow, CalendarRow, StocktakeRow])
@pytest.mark.parametrize("is_whole", [True, False])
def test_lines_that_could_not_be_read_are_no_cause_and_stop_none(
    pen: Pen, row_type: type[Row], *, is_whole: bool
) -> None:
    books = pen.ledger_set.library()
    rows = books[row_type].rows[:: 1 if is_whole else 3]
    lacks = next(field.name for field in books[row_type].declared.fields if field.required and field.kind is Kind.DATE)
    unread = [IncompleteRow(row.line, {**row._asdict(), lacks: None}) for row in rows]
    flaws = [FlawedCell(row.line, lacks, Flaw.NOT_A_DATE, "x") for row in rows]
    left = [row for row in books[row_type].rows if row not in rows]
    library = books.with_tables(books[row_type].changed(rows=left, incomplete=unread, flaws=flaws))
    unread_lines = {row.line for row in unread}
    for cause in causes_of(library, run(library, ALL.values())).found:
        changed = [edit.at for edit in cause.correction.edits if isinstance(edit, Change)]
        assert not [at for at in changed if at.row_type is row_type and at.line in unread_lines]
