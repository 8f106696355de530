"""Entries of the desk as steps: the cells of the ledgers that they write, and what stood there."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from schoollib_xl.desk.decision import Changed, Entry, NewRow
from schoollib_xl.desk.replay import Replayed
from schoollib_xl.excel.refusal import Refused
from schoollib_xl.excel.steps import GrowTable, Say, Show, Step, Value, Write
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.wording.desk_journal import taken_over
from schoollib_xl.wording.findings import address


class LedgerEdit(NamedTuple):
    """One ledger cell that an entry writes, and what stood there."""

    sheet: str
    cell: str
    was: Value
    becomes: Value


def edits_of(library: Library, entries: Iterable[Entry]) -> list[LedgerEdit]:
    """The cells that the entries write: those their sheets have a column for. Raises Refused where there is no such
    sheet.
    """
    return [edit for entry in entries for edit in _edits(library, entry)]


def written(library: Library, entries: Iterable[Entry], edits: Iterable[LedgerEdit]) -> Iterator[Step]:
    """The steps that write them; an Excel table takes its new rows in."""
    for entry in entries:
        if isinstance(entry, NewRow):
            part, row = library[type(entry.row)].place(entry.row.line)
            yield GrowTable(part.sheet_name, row)
    yield from (Write(edit.sheet, edit.cell, ((edit.becomes,),)) for edit in edits)


def _edits(library: Library, entry: Entry) -> Iterator[LedgerEdit]:
    row = entry.row
    table = library[type(row)]
    if not table.present:
        raise Refused(f"工作簿里没有“{table.declared.name}”，这一笔没有记；先补上这张表。")
    columns = table.place(row.line)[0].columns
    values: Mapping[str, Any] = entry.values if isinstance(entry, Changed) else _filled(row)
    for field, value in values.items():
        if field in columns:
            at = address(library, Cell(type(row), row.line, field))
            was = _value(getattr(row, field)) if isinstance(entry, Changed) else None
            yield LedgerEdit(at.sheet, at.a1, was, _value(value))


def _filled(row: Any) -> dict[str, Any]:
    fields = SHEETS[type(row)].fields
    values = {field.name: getattr(row, field.name) for field in fields}
    return {name: value for name, value in values.items() if value is not None}


def _value(value: Any) -> Value:
    """A value of a row as a cell takes it."""
    if isinstance(value, Enum):
        return str(value.value)
    taken: Value = float(value) if isinstance(value, Decimal) else value
    return taken


def take_over(replayed: Replayed) -> Iterator[Step]:
    """The steps that write what is still to be copied, and a sentence. Raises Refused where a ledger is missing."""
    base = replayed.base
    new = [NewRow(row) for row in (*replayed.loans, *replayed.incidents)]
    entries: list[Entry] = [*replayed.changes(), *new]
    edits = edits_of(base, entries)
    yield from written(base, entries, edits)
    if edits:
        yield Show(edits[-1].sheet, edits[-1].cell)
    yield Say(taken_over(len(replayed.waiting), len(replayed.misfits)))
