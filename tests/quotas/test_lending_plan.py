"""Lending plans against an integer program: what is promised can be done, and little more than needed is asked."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from linear_oracle import least_stock as least_by_program

from schoollib_xl.quotas.turns.lending_plan import Demand, Occasion, Stretch, Supply, moment, most_alone
from schoollib_xl.quotas.turns.levelling import peak_of
from schoollib_xl.quotas.turns.sharing import in_part, least_stock, plan_for

FIRST = date(2025, 9, 1)
NO_MINUTES = Fraction(0)


def random_school(seed: int, *, at_a_desk: bool) -> tuple[list[Demand], Supply]:
    """One to seven classes, most of them with turns, the others coming daily, some wanting visits."""
    draw = random.Random(seed)
    opening = Stretch(720, draw.choice([780, 840, 900]))
    weeks = range(draw.randint(4, 18))
    days = [FIRST + timedelta(weeks=week, days=day) for week in weeks for day in range(5) if draw.random() < 0.95]
    demands = [random_class(draw, days, opening) for _ in range(draw.randint(1, 7))]
    minutes = Fraction(draw.choice(["1/4", "1/2", "1"])) if at_a_desk else NO_MINUTES
    return demands, Supply(None, minutes, {day: [opening] for day in days})


def random_class(draw: random.Random, days: Sequence[date], opening: Stretch) -> Demand:
    pupils, copies, length = draw.randint(5, 45), draw.choice([1, 1, 2, 3]), draw.choice([7, 14, 14, 30])
    if draw.random() < 0.2:
        came, hours = list(days), opening
    else:
        every, weekday = draw.choice([1, 1, 2]), draw.randrange(5)
        came = [day for day in days if day.weekday() == weekday and (day - FIRST).days // 7 % every == 0]
        start = draw.choice([720, 740])
        hours = Stretch(start, min(opening.end, start + draw.choice([40, 60])))
    next_turn = dict(pairwise(came))
    found = []
    for day in came:
        back = moment(day + timedelta(days=length))
        if day in next_turn:
            back = min(back, moment(next_turn[day], hours.start))
        found.append(Occasion(day, hours, copies, back))
    demand = Demand(pupils, 0, draw.random() < 0.1, tuple(found))
    return replace(demand, need=int(most_alone(demand) * draw.uniform(0.2, 0.9)))


def holds(demands: Sequence[Demand], supply: Supply, plan: list[list[int]]) -> bool:
    """Whether the plan meets every need within its stock and no class holds more than it may."""
    met = [sum(loans) >= one.need for one, loans in zip(demands, plan, strict=True)]
    for one, loans in zip(demands, plan, strict=True):
        for occasion in one.occasions:
            out = [
                copies
                for other, copies in zip(one.occasions, loans, strict=True)
                if other.opens <= occasion.opens < other.back
            ]
            met.append(sum(out) <= one.pupils * occasion.copies)
    return all(met) and (supply.stock is None or peak_of(demands, plan) <= supply.stock)


@pytest.mark.parametrize("seed", range(12))
def test_no_more_is_asked_than_a_tenth_above_what_an_integer_program_needs(seed: int) -> None:
    demands, supply = random_school(seed, at_a_desk=seed % 3 == 0)
    least, mine = least_by_program(demands, supply), least_stock(demands, supply)
    assert (least is None) is (mine is None)
    if least is not None and mine is not None:
        assert least <= mine <= max(least + 1, least * 1.1)
        enough = replace(supply, stock=mine)
        plan = plan_for(demands, enough)
        assert plan
        assert holds(demands, enough, plan)
        assert not least or plan_for(demands, replace(supply, stock=least - 1)) is None


def test_where_there_is_not_enough_everyone_gets_the_same_part() -> None:
    days = [FIRST + timedelta(weeks=week) for week in range(10)]
    turns = [Occasion(day, Stretch(720, 760), 1, moment(day + timedelta(weeks=1), 720)) for day in days]
    classes = [Demand(40, 200, False, tuple(turns)), Demand(20, 100, False, tuple(turns))]
    assert in_part(classes, Supply(15, NO_MINUTES, {})) == [100, 50]
