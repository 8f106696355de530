"""An oracle for lending plans: the same school as an integer program, solved by HiGHS.

It shares no code with the plan it judges but the shape of its input.
"""

from collections.abc import Sequence
from itertools import product

import highspy

from schoollib_xl.quotas.turns.lending_plan import Demand, Supply


def least_stock(demands: Sequence[Demand], supply: Supply, *, whole: bool = True) -> int | None:
    """The fewest copies with which every need can be met; None where no number of copies would do."""
    if any(one.need and not one.occasions for one in demands):
        return None
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("time_limit", 20.0)
    kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
    stock = solver.addVariable(lb=0, ub=1_000_000, type=kind)
    lent = [[solver.addVariable(lb=0, ub=100_000, type=kind) for _ in one.occasions] for one in demands]
    every = [
        (occasion.day.toordinal() * 1440 + occasion.hours.start, occasion.back, variable, which, occasion)
        for which, one in enumerate(demands)
        for occasion, variable in zip(one.occasions, lent[which], strict=True)
    ]
    for at in {opens for opens, *_ in every}:
        out = [variable for opens, back, variable, *_ in every if opens <= at < back]
        solver.addConstr(sum(out) <= stock)
    for which, one in enumerate(demands):
        if one.need:
            solver.addConstr(sum(lent[which]) >= one.need)
        for occasion in one.occasions:
            at = occasion.day.toordinal() * 1440 + occasion.hours.start
            held = [var for opens, back, var, owner, _ in every if owner == which and opens <= at < back]
            solver.addConstr(sum(held) <= one.pupils * occasion.copies)
            if one.in_visits:
                today = [v for v, other in zip(lent[which], one.occasions, strict=True) if other.day == occasion.day]
                solver.addConstr(sum(today) <= one.pupils)
    if supply.minutes_per_copy:
        _bind_the_desk(solver, every, supply)
    solver.minimize(stock)
    status = solver.getModelStatus()
    # Out of time it has not proved anything.
    assert status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible), status
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    return round(solver.val(stock) + 0.49999) if not whole else round(solver.val(stock))


def _bind_the_desk(solver: highspy.Highs, every: list[tuple], supply: Supply) -> None:
    for day in {occasion.day for *_, occasion in every}:
        on = [(occasion.hours, variable) for _, _, variable, _, occasion in every if occasion.day == day]
        for start, end in product({hours.start for hours, _ in on}, {hours.end for hours, _ in on}):
            inside = [variable for hours, variable in on if start <= hours.start and hours.end <= end]
            minutes = {m for one in supply.open_on.get(day, ()) for m in range(one.start, one.end)}
            if inside:
                most = len(minutes & set(range(start, end)))
                solver.addConstr(float(supply.minutes_per_copy) * sum(inside) <= most + 1e-9)
