"""What was read of a workbook, kept for when the workbook has been saved again: all of a sheet, or all but the few rows
that were edited since.
"""

from collections.abc import Mapping
from operator import is_not
from typing import TYPE_CHECKING, Any, NamedTuple

from schoollib_xl.ledgers.schema import LINES_PER_SHEET
from schoollib_xl.sheets.opening.workbook import OpenedWorkbook
from schoollib_xl.sheets.reading.rows import PartRead, PartReader

if TYPE_CHECKING:
    from schoollib_xl.sheets.opening.imprint import Imprint
    from schoollib_xl.sheets.opening.zip_entry import PackedPart


class Former(NamedTuple):
    """What a sheet held before it was edited, and the part of the file it was read from."""

    value: Any
    part: "PackedPart"


class Memory:
    """What the sheets of one workbook held when it was last read, by how each was read; what was not asked for in
    a reading is forgotten with the next.
    """

    def __init__(self) -> None:
        self._imprint: Imprint | None = None
        self._before: dict[str, list[tuple[Any, Any]]] = {}
        self._edited: dict[str, list[tuple[Any, Any]]] = {}
        self._former: Mapping[str, PackedPart] = {}
        self._now: dict[str, list[tuple[Any, Any]]] = {}

    def turn_to(self, opened: OpenedWorkbook) -> None:
        """Begin another reading: forget every sheet that is not exactly as it was. Raises Unusable."""
        imprint = opened.imprint()
        unchanged, self._former = imprint.since(self._imprint) if imprint and self._imprint else (frozenset[str](), {})
        self._before = {sheet: kept for sheet, kept in self._now.items() if sheet in unchanged}
        self._edited = {sheet: kept for sheet, kept in self._now.items() if sheet in self._former}
        self._now, self._imprint = {}, imprint

    def find(self, sheet: str, how: object) -> Any:
        """What the sheet held when it was last read in this way; None where that is not known any more."""
        for known, value in self._before.get(sheet, ()):
            if known == how:
                self.keep(sheet, how, value)
                return value
        return None

    def find_former(self, sheet: str, how: object) -> Former | None:
        """What a sheet that was edited since held when it was last read in this way."""
        values = (value for known, value in self._edited.get(sheet, ()) if known == how)
        return next((Former(value, self._former[sheet]) for value in values), None)

    def keep(self, sheet: str, how: object, value: Any) -> None:
        """Remember what the sheet holds, read in this way."""
        self._now.setdefault(sheet, []).append((how, value))


def remembered(opened: OpenedWorkbook, memory: Memory, sheet: str, how: object, reader: PartReader) -> PartRead | None:
    """What the sheet holds now, by what it held when it was last read in this way; None where that does not tell.
    Raises Unusable.
    """
    known: PartRead | None = memory.find(sheet, how)
    former = None if known else memory.find_former(sheet, how)
    edited = opened.edited_rows(sheet, former.part) if former else None
    if former is None or edited is None:
        return known
    before: PartRead = former.value
    base = before.rows[0].line // LINES_PER_SHEET * LINES_PER_SHEET if before.rows else 0
    entries = reader.entries(before, [*edited.values()], [base + row for row in edited]) if edited else []
    read = None if entries is None else _with_entries(before, entries)
    if read:
        memory.keep(sheet, how, read)
    return read


def _with_entries(before: PartRead, entries: list[Any]) -> PartRead | None:
    """The sheet with these entries on their lines; None where what stood there was no entry without a flaw."""
    now = {entry.line: entry for entry in entries}
    rows = [now.get(row.line, row) for row in before.rows]
    were_entries = sum(map(is_not, rows, before.rows)) == len(now)
    had_flaws = any(cell.line in now for cell in before.flaws)
    return before._replace(rows=rows, columns={}) if were_entries and not had_flaws else None
