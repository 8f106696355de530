"""A card of the wrong kind is named before a right class; no day is invented, and that of a receipt is its own."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change, Slip
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import CashRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import Flow, ReaderKind


def _teacher(pen: Pen, is_head: bool) -> ReaderRow:
    heads = {row.teacher for row in pen.rows(ClassRow)}
    rows = pen.rows(ReaderRow)
    return next(row for row in rows if row.kind is ReaderKind.TEACHER and (row.name in heads) is is_head)


def _assert_named(pen: Pen, row: Any, field: str) -> None:
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(type(row), row.line, field), getattr(row, field)),)
    assert len(cause.explains) == len(report.findings)


@pytest.mark.parametrize("is_head", [True, False])
@pytest.mark.parametrize("has_loans", [True, False])
def test_a_teachers_card_as_a_pupils_is_named_and_not_the_class(pen: Pen, is_head: bool, has_loans: bool) -> None:
    teacher = _teacher(pen, is_head)
    if not has_loans:
        others = [row for row in pen.rows(LoanRow) if row.reader_no != teacher.reader_no]
        pen.rows(LoanRow)[:] = [row._replace(loan_no=f"J{n:06}") for n, row in enumerate(others, 1)]
    pen.change("", teacher, kind=ReaderKind.PUPIL)
    _assert_named(pen, teacher, "kind")


def test_a_pupils_card_as_a_teachers_is_named_and_not_the_class(pen: Pen) -> None:
    pupil = pen.pick(ReaderRow, lambda row: row.kind is ReaderKind.PUPIL)
    pen.change("", pupil, kind=ReaderKind.TEACHER)
    _assert_named(pen, pupil, "kind")


def test_the_pupils_of_a_class_are_named_where_no_card_is_in_doubt(pen: Pen) -> None:
    row = pen.rows(ClassRow)[1]
    pen.change("", row, pupils=row.pupils + 1)
    _assert_named(pen, row, "pupils")


@pytest.mark.parametrize(
    ("row_type", "field", "day"),
    [
        (VisitRow, "visited_on", date(2026, 9, 29)),
        (ActivityRow, "held_on", date(2026, 9, 12)),
        (CashRow, "booked_on", date(2026, 8, 30)),
        (LoanRow, "returned_on", date(2026, 8, 30)),
    ],
)
def test_the_last_day_of_the_books_is_in_no_cell_what_was_meant(
    pen: Pen, row_type: type[Any], field: str, day: date
) -> None:
    row = pen.rows(row_type)[-1]
    pen.change("", row, **{field: day})
    report, causes = explained(pen.ledger_set)
    assert "FMT112" in {one.check.code for one in report.findings}
    assert causes == ()


@pytest.mark.parametrize("day", [date(2025, 1, 20), date(2025, 10, 2), date(2024, 10, 20)])
def test_a_payment_before_its_incident_was_made_on_the_day_its_receipt_was_booked(pen: Pen, day: date) -> None:
    row = next(
        row for row in pen.rows(CompensationRow) if row.receipt_no and row.settled_on and row.registered_on > day
    )
    assert row.registered_on > day
    pen.change("", row, settled_on=day)
    _assert_named(pen, row, "settled_on")
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.BOOKED


def _days(pen: Pen, field: str) -> list[date]:
    """The days on which most books were lent, or came back, the most first."""
    days = Counter(getattr(row, field) for row in pen.rows(LoanRow) if row.is_personal and getattr(row, field))
    return [day for day, _ in days.most_common() if 12 < day.day < 29]


@pytest.mark.parametrize(
    ("field", "years", "days"),
    [("lent_on", -1, 0), ("lent_on", 0, -31), ("returned_on", -1, 0), ("lent_on", 0, 1), ("due_on", 0, 7)],
)
def test_a_day_written_wrongly_on_all_its_lines_is_one_cause(pen: Pen, field: str, years: int, days: int) -> None:
    day = _days(pen, "returned_on" if field == "returned_on" else "lent_on")[1]
    rows = [row for row in pen.rows(LoanRow) if row.is_personal and getattr(row, _counted(field)) == day]
    for row in rows:
        is_ = getattr(row, field)
        pen.change("", row, **{field: is_.replace(year=is_.year + years) + timedelta(days)})
    report, [cause, *others] = explained(pen.ledger_set)
    assert others == []
    meant = {Change(Cell(LoanRow, row.line, field), getattr(row, field)) for row in rows}
    named = {edit for edit in cause.correction.edits if isinstance(edit, Change)}
    # A line at the edge whose due date follows from both days tells neither.
    assert named <= meant
    assert len(named) >= len(meant) - (days == 1)
    assert len(cause.explains) == len(report.findings) >= 5


def _counted(field: str) -> str:
    return "lent_on" if field == "due_on" else field


def test_of_a_setting_written_twice_the_row_in_force_is_named(pen: Pen) -> None:
    first = next(row for row in pen.rows(SettingRow) if row.item == "学期结束")
    again = first._replace(line=pen.rows(SettingRow)[-1].line + 1, value=date(2026, 7, 10))
    pen.rows(SettingRow).append(again)
    pen.ledger_set = LedgerSet(pen.ledger_set.school._replace(term_end=date(2026, 7, 10)), pen.ledger_set.rows)
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(SettingRow, again.line, "value"), first.value),)


@pytest.mark.parametrize(("field", "days"), [("ends_on", 10), ("ends_on", 3), ("starts_on", -10)])
def test_a_holiday_that_is_too_long_ends_or_begins_where_books_were_lent(pen: Pen, field: str, days: int) -> None:
    row = next(row for row in pen.rows(CalendarRow) if row.note == "劳动节")
    pen.change("", row, **{field: getattr(row, field) + timedelta(days)})
    report, [cause, *others] = explained(pen.ledger_set)
    [edit] = cause.correction.edits
    assert isinstance(edit, Change)
    assert (others, edit.at) == ([], cell(row, field))
    assert len(cause.explains) == len(report.findings) > 5
    # Of days on which nobody borrowed and nothing was due none is likelier than the next.
    assert abs((edit.should - getattr(row, field)).days) <= 2


def test_an_opening_stock_a_year_late_is_one_cause_and_its_copies_are_right(pen: Pen) -> None:
    row = next(row for row in pen.rows(SummaryRow) if row.flow is Flow.OPENING)
    pen.change("", row, registered_on=row.registered_on.replace(year=row.registered_on.year + 1))
    _assert_named(pen, row, "registered_on")


@pytest.mark.parametrize("months", [-12, -1])
def test_books_that_go_on_after_the_cut_off_tell_that_it_is_off_and_no_rule(pen: Pen, months: int) -> None:
    day = pen.ledger_set.school.cut_off
    assert day
    row = next(row for row in pen.rows(SettingRow) if row.item == "截止日期")
    is_ = day.replace(year=day.year - (months == -12), month=day.month - (months == -1))
    pen.change("", row, value=is_)
    pen.ledger_set = LedgerSet(pen.ledger_set.school._replace(cut_off=is_), pen.ledger_set.rows)
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(SettingRow, row.line, "value"), day),)


def test_a_cut_off_decades_ahead_is_its_year_and_nobody_is_overdue(pen: Pen) -> None:
    day = pen.ledger_set.school.cut_off
    assert day
    row = next(row for row in pen.rows(SettingRow) if row.item == "截止日期")
    is_ = day.replace(year=2062)
    pen.change("", row, value=is_)
    pen.ledger_set = LedgerSet(pen.ledger_set.school._replace(cut_off=is_), pen.ledger_set.rows)
    _, causes = explained(pen.ledger_set)
    assert causes[0].correction.edits == (Change(Cell(SettingRow, row.line, "value"), day),)


@pytest.mark.parametrize("has_loans", [True, False])
def test_a_second_card_makes_its_pupil_no_teacher(pen: Pen, has_loans: bool) -> None:
    loans = Counter(loan.reader_no for loan in pen.rows(LoanRow))
    pupil = pen.pick(
        ReaderRow, lambda row: row.kind is ReaderKind.PUPIL and not row.stopped_on and loans[row.reader_no]
    )
    assert pupil.issued_on
    line = pen.rows(ReaderRow)[-1].line + 1
    second = pupil._replace(line=line, reader_no="S9999", issued_on=pupil.issued_on + timedelta(40))
    pen.rows(ReaderRow).append(second)
    if has_loans:
        pen.change("", pen.pick(LoanRow, lambda row: row.reader_no == pupil.reader_no), reader_no="S9999")
    report, causes = explained(pen.ledger_set)
    assert "RDR003" in {one.check.code for one in report.findings}
    assert causes == ()
