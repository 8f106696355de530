"""A week as turns are put into it one after the other, each at the best place that is still free."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from schoollib_xl.ledgers.supporting.vocabulary import WeekPattern
from schoollib_xl.ledgers.vocabulary import SCHOOL_WEEK, Weekday
from schoollib_xl.quotas.turns.lending_plan import Stretch
from schoollib_xl.quotas.turns.timetable import minute_of
from schoollib_xl.quotas.week.turn_requests import TurnRequest

PARITIES = (WeekPattern.ODD, WeekPattern.EVEN)


class Unplaced(NamedTuple):
    """A turn that found no room: how many minutes are open at all, and the longest stretch still free."""

    request: TurnRequest
    open_minutes: int
    longest_free: int


def _parities(weeks: WeekPattern | None) -> tuple[WeekPattern, ...]:
    return PARITIES if weeks in (None, WeekPattern.EVERY) else (weeks or WeekPattern.EVERY,)


class Placed(NamedTuple):
    """A turn in its place: the number of its weekday, its hours and weeks, and the request it fulfils."""

    weekday: int
    stretch: Stretch
    weeks: WeekPattern
    request: TurnRequest

    def is_on(self, weekday: int, weeks: WeekPattern) -> bool:
        """Whether it is taken on that weekday in odd, or in even, weeks."""
        return self.weekday == weekday and weeks in _parities(self.weeks)

    def meets(self, other: "Placed") -> bool:
        """Whether both are on at one time."""
        weeks = set(_parities(self.weeks)) & set(_parities(other.weeks))
        return self.weekday == other.weekday and bool(weeks) and self.stretch.overlaps(other.stretch)


@dataclass
class Board:
    """The week as it fills up."""

    openings: dict[Weekday, list[Stretch]]
    capacity: int
    turns: list[Placed] = field(default_factory=list)

    def place(self, request: TurnRequest) -> bool:
        """Put the turn at its best free place; whether there was one. On the day and at the time of day it should
        have, if there is room, else wherever the library is open.
        """
        return self._place(request) or (
            request.preferred is not None and self._place(replace(request, not_before=0), request)
        )

    def _place(self, request: TurnRequest, of: TurnRequest | None = None) -> bool:
        for weekday in self._weekdays(request):
            for weeks in self._patterns(request, weekday):
                for start in self._starts(request, weekday):
                    stretch = Stretch(start, start + request.minutes)
                    if self._is_free(stretch, weekday, weeks, request):
                        self.turns.append(Placed(weekday.number, stretch, weeks, of or request))
                        return True
        return False

    def refusal(self, request: TurnRequest) -> Unplaced:
        """What is open on the days of a turn that found no place, and the longest stretch still free."""
        stretches = [
            stretch for weekday in SCHOOL_WEEK for stretch in self._open(weekday, replace(request, not_before=0))
        ]
        anywhere = replace(request, not_before=0)
        longest = max((self._longest_free(anywhere, weekday) for weekday in SCHOOL_WEEK), default=0)
        return Unplaced(request, sum(stretch.end - stretch.start for stretch in stretches), longest)

    def _longest_free(self, request: TurnRequest, weekday: Weekday) -> int:
        lengths = [0]
        for weeks in self._patterns(request, weekday):
            for stretch in self._open(weekday, request):
                cuts = sorted({*stretch, *self._edges(weekday, stretch)})
                free = [self._is_free(Stretch(*cut), weekday, weeks, request) for cut in pairwise(cuts)]
                lengths += _runs(cuts, free)
        return max(lengths)

    def _weekdays(self, request: TurnRequest) -> list[Weekday]:
        """The days of the turn: the one asked for, then those with the least on them."""
        return sorted(
            SCHOOL_WEEK, key=lambda day: (day is not request.weekday, self._has(request, day), self._load(day))
        )

    def _has(self, request: TurnRequest, weekday: Weekday) -> bool:
        return any(turn.request.shares_class(request) and turn.weekday == weekday.number for turn in self.turns)

    def _load(self, weekday: Weekday, parities: tuple[WeekPattern, ...] = PARITIES) -> int:
        on = [turn for weeks in parities for turn in self.turns if turn.is_on(weekday.number, weeks)]
        return sum(turn.stretch.end - turn.stretch.start for turn in on)

    def _patterns(self, request: TurnRequest, weekday: Weekday) -> list[WeekPattern]:
        if not request.is_fortnightly:
            return [WeekPattern.EVERY]
        asked = request.asked.weeks if request.asked else None
        return sorted(PARITIES, key=lambda weeks: (weeks is not asked, self._load(weekday, (weeks,))))

    def _starts(self, request: TurnRequest, weekday: Weekday) -> list[int]:
        """Where the turn may begin: at the time asked for, when it opens, or when another turn ends."""
        asked = minute_of(request.asked.starts_at) if request.asked and request.asked.starts_at else None
        fits: set[int] = set()
        for stretch in self._open(weekday, request):
            starts = {stretch.start, asked or stretch.start, *self._edges(weekday, stretch)}
            fits |= {start for start in starts if stretch.start <= start <= stretch.end - request.minutes}
        return sorted(fits, key=lambda start: (start != asked, start))

    def _edges(self, weekday: Weekday, stretch: Stretch) -> list[int]:
        on = [turn.stretch for turn in self.turns if turn.weekday == weekday.number]
        return [edge for one in on for edge in one if stretch.start < edge < stretch.end]

    def _open(self, weekday: Weekday, request: TurnRequest) -> list[Stretch]:
        earliest = request.not_before
        later = [Stretch(max(stretch.start, earliest), stretch.end) for stretch in self.openings.get(weekday, [])]
        return [stretch for stretch in later if stretch.start < stretch.end]

    def _is_free(self, stretch: Stretch, weekday: Weekday, weeks: WeekPattern, request: TurnRequest) -> bool:
        for parity in _parities(weeks):
            on = [turn for turn in self.turns if turn.is_on(weekday.number, parity) and turn.stretch.overlaps(stretch)]
            if any(turn.request.shares_class(request) for turn in on) or _most_at_once(on) >= self.capacity:
                return False
        return True


def _most_at_once(turns: list[Placed]) -> int:
    """How many of the turns are on at the busiest minute; it is busiest when one of them begins."""
    starts = [turn.stretch.start for turn in turns]
    return max((sum(placed.stretch.start <= at < placed.stretch.end for placed in turns) for at in starts), default=0)


def _runs(cuts: list[int], free: list[bool]) -> Iterator[int]:
    """Lengths of the free pieces of a stretch, neighbours taken together."""
    length = 0
    for (start, end), is_free in zip(pairwise(cuts), free, strict=True):
        length = length + end - start if is_free else 0
        yield length
