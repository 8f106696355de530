"""Who can borrow how much and when: loans of all classes laid out over a term, sharing one desk and one stock.

A plan is built, occasion by occasion, so that what it promises can be done: every copy that goes out stands on
the shelf, the desk has the minutes, and no pupil takes more than the rule allows. A need is called met only
where such a plan meets it. Several ways of dividing are tried, since none is best for every school.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple

MINUTES_A_DAY = 24 * 60
Plan = list[list[int]]
"""Loans of each demand on each of its occasions."""


class Stretch(NamedTuple):
    """A stretch of one day, in minutes since midnight; the end is not part of it."""

    start: int
    end: int

    def overlaps(self, other: "Stretch") -> bool:
        return self.start < other.end and other.start < self.end


class Occasion(NamedTuple):
    """One occasion for a class to borrow: its day and hours, how many copies each pupil may take, and the moment
    (minutes since the first day of all) when the copies are back: never later than the class comes again.
    """

    day: date
    hours: Stretch
    copies: int
    back: int

    @property
    def opens(self) -> int:
        """The moment it begins, in minutes since the first day of all."""
        return moment(self.day, self.hours.start)


def moment(day: date, minute: int = 0) -> int:
    """A minute of a day, counted in minutes since the first day of all."""
    return day.toordinal() * MINUTES_A_DAY + minute


@dataclass(frozen=True)
class Demand:
    """One class and what it needs: so many loans, or visits, of which one pupil makes at most one a day."""

    pupils: int
    need: int
    in_visits: bool
    occasions: tuple[Occasion, ...]

    def until(self, day: date) -> "Demand":
        """The same on the occasions up to a day, which is one of them."""
        return replace(self, occasions=tuple(one for one in self.occasions if one.day <= day))

    def after(self, day: date) -> "Demand":
        """The same on the occasions after a day."""
        return replace(self, occasions=tuple(one for one in self.occasions if one.day > day))


@dataclass(frozen=True)
class Supply:
    """What all classes share: copies that can be lent (None: no bound), minutes at the desk for each copy (0: no
    bound), and when the library is open on each day.
    """

    stock: int | None
    minutes_per_copy: Fraction
    open_on: Mapping[date, Sequence[Stretch]]


class Chance(NamedTuple):
    """What a way of dividing may go by: the class and its occasion, loans still needed, the most that can be lent
    now, the least so that later occasions can still make up the rest, and what stands on the shelf.
    """

    demand: int
    occasion: int
    wanting: int
    most: int
    least: int
    shelf: int | None


Division = Callable[["LoanSchedule", Chance], int]


class LoanSchedule:
    """The loans of a term as they are laid out, in order of time; where nothing but the desk is shared, day by day with
    those first who have the least choice, since the minutes of a day are the same in any order.
    """

    def __init__(self, demands: Sequence[Demand], supply: Supply, divide: Division) -> None:
        self.demands, self.supply, self._divide = demands, supply, divide
        self.plan: Plan = [[0] * len(demand.occasions) for demand in demands]
        self.wanting = [demand.need for demand in demands]
        self.later = [_later(demand) for demand in demands]
        self.next = [0] * len(demands)
        self._today: defaultdict[tuple[int, date], int] = defaultdict(int)
        # What each class takes on an occasion where all its occasions are alike, and what those gone by come to.
        self.shares = [Fraction(demand.need, max(1, len(demand.occasions))) for demand in demands]
        self.rotation, self.asked = sum(self.shares, Fraction()), Fraction()
        self._out = 0
        self._coming: list[tuple[int, int]] = []
        self._desks: defaultdict[date, DeskDay] = defaultdict(DeskDay)
        order = sorted(range(len(demands)), key=self._slack)
        self.phase = _phases(demands)
        every = [(occasion, which) for which in order for occasion in demands[which].occasions]
        every.sort(key=lambda one: one[0].day if supply.stock is None else one[0].opens)
        for occasion, which in every:
            self._take(occasion, which)

    def _slack(self, which: int) -> Fraction:
        """The part of what a class could borrow that it does not need; those with least of it come first."""
        most = self.later[which][0]
        return Fraction(most - self.wanting[which], max(1, most))

    @property
    def meets_all(self) -> bool:
        return not any(self.wanting)

    def _take(self, occasion: Occasion, which: int) -> None:
        self._bring_back(occasion.opens)
        number = self.next[which]
        self.next[which] += 1
        wanting = self.wanting[which]
        most = min(wanting, self._most(which, occasion)) if wanting else 0
        self.asked += self.shares[which]
        if most > 0:
            least = min(most, max(0, wanting - self.later[which][number + 1]))
            chance = Chance(which, number, wanting, most, least, self._shelf())
            self._lend(which, number, min(most, max(least, self._divide(self, chance))))

    def _bring_back(self, at: int) -> None:
        while self._coming and self._coming[0][0] <= at:
            self._out -= heappop(self._coming)[1]

    def _shelf(self) -> int | None:
        return None if self.supply.stock is None else self.supply.stock - self._out

    def _most(self, which: int, occasion: Occasion) -> int:
        demand, shelf = self.demands[which], self._shelf()
        bounds = [demand.pupils * occasion.copies]
        if demand.in_visits:
            bounds.append(demand.pupils - self._today[which, occasion.day])
        if shelf is not None:
            bounds.append(shelf)
        if self.supply.minutes_per_copy:
            bounds.append(self._desks[occasion.day].room(occasion, self.supply))
        return min(bounds)

    def _lend(self, which: int, number: int, copies: int) -> None:
        occasion = self.demands[which].occasions[number]
        self.plan[which][number] = copies
        self.wanting[which] -= copies
        self._out += copies
        self._today[which, occasion.day] += copies
        heappush(self._coming, (occasion.back, copies))
        if self.supply.minutes_per_copy:
            self._desks[occasion.day].take(occasion, copies)


class DeskDay:
    """The minutes of one desk on one day. Work that has to lie within given hours can all be done exactly where,
    for any two moments, the work that has to lie between them is no more than the open minutes between them.
    """

    def __init__(self) -> None:
        self._copies: defaultdict[Stretch, int] = defaultdict(int)
        self._most: dict[Stretch, int] = {}

    def room(self, occasion: Occasion, supply: Supply) -> int:
        """How many more copies can be lent within the hours of the occasion."""
        hours, openings = occasion.hours, supply.open_on.get(occasion.day, ())
        starts = {hours.start, *(copy.start for copy in self._copies if copy.start < hours.start)}
        ends = {hours.end, *(copy.end for copy in self._copies if copy.end > hours.end)}
        spans = (Stretch(start, end) for start in starts for end in ends)
        return min(self._fits(span, openings, supply) - self._within(span) for span in spans)

    def take(self, occasion: Occasion, copies: int) -> None:
        """Lend so many copies within the hours of the occasion."""
        self._copies[occasion.hours] += copies

    def _fits(self, span: Stretch, openings: Sequence[Stretch], supply: Supply) -> int:
        """How many copies the open minutes of a span are enough for, whoever borrows them."""
        if span not in self._most:
            self._most[span] = int(minutes_within(openings, span) / supply.minutes_per_copy)
        return self._most[span]

    def _within(self, span: Stretch) -> int:
        return sum(copies for one, copies in self._copies.items() if span.start <= one.start and one.end <= span.end)


def minutes_within(stretches: Sequence[Stretch], span: Stretch) -> int:
    """Minutes of the stretches, which do not overlap, within the span."""
    return sum(max(0, min(stretch.end, span.end) - max(stretch.start, span.start)) for stretch in stretches)


def _later(demand: Demand) -> list[int]:
    """The most the class can borrow from each occasion on, by its turns alone."""
    most = [0]
    visited: set[date] = set()
    for occasion in reversed(demand.occasions):
        each = min(occasion.copies, occasion.day not in visited) if demand.in_visits else occasion.copies
        visited.add(occasion.day)
        most.append(most[-1] + demand.pupils * each)
    return most[::-1]


def _phases(demands: Sequence[Demand]) -> dict[int, int]:
    """A part of a copy for each class, in 42nds, spread evenly over any run of classes that come one after the other,
    so that odd copies go out in different weeks: multiples of the golden ratio, here 13/21.
    """
    coming = [which for which, one in enumerate(demands) if one.occasions]
    coming.sort(key=lambda which: demands[which].occasions[0].opens)
    return {which: 2 * (rank * 13 % 21) + 1 for rank, which in enumerate(coming)}


def at_once(course: LoanSchedule, chance: Chance) -> int:
    """Lend as much as can be lent."""
    return chance.most


def evenly(course: LoanSchedule, chance: Chance) -> int:
    """Lend in proportion to what the occasions allow, the classes' odd copies not all in the same week."""
    later, need = course.later[chance.demand], course.demands[chance.demand].need
    whole, passed = max(1, later[0]), later[0] - later[chance.occasion + 1]
    due = (42 * need * passed + course.phase[chance.demand] * whole) // (42 * whole)
    return due - (need - chance.wanting)


