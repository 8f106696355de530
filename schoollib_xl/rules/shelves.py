"""What should stand on the shelves on a day, and what each stocktake found of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, group_by, in_order
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import Incident, LoanOutcome

# Scans within 31 days of the first belong to one stocktake.
_ONE_STOCKTAKE = timedelta(days=31)
_RATE = Decimal("0.0001")


class Stocktake(NamedTuple):
    """Scans that belong together, in line order. It is judged at its last day."""

    first_day: date
    last_day: date
    scans: tuple[StocktakeRow, ...]


@dataclass(frozen=True)
class Count:
    """What a stocktake found: the copies that should have been on the shelves it went through, and those
    of them nobody saw.
    """

    stocktake: Stocktake
    expected: int
    missing: tuple[AccessionRow, ...]

    @property
    def found(self) -> int:
        return self.expected - len(self.missing)

    @property
    def rate(self) -> Decimal | None:
        """帐物相符率 as found ÷ expected (0.9983), four decimals, half up; None where nothing was expected."""
        if not self.expected:
            return None
        return (Decimal(self.found) / self.expected).quantize(_RATE, ROUND_HALF_UP)


class Loss(NamedTuple):
    """A copy reported lost: from the report until a refund or another loan shows it again."""

    reported_on: date
    back_on: date
    row: LoanRow | CompensationRow

    @property
    def is_open(self) -> bool:
        """Whether nothing in the books shows the copy again to this day."""
        return self.back_on == date.max


class Shelves:
    """Where the copies are, by the books, on any day and in each stocktake."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._areas: dict[str, str | None] = {}

    # -- on a day ---------------------------------------------------------------------------------

    def in_force(self, copy: AccessionRow, day: date) -> bool:
        """Whether the copy is in the holdings on the day: from 登记日期 until the day before 注销日期."""
        row = self._library.written_off_copies.get(copy.accession_no)
        return copy.held_from <= day and (row is None or row.withdrawn_on is None or day < row.withdrawn_on)

    def away(self, day: date) -> set[str]:
        """The numbers of the copies that are lent, in a class corner, under repair or lost on the day."""
        lent = {
            loan.accession_no
            for loan in self._library[LoanRow]
            if loan.lent_on <= day and (loan.returned_on is None or loan.returned_on > day)
        }
        return lent | self.under_repair(day) | self.lost(day)

    def under_repair(self, day: date) -> set[str]:
        """The numbers of the copies sent for repair by the day and not yet back on the shelf."""
        repairs = self._library[RepairRow]
        return {row.accession_no for row in repairs if row.sent_on <= day < (row.reshelved_on or date.max)}

    def lost(self, day: date) -> set[str]:
        """The numbers of the copies reported lost by the day that have not come to light since."""
        return {number for number in self.losses if self.lost_since(number, day)}

    def lost_since(self, accession_no: str, day: date) -> Loss | None:
        """The report that the copy was lost, if it still was on the day."""
        losses = self.losses.get(accession_no, ())
        return next((loss for loss in losses if loss.reported_on <= day < loss.back_on), None)

    def expected(self, day: date) -> list[AccessionRow]:
        """The copies that should be on the shelves on the day: 在册 − 在借 − 送书下班 − 送修 − 已报失."""
        away = self.away(day)
        return [copy for copy in self._in_force(day) if copy.accession_no not in away]

    def _in_force(self, day: date) -> Iterator[AccessionRow]:
        gone = self._library.written_off_copies
        for number, copy in self._library.copies.items():
            if copy.held_from <= day and (number not in gone or self.in_force(copy, day)):
                yield copy

    @cached_property
    def losses(self) -> dict[str, list[Loss]]:
        """The reports that a copy was lost, by 个别登记号."""
        losses: defaultdict[str, list[Loss]] = defaultdict(list)
        for row, reported_on in self._reports():
            back_on = min(self._sightings(row.accession_no, reported_on), default=date.max)
            losses[row.accession_no].append(Loss(reported_on, back_on, row))
        return losses

    def _reports(self) -> Iterator[tuple[LoanRow | CompensationRow, date]]:
        for loan in self._library[LoanRow]:
            if loan.outcome is LoanOutcome.LOST and loan.returned_on:
                yield loan, loan.returned_on
        for row in self._library[CompensationRow]:
            if row.incident is Incident.LOST:
                yield row, row.registered_on

    def _sightings(self, number: str, reported: date) -> Iterator[date]:
        """The days on or after the report on which the copy was refunded for or lent again."""
        for row in self._library.incidents_by_copy.get(number, ()):
            if row.refunded_on and row.refunded_on >= reported:
                yield row.refunded_on
        for loan in self._library.loans_by_copy.get(number, ()):
            if loan.lent_on >= reported and loan.outcome is not LoanOutcome.LOST:
                yield loan.lent_on

    # -- in a stocktake ---------------------------------------------------------------------------

    @cached_property
    def stocktakes(self) -> tuple[Stocktake, ...]:
        """The stocktakes in 盘点记录, by their days."""
        return stocktakes(self._library[StocktakeRow])

    @cached_property
    def _locations(self) -> list[str]:
        """Every 馆藏地 of 个别登记账, the shortest first."""
        return sorted({copy.location for copy in self._library[AccessionRow] if copy.location}, key=len)

    def area(self, place: str) -> str | None:
        """The 馆藏地 a place lies in (书库 for 书库A3架); None where it begins with none of them."""
        if place not in self._areas:
            fits = [location for location in self._locations if place.startswith(location)]
            self._areas[place] = fits[-1] if fits else None
        return self._areas[place]

    def _areas_of(self, stocktake: Stocktake) -> Iterator[str]:
        """The 馆藏地 a stocktake went through: those its scans name, and for scans that name none those of
        their copies, '' where 个别登记账 gives no place.
        """
        named = {place: self.area(place) for place in {scan.place for scan in stocktake.scans} if place}
        yield from {area for area in named.values() if area}
        for scan in stocktake.scans:
            if not named.get(scan.place or "") and (copy := self._library.copies.get(scan.accession_no)):
                yield copy.location or ""

    @cached_property
    def scans_by_copy(self) -> dict[str, list[StocktakeRow]]:
        """Scans of each copy in line order."""
        return group_by(self._library[StocktakeRow], "accession_no")

    @cached_property
    def latest_scans(self) -> dict[str, StocktakeRow]:
        """The last scan of each copy: by day, and by line on one day."""
        return {scan.accession_no: scan for scan in in_order(self._library[StocktakeRow], "counted_on")}

    @cached_property
    def lent_when_seen(self) -> dict[int, LoanRow]:
        """By the line of a scan: the loan its copy was out on. A copy lent or returned on the very day
        may well have been on the shelf.
        """
        lent: dict[int, LoanRow] = {}
        first_day = min((scan.counted_on for scan in self._library[StocktakeRow]), default=date.max)
        for loan in self._library[LoanRow]:
            if loan.returned_on and loan.returned_on <= first_day:
                continue
            for scan in self.scans_by_copy.get(loan.accession_no, ()):
                if loan.lent_on < scan.counted_on and _is_out_on(loan, scan.counted_on):
                    lent.setdefault(scan.line, loan)
        return lent

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """What each stocktake found, in the order of their days."""
        return tuple(self._count(stocktake) for stocktake in self.stocktakes)

    def _count(self, stocktake: Stocktake) -> Count:
        areas = set(self._areas_of(stocktake))
        expected = 0
        missing = []
        seen, out = self._seen(stocktake)
        away = self.away(stocktake.last_day) - seen
        for copy in self._in_force(stocktake.last_day):
            number = copy.accession_no
            if (copy.location or "") in areas and number not in away and number not in out:
                expected += 1
                if number not in seen:
                    missing.append(copy)
        return Count(stocktake, expected, tuple(missing))

    def _seen(self, stocktake: Stocktake) -> tuple[set[str], set[str]]:
        """The numbers seen, and those of them that should have been in a reader's hands, or are lost."""
        lost = self.lost(stocktake.first_day)
        seen = {scan.accession_no for scan in stocktake.scans}
        out = {scan.accession_no for scan in stocktake.scans if scan.line in self.lent_when_seen}
        return seen, out | (seen & lost)


def stocktakes(scans: Iterable[StocktakeRow]) -> tuple[Stocktake, ...]:
    """Scans grouped into stocktakes: each takes in what was seen within 31 days of its first day."""
    by_day = group_by(scans, "counted_on")
    grouped: list[list[date]] = []
    for day in sorted(by_day):
        if not grouped or day - grouped[-1][0] > _ONE_STOCKTAKE:
            grouped.append([])
        grouped[-1].append(day)
    return tuple(_stocktake([scan for day in days for scan in by_day[day]]) for days in grouped)


def _stocktake(scans: list[StocktakeRow]) -> Stocktake:
    days = [scan.counted_on for scan in scans]
    return Stocktake(min(days), max(days), tuple(sorted(scans, key=attrgetter("line"))))


def _is_out_on(loan: LoanRow, day: date) -> bool:
    return loan.is_open or (loan.returned_on is not None and loan.returned_on > day)
