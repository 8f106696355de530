"""Cells merged over several rows, in the formats whose reader does not tell them."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from schoollib_xl.sheets.cells import CellValue, Grid, Merge

# Parts of an .ods (OpenDocument 1.3, part 3, 9.1): a sheet, a row, a cell merged over several rows. A ">" may stand
# in no attribute that an office program writes here.
_PARTS = re.compile(
    rb"<table:table (?P<sheet>[^>]*)>|<table:table-row(?P<row>[^>]*)>"
    rb"|<table:table-cell[^>]*? table:number-rows-spanned=\"(?P<rows>[0-9]{1,7})\"[^>]*>"
)
_CELLS = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_NAME = re.compile(rb'table:name="([^"]*)"')
_ROWS_ALIKE = re.compile(rb'table:number-rows-repeated="([0-9]{1,7})"')
_CELLS_ALIKE = re.compile(rb'table:number-columns-repeated="([0-9]{1,7})"')
# BrtBeginMergeCells with the number of merges, then the first BrtMergeCell ([MS-XLSB] 2.4.139, 2.4.699).
_MERGES_OF_XLSB = re.compile(rb"\xb1\x01\x04.{4}\xb0\x01\x10", re.DOTALL)


def merges_of_zip(data: bytes) -> Mapping[str, Sequence[Merge]] | None:
    """The merges of an .ods by sheet; of an .xlsb none, or None where it has some."""
    with ZipFile(BytesIO(data)) as archive:
        if "content.xml" in archive.namelist():
            return _merges_of_ods(archive.read("content.xml"))
        parts = (name for name in archive.namelist() if "worksheets/" in name and name.endswith(".bin"))
        return None if any(_MERGES_OF_XLSB.search(archive.read(name)) for name in parts) else {}


def _merges_of_ods(content: bytes) -> Mapping[str, Sequence[Merge]]:
    found: dict[str, list[Merge]] = {}
    sheet: list[Merge] = []
    row, after, starts = 0, 1, 0
    for part in _PARTS.finditer(content) if b"table:number-rows-spanned" in content else ():
        if part["sheet"] is not None:
            name = _NAME.search(part["sheet"])
            sheet = found.setdefault(unescape(name[1].decode()) if name else "", [])
            after = 1
        elif part["row"] is not None:
            row, starts = after, part.end()
            after = row + _times(_ROWS_ALIKE, part["row"])
        elif int(part["rows"]) > 1:
            column = 1 + sum(_times(_CELLS_ALIKE, cell) for cell in _CELLS.findall(content, starts, part.start()))
            sheet.append(Merge(row, column, row + int(part["rows"]) - 1))
    return found


def _times(alike: re.Pattern[bytes], attributes: bytes) -> int:
    number = alike.search(attributes)
    return int(number[1]) if number else 1


def fill_down(grid: Grid, merges: Sequence[Merge]) -> None:
    """Write the value of every merge into each row it covers, in its first column; line 1 is the grid's first row."""
    for first, column, last in merges:
        if first > len(grid) or column > len(grid[first - 1]):
            continue
        value = grid[first - 1][column - 1]
        for row in grid[first:last]:
            _put(row, column, value)


def _put(row: list[CellValue], column: int, value: CellValue) -> None:
    row += [""] * (column - len(row))
    if row[column - 1] == "":
        row[column - 1] = value
