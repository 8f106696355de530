"""Readers' numbers that lost their zeros."""

from make import library, row
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.sheets.reading.copy_numbers import with_zeros


def test_a_roster_without_the_column_of_numbers_mends_none() -> None:
    books = library(row(LoanRow, reader_no="12"), row(ReaderRow, reader_no=None))
    tables = with_zeros([books[LoanRow], books[ReaderRow]])
    assert [loan.reader_no for loan in tables[0]] == ["12"]


def test_a_number_typed_in_small_letters_is_the_rosters() -> None:
    books = library(row(LoanRow, reader_no="s0012"), row(ReaderRow, reader_no="S0012"))
    tables = with_zeros([books[LoanRow], books[ReaderRow]])
    assert [loan.reader_no for loan in tables[0]] == ["S0012"]
