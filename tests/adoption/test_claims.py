"""Which copy a loan was of: the same as if every copy were asked for every loan."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest

from schoollib_xl.adoption.lending.claims import Claim, Shelf
from schoollib_xl.adoption.lending.directory import Copies, Directory

NUMBERS = tuple(f"{n:06}" for n in range(1, 7))
FIRST = date(2025, 9, 1)


def claims(rng: Random, count: int) -> list[Claim]:
    """Loans of some days, of one day and open ones; some name their copy, some may be of half the copies only."""
    made = []
    for _ in range(count):
        lent = FIRST + timedelta(days=rng.randrange(40))
        returned = rng.choice([None, lent, lent + timedelta(days=rng.randrange(1, 20))])
        named = rng.random() < 0.2
        numbers = (rng.choice(NUMBERS),) if named else rng.choice([NUMBERS, NUMBERS[:3]])
        copies = Copies(numbers, is_named=named)
        made.append(Claim(cast(Any, None), {"lent_on": lent, "returned_on": returned}, copies))
    return made


def asked_one_by_one(given: list[Claim]) -> list[str | None]:
    out: defaultdict[str, list[tuple[date, date]]] = defaultdict(list)
    found: dict[int, str | None] = {}
    named = [claim for claim in given if claim.copies.is_named]
    rest = sorted((claim for claim in given if not claim.copies.is_named), key=lambda claim: claim.lent_on)
    for claim in (*named, *rest):
        lent, ended = claim.lent_on, claim.ended_on
        free = (
            number
            for number in claim.copies.numbers
            if claim.copies.is_named
            or all(
                (ended <= first or last <= lent) if first != lent else (last == first or ended == lent)
                for first, last in out[number]
            )
        )
        found[id(claim)] = number = next(free, None)
        if number:
            out[number].append((lent, ended))
    return [found[id(claim)] for claim in given]


@pytest.mark.parametrize("seed", range(20))
def test_every_loan_gets_the_lowest_copy_that_was_free(seed: int) -> None:
    given = claims(Random(seed), 60)
    Shelf(cast(Directory, SimpleNamespace(withdrawn={}))).give(given)
    assert [claim.accession_no for claim in given] == asked_one_by_one(given)
