"""Whatever a librarian does by the rules, the books agree."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samples.village import ACTS, Act, attempt, close_year, days_pass, village
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.wording.findings import message_of

# Lending and the passing of days come up more often than the rest: everything else follows from them.
_MIXED = st.sampled_from((*ACTS, *[act for act in ACTS if act.__name__ in ("lend", "days_pass")] * 4))
_STEPS = st.lists(st.tuples(_MIXED, st.integers(0, 100_000)), max_size=60)


# A copy looked at by itself, or a place looked at in part, is told for what it is and accuses nobody.
_TOLD = ("STK001", "STK102", "STK203")


def said(ledger_set: LedgerSet) -> list[str]:
    """Everything all checks find, in words, and every check left undone; that a place was only looked at, left out."""
    library = ledger_set.library()
    report = run(library, ALL.values())
    findings = [one for one in report.findings if one.check.code not in _TOLD or one.severity is not Severity.HINT]
    found = [f"{one.check.code} {message_of(library, one).message}" for one in findings]
    return found + [f"{one.check.code} unchecked" for one in report.unchecked]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_STEPS)
def test_any_sequence_of_legal_acts_stays_silent(steps: list[tuple[Act, int]]) -> None:
    librarian = village()
    for act, number in steps:
        attempt(act, librarian, number)
    assert said(close_year(librarian)) == []


@pytest.mark.parametrize("seed", range(6))
def test_a_long_year_of_every_act_stays_silent(seed: int) -> None:
    librarian, rng = village(), Random(seed)
    done = set()
    for _ in range(1_500):
        act, number = rng.choice(ACTS), rng.randrange(100_000)
        if attempt(act, librarian, number if act is not days_pass else number % 3):
            done.add(act)
    assert done == set(ACTS)
    assert said(close_year(librarian)) == []
