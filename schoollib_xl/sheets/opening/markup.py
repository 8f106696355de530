"""What the quick reader loses, found in a worksheet's XML: error cells, formulas without a result, extent."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import ge
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.sheets.cells import ErrorValue, Merge, Uncalculated
from schoollib_xl.sheets.opening.plain_rows import PlainRows
from schoollib_xl.sheets.opening.refusing import unsafe

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_MAX_CELL = 4 << 20
"""Bytes of one cell's XML; Excel keeps 32,767 characters in a cell."""
_ONE_LETTER = 26
_ROW_DIGITS = 12
"""More digits of a row are not looked at: no sheet has so many rows."""

_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)([0-9]+)["']""")
# Of cells that hold something: a cell with nothing but a style ends in its start tag.
FILLED = _ADDRESS.pattern + rb"[^<>]*(?<!/)>"
# The columns of those beyond column Z, and the rows from a million on, wherever they stand: the quick reader makes room
# for all rows up to the last. A literal beginning makes this several times faster than naming the quotes.
_FAR_ADDRESS = rb"(?:([A-Za-z]{2,})(?:[0-9]{1,6}|([0-9]{7,}))|[A-Za-z]([0-9]{7,}))"
_FAR = re.compile(rb'r="%s"[^<>]*(?<!/)>' % _FAR_ADDRESS)
_FAR_QUOTED = rb"r\s*=\s*'%s'[^<>]*(?<!/)>" % _FAR_ADDRESS
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_SHARED = re.compile(rb"""\ssi\s*=\s*["'](\d+)["']""")
_PREFIX = re.compile(rb"<([\w.-]+:)?worksheet[\s>/]")

# <mergeCell ref="D2:D9"/>: the first column of a merge and its rows.
_MERGE = rb"""<(?:[\w.-]+:)?mergeCell\s+ref\s*=\s*["']\$?([A-Z]+)\$?([0-9]{1,7}):\$?[A-Z]+\$?([0-9]{1,7})"""

# The numbers of rows: as every office program writes them they rise. A lone w is found many times faster than a tag.
ROW_NUMBER = re.compile(rb"""w\s[^<>]*?\br=["']([0-9]{1,7})""")


class Lost(NamedTuple):
    """A cell that reads as empty and is not; row and column count from 1."""

    row: int
    column: int
    value: ErrorValue | Uncalculated


class Markup(NamedTuple):
    """What a scan found: the lost cells, and the rows and columns that hold all cells (never too few).

    `size` counts the bytes of XML; `addressed` is False where cells say no address of their own, so that
    both are unknown. `paired` is False where not every tag that is opened may be closed, or a tag may lack its end; a
    comment and a > in a text count as one too. `rising` is False where a row does not come below the one before.
    """

    lost: list[Lost]
    rows: int
    columns: int
    addressed: bool
    size: int
    paired: bool
    merges: tuple[Merge, ...] = ()
    rising: bool = True


class Tags(NamedTuple):
    """The byte strings looked for, with the namespace prefix this sheet uses (x:c …)."""

    cell: bytes
    cell_end: bytes
    row: bytes
    rows_end: bytes
    formula: bytes
    formula_end: bytes
    value: bytes

    @classmethod
    def of(cls, start: bytes) -> "Tags":
        found = _PREFIX.search(start)
        prefix = (found and found[1]) or b""
        return cls(
            b"<" + prefix + b"c ",
            b"</" + prefix + b"c>",
            b"<" + prefix + b"row ",
            b"</" + prefix + b"sheetData",
            b"<" + prefix + b"f",
            b"</" + prefix + b"f>",
            b"<" + prefix + b"v",
        )


def scan(path: Path, pieces: Iterable[bytes]) -> Markup:
    """Look through a worksheet's XML once, in pieces, without building anything from sound cells.

    Most rows are plain and known at a glance; of other pieces each is asked what it may hold, and cells are looked at
    one by one where it does.
    """
    scanner = Scanner()
    for names, piece in at_cell_ends(path, pieces):
        scanner.look(piece, names)
    return scanner.result()


