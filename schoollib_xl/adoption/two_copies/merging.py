"""Two copies of one workbook, edited apart, put together sheet by sheet and row by row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from schoollib_xl.adoption.fresh_numbers import following
from schoollib_xl.adoption.settings.school_settings import school_of
from schoollib_xl.adoption.two_copies.merged_rows import Key, MergedRow, RawText, is_edited, only_ones, read_rows
from schoollib_xl.checks.explanations import with_standard_name
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import DeclaredSheet
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow, MappingRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.sheets.building.totals import RunningTotal, agreeing_lines, running_totals

# What tells two records that got the same number on two computers from one record that was changed.
_ABOUT: Mapping[type[Any], tuple[str, ...]] = {
    LoanRow: ("lent_on", "reader_no", "accession_no"),
    CompensationRow: ("registered_on", "reader_no", "accession_no"),
    PeriodicalRow: ("title", "starts_on"),
    AccessionRow: ("title",),
    SummaryRow: ("registered_on", "flow", "source"),
    ReaderRow: ("name",),
}
# Nothing refers to these numbers, so the second record can have another one.
_RENUMBERED = (LoanRow, CompensationRow, PeriodicalRow)


class Side(Enum):
    """Whose copy something comes from."""

    A = "甲"
    B = "乙"


class Difference(Enum):
    """What was found when the two copies were laid side by side."""

    ADDED = "新增"
    CHANGED = "改动"
    REMOVED = "去掉"
    CONFLICT = "冲突"
    RENUMBERED = "重新编号"


class MergedDifference(NamedTuple):
    """One difference: the sheet, the row's own number, the field, what each side says and what was taken."""

    kind: Difference
    sheet: DeclaredSheet
    key: str
    header: str
    a: Any
    b: Any
    taken: str


@dataclass
class Merged:
    """The merged set of ledgers, the cells written just as they stood, and every difference there was."""

    ledger_set: LedgerSet = field(default_factory=LedgerSet)
    raw: list[tuple[type[Any], int, str, str]] = field(default_factory=list)
    entries: list[MergedDifference] = field(default_factory=list)

    @property
    def conflicts(self) -> list[MergedDifference]:
        """The differences nobody but the librarian can settle."""
        return [entry for entry in self.entries if entry.kind is Difference.CONFLICT]


def merge(a: Library, b: Library, base: Library | None = None) -> Merged:
    """Everything either copy says. Without the copy they both came from, a row that only one of them has counts
    as added, and a cell that only one of them has filled as changed. Where both say something else, A is kept.
    The sheets have their standard names, as written: no line of 账册对照 is left, and 差异说明 names them so.
    """
    merged = Merged()
    rows: dict[type[Any], list[Any]] = {}
    for sheet in (one for one in ALL_SHEETS if one.row_type is not MappingRow):
        together = _SheetMerge(sheet, a, b, base, merged.entries).rows()
        rows[sheet.row_type] = list(_written(sheet, together, merged.raw))
    rows[ExplanationRow] = [with_standard_name(row, a, b) for row in rows[ExplanationRow]]
    school = school_of(rows[SettingRow]) if rows[SettingRow] else a.school
    merged.ledger_set = LedgerSet(school, {row_type: found for row_type, found in rows.items() if found})
    return merged


def _written(
    sheet: DeclaredSheet, rows: Iterable[MergedRow], raw: list[tuple[type[Any], int, str, str]]
) -> Iterator[Any]:
    for line, row in enumerate(rows, 2):
        texts = {name: value for name, value in row.values.items() if isinstance(value, RawText)}
        raw += [(sheet.row_type, line, name, value.text) for name, value in texts.items()]
        yield sheet.row_type(line=line, **(row.values | dict.fromkeys(texts)))


