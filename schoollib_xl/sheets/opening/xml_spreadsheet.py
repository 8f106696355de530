"""XML spreadsheets 2003 (SpreadsheetML), as Excel saves them and other programs export them under .xls."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from lxml import etree

from schoollib_xl.sheets.cells import CellValue, ErrorValue, Grid, Merge
from schoollib_xl.sheets.opening.apart import Tables
from schoollib_xl.sheets.opening.grids import trimmed
from schoollib_xl.sheets.opening.markup import MAX_COLUMN, MAX_ROW
from schoollib_xl.sheets.opening.plain import XML_SPREADSHEET
from schoollib_xl.sheets.opening.quick import Garbled

_SS = f"{{{XML_SPREADSHEET}}}"
# Whole numbers up to here are kept exactly in a cell (IEEE 754).
_EXACT = 1 << 53
# A time without a day stands on one of these days.
_NO_DAY = (date(1899, 12, 31), date(1899, 12, 30))


def spreadsheet_tables(text: str) -> Tables:
    """The worksheets. Raises Garbled where the XML is not well formed, or places a cell outside of any sheet."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text, parser)
        sheets = {sheet.get(f"{_SS}Name", ""): _laid(sheet) for sheet in root.iter(f"{_SS}Worksheet")}
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Garbled from error
    return Tables(
        tuple(sheets),
        {name: trimmed(grid) for name, (grid, _) in sheets.items()},
        {name: merges for name, (_, merges) in sheets.items()},
    )


def _laid(sheet: etree._Element) -> tuple[Grid, list[Merge]]:
    rows: dict[int, list[CellValue]] = {}
    merges: list[Merge] = []
    line = 0
    for row in sheet.iter(f"{_SS}Row"):
        line = _place(row, line + 1, MAX_ROW)
        rows[line] = _cells(row, line, merges)
        # Rows after it that look alike and hold nothing.
        line += int(row.get(f"{_SS}Span", 0))
    return [rows.get(number, []) for number in range(1, max(rows, default=0) + 1)], merges


def _cells(row: etree._Element, line: int, merges: list[Merge]) -> list[CellValue]:
    cells: list[CellValue] = []
    column = 0
    for cell in row.iterfind(f"{_SS}Cell"):
        column = _place(cell, column + 1, MAX_COLUMN)
        cells += [""] * (column - 1 - len(cells))
        cells.append(_value(cell))
        if down := int(cell.get(f"{_SS}MergeDown", 0)):
            merges.append(Merge(line, column, line + down))
        column += int(cell.get(f"{_SS}MergeAcross", 0))
    return cells


def _place(element: etree._Element, follows: int, most: int) -> int:
    """The number of a row or column: its own, else the one that follows. Raises Garbled for one out of place."""
    number = int(element.get(f"{_SS}Index", follows))
    if not follows <= number <= most:
        raise Garbled
    return number


def _value(cell: etree._Element) -> CellValue:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return ""
    # Text in several formats stands in elements of its own.
    text = "".join(map(str, data.itertext()))
    try:
        return _TYPES.get(data.get(f"{_SS}Type", ""), str)(text)
    except ValueError:  # what it says is kept, whatever it was said to be
        return text


def _number(text: str) -> CellValue:
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def _moment(text: str) -> CellValue:
    moment = datetime.fromisoformat(text)
    if moment.date() in _NO_DAY:
        return moment.time()
    return moment.date() if moment.time() == time() else moment


def _truth(text: str) -> CellValue:
    return text.strip() == "1"


_TYPES: Mapping[str, Callable[[str], CellValue]] = {
    "Number": _number,
    "DateTime": _moment,
    "Boolean": _truth,
    "Error": ErrorValue,
}