class Scanner:
    """Looks through the pieces of one worksheet's XML as `at_cell_ends` gives them."""

    def __init__(self) -> None:
        self._lost: list[Lost] = []
        self._formulas: dict[bytes, str] = {}
        self._last_row = 1
        self._last_column = _ONE_LETTER
        self._addressed = True
        self._has_formulas = False
        self._size = 0
        self._unpaired = self._unended = 0
        self._row = 0
        self._rising = True
        self._merges: list[Merge] = []
        self._values: dict[bytes, ErrorValue | Uncalculated | None] = {}
        self._plain_rows = PlainRows()

    def look(self, piece: bytes, names: Tags) -> None:
        """Look through one more."""
        numbers = self._plain_rows.numbers(piece)
        if numbers is None:
            self._look_closely(piece, names)
            numbers = ROW_NUMBER.findall(piece)
        self._size += len(piece)
        self._follow(numbers)
        self._measure(piece, names)

    def _look_closely(self, piece: bytes, names: Tags) -> None:
        # Of a pair each tag begins with one of these, of which one is an end; the XML declaration stands alone.
        begun = piece.count(b"<")
        self._unpaired += begun - 2 * piece.count(b"</") - piece.count(b"/>")
        # What stands between a tag without its end and the next > is passed over by the quick reader.
        self._unended += begun - piece.count(b">")
        if not self._size:
            self._unpaired -= piece.count(b"<?")
        self._look_for_lost(piece, names)
        far = {*_FAR.findall(piece), *(re.findall(_FAR_QUOTED, piece) if b"'" in piece else ())}
        for letters, *rows in far:
            self._last_column = max(self._last_column, _column_number(letters))
            self._last_row = max(self._last_row, *(int(row[:_ROW_DIGITS] or 0) for row in rows))
        if b"m" in piece and b"mergeCell" in piece:
            found = re.findall(_MERGE, piece)
            merges = (Merge(int(row), _column_number(letters), int(end)) for letters, row, end in found)
            self._merges += (merge for merge in merges if merge.first < merge.last)

    def _look_for_lost(self, piece: bytes, names: Tags) -> None:
        if b't="e"' in piece:
            from schoollib_xl.sheets.opening.plain_errors import plain_errors

            if (errors := plain_errors(piece)) is not None:
                self._lost += (Lost(row, _column_number(letters), ErrorValue(text)) for letters, row, text in errors)
                return
        # Cells that share a formula may say only its number, but not before one that says it.
        # Most rows hold no letter f, nor an m: one letter is found many times faster than a tag.
        if self._has_formulas or (b"f" in piece and names.formula_end in piece):
            self._has_formulas = True
            self._take(_cells_around(piece, names.formula, names), names)
        for mark in (b't="e"', b"t='e'"):
            if mark in piece:
                cells = _cells_around(piece, mark, names)
                # What holds a formula was looked at for it.
                self._take((one for one in cells if not (self._has_formulas and names.formula in one)), names)

    def result(self) -> Markup:
        """What was found so far."""
        is_paired, extent = not (self._unpaired or self._unended), (self._last_row, self._last_column)
        return Markup(self._lost, *extent, self._addressed, self._size, is_paired, tuple(self._merges), self._rising)

    def _take(self, cells: Iterator[bytes], names: Tags) -> None:
        for cell in cells:
            address = _ADDRESS.search(cell, 0, cell.index(b">"))
            if address is None:
                continue
            value = self._value_of(cell, address, names)
            if value is None:
                continue
            row, column = int(address[2]), _column_number(address[1])
            if 0 < row <= MAX_ROW and column <= MAX_COLUMN:
                self._lost.append(Lost(row, column, value))

    def _value_of(self, cell: bytes, address: re.Match[bytes], names: Tags) -> ErrorValue | Uncalculated | None:
        """What the cell has lost. Of the many cells that differ in their address alone it is worked out once."""
        if names.formula in cell:
            return self._lost_value(cell, names)
        rest = cell[: address.start()] + cell[address.end() :]
        if rest not in self._values:
            self._values[rest] = self._lost_value(cell, names)
        return self._values[rest]

    def _lost_value(self, cell: bytes, names: Tags) -> ErrorValue | Uncalculated | None:
        kind = _TYPE.search(cell, 0, cell.index(b">"))
        stored = _content(cell, names.value)
        is_error = kind is not None and kind[1] == b"e"
        # Of the formula of an error only what other cells share is needed.
        formula = self._formula(cell, names) if not is_error or b"shared" in cell else None
        if is_error:
            return ErrorValue(stored or "#ERROR!")
        is_text = bool(kind) and stored is not None
        return Uncalculated(formula) if formula is not None and not stored and not is_text else None

    def _formula(self, cell: bytes, names: Tags) -> str | None:
        """The cell's formula; cells that share one say only its number, save the first."""
        text = _content(cell, names.formula)
        if text is None:
            return None
        shared = _SHARED.search(cell)
        if shared is None:
            return text
        if text:
            self._formulas[shared[1]] = text
        return self._formulas.get(shared[1], "")

    def _follow(self, numbers: Sequence[bytes]) -> None:
        rows = [self._row, *map(int, numbers)]
        self._rising = self._rising and not any(map(ge, rows, rows[1:]))
        self._row = rows[-1]

    def _measure(self, piece: bytes, names: Tags) -> None:
        end = piece.rfind(names.cell_end)
        if end < 0:
            return
        last = _ADDRESS.search(piece, piece.rfind(names.cell, 0, end), end)
        self._addressed = self._addressed and last is not None
        if last:
            self._last_row = max(self._last_row, int(last[2]))
            self._last_column = max(self._last_column, _column_number(last[1]))


