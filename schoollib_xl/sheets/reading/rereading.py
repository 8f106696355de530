"""What is known of a sheet that was read before: all of it, or all but the few rows that were edited since."""

from operator import is_not
from typing import Any

from schoollib_xl.ledgers.schema import LINES_PER_SHEET
from schoollib_xl.sheets.opening.workbook import OpenedWorkbook
from schoollib_xl.sheets.reading.memory import Memory
from schoollib_xl.sheets.reading.rows import PartRead, PartReader


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
