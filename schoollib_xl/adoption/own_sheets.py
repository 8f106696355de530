"""What a workbook holds that is none of ours: her own sheets and columns, carried into the next one by their values."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.parts import Part
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, key_of
from schoollib_xl.ledgers.supporting.office import MappingRow
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.notes import count_notes
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.own_sheets import MADE, OWN_COLUMNS
from schoollib_xl.sheets.reading.tidy import shown

_HEADER = ("工作表", "编号", "栏目", "内容")


class Own(NamedTuple):
    """Her own sheets with their cells, the columns she added to ours, in words, and whether she calls some of ours
    otherwise: what is written anew bears the standard names, and needs no 账册对照. `notes` is how many notes on cells
    stay behind.
    """

    sheets: Mapping[str, Grid]
    columns: list[str]
    has_names: bool = False
    notes: int = 0

    @property
    def sentences(self) -> list[str]:
        """What was carried and how, for a report."""
        names = [name for name in self.sheets if name != OWN_COLUMNS]
        said = [f"自己加的工作表照内容带过来了，格式没有带：{'、'.join(names)}。"] if names else []
        if self.columns:
            said.append(f"自己加的栏目抄在“{OWN_COLUMNS}”那张表里：{'、'.join(self.columns)}。")
        said += ["表名和栏名换成了标准的，“账册对照”用不着了，没有带。"] if self.has_names else []
        return [*said, f"格子上的批注（{self.notes} 处）没有带，在原来的工作簿里。"] if self.notes else said


def own_content(path: Path, library: Library) -> Own:
    """Her own sheets of the file, and the columns of ours that the library does not hold, listed on a sheet of theirs.

    Raises Unusable where the file cannot be read.
    """
    parts = {part.sheet_name: (table, at, part) for table in _tables(library) for at, part in enumerate(table.parts)}
    with open_workbook(path) as opened:
        grids = dict(opened.grids([name for name in opened.sheet_names if name not in MADE]))
    sheets = {name: grid for name, grid in grids.items() if name not in parts and any(map(any, grid))}
    rows = [
        row for name, (table, at, part) in parts.items() for row in _own_cells(table, at, part, grids.get(name, []))
    ]
    if rows:
        sheets[OWN_COLUMNS] = [*(sheets.get(OWN_COLUMNS) or [list(_HEADER)]), *rows]
    columns = list(dict.fromkeys(f"{row[0]}的{row[2]}" for row in rows))
    return Own(sheets, columns, has_names=bool(library[MappingRow].rows), notes=count_notes(path))


def _tables(library: Library) -> Iterator[LedgerTable[Any]]:
    return (library[sheet.row_type] for sheet in ALL_SHEETS)


def _own_cells(table: LedgerTable[Any], at: int, part: Part, grid: Grid) -> Iterator[list[CellValue]]:
    """Each filled cell under a header of hers: sheet, the row's number, header, content."""
    header = grid[part.header_row - 1] if 0 < part.header_row <= len(grid) else []
    known = set(part.columns.values())
    own = [(column, text) for column, value in enumerate(header, 1) if column not in known and (text := shown(value))]
    if not own:
        return
    keys = {row.line: key_of(row) for row in table.rows}
    keys |= {row.line: shown(row.values.get(table.declared.key) or "") for row in table.incomplete}
    for number, cells in enumerate(grid[part.header_row :], part.header_row + 1):
        key = keys.get(at * LINES_PER_SHEET + number) or f"第 {number} 行"
        for column, text in own:
            if column <= len(cells) and shown(cells[column - 1]).strip():
                yield [part.sheet_name, key, text, cells[column - 1]]
