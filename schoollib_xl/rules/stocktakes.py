"""What was counted: which scans are one stocktake of a place, and what it found of what should be there. Days that
stand far from all others are slips of the pen, or the one spot check between two counts.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from itertools import filterfalse
from operator import attrgetter
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.rules.counts import ONE_STOCKTAKE, Count, Stocktake, days_of
from schoollib_xl.rules.scan_groups import ScanGroup, ScanGroups, chained
from schoollib_xl.rules.scopes import ShelfPart
from schoollib_xl.rules.shelves import Shelves

_LINE, _NUMBER = attrgetter("line"), attrgetter("accession_no")


class DoubtfulDate(NamedTuple):
    """The scans of one day that stands far from all others. It `is_wrong` where the copies are just those that a
    finished stocktake did not see; `likely` is the day of that stocktake which was meant, where it can be told.
    """

    scans: tuple[StocktakeRow, ...]
    near_day: date
    is_wrong: bool
    likely: date | None


class Stocktakes:
    """The stocktakes in 盘点记录 up to the day the books are judged on."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._shelves, self._scan_groups = library.derive(Shelves), library.derive(ScanGroups)
        self._all, self.scopes = self._scan_groups.scans, self._scan_groups.scopes
        self._seen_on_days: dict[tuple[date, ...], frozenset[str]] = {}

    @cached_property
    def doubtful(self) -> tuple[DoubtfulDate, ...]:
        """Days of 盘点记录 that stand far from all others."""
        return tuple(doubtful_dates(self._all, self._first_counts))

    @cached_property
    def misdated(self) -> frozenset[int]:
        """The lines whose 盘点日期 is most likely wrong: their copies were seen, nobody knows when."""
        return frozenset(scan.line for doubt in self.doubtful if doubt.is_wrong for scan in doubt.scans)

    @cached_property
    def scans(self) -> Sequence[StocktakeRow]:
        """盘点记录 without the misdated lines, each row with the 个别登记号 it stands for."""
        misdated = self.misdated
        return [scan for scan in self._all if scan.line not in misdated] if misdated else self._all

    @cached_property
    def _first_counts(self) -> tuple[Count, ...]:
        return self._counts(self._scan_groups.of_all)

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """What was counted of each place, in the order of their last days."""
        if not self.misdated:
            return self._first_counts
        seen = {scan.accession_no for scan in self._all if scan.line in self.misdated}
        return tuple(_without(count, seen) for count in self._counts(self._scan_groups.of(self.scans)))

    @cached_property
    def stocktakes(self) -> tuple[Stocktake, ...]:
        """The stocktakes by their days: scans with no more than 31 days between two of them."""
        return tuple(self._stocktake(scans) for scans in chained(self.scans))

    def _stocktake(self, scans: tuple[StocktakeRow, ...]) -> Stocktake:
        lines = {count.scans[-1].line for count in self.counts}.intersection(map(_LINE, scans))
        return Stocktake(scans, tuple(count for count in self.counts if count.scans[-1].line in lines))

    # -- judging ----------------------------------------------------------------------------------

    def _counts(self, groups: list[ScanGroup]) -> tuple[Count, ...]:
        counts = map(self._count, groups)
        return tuple(sorted(counts, key=lambda count: (count.last_day, count.scans[0].line)))

    def _count(self, group: ScanGroup) -> Count:
        last_day = max(group.days)
        about = self._seen_about(group.days)
        expected = self._to_be_seen(group.part, last_day, about)
        unseen = tuple(map(self._library.copies.__getitem__, filterfalse(about.__contains__, map(_NUMBER, expected))))
        finished = self._is_finished(group, len(expected), len(unseen))
        never = (copy for copy in unseen if self._last_seen(copy) < last_day)
        return Count(
            group.part,
            group.scope.row if group.scope else None,
            group.scans,
            len(expected),
            unseen,
            tuple(never) if finished else (),
            finished,
            sum(group.is_near(day) for day in self._days_without_number),
        )

    def expected_of(self, part: ShelfPart, scans: tuple[StocktakeRow, ...]) -> list[AccessionRow]:
        """The copies of a part that these scans, made there, should show on their last day."""
        days = days_of(scans)
        return self._to_be_seen(part, max(days), self._seen_about(days))

    def _to_be_seen(self, part: ShelfPart, day: date, about: frozenset[str]) -> list[AccessionRow]:
        """The copies that should be there, or were seen before they went away. One that was seen though it should be
        in a reader's hands, or is lost, counts for nothing.
        """
        passed_over = (self._shelves.away(day) - about) | (self._seen_while_out & about)
        return self._held_in(part, day, passed_over)

    def _last_seen(self, copy: AccessionRow) -> date:
        """The day a copy was last seen on, days after the day of judging as well."""
        scan = self._shelves.seen.latest.get(copy.accession_no)
        return scan.counted_on if scan else date.min

    def _is_finished(self, group: ScanGroup, expected: int, unseen: int) -> bool:
        if group.scope and group.scope.is_closed(self._library.as_of) and 4 * (expected - unseen) >= expected:
            return True
        # Nine in ten: the contract's rule for a place nobody has closed. One that is closed with less than a quarter
        # seen is taken at its scans: they are not all written down yet, and nobody loses three books in four.
        return 10 * (expected - unseen) >= 9 * expected

    def _seen_about(self, days: set[date]) -> frozenset[str]:
        """What was seen about these days, in whatever place; a row without a readable day may be of any day."""
        start, end = min(days) - ONE_STOCKTAKE, max(days) + ONE_STOCKTAKE
        return self._seen_on(tuple(day for day in self._shelves.seen.on_day if start <= day <= end))

    def _seen_on(self, days: tuple[date, ...]) -> frozenset[str]:
        if days not in self._seen_on_days:
            near = map(self._shelves.seen.on_day.__getitem__, days)
            self._seen_on_days[days] = self._numbers_of_incomplete_rows.union(*near)
        return self._seen_on_days[days]

    def _held_in(self, part: ShelfPart, day: date, passed_over: frozenset[str]) -> list[AccessionRow]:
        """The copies of a part that are in the holdings on the day, but for those passed over."""
        gone, always = self._library.written_off_copies, date.min
        return [
            copy
            for copy in self._scan_groups.copies_in(part)
            if (copy.accessioned_on or always) <= day
            and (number := copy.accession_no) not in passed_over
            and (number not in gone or self._shelves.in_force(copy, day))
        ]

    def came_back(self, count: Count, copy: AccessionRow) -> bool:
        """Whether the copy came to the shelf while the place was being gone through."""
        loans = self._library.loans_by_copy.get(copy.accession_no, ())
        repairs = self._repairs.get(copy.accession_no, ())
        days = [copy.held_from, *(loan.returned_on for loan in loans), *(row.reshelved_on for row in repairs)]
        return any(day and count.first_day <= day <= count.last_day for day in days)

    @cached_property
    def _repairs(self) -> dict[str, list[RepairRow]]:
        return group_by(self._library[RepairRow], "accession_no")

    def expected_in(self, part: ShelfPart, day: date) -> int:
        """How many copies of a part should be on its shelves on the day."""
        return len(self._held_in(part, day, self._shelves.away(day)))

    @cached_property
    def _seen_while_out(self) -> frozenset[str]:
        out, losses = self._shelves.lent_when_seen, self._shelves.losses
        scans, lost_since = self._shelves.scans, self._shelves.lost_since
        lost = [row for row in scans.among("accession_no", losses) if lost_since(row.accession_no, row.counted_on)]
        doubtful = (*scans.among("line", out), *lost)
        return frozenset(scan.accession_no for scan in doubtful if scan.counted_on <= self._library.as_of)

    @cached_property
    def _numbers_of_incomplete_rows(self) -> frozenset[str]:
        incomplete = self._library[StocktakeRow].incomplete
        return frozenset(filter(None, (row.values.get("accession_no") for row in incomplete)))

    @cached_property
    def _days_without_number(self) -> list[date]:
        incomplete = self._library[StocktakeRow].incomplete
        days = (row.values.get("counted_on") for row in incomplete if not row.values.get("accession_no"))
        return [day for day in days if day]


