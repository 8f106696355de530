"""Which scans are of one part of the shelves: by 盘点范围, else by the place they were made in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow
from schoollib_xl.rules.counts import ONE_STOCKTAKE
from schoollib_xl.rules.scopes import Scope, ShelfPart, is_upside_down, parts_of
from schoollib_xl.rules.shelves import Sightings


class ScanGroup(NamedTuple):
    """Scans of one part that are judged together, and the row of 盘点范围 they were made under."""

    part: ShelfPart
    scope: Scope | None
    scans: tuple[StocktakeRow, ...]

    def is_near(self, day: date) -> bool:
        days = [scan.counted_on for scan in self.scans]
        return min(days) - ONE_STOCKTAKE <= day <= max(days) + ONE_STOCKTAKE


class ScanGroups:
    """The scans up to the day the books are judged on, in groups that are judged together; no loan bears on them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._seen = library.derive(Sightings)
        self.scans = [scan for scan in self._seen.scans if scan.counted_on <= library.as_of]

    @cached_property
    def of_all(self) -> list[ScanGroup]:
        """All the scans in groups."""
        return self.of(self.scans)

    @cached_property
    def _areas(self) -> dict[int, str | None]:
        """By the line of a scan, the 馆藏地 it was made in: the one it names, else its copy's ('' where that has none);
        None for an unknown number that names none.
        """
        places, homes = self._seen.places, self._homes
        named = {place: places.of(place or "") for place in {scan.place for scan in self.scans}}
        return {scan.line: named[scan.place] or homes.get(scan.accession_no) for scan in self.scans}

    @cached_property
    def _homes(self) -> dict[str, str]:
        """By 个别登记号, the 馆藏地 its row says; '' where it says none."""
        places, copies = self._seen.places, self._library.copies
        written = {copy.location for copy in copies.values()}
        home = {location: places.of(location or "") or "" for location in written}
        return {number: home[copy.location] for number, copy in copies.items()}

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """The parts 盘点范围 names, by their first days."""
        rows = sorted(self._library[StocktakeScopeRow], key=attrgetter("starts_on", "line"))
        sound = (row for row in rows if not is_upside_down(row))
        return tuple(Scope(row, part) for row in sound for part in parts_of(row.scope, self._seen.places))

    def of(self, scans: list[StocktakeRow]) -> list[ScanGroup]:
        """Some of the scans in groups."""
        claimed: set[int] = set()
        groups: list[ScanGroup] = []
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
                groups.append(ScanGroup(scope.part, scope, tuple(own)))
        rest = [scan for scan in scans if scan.line not in claimed]
        return [*self._joined(groups, rest)]

    def _joined(self, groups: list[ScanGroup], rest: list[StocktakeRow]) -> Iterator[ScanGroup]:
        """The groups with what else was seen in their places about the same days, and the rest by place."""
        open_groups = list(groups)
        for place, own in self._by_area(rest).items():
            for scans in chained(own):
                home = next((at for at, group in enumerate(open_groups) if _is_home(group, place, scans)), None)
                if home is None:
                    yield ScanGroup(ShelfPart(place), None, scans)
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

    def copies_in(self, part: ShelfPart) -> list[AccessionRow]:
        """The copies that belong into a part, whether they are held or not."""
        if not part.letters:
            return self._copies_by_place.get(part.place, [])
        letters = self._letters
        return [copy for number, copy in self._library.copies.items() if letters[number] in part.letters]

    @cached_property
    def _copies_by_place(self) -> dict[str, list[AccessionRow]]:
        found: defaultdict[str, list[AccessionRow]] = defaultdict(list)
        for place, copy in zip(self._homes.values(), self._library.copies.values(), strict=True):
            found[place].append(copy)
        return found


def _is_home(group: ScanGroup, place: str, scans: tuple[StocktakeRow, ...]) -> bool:
    """Whether scans outside the days of 盘点范围 belong to a group all the same: of the same place, with no more than
    31 days between them. What was seen beside the classes that are gone through begins no stocktake of its own.
    """
    is_same = bool(group.part.letters) or group.part.place == place
    return is_same and any(group.is_near(scan.counted_on) for scan in scans)


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
