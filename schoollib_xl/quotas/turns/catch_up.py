"""The way back: how many copies a class that is behind must borrow in each week that is left."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from schoollib_xl.quotas.basis.classes import SchoolClass
from schoollib_xl.quotas.basis.period import Period
from schoollib_xl.quotas.turns.feasibility import Judge
from schoollib_xl.quotas.turns.lending_plan import Demand, most_alone
from schoollib_xl.quotas.turns.sharing import in_part, plan_for
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
    weeks: tuple[Week, ...] = ()

    @property
    def is_possible(self) -> bool:
        return self.gap <= self.most_left


def ways_back(judge: Judge, span: Period, gaps: Mapping[SchoolClass, int]) -> dict[str, CatchUp]:
    """For each class what it must borrow in each week after the cut-off, all of them together."""
    wanted = {one: judge.demand(one, gap, in_visits=False).after(span.cut_off) for one, gap in gaps.items()}
    most = {one: most_alone(demand) for one, demand in wanted.items()}
    possible = [replace(demand, need=min(demand.need, most[one])) for one, demand in wanted.items()]
    plan = plan_for(possible, judge.supply())
    if plan is None:
        parts = in_part(possible, judge.supply())
        return {one.name: CatchUp(gap, part) for (one, gap), part in zip(gaps.items(), parts, strict=True)}
    return {
        one.name: CatchUp(gap, most[one], _path(wanted[one], loans, span) if gap <= most[one] else ())
        for (one, gap), loans in zip(gaps.items(), plan, strict=True)
    }


def _path(demand: Demand, loans: list[int], span: Period) -> tuple[Week, ...]:
    turns, copies = Counter[int](), Counter[int]()
    for occasion, lent in zip(demand.occasions, loans, strict=True):
        number = week_number(span.term, occasion.day)
        turns[number] += 1
        copies[number] += lent
    first_monday = span.term.start - timedelta(days=span.term.start.weekday())
    weeks, by_then = [], 0
    for number in sorted(turns):
        by_then += copies[number]
        monday = first_monday + timedelta(weeks=number - 1)
        weeks.append(Week(number, monday, turns[number], copies[number], by_then))
    return tuple(weeks)
