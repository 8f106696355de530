"""One broken cell in a right school: the findings listed beside it, and no others."""

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.books import Books
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import CheckOutcome, outcomes
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.samples.year import clean_school

Seed = Callable[[Books], list[str]]
SEEDS: dict[str, Seed] = {
    code: seed
    for path in sorted(Path(__file__).parent.glob("seeds_*.py"))
    for code, seed in importlib.import_module(f"checks.{path.stem}").SEEDS.items()
}
# What only a file can have wrong is seeded in the file: see sheets/test_seeded_entries.py.
OF_THE_FILE = {code for code, check in ALL.items() if code.startswith("FMT")}


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return clean_school()


@pytest.fixture(scope="module")
def before(clean: LedgerSet) -> dict[str, CheckOutcome]:
    """What every check comes to in the clean school: a check of other sheets need not be run again."""
    return {outcome.check.code: outcome for outcome in outcomes(clean.library(), ALL.values())}


def test_every_check_has_a_seeded_defect() -> None:
    assert sorted(SEEDS) == sorted(set(ALL) - OF_THE_FILE)


@pytest.mark.parametrize("code", sorted(SEEDS))
def test_a_seeded_defect_yields_exactly_the_findings_beside_it(
    code: str, clean: LedgerSet, before: dict[str, CheckOutcome]
) -> None:
    books = Books(clean)
    expected = SEEDS[code](books)
    assert code in {finding.split()[0] for finding in expected}
    assert books.found(books.report_after(clean, before)) == sorted(expected)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_clean_school_yields_nothing_and_leaves_nothing_unchecked(seed: int) -> None:
    report = Books(clean_school(seed)).report()
    assert (report.findings, report.unchecked, report.checks_run) == ((), (), len(ALL))
