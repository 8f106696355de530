"""A sheet as it was read: its sound rows, its incomplete rows, its flawed cells and where everything stands."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property
from itertools import compress
from operator import attrgetter, is_, is_not
from typing import Any, NamedTuple

from schoollib_xl.ledgers.columns import Columnar
from schoollib_xl.ledgers.parts import Part, columns_there
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, DeclaredSheet, R

# What of a table is worked out from its flaws, its incomplete rows and its parts alone.
_OF_FLAWS = frozenset({"lacking", "unreadable", "unread_lines", "incomplete_lines", "_incomplete_at", "missing"})
# More rows than this are no longer told apart from a sheet that was written anew: to look at all is as quick.
_FEW = 200


class Flaw(Enum):
    """What is wrong with a cell, as found while reading."""

    BLANK = auto()
    ERROR_VALUE = auto()
    UNCALCULATED = auto()
    NOT_A_NUMBER = auto()
    NOT_WHOLE = auto()
    NOT_A_DATE = auto()
    NOT_A_TIME = auto()
    NOT_IN_LIST = auto()
    OUT_OF_RANGE = auto()
    DIGITS_LOST = auto()
    MERGED = auto()
    # The five below were understood all the same: the value was taken, the cell is still worth mending.
    TEXT_NUMBER = auto()
    TEXT_DATE = auto()
    ZEROS_LOST = auto()
    DATE_FOR_TEXT = auto()
    HIDDEN_SIGNS = auto()
    # In 账册对照: what is called standard there and is not; a name of her own that nothing bears, or that stands for
    # another column already. The text stands.
    NO_SUCH_NAME = auto()
    NO_SUCH_OWN_NAME = auto()
    NAMED_TWICE = auto()

    def __init__(self, _: int) -> None:
        # Whether the value could be taken in spite of the flaw; asked of every flawed cell, so it is no property.
        self.understood = False


for _flaw in (
    Flaw.TEXT_NUMBER,
    Flaw.TEXT_DATE,
    Flaw.ZEROS_LOST,
    Flaw.DATE_FOR_TEXT,
    Flaw.HIDDEN_SIGNS,
    Flaw.NO_SUCH_NAME,
    Flaw.NO_SUCH_OWN_NAME,
    Flaw.NAMED_TWICE,
):
    _flaw.understood = True


class FlawedCell(NamedTuple):
    """One flawed cell: where, what, the text as it stands, and the value taken (None if not understood)."""

    line: int
    field: str
    flaw: Flaw
    text: str
    taken: Any = None


class Oddity(Enum):
    """What is wrong with a sheet itself."""

    MISSING_SHEET = auto()
    DOUBLED_SHEET = auto()
    UNREAD_LEDGER = auto()
    NAMED_OTHERWISE = auto()
    UNREAD_RECORDS = auto()
    UNKNOWN_SHEET = auto()
    INCOMPLETE_PART = auto()
    HEADERLESS_PART = auto()
    NO_HEADER = auto()
    MISSING_COLUMN = auto()
    DOUBLED_COLUMN = auto()
    BLANK_ROW = auto()
    SUBTOTAL_ROW = auto()
    WRONG_TOTAL = auto()
    REPEATED_HEADER = auto()
    REORDERED_HEADER = auto()
    UNREAD_BELOW = auto()
    CLOSING_LINE = auto()


_LEFT_OVER = frozenset(
    {Oddity.UNREAD_LEDGER, Oddity.UNREAD_RECORDS, Oddity.INCOMPLETE_PART, Oddity.HEADERLESS_PART, Oddity.UNREAD_BELOW}
)


class OddPlace(NamedTuple):
    """One oddity: what, on which line (0 = the sheet), the header or sheet name it is about, and what that lacks."""

    oddity: Oddity
    line: int = 0
    name: str = ""
    lacks: tuple[str, ...] = ()


class IncompleteRow(NamedTuple):
    """A line that lacks a value its ledger cannot do without; `values` holds what could be read."""

    line: int
    values: dict[str, Any]


class LedgerTable(Columnar[R]):
    """Everything read from the sheet or sheets of one ledger. Iterates over the sound rows, by line."""

    def __init__(
        self,
        declared: DeclaredSheet,
        rows: Sequence[R] = (),
        incomplete: Sequence[IncompleteRow] = (),
        flaws: Sequence[FlawedCell] = (),
        oddities: Sequence[OddPlace] = (),
        parts: Sequence[Part] = (),
    ) -> None:
        self.declared, self.rows, self.incomplete = declared, rows, incomplete
        self.flaws, self.oddities, self.parts = flaws, oddities, parts

    def changed(self, **read: Any) -> "LedgerTable[R]":
        """The table where of its rows, incomplete rows, flaws, oddities or parts these were read instead."""
        names = ("declared", "rows", "incomplete", "flaws", "oddities", "parts")
        table: LedgerTable[R] = LedgerTable(**{name: read.get(name, getattr(self, name)) for name in names})
        if read.keys() == {"rows"}:
            # What is known of the flawed cells, of which there may be a hundred thousand, rests on no sound row.
            table.__dict__.update((name, self.__dict__[name]) for name in _OF_FLAWS & self.__dict__.keys())
        return table

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def __len__(self) -> int:
        """Lines with anything in them, sound or incomplete."""
        return len(self.rows) + len(self.incomplete)

    @property
    def present(self) -> bool:
        return bool(self.parts)

    @property
    def is_blank(self) -> bool:
        """Whether the sheet is there and nothing stands in it; of one without a header nobody can tell."""
        return self.present and not len(self) and self.has(self.declared.key)

    @property
    def left_over(self) -> tuple[str, ...]:
        """The Excel sheets that were not read although the ledger seems to go on in them."""
        return tuple(odd.name for odd in self.oddities if odd.oddity in _LEFT_OVER)

    def has(self, *names: str) -> bool:
        """Whether the ledger has the columns of these fields: on every sheet, or on one those that may be blank."""
        return self._columns.issuperset(names)

    @cached_property
    def _columns(self) -> frozenset[str]:
        return columns_there(self.declared, self.parts)

    def beyond(self, name: str) -> tuple[int, ...]:
        """The lines of the sheets that do not have the column of this field, which another one has."""
        return self._beyond.get(name, ())

    @cached_property
    def _beyond(self) -> Mapping[str, tuple[int, ...]]:
        absent = [self._columns.difference(part.columns) for part in self.parts]
        lines: dict[str, list[int]] = defaultdict(list)
        if any(absent):
            for line in sorted([*(row.line for row in self.rows), *(row.line for row in self.incomplete)]):
                for name in absent[line // LINES_PER_SHEET]:
                    lines[name].append(line)
        return {name: tuple(found) for name, found in lines.items()}

    def is_same(self, other: "LedgerTable[Any]") -> bool:
        """Whether both hold the very rows and cells that were read once; equal ones read twice are not the same."""
        pairs = [(getattr(self, name), getattr(other, name)) for name in ("rows", "incomplete", "flaws", "parts")]
        if list(self.oddities) != list(other.oddities):
            return False
        return all(len(mine) == len(theirs) and all(map(is_, mine, theirs)) for mine, theirs in pairs)

    def edited_since(self, before: "LedgerTable[R]") -> list[R] | None:
        """The rows whose values differ from those of an earlier reading, as they were and as they are; None where more
        was changed than the values of a few rows.
        """
        besides = [
            list(map(list, (table.incomplete, table.flaws, table.oddities, table.parts))) for table in (self, before)
        ]
        if besides[0] != besides[1] or len(self.rows) != len(before.rows):
            return None
        others = compress(zip(before.rows, self.rows, strict=True), map(is_not, before.rows, self.rows))
        pairs = [(old, new) for old, new in others if old != new]
        if len(pairs) > _FEW or any(old.line != new.line for old, new in pairs):
            return None
        return [row for pair in pairs for row in pair]

    @cached_property
    def lacking(self) -> Mapping[str, frozenset[int]]:
        """By field that every row must say, or that names a choice, the lines where it could not be read: a word nobody
        knows is not the choice that a blank stands for. By any field, those on a sheet that lacks its column.
        """
        lines: dict[str, set[int]] = defaultdict(set)
        for cell in self.flaws:
            field = self.declared.by_name[cell.field]
            if not cell.flaw.understood and (field.required or field.choices):
                lines[cell.field].add(cell.line)
        for row in self.incomplete:
            for name in self.missing[row.line // LINES_PER_SHEET]:
                lines[name].add(row.line)
        for name, beyond in self._beyond.items():
            lines[name].update(beyond)
        return {name: frozenset(found) for name, found in lines.items()}

    @cached_property
    def missing(self) -> list[tuple[str, ...]]:
        """By part, the fields no row can do without whose column is not there."""
        return [self.declared.missing_from(part.columns) for part in self.parts] or [()]

    def seen_by(self, names: Collection[str]) -> "LedgerTable[R]":
        """The table for somebody who looks at these fields only: a line is whole to him where these are read,
        whatever else it lacks, and incomplete where one of them is not.
        """
        looked_at = frozenset(self.lacking.keys() & set(names))
        if looked_at not in self._seen:
            self._seen[looked_at] = self._without(looked_at)
        return self if (seen := self._seen[looked_at]) is None else seen

    @cached_property
    def _seen(self) -> "dict[frozenset[str], LedgerTable[R] | None]":
        return {}

    def _without(self, looked_at: frozenset[str]) -> "LedgerTable[R] | None":
        """The table without what the blanks in these fields concern; None where they concern nothing."""
        hidden = frozenset[int]().union(*(self.lacking[name] for name in looked_at))
        whole = frozenset[int]().union(*self.lacking.values()) - hidden
        entire = [row for row in self.incomplete if row.line in whole]
        partly: list[Any] = [row for row in self.rows if row.line in hidden]
        if not entire and not partly:
            return None
        make, fields = self.declared.row_type, [field.name for field in self.declared.fields]
        rows = [row for row in self.rows if row.line not in hidden]
        rows += [make(line=row.line, **{name: row.values.get(name) for name in fields}) for row in entire]
        incomplete = [row for row in self.incomplete if row.line not in whole]
        incomplete += [IncompleteRow(row.line, row._asdict()) for row in partly]
        by_line = attrgetter("line")
        return self.changed(rows=sorted(rows, key=by_line), incomplete=sorted(incomplete, key=by_line))

    @cached_property
    def unreadable(self) -> frozenset[tuple[int, str]]:
        """(line, field) of every cell whose value could not be taken."""
        return frozenset((cell.line, cell.field) for cell in self.flaws if not cell.flaw.understood)

    @cached_property
    def unread_lines(self) -> Mapping[str, tuple[int, ...]]:
        """By field, the lines where its value could not be taken, in order."""
        lines: dict[str, set[int]] = defaultdict(set)
        for cell in self.flaws:
            if not cell.flaw.understood:
                lines[cell.field].add(cell.line)
        return {name: tuple(sorted(found)) for name, found in lines.items()}

    def all_say(self, name: str) -> bool:
        """Whether every incomplete line still says this field, so that none of them can be about just any row."""
        return all(row.values.get(name) for row in self.incomplete)

    @cached_property
    def incomplete_lines(self) -> frozenset[int]:
        return frozenset(row.line for row in self.incomplete)

    def place(self, line: int) -> tuple[Part, int]:
        """The Excel sheet a line stands on and its row number there; line 0 is the first sheet's header."""
        index, row = divmod(line, LINES_PER_SHEET)
        part = self.parts[index]
        return part.at(row), row or part.header_row

    def row_at(self, line: int) -> R | IncompleteRow | None:
        """The row on this line, sound or incomplete."""
        return self.sound_at(line) or self._incomplete_at.get(line)

    def sound_at(self, line: int) -> R | None:
        """The sound row on this line."""
        index = bisect_left(self.rows, line, key=lambda row: row.line)
        return self.rows[index] if index < len(self.rows) and self.rows[index].line == line else None

    @cached_property
    def _incomplete_at(self) -> dict[int, IncompleteRow]:
        return {row.line: row for row in reversed(self.incomplete)}
