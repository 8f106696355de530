"""Turns in openings for several classes at a time, where lengths alone do not tell: every table in which turns begin
when an opening does or another turn ends is tried, which is enough to find one that holds them all, or to prove that
there is none.
"""

from collections import Counter
from collections.abc import Sequence
from math import gcd
from typing import NamedTuple

from schoollib_xl.ledgers.library import gathered
from schoollib_xl.quotas.week.packing import Proof, Turn

# States looked at before the search gives up, about two seconds; the tightest of 300 weeks needs some 20,000.
_MOST_STATES = 40_000


class TurnStart(NamedTuple):
    """Where and when a turn is: the index of its opening, minutes after it opens, and the weeks (0 odd, 1 even)."""

    opening: int
    minutes: int
    parities: tuple[int, ...]


class _Kind(NamedTuple):
    """What tells turns apart: a class only where it has several."""

    turn: Turn
    class_name: str | None


def seated(turns: Sequence[tuple[Turn, str]], lengths: Sequence[int], capacity: int) -> list[TurnStart] | Proof:
    """A start for every turn of a class, so many classes at a time and no class twice at once; or why there is none."""
    return _SeatingSearch(turns, lengths, capacity).outcome()


class _SeatingSearch:
    """Goes through the openings in time. Turns begin when an opening does or when another turn ends: any table can be
    moved together so. Ticks are the longest stretch of minutes that divides every length; masks have a bit for each.
    """

    def __init__(self, turns: Sequence[tuple[Turn, str]], lengths: Sequence[int], capacity: int) -> None:
        several = {name for name, count in Counter(name for _, name in turns).items() if count > 1}
        self._kinds = [_Kind(turn, name if name in several else None) for turn, name in turns]
        self._tick = gcd(*(turn.minutes for turn, _ in turns), *lengths)
        self._ticks = [length // self._tick for length in lengths]
        self._capacity = capacity
        self._choices = [
            (kind, parities)
            for kind in sorted(set(self._kinds), key=_longest)
            for parities in (((0,), (1,)) if kind.turn.is_fortnightly else ((0, 1),))
        ]
        self._left = Counter(self._kinds)
        self._needed = sum(kind.turn.fortnight for kind in self._kinds) // self._tick
        # Classes that are there at each tick of the opening looked at, by parity; and when each class is, as a mask.
        self._there: list[list[int]] = [[], []]
        self._busy = Counter[tuple[str, int]]()
        self._failed: set[object] = set()
        self._starts: list[tuple[_Kind, TurnStart]] = []

    def outcome(self) -> list[TurnStart] | Proof:
        """The starts in the order in which the turns were given, or why there are none."""
        if not self._opened(0):
            return Proof.NOT_FOUND if len(self._failed) >= _MOST_STATES else Proof.ALL_TRIED
        starts = gathered(self._starts)
        return [starts[kind].pop() for kind in self._kinds]

    def _opened(self, opening: int) -> bool:
        """Whether all turns that are left have room from this opening on."""
        if not self._needed:
            return True
        if opening == len(self._ticks):
            return False
        before = self._there, self._busy
        self._there, self._busy = [[0] * self._ticks[opening] for _ in range(2)], Counter()
        if self._seat(opening, 0, 0):
            return True
        self._there, self._busy = before
        return False

    def _seat(self, opening: int, tick: int, first: int) -> bool:
        """Whether they have, where at this tick only choices from the first one on may still begin."""
        if not self._needed:
            return True
        state = self._state(opening, tick, first)
        if state in self._failed or len(self._failed) >= _MOST_STATES:
            return False
        if self._has_room(opening, tick):
            for index in range(first, len(self._choices)):
                if self._begins(opening, tick, index):
                    return True
            following = self._next_end(tick)
            if self._opened(opening + 1) if following is None else self._seat(opening, following, 0):
                return True
        self._failed.add(state)
        return False

    def _has_room(self, opening: int, tick: int) -> bool:
        """Whether what is free from here on is as much as the turns still need."""
        free = sum(self._capacity - count for there in self._there for count in there[tick:])
        return self._needed <= free + 2 * self._capacity * sum(self._ticks[opening + 1 :])

    def _state(self, opening: int, tick: int, first: int) -> object:
        """What is there from here on, when each class is, and what is left; the same for a week and the other
        exchanged where no choice at this tick was made.
        """
        busy = [(name, parity, mask >> tick) for (name, parity), mask in self._busy.items() if mask >> tick]
        weeks = [
            (
                tuple(self._there[week][tick:]),
                tuple(sorted((name, mask) for name, parity, mask in busy if parity == week)),
            )
            for week in range(2)
        ]
        return opening, tick, first, tuple(weeks if first else sorted(weeks)), frozenset((+self._left).items())

    def _next_end(self, tick: int) -> int | None:
        """When the next of the turns that are on ends before the library closes; None where none does. Nothing begins
        after this tick yet, so that fewer classes are there from then on.
        """
        ends = (at for there in self._there for at in range(tick + 1, len(there)) if there[at] < there[at - 1])
        return min(ends, default=None)

    def _begins(self, opening: int, tick: int, index: int) -> bool:
        """Whether everything has room where this choice begins at this tick."""
        kind, parities = self._choices[index]
        ticks = kind.turn.minutes // self._tick
        if not self._left[kind] or not self._is_free(kind, parities, tick, ticks):
            return False
        self._put(kind, parities, tick, ticks, 1)
        self._starts.append((kind, TurnStart(opening, tick * self._tick, parities)))
        if self._seat(opening, tick, index):
            return True
        self._starts.pop()
        self._put(kind, parities, tick, ticks, -1)
        return False

    def _is_free(self, kind: _Kind, parities: tuple[int, ...], tick: int, ticks: int) -> bool:
        mask = ((1 << ticks) - 1) << tick
        return all(
            tick + ticks <= len(self._there[week])
            and max(self._there[week][tick : tick + ticks]) < self._capacity
            and not (kind.class_name and self._busy[kind.class_name, week] & mask)
            for week in parities
        )

    def _put(self, kind: _Kind, parities: tuple[int, ...], tick: int, ticks: int, sign: int) -> None:
        self._left[kind] -= sign
        self._needed -= sign * ticks * len(parities)
        for week in parities:
            for at in range(tick, tick + ticks):
                self._there[week][at] += sign
            if kind.class_name:
                self._busy[kind.class_name, week] += sign * (((1 << ticks) - 1) << tick)


def _longest(kind: _Kind) -> tuple[bool, int, str]:
    return kind.turn.is_fortnightly, -kind.turn.minutes, kind.class_name or ""
