"""Large worksheets whose rows are written as office programs write most: what many cells hold alike is made a value
once, and no tag is taken apart. What numbers of texts and of styles stand for the quick reader tells; rows in which
anything is written otherwise are left to it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import ge, itemgetter
from typing import NamedTuple

from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.legend import Legend
from schoollib_xl.sheets.opening.markup import Markup, Scanner, Tags

_ROW = b'<row r="'
_BEFORE, _AFTER = b"<sheetData>", b"</sheetData>"
_LAST_ROW = 999_999
"""Of those behind it one may be a row that no sheet has."""
_MOST_ODD = 250
"""Rows that are not plain, of one sheet; where they are more, each is likely to hold a formula, and a whole read is as
quick."""
_FIRST_KNOWN, _OFTEN_NEW = 1 << 10, 0.9
"""Parts that are remembered of the cells of one column, and again as many as long as fewer than nine rows in ten had a
new one: readers come again and again. Where all differ, as numbers do, to remember more takes longer."""
_LONGEST = 1 << 20
"""Bytes of a row, or of what stands before or behind all; a school's take some thousands."""
# What stands behind the number of a row, and behind that number in the address of each of its cells. Their last sign
# is the letter of the next cell's column, or the end of the row.
_NEXT = rb'(?:<c r="[A-Z]|</row>)'
_ROW_END, _FIRST_LETTER, _LAST_LETTER = b">AZ"
_HEAD = re.compile(rb"[^<>/']*(?:/>|>%s)" % _NEXT)
# White space at an end of a text and whatever is escaped, be it in Excel's way, have rules of their own.
_CELL = re.compile(
    rb'(?: s="([0-9]+)")?(?: t="inlineStr"><is><t>([^<>&_\s](?:[^<>&_]*[^<>&_\s])?)</t></is></c>'
    rb'| t="s"><v>([0-9]+)</v></c>|(?: t="n")?><v>(-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?)</v></c>'
    rb'|(?: t="(?:n|s|str|b)")?/>)%s' % _NEXT
)
_ROW_NUMBER = re.compile(rb'[0-9]{1,6}"')
_ADDRESS_END = re.compile(rb'(?<=<c r="[A-Z])([0-9]+")')
_last_sign = itemgetter(-1)
_looked_up = dict[bytes, CellValue].__getitem__
_Arrange = Callable[[list[CellValue]], tuple[CellValue, ...]]


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
        return _read(_at_rows(pieces), legend)
    except (LookupError, UnicodeDecodeError):
        return None


def _read(pieces: Iterator[bytes], legend: Legend) -> PlainSheet:
    before, rows, odd = next(pieces), Grid(), list[bytes]()
    plain = _PlainRows(legend, rows)
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
                rows.append(plain.values(row, number))
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
        # What was kept holds no row but the one it begins with.
        piece, new = rest + raw, max(0, len(rest) - len(_ROW) + 1)
        if is_before and (first := piece.find(_ROW, new)) >= 0:
            yield piece[:first]
            piece, new, is_before = piece[first:], 0, False
        cut = max(0, piece.rfind(_ROW, new))
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


class _PlainRows:
    """The rows of one worksheet that are plain; `before` holds those above."""

    def __init__(self, legend: Legend, before: Grid) -> None:
        self._shapes = _Shapes(legend, before)
        # By its parts, how the last row of so many was written: as most are.
        self._usual: dict[int, _Shape] = {}

    def values(self, row: bytes, number: bytes) -> list[CellValue]:
        """The values of a row, given as it stands behind `_ROW`, and its number with the quote that ends it. Raises
        LookupError where it is not plain.
        """
        parts = row.split(number)
        try:
            return self._usual[len(parts)].values(parts)
        except LookupError:
            pass
        try:
            return self._placed(parts)
        except LookupError:
            # The figures of a style or of a height may be those of the row: then it is parted at its addresses alone.
            head, *others = _ADDRESS_END.split(row[len(number) :])
            if any(map(number.__ne__, others[::2])):
                raise
            return self._placed([b"", head, *others[1::2]])

    def _placed(self, parts: list[bytes]) -> list[CellValue]:
        shape = self._usual[len(parts)] = self._shapes[bytes(map(_last_sign, parts[1:]))]
        return shape.values(parts)


