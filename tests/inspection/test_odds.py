"""The odds of a sample, against enumeration of every sample and against chance itself."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import ceil
from random import Random

import pytest

from schoollib_xl.inspection.sample import (
    CONFIDENCE,
    FAULTS,
    at_most,
    chances,
    copies_needed,
    most_faults,
    needed,
    seen,
)
from schoollib_xl.quotas.basis.figures import rounded

SMALL = [(population, copies) for population in range(1, 9) for copies in range(1, population + 1)]


@pytest.mark.parametrize(("population", "copies"), SMALL)
def test_the_chance_is_the_share_of_all_samples_that_show_a_fault(population: int, copies: int) -> None:
    samples = list(combinations(range(population), copies))
    for faults in range(population + 1):
        shows = sum(any(one < faults for one in sample) for sample in samples)
        assert seen(population, faults, copies) == Fraction(shows, len(samples))
        for found in range(copies + 1):
            few = sum(sum(one < faults for one in sample) <= found for sample in samples)
            assert at_most(population, faults, copies, found) == Fraction(few, len(samples))


def test_more_faults_or_copies_than_there_are_is_all_of_them() -> None:
    assert seen(10, 300, 1) == 1
    assert seen(10, 1, 50) == 1


def test_a_planted_share_is_found_as_often_as_said() -> None:
    rng, population, copies, faults, draws = Random(11), 600, 20, 12, 10_000
    hits = sum(min(rng.sample(range(population), copies)) < faults for _ in range(draws))
    expected = float(seen(population, faults, copies))
    # Four standard errors: a right program fails once in sixteen thousand runs, and the seed is fixed.
    assert abs(hits / draws - expected) < 4 * (expected * (1 - expected) / draws) ** 0.5


def test_the_table_asks_for_the_faults_of_the_contract_with_four_decimals() -> None:
    # The contract shows 0.1836, which is what 60 faults of 5,955 copies come to; the demo school has 5,938 on its
    # shelves, and there it is 0.1841.
    table = chances(5955, 20)
    assert [one.faults for one in table] == [*FAULTS] == [1, 5, 10, 20, 60, 300]
    assert {one.faults: str(one.seen) for one in table}[60] == "0.1836"
    assert str(chances(5938, 20)[4].seen) == "0.1841"
    assert all(-one.seen.as_tuple().exponent == 4 for one in table)


@pytest.mark.parametrize("population", [1, 20, 137, 5938])
@pytest.mark.parametrize("rate", [Decimal("0.01"), Decimal("0.05")])
def test_the_copies_needed_are_the_fewest(population: int, rate: Decimal) -> None:
    copies = copies_needed(population, rate, CONFIDENCE)
    faults = ceil(Fraction(rate) * population)
    assert seen(population, faults, copies) >= Fraction(CONFIDENCE) > seen(population, faults, copies - 1)


def test_what_is_needed_is_asked_for_three_rates() -> None:
    assert [str(one.rate) for one in needed(5938)] == ["0.01", "0.02", "0.05"]


@pytest.mark.parametrize(("copies", "found"), [(20, 0), (20, 1), (20, 5), (1, 0), (60, 60)])
def test_the_most_faults_are_just_not_too_rare(copies: int, found: int) -> None:
    population, doubt = 60, 1 - Fraction(CONFIDENCE)
    most = most_faults(population, copies, found, CONFIDENCE)
    assert most == max(
        faults
        for faults in range(found, population - (copies - found) + 1)
        if faults == found or at_most(population, faults, copies, found) > doubt
    )


@pytest.mark.parametrize(
    ("value", "shown"), [(Fraction(1, 20_000), "0.0001"), (Fraction(1, 3), "0.3333"), (Fraction(1), "1.0000")]
)
def test_four_decimals_are_half_up(value: Fraction, shown: str) -> None:
    assert str(rounded(value, Decimal("0.0001"))) == shown
