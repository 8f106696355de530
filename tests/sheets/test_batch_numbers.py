"""Batches named in another way than in 总括登记账, in any ledger."""

import pytest

from make import library, row, with_incomplete
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, LedgerTable
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.sheets.reading.batch_numbers import with_batch_numbers

_REGISTER = [row(SummaryRow, batch_no=number) for number in ("2025-001", "2025-012", "2026-001")]


def _copies(*numbers: str, register: list[SummaryRow] = _REGISTER) -> LedgerTable[AccessionRow]:
    books = library(*register, *(row(AccessionRow, batch_no=number) for number in numbers))
    return with_batch_numbers([books[AccessionRow], books[SummaryRow]])[0]


@pytest.mark.parametrize(
    "written",
    ["2025-12", "2025/012", "2025.12", "2025—012", "25-012", "25-12", "2025年第12号", "2025年12批", "2025-0012"],
)
def test_a_batch_of_that_year_and_place_is_meant(written: str) -> None:
    assert [copy.batch_no for copy in _copies(written, "2025-001")] == ["2025-012", "2025-001"]


def test_zeros_that_were_lost_are_said_and_another_sign_is_not() -> None:
    flaws = _copies("2025-12", "2025-1", "2025/001").flaws
    assert [(one.flaw, one.text, one.taken) for one in flaws] == [
        (Flaw.ZEROS_LOST, "2025-12", "2025-012"),
        (Flaw.ZEROS_LOST, "2025-1", "2025-001"),
    ]


@pytest.mark.parametrize("written", ["2024-001", "2025-002", "1", "2025", "12-2025", "A25-001"])
def test_what_names_no_batch_stays_as_it_is_written(written: str) -> None:
    assert [copy.batch_no for copy in _copies(written)] == [written]


def test_two_batches_of_one_place_are_not_taken_for_each_other() -> None:
    twice = [*_REGISTER, row(SummaryRow, batch_no="2025-1")]
    assert [copy.batch_no for copy in _copies("2025/1", register=twice)] == ["2025/1"]


def test_a_number_of_which_excel_made_a_date_is_the_batch_of_that_year_and_month() -> None:
    books = library(*_REGISTER, row(AccessionRow, batch_no="12-25"))
    date = FlawedCell(books[AccessionRow].rows[0].line, "batch_no", Flaw.DATE_FOR_TEXT, "2025-12-01", "12-25")
    [copies, _] = with_batch_numbers([books[AccessionRow].changed(flaws=[date]), books[SummaryRow]])
    assert [copy.batch_no for copy in copies] == ["2025-012"]
    assert [one.taken for one in copies.flaws] == ["2025-012"]


def test_withdrawals_and_reviews_name_their_batch_likewise() -> None:
    books = library(*_REGISTER, row(WithdrawalRow, withdrawal_no="2026/001"), row(ReviewRow, scope="2026-1"))
    tables = with_batch_numbers(books[kind] for kind in (SummaryRow, WithdrawalRow, ReviewRow))
    assert [tables[1].rows[0].withdrawal_no, tables[2].rows[0].scope] == ["2026-001", "2026-001"]


def test_a_line_that_lacks_something_else_is_of_its_batch_all_the_same() -> None:
    books = with_incomplete(library(*_REGISTER), AccessionRow, title="甲", batch_no="2025-1")
    [copies, _] = with_batch_numbers([books[AccessionRow], books[SummaryRow]])
    assert [line.values["batch_no"] for line in copies.incomplete] == ["2025-001"]
    assert [one.taken for one in copies.flaws if one.flaw is Flaw.ZEROS_LOST] == ["2025-001"]
