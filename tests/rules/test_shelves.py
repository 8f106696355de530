"""What should stand on the shelves, and how much of it a stocktake found."""

from datetime import date
from decimal import Decimal
from typing import Any

from make import library, row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome
from schoollib_xl.rules.shelves import Shelves, stocktakes
from schoollib_xl.samples.year import clean_school

DAY = date(2026, 1, 20)


def copies(*numbers: int, **changes: Any) -> list[AccessionRow]:
    return [row(AccessionRow, accession_no=f"{number:06}", **changes) for number in numbers]


def scan(number: int, day: date = DAY) -> StocktakeRow:
    return row(StocktakeRow, accession_no=f"{number:06}", counted_on=day)


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


def test_scans_within_thirty_one_days_of_the_first_are_one_stocktake() -> None:
    days = [date(2026, 6, 30), date(2026, 1, 20), date(2026, 2, 20), date(2026, 2, 21)]
    taken = stocktakes([scan(1, day)._replace(line=line) for line, day in enumerate(days, 2)])
    assert [(one.first_day, one.last_day) for one in taken] == [
        (date(2026, 1, 20), date(2026, 2, 20)),
        (date(2026, 2, 21), date(2026, 2, 21)),
        (date(2026, 6, 30), date(2026, 6, 30)),
    ]
    assert [scan.line for scan in taken[0].scans] == [3, 4]


def test_the_rate_is_found_over_expected_in_the_places_gone_through() -> None:
    (count,) = shelves(*copies(1, 2, 3), *copies(4, location="阅览室"), scan(1), scan(2), scan(9)).counts
    assert (count.found, count.expected) == (2, 3)
    assert [copy.accession_no for copy in count.missing] == ["000003"]
    assert count.rate == Decimal("0.6667")


def test_a_copy_seen_and_lent_later_in_the_stocktake_was_there() -> None:
    rows = *copies(1, 2), scan(1, date(2026, 1, 12)), scan(2), row(LoanRow, lent_on=date(2026, 1, 15))
    assert [(one.found, one.expected) for one in shelves(*rows).counts] == [(2, 2)]


def test_a_copy_seen_though_it_is_lent_or_lost_counts_for_nothing() -> None:
    lent, lost = row(LoanRow, accession_no="000002"), row(CompensationRow, accession_no="000003")
    assert [
        (one.found, one.expected) for one in shelves(*copies(1, 2, 3), lent, lost, *map(scan, (1, 2, 3))).counts
    ] == [(1, 1)]


def test_without_a_copy_to_expect_there_is_no_rate() -> None:
    (count,) = shelves(scan(9)).counts
    assert count.rate is None
    assert shelves(*copies(1)).counts == ()


def test_the_stocktake_of_the_clean_school_found_everything() -> None:
    books = clean_school().library()
    (count,) = books.derive(Shelves).counts
    assert count.missing == ()
    assert count.rate == 1
    assert count.expected == len(count.stocktake.scans) > 5_000
