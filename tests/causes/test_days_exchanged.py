"""Days of a stocktake, a column or a page wrong in one way: one cause, at the days and not at what they speak of."""

from datetime import date
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change, Slip
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow
from schoollib_xl.wording.checking.causes import what_to_do


def _exchanged(day: date) -> date:
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else day


def _written(pen: Pen, rows: list[Any], *fields: str) -> set[Change]:
    """What the cells should say that now have day and month in each other's place."""
    meant = set()
    for row in list(rows):
        days = {field: day for field in fields if (day := getattr(row, field)) and _exchanged(day) != day}
        if days:
            pen.change("", row, **{field: _exchanged(day) for field, day in days.items()})
            meant |= {Change(Cell(type(row), row.line, field), day) for field, day in days.items()}
    assert meant
    return meant


def _assert_named(pen: Pen, meant: set[Change]) -> None:
    report, [cause, *others] = explained(pen.ledger_set)
    assert others == []
    assert set(cause.correction.edits) == meant
    assert len(cause.explains) == len(report.findings)


@pytest.mark.parametrize(
    ("row_type", "fields"),
    [
        (StocktakeRow, ["counted_on"]),
        (StocktakeScopeRow, ["starts_on", "ends_on"]),
        (LoanRow, ["lent_on"]),
        (LoanRow, ["due_on"]),
        (LoanRow, ["lent_on", "due_on", "returned_on"]),
        (VisitRow, ["visited_on"]),
    ],
)
def test_day_and_month_in_each_others_place_all_through_a_column(
    pen: Pen, row_type: type[Any], fields: list[str]
) -> None:
    _assert_named(pen, _written(pen, pen.rows(row_type), *fields))


def test_day_and_month_in_each_others_place_on_a_page(pen: Pen) -> None:
    rows = [row for row in pen.rows(LoanRow) if row.lent_on == _day_far_from_exchanged(pen)]
    _assert_named(pen, _written(pen, rows, "lent_on"))


def _day_far_from_exchanged(pen: Pen) -> date:
    days: list[date] = sorted({row.lent_on for row in pen.rows(LoanRow)})
    return next(day for day in days if (_exchanged(day) - day).days < -60)


def test_day_and_month_of_a_stocktake_exchanged_in_what_was_counted_and_in_what_was_to_be(pen: Pen) -> None:
    meant = _written(pen, pen.rows(StocktakeRow), "counted_on")
    meant |= _written(pen, pen.rows(StocktakeScopeRow), "starts_on", "ends_on")
    report, [cause] = explained(pen.ledger_set)
    assert set(cause.correction.edits) == meant
    assert len(cause.explains) >= len(report.findings) - 1


def test_books_seen_while_they_were_lent_make_no_other_day_of_a_stocktake(pen: Pen) -> None:
    """Where nothing was seen before it came, the day stands, whatever the other day would settle."""
    copies = pen.ledger_set.library().copies
    older = [row for row in pen.rows(StocktakeRow) if copies[row.accession_no].held_from < date(2026, 1, 1)]
    pen.ledger_set.rows[StocktakeRow] = older
    _written(pen, pen.rows(StocktakeRow), "counted_on")
    _written(pen, pen.rows(StocktakeScopeRow), "starts_on", "ends_on")
    assert not any(cause.correction.slip is Slip.ALL_EXCHANGED for cause in explained(pen.ledger_set)[1])


@pytest.mark.parametrize("place", [0, -1])
@pytest.mark.parametrize("months", [1, -1])
def test_a_day_of_a_stocktake_in_another_month_does_not_accuse_what_was_to_be_counted(
    pen: Pen, place: int, months: int
) -> None:
    day = sorted({row.counted_on for row in pen.rows(StocktakeRow)})[place]
    rows = [row for row in pen.rows(StocktakeRow) if row.counted_on == day]
    for row in rows:
        pen.change("", row, counted_on=day.replace(month=day.month + months))
    _, [cause] = explained(pen.ledger_set)
    assert set(cause.correction.edits) == {Change(Cell(StocktakeRow, row.line, "counted_on"), day) for row in rows}


def test_what_is_to_be_done_with_a_column_is_said_once(pen: Pen) -> None:
    _written(pen, pen.rows(LoanRow), "lent_on")
    _, [cause] = explained(pen.ledger_set)
    said = what_to_do(pen.ledger_set.library(), cause.correction)
    assert said.startswith("借阅登记账!B2 到 B")
    assert f"“借出日期”里 {len(cause.correction.edits)} 格都把月和日对调，如 B2：" in said
