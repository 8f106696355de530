"""Merged cells: a value that stands for several rows, put into each of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import is_zipfile

from schoollib_xl.sheets.cells import Grid

# (first row, first column, last row, last column), from 0, both ends included.
Range = tuple[int, int, int, int]


def merged_ranges(path: Path, sheets: Sequence[str]) -> Mapping[str, list[Range]]:
    """The merged cells of each sheet of a workbook; none where its format does not keep them or is not zip-based."""
    if not is_zipfile(path):
        return {}
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            return {name: _ranges(book.get_sheet_by_name(name).merged_cell_ranges) for name in sheets}
    except (CalamineError, OSError):
        return {}


def _ranges(found: Sequence[tuple[tuple[int, int], tuple[int, int]]] | None) -> list[Range]:
    return [(*first, *last) for first, last in found or ()]


def fill_down(grid: Grid, ranges: Sequence[Range]) -> None:
    """Write the value of every merge of several rows into each row it covers, in its first column."""
    for first, column, last, _ in ranges:
        if first == last or first >= len(grid) or column >= len(grid[first]):
            continue
        value = grid[first][column]
        for row in grid[first + 1 : last + 1]:
            row += [""] * (column + 1 - len(row))
            if row[column] == "":
                row[column] = value