def at_cell_ends(path: Path, pieces: Iterable[bytes]) -> Iterator[tuple[Tags, bytes]]:
    """The same bytes, cut so that no cell lies across two pieces, nor a row that is shorter than one, each with what is
    looked for in it; what stands before the first row is apart. Raises Unusable where a cell is longer than any.
    """
    rest, names, in_head = b"", None, True
    for raw in pieces:
        piece = rest + raw
        names = names or Tags.of(piece)
        if in_head and (first := piece.find(names.row)) >= 0:
            yield names, piece[:first]
            piece, in_head = piece[first:], False
        cut = piece.rfind(names.row)
        if cut <= 0:
            cut = max(cut, piece.rfind(names.cell))
        # What stands behind the rows may be long, and is no part of the last cell.
        if cut <= 0 and (end := piece.rfind(names.rows_end)) > 0:
            yield names, piece[:end]
            piece, cut = piece[end:], -1
        if cut < 0:
            cut = piece.rfind(b"<")
        if len(piece) - cut > _MAX_CELL:
            raise unsafe(path)
        rest = piece[cut:]
        yield names, piece[:cut]
    if names:
        yield names, rest


def _cells_around(piece: bytes, mark: bytes, names: Tags) -> Iterator[bytes]:
    """Every cell that holds the mark, once, from its start tag to its end."""
    done = 0
    while (at := piece.find(mark, done)) >= 0:
        start = piece.rfind(names.cell, done, at)
        if start < 0:
            done = at + 1
            continue
        tag_end = piece.find(b">", start)
        end = tag_end if piece[tag_end - 1 : tag_end] == b"/" else piece.find(names.cell_end, at)
        if end < 0:
            return
        yield piece[start : end + 1]
        done = max(end, at + 1)


def _content(cell: bytes, tag: bytes) -> str | None:
    """The text of the cell's <f> or <v>; None where it has none, '' where it is empty."""
    at = cell.find(tag)
    while at >= 0 and cell[at + len(tag) : at + len(tag) + 1] not in (b">", b" ", b"/"):
        at = cell.find(tag, at + 1)
    if at < 0:
        return None
    close = cell.find(b">", at)
    if close < 0 or cell[close - 1 : close] == b"/":
        return ""
    text = cell[close + 1 : cell.find(b"<", close)].decode("utf-8", "replace")
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


@lru_cache(maxsize=1 << 10)
def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - 64
    return number
