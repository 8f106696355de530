"""Sheets that nobody knows and that go on where a ledger ends, for all that they lack columns of it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from schoollib_xl.ledgers.schema import SHEETS, Field, Group
from schoollib_xl.ledgers.supporting.office import MappingRow
from schoollib_xl.ledgers.table import LedgerTable, Oddity
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.headerless import LeftOver
from schoollib_xl.sheets.reading.recognising import Names, almost_only_its, missing_columns
from schoollib_xl.sheets.reading.tidy import tidy

_FEWEST_ROWS = 3
# What has the numbers of copies and one more column that a ledger asks for is about books of the school.
_MOST_LACKING = 2


class _Continued(NamedTuple):
    """The ledger that a sheet goes on with, and the headers it lacks."""

    ledger: str
    lacks: tuple[str, ...]


def with_other_entries(
    left_over: LeftOver, tables: Iterable[LedgerTable[Any]], top: Callable[[str], Grid], names: Names, width: int
) -> LeftOver:
    """What is to be said of the sheets left over, where one that nobody knows has nearly all columns of a ledger, and
    most of its rows do not stand in that ledger: what was copied out for some use stands there too.
    """
    ledgers = [table for table in tables if table.declared.group is Group.LEDGER]
    said = {name: [*odds] for name, odds in left_over.items()}
    unknown = SHEETS[MappingRow].name
    for odd in left_over.get(unknown, ()):
        rows = top(odd.name) if odd.oddity is Oddity.UNKNOWN_SHEET else []
        found = (_continued(rows, table, names, width) for table in ledgers)
        if continued := next(filter(None, found), None):
            said[unknown].remove(odd)
            told = odd._replace(oddity=Oddity.INCOMPLETE_PART, lacks=continued.lacks)
            said.setdefault(continued.ledger, []).append(told)
    return said


def _continued(top: Grid, table: LedgerTable[Any], names: Names, width: int) -> _Continued | None:
    declared = table.declared
    header = almost_only_its(top, declared, names)
    lacks = missing_columns(top, declared, names) if header else None
    if header is None or not lacks:
        return None
    fields = [field for field in declared.fields if field.required and field.name in header.columns]
    if len(lacks) > (_MOST_LACKING if any(field.is_accession_no for field in fields) else 1):
        return None
    # A number names its row, whatever else was written otherwise.
    named = [field for field in fields if field.name == declared.key] or fields
    rows = [row for row in top[header.row :] if not is_blank([*row])]
    known = {tuple(getattr(row, field.name) for field in named) for row in table}
    known |= {tuple(row.values.get(field.name) for field in named) for row in table.incomplete}
    new = sum(_said(row, named, header.columns, width) not in known for row in rows)
    is_new = len(rows) >= _FEWEST_ROWS and 2 * new > len(rows)
    return _Continued(declared.name, tuple(lacks)) if is_new else None


def _said(row: Sequence[CellValue], fields: Sequence[Field], columns: dict[str, int], width: int) -> tuple[Any, ...]:
    at = [columns[field.name] - 1 for field in fields]
    return tuple(tidy(row[i], field, width) if i < len(row) else None for i, field in zip(at, fields, strict=True))
