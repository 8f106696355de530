"""What a stocktake found: of one place, and of all the places gone through about the same time."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.identifiers import isbn_core
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.rules.scopes import ShelfPart

# Scans are one stocktake while no more than 31 days lie between two of them: the longest month.
ONE_STOCKTAKE = timedelta(days=31)
# So many books of one place are lost one by one.
LOST_ONE_BY_ONE = 20
_RATE = Decimal("0.0001")


def days_of(scans: Iterable[StocktakeRow]) -> set[date]:
    """The days on which the scans were made."""
    if isinstance(scans, LedgerTable):
        return set(scans.distinct("counted_on"))
    return set(map(attrgetter("counted_on"), scans))


class _OfDays:
    """What was scanned from a first day to a last one."""

    scans: tuple[StocktakeRow, ...]

    @cached_property
    def _days(self) -> set[date]:
        return days_of(self.scans)

    @property
    def first_day(self) -> date:
        return min(self._days)

    @property
    def last_day(self) -> date:
        return max(self._days)


class _Counted(NamedTuple):
    part: ShelfPart
    scope: StocktakeScopeRow | None
    scans: tuple[StocktakeRow, ...]
    expected: int
    unseen: tuple[AccessionRow, ...]
    missing: tuple[AccessionRow, ...]
    finished: bool
    # Rows of 盘点记录 without a number: each may be one of the copies that were not seen.
    unnamed: int
    # The ISBNs, by what they say of the book, on rows of 盘点记录 that have no other number.
    isbns: tuple[str | None, ...] = ()


class Count(_OfDays, _Counted):
    """One place gone through: the scans made there in line order, the copies that should have been there on the last
    day, and those of them nobody saw about that time. It is `finished` where 盘点范围 closes it and half of them were
    seen or written off since (of a few a quarter), or where nine in ten were seen; only then is a copy missing that
    was not seen then or later.
    """

    @property
    def is_open(self) -> bool:
        """Whether 盘点范围 has begun the place and not ended it."""
        return self.scope is not None and self.scope.ends_on is None

    def scanned_as(self, copy: AccessionRow) -> int:
        """How many rows of 盘点记录 have the ISBN of the copy in place of its number."""
        return self.isbns.count(isbn_core(copy.isbn)) if self.isbns and copy.isbn else 0

    def is_broken_off(self, as_of: date) -> bool:
        """Whether 盘点范围 says that the place was gone through by the day, and too little of it was seen for that."""
        day = self.scope.ends_on if self.scope else None
        return not self.finished and day is not None and day <= as_of

    def is_in_part(self, lacking: int) -> bool:
        """Whether so many copies lacking tell of boards that nobody scanned rather than of books lost one by one: more
        than a few, and more than the one in ten of the contract's rule for a place that nobody has closed.
        """
        return lacking > LOST_ONE_BY_ONE and 10 * lacking > self.expected

    @property
    def seen(self) -> int:
        """How many of the expected copies were seen."""
        return self.expected - len(self.missing if self.finished else self.unseen)


class Stocktake(_OfDays):
    """Scans that belong together, in line order, and the places gone through. Figures are those of the finished
    places alone.
    """

    def __init__(self, scans: tuple[StocktakeRow, ...], counts: tuple[Count, ...], nameless_away: int = 0) -> None:
        """`nameless_away` are the lines of loans and repairs without a number: the copy may have been away."""
        self.scans, self.counts, self.nameless_away = scans, counts, nameless_away

    @cached_property
    def finished(self) -> tuple[Count, ...]:
        """The last finished count of each place."""
        latest = {count.part: count for count in self.counts if count.finished}
        return tuple(latest.values())

    @property
    def expected(self) -> int:
        return sum(count.expected for count in self.finished)

    @property
    def found(self) -> int:
        return sum(count.seen for count in self.finished)

    @cached_property
    def missing(self) -> tuple[AccessionRow, ...]:
        """The copies nobody saw, by number; each once, however many parts it belongs to."""
        return tuple({copy.accession_no: copy for count in self.finished for copy in count.missing}.values())

    @property
    def unnamed(self) -> int:
        """The rows of 盘点记录 without a number, or with the ISBN of a copy nobody saw, and lines of loans and repairs
        without a number: each may be of the missing.
        """
        if not self.missing:
            return 0
        isbns = max((count.isbns for count in self.finished), key=len)
        titles = {isbn_core(copy.isbn or "") for copy in self.missing} if isbns else set()
        named_otherwise = sum(isbn in titles for isbn in isbns)
        return max(count.unnamed for count in self.finished) + named_otherwise + self.nameless_away

    @property
    def rate(self) -> Decimal | None:
        """帐物相符率 as found ÷ expected (0.9983), four decimals, half up; None where nothing was expected, or rows
        without a number may be of what was not found.
        """
        return None if self.unnamed else rate(self.found, self.expected)


def rate(found: int, expected: int) -> Decimal | None:
    """Found ÷ expected, four decimals, half up; None where nothing was expected."""
    return (Decimal(found) / expected).quantize(_RATE, ROUND_HALF_UP) if expected else None
