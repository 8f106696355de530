"""Levelling a lending plan: the same loans on other occasions, so that fewer copies are out at the worst moment."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from math import exp

from schoollib_xl.quotas.turns.lending_plan import Demand, DeskDay, Occasion, Plan, Supply

# How much dearer a moment is the more copies are out, from sweep to sweep: gently first, then the peaks alone.
_STEEPNESS = (2, 4, 8, 16, 32, 64, 128)
# With few classes another course, without the gentle sweeps, now and then ends lower; many even out by themselves.
_WITHOUT_GENTLE, _FEW = _STEEPNESS[2:], 8
# The same for moving single loans away from the peaks, which are then few.
_POLISH = (128, 256) * 8
# Into how many parts the loans of all classes are divided, each moved as one: many classes even out by themselves.
_PORTIONS = 480
_LEAST_PORTIONS, _MOST_PORTIONS = 10, 120


def levelled(demands: Sequence[Demand], supply: Supply, plan: Plan) -> Plan:
    """A plan of the same loans whose greatest number of copies out at once is no greater; often far smaller."""
    courses = (_STEEPNESS, _WITHOUT_GENTLE) if len(demands) <= _FEW else (_STEEPNESS,)
    plans = [plan, *(_swept(_Levels(demands, supply, plan), course) for course in courses)]
    return min(plans, key=lambda one: peak_of(demands, one))


def _swept(level: "_Levels", course: Sequence[int]) -> Plan:
    """The best plan met on the way."""
    peak, best = level.peak, level.copied()
    steps = [(level.sweep, steepness) for steepness in course] + [(level.polish, one) for one in _POLISH]
    for step, steepness in steps:
        step(steepness / max(1, level.peak))
        if level.peak < peak:
            peak, best = level.peak, level.copied()
    return best


def peak_of(demands: Sequence[Demand], plan: Plan) -> int:
    """The most copies that are out at once."""
    changes: list[tuple[int, int]] = []
    for demand, loans in zip(demands, plan, strict=True):
        for occasion, copies in zip(demand.occasions, loans, strict=True):
            changes += [(occasion.opens, copies), (occasion.back, -copies)]
    out = peak = 0
    for _, change in sorted(changes):
        out += change
        peak = max(peak, out)
    return peak


class _Levels:
    """Copies out at each moment at which some class borrows, and what a class could do otherwise."""

    def __init__(self, demands: Sequence[Demand], supply: Supply, plan: Plan) -> None:
        self.plan: Plan = [[0] * len(demand.occasions) for demand in demands]
        self._demands, self._supply = demands, supply
        self._moments = sorted({occasion.opens for demand in demands for occasion in demand.occasions})
        self._out = [0] * len(self._moments)
        self._price = [1.0] * len(self._moments)
        self._rate = 0.0
        self._portions = min(_MOST_PORTIONS, max(_LEAST_PORTIONS, _PORTIONS // max(1, len(demands))))
        self._spans = [[self._span(occasion) for occasion in demand.occasions] for demand in demands]
        self._desks: dict[date, DeskDay] = defaultdict(DeskDay)
        for which, loans in enumerate(plan):
            for number, copies in enumerate(loans):
                self._put(which, number, copies)

    @property
    def peak(self) -> int:
        return max(self._out, default=0)

    def copied(self) -> Plan:
        """The plan as it is now."""
        return [list(loans) for loans in self.plan]

    def sweep(self, rate: float) -> None:
        """Lay out the loans of each class anew beside those of the others, or as they were where that fails."""
        self._rate = rate
        self._price = [exp(rate * out) for out in self._out]
        for which in range(len(self._demands)):
            before = list(self.plan[which])
            self._clear(which)
            if not self._lay_out(which, sum(before)):
                self._clear(which)
                for number, copies in enumerate(before):
                    self._put(which, number, copies)

    def polish(self, rate: float) -> None:
        """Move loans that are out at the worst moments, one by one, to where they are least dear."""
        self._rate = rate
        self._price = [exp(rate * out) for out in self._out]
        for which, loans in enumerate(self.plan):
            for number in range(len(loans)):
                while loans[number] and self._is_worst(which, number) and self._moves_one(which, number):
                    pass

    def _is_worst(self, which: int, number: int) -> bool:
        return max(self._out[slice(*self._spans[which][number])], default=0) == self.peak

    def _moves_one(self, which: int, number: int) -> bool:
        self._put(which, number, -1)
        cheapest, _ = self._cheapest(which, 1)
        self._put(which, cheapest, 1)
        return cheapest != number

    def _clear(self, which: int) -> None:
        for number, copies in enumerate(self.plan[which]):
            self._put(which, number, -copies)

    def _lay_out(self, which: int, left: int) -> bool:
        portion = max(1, left // self._portions)
        while left:
            number, room = self._cheapest(which, min(portion, left))
            if not room:
                return False
            self._put(which, number, room)
            left -= room
        return True

    def _cheapest(self, which: int, wanted: int) -> tuple[int, int]:
        """The occasion on which copies are least dear, and how many of those wanted it takes."""
        spans, price = self._spans[which], self._price
        dear = sorted(range(len(spans)), key=lambda number: sum(price[spans[number][0] : spans[number][1]]))
        for number in dear:
            if room := min(wanted, self._room(which, number)):
                return number, room
        return 0, 0

    def _room(self, which: int, number: int) -> int:
        demand, loans = self._demands[which], self.plan[which]
        occasion = demand.occasions[number]
        rooms = [demand.pupils * occasion.copies - loans[number]]
        if demand.in_visits:
            lent = zip(loans, demand.occasions, strict=True)
            rooms.append(demand.pupils - sum(copies for copies, one in lent if one.day == occasion.day))
        if self._supply.minutes_per_copy:
            rooms.append(self._desks[occasion.day].room(occasion, self._supply))
        return max(0, min(rooms))

    def _put(self, which: int, number: int, copies: int) -> None:
        if not copies:
            return
        self.plan[which][number] += copies
        for at in range(*self._spans[which][number]):
            self._out[at] += copies
            self._price[at] = exp(self._rate * self._out[at])
        if self._supply.minutes_per_copy:
            occasion = self._demands[which].occasions[number]
            self._desks[occasion.day].take(occasion, copies)

    def _span(self, occasion: Occasion) -> tuple[int, int]:
        return bisect_left(self._moments, occasion.opens), bisect_left(self._moments, occasion.back)
