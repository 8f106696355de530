"""Turns in openings for several classes at a time, where lengths alone do not tell: every order of placing each turn
as early as it can be is tried, which is enough to find a table that holds them all, or to prove that there is none.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import gcd
from typing import NamedTuple

from schoollib_xl.quotas.packing import Proof, Turn

# States looked at before the search gives up, about a second.
_MOST_STATES = 2_500


class Start(NamedTuple):
    """Where and when a turn is: the index of its opening, minutes after it opens, and the weeks (0 odd, 1 even)."""

    opening: int
    minutes: int
    parities: tuple[int, ...]


class _Kind(NamedTuple):
    """What tells turns apart: a class only where it has several."""

    turn: Turn
    class_name: str | None


def seated(turns: Sequence[tuple[Turn, str]], lengths: Sequence[int], capacity: int) -> list[Start] | Proof:
    """A start for every turn of a class, so many classes at a time and no class twice at once; or why there is none."""
    return _Search(turns, lengths, capacity).outcome()


class _Search:
    """Ticks are the longest stretch of minutes that divides every length; masks have a bit for each tick."""

    def __init__(self, turns: Sequence[tuple[Turn, str]], lengths: Sequence[int], capacity: int) -> None:
        several = {name for name, count in Counter(name for _, name in turns).items() if count > 1}
        self._kinds = [_Kind(turn, name if name in several else None) for turn, name in turns]
        self._tick = gcd(*(turn.minutes for turn, _ in turns), *lengths)
        self._ticks = [length // self._tick for length in lengths]
        self._capacity = capacity
        # Classes that are there at each tick, by opening and parity; and when each class is, as a mask.
        self._there = [[[0] * ticks, [0] * ticks] for ticks in self._ticks]
        self._busy = Counter[tuple[str | None, int, int]]()
        self._left = Counter(self._kinds)
        self._failed: set[object] = set()
        self._starts: list[tuple[_Kind, Start]] = []

    def outcome(self) -> list[Start] | Proof:
        """The starts in the order in which the turns were given, or why there are none."""
        if not self._seat():
            return Proof.NOT_FOUND if len(self._failed) >= _MOST_STATES else Proof.ALL_TRIED
        starts: dict[_Kind, list[Start]] = {}
        for kind, start in self._starts:
            starts.setdefault(kind, []).append(start)
        return [starts[kind].pop() for kind in self._kinds]

    def _seat(self) -> bool:
        waiting = [kind for kind, count in self._left.items() if count]
        if not waiting:
            return True
        state = self._state()
        if state in self._failed or len(self._failed) >= _MOST_STATES:
            return False
        choices = ((kind, start) for kind in sorted(waiting, key=_longest) for start in self._choices(kind))
        if self._has_room(waiting) and any(self._seated(*choice) for choice in choices):
            return True
        self._failed.add(state)
        return False

    def _has_room(self, waiting: Sequence[_Kind]) -> bool:
        """Whether what is free, gaps too short for any turn left out, is as much as the turns still need."""
        needed = sum(self._left[kind] * kind.turn.fortnight for kind in waiting) // self._tick
        shortest = min(kind.turn.minutes for kind in waiting) // self._tick
        return needed <= sum(self._free(there, shortest) for pair in self._there for there in pair)

    def _free(self, there: Sequence[int], shortest: int) -> int:
        free = total = length = 0
        for count in (*there, self._capacity):
            if count < self._capacity:
                free, length = free + self._capacity - count, length + 1
            else:
                total += free if length >= shortest else 0
                free = length = 0
        return total

    def _state(self) -> object:
        there = tuple(tuple(map(tuple, pair)) for pair in self._there)
        return there, frozenset(self._left.items()), frozenset((+self._busy).items())

    def _seated(self, kind: _Kind, start: Start) -> bool:
        self._put(kind, start, 1)
        self._starts.append((kind, start))
        if self._seat():
            return True
        self._starts.pop()
        self._put(kind, start, -1)
        return False

    def _put(self, kind: _Kind, start: Start, sign: int) -> None:
        first, ticks = start.minutes // self._tick, kind.turn.minutes // self._tick
        self._left[kind] -= sign
        for parity in start.parities:
            there = self._there[start.opening][parity]
            for tick in range(first, first + ticks):
                there[tick] += sign
            if kind.class_name:
                self._busy[kind.class_name, start.opening, parity] += sign * (((1 << ticks) - 1) << first)

    def _choices(self, kind: _Kind) -> Iterator[Start]:
        """The earliest start in each opening, in odd and in even weeks."""
        for opening in range(len(self._ticks)):
            for parities in ((0,), (1,)) if kind.turn.is_fortnightly else ((0, 1),):
                first = self._earliest(kind, opening, parities)
                if first is not None:
                    yield Start(opening, first * self._tick, parities)

    def _earliest(self, kind: _Kind, opening: int, parities: tuple[int, ...]) -> int | None:
        taken = 0
        for parity in parities:
            there = self._there[opening][parity]
            taken |= sum(1 << tick for tick, count in enumerate(there) if count >= self._capacity)
            taken |= self._busy[kind.class_name, opening, parity]
        ticks = kind.turn.minutes // self._tick
        needed = (1 << ticks) - 1
        return next((at for at in range(self._ticks[opening] - ticks + 1) if not taken & (needed << at)), None)


def _longest(kind: _Kind) -> tuple[bool, int, str]:
    return kind.turn.is_fortnightly, -kind.turn.minutes, kind.class_name or ""
