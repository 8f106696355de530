"""Cells of a column on each other's lines: both are named, and what would do as well beside them."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained, library, row
from schoollib_xl.causes.correction import Cause, Change, Correction
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import RecommendationRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import Flow, ReaderKind
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


def _exchanged(pen: Pen, row_type: type[Any], first: int, field: str) -> None:
    """Two cells of a column below each other in each other's place; `first` is the place of the upper row."""
    one, other = pen.rows(row_type)[first : first + 2]
    upper, lower = getattr(one, field), getattr(other, field)
    assert upper != lower
    pen.change("", one, **{field: lower})
    pen.change("", other, **{field: upper})


def _causes(pen: Pen) -> list[Cause]:
    return list(explained(pen.ledger_set)[1])


def _cells(correction: Correction) -> set[tuple[type[Any], int, str]]:
    return {tuple(edit.at) for edit in correction.edits}


@pytest.mark.parametrize("field", ["batch_no", "flow"])
def test_two_batches_in_each_others_place_are_one_cause(pen: Pen, field: str) -> None:
    _exchanged(pen, SummaryRow, 0 if field == "flow" else 1, field)
    one, other = pen.rows(SummaryRow)[0:2] if field == "flow" else pen.rows(SummaryRow)[1:3]
    [cause] = _causes(pen)
    assert _cells(cause.correction) == {(SummaryRow, one.line, field), (SummaryRow, other.line, field)}


def test_a_list_of_recommendations_does_not_change_the_title_of_a_copy(pen: Pen) -> None:
    rows = [row for row in pen.rows(RecommendationRow) if row.isbn and row.author]
    one = next(row for row, after in pairwise(rows) if after.line == row.line + 1)
    _exchanged(pen, RecommendationRow, pen.rows(RecommendationRow).index(one), "title")
    named = {edit.at.row_type for cause in _causes(pen) for edit in cause.correction.edits}
    assert AccessionRow not in named


def test_names_of_periodicals_exchanged_outweigh_their_codes(pen: Pen) -> None:
    _exchanged(pen, PeriodicalRow, 1, "title")
    [cause] = _causes(pen)
    assert {field for _, _, field in _cells(cause.correction)} == {"title"}
    assert {field for other in cause.others for _, _, field in _cells(other)} <= {"title"}


def test_of_two_books_that_say_it_both_ways_both_are_told(pen: Pen) -> None:
    teachers = [row for row in pen.rows(ReaderRow) if row.kind is ReaderKind.TEACHER and row.class_name]
    _exchanged(pen, ReaderRow, pen.rows(ReaderRow).index(teachers[0]), "class_name")
    [cause] = _causes(pen)
    told = [_cells(one) for one in (cause.correction, *cause.others)]
    assert {(ReaderRow, row.line, "class_name") for row in teachers[:2]} in told
    assert any(row_type is ClassRow for cells in told for row_type, _, _ in cells)


def test_a_block_of_numbers_a_place_too_low_is_one_cause(pen: Pen) -> None:
    rows = pen.rows(WithdrawalRow)[0:4]
    numbers = [row.accession_no for row in rows]
    for one, number in zip(rows, [numbers[-1], *numbers[:-1]], strict=True):
        pen.change("", one, accession_no=number)
    [cause] = _causes(pen)
    assert _cells(cause.correction) == {(WithdrawalRow, row.line, "accession_no") for row in rows}


def test_one_cell_that_is_wrong_is_no_exchange(pen: Pen) -> None:
    batch = pen.rows(SummaryRow)[1]
    pen.change("", batch, copies=batch.copies + 1)
    [cause] = _causes(pen)
    assert _cells(cause.correction) == {(SummaryRow, batch.line, "copies")}


def test_names_of_the_roster_a_place_too_low_do_not_change_other_books(pen: Pen) -> None:
    rows = pen.rows(ReaderRow)[28:33]
    names = [row.name for row in rows]
    for one, name in zip(rows, [names[-1], *names[:-1]], strict=True):
        pen.change("", one, name=name)
    assert {edit.at.row_type for cause in _causes(pen) for edit in cause.correction.edits} == {ReaderRow}


def test_numbers_that_rise_are_not_exchanged_for_one_wrong_number_of_a_withdrawal() -> None:
    day = date(2026, 1, 16)
    opening = row(SummaryRow, copies=4, I=4, list_value=Decimal("100.00"), last_no="000004", running_copies=4)
    out = row(SummaryRow, line=3, registered_on=day, batch_no="2026-001", flow=Flow.OUT, first_no=None, last_no=None)
    copies = [row(AccessionRow, line=number + 1, accession_no=f"{number:06}") for number in range(1, 5)]
    copies[1] = copies[1]._replace(withdrawn_on=day, withdrawal_no="2026-001")
    wrong = row(WithdrawalRow, accession_no="000003")
    books = library(opening, out._replace(running_copies=3, I=1), *copies, wrong)
    edits = [one.correction.edits for one in causes_of(books, run(books, ALL.values())).found]
    assert (Change(Cell(WithdrawalRow, wrong.line, "accession_no"), "000002"),) in edits
    assert not any(isinstance(edit, Change) and edit.at.row_type is AccessionRow for made in edits for edit in made)
