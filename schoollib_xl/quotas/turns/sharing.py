"""How much there is for all: whether every class gets what it needs, how many copies that takes, what each gets
where there is not enough.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache, partial
from math import ceil

from schoollib_xl.quotas.turns.lending_plan import DIVISIONS, Demand, Division, LoanSchedule, Plan, Stretch, Supply
from schoollib_xl.quotas.turns.levelling import levelled, peak_of

_Openings = tuple[date, tuple[Stretch, ...]]


def plan_for(demands: Sequence[Demand], supply: Supply) -> Plan | None:
    """A plan that meets every need; None where none is found."""
    divided = _divided(demands, supply)
    if divided or supply.stock is None:
        return divided
    level = _level_plan(demands, supply)
    return level if level and peak_of(demands, level) <= supply.stock else None


def least_stock(demands: Sequence[Demand], supply: Supply) -> int | None:
    """The fewest copies, more than those there are (none where there is no bound), for which a plan is found; None
    where the desk stands in the way however many there are.
    """
    level = _level_plan(demands, supply)
    if level is None:
        return None
    short = supply.stock or 0
    more = max(0, peak_of(demands, level) - short)
    return short + first_true(more, lambda one: _divided(demands, replace(supply, stock=short + one)) is not None)


def least_if_kept(kept: Iterable[tuple[Demand, int | None]]) -> int:
    """The fewest copies without which classes that keep each copy for so many days cannot have what they need: one that
    is out cannot be lent. A class that keeps none so long (None) is left out.
    """
    least = Fraction()
    for demand, days in kept:
        if days and demand.need and demand.occasions:
            least += Fraction(demand.need, 1 + (demand.occasions[-1].day - demand.occasions[0].day).days // days)
    return ceil(least)


def in_part(demands: Sequence[Demand], supply: Supply) -> list[int]:
    """What each class can borrow where there is not enough for all: the same part of every need."""
    whole = max((demand.need for demand in demands), default=0)
    if not whole:
        return [0 for _ in demands]

    def lessened(part: int) -> list[Demand]:
        return [replace(demand, need=demand.need * part // whole) for demand in demands]

    part = whole - first_true(whole, lambda less: _divided(lessened(whole - less), supply) is not None)
    level = _level_plan(demands, supply) if supply.stock is not None else None
    if level:
        # As much of the level plan as the copies allow; the odd copies of each class may still be too many.
        likely = whole * (supply.stock or 0) // max(1, peak_of(demands, level))
        part = next(
            (one for one in (likely, likely * 49 // 50) if one > part and plan_for(lessened(one), supply)), part
        )
    return [demand.need for demand in lessened(part)]


def shared(demands: Mapping[str, Demand], group: Sequence[str], supply: Supply) -> dict[str, int]:
    """What each of a group can have who cannot have all it needs, where the supply does not allow it."""
    together = [demands[name] for name in group]
    if plan_for(together, supply) is not None:
        return {}
    parts = zip(group, in_part(together, supply), strict=True)
    return {name: part for name, part in parts if part < demands[name].need}


def sharing_a_desk(demands: Mapping[str, Demand], supply: Supply) -> list[list[str]]:
    """The classes in groups whose hours overlap on some day; none where the desk sets no bound."""
    if not supply.minutes_per_copy:
        return []
    group = {name: [name] for name in demands}
    busy: dict[int, tuple[int, str]] = {}
    every = ((one.opens, one.hours, name) for name, demand in demands.items() for one in demand.occasions)
    for opens, hours, name in sorted(every):
        day, ends = opens - hours.start, opens - hours.start + hours.end
        until, other = busy.get(day, (0, name))
        if opens < until and group[other] is not group[name]:
            group[other] += group[name]
            group.update(dict.fromkeys(group[name], group[other]))
        busy[day] = (max(until, ends), name)
    return list({id(names): names for names in group.values()}.values())


def first_true(highest: int, holds: Callable[[int], bool]) -> int:
    """The least number from 0 for which it holds, if it holds from there on; the highest where none below does."""
    # Most often nothing has to be added.
    if not highest or holds(0):
        return 0
    return bisect_left(range(highest), True, lo=1, key=holds)


def _divided(demands: Sequence[Demand], supply: Supply) -> Plan | None:
    return next((plan for divide in DIVISIONS if (plan := _course(demands, supply, divide))), None)


def _course(demands: Sequence[Demand], supply: Supply, divide: Division) -> Plan | None:
    course = LoanSchedule(demands, supply, divide)
    return course.plan if course.meets_all else None


def _level_plan(demands: Sequence[Demand], supply: Supply) -> Plan | None:
    openings = tuple((day, tuple(stretches)) for day, stretches in supply.open_on.items())
    return _levelled(tuple(demands), supply.minutes_per_copy, openings)


# One school's targets are tried under few changes, each several times over.
@lru_cache(maxsize=64)
def _levelled(demands: tuple[Demand, ...], minutes: Fraction, openings: tuple[_Openings, ...]) -> Plan | None:
    supply = Supply(None, minutes, dict(openings))
    # A plan that lends as early as it can is the furthest from level and has the most room to become so.
    plan = next((one for one in map(partial(_course, demands, supply), reversed(DIVISIONS)) if one), None)
    return levelled(demands, supply, plan) if plan else None
