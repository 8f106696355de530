"""Each check names the columns it looks at: in the clean school, in its example and in seeded ones."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

import pytest

from checks.books import Books
from checks.test_seeded_defects import SEEDS
from schoollib_xl.checks.every import ALL
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.table import Table
from schoollib_xl.samples.broken.every import EXAMPLES
from schoollib_xl.samples.year import clean_school

D = TypeVar("D")
Fields = set[tuple[type[Any], str]]


class Watch:
    """Notes which fields of which rows are looked at, also inside what is worked out only once."""

    def __init__(self) -> None:
        self.seen: Fields = set()
        self._row_types: dict[type[Any], type[Any]] = {}

    def tables(self, ledger_set: LedgerSet) -> list[Table[Any]]:
        """The sheets of a set of ledgers, their rows watched."""
        rows = {kind: [self._watched(kind)._make(row) for row in found] for kind, found in ledger_set.rows.items()}
        books = LedgerSet(ledger_set.school, rows).library()
        return [books[sheet.row_type] for sheet in ALL_SHEETS]

    def forget(self) -> None:
        """Take the row types out of the registry again."""
        for watched in self._row_types.values():
            del SHEETS[watched]

    def _watched(self, row_type: type[Any]) -> type[Any]:
        if row_type not in self._row_types:
            self._row_types[row_type] = self._subclass(row_type)
        return self._row_types[row_type]

    def _subclass(self, row_type: type[Any]) -> type[Any]:
        seen, names = self.seen, frozenset(SHEETS[row_type].by_name)
        look = row_type.__getattribute__

        def looked_at(row: Any, name: str) -> Any:
            if name in names:
                seen.add((row_type, name))
            return look(row, name)

        watched = type(row_type.__name__, (row_type,), {"__getattribute__": looked_at, "__slots__": ()})
        SHEETS[watched] = SHEETS[row_type]
        return watched


class WatchedLibrary(Library):
    """A library whose indexes are its own and whose derived values are shared, each with what it looked at."""

    def __init__(self, watch: Watch, tables: list[Table[Any]], like: Library, known: dict[Any, tuple[Any, Fields]]):
        super().__init__(tables, like.school, like.as_of)
        self._watch, self._all, self._like, self._known = watch, tables, like, known

    def derive(self, make: Callable[[Library], D]) -> D:
        if make not in self._known:
            before = set(self._watch.seen)
            self._watch.seen.clear()
            made = make(WatchedLibrary(self._watch, self._all, self._like, self._known))
            self._known[make] = (made, set(self._watch.seen))
            self._watch.seen |= before
        value: D
        value, looked_at = self._known[make]
        self._watch.seen |= looked_at
        return value


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    watching = Watch()
    yield watching
    watching.forget()


def looked_at(watch: Watch, ledger_set: LedgerSet, codes: list[str], as_of: date | None = None) -> Mapping[str, Fields]:
    """What each of these checks looks at in these books."""
    like, tables, known = ledger_set.library(as_of), watch.tables(ledger_set), {}
    found = {}
    for code in codes:
        watch.seen.clear()
        books = WatchedLibrary(watch, tables, like, known)
        for one in ALL[code].test(books):
            ALL[code].facts_of(books, one)
        found[code] = set(watch.seen)
    return found


@pytest.fixture(scope="module")
def seen(watch: Watch) -> Mapping[str, Fields]:
    """What each check looks at in the clean school, in its example and, for every third, in its seeded school."""
    clean = clean_school()
    found = dict(looked_at(watch, clean, [code for code in ALL if ALL[code].reads]))
    for code in found:
        example = EXAMPLES[code]
        found[code] = found[code] | looked_at(watch, example.ledger_set, [code], example.as_of)[code]
    # Every third seeded school: in the others the checks look at the same columns.
    for code in sorted(set(found) & set(SEEDS))[::3]:
        books = Books(clean)
        SEEDS[code](books)
        found[code] |= looked_at(watch, books.ledger_set, [code])[code]
    return found


def named(code: str) -> Fields:
    return {(kind, name) for kind, names in ALL[code].looks_at.items() for name in names}


def test_a_check_looks_at_no_column_it_does_not_name(seen: Mapping[str, Fields]) -> None:
    assert {code: fields - named(code) for code, fields in seen.items() if fields - named(code)} == {}
