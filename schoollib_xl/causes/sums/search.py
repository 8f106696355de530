"""The fewest corrections that make every identity hold: the best few sets, extended one correction at a time."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from schoollib_xl.causes.amounts import Key, Proposal, Vector, after, gain
from schoollib_xl.causes.correction import Correction
from schoollib_xl.causes.effort import Effort

# So many sets are kept at each step, and so many corrections tried on each: wide enough that the likeliest three of
# a double or triple fault are among them (tests/bench/causes.py), narrow enough for half a second.
_WIDTH, _TRIED = 8, 24
# More slips than this at once are not told apart by arithmetic; the rest stays in the list.
_MOST = 12
# What an identity that is left off costs: more than the dearest correction that settles one.
LEFT = 1.05
# What one more correction costs at the least.
_LEAST = 0.5

Propose = Callable[[Vector], Iterable[Proposal]]


class Solution(NamedTuple):
    """Corrections, what they cost, and what they leave unsettled."""

    corrections: tuple[Correction, ...]
    cost: float
    off: Vector

    @property
    def price(self) -> float:
        return self.cost + LEFT * len(self.off)


def solutions(off: Vector, propose: Propose, effort: Effort) -> list[list[Solution]]:
    """The cheapest sets of corrections, cheapest first, for each part of the books that no correction joins to the
    others.
    """
    parts = _parts(off, effort.asked_for(propose(off)))
    found = [_solved(part, propose, effort) for part in parts]
    # What one part cannot settle, because two slips hide each other in a sum, it may together with the rest.
    unsettled = [index for index, ranked in enumerate(found) if not ranked or ranked[0].off]
    if len(unsettled) > 1:
        together = {key: amount for index in unsettled for key, amount in parts[index].items()}
        joint = _solved(together, propose, effort)
        found = [*(ranked for index, ranked in enumerate(found) if index not in unsettled), joint]
    return found


def _parts(off: Vector, proposals: Iterable[Proposal]) -> list[Vector]:
    """The identities that do not hold, those together that one likely correction touches."""
    parts: dict[Key, list[Key]] = {key: [key] for key in off}
    for proposal in proposals:
        if gain(off, proposal.effect) * LEFT <= proposal.correction.cost:
            continue
        first, *others = [key for key in proposal.effect if key in off]
        for key in others:
            mine, theirs = parts[first], parts[key]
            if mine is not theirs:
                mine += theirs
                parts.update(dict.fromkeys(theirs, mine))
    distinct = {id(part): part for part in parts.values()}
    return [{key: off[key] for key in part} for part in distinct.values()]


def _solved(off: Vector, propose: Propose, effort: Effort) -> list[Solution]:
    known: dict[tuple[object, ...], list[Proposal]] = {}
    open_ = [Solution((), 0.0, off)]
    seen: dict[frozenset[Correction], Solution] = {}
    for _ in range(_MOST):
        grown: dict[frozenset[Correction], Solution] = {}
        for solution in open_:
            for one in _extended(solution, propose, known, effort):
                grown.setdefault(frozenset(one.corrections), one)
        before = min((one.price for one in seen.values()), default=LEFT * len(off))
        seen |= grown
        open_ = _ranked([one for one in grown.values() if one.off])[:_WIDTH]
        # One more correction that is worth its price is to be had only from what is nearly as good as the best.
        if min((one.cost + _LEAST for one in open_), default=99) >= min(
            before, *(one.price for one in grown.values()), 99
        ):
            break
    return _ranked(seen.values())


def _ranked(found: Iterable[Solution]) -> list[Solution]:
    return sorted(found, key=lambda solution: (solution.price, len(solution.corrections)))


def _extended(
    solution: Solution, propose: Propose, known: dict[tuple[object, ...], list[Proposal]], effort: Effort
) -> Iterable[Solution]:
    state = tuple(sorted(solution.off.items(), key=repr))
    if state not in known:
        known[state] = _best(solution.off, effort.asked_for(propose(solution.off)))
    for proposal in known[state]:
        correction = proposal.correction
        if not any(correction.collides(other) for other in solution.corrections):
            left = after(solution.off, proposal.effect)
            yield Solution((*solution.corrections, correction), solution.cost + correction.cost, left)


def _best(off: Vector, proposals: Iterable[Proposal]) -> list[Proposal]:
    rated = [(gain(off, proposal.effect) * LEFT - proposal.correction.cost, proposal) for proposal in proposals]
    rated = [pair for pair in rated if pair[0] > 0]
    rated.sort(key=lambda pair: -pair[0])
    return [one for _, one in rated[:_TRIED]]
