"""Copies named by their barcodes in any ledger."""

from make import library, row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.sheets.reading.copy_barcodes import with_copy_numbers

_COPY = row(AccessionRow, accession_no="000001", barcode="QH01")
_NEXT = row(AccessionRow, line=3, accession_no="000002", barcode="QH02")


def test_a_barcode_means_its_copy_in_every_ledger() -> None:
    books = library(
        *(_COPY, _NEXT, row(LoanRow, accession_no="QH02")),
        row(CompensationRow, accession_no="QH01", replacement_no="QH02"),
        row(PeriodicalRow, first_bound_no="QH01", last_bound_no="QH02"),
    )
    kinds = (AccessionRow, LoanRow, CompensationRow, PeriodicalRow)
    copies, loans, incidents, papers = (list(table) for table in with_copy_numbers(books[kind] for kind in kinds))
    assert [copy.accession_no for copy in copies] == ["000001", "000002"]
    assert loans[0].accession_no == "000002"
    assert (incidents[0].accession_no, incidents[0].replacement_no) == ("000001", "000002")
    assert (papers[0].first_bound_no, papers[0].last_bound_no) == ("000001", "000002")


def test_a_barcode_on_two_copies_or_one_that_is_a_number_stays_as_it_is_written() -> None:
    twice = library(_COPY, _NEXT._replace(barcode="QH01"), row(LoanRow, accession_no="QH01"))
    assert with_copy_numbers([twice[AccessionRow], twice[LoanRow]])[1] is twice[LoanRow]
    number = library(_COPY._replace(barcode="000002"), _NEXT, row(LoanRow, accession_no="000002"))
    assert with_copy_numbers([number[AccessionRow], number[LoanRow]])[1] is number[LoanRow]
