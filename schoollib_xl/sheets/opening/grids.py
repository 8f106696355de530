"""Grids of cells kept to their used part."""

from collections.abc import Iterable

from schoollib_xl.sheets.cells import CellValue, Grid

_WIDE = 64
"""Columns past which blank row ends are cut off; the widest ledger has fewer than 40."""


def put(grid: Grid, row: int, column: int, value: CellValue) -> None:
    """Put a value where the reader saw an empty cell (counted from 1); what is already there stays."""
    while len(grid) < row:
        grid.append([])
    cells = grid[row - 1]
    cells.extend([""] * (column - len(cells)))
    if cells[column - 1] == "":
        cells[column - 1] = value


def trimmed(rows: Iterable[list[CellValue]]) -> Grid:
    """The rows without the blank ones at the end, and very wide rows without their blank end.

    Takes the rows one by one, so that a phantom million of them is never held in memory.
    """
    grid: Grid = []
    blank_rows = 0
    for row in rows:
        if is_blank(row):
            blank_rows += 1
            continue
        grid.extend([] for _ in range(blank_rows))
        blank_rows = 0
        grid.append(row if len(row) <= _WIDE else _without_blank_end(row))
    return grid


def cut_blank_end(grid: Grid) -> Grid:
    """The same grid, its blank last rows removed in place."""
    while grid and is_blank(grid[-1]):
        grid.pop()
    return grid


def is_blank(row: list[CellValue]) -> bool:
    """Whether the row holds nothing but empty cells and white space."""
    if row.count("") == len(row):
        return True
    return not any(map(_is_filled, row))


def _without_blank_end(row: list[CellValue]) -> list[CellValue]:
    end = len(row)
    while end and not _is_filled(row[end - 1]):
        end -= 1
    return row[:end]


def _is_filled(value: CellValue) -> bool:
    return not (isinstance(value, str) and (not value or value.isspace()))
