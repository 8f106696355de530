"""Readers' numbers that lost their zeros."""

from make import library, row
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.table import Flaw
from schoollib_xl.sheets.reading.copy_numbers import with_zeros


def test_a_roster_without_the_column_of_numbers_mends_none() -> None:
    books = library(row(LoanRow, reader_no="12"), row(ReaderRow, reader_no=None))
    tables = with_zeros([books[LoanRow], books[ReaderRow]])
    assert [loan.reader_no for loan in tables[0]] == ["12"]


def test_a_roster_that_lost_the_zeros_has_them_from_the_other_sheets() -> None:
    roster = [row(ReaderRow, reader_no=number) for number in ("1", "12", "9001")]
    lent = [row(LoanRow, reader_no=number) for number in ("0001", "0012", "9001")]
    loans, readers = with_zeros([(books := library(*roster, *lent))[LoanRow], books[ReaderRow]])
    assert [one.reader_no for one in readers] == [one.reader_no for one in loans] == ["0001", "0012", "9001"]
    assert [(flaw.flaw, flaw.text) for flaw in readers.flaws] == [(Flaw.ZEROS_LOST, "1"), (Flaw.ZEROS_LOST, "12")]


def test_zeros_too_many_on_a_loan_or_two_are_no_fault_of_the_roster() -> None:
    books = library(row(ReaderRow, reader_no="12"), *(row(LoanRow, reader_no=number) for number in ("12", "0012")))
    assert [one.reader_no for one in with_zeros([books[LoanRow], books[ReaderRow]])[1]] == ["12"]


def test_a_number_typed_in_small_letters_is_the_rosters() -> None:
    books = library(row(LoanRow, reader_no="s0012"), row(ReaderRow, reader_no="S0012"))
    tables = with_zeros([books[LoanRow], books[ReaderRow]])
    assert [loan.reader_no for loan in tables[0]] == ["S0012"]


def test_zeros_behind_letters_are_mended_like_others() -> None:
    roster = [row(ReaderRow, reader_no=number) for number in ("S0012", "S0117", "T001")]
    lent = [row(LoanRow, reader_no=number) for number in ("S12", "S117", "T1", "X12", "T0001")]
    loans, readers = with_zeros([(books := library(*roster, *lent))[LoanRow], books[ReaderRow]])
    assert [one.reader_no for one in loans] == ["S0012", "S0117", "T001", "X12", "T0001"]
    assert [(flaw.flaw, flaw.text, flaw.taken) for flaw in loans.flaws] == [
        (Flaw.ZEROS_LOST, "S12", "S0012"), (Flaw.ZEROS_LOST, "S117", "S0117"), (Flaw.ZEROS_LOST, "T1", "T001")
    ]  # fmt: skip
    roster = [row(ReaderRow, reader_no=number) for number in ("S12", "S117", "S1001")]
    lent = [row(LoanRow, reader_no=number) for number in ("S0012", "S0117", "S1001")]
    _, readers = with_zeros([(books := library(*roster, *lent))[LoanRow], books[ReaderRow]])
    assert [one.reader_no for one in readers] == ["S0012", "S0117", "S1001"]


def test_another_sign_behind_the_letters_is_no_other_reader() -> None:
    lent = [row(LoanRow, reader_no=number) for number in ("S-0012", "s.0012", "S 0012", "1-12")]
    books = library(*lent, *(row(ReaderRow, reader_no=number) for number in ("S0012", "11-2", "112")))
    assert [one.reader_no for one in with_zeros([books[LoanRow], books[ReaderRow]])[0]] == [*["S0012"] * 3, "1-12"]
