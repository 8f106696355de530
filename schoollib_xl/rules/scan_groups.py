"""Which scans are of one part of the shelves: by 盘点范围, else by the place they were made in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow
from schoollib_xl.rules.counts import ONE_STOCKTAKE, days_of
from schoollib_xl.rules.scopes import Scope, ShelfPart, is_everything, is_upside_down, parts_of
from schoollib_xl.rules.shelves import Sightings

_LINE = attrgetter("line")
_NOWHERE = ShelfPart("")


class _Grouped(NamedTuple):
    part: ShelfPart
    scope: Scope | None
    scans: tuple[StocktakeRow, ...]


class ScanGroup(_Grouped):
    """Scans of one part that are judged together, and the row of 盘点范围 they were made under."""

    @cached_property
    def days(self) -> set[date]:
        """The days on which the scans were made."""
        return days_of(self.scans)

    def is_near(self, day: date) -> bool:
        return min(self.days) - ONE_STOCKTAKE <= day <= max(self.days) + ONE_STOCKTAKE


class ScanGroups:
    """The scans up to the day the books are judged on, in groups that are judged together; no loan bears on them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._seen = library.derive(Sightings)
        days = self._seen.scans.distinct("counted_on")
        by_then = {day for day in days if day <= library.as_of}
        self.scans = (
            self._seen.scans.rows if len(by_then) == len(days) else self._seen.scans.among("counted_on", by_then)
        )

    @cached_property
    def of_all(self) -> list[ScanGroup]:
        """All the scans in groups."""
        return self.of(self.scans)

    @cached_property
    def _named(self) -> dict[str | None, str | None]:
        """By the place a scan says it was made in, the 馆藏地 that lies in."""
        return {place: self._seen.places.of(place or "") for place in self._seen.scans.distinct("place")}

    @cached_property
    def _homes(self) -> dict[str | None, str]:
        """By the 馆藏地 on the row of a copy, how that is spelled; '' where it says none."""
        written = self._library[AccessionRow].distinct("location")
        return {location: self._seen.places.of(location or "") or "" for location in written}

    def _home(self, accession_no: str) -> str | None:
        """The 馆藏地 of a copy; None of an unknown number."""
        copy = self._library.copies.get(accession_no)
        return self._homes[copy.location] if copy else None

    @cached_property
    def _homeless(self) -> frozenset[str]:
        """The numbers of the copies that have no 馆藏地."""
        return frozenset(copy.accession_no for copy in self._copies_by_place.get("", ()))

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """The parts 盘点范围 names, by their first days."""
        rows = sorted(self._library[StocktakeScopeRow], key=attrgetter("starts_on", "line"))
        sound = (row for row in rows if not is_upside_down(row))
        return tuple(Scope(row, part) for row in sound for part in self._parts(row))

    def _parts(self, row: StocktakeScopeRow) -> tuple[ShelfPart, ...]:
        """The parts of a row; of everything are the copies without 馆藏地 as well."""
        parts = parts_of(row.scope, self._seen.places)
        return (*parts, _NOWHERE) if is_everything(row.scope) and self._homeless and _NOWHERE not in parts else parts

    def of(self, scans: Sequence[StocktakeRow]) -> list[ScanGroup]:
        """Some of the scans in groups."""
        claimed: set[int] = set()
        groups: list[ScanGroup] = []
        by_area = self._by_area(scans)
        for scope in self.scopes:
            part = self._of_letters(scope.part, scans) if scope.part.letters else by_area.get(scope.part.place, [])
            days = days_of(part)
            taken_in = {day for day in days if scope.takes_in(day)}
            own = part if taken_in == days else [scan for scan in part if scan.counted_on in taken_in]
            # A row nobody closed goes on only as long as the counting does.
            own = own if scope.row.ends_on else [*next(iter(chained(own)), ())]
            own = [scan for scan in own if scan.line not in claimed] if claimed else own
            if own:
                claimed.update(map(_LINE, own))
                groups.append(ScanGroup(scope.part, scope, tuple(own)))
        rest = [scan for scan in scans if scan.line not in claimed] if len(claimed) < len(scans) else []
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
                    both = sorted((*open_groups[home].scans, *scans), key=_LINE)
                    open_groups[home] = open_groups[home]._replace(scans=tuple(both))
        yield from open_groups

    def _by_area(self, scans: Iterable[StocktakeRow]) -> dict[str, list[StocktakeRow]]:
        """By the 馆藏地 it was made in: the one it names, else its copy's. A copy that has none is of '' wherever it is
        seen, since it is expected nowhere else. That of an unknown number that names no place nobody can tell.
        """
        found: defaultdict[str, list[StocktakeRow]] = defaultdict(list)
        homeless = self._homeless
        for place, run in groupby(scans, attrgetter("place")):
            if named := self._named[place]:
                if not homeless:
                    found[named] += run
                for scan in run:
                    found["" if scan.accession_no in homeless else named].append(scan)
                continue
            for scan in run:
                if (home := self._home(scan.accession_no)) is not None:
                    found[home].append(scan)
        return found

    def _of_letters(self, part: ShelfPart, scans: Iterable[StocktakeRow]) -> list[StocktakeRow]:
        """The scans that are of the classes of a part."""
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
        homes = self._homes
        for copy in self._library.copies.values():
            found[homes[copy.location]].append(copy)
        return found


def _is_home(group: ScanGroup, place: str, scans: tuple[StocktakeRow, ...]) -> bool:
    """Whether scans outside the days of 盘点范围 belong to a group all the same: of the same place, with no more than
    31 days between them. What was seen beside the classes that are gone through begins no stocktake of its own.
    """
    is_same = bool(group.part.letters) or group.part.place == place
    return is_same and any(group.is_near(scan.counted_on) for scan in scans)


def chained(scans: Sequence[StocktakeRow]) -> Iterator[tuple[StocktakeRow, ...]]:
    """The scans in groups with no more than 31 days between two of them, each in line order."""
    days = sorted(days_of(scans))
    if all(later - day <= ONE_STOCKTAKE for day, later in pairwise(days)):
        yield from [tuple(sorted(scans, key=_LINE))] if days else []
        return
    by_day = group_by(scans, "counted_on")
    group: list[StocktakeRow] = []
    last: date | None = None
    for day in days:
        if last and day - last > ONE_STOCKTAKE:
            yield tuple(sorted(group, key=_LINE))
            group = []
        group += by_day[day]
        last = day
    if group:
        yield tuple(sorted(group, key=_LINE))
