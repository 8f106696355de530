"""Rows into the XML of a worksheet, one at a time, so that a million of them need no memory."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from schoollib_xl.ledgers.grades import MixedGrade
from schoollib_xl.ledgers.schema import Kind
from schoollib_xl.ledgers.units import EPOCH, serial
from schoollib_xl.names import legible
from schoollib_xl.sheets.cells import CellValue, ErrorValue, Uncalculated
from schoollib_xl.sheets.layout import LINE_HEIGHT, height

# Distinct values of a column remembered with their XML: dates, titles and classes repeat, numbers do not.
_REMEMBERED = 1 << 14
_LONGEST_TEXT = 32_767
# Before it the serial numbers are other days.
_FIRST_SERIAL_DAY = date(1900, 3, 1)
_DAY = timedelta(days=1)
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class WrittenLine(NamedTuple):
    """One row to write: its number on the sheet, its values by column, and by column (from 0) the cells that
    are written as something else than their column holds.
    """

    number: int
    values: Sequence[Any]
    raw: Mapping[int, CellValue]


class SheetColumn(NamedTuple):
    """One column of a sheet: its letters, the style of its cells, its width where its text is wrapped (else 0)
    and, where lines hold a formula, its text and the numbers of these lines.
    """

    letters: str
    style: int
    wrapped: int = 0
    formula: str = ""
    formula_lines: frozenset[int] = frozenset()


class Body:
    """Writes the rows of one sheet. `styles` gives the style of a cell that is not of its column's kind."""

    def __init__(self, columns: Sequence[SheetColumn], styles: Mapping[Kind, int]) -> None:
        self._styles = styles
        self._columns = columns
        self._starts = [f'<c r="{column.letters}' for column in columns]
        self._rests = [self._remembering(column) for column in columns]
        self._wrapped = {index: column.wrapped for index, column in enumerate(columns) if column.wrapped}
        self._with_formula = {index: column for index, column in enumerate(columns) if column.formula}

    def rows(self, lines: Iterable[WrittenLine]) -> Iterator[str]:
        """Each line as a `row` element; blank cells are left out."""
        for line in lines:
            number = str(line.number)
            cells = [
                start + number + rest(value)
                for start, rest, value in zip(self._starts, self._rests, line.values, strict=True)
                if value is not None
            ]
            if line.raw or self._with_formula:
                cells = list(self._mended(line))
            yield f'<row r="{number}"{self._height(line)}>{"".join(cells)}</row>'

    def _height(self, line: WrittenLine) -> str:
        """The height of a row with wrapped text; the program that opens the file may fit it anew."""
        if not self._wrapped:
            return ""
        texts = (str(line.values[index] or "") for index in self._wrapped)
        points = height(texts, self._wrapped.values())
        return f' ht="{points}"' if points > LINE_HEIGHT else ""

    def _mended(self, line: WrittenLine) -> Iterator[str]:
        """The cells of a line some of which are raw or hold a formula."""
        for index, value in enumerate(line.values):
            column = self._columns[index]
            start = f"{self._starts[index]}{line.number}"
            if index in line.raw:
                yield start + self._rest(line.raw[index], column.style, strange=True)
            elif line.number in column.formula_lines:
                yield start + _formula(value, column)
            elif value is not None:
                yield start + self._rests[index](value)

    def _remembering(self, column: SheetColumn) -> Callable[[Any], str]:
        def rest(value: Any) -> str:
            return self._rest(value, column.style)

        return lru_cache(_REMEMBERED)(rest)

    def _rest(self, value: Any, style: int, strange: bool = False) -> str:
        """What follows a cell's address: style, kind and value. A strange value brings its own style."""
        if isinstance(value, ErrorValue):
            return f'" s="{style}" t="e"><v>{escape(value.text)}</v></c>'
        if isinstance(value, Uncalculated):
            return f'" s="{style}"><f>{escape(value.formula)}</f></c>'
        if isinstance(value, bool):
            return f'" s="{style}" t="b"><v>{value:d}</v></c>'
        number = _number(value) if not isinstance(value, MixedGrade) else None
        if strange or style == self._styles[Kind.ANY]:
            style = self._styles[_own_kind(value)]
        if number is None:
            return f'" s="{style}" t="inlineStr"><is>{_text(str(value))}</is></c>'
        return f'" s="{style}"><v>{number}</v></c>'


def _formula(value: Any, column: SheetColumn) -> str:
    number = _number(value)
    kind, result = ("", number) if number is not None else (' t="str"', "")
    return f'" s="{column.style}"{kind}><f>{escape(column.formula)}</f><v>{result}</v></c>'


def _number(value: Any) -> str | None:
    """The number Excel keeps for the value; None for a text and for a date before its calendar."""
    if isinstance(value, datetime):
        return repr((value - datetime.combine(EPOCH, time())) / _DAY) if value.date() >= _FIRST_SERIAL_DAY else None
    if isinstance(value, date):
        return str(serial(value)) if value >= _FIRST_SERIAL_DAY else None
    if isinstance(value, time):
        return repr((datetime.combine(EPOCH, value) - datetime.combine(EPOCH, time())) / _DAY)
    if isinstance(value, timedelta):
        return repr(value / _DAY)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return repr(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _own_kind(value: Any) -> Kind:
    """The kind of column a value would be at home in."""
    if isinstance(value, date):
        return Kind.DATE
    if isinstance(value, time | timedelta):
        return Kind.TIME
    return Kind.IDENTIFIER if isinstance(value, str) else Kind.ANY


def _text(text: str) -> str:
    """A text of a cell: characters XML cannot hold written as Excel writes them, and no longer than it takes."""
    whole = legible(text[:_LONGEST_TEXT])
    plain = escape(_FORBIDDEN.sub(lambda match: f"_x{ord(match[0]):04X}_", whole))
    keep = ' xml:space="preserve"' if plain != plain.strip() or "\n" in plain else ""
    return f"<t{keep}>{plain}</t>"
