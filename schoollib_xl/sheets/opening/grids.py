"""Grids of cells kept to their used part, whole or in blocks of rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import attrgetter
from typing import Protocol

from schoollib_xl.sheets.cells import Block, CellValue, ColumnBlock, ErrorValue, Grid

Progress = Callable[[str], None]
"""Told the name of each sheet when its turn comes."""
WIDE = 64
"""Columns past which blank row ends are cut off; the widest ledger has fewer than 40."""
_ROWS = 250
"""Rows of a block: few enough to stay in the processor's cache while they are turned into columns and back. Twice as
many take no less time, and a school a MiB more."""


class PlacedValue(Protocol):
    """A value and the cell it stands in; row and column count from 1."""

    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def value(self) -> CellValue: ...


class Stack:
    """Rows put one below the other, by column, in blocks."""

    def __init__(self) -> None:
        self.blocks: list[ColumnBlock] = []
        self.height = 0

    def add(self, columns: Sequence[Sequence[CellValue]]) -> tuple[ColumnBlock, int]:
        """Put rows below the others, however wide: in which block, from which of its rows on."""
        count = len(columns[0])
        self.height += count
        last = self.blocks[-1] if self.blocks else None
        if last and len(last) < _ROWS:
            first = len(last)
            last.widen(len(columns))
            for at, above in enumerate(last.columns):
                above += columns[at] if at < len(columns) else [""] * count
            return last, first
        self.blocks.append(ColumnBlock([[*column] for column in columns]))
        return self.blocks[-1], 0

    def leave_out(self, count: int) -> None:
        """Put so many blank rows below the others; a phantom million of them is a block of one column."""
        if count < _ROWS:
            self.add([[""] * count])
        else:
            self.blocks.append(ColumnBlock([[""] * count]))
            self.height += count


def in_blocks(rows: Iterable[list[CellValue]]) -> Iterator[Grid]:
    """The rows some at a time, so that a sheet is never held as lists as a whole."""
    left = iter(rows)
    while block := [*islice(left, _ROWS)]:
        yield block


def first_of(blocks: Iterable[Block], count: int) -> Grid:
    """The first rows of them, at most so many."""
    return [*islice(chain.from_iterable(blocks), count)]


def without_blank_end(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same rows without the blank ones at the end; of a phantom million of them only the number is held."""
    blank_rows = 0
    for block in blocks:
        if filled := cut_blank_end(block):
            if blank_rows:
                yield [[] for _ in range(blank_rows)]
            yield filled
            blank_rows = 0
        blank_rows += len(block) - len(filled)


def without_looked_up_end(blocks: Iterable[Block], key: int | None) -> Iterator[Block]:
    """The same rows without blocks at the end that hold nothing but errors and zeros, and none in the column of the
    number: =VLOOKUP(…) drawn down to the sheet's last row.
    """
    held: list[Block] = []
    for rows in blocks:
        if key and len(rows) and _looks_up_nothing(rows[0], key) and all(_looks_up_nothing(row, key) for row in rows):
            held.append(rows)
            continue
        yield from held
        held.clear()
        yield rows


def with_values(blocks: Iterable[Grid], values: Sequence[PlacedValue]) -> Iterator[Grid]:
    """The same rows, with each value put where the reader saw an empty cell, rows added where they are too few."""
    first = 1
    left = sorted(values, key=attrgetter("row"), reverse=True)
    for block in blocks:
        end = first + len(block)
        while left and left[-1].row < end:
            _put(block, first, left.pop())
        first += len(block)
        yield block
    more: Grid = []
    while left:
        _put(more, first, left.pop())
    if more:
        yield more


def without_carriage_returns(block: Block) -> Grid:
    """The same rows. Excel escapes the returns of pasted text as _x000D_, which the reader gives back as such."""
    grid = [*block]
    for row in grid:
        for column, value in enumerate(row):
            if isinstance(value, str) and "\r" in value:
                row[column] = value.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return grid


def _put(block: Grid, first: int, one: PlacedValue) -> None:
    while len(block) <= one.row - first:
        block.append([])
    cells = block[one.row - first]
    cells.extend([""] * (one.column - len(cells)))
    if cells[one.column - 1] == "":
        cells[one.column - 1] = one.value


def _looks_up_nothing(row: Sequence[CellValue], key: int) -> bool:
    return row[key - 1 : key] in ([], [""]) and all(not value or isinstance(value, ErrorValue) for value in row)


def trimmed(rows: Iterable[list[CellValue]]) -> Grid:
    """The rows without the blank ones at the end, and very wide rows without their blank end.

    Takes the rows one by one, so that a phantom million of them is never held in memory.
    """
    grid: Grid = []
    blank_rows = 0
    for row in rows:
        if is_blank(row):
            blank_rows += 1
            continue
        grid.extend([] for _ in range(blank_rows))
        blank_rows = 0
        grid.append(narrowed(row))
    return grid


def cut_blank_end(block: Block) -> Block:
    """The rows without the blank ones at the end."""
    end = len(block)
    while end and is_blank(block[end - 1]):
        end -= 1
    return block if end == len(block) else block[:end]


def is_blank(row: list[CellValue]) -> bool:
    """Whether the row holds nothing but empty cells and white space."""
    if row.count("") == len(row):
        return True
    return not any(map(_is_filled, row))


def narrowed(row: list[CellValue]) -> list[CellValue]:
    """The row, without its blank end where it is very wide."""
    if len(row) <= WIDE:
        return row
    end = len(row)
    while end and not _is_filled(row[end - 1]):
        end -= 1
    return row[:end]


def _is_filled(value: CellValue) -> bool:
    return not (isinstance(value, str) and (not value or value.isspace()))