class _SheetMerge:
    def __init__(
        self, sheet: DeclaredSheet, a: Library, b: Library, base: Library | None, entries: list[MergedDifference]
    ) -> None:
        self._sheet = sheet
        self._entries = entries
        self._totals = {total.field: total for total in running_totals(sheet.row_type)}
        self._agreeing = {
            (side, name): agreeing_lines(total, library[sheet.row_type].rows)
            for side, library in ((Side.A, a), (Side.B, b))
            for name, total in self._totals.items()
        }
        self._a, self._b = self._keyed(a), self._keyed(b)
        self._base = self._keyed(base) if base else None

    def rows(self) -> list[MergedRow]:
        """The rows of A in their order, then what B has besides."""
        self._renumber()
        self._pair_edited()
        found = [(Side.A, row) for key in self._a if (row := self._together(key)) is not None]
        only_theirs = [key for key in self._b if key not in self._a]
        found += [(Side.B, row) for key in only_theirs if (row := self._only(Side.B, key)) is not None]
        for total in self._totals.values():
            self._sum_again(total, found)
        return [row for _, row in found]

    def _sum_again(self, total: RunningTotal, rows: Sequence[tuple[Side, MergedRow]]) -> None:
        """Sum what one book summed rightly, or has not calculated, over the rows of both; what was wrong stays wrong,
        for the checks to name.
        """
        running: int | Decimal = 0
        for side, row in rows:
            if any(isinstance(row.values[name], RawText) for name in total.takes) or not self._is_whole(row):
                return
            running += total.step(self._sheet.row_type(line=row.line, **row.values))
            if row.values[total.field] is None or row.line in self._agreeing[side, total.field]:
                row.values[total.field] = running

    def _is_whole(self, row: MergedRow) -> bool:
        return all(row.values[field.name] is not None for field in self._sheet.fields if not field.nullable)

    def _keyed(self, library: Library) -> dict[Key, MergedRow]:
        """Rows by what names them; of several with one name the second is another than the first."""
        seen: Counter[Key] = Counter()
        keyed: dict[Key, MergedRow] = {}
        for row in read_rows(library, self._sheet, self._totals):
            name = self._name(row)
            seen[name] += 1
            keyed[*name, seen[name]] = row
        return keyed

    def _name(self, row: MergedRow) -> Key:
        key = row.values[self._sheet.key]
        if self._sheet.key_is_unique and key is not None:
            return (key,)
        return tuple(value for name, value in row.values.items() if name not in self._totals)

    def _pair_edited(self) -> None:
        """Where rows have no number of their own: the only one that each side has under one name and day is one row,
        edited.
        """
        if self._sheet.key_is_unique:
            return
        mine, theirs = only_ones(self._sheet, self._a), only_ones(self._sheet, self._b)
        for name in mine.keys() & theirs.keys():
            if mine[name] not in self._b and theirs[name] not in self._a:
                self._pair(mine[name], theirs[name])

    def _pair(self, mine: Key, theirs: Key) -> None:
        if not is_edited(self._sheet, self._totals, self._a[mine].values, self._b[theirs].values):
            return
        self._b[mine] = self._b.pop(theirs)
        if self._base is not None and mine not in self._base and theirs in self._base:
            self._base[mine] = self._base[theirs]

    def _together(self, key: Key) -> MergedRow | None:
        if key not in self._b:
            return self._only(Side.A, key)
        a, b = self._a[key], self._b[key]
        if a.values == b.values:
            return a
        if not self._is_same(key):
            said = self._as_sides(Side.A, a)[0], self._as_sides(Side.B, b)[1]
            self._note(Difference.CONFLICT, a, "", *said, "一个号记了两样，照甲的，乙的没有用")
            return a
        return a._replace(values={name: self._value(key, name) for name in a.values})

    def _value(self, key: Key, name: str) -> Any:
        """What one cell says in the merged book."""
        a, b = self._a[key].values[name], self._b[key].values[name]
        if a == b:
            return a
        if name in self._totals:
            return b if a is None else a
        side = self._changed_by(key, name, a, b)
        taken = a if side in (None, Side.A) else b
        kind = Difference.CONFLICT if side is None else Difference.CHANGED
        said = f"照{(side or Side.A).value}的"
        self._note(kind, self._a[key], name, a, b, said if side else f"{said}，乙的没有用")
        return taken

    def _changed_by(self, key: Key, name: str, a: Any, b: Any) -> Side | None:
        """Who changed the cell; None where both did, or where it cannot be told."""
        before = self._base.get(key) if self._base is not None else None
        if before is not None:
            if a == before.values[name]:
                return Side.B
            return Side.A if b == before.values[name] else None
        if a is None:
            return Side.B
        return Side.A if b is None else None

    def _only(self, side: Side, key: Key) -> MergedRow | None:
        """A row that only one side has: added there, or removed on the other."""
        row = (self._a if side is Side.A else self._b)[key]
        before = self._base.get(key) if self._base is not None else None
        if before is None:
            self._note(Difference.ADDED, row, "", *self._as_sides(side, row), f"{side.value}有，收下")
            return row
        if before.values == row.values:
            self._note(Difference.REMOVED, row, "", *self._as_sides(side, row), "另一份里没有了，去掉")
            return None
        self._note(Difference.CONFLICT, row, "", *self._as_sides(side, row), "一份改了、一份去掉，留着")
        return row

    def _as_sides(self, side: Side, row: MergedRow) -> tuple[Any, Any]:
        text = " | ".join(str(value) for value in row.values.values() if value is not None)
        return (text, None) if side is Side.A else (None, text)

    def _note(self, kind: Difference, row: MergedRow, name: str, a: Any, b: Any, taken: str) -> None:
        key = row.values[self._sheet.key]
        header = self._sheet.by_name[name].header if name else ""
        self._entries.append(MergedDifference(kind, self._sheet, "" if key is None else str(key), header, a, b, taken))

    def _renumber(self) -> None:
        """Give B's rows that only share a number with one of A's another number."""
        if self._sheet.row_type not in _RENUMBERED:
            return
        clashing = [key for key in self._b if key in self._a and not self._is_same(key)]
        used = {row.values[self._sheet.key] for row in (*self._a.values(), *self._b.values())}
        fresh = following(filter(None, used), used, "")
        for key in clashing:
            row = self._b.pop(key)
            number = next(fresh)
            self._note(Difference.RENUMBERED, row, self._sheet.key, key[0], number, f"乙的改成 {number}，另是一笔")
            self._b[number, 1] = row._replace(values=row.values | {self._sheet.key: number})

    def _is_same(self, key: Key) -> bool:
        """Whether the rows of this number are one and the same, whoever changed it."""
        if self._base is not None and key in self._base:
            return True
        about = _ABOUT.get(self._sheet.row_type, ())
        return all(self._a[key].values[name] == self._b[key].values[name] for name in about)
