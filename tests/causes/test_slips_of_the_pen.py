"""Each kind of slip, made in the clean school: the first cause names its place, and little else is left to read."""

from collections.abc import Callable

import pytest

from bench.slips_of_the_pen import SLIPS, Pen, Slip
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.wording.checking.causes import causes_json
from small_sample import small_sample

# One misdated row among many, or one finding that two cells explain as well, is not always told apart.
_MAY_BE_ANOTHER = ("_batch_date", "_calendar_missing", "_compensation_rule")
# The slips whose every book is explained; the bench tells how often the others are.
SURE = [plant for plant in SLIPS if plant.__name__ not in _MAY_BE_ANOTHER]


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return small_sample()


@pytest.mark.parametrize("plant", SURE, ids=lambda plant: plant.__name__)
def test_the_first_cause_names_the_place_and_settles_everything(clean: LedgerSet, plant: Callable[[Pen], Slip]) -> None:
    pen = Pen(clean, 1_000_004)
    slip = plant(pen)
    library = pen.ledger_set.library()
    report = run(library, ALL.values())
    causes = causes_of(library, report)
    assert causes.complete
    assert slip.is_named_by(causes.found[0].correction)
    assert len(causes.found) + len(report.findings) - len(causes.explained) <= 2


def test_the_answer_as_json_has_the_names_of_the_contract(clean: LedgerSet) -> None:
    pen = Pen(clean, 3)
    row = pen.pick(SummaryRow, lambda row: row.flow is Flow.IN)
    pen.change("a figure", row, copies=row.copies + 1)
    library = pen.ledger_set.library()
    report = run(library, ALL.values())
    [cause] = causes_json(library, causes_of(library, report))
    assert set(cause) == {"kind", "cells", "rows", "explains", "why", "others"}
    assert cause["kind"] == "figure"
    assert cause["cells"] == [
        {"sheet": "总括登记账", "cell": f"H{row.line}", "is": row.copies + 1, "should": row.copies}
    ]
    assert cause["explains"] == list(range(len(report.findings)))
    assert all(set(other) == set(cause) for other in cause["others"])
