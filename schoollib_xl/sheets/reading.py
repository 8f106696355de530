"""Grids into rows: every sheet of an opened workbook as a typed table."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, repeat
from typing import Any, NamedTuple

from schoollib_xl.ledgers.schema import LINES_PER_SHEET, Field, Sheet
from schoollib_xl.ledgers.table import FlawedCell, Oddity, OddPlace, Part, Table, Torn
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.furniture import Furniture, Line
from schoollib_xl.sheets.recognising import Header, Names, find_header
from schoollib_xl.sheets.tidy import Flawed, tidy


class _Tidied(dict[CellValue, Any]):
    """Each distinct value of a column, tidied once."""

    def __init__(self, make: Callable[[CellValue], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: CellValue) -> Any:
        made = self[value] = self._make(value)
        return made


class PartRead(NamedTuple):
    """What one Excel sheet of a ledger held."""

    part: Part
    rows: list[Any]
    torn: list[Torn]
    flaws: list[FlawedCell]
    oddities: list[OddPlace]


def join(declared: Sheet, parts: Sequence[PartRead], oddities: Iterable[OddPlace] = ()) -> Table[Any]:
    """The sheets of one ledger, in order, as one table; `oddities` are those found outside their cells."""
    return Table(
        declared,
        [row for read in parts for row in read.rows] if len(parts) != 1 else parts[0].rows,
        [torn for read in parts for torn in read.torn],
        [cell for read in parts for cell in read.flaws],
        [*oddities, *(odd for read in parts for odd in read.oddities)],
        [read.part for read in parts],
    )


class PartReader:
    """Reads the Excel sheets of one ledger; `width` is the school's 个别登记号位数."""

    def __init__(self, declared: Sheet, width: int, names: Names) -> None:
        self._declared = declared
        self._width = width
        self._names = names

    def read(self, sheet_name: str, grid: Grid, index: int = 0) -> PartRead:
        """Read one Excel sheet as part `index` of the ledger."""
        header = find_header(grid, self._declared, self._names) or Header(1, {}, ())
        base = index * LINES_PER_SHEET
        read = PartRead(Part(sheet_name, header.row, header.columns), [], [], [], [])
        read.oddities.extend(_header_oddities(self._declared, header, base))
        if header.columns:
            self._read_body(grid, header, base, read)
        return read

    def _read_body(self, grid: Grid, header: Header, base: int, read: PartRead) -> None:
        body = grid[header.row :]
        filled = [row.count("") < len(row) for row in body]
        lines = range(base + header.row + 1, base + header.row + 1 + len(body))
        kept, kept_lines = list(compress(body, filled)), list(compress(lines, filled))
        columns, flaws = self._columns(kept, kept_lines, header)
        read.rows.extend(map(self._declared.row_type._make, zip(kept_lines, *columns, strict=False)))
        read.flaws.extend(flaws)
        blank = [line for line, is_filled in zip(lines, filled, strict=True) if not is_filled]
        if any(not cell.flaw.understood for cell in flaws):
            blank += self._set_aside(read, dict(zip(kept_lines, kept, strict=True)))
        last = max((entry.line for entry in (*read.rows[-1:], *read.torn[-1:])), default=0)
        read.oddities.extend(OddPlace(Oddity.BLANK_ROW, line) for line in sorted(blank) if line < last)

    def _columns(
        self, rows: Grid, lines: Sequence[int], header: Header
    ) -> tuple[list[Iterable[Any]], list[FlawedCell]]:
        flaws: list[FlawedCell] = []
        columns: list[Iterable[Any]] = []
        for field in self._declared.fields:
            position = header.columns.get(field.name)
            if position is None:
                columns.append(repeat(None, len(rows)))
                continue
            values = self._column(rows, position - 1, field)
            flaws += _take_out_flaws(values, lines, field)
            columns.append(values)
        return columns, flaws

    def _column(self, rows: Grid, index: int, field: Field) -> list[Any]:
        cells: list[Any] = [row[index] if index < len(row) else "" for row in rows]
        if bool in set(map(type, cells)):
            # True equals 1 as a dictionary key, so a tick must not be looked up as a number.
            cells = [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
        tidied = _Tidied(lambda value: tidy(value, field, self._width))
        return list(map(tidied.__getitem__, cells))

    def _set_aside(self, read: PartRead, cells: dict[int, list[CellValue]]) -> list[int]:
        """Take out the lines that lack a value they cannot do without, and of those the lines that are no
        entries at all; the ones among these that are as good as blank.
        """
        nullable = {field.name for field in self._declared.fields if field.nullable}
        torn = {cell.line for cell in read.flaws if not cell.flaw.understood and cell.field not in nullable}
        broken = [Line(row, cells[row.line]) for row in read.rows if row.line in torn]
        read.rows[:] = [row for row in read.rows if row.line not in torn]
        last_sound = read.rows[-1].line if read.rows else 0
        furniture = dict(Furniture(self._declared, read.part, last_sound).of(broken))
        read.torn.extend(Torn(row.line, row._asdict()) for row, _ in broken if row.line not in furniture)
        read.flaws[:] = [cell for cell in read.flaws if cell.line not in furniture]
        blank = [line for line, oddity in furniture.items() if oddity is Oddity.BLANK_ROW]
        read.oddities.extend(
            OddPlace(oddity, line) for line, oddity in furniture.items() if oddity and line not in blank
        )
        return blank


def _take_out_flaws(values: list[Any], lines: Sequence[int], field: Field) -> list[FlawedCell]:
    """Put the value taken in place of each flawed one, and list the flaws."""
    if Flawed not in set(map(type, values)):
        return []
    flaws = []
    for index, value in enumerate(values):
        if isinstance(value, Flawed):
            flaws.append(FlawedCell(lines[index], field.name, value.flaw, value.text, value.taken))
            values[index] = value.taken
    return flaws


def _header_oddities(declared: Sheet, header: Header, base: int) -> Iterator[OddPlace]:
    for field in declared.fields:
        if field.required and field.name not in header.columns:
            yield OddPlace(Oddity.MISSING_COLUMN, base, field.header)
    for name in header.doubled:
        yield OddPlace(Oddity.DOUBLED_COLUMN, base, name)
