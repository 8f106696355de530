"""What was counted: which scans are one stocktake of a place, and what it found of what should be there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.rules.counts import ONE_STOCKTAKE, Count, Stocktake
from schoollib_xl.rules.scan_dates import DoubtfulDate, doubtful_dates
from schoollib_xl.rules.scopes import Scope, ShelfPart, is_upside_down, parts_of
from schoollib_xl.rules.shelves import Shelves


class _Group(NamedTuple):
    """Scans of one part that are judged together, and the row of 盘点范围 they were made under."""

    part: ShelfPart
    scope: Scope | None
    scans: tuple[StocktakeRow, ...]

    def is_near(self, day: date) -> bool:
        days = [scan.counted_on for scan in self.scans]
        return min(days) - ONE_STOCKTAKE <= day <= max(days) + ONE_STOCKTAKE


class Stocktakes:
    """The stocktakes in 盘点记录 up to the day the books are judged on."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._shelves = library.derive(Shelves)
        self._all = [scan for scan in self._shelves.scans if scan.counted_on <= library.as_of]

    @cached_property
    def doubtful(self) -> tuple[DoubtfulDate, ...]:
        """Days of 盘点记录 that stand far from all others."""
        return tuple(doubtful_dates(self._all, self._first_counts))

    @cached_property
    def misdated(self) -> frozenset[int]:
        """The lines whose 盘点日期 is most likely wrong: their copies were seen, nobody knows when."""
        return frozenset(scan.line for doubt in self.doubtful if doubt.is_wrong for scan in doubt.scans)

    @cached_property
    def scans(self) -> list[StocktakeRow]:
        """盘点记录 without the misdated lines, each row with the 个别登记号 it stands for."""
        return [scan for scan in self._all if scan.line not in self.misdated]

    @cached_property
    def _first_counts(self) -> tuple[Count, ...]:
        return self._counts(self._all)

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """What was counted of each place, in the order of their last days."""
        if not self.misdated:
            return self._first_counts
        seen = {scan.accession_no for scan in self._all if scan.line in self.misdated}
        return tuple(_without(count, seen) for count in self._counts(self.scans))

    @cached_property
    def stocktakes(self) -> tuple[Stocktake, ...]:
        """The stocktakes by their days: scans with no more than 31 days between two of them."""
        return tuple(self._stocktake(scans) for scans in chained(self.scans))

    def _stocktake(self, scans: tuple[StocktakeRow, ...]) -> Stocktake:
        lines = {scan.line for scan in scans}
        return Stocktake(scans, tuple(count for count in self.counts if count.scans[-1].line in lines))

    @cached_property
    def _areas(self) -> dict[int, str | None]:
        """By the line of a scan, the 馆藏地 it was made in: the one it names, else its copy's ('' where that has none);
        None for an unknown number that names none.
        """
        places, homes = self._shelves.places, self._homes
        named = {place: places.of(place or "") for place in {scan.place for scan in self._all}}
        return {scan.line: named[scan.place] or homes.get(scan.accession_no) for scan in self._all}

    @cached_property
    def _homes(self) -> dict[str, str]:
        """By 个别登记号, the 馆藏地 its row says; '' where it says none."""
        places, copies = self._shelves.places, self._library.copies
        written = {copy.location for copy in copies.values()}
        home = {location: places.of(location or "") or "" for location in written}
        return {number: home[copy.location] for number, copy in copies.items()}

    # -- grouping ---------------------------------------------------------------------------------

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """The parts 盘点范围 names, by their first days."""
        rows = sorted(self._library[StocktakeScopeRow], key=attrgetter("starts_on", "line"))
        sound = (row for row in rows if not is_upside_down(row))
        return tuple(Scope(row, part) for row in sound for part in parts_of(row.scope, self._shelves.places))

    def _groups(self, scans: list[StocktakeRow]) -> list[_Group]:
        claimed: set[int] = set()
        groups: list[_Group] = []
        days = {scan.counted_on for scan in scans}
        for scope in self.scopes:
            within = {day for day in days if scope.takes_in(day)}
            own = [scan for scan in scans if scan.counted_on in within]
            own = self._within(scope.part, own) if own else []
            # A row nobody closed goes on only as long as the counting does.
            own = own if scope.row.ends_on else [*next(iter(chained(own)), ())]
            own = [scan for scan in own if scan.line not in claimed]
            if own:
                claimed.update(scan.line for scan in own)
                groups.append(_Group(scope.part, scope, tuple(own)))
        rest = [scan for scan in scans if scan.line not in claimed]
        return [*self._joined(groups, rest)]

    def _joined(self, groups: list[_Group], rest: list[StocktakeRow]) -> Iterator[_Group]:
        """The groups with what else was seen in their places about the same days, and the rest by place."""
        open_groups = list(groups)
        for place, own in self._by_area(rest).items():
            for scans in chained(own):
                home = next((at for at, group in enumerate(open_groups) if _is_home(group, place, scans)), None)
                if home is None:
                    yield _Group(ShelfPart(place), None, scans)
                else:
                    both = sorted((*open_groups[home].scans, *scans), key=attrgetter("line"))
                    open_groups[home] = open_groups[home]._replace(scans=tuple(both))
        yield from open_groups

    def _by_area(self, scans: Iterable[StocktakeRow]) -> dict[str, list[StocktakeRow]]:
        found: defaultdict[str, list[StocktakeRow]] = defaultdict(list)
        for scan in scans:
            if (area := self._areas[scan.line]) is not None:
                found[area].append(scan)
        return found

    def _within(self, part: ShelfPart, scans: list[StocktakeRow]) -> list[StocktakeRow]:
        """The scans that are of a part."""
        if not part.letters:
            return [scan for scan in scans if self._areas[scan.line] == part.place]
        letters = self._letters
        return [scan for scan in scans if letters.get(scan.accession_no, " ") in part.letters]

    @cached_property
    def _letters(self) -> dict[str, str]:
        """By 个别登记号, the basic class."""
        return {number: copy.class_letter for number, copy in self._library.copies.items()}

    # -- judging ----------------------------------------------------------------------------------

    def _counts(self, scans: list[StocktakeRow]) -> tuple[Count, ...]:
        counts = map(self._count, self._groups(scans))
        return tuple(sorted(counts, key=lambda count: (count.last_day, count.scans[0].line)))

    def _count(self, group: _Group) -> Count:
        last_day = max(scan.counted_on for scan in group.scans)
        about = self._seen_about(group.scans)
        expected = self._to_be_seen(group.part, last_day, about)
        unseen = tuple(copy for copy in expected if copy.accession_no not in about)
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
        return self._to_be_seen(part, max(scan.counted_on for scan in scans), self._seen_about(scans))

    def _to_be_seen(self, part: ShelfPart, day: date, about: frozenset[str]) -> list[AccessionRow]:
        """The copies that should be there, or were seen before they went away. One that was seen though it should be
        in a reader's hands, or is lost, counts for nothing.
        """
        passed_over = (self._shelves.away(day) - about) | (self._seen_while_out & about)
        return [copy for copy in self._held_in(part, day) if copy.accession_no not in passed_over]

    def _last_seen(self, copy: AccessionRow) -> date:
        """The day a copy was last seen on, days after the day of judging as well."""
        scan = self._shelves.latest_scans.get(copy.accession_no)
        return scan.counted_on if scan else date.min

    def _is_finished(self, group: _Group, expected: int, unseen: int) -> bool:
        if group.scope and group.scope.is_closed(self._library.as_of) and 4 * (expected - unseen) >= expected:
            return True
        # Nine in ten: the contract's rule for a place nobody has closed. One that is closed with less than a quarter
        # seen is taken at its scans: they are not all written down yet, and nobody loses three books in four.
        return 10 * (expected - unseen) >= 9 * expected

    def _seen_about(self, scans: tuple[StocktakeRow, ...]) -> frozenset[str]:
        """What was seen about the days of these scans, in whatever place; a row without a readable day may be of
        any day.
        """
        days = [scan.counted_on for scan in scans]
        start, end = min(days) - ONE_STOCKTAKE, max(days) + ONE_STOCKTAKE
        near = (numbers for day, numbers in self._seen_on.items() if start <= day <= end)
        return self._numbers_of_incomplete_rows.union(*near)

    @cached_property
    def _seen_on(self) -> dict[date, frozenset[str]]:
        seen: defaultdict[date, set[str]] = defaultdict(set)
        for scan in self._shelves.scans:
            seen[scan.counted_on].add(scan.accession_no)
        return {day: frozenset(numbers) for day, numbers in seen.items()}

    def _held_in(self, part: ShelfPart, day: date) -> Iterator[AccessionRow]:
        if part.letters:
            yield from (copy for copy in self._shelves.held(day) if copy.class_letter in part.letters)
            return
        gone = self._library.written_off_copies
        for copy in self._copies_by_place.get(part.place, ()):
            if (copy.accessioned_on or date.min) <= day and (
                copy.accession_no not in gone or self._shelves.in_force(copy, day)
            ):
                yield copy

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
        away = self._shelves.away(day)
        return sum(copy.accession_no not in away for copy in self._held_in(part, day))

    @cached_property
    def _copies_by_place(self) -> dict[str, list[AccessionRow]]:
        found: defaultdict[str, list[AccessionRow]] = defaultdict(list)
        for place, copy in zip(self._homes.values(), self._library.copies.values(), strict=True):
            found[place].append(copy)
        return found

    @cached_property
    def _seen_while_out(self) -> frozenset[str]:
        out, losses = self._shelves.lent_when_seen, self._shelves.losses
        doubtful = [scan for scan in self._all if scan.line in out or scan.accession_no in losses]
        return frozenset(
            scan.accession_no
            for scan in doubtful
            if scan.line in out or self._shelves.lost_since(scan.accession_no, scan.counted_on)
        )

    @cached_property
    def _numbers_of_incomplete_rows(self) -> frozenset[str]:
        incomplete = self._library[StocktakeRow].incomplete
        return frozenset(filter(None, (row.values.get("accession_no") for row in incomplete)))

    @cached_property
    def _days_without_number(self) -> list[date]:
        incomplete = self._library[StocktakeRow].incomplete
        days = (row.values.get("counted_on") for row in incomplete if not row.values.get("accession_no"))
        return [day for day in days if day]


def _is_home(group: _Group, place: str, scans: tuple[StocktakeRow, ...]) -> bool:
    """Whether scans outside the days of 盘点范围 belong to a group all the same: of the same place, with no more than
    31 days between them. What was seen beside the classes that are gone through begins no stocktake of its own.
    """
    is_same = bool(group.part.letters) or group.part.place == place
    return is_same and any(group.is_near(scan.counted_on) for scan in scans)


def _without(count: Count, seen: set[str]) -> Count:
    """The count with these copies seen."""
    return replace(count, missing=tuple(copy for copy in count.missing if copy.accession_no not in seen))


def chained(scans: Iterable[StocktakeRow]) -> Iterator[tuple[StocktakeRow, ...]]:
    """The scans in groups with no more than 31 days between two of them, each in line order."""
    by_day = group_by(scans, "counted_on")
    group: list[StocktakeRow] = []
    last: date | None = None
    for day in sorted(by_day):
        if last and day - last > ONE_STOCKTAKE:
            yield tuple(sorted(group, key=attrgetter("line")))
            group = []
        group += by_day[day]
        last = day
    if group:
        yield tuple(sorted(group, key=attrgetter("line")))
