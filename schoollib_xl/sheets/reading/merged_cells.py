"""Cells merged over several rows of a ledger: what one cell says for all of them, put into each."""

from collections.abc import Sequence

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.parts import Part
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, DeclaredSheet, Field, Kind, header_of
from schoollib_xl.sheets.cells import CellValue, Grid, Merge, MergedFigure
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.tidy import shown

# What several rows have in common: a class, a day, a word. A number is more likely the sum of them all.
_SHARED = frozenset({Kind.TEXT, Kind.IDENTIFIER, Kind.DATE, Kind.TIME, Kind.CHOICE})
# Below 单价 stands the price of each.
_EACH = header_of(AccessionRow, "price")


class MergedCells:
    """The merges of one Excel sheet of a ledger; told its rows in order, some at a time."""

    def __init__(self, declared: DeclaredSheet, merges: Sequence[Merge], header_row: int) -> None:
        self._declared = declared
        self._merges = [merge for merge in merges if merge.first > header_row]
        self._values: dict[Merge, CellValue] = {}

    def put_into(self, rows: Grid, first: int, part: Part) -> None:
        """Write into the rows, the first of them on line `first`, what the merged cells say for them. A number that
        may be one of several rows together is written as that.
        """
        start = first % LINES_PER_SHEET
        within = [one for one in self._merges if one.first < start + len(rows) and one.last >= start]
        covered = {(row, one.column) for one in within for row in range(max(one.first, start), _end(one, start, rows))}
        for one in within:
            columns = part.at(one.first).columns
            field = next((self._declared.by_name[name] for name, at in columns.items() if at == one.column), None)
            own = [at for at in columns.values() if at != columns.get(self._declared.key)]
            if field:
                entries = [
                    rows[row - start]
                    for row in range(max(one.first, start), _end(one, start, rows))
                    if any(_filled(rows[row - start], at) for at in own if (row, at) not in covered)
                ]
                self._put(one, field, entries, rows[one.first - start] if one.first >= start else None)

    def _put(self, one: Merge, field: Field, entries: Grid, origin: list[CellValue] | None) -> None:
        if origin is not None:
            value = origin[one.column - 1] if _filled(origin, one.column) else ""
            is_shared = (field.kind in _SHARED and not field.column.unique) or field.header == _EACH
            is_alone = all(row is origin for row in entries)
            self._values[one] = value if value == "" or is_shared or is_alone else MergedFigure(shown(value))
        value = self._values.get(one, "")
        for row in entries if value != "" else ():
            row += [""] * (one.column - len(row))
            if row is origin or is_blank([row[one.column - 1]]):
                row[one.column - 1] = value


def _end(one: Merge, start: int, rows: Grid) -> int:
    return min(one.last + 1, start + len(rows))


def _filled(row: Sequence[CellValue], column: int) -> bool:
    return column <= len(row) and not is_blank([row[column - 1]])
