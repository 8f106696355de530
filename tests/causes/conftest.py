"""The small school, and a pen that slips in it: the same slips in every run."""

import pytest

from bench.slips_of_the_pen import Pen
from schoollib_xl.ledgers.ledger_set import LedgerSet
from small_sample import small_sample


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return small_sample()


@pytest.fixture
def pen(clean: LedgerSet) -> Pen:
    return Pen(clean, 7)
