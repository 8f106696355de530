"""What is worked out from the sheets of a workbook: each fact once, with the sheets that were looked at for it."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Generic, Self, TypeVar, overload

from schoollib_xl.ledgers.kept import NOTHING_KEPT, Kept
from schoollib_xl.ledgers.schema import SHEETS, R
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.table import LedgerTable

D = TypeVar("D")
FactKey = tuple[Hashable, ...]
_Looks = Mapping[type[Any], Collection[str]]


class Derivation:
    """Something worked out, and the onlooker that saw what it was worked out from."""

    def __init__(self, value: Any, onlooker: "ReadSheets") -> None:
        self.value = value
        self.onlooker = onlooker

    def made_of(self) -> "set[Derivation]":
        """The fact itself, the facts it was made of, and what these were made of."""
        known, new = {self}, [self]
        while new:
            added = {*new.pop().onlooker.facts.values()} - known
            known |= added
            new += added
        return known

    def sheets(self) -> set[type[Any]]:
        """Every sheet it rests on, by row type: what was looked at for it and for the facts it was made of."""
        return set[type[Any]]().union(*(fact.onlooker.looked_at for fact in self.made_of()))


class ReadSheets:
    """The sheets of a workbook as read, and the facts worked out from them. An onlooker is the same sheets as somebody
    sees them who works something out: it notes what is looked at, also long after, where a fact works out its parts
    when they are asked for.
    """

    def __init__(
        self, tables: Iterable[LedgerTable[Any]], school: School, as_of: date, kept: Kept = NOTHING_KEPT
    ) -> None:
        self._tables: Mapping[type[Any], LedgerTable[Any]] = {table.declared.row_type: table for table in tables}
        self.school = school
        self.as_of = as_of
        self.kept = kept
        self.facts: dict[FactKey, Derivation] = {}
        self.looked_at: set[type[Any]] = set()
        self._behind: Self | None = None
        self._seen: dict[frozenset[tuple[type[Any], frozenset[str]]], Self] = {}

    def __getitem__(self, row_type: type[R]) -> LedgerTable[R]:
        if self._behind is not None:
            self.looked_at.add(row_type)
            return self._behind[row_type]
        # An empty table is false, and yet it is there.
        table: LedgerTable[R] | None = self._tables.get(row_type)
        return LedgerTable(SHEETS[row_type]) if table is None else table

    def _all(self) -> Mapping[type[Any], LedgerTable[Any]]:
        if self._behind is not None:
            self.looked_at.update(SHEETS)
            return self._behind._all()
        return self._tables

    def with_tables(self, *tables: LedgerTable[Any]) -> Self:
        """The library with these sheets in place of its own; the library itself stays as it is."""
        replaced = {table.declared.row_type: table for table in tables}
        return type(self)({**self._all(), **replaced}.values(), self.school, self.as_of, self.kept)

    def with_part(self, *tables: LedgerTable[Any]) -> Self:
        """The same with a part of the rows of these sheets, knowing all that was not worked out from these."""
        part = self.with_tables(*tables)
        named = {table.declared.row_type for table in tables}
        part.facts = {key: fact for key, fact in self.facts.items() if named.isdisjoint(fact.sheets())}
        return part

    def keeping(self, kept: Kept) -> Self:
        """The library with what is kept beside the workbook; the library itself stays as it is."""
        return type(self)(self._all().values(), self.school, self.as_of, kept)

    def on(self, day: date) -> Self:
        """The library judged on another day; the library itself stays as it is."""
        return type(self)(self._all().values(), self.school, day, self.kept)

    # -- facts ------------------------------------------------------------------------------------

    def derive(self, make: Callable[..., D], *about: Hashable) -> D:
        """What `make` works out from this library (the calendar; of a term, its loans), worked out once."""
        key = (make, *about)
        fact = self.facts.get(key) or self._fact(key)
        value: D = fact.value
        return value

    def _fact(self, key: FactKey) -> Derivation:
        """The fact, worked out where it is not known yet. One of an onlooker is a fact of the library behind it."""
        behind = self._behind
        if behind is not None:
            fact = behind.facts.get(key) or behind._fact(key)
        else:
            make: Any = key[0]
            onlooker = self._onlooker()
            fact = Derivation(make(onlooker, *key[1:]), onlooker)
        self.facts[key] = fact
        # A later reading may have taken the onlooker over while this was worked out of the earlier one.
        return fact if self._behind is behind else self._fact(key)

    def _onlooker(self) -> Self:
        seen = type(self)((), self.school, self.as_of, self.kept)
        seen._behind = self
        return seen

    def follow(self, before: Self) -> frozenset[type[Any]]:
        """Take over from an earlier reading every fact that rests on none of the sheets that changed since; those
        sheets. The earlier reading works out anew whatever it is still asked.
        """
        changed = self.changed_since(before)
        facts, before.facts = list(before.facts.items()), {}
        standing = facts if len(changed) < len(SHEETS) else []
        standing = [(key, fact) for key, fact in standing if changed.isdisjoint(fact.sheets())]
        for _, fact in standing:
            fact.onlooker._behind = self
        # The page may have asked the earlier reading meanwhile, in a thread of its own, and a fact looked at more then.
        for key, fact in standing:
            if changed.isdisjoint(fact.sheets()) and all(one.onlooker._behind is self for one in fact.made_of()):
                self.facts[key] = fact
        for looked_at, seen in list(before._seen.items()) if self.facts else ():
            own = self._seen[looked_at] = self._without(dict(looked_at), seen, changed)
            if own is not self and seen is not before:
                own.follow(seen)
        return changed

    def changed_since(self, before: Self) -> frozenset[type[Any]]:
        """The sheets, by row type, that do not hold the very rows they held in an earlier reading; all of them
        where the school's settings, the day of judging or what is kept beside the workbook have changed.
        """
        if (self.school, self.as_of, self.kept) != (before.school, before.as_of, before.kept):
            return frozenset(SHEETS)
        return frozenset(row_type for row_type in SHEETS if not self[row_type].is_same(before[row_type]))

    def forget(self) -> None:
        """Let go of all that was worked out, for whoever needs these books no longer: what was worked out knows the
        library and is known to it, so that only the garbage collector, which looks through all the rows, would free
        them.
        """
        seen = [one for one in self._seen.values() if one is not self]
        self.facts, self._seen = {}, {}
        for one in seen:
            one.forget()

    # -- for somebody who looks at some fields only -----------------------------------------------

    def seen_by(self, reads: _Looks) -> Self:
        """The library for somebody who looks at these fields only, so that a blank cell keeps from him nothing
        but what he would have read there. The same one for all whom the same blanks concern.
        """
        if self._lacking.isdisjoint(reads):
            return self
        flawed = {row_type: self[row_type].lacking for row_type in reads if self[row_type].lacking}
        looked_at = {row_type: frozenset(lines.keys() & set(reads[row_type])) for row_type, lines in flawed.items()}
        key = frozenset(looked_at.items())
        if key not in self._seen:
            self._seen[key] = self._without(looked_at, self, SHEETS)
        return self._seen[key]

    @cached_property
    def _lacking(self) -> frozenset[type[Any]]:
        """The sheets, by row type, with a cell that could not be read and keeps something from somebody."""
        return frozenset(row_type for row_type, table in self._all().items() if table.lacking)

    def _without(self, looked_at: _Looks, known: Self, changed: Collection[type[Any]]) -> Self:
        """The library without what these blanks concern; the sheets that have not changed are known to be so."""
        tables = {
            row_type: self[row_type].seen_by(names) if row_type in changed else known[row_type]
            for row_type, names in looked_at.items()
        }
        if all(table is self[row_type] for row_type, table in tables.items()):
            return self
        return type(self)({**self._all(), **tables}.values(), self.school, self.as_of, self.kept)


class Shared(Generic[D]):
    """An attribute of the library that is a fact: worked out when it is first asked for, and once for all onlookers."""

    def __init__(self, make: Callable[[Any], D]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, library: None, owner: type[Any]) -> Self: ...

    @overload
    def __get__(self, library: ReadSheets, owner: type[Any]) -> D: ...

    def __get__(self, library: ReadSheets | None, owner: type[Any]) -> "Self | D":
        if library is None:
            return self
        # From now on found in the object itself, as quickly as any attribute.
        value = library.__dict__[self._name] = library.derive(self._make)
        return value
