"""Contradictions nobody made a check for: found at the place where they were planted, nearly all of them."""

from contextlib import suppress

import pytest

from checks.books import Books
from checks.contradictory_books import CONTRADICTIONS, Planted
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.samples.year import clean_school

# So many copies of the books share the contradictions, those that follow each other apart, to save time.
_COPIES = 20
# The rest is named by the cause of the findings, which is not asked here.
_FOUND = 0.97


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return clean_school()


def _planted(books: Books, names: list[str]) -> dict[str, Planted]:
    """The contradictions written into one copy of the books, those left out that find their row changed by another."""
    planted: dict[str, Planted] = {}
    for name in names:
        with suppress(StopIteration):
            planted[name] = CONTRADICTIONS[name](books)
    return planted


def _missed(books: Books, planted: dict[str, Planted]) -> list[str]:
    """The contradictions that no finding names a cell of."""
    named = {cell for one in books.report().findings for cell in (one.at, *one.see_also)}
    return [name for name, cells in planted.items() if named.isdisjoint(cells)]


def test_contradictions_are_found_at_their_place(clean: LedgerSet) -> None:
    names = list(CONTRADICTIONS)
    waiting = [name for index in range(_COPIES) for name in names[index::_COPIES]]
    missed: list[str] = []
    while waiting:
        books = Books(clean)
        planted = _planted(books, waiting[: len(names) // _COPIES])
        missed += _missed(books, planted)
        waiting = [name for name in waiting if name not in planted]
    assert len(names) >= 300
    assert len(missed) <= (1 - _FOUND) * len(names), missed
