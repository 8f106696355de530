"""One word that settles where a row counts comes before its figures, which are right."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

from bench.slips_of_the_pen import Pen
from schoollib_xl.causes.correction import Change
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.vocabulary import Flow


def _told(pen: Pen) -> list[tuple[Cell, Any]]:
    library = pen.ledger_set.library()
    found = causes_of(library, run(library, ALL.values())).found
    return [(edit.at, edit.should) for cause in found for edit in cause.correction.edits if isinstance(edit, Change)]


def test_the_first_stock_written_as_if_it_went_out(pen: Pen) -> None:
    batch = pen.pick(SummaryRow, lambda row: row.flow is Flow.OPENING)
    pen.change("", batch, flow=Flow.OUT)
    assert _told(pen) == [(Cell(SummaryRow, batch.line, "flow"), Flow.OPENING)]


def test_a_class_under_the_letter_of_another(pen: Pen) -> None:
    row = next(one for one in pen.rows(ClassificationRow) if one.class_letter == "H")
    pen.change("", row, class_letter="I")
    assert _told(pen) == [(Cell(ClassificationRow, row.line, "class_letter"), "H")]


def test_money_in_both_columns_of_a_payment(pen: Pen) -> None:
    row = next(one for one in pen.rows(CashRow)[3:] if one.spent and not one.received)
    pen.change("", row, received=Decimal(9000))
    assert _told(pen) == [(Cell(CashRow, row.line, "received"), None)]


def test_of_two_copies_of_a_title_one_with_an_edition_neither_is_accused(pen: Pen) -> None:
    copies = pen.rows(AccessionRow)
    batches = {copy.batch_no: [one for one in copies if one.batch_no == copy.batch_no] for copy in copies[-60:]}
    alone = next(
        two
        for found in batches.values()
        for two in pairwise(found)
        if two[0].title == two[1].title and sum(one.title == two[0].title for one in copies) == 2
    )
    pen.change("", alone[1], edition="3" if alone[1].edition is None else None)
    assert all(at.row_type is not AccessionRow for at, _ in _told(pen))
