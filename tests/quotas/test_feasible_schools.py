"""Verdicts and advice on random schools against an integer program; `tests/bench/quota_oracles.py` tries hundreds."""

import pytest
from random_schools import complaints


@pytest.mark.parametrize("seed", [2, 5, 8, 15, 21, 44, 61, 96, 108, 146])
def test_nothing_possible_is_called_impossible_and_advice_holds_when_it_is_followed(seed: int) -> None:
    assert complaints(seed) == []
