"""Each check names the columns it looks at: in the clean school, in its example and in seeded ones."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import pytest

from checks.books import Books, right_for
from checks.test_seeded_defects import SEEDS
from schoollib_xl.checks.every import ALL
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Kind
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.ledgers.vocabulary import YesNo
from schoollib_xl.samples.broken.every import EXAMPLES
from small_sample import small_sample

D = TypeVar("D")
Fields = set[tuple[type[Any], str]]


class Watch:
    """Notes which fields of which rows are looked at, also inside what is worked out only once."""

    def __init__(self) -> None:
        self.seen: Fields = set()
        self._row_types: dict[type[Any], type[Any]] = {}

    def tables(self, ledger_set: LedgerSet) -> list[LedgerTable[Any]]:
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

    def __init__(
        self, watch: Watch, tables: list[LedgerTable[Any]], like: Library, known: dict[Any, tuple[Any, Fields]]
    ):
        super().__init__(tables, like.school, like.as_of, like.kept)
        self._watch, self._all, self._like, self._known = watch, tables, like, known

    def __getitem__(self, row_type: Any) -> LedgerTable[Any]:
        """The sheet of a row type, with no column picked out yet; a cell found in a watched row names the watched
        type.
        """
        return super().__getitem__(SHEETS[row_type].row_type).changed()

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


def looked_at(watch: Watch, ledger_set: LedgerSet, codes: list[str], as_of: date | None = None) -> dict[str, Fields]:
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
def seen(watch: Watch) -> dict[str, Fields]:
    """What each check looks at in the clean school, in its example and in its seeded school."""
    found = looked_at(watch, small_sample(), [code for code in ALL if ALL[code].reads])
    for code in found:
        shown = EXAMPLES[code]
        found[code] |= looked_at(watch, shown.ledger_set, [code], shown.as_of)[code]
    # In every third seeded school; in the others only where a column was not looked at so far.
    for index, code in enumerate(sorted(set(found) & set(SEEDS))):
        if index % 3 == 0 or required(code) - found[code]:
            books = Books(right_for(code).clean)
            SEEDS[code](books)
            found[code] |= looked_at(watch, books.ledger_set, [code])[code]
    return found


def named(code: str) -> Fields:
    """Every column it may look at."""
    return {(kind, name) for kind, names in ALL[code].looks_at.items() for name in names}


def required(code: str) -> Fields:
    """The columns whose absence silences it. The row's own number stands beside every finding, and what 基本信息
    holds is known as the school.
    """
    listed = {(kind, name) for kind, names in ALL[code].reads.items() for name in names}
    return listed - {(sheet.row_type, sheet.key) for sheet in ALL_SHEETS} - {(SettingRow, "value")}


# A set of two volumes under a rule that asks for the whole set (套书按全套).
SET_LOST = LedgerSet.of(
    *(
        example(AccessionRow, accession_no=f"00001{part}", title=f"水浒传（{name}）")
        for part, name in enumerate("上下")
    ),
    example(CompensationRule, whole_set=YesNo.YES, since=date(2025, 9, 1)),
    example(CompensationRow, accession_no="000010"),
)


def variants(code: str) -> Iterator[tuple[LedgerSet, date | None]]:
    """The examples of the check and of its family with one cell otherwise, or one row more: where a column is looked
    at only under some condition.
    """
    yield _with_every_sheet(SET_LOST, ALL[code].looks_at), None
    for other in (code, *(one for one in EXAMPLES if one[:3] == code[:3] and one != code)):
        shown = EXAMPLES[other]
        whole = _with_every_sheet(shown.ledger_set, ALL[code].looks_at)
        yield whole, shown.as_of
        if other == code:
            for books in (whole, shown.ledger_set):
                yield from ((changed, shown.as_of) for changed in _changed(books, ALL[code].looks_at))


def _with_every_sheet(books: LedgerSet, kinds: Iterable[type[Any]]) -> LedgerSet:
    """The books with a row on each of these sheets, about the copies and readers that are there."""
    numbers = {name: value for found in books.rows.values() for row in found for name, value in _numbers(row)}
    own = {kind: [_renumbered(example(kind), numbers)] for kind in kinds if not books.rows.get(kind)}
    return replace(books, rows={**books.rows, **own})


def _numbers(row: Any) -> Iterator[tuple[str, str]]:
    fields = (field.name for field in SHEETS[type(row)].fields if field.kind is Kind.IDENTIFIER)
    return ((name, value) for name in fields if (value := getattr(row, name)))


def _renumbered(row: Any, numbers: Mapping[str, str]) -> Any:
    return row._replace(**{name: numbers.get(name, value) for name, value in _numbers(row)})


def _changed(books: LedgerSet, kinds: Iterable[type[Any]]) -> Iterator[LedgerSet]:
    pool: dict[Kind, list[Any]] = {}
    for found in books.rows.values():
        for row in found:
            for field in SHEETS[type(row)].fields:
                pool.setdefault(field.kind, []).append(getattr(row, field.name))
    for kind, rows in ((kind, books.rows[kind]) for kind in kinds if kind in books.rows):
        yield replace(books, rows={**books.rows, kind: [*rows, rows[-1]._replace(line=rows[-1].line + 1)]})
        for index, row in enumerate(rows):
            for change in _changes(row, pool):
                changed = [*rows[:index], row._replace(**change), *rows[index + 1 :]]
                yield replace(books, rows={**books.rows, kind: changed})


def _changes(row: Any, pool: Mapping[Kind, list[Any]]) -> Iterator[dict[str, Any]]:
    for field in SHEETS[type(row)].fields:
        value = getattr(row, field.name)
        # A text may hold 是 or 否, which no list of choices says.
        others = list(field.choices) or [*pool[field.kind], *(YesNo if field.kind is Kind.TEXT else ())]
        blank = [None] if field.nullable else []
        for other in dict.fromkeys([*blank, field.column.example, *others]):
            if other != value and (other is not None or field.nullable):
                yield {field.name: other}


def test_a_check_looks_at_no_column_it_does_not_name(seen: Mapping[str, Fields]) -> None:
    assert {code: fields - named(code) for code, fields in seen.items() if fields - named(code)} == {}


def test_a_check_is_silenced_by_no_column_it_never_looks_at(seen: Mapping[str, Fields], watch: Watch) -> None:
    superfluous = {}
    for code, fields in seen.items():
        left = required(code) - fields
        trials = variants(code)
        while left and (books := next(trials, None)):
            left -= looked_at(watch, books[0], [code], books[1])[code]
        if left:
            superfluous[code] = sorted(f"{kind.__name__}.{name}" for kind, name in left)
    assert superfluous == {}