def _without(count: Count, seen: set[str]) -> Count:
    """The count with these copies seen."""
    return count._replace(missing=tuple(copy for copy in count.missing if copy.accession_no not in seen))


def doubtful_dates(scans: Sequence[StocktakeRow], counts: Sequence[Count]) -> Iterator[DoubtfulDate]:
    """The doubtful days, in order."""
    days = sorted(days_of(scans))
    for index, day in enumerate(days):
        neighbours = [other for other in days[max(0, index - 1) : index + 2] if other != day]
        is_alone = bool(neighbours) and all(abs(other - day) > ONE_STOCKTAKE for other in neighbours)
        far = [one for one in counts if not one.first_day - ONE_STOCKTAKE <= day <= one.last_day + ONE_STOCKTAKE]
        own = [scan for scan in scans if scan.counted_on == day] if far or is_alone else []
        if own and (doubt := _doubt(day, own, counts, far, is_lone=is_alone and len(own) == 1)):
            yield doubt


def _doubt(
    day: date, scans: list[StocktakeRow], counts: Sequence[Count], far: Sequence[Count], *, is_lone: bool
) -> DoubtfulDate | None:
    numbers = {scan.accession_no for scan in scans}
    for count in far:
        if not count.finished:
            continue
        if not numbers <= {copy.accession_no for copy in count.missing}:
            continue
        likely = _meant(day, {scan.counted_on for scan in count.scans})
        if likely or (is_lone and day < count.first_day):
            return DoubtfulDate(tuple(scans), count.first_day, True, likely)
    return _lone(day, scans[0], counts) if is_lone else None


def _lone(day: date, scan: StocktakeRow, counts: Sequence[Count]) -> DoubtfulDate | None:
    """One scan far from all others; none where it makes up for what an earlier stocktake did not see."""
    others = [count for count in counts if scan not in count.scans]
    if not others or scan.accession_no not in {seen.accession_no for other in others for seen in other.scans}:
        return None
    nearest = min(others, key=lambda count: min(abs(count.first_day - day), abs(count.last_day - day)))
    return DoubtfulDate((scan,), nearest.first_day, False, None)


def _meant(day: date, days: set[date]) -> date | None:
    """The day of a stocktake that is one slip away: another year, month and day changed about, another month."""
    for other in sorted(days):
        same = (day.month == other.month) + (day.year == other.year) + (day.day == other.day)
        if same == 2 or day == _changed_about(other):
            return other
    return None


def _changed_about(day: date) -> date | None:
    """The day with its month and day in each other's place; None where there is none."""
    with suppress(ValueError):
        return date(day.year, day.day, day.month)
    return None
