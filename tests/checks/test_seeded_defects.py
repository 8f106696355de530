"""One broken cell in a right school: the findings listed beside it, and no others."""

import importlib
from functools import partial
from pathlib import Path

import pytest

from checks.books import Books, right_for
from checks.seeding import SEEDS
from schoollib_xl.checks.every import ALL
from schoollib_xl.samples.year import clean_school

MODULES = [importlib.import_module(f"checks.{path.stem}") for path in sorted(Path(__file__).parent.glob("seeds_*.py"))]
for _code, _check in ALL.items():
    _name = "" if isinstance(_check.test, partial) else _check.test.__name__
    for _module in MODULES:
        if hasattr(_module, _name):
            SEEDS.setdefault(_code, getattr(_module, _name))
# What only a file can have wrong is tried in test_entry.py and in sheets/test_further_sheets.py.
OF_THE_FILE = {code for code, check in ALL.items() if code.startswith("FMT")}


def test_every_check_has_a_seeded_defect() -> None:
    assert sorted(SEEDS) == sorted(set(ALL) - OF_THE_FILE)


@pytest.mark.parametrize("code", sorted(SEEDS))
def test_a_seeded_defect_yields_exactly_the_findings_beside_it(code: str) -> None:
    clean, before = right_for(code)
    books = Books(clean)
    expected = SEEDS[code](books)
    assert code in {finding.split()[0] for finding in expected}
    assert books.found(books.report_after(clean, before)) == sorted(expected)


def test_the_sample_school_yields_nothing_and_leaves_nothing_unchecked() -> None:
    report = Books(clean_school()).report()
    assert (report.findings, report.unchecked, report.checks_run) == ((), (), len(ALL))
