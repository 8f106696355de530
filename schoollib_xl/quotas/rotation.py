"""借阅轮流表: a turn for every class inside the opening hours, never more classes at once than the room takes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import time
from itertools import pairwise
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.calendar import OpeningRow, TurnRow
from schoollib_xl.ledgers.vocabulary import Audience, Weekday, WeekPattern
from schoollib_xl.quotas.classes import school_classes
from schoollib_xl.quotas.timetable import minute_of
from schoollib_xl.quotas.wishes import SCHOOL_WEEK, Wish, wishes

_BOTH = (WeekPattern.ODD, WeekPattern.EVEN)


class Stretch(NamedTuple):
    """A stretch of one day, in minutes since midnight; the end is not part of it."""

    start: int
    end: int

    def overlaps(self, other: "Stretch") -> bool:
        return self.start < other.end and other.start < self.end


class Unplaced(NamedTuple):
    """A turn that found no room: how many minutes are open to it at all, and the longest stretch still free."""

    wish: Wish
    open_minutes: int
    longest_free: int


@dataclass(frozen=True)
class Rotation:
    """A rotation table, ready to paste, and the turns that could not be placed."""

    turns: tuple[TurnRow, ...]
    unplaced: tuple[Unplaced, ...]


def rotation(library: Library) -> Rotation:
    """Give every class the turns 借阅轮流表 asks for, moved where they clash; a class that has none there gets
    the usual ones (see `wishes`).
    """
    board, unplaced = _filled(library, wishes(library))
    order = {one.name: index for index, one in enumerate(school_classes(library))}
    placed = sorted(board.turns, key=lambda turn: (turn.weekday, turn.stretch, turn.weeks, order[turn.wish.class_name]))
    rows = tuple(_row(line, turn) for line, turn in enumerate(placed, 2))
    return Rotation(rows, tuple(board.refusal(wish) for wish in unplaced))


# Orders tried before a turn is said to find no place: those left over go first in the next.
_MOST_ORDERS = 60


def _filled(library: Library, wanted: list[Wish]) -> tuple["_Board", list[Wish]]:
    """The fullest week found, and the turns it has no place for."""
    found: list[tuple[_Board, list[Wish]]] = []
    order = wanted
    for _ in range(_MOST_ORDERS):
        board = _Board(_openings(library), library.school.room_capacity or 1)
        left = [wish for wish in order if not board.place(wish)]
        found.append((board, left))
        if not left:
            break
        following = [*left, *(wish for wish in order if wish not in left)]
        if following == order:
            break
        order = following
    return min(found, key=lambda one: len(one[1]))


def _is_on(stretch: Stretch, minute: int) -> bool:
    return stretch.start <= minute < stretch.end


def _parities(weeks: WeekPattern | None) -> tuple[WeekPattern, ...]:
    return _BOTH if weeks in (None, WeekPattern.EVERY) else (weeks or WeekPattern.EVERY,)


class _Placed(NamedTuple):
    weekday: int
    stretch: Stretch
    weeks: WeekPattern
    wish: Wish

    def is_on(self, weekday: int, weeks: WeekPattern) -> bool:
        return self.weekday == weekday and weeks in _parities(self.weeks)


@dataclass
class _Board:
    """The week as it fills up."""

    openings: dict[Weekday, list[Stretch]]
    capacity: int
    turns: list[_Placed] = field(default_factory=list)

    def place(self, wish: Wish) -> bool:
        """Put the turn at its best free place; whether there was one. On the day and at the time of day it should
        have, if there is room, else wherever the library is open.
        """
        return self._place(wish) or (wish.preferred is not None and self._place(replace(wish, not_before=0), wish))

    def _place(self, wish: Wish, of: Wish | None = None) -> bool:
        for weekday in self._weekdays(wish):
            for weeks in self._patterns(wish, weekday):
                for start in self._starts(wish, weekday):
                    stretch = Stretch(start, start + wish.minutes)
                    if self._is_free(stretch, weekday, weeks, wish.class_name):
                        self.turns.append(_Placed(weekday.number, stretch, weeks, of or wish))
                        return True
        return False

    def refusal(self, wish: Wish) -> Unplaced:
        """What is open on the days of a turn that found no place, and the longest stretch still free."""
        stretches = [stretch for weekday in SCHOOL_WEEK for stretch in self._open(weekday, replace(wish, not_before=0))]
        anywhere = replace(wish, not_before=0)
        longest = max((self._longest_free(anywhere, weekday) for weekday in SCHOOL_WEEK), default=0)
        return Unplaced(wish, sum(stretch.end - stretch.start for stretch in stretches), longest)

    def _longest_free(self, wish: Wish, weekday: Weekday) -> int:
        lengths = [0]
        for weeks in self._patterns(wish, weekday):
            for stretch in self._open(weekday, wish):
                cuts = sorted({*stretch, *self._edges(weekday, stretch)})
                free = [self._is_free(Stretch(*cut), weekday, weeks, wish.class_name) for cut in pairwise(cuts)]
                lengths += _runs(cuts, free)
        return max(lengths)

    def _weekdays(self, wish: Wish) -> list[Weekday]:
        """The days of the turn: the one asked for, then those with the least on them."""
        asked = wish.asked.weekday if wish.asked else wish.preferred
        return sorted(SCHOOL_WEEK, key=lambda day: (day is not asked, self._has(wish, day), self._load(day)))

    def _has(self, wish: Wish, weekday: Weekday) -> bool:
        return any(turn.wish.class_name == wish.class_name and turn.weekday == weekday.number for turn in self.turns)

    def _load(self, weekday: Weekday, parities: tuple[WeekPattern, ...] = _BOTH) -> int:
        on = [turn for weeks in parities for turn in self.turns if turn.is_on(weekday.number, weeks)]
        return sum(turn.stretch.end - turn.stretch.start for turn in on)

    def _patterns(self, wish: Wish, weekday: Weekday) -> list[WeekPattern]:
        if not wish.is_fortnightly:
            return [WeekPattern.EVERY]
        asked = wish.asked.weeks if wish.asked else None
        return sorted(_BOTH, key=lambda weeks: (weeks is not asked, self._load(weekday, (weeks,))))

    def _starts(self, wish: Wish, weekday: Weekday) -> list[int]:
        """Where the turn may begin: at the time asked for, when it opens, or when another turn ends."""
        asked = minute_of(wish.asked.starts_at) if wish.asked and wish.asked.starts_at else None
        fits: set[int] = set()
        for stretch in self._open(weekday, wish):
            starts = {stretch.start, asked or stretch.start, *self._edges(weekday, stretch)}
            fits |= {start for start in starts if stretch.start <= start <= stretch.end - wish.minutes}
        return sorted(fits, key=lambda start: (start != asked, start))

    def _edges(self, weekday: Weekday, stretch: Stretch) -> list[int]:
        on = [turn.stretch for turn in self.turns if turn.weekday == weekday.number]
        return [edge for one in on for edge in one if stretch.start < edge < stretch.end]

    def _open(self, weekday: Weekday, wish: Wish) -> list[Stretch]:
        earliest = wish.not_before
        later = [Stretch(max(one.start, earliest), one.end) for one in self.openings.get(weekday, [])]
        return [one for one in later if one.start < one.end]

    def _is_free(self, stretch: Stretch, weekday: Weekday, weeks: WeekPattern, class_name: str) -> bool:
        for parity in _parities(weeks):
            on = [turn for turn in self.turns if turn.is_on(weekday.number, parity) and turn.stretch.overlaps(stretch)]
            if any(turn.wish.class_name == class_name for turn in on) or _most_at_once(on) >= self.capacity:
                return False
        return True


def _most_at_once(turns: list[_Placed]) -> int:
    """How many of the turns are on at the busiest minute; it is busiest when one of them begins."""
    starts = [turn.stretch.start for turn in turns]
    return max((sum(_is_on(one.stretch, at) for one in turns) for at in starts), default=0)


def _runs(cuts: list[int], free: list[bool]) -> Iterator[int]:
    """Lengths of the free pieces of a stretch, neighbours taken together."""
    length = 0
    for (start, end), is_free in zip(pairwise(cuts), free, strict=True):
        length = length + end - start if is_free else 0
        yield length


def _openings(library: Library) -> dict[Weekday, list[Stretch]]:
    """When pupils may come, Monday to Friday; openings that touch are one."""
    found: dict[Weekday, list[Stretch]] = {}
    for weekday in SCHOOL_WEEK:
        rows = [row for row in library[OpeningRow] if row.weekday is weekday and row.audience is not Audience.TEACHERS]
        found[weekday] = _merged(Stretch(minute_of(row.starts_at), minute_of(row.ends_at)) for row in rows)
    return found


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for one in sorted(one for one in stretches if one.start < one.end):
        if merged and one.start <= merged[-1].end:
            merged[-1] = Stretch(merged[-1].start, max(merged[-1].end, one.end))
        else:
            merged.append(one)
    return merged


def _row(line: int, turn: _Placed) -> TurnRow:
    start, end = (time(*divmod(minute, 60)) for minute in turn.stretch)
    weekday = tuple(Weekday)[turn.weekday]
    return TurnRow(line, turn.wish.class_name, weekday, turn.weeks, start, end, turn.wish.kind)
