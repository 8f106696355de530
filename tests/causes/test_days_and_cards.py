"""A card of the wrong kind is named before a right class; no day is invented, and that of a receipt is its own."""

from datetime import date
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from schoollib_xl.causes.correction import Cause, Change, Slip
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Report, run
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind


def _found(pen: Pen) -> tuple[Report, tuple[Cause, ...]]:
    library = pen.ledger_set.library()
    report = run(library, ALL.values())
    return report, causes_of(library, report).found


def _teacher(pen: Pen, is_head: bool) -> ReaderRow:
    heads = {row.teacher for row in pen.rows(ClassRow)}
    rows = pen.rows(ReaderRow)
    return next(row for row in rows if row.kind is ReaderKind.TEACHER and (row.name in heads) is is_head)


def _assert_named(pen: Pen, row: Any, field: str) -> None:
    report, [cause] = _found(pen)
    assert cause.correction.edits == (Change(Cell(type(row), row.line, field), getattr(row, field)),)
    assert len(cause.explains) == len(report.findings)


@pytest.mark.parametrize("is_head", [True, False])
@pytest.mark.parametrize("has_loans", [True, False])
def test_a_teachers_card_as_a_pupils_is_named_and_not_the_class(pen: Pen, is_head: bool, has_loans: bool) -> None:
    teacher = _teacher(pen, is_head)
    if not has_loans:
        pen.rows(LoanRow)[:] = [row for row in pen.rows(LoanRow) if row.reader_no != teacher.reader_no]
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
    report, causes = _found(pen)
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
    _, [cause] = _found(pen)
    assert cause.correction.slip is Slip.BOOKED
