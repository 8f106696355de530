"""Large worksheets whose rows are written as office programs write most: what many cells hold alike is made a value
once, and no tag is taken apart. What numbers of texts and of styles stand for the quick reader tells; rows in which
anything is written otherwise are left to it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from schoollib_xl.sheets.cells import CellValue, ColumnBlock
from schoollib_xl.sheets.opening.grids import Stack
from schoollib_xl.sheets.opening.legend import Legend
from schoollib_xl.sheets.opening.markup import Markup, Scanner, Tags
from schoollib_xl.sheets.opening.plain_cells import RowShape, RowShapes, signs_of

_ROW = b'<row r="'
_BEFORE, _AFTER = b"<sheetData>", b"</sheetData>"
_LAST_ROW = 999_999
"""Of those behind it one may be a row that no sheet has."""
_MOST_ODD = 250
"""Rows that are not plain, of one sheet; where they are more, each is likely to hold a formula, and a whole read is as
quick."""
_LONGEST = 1 << 20
"""Bytes of a row, or of what stands before or behind all; a school's take some thousands."""
_ROW_NUMBER = re.compile(rb'[0-9]{1,6}"')
_ADDRESS_END = re.compile(rb'(?<=<c r="[A-Z])([0-9]+")')
K = TypeVar("K")
_Column = Sequence[CellValue]


class PlainSheet(NamedTuple):
    """The rows of a worksheet from A1 on; the XML of a worksheet with those that are not plain, or none; where each of
    these, blank so far, stands, by its number; and what else was found in its XML.
    """

    blocks: list[ColumnBlock]
    odd: bytes
    places: Mapping[int, tuple[ColumnBlock, int]]
    markup: Markup


def plain_sheet(pieces: Iterable[bytes], legend: Legend) -> PlainSheet | None:
    """The worksheet whose XML is given in pieces; None where it is hardly plain. Raises Unusable."""
    try:
        return _read(_at_rows(pieces), legend)
    except (LookupError, UnicodeDecodeError):
        return None


def _read(pieces: Iterator[bytes], legend: Legend) -> PlainSheet:
    before, stack, plain = next(pieces), Stack(), _PlainRows(legend)
    odd, places = list[bytes](), dict[int, tuple[ColumnBlock, int]]()
    for piece in pieces:
        if piece.startswith(_AFTER):
            break
        # What is set aside as a comment is no row, and what is quoted as CDATA none either.
        if stack.height > _LAST_ROW or (b"!" in piece and b"<!" in piece):
            raise LookupError
        for xml, numbers in _in_turn(piece[len(_ROW) :].split(_ROW), stack):
            columns, not_plain = plain.columns(xml, numbers)
            block, first = stack.add(columns)
            for at in not_plain:
                odd += (_ROW, xml[at])
                places[int(numbers[at][:-1])] = block, first + at
            if len(places) > _MOST_ODD:
                raise LookupError
    else:
        raise LookupError
    if not before.endswith(_BEFORE):
        raise LookupError
    scanner, names = Scanner(), Tags.of(before)
    scanner.look(before, names)
    scanner.look(piece, names)
    return PlainSheet(stack.blocks, b"".join((before, *odd, piece)) if odd else b"", places, scanner.result())


def _in_turn(xml: Sequence[bytes], stack: Stack) -> Iterator[tuple[Sequence[bytes], list[bytes]]]:
    """Rows, as many together as come one after the other below those that there are by then, and the number of each
    with the quote that ends it. Blank rows are put in the place of those left out. Raises LookupError.
    """
    numbers = [b'%d"' % number for number in range(stack.height + 1, stack.height + 1 + len(xml))]
    if all(map(bytes.startswith, xml, numbers)):
        yield xml, numbers
        return
    first, numbers = 0, []
    for at, row in enumerate(xml):
        number = b'%d"' % (stack.height + len(numbers) + 1)
        if not row.startswith(number):
            if numbers:
                yield xml[first:at], numbers
            number = row[: row.find(b'"') + 1]
            if left_out := _left_out(number, stack.height):
                stack.leave_out(left_out)
            first, numbers = at, []
        numbers.append(number)
    yield xml[first:], numbers


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


class _WrittenRow(NamedTuple):
    """A row as it stands behind `_ROW`, its number with the quote that ends it, and the row parted at that."""

    xml: bytes
    number: bytes
    parts: list[bytes]


class _PlainRows:
    """The rows of one worksheet that are plain."""

    def __init__(self, legend: Legend) -> None:
        self._shapes = RowShapes(legend)
        # By its parts, how the last row of so many was written: as most are.
        self._usual: dict[int, RowShape] = {}

    def columns(self, xml: Sequence[bytes], numbers: Sequence[bytes]) -> tuple[Sequence[_Column], list[int]]:
        """The columns of rows, given as they stand behind `_ROW`, and their numbers; and which of these, left blank,
        are not plain.
        """
        parts = [*map(bytes.split, xml, numbers)]
        count, usual = max(_places(map(len, parts)).items(), key=_how_often)
        try:
            columns = self._usual[count].columns([parts[at] for at in usual])
        except LookupError:
            columns, usual = [()], []
        if len(usual) == len(parts):
            return columns, []
        others = sorted({*range(len(parts))}.difference(usual))
        block = ColumnBlock([[*column] for column in columns])
        found = self._by_shape([_WrittenRow(xml[at], numbers[at], parts[at]) for at in others])
        for at, row in zip(others, found, strict=True):
            block.insert(at, row or ())
        return block.columns, [at for at, row in zip(others, found, strict=True) if row is None]

    def _by_shape(self, rows: Sequence[_WrittenRow]) -> list[list[CellValue] | None]:
        values: list[list[CellValue] | None] = [None] * len(rows)
        for signs, at in _places(signs_of(row.parts) for row in rows).items():
            for place, row in zip(at, self._of_shape(signs, [rows[place] for place in at]), strict=True):
                values[place] = row
        return values

    def _of_shape(self, signs: bytes, rows: Sequence[_WrittenRow]) -> Sequence[list[CellValue] | None]:
        try:
            return self._table(signs, [row.parts for row in rows])
        except LookupError:
            if len(rows) > 1:
                middle = len(rows) // 2
                return [*self._of_shape(signs, rows[:middle]), *self._of_shape(signs, rows[middle:])]
            return [self._alone(rows[0])]

    def _alone(self, row: _WrittenRow) -> list[CellValue] | None:
        # The figures of a style or of a height may be those of the row: then it is parted at its addresses alone.
        head, *others = _ADDRESS_END.split(row.xml[len(row.number) :])
        parts = [b"", head, *others[1::2]]
        if any(map(row.number.__ne__, others[::2])):
            return None
        try:
            return self._table(signs_of(parts), [parts])[0]
        except LookupError:
            return None

    def _table(self, signs: bytes, rows: Sequence[list[bytes]]) -> list[list[CellValue]]:
        shape = self._usual[len(signs) + 1] = self._shapes[signs]
        return shape.table(rows)


def _how_often(one: tuple[int, list[int]]) -> int:
    return len(one[1])


def _places(things: Iterable[K]) -> dict[K, list[int]]:
    places: dict[K, list[int]] = {}
    for place, thing in enumerate(things):
        places.setdefault(thing, []).append(place)
    return places
