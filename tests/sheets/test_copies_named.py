"""Copies named by their barcodes, or by numbers written in another way, in any ledger."""

import pytest

from make import library, row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.table import Flaw
from schoollib_xl.sheets.reading.copy_numbers import with_copy_numbers

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


def _written(pattern: str, lines: int) -> list[str]:
    """What becomes of loans of copies 000001, 000002 … whose numbers are written so."""
    copies = [row(AccessionRow, line=line, accession_no=f"{line:06}") for line in range(2, lines + 2)]
    loans = [row(LoanRow, line=line, accession_no=pattern.format(line)) for line in range(2, lines + 2)]
    books = library(*copies, *loans)
    _, read = with_copy_numbers([books[AccessionRow], books[LoanRow]])
    return [loan.accession_no for loan in read]


@pytest.mark.parametrize("pattern", ["{}", "QH{:06}", "NO.{:06}", "№{:06}", "#{:06}", "第{:06}号", "{:08}"])
def test_a_sheets_own_way_of_writing_numbers_is_read_as_what_it_means(pattern: str) -> None:
    assert _written(pattern, 12) == [f"{line:06}" for line in range(2, 14)]
    assert _written(pattern, 3) == [pattern.format(line) for line in range(2, 5)]


def test_bare_numbers_mean_the_copies_of_a_register_that_puts_a_sign_before_every_number() -> None:
    copies = [row(AccessionRow, line=line, accession_no=f"№{line:06}") for line in range(2, 14)]
    books = library(*copies, *(row(LoanRow, line=line, accession_no=f"{line:06}") for line in (2, 3)))
    _, read = with_copy_numbers([books[AccessionRow], books[LoanRow]])
    assert [loan.accession_no for loan in read] == ["№000002", "№000003"]


def test_letters_without_their_stroke_mean_no_copy_where_every_number_has_one() -> None:
    books = library(row(AccessionRow, accession_no="TS-0001"), row(LoanRow, accession_no="TS0001"))
    _, read = with_copy_numbers([books[AccessionRow], books[LoanRow]])
    assert [loan.accession_no for loan in read] == ["TS0001"]


def test_zeros_lost_throughout_are_flaws_that_were_understood() -> None:
    copies = [row(AccessionRow, line=line, accession_no=f"{line:06}") for line in range(2, 14)]
    loans = [row(LoanRow, line=line, accession_no=str(line)) for line in range(2, 14)]
    books = library(*copies, *loans)
    _, read = with_copy_numbers([books[AccessionRow], books[LoanRow]])
    assert {(cell.flaw, cell.taken) for cell in read.flaws} == {
        (Flaw.ZEROS_LOST, f"{line:06}") for line in range(2, 14)
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [("*QH01*", "000001"), ("*000002*", "000002"), ("qh02", "000002"), ("*qh02*", "000002"), ("*QH09*", "*QH09*")],
)
def test_a_number_is_read_as_a_scanner_sends_it(written: str, meant: str) -> None:
    books = library(_COPY, _NEXT, row(LoanRow, accession_no=written))
    assert [loan.accession_no for loan in with_copy_numbers([books[AccessionRow], books[LoanRow]])[1]] == [meant]


def test_two_labels_that_differ_in_case_only_are_not_told_apart_by_a_third_spelling() -> None:
    books = library(_COPY, _NEXT._replace(barcode="Qh01"), row(LoanRow, accession_no="qh01"))
    assert with_copy_numbers([books[AccessionRow], books[LoanRow]])[1] is books[LoanRow]
