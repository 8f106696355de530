"""Turns packed into openings so that all of them have a place wherever any way of placing them exists.

A place takes one class at a time. In it the turns of every week come first, then those of odd and of even weeks side
by side, so that only lengths count: a search over lengths that visits no state twice finds a packing or proves that
there is none.
"""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

# States looked at before the search gives up, under a second; the schools it was tried on need a few hundred.
_MOST_STATES = 10_000


class Turn(NamedTuple):
    """A turn to be packed: how long, and whether it is only every second week."""

    minutes: int
    is_fortnightly: bool

    @property
    def fortnight(self) -> int:
        """Minutes it takes in two weeks."""
        return self.minutes * self.times

    @property
    def times(self) -> int:
        """How often it is taken in two weeks."""
        return 1 if self.is_fortnightly else 2


class TurnPlace(NamedTuple):
    """Where a turn went: the index of its opening, and whether it is in odd weeks (a weekly turn is in both)."""

    opening: int
    in_odd: bool


class Proof(Enum):
    """Why not all turns have a place."""

    MINUTES = auto()
    WHOLE_TURNS = auto()
    ALL_TRIED = auto()
    NOT_FOUND = auto()


def packed(turns: Sequence[Turn], lengths: Sequence[int]) -> list[TurnPlace] | Proof:
    """A place for every turn in openings of these lengths, each for one class at a time; or why there is none."""
    if sum(turn.fortnight for turn in turns) > 2 * sum(lengths):
        return Proof.MINUTES
    return _Search(turns, lengths).outcome()


def usable(lengths: Sequence[int], turns: Sequence[Turn]) -> int:
    """Minutes of two weeks that whole turns can fill."""
    fills = _fills({turn.minutes for turn in turns}, max(lengths, default=0))
    return sum(2 * fills[length] for length in lengths)


class _Search:
    """Turns are placed longest first, those of every week before the others; a state that failed is not tried again."""

    def __init__(self, turns: Sequence[Turn], lengths: Sequence[int]) -> None:
        self._order = sorted(range(len(turns)), key=lambda index: (turns[index].is_fortnightly, -turns[index].minutes))
        self._turns = [turns[index] for index in self._order]
        # What is left of each opening in odd and in even weeks.
        self._left = [[length, length] for length in lengths]
        self._fills = _fills({turn.minutes for turn in turns}, max(lengths, default=0))
        self._to_come = [sum(turn.fortnight for turn in self._turns[at:]) for at in range(len(turns) + 1)]
        self._failed: set[tuple[int, tuple[tuple[int, ...], ...]]] = set()
        self._places: list[TurnPlace] = []

    def outcome(self) -> list[TurnPlace] | Proof:
        """The places in the order in which the turns were given, or why there are none."""
        if self._room() < self._to_come[0]:
            return Proof.WHOLE_TURNS
        if not self._place_from(0):
            return Proof.NOT_FOUND if len(self._failed) >= _MOST_STATES else Proof.ALL_TRIED
        by_index = dict(zip(self._order, self._places, strict=True))
        return [by_index[index] for index in range(len(self._order))]

    def _place_from(self, at: int) -> bool:
        if at == len(self._turns):
            return True
        state = (at, tuple(sorted(tuple(sorted(left)) for left in self._left)))
        if state in self._failed or len(self._failed) >= _MOST_STATES:
            return False
        if self._room() >= self._to_come[at] and any(self._placed(at, place) for place in self._choices(at)):
            return True
        self._failed.add(state)
        return False

    def _placed(self, at: int, place: TurnPlace) -> bool:
        self._take(at, place, 1)
        self._places.append(place)
        if self._place_from(at + 1):
            return True
        self._places.pop()
        self._take(at, place, -1)
        return False

    def _take(self, at: int, place: TurnPlace, sign: int) -> None:
        turn, left = self._turns[at], self._left[place.opening]
        for parity in (0, 1) if not turn.is_fortnightly else (0 if place.in_odd else 1,):
            left[parity] -= sign * turn.minutes

    def _choices(self, at: int) -> Iterator[TurnPlace]:
        """Places that differ in what they leave, the tightest first."""
        turn = self._turns[at]
        kinds: dict[tuple[int, int], TurnPlace] = {}
        for opening, left in enumerate(self._left):
            for parity in (0, 1) if turn.is_fortnightly else (0,):
                if left[parity] >= turn.minutes:
                    kinds.setdefault((left[parity], left[1 - parity]), TurnPlace(opening, parity == 0))
        yield from (kinds[kind] for kind in sorted(kinds))

    def _room(self) -> int:
        return sum(self._fills[left] for pair in self._left for left in pair)


def _fills(minutes: set[int], longest: int) -> list[int]:
    """For each length up to the longest, the most of it that whole turns of these lengths can fill."""
    fills = [0] * (longest + 1)
    for length in range(1, longest + 1):
        fills[length] = max((minute + fills[length - minute] for minute in minutes if minute <= length), default=0)
    return fills
