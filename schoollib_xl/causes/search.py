"""The fewest corrections that make every identity hold: the best few sets, extended one correction at a time."""

from collections.abc import Callable, Iterable
from time import thread_time
from typing import NamedTuple

from schoollib_xl.causes.balance import Vector
from schoollib_xl.causes.correction import Correction
from schoollib_xl.causes.proposal import Proposal, after, gain

# So many sets are kept at each step, and so many corrections tried on each: wide enough that the likeliest three of
# a double or triple fault are among them (tests/bench/causes.py), narrow enough for half a second.
_WIDTH, _TRIED = 8, 24
# More slips than this at once are not told apart by arithmetic; the rest stays in the list.
_MOST = 12
# What an identity that is left off costs: more than the dearest correction that settles one.
_LEFT = 1.05

Propose = Callable[[Vector], Iterable[Proposal]]


class Solution(NamedTuple):
    """Corrections, what they cost, and what they leave unsettled."""

    corrections: tuple[Correction, ...]
    cost: float
    off: Vector

    @property
    def price(self) -> float:
        return self.cost + _LEFT * len(self.off)


def solutions(off: Vector, propose: Propose, deadline: float) -> tuple[list[Solution], bool]:
    """The cheapest sets of corrections, cheapest first, and whether the time was enough."""
    known: dict[tuple[object, ...], list[Proposal]] = {}
    open_ = [Solution((), 0.0, off)]
    done: dict[frozenset[Correction], Solution] = {}
    for _ in range(_MOST):
        grown: dict[frozenset[Correction], Solution] = {}
        for solution in open_:
            if thread_time() > deadline:
                return _ranked([*done.values(), *open_]), False
            for one in _extended(solution, propose, known):
                grown.setdefault(frozenset(one.corrections), one)
        if not grown:
            break
        done |= {key: one for key, one in grown.items() if not one.off}
        open_ = _ranked([one for one in grown.values() if one.off])[:_WIDTH]
        if done and min(one.price for one in done.values()) <= min((one.cost + 0.7 for one in open_), default=99):
            break
    return _ranked([*done.values(), *open_]), True


def _ranked(found: list[Solution]) -> list[Solution]:
    return sorted(found, key=lambda one: (one.price, len(one.corrections)))


def _extended(
    solution: Solution, propose: Propose, known: dict[tuple[object, ...], list[Proposal]]
) -> Iterable[Solution]:
    state = tuple(sorted(solution.off.items(), key=repr))
    if state not in known:
        known[state] = _best(solution.off, propose(solution.off))
    for proposal in known[state]:
        correction = proposal.correction
        if not any(correction.collides(other) for other in solution.corrections):
            left = after(solution.off, proposal.effect)
            yield Solution((*solution.corrections, correction), solution.cost + correction.cost, left)


def _best(off: Vector, proposals: Iterable[Proposal]) -> list[Proposal]:
    rated = [(gain(off, one.effect) * _LEFT - one.correction.cost, one) for one in proposals]
    rated = [pair for pair in rated if pair[0] > 0]
    rated.sort(key=lambda pair: -pair[0])
    return [one for _, one in rated[:_TRIED]]
