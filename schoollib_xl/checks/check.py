"""What a check is: a pure function over the library that yields where it failed and the facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell, Row, cell
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# A slip in one row of 班级 can touch thousands of loans; nobody follows so many links.
MOST_SHOWN = 20


class Severity(StrEnum):
    """How bad: the books contradict each other; look at the paper; allowed but unwise."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Gap(NamedTuple):
    """A difference with its direction: +2 册 is said 多 2 册, −3.50 元 is said 少 3.50 元."""

    amount: int | Decimal
    unit: str


class Named(NamedTuple):
    """The numbers of the rows that explain a difference; said in brackets, nothing where there are none."""

    numbers: tuple[str, ...]


class Alike(NamedTuple):
    """How many other cells of a column or a line, or lines of a sheet, are just like the one that is shown; nothing is
    said where none is. Most cells of a column are a habit, which no correction of one of them settles.
    """

    cells: int
    are_lines: bool = False
    is_habit: bool = False
    of_line: bool = False


class Nearest(NamedTuple):
    """What was probably meant: 2026-07-01 is said ，可能是 2026年7月1日, nothing where nobody can tell."""

    value: Any


class Found(NamedTuple):
    """One place where a check failed: the cell to look at first, the others, the facts of its message."""

    at: Cell
    see_also: tuple[Cell, ...]
    facts: dict[str, Any]
    severity: Severity | None


Test = Callable[[Library], Iterator[Found]]


class _Declared(NamedTuple):
    code: str
    title: str
    message: str
    why: str
    fix: str
    severity: Severity
    reads: Mapping[type[Any], tuple[str, ...]]
    test: Test
    can_lack: tuple[type[Any], ...]
    may_read: Mapping[type[Any], tuple[str, ...]]
    ties: Mapping[type[Any], str]
    at_worst: Severity


class Check(_Declared):
    """One check with its words. `reads` names, for each row type, the fields the check looks at;
    `can_lack` the row types whose sheet may be absent because the contract has a default for it; `may_read` the
    fields it looks at where they are there, and does without where they are not. `ties` says, where rows of some
    sheets are compared only if alike in one field, which: what it finds about these rests on no other row of them.
    One that gives hints finds nothing worse than `at_worst`.
    """

    @property
    def is_only_advice(self) -> bool:
        """Whether nothing that it finds makes a run fail."""
        return self.at_worst is Severity.HINT

    @cached_property
    def looks_at(self) -> dict[type[Any], frozenset[str]]:
        """Every field it may look at, by row type. Its price tells whether a line of 注销登记账 stands."""
        both = (*self.reads.items(), *self.may_read.items())
        if any(row_type is WithdrawalRow for row_type, _ in both):
            both = (*both, (WithdrawalRow, ("price",)))
        return {
            row_type: frozenset(name for kind, names in both if kind is row_type for name in names)
            for row_type, _ in both
        }

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """The facts its message and its advice name."""
        from string import Formatter

        parsed = Formatter().parse(self.message + self.fix)
        return frozenset(name for _, name, _, _ in parsed if name)

    def facts_of(self, library: Library, one: Found) -> dict[str, Any]:
        """The facts of a finding. What the check does not say itself is the field of that name in the row of
        the first of the finding's cells that has one.
        """
        lacking = sorted(self.placeholders.difference(one.facts))
        return {**_fields_of(library, one, lacking), **one.facts} if lacking else one.facts


CHECKS: dict[str, Check] = {}


def _fields_of(library: Library, one: Found, names: list[str]) -> dict[str, Any]:
    rows = [library[at.row_type].row_at(at.line) for at in (one.at, *one.see_also)]
    having = {name: next((row for row in rows if hasattr(row, name)), None) for name in names}
    return {name: getattr(row, name) for name, row in having.items() if row is not None}


def check(
    code: str,
    *,
    title: str,
    message: str,
    why: str,
    fix: str,
    reads: Mapping[type[Any], str],
    severity: Severity = Severity.ERROR,
    can_lack: tuple[type[Any], ...] = (),
    may_read: Mapping[type[Any], str] | None = None,
    ties: Mapping[type[Any], str] | None = None,
    at_worst: Severity | None = None,
) -> Callable[[Test], Test]:
    """Register a check. `reads` gives, for each row type, the names of the fields it looks at, with
    blanks between them; a field or sheet that is not in the workbook leaves the check 未核对, except
    the sheets it `can_lack`. What it `may_read` it looks at only where the workbook has it. `ties` lets it look
    again at nothing but the rows an edit can bear on. A check of hints that may find worse says so (`at_worst`).

    Raises ValueError for a code used twice or a field that is not declared.
    """
    named, optional = _named(code, reads), _named(code, may_read) if may_read else {}
    if code in CHECKS:
        raise ValueError(f"{code} is used twice")

    def register(test: Test) -> Test:
        tied, worst = ties or {}, at_worst or severity
        CHECKS[code] = Check(code, title, message, why, fix, severity, named, test, can_lack, optional, tied, worst)
        return test

    return register


def _named(code: str, reads: Mapping[type[Any], str]) -> dict[type[Any], tuple[str, ...]]:
    named = {}
    for row_type, fields in reads.items():
        declared = SHEETS[row_type].by_name
        try:
            # The declared names themselves: of so many checks a copy of each takes a hundred KB.
            named[row_type] = tuple([declared[name].name for name in fields.split()])
        except KeyError as strange:
            raise ValueError(f"{code}: {row_type.__name__} has no {strange}") from None
    return named


def found(at: Cell, *see_also: Cell, severity: Severity | None = None, **facts: Any) -> Found:
    """A finding at one cell, with the other cells it disagrees with and the facts of its message that are not
    simply fields of the rows of these cells.
    """
    return Found(at, see_also, facts, severity)


def folded(rows: Iterable[Row], field: str) -> list[Cell]:
    """The cells of rows with one cause, in line order: the first is to be blamed, the rest shown beside it."""
    lines = sorted(rows, key=lambda row: row.line)
    return [cell(row, field) for row in lines[:MOST_SHOWN]]
