"""Large worksheets whose rows are written as office programs write most: what many cells hold alike is made a value
once, and no tag is taken apart. What numbers of texts and of styles stand for the quick reader tells; rows in which
anything is written otherwise are left to it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.legend import Legend
from schoollib_xl.sheets.opening.markup import Markup, Scanner, Tags

_ROW = b'<row r="'
_BEFORE, _AFTER = b"<sheetData>", b"</sheetData>"
_LAST_ROW = 999_999
"""Of those behind it one may be a row that no sheet has."""
_COLUMNS = 26
_MOST_ODD = 250
"""Rows that are not plain, of one sheet; where they are more, each is likely to hold a formula, and a whole read is as
quick."""
_LONGEST = 1 << 20
"""Bytes of a row, or of what stands before or behind all; a school's take some thousands."""
# What stands behind the number of a row, and behind that number in the address of each of its cells.
_NEXT = rb'(?:<c r="([A-Z])|</row>)'
_HEAD = re.compile(rb"[^<>/']*(?:/>|>%s)" % _NEXT)
_CELL = re.compile(
    rb'(?: s="([0-9]+)")?(?:(?: t="(?:n|s|str|b)")?/>|(?: t="n")?><v>(-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?)</v></c>'
    # White space at an end of a text and whatever is escaped, be it in Excel's way, have rules of their own.
    rb'| t="s"><v>([0-9]+)</v></c>| t="inlineStr"><is><t>((?!\s|[^<]*_x)[^<>&]*(?<!\s))</t></is></c>)%s' % _NEXT
)
_ROW_NUMBER = re.compile(rb'[0-9]{1,6}"')
_ADDRESS_END = re.compile(rb'(?<=<c r="[A-Z])([0-9]+")')


class PlainSheet(NamedTuple):
    """The rows of a worksheet from A1 on; the XML of a worksheet with those that are not plain and are blank in it, or
    none; and what else was found in its XML.
    """

    rows: Grid
    odd: bytes
    markup: Markup


def plain_sheet(pieces: Iterable[bytes], legend: Legend) -> PlainSheet | None:
    """The worksheet whose XML is given in pieces; None where it is hardly plain. Raises Unusable."""
    try:
        return _read(_at_rows(pieces), _Heads(), _Cells(legend))
    except (LookupError, UnicodeDecodeError):
        return None


def _read(pieces: Iterator[bytes], heads: "_Heads", cells: "_Cells") -> PlainSheet:
    before, rows, odd = next(pieces), Grid(), list[bytes]()
    for piece in pieces:
        if piece.startswith(_AFTER):
            break
        # What is set aside as a comment is no row, and what is quoted as CDATA none either.
        if len(rows) > _LAST_ROW or (b"!" in piece and b"<!" in piece):
            raise LookupError
        for row in piece[len(_ROW) :].split(_ROW):
            number = b'%d"' % (len(rows) + 1)
            if not row.startswith(number):
                number = row[: row.find(b'"') + 1]
                rows += ([] for _ in range(_left_out(number, len(rows))))
            try:
                rows.append(_values(row, number, heads, cells))
            except LookupError:
                rows.append([])
                odd += (_ROW, row)
                if len(odd) > 2 * _MOST_ODD:
                    raise
    else:
        raise LookupError
    if not before.endswith(_BEFORE):
        raise LookupError
    scanner, names = Scanner(), Tags.of(before)
    scanner.look(before, names)
    scanner.look(piece, names)
    return PlainSheet(rows, b"".join((before, *odd, piece)) if odd else b"", scanner.result())


def _at_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes: what stands before all rows, then whole rows, then what stands behind them. Raises LookupError
    where one of these is longer than any.
    """
    rest, is_before = b"", True
    for raw in pieces:
        piece = rest + raw
        if is_before and (first := piece.find(_ROW)) >= 0:
            yield piece[:first]
            piece, is_before = piece[first:], False
        cut = max(0, piece.rfind(_ROW))
        if len(piece) - cut > _LONGEST:
            raise LookupError
        rest = piece[cut:]
        if cut:
            yield piece[:cut]
    written, *behind = rest.partition(_AFTER)
    yield written
    yield b"".join(behind)


def _left_out(number: bytes, last: int) -> int:
    """How many rows are left out between the last one and the one of this number, which a quote ends. Raises
    LookupError where it does not come below that.
    """
    if not _ROW_NUMBER.fullmatch(number) or int(number[:-1]) <= last:
        raise LookupError
    return int(number[:-1]) - last - 1


def _values(row: bytes, number: bytes, heads: "_Heads", cells: "_Cells") -> list[CellValue]:
    """The values of a row, given as it stands behind `_ROW`, and its number with the quote that ends it. Raises
    LookupError where it is not plain.
    """
    try:
        return _placed(row.split(number), heads, cells)
    except LookupError:
        # The figures of a style or of a height may be those of the row: then it is parted at its addresses alone.
        head, *others = _ADDRESS_END.split(row[len(number) :])
        if any(map(number.__ne__, others[::2])):
            raise
        return _placed([b"", head, *others[1::2]], heads, cells)


def _placed(parts: list[bytes], heads: "_Heads", cells: "_Cells") -> list[CellValue]:
    _, head, *others = parts
    at = heads[head]
    values: list[CellValue] = [""] * _COLUMNS
    for part in others:
        value, following = cells[part]
        if following <= at:
            # Of two cells at one address the quick reader has its own choice.
            raise LookupError
        values[at], at = value, following
    if at != _COLUMNS:
        raise LookupError
    return values


class _Heads(dict[bytes, int]):
    """What may stand behind the number of a row, up to the one in the address of its first cell, and the column of
    that; `_COLUMNS` where there is none.
    """

    def __missing__(self, part: bytes) -> int:
        found = _HEAD.fullmatch(part)
        if found is None:
            raise KeyError
        self[part] = column = _column(found[1])
        return column


class _Cells(dict[bytes, tuple[CellValue, int]]):
    """What may stand behind the address of a cell, up to the number in the next one: its value, and the next one's
    column; `_COLUMNS` where the row ends.
    """

    def __init__(self, legend: Legend) -> None:
        super().__init__()
        self._legend = legend

    def __missing__(self, part: bytes) -> tuple[CellValue, int]:
        found = _CELL.fullmatch(part)
        if found is None:
            raise KeyError
        style, number, shared, text, following = found.groups()
        value: CellValue = ""
        if text:
            value = text.decode()
        elif shared:
            value = self._legend.texts[int(shared)]
        elif number:
            value = self._legend.value(number, style)
        self[part] = told = (value, _column(following))
        return told


def _column(letter: bytes | None) -> int:
    return letter[0] - ord("A") if letter else _COLUMNS