class _Shape(NamedTuple):
    """In which columns a row has cells, given by what may stand before each and behind the last, and what lays its
    values out from column A on: given two blanks, then theirs.
    """

    parts: Sequence[dict[bytes, CellValue]]
    arrange: _Arrange | None

    def values(self, parts: list[bytes]) -> list[CellValue]:
        """The values of a row of this shape. Raises LookupError where it is none, or not plain."""
        values = [*map(_looked_up, self.parts, parts)]
        if self.arrange:
            return [*self.arrange(values)]
        del values[:2]
        return values


class _Heads(dict[bytes, CellValue]):
    """What may stand behind the number of a row, up to the one in the address of its first cell."""

    def __init__(self, sign: int) -> None:
        self._sign = sign

    def __missing__(self, part: bytes) -> CellValue:
        if part[-1] != self._sign or not _HEAD.fullmatch(part):
            raise KeyError
        self[part] = ""
        return ""


class _Cells(dict[bytes, CellValue]):
    """What may stand behind the address of a cell, up to the number in the next one, whose letter is given, and the
    cell's value; nothing stands for a blank.
    """

    def __init__(self, legend: Legend, before: Grid, sign: int) -> None:
        self._legend, self._before, self._sign, self._room = legend, before, sign, _FIRST_KNOWN
        self._alike = _Alike()

    def __missing__(self, part: bytes) -> CellValue:
        before, after, between, is_plain, take = self._alike
        written = part[between]
        if is_plain(written) and part.startswith(before) and part.endswith(after):
            value = take(written)
        else:
            value = self._value(part)
        if self._room:
            self._room -= 1
            self[part] = value
            if not self._room and len(self) < _OFTEN_NEW * len(self._before):
                self._room = len(self)
        return value

    def _value(self, part: bytes) -> CellValue:
        found = _CELL.fullmatch(part)
        if found is None or part[-1] != self._sign:
            raise KeyError
        style, text, shared, number = found.groups()
        if text:
            if text.isalnum():
                self._alike = _Alike(*_around(found, 2), bytes.isalnum, bytes.decode)
            return text.decode()
        if shared:
            texts = self._legend.texts
            self._alike = _Alike(*_around(found, 3), bytes.isdigit, lambda written: texts[int(written)])
            return texts[int(shared)]
        if number:
            if number.isdigit():
                self._alike = _Alike(*_around(found, 4), bytes.isdigit, partial(self._legend.value, style=style))
            return self._legend.value(number, style)
        return ""


class _Alike(NamedTuple):
    """Cells that are written alike: what stands before their text or number, and behind it; what that is made of, and
    what it means.
    """

    before: bytes = b""
    after: bytes = b"-"
    between: slice = slice(0)
    is_plain: Callable[[bytes], bool] = bytes.isalnum
    take: Callable[[bytes], CellValue] = bytes.decode


def _around(found: re.Match[bytes], group: int) -> tuple[bytes, bytes, slice]:
    part, (start, end) = found.string, found.span(group)
    return part[:start], part[end:], slice(start, end - len(part))


class _Shapes(dict[bytes, _Shape]):
    """Shapes of rows by the letters of their cells and the sign that ends them. Rows are as wide as the widest before
    them.
    """

    _columns = 2

    def __init__(self, legend: Legend, before: Grid) -> None:
        self._legend, self._before = legend, before
        self._heads: dict[int, _Heads] = {}
        self._cells: dict[int, _Cells] = {}

    def __missing__(self, signs: bytes) -> _Shape:
        *letters, end = signs
        # Of two cells at one address the quick reader has its own choice.
        if end != _ROW_END or any(map(ge, [_ROW_END, *letters], [*letters, _LAST_LETTER + 1])):
            raise KeyError
        columns = [letter - _FIRST_LETTER for letter in letters]
        if columns and columns[-1] >= self._columns:
            self.clear()
            self._columns = columns[-1] + 1
        order = [0] * self._columns
        for at, column in enumerate(columns, 2):
            order[column] = at
        head = self._heads.setdefault(signs[0], _Heads(signs[0]))
        cells = [self._cells.setdefault(sign, _Cells(self._legend, self._before, sign)) for sign in signs[1:]]
        self[signs] = shape = _Shape(({b"": ""}, head, *cells), None if 0 not in order else itemgetter(*order))
        return shape
