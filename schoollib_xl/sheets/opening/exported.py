"""Lists that other programs export under .xls without being workbooks: web pages, and XML spreadsheets 2003
(SpreadsheetML), as Excel saves them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from email import message_from_bytes

from lxml import etree

from schoollib_xl.sheets.cells import CellValue, ErrorValue, Grid, Merge
from schoollib_xl.sheets.opening.apart import Tables
from schoollib_xl.sheets.opening.grids import trimmed
from schoollib_xl.sheets.opening.markup import MAX_COLUMN, MAX_ROW
from schoollib_xl.sheets.opening.plain import HALF_CHARACTER, UTF16_MARKS, XML_SPREADSHEET
from schoollib_xl.sheets.opening.quick import Garbled
from schoollib_xl.sheets.opening.web_tables import web_tables

_SS = f"{{{XML_SPREADSHEET}}}"
# Whole numbers up to here are kept exactly in a cell (IEEE 754).
_EXACT = 1 << 53
# A time without a day stands on one of these days.
_NO_DAY = (date(1899, 12, 31), date(1899, 12, 30))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w-]{3,20})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
# Superset of the two that Chinese programs declare.
_GB = "gb18030"
_GB_NAMES = ("gb2312", "gbk", "gb_2312-80")
# A page in another encoding than any of ours is full of what cannot be read; one such character in so many is a fault.
_RARE = 200
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def exported_tables(data: bytes, name: str) -> Tables:
    """The sheets of a web page (MHTML too) or of an XML spreadsheet 2003; tables without a name of their own are called
    `name`.

    Raises Garbled for a file that is cut off, that is in no known encoding, or whose XML is not well formed.
    """
    if data.lstrip().startswith(b"MIME-Version:"):
        return web_tables("".join(_pages_of_mhtml(data)), name)
    text = _text(data)
    if XML_SPREADSHEET in text[:_DECLARED_WITHIN]:
        return spreadsheet_tables(_XML_DECLARATION.sub("", text.lstrip("\ufeff")))
    return web_tables(text, name)


def _pages_of_mhtml(data: bytes) -> list[str]:
    parts = [part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
    contents = [part.get_payload(decode=True) for part in parts]
    return [_text(content) for content in contents if isinstance(content, bytes)]


def _text(data: bytes) -> str:
    """Decoded as what it is valid in, UTF-8 first: what a page declares is often of the program's last version."""
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    named = declared[1].decode("ascii").lower() if declared else _GB
    own = "utf-16" if data.startswith(UTF16_MARKS) else _GB if named in _GB_NAMES else named
    encodings = ("utf-8-sig", own, _GB)
    for encoding in encodings:
        with suppress(UnicodeError, LookupError):
            return data.decode(encoding)
    return _with_halves(data, encodings)


def _with_halves(data: bytes, encodings: Sequence[str]) -> str:
    """Decoded although some characters are cut in halves, as programs do that keep a number of bytes of each text;
    each half is U+FFFD.
    """
    texts: list[str] = []
    for encoding in encodings:
        with suppress(UnicodeError, LookupError):
            texts.append(data.decode(encoding, "replace"))
    fewest = min(texts, key=lambda text: text.count(HALF_CHARACTER))
    if fewest.count(HALF_CHARACTER) * _RARE > len(fewest):
        raise Garbled
    return fewest


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
