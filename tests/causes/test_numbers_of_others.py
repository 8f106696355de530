"""A number that is another's: the one cell is named, and not the innocent ones that disagree with it."""

from itertools import pairwise
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Cause, Change
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


def _causes(pen: Pen) -> list[Cause]:
    return list(explained(pen.ledger_set)[1])


def _at(cause: Cause) -> list[Cell]:
    return [edit.at for edit in cause.correction.edits if isinstance(edit, Change)]


@pytest.mark.parametrize("row_type", [WithdrawalRow, CompensationRow])
def test_a_copy_written_with_the_number_of_the_row_above(pen: Pen, row_type: type[Any]) -> None:
    rows = pen.rows(row_type)
    above, row = next(
        (one, other)
        for one, other in pairwise(rows)
        if one.title != other.title and one.accession_no != other.accession_no
    )
    pen.change("", row, accession_no=above.accession_no)
    causes = _causes(pen)
    assert [_at(cause) for cause in causes] == [[Cell(row_type, row.line, "accession_no")]]


def test_of_a_loan_with_a_foreign_number_the_number_is_said_and_its_title_besides(pen: Pen) -> None:
    library = pen.ledger_set.library()
    times = {
        copy.title: sum(one.title == copy.title for one in library[AccessionRow]) for copy in library[AccessionRow]
    }
    loan = pen.pick(LoanRow, lambda row: times.get(row.title) == 1 and row.returned_on)
    foreign = pen.pick(AccessionRow, lambda row: row.accession_no not in {one.accession_no for one in library[LoanRow]})
    pen.change("", loan, accession_no=foreign.accession_no)
    [cause] = _causes(pen)
    told = {tuple(edit.at) for one in (cause.correction, *cause.others) for edit in one.edits}
    assert (LoanRow, loan.line, "accession_no") in told


def test_a_card_with_a_number_of_its_own_is_named_and_not_what_other_books_say(pen: Pen) -> None:
    monitors = {row.reader_no for row in pen.rows(PupilLibrarianRow)}
    borrowed = {row.reader_no for row in pen.rows(LoanRow)}
    reader = pen.pick(ReaderRow, lambda row: row.reader_no in monitors & borrowed)
    pen.change("", reader, reader_no="S0941")
    [cause] = _causes(pen)
    assert _at(cause) == [Cell(ReaderRow, reader.line, "reader_no")]


def test_a_copy_out_of_its_order_is_named_and_not_the_scan(pen: Pen) -> None:
    scanned = {row.accession_no for row in pen.rows(StocktakeRow)}
    copy = pen.pick(
        AccessionRow, lambda row: row.accession_no in scanned and 100 < row.line < 500 and row.accession_no[-1] == "5"
    )
    pen.change("", copy, accession_no="009" + copy.accession_no[3:])
    [cause] = _causes(pen)
    assert _at(cause) == [Cell(AccessionRow, copy.line, "accession_no")]


def test_a_number_on_two_copies_is_no_fault_of_the_loan_that_has_it(pen: Pen) -> None:
    lent = {row.accession_no for row in pen.rows(LoanRow)}
    one, other = next(
        pair
        for pair in pairwise(pen.rows(AccessionRow)[200:])
        if pair[0].accession_no not in lent and pair[1].accession_no in lent and pair[0].title != pair[1].title
    )
    pen.change("", one, accession_no=other.accession_no)
    causes = _causes(pen)
    assert causes
    assert {(at.row_type, at.line) for cause in causes for at in _at(cause)} == {(AccessionRow, one.line)}