def in_rotation(course: LoanSchedule, chance: Chance) -> int:
    """Share the stock among the classes as they come one after the other, so that any run of classes that come once
    each has no more than there are, and the odd copies go to each class in turn.
    """
    stock = course.supply.stock
    if stock is None or not course.rotation:
        return chance.most
    # So much less than all of it that over the term the odd copies come round to each class once.
    left = Fraction(1, len(course.demands[chance.demand].occasions))
    part = (stock - left) / course.rotation
    return int(course.asked * part) - int((course.asked - course.shares[chance.demand]) * part)


def by_need(course: LoanSchedule, chance: Chance) -> int:
    """Share what stands on the shelf with the classes that come before it is back, by what they still need."""
    if chance.shelf is None:
        return chance.most
    until = course.demands[chance.demand].occasions[chance.occasion].back
    others = sum(wanting for which, wanting in enumerate(course.wanting) if _comes_before(course, which, until))
    return -(-chance.shelf * chance.wanting // (chance.wanting + others))


def _comes_before(course: LoanSchedule, which: int, until: int) -> bool:
    occasions, following = course.demands[which].occasions, course.next[which]
    return following < len(occasions) and occasions[following].opens < until


DIVISIONS: tuple[Division, ...] = (evenly, in_rotation, at_once, by_need)


def most_alone(demand: Demand) -> int:
    """The most loans (or visits) of one class, bound by its turns and the rule alone."""
    return _later(demand)[0]
