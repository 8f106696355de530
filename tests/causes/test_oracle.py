"""The search of our own beside a mixed-integer programme of the same corrections at the same prices, solved exactly."""

from collections import defaultdict
from collections.abc import Callable

import highspy
import pytest

from bench import slips_of_the_pen as slips
from bench.slips_of_the_pen import Pen, Slip
from schoollib_xl.causes.amounts import Proposal, Vector
from schoollib_xl.causes.correction import Change
from schoollib_xl.causes.effort import Effort
from schoollib_xl.causes.explaining import sums_amiss
from schoollib_xl.causes.sums.search import LEFT, solutions
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.ledger_set import LedgerSet
from small_sample import small_sample

_SLIPS = [
    (slips._price, slips._class),
    (slips._copy_missing, slips._mark_not_written),
    (slips._batch, slips._wrong_sign),
    (slips._copy_twice, slips._line_not_written, slips._columns_exchanged),
]


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return small_sample()


@pytest.mark.parametrize("planted", _SLIPS, ids=lambda planted: "".join(plant.__name__ for plant in planted))
def test_no_set_of_the_corrections_offered_is_cheaper(
    clean: LedgerSet, planted: tuple[Callable[[Pen], Slip], ...]
) -> None:
    pen = Pen(clean, 5)
    for plant in planted:
        plant(pen)
    library = pen.ledger_set.library()
    effort = Effort(10**12)
    off, propose = sums_amiss(library, run(library, ALL.values()).findings, effort)
    parts = solutions(off, propose, effort)
    ours = sum(ranked[0].price if ranked else LEFT for ranked in parts)
    assert ours <= _cheapest(off, list(propose(off))) + 1e-6


def _cheapest(off: Vector, proposals: list[Proposal]) -> float:
    """The price of the cheapest set: its corrections, and what each identity costs that is left off."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    made = [solver.addBinary(obj=one.correction.cost) for one in proposals]
    at_most_one = defaultdict(list)
    rest = defaultdict(list)
    for chosen, one in zip(made, proposals, strict=True):
        for edit in one.correction.edits:
            at_most_one[tuple(edit.at) if isinstance(edit, Change) else edit.row].append(chosen)
        for key, amount in one.effect.items():
            if amount:
                rest[key].append(chosen * amount)
    for chosen in at_most_one.values():
        solver.addConstr(sum(chosen) <= 1)
    for key in {*off, *rest}:
        left, most = solver.addBinary(obj=LEFT), 10_000_000
        total = sum(rest[key]) + off.get(key, 0) + 0 * left
        solver.addConstr(total - most * left <= 0)
        solver.addConstr(total + most * left >= 0)
    solver.minimize()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getObjectiveValue())
