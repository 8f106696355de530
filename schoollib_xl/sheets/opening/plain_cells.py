"""Rows whose cells are written as office programs write most: what one holds is known by what is written, and what
those of a column hold that are all written alike by all of it.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import repeat
from operator import ge, itemgetter
from typing import NamedTuple

from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.opening.legend import Legend

_FIRST_KNOWN, _OFTEN_NEW = 1 << 8, 0.9
"""Parts that are remembered of the cells of one column, and again as many as long as fewer than nine rows in ten had a
new one: readers come again and again. Where all differ, as numbers do, to remember more takes longer."""
# What stands behind the number of a row, and behind that number in the address of each of its cells. Their last sign
# is the letter of the next cell's column, or the end of the row.
_NEXT = rb'(?:<c r="[A-Z]|</row>)'
_ROW_END, _FIRST_LETTER, _LAST_LETTER = b">AZ"
_HEAD = re.compile(rb"[^<>/']*(?:/>|>%s)" % _NEXT)
# White space at an end of a text, returns and whatever is escaped, be it in Excel's way, have rules of their own.
_CELL = re.compile(
    rb'(?: s="([0-9]+)")?(?: t="inlineStr"><is><t>([^<>&_\s](?:[^<>&_\r]*[^<>&_\s])?)</t></is></c>'
    rb'| t="s"><v>([0-9]+)</v></c>|(?: t="n")?><v>(-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?)</v></c>'
    rb'|(?: t="(?:n|s|str|b)")?/>)%s' % _NEXT
)
# What a text that is plain holds none of, but for blanks between its words: one with such is looked at by itself.
_SIGNS = b"<>&_ \t\n\r\f\v"
_last_sign = itemgetter(-1)
_Take = Callable[[bytes], CellValue]


def signs_of(parts: Sequence[bytes]) -> bytes:
    """By what a row's shape is known, given what stands before the row's number, and behind it wherever it stands: the
    letters of its cells, and the sign that ends it.
    """
    return bytes(map(_last_sign, parts[1:]))


class RowShape(NamedTuple):
    """In which columns a row has cells: the sign that ends what stands before them; what each of them may be; and from
    column A on which of them, counted from 1, stands there.
    """

    sign: int
    cells: Sequence["_Cells"]
    order: Sequence[int]

    def table(self, rows: Sequence[list[bytes]]) -> list[list[CellValue]]:
        """The values of rows of this shape, given in parts. Raises LookupError where one is not, or is not plain."""
        return [*map(list, zip(*self.columns(rows), strict=True))]

    def columns(self, rows: Sequence[list[bytes]]) -> list[Sequence[CellValue]]:
        """The same by column."""
        _, heads, *columns = zip(*rows, strict=True)
        if not all(head[-1] == self.sign and _HEAD.fullmatch(head) for head in {*heads}):
            raise LookupError
        blank: Sequence[CellValue] = [""] * len(rows)
        found = [blank, *map(_Cells.values_of, self.cells, columns)]
        return [found[at] for at in self.order]


class _Cells(dict[bytes, CellValue]):
    """What may stand behind the address of a cell, up to the number in the next one, whose letter is given, and the
    cell's value; nothing stands for a blank.
    """

    def __init__(self, legend: Legend, sign: int) -> None:
        self._legend, self._sign, self._rows, self._room = legend, sign, 0, _FIRST_KNOWN
        self._alike: _Alike | None = None

    def values_of(self, parts: Sequence[bytes]) -> Sequence[CellValue]:
        """The values of the cells of some rows. Raises LookupError where one is not plain."""
        if self._alike and (alike := self._alike.values(parts)) is not None:
            return alike
        values = [*map(self.__getitem__, parts)]
        self._rows += len(parts)
        if len(self) >= self._room:
            self._room = 2 * self._room if len(self) < _OFTEN_NEW * self._rows else 0
        return values

    def __missing__(self, part: bytes) -> CellValue:
        value = self._value(part)
        if self._room:
            self[part] = value
        return value

    def _value(self, part: bytes) -> CellValue:
        found = _CELL.fullmatch(part)
        if found is None or part[-1] != self._sign:
            raise KeyError
        style, text, shared, number = found.groups()
        take: _Take = bytes.decode
        if shared:
            take = self._legend.text
        elif number:
            take = partial(self._legend.value, style=style)
        elif not text:
            return ""
        if not self._room:
            self._alike = _Alike(*_around(found), _texts if text else partial(_numbers, take))
        return take(text or shared or number)


class _Alike(NamedTuple):
    """Cells that are written alike: what stands before their text or number, and behind it; and what those of all of
    them mean, given with what stands between them, or None where one is not plain.
    """

    before: bytes
    after: bytes
    taken: Callable[[bytes, bytes], Sequence[CellValue] | None]

    def values(self, parts: Sequence[bytes]) -> Sequence[CellValue] | None:
        """Their values; None where they are not all written so. Raises LookupError."""
        before, after, taken = self
        whole = b"".join(parts)
        if not (all(map(bytes.endswith, parts, repeat(after))) and whole.startswith(before)):
            return None
        values = taken(whole[len(before) : -len(after)], after + before)
        return values if values and len(values) == len(parts) else None


def _texts(written: bytes, between: bytes) -> list[str] | None:
    # Decoded as a whole: to decode each takes as long as to part them.
    texts = written.decode().split(between.decode())
    return texts if all(texts) and _signs(written) == _signs(between) * (len(texts) - 1) else None


def _numbers(take: _Take, written: bytes, between: bytes) -> list[CellValue] | None:
    numbers = written.split(between)
    return [*map(take, numbers)] if all(numbers) and b"".join(numbers).isdigit() else None


def _around(found: re.Match[bytes]) -> tuple[bytes, bytes]:
    """What stands before and behind a cell's text or number, the last that was found."""
    part, (start, end) = found.string, found.span(found.lastindex or 0)
    return part[:start], part[end:]


def _signs(text: bytes) -> int:
    return len(text) - len(text.translate(None, _SIGNS))


class RowShapes(dict[bytes, RowShape]):
    """Shapes of rows by the letters of their cells and the sign that ends them. Rows are as wide as the widest before
    them.
    """

    _columns = 1

    def __init__(self, legend: Legend) -> None:
        self._legend = legend
        self._cells: dict[tuple[int, int], _Cells] = {}

    def __missing__(self, signs: bytes) -> RowShape:
        *letters, end = signs
        # Of two cells at one address the quick reader has its own choice.
        if end != _ROW_END or any(map(ge, [_ROW_END, *letters], [*letters, _LAST_LETTER + 1])):
            raise KeyError
        columns = [letter - _FIRST_LETTER for letter in letters]
        if columns and columns[-1] >= self._columns:
            self.clear()
            self._columns = columns[-1] + 1
        order = [0] * self._columns
        for at, column in enumerate(columns, 1):
            order[column] = at
        cells = [
            self._cells.setdefault(pair, _Cells(self._legend, pair[1])) for pair in zip(letters, signs[1:], strict=True)
        ]
        self[signs] = shape = RowShape(signs[0], cells, order)
        return shape
