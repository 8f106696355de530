"""The way back: how many copies a class that is behind must borrow in each week that is left."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from schoollib_xl.ledgers.school import Term
from schoollib_xl.quotas.feasibility import Case, Change
from schoollib_xl.quotas.period import Period
from schoollib_xl.quotas.timetable import Occasion
from schoollib_xl.rules.calendar import week_number


class Week(NamedTuple):
    """One school week still to come: its number, its Monday, the class's occasions in it, the copies to
    borrow in it and all that is borrowed by its end, counted from the cut-off.
    """

    number: int
    monday: date
    occasions: int
    copies: int
    by_then: int


@dataclass(frozen=True)
class CatchUp:
    """What is wanting, the most that can still be borrowed, and the weekly path where that is enough."""

    gap: int
    most_left: int
    weeks: tuple[Week, ...]

    @property
    def is_possible(self) -> bool:
        return self.gap <= self.most_left


def catch_up(case: Case, span: Period, gap: int) -> CatchUp:
    """Spread the gap over the occasions after the cut-off in proportion to what each week can take."""
    left = [occasion for occasion in case.now if occasion.day > span.cut_off]
    capacity = _by_week(case, left, span.term)
    most = sum(capacity.values())
    return CatchUp(gap, most, _path(capacity, left, span.term, gap) if 0 < gap <= most else ())


def _by_week(case: Case, occasions: Sequence[Occasion], term: Term) -> Counter[int]:
    capacity: Counter[int] = Counter()
    for occasion in occasions:
        capacity[week_number(term, occasion.day)] += case.lends(occasion, Change())
    return capacity


def _path(capacity: Counter[int], occasions: Sequence[Occasion], term: Term, gap: int) -> tuple[Week, ...]:
    turns = Counter(week_number(term, occasion.day) for occasion in occasions)
    first_monday = term.start - timedelta(days=term.start.weekday())
    weeks, passed, before, most = [], 0, 0, sum(capacity.values())
    for number in sorted(capacity):
        passed += capacity[number]
        by_then = -(-gap * passed // most)
        monday = first_monday + timedelta(weeks=number - 1)
        weeks.append(Week(number, monday, turns[number], by_then - before, by_then))
        before = by_then
    return tuple(weeks)
