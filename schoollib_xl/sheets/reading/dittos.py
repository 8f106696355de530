"""Marks that stand for what the cell above says, as in a paper ledger: 〃, 同上."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

from schoollib_xl.ledgers.schema import LINES_PER_SHEET, Field, Kind
from schoollib_xl.ledgers.table import Flaw, IncompleteRow, LedgerTable

DITTO_MARKS = frozenset(
    {
        "〃",
        "〃〃",
        "·〃·",
        "-〃-",
        "—〃—",
        "″",
        "同上",
        "同前",
        "“",
        "”",
        "“”",
        '"',
        '-"-',
        '—"—',
        "＂",
        "''",
        "‘’",
        "’’",
    }
    | {"、、", "々", "ditto"}
)


def with_dittos(tables: Iterable[LedgerTable[Any]]) -> Iterator[LedgerTable[Any]]:
    """The tables, every mark in the sound rows written out; one with nothing above it stays as it is written."""
    for table in tables:
        named = [field.name for field in table.declared.fields if _may_repeat(field) and _repeats(table, field)]
        chosen = [cell for cell in table.flaws if cell.flaw is Flaw.NOT_IN_LIST and cell.text in DITTO_MARKS]
        marks = {(row.line, name) for name in named for row in table.among(name, DITTO_MARKS)}
        marks |= {(cell.line, cell.field) for cell in chosen if cell.line not in table.incomplete_lines}
        yield _written_out(table, marks) if marks else table


def _may_repeat(field: Field) -> bool:
    """Whether a column may say the same as above: neither what names the row nor a copy, of which there is one."""
    is_own = field.column.unique or field.is_accession_no
    return field.kind in (Kind.TEXT, Kind.IDENTIFIER) and not is_own


def _repeats(table: LedgerTable[Any], field: Field) -> bool:
    return not DITTO_MARKS.isdisjoint(table.column(field.name))


def _written_out(table: LedgerTable[Any], marks: set[tuple[int, str]]) -> LedgerTable[Any]:
    meant: dict[tuple[int, str], Any] = {}
    lines = sorted({line for line, _ in marks})
    above: dict[tuple[int, str], Any] = {}
    names = {name for _, name in marks}
    for row in sorted([*table.rows, *table.incomplete], key=attrgetter("line")):
        sheet = row.line // LINES_PER_SHEET
        for name in names:
            if (row.line, name) not in marks:
                above[sheet, name] = _said(row, name)
            elif above.get((sheet, name)) is not None:
                meant[row.line, name] = above[sheet, name]
    changed = {line: {name: meant[line, name] for name in names if (line, name) in meant} for line in lines}
    rows = [row._replace(**changed[row.line]) if row.line in changed else row for row in table.rows]
    return table.changed(rows=rows, flaws=[cell for cell in table.flaws if (cell.line, cell.field) not in meant])


def _said(row: Any, name: str) -> Any:
    return row.values.get(name) if isinstance(row, IncompleteRow) else getattr(row, name)
