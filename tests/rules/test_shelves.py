"""What should stand on the shelves."""

from datetime import date
from typing import Any

from make import library, row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome
from schoollib_xl.rules.shelves import Shelves

DAY = date(2026, 1, 20)


def copies(*numbers: int, **changes: Any) -> list[AccessionRow]:
    return [row(AccessionRow, accession_no=f"{number:06}", **changes) for number in numbers]


def shelves(*rows: Any) -> Shelves:
    return Shelves(library(*rows))


def test_what_should_be_on_the_shelf_is_what_is_in_force_and_not_away() -> None:
    stock = shelves(
        *copies(1, 2, 3, 4, 5),
        *copies(6, accessioned_on=date(2026, 1, 21)),
        *copies(7, withdrawn_on=DAY),
        row(LoanRow, accession_no="000002"),
        row(LoanRow, accession_no="000003", mode=LoanMode.CLASS),
        row(RepairRow, accession_no="000004"),
        row(CompensationRow, accession_no="000005"),
    )
    assert [copy.accession_no for copy in stock.expected(DAY)] == ["000001"]
    assert len(stock.expected(date(2025, 9, 1))) == 6


def test_a_copy_is_away_from_the_day_it_goes_until_the_day_before_it_is_back() -> None:
    lent = {"lent_on": date(2026, 1, 12), "returned_on": DAY, "outcome": LoanOutcome.RETURNED}
    stock = shelves(*copies(1), row(LoanRow, **lent))
    days = (date(2026, 1, 11), date(2026, 1, 12), date(2026, 1, 19), DAY)
    assert [bool(stock.away(day)) for day in days] == [False, True, True, False]


def test_a_copy_is_lost_from_the_report_until_it_is_refunded() -> None:
    stock = shelves(*copies(1), row(CompensationRow, refunded_on=date(2025, 11, 3)))
    days = (date(2025, 10, 14), date(2025, 10, 15), date(2025, 11, 2), date(2025, 11, 3))
    assert [stock.lost(day) for day in days] == [set(), {"000001"}, {"000001"}, set()]


def test_a_column_that_is_missing_as_a_whole_takes_no_copy_away() -> None:
    stock = shelves(
        *copies(1, 2, 3),
        row(LoanRow, accession_no="000001", lent_on=None),
        row(LoanRow, accession_no="000001", lent_on=None),
        row(RepairRow, accession_no="000002", sent_on=None),
        row(CompensationRow, accession_no="000003", registered_on=None),
    )
    assert [copy.accession_no for copy in stock.expected(DAY)] == ["000001", "000002", "000003"]


def test_what_came_back_on_a_day_nobody_wrote_is_back_by_the_day_of_judging() -> None:
    back = row(LoanRow, accession_no="000001", lent_on=date(2025, 9, 8), returned_on=None, outcome=LoanOutcome.RETURNED)
    books = library(*copies(1, 2), back)
    stock = Shelves(books)
    assert [copy.accession_no for copy in stock.expected(books.as_of)] == ["000001", "000002"]
    assert [copy.accession_no for copy in stock.expected(DAY)] == ["000002"]
    seen = library(*copies(1), back, row(StocktakeRow, accession_no="000001", counted_on=DAY))
    assert Shelves(seen).lent_when_seen == {}
