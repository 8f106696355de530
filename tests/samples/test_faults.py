"""The faulty copy of the sample school: every known fault is found, and the clean one is left alone."""

from functools import cache

import pytest

from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.samples.faults import KNOWN_FAULTS, RAW_FAULTS, RawFault, with_faults
from schoollib_xl.samples.year import clean_school

school = cache(clean_school)
# The families of checks, as the contract letters them.
FAMILIES = set("ABCDEFGHIJK")


def codes(ledger_set: LedgerSet) -> set[str]:
    return {finding.check.code for finding in run(ledger_set.library(), ALL.values()).findings}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_known_fault_is_found(seed: int) -> None:
    assert {fault.code for fault in KNOWN_FAULTS} <= codes(with_faults(school(seed)))


def test_every_family_of_checks_has_a_known_fault() -> None:
    assert {fault.family for fault in KNOWN_FAULTS} == FAMILIES


def test_the_clean_school_is_left_as_it_was() -> None:
    clean = clean_school(2)
    with_faults(clean)
    assert clean.rows == school(2).rows


def test_a_fault_is_said_in_one_sentence_that_names_its_ledger() -> None:
    names = tuple(sheet.name for sheet in SHEETS.values())
    assert all(fault.said.startswith(names) and fault.said.endswith("。") for fault in KNOWN_FAULTS)


@pytest.mark.parametrize("raw", RAW_FAULTS, ids=lambda raw: f"{raw.row_type.__name__}.{raw.field}")
def test_a_raw_fault_stands_in_a_cell_the_school_has(raw: RawFault) -> None:
    row = school().rows[raw.row_type][raw.line - 2]
    assert row.line == raw.line
    assert getattr(row, raw.field) != raw.value
