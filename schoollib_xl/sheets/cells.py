"""What a cell of an opened workbook may hold."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, overload

# Excel's own error values by their numbers (XlCVError).
ERROR_NUMBERS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
ERROR_TEXTS = frozenset(ERROR_NUMBERS.values())


class ErrorValue(NamedTuple):
    """An error cell, by the text Excel shows in it: #N/A, #DIV/0! …"""

    text: str

    def __str__(self) -> str:
        return self.text


class Uncalculated(NamedTuple):
    """A formula whose result is not stored in the file, as written after its =."""

    formula: str

    def __str__(self) -> str:
        return f"={self.formula}"


class MergedFigure(NamedTuple):
    """A number in a cell merged over several rows, as it is shown: whether it is that of each or of all nobody says."""

    text: str

    def __str__(self) -> str:
        return self.text


class Merge(NamedTuple):
    """The first column of a cell merged over several rows, and the first and last of these; all count from 1."""

    first: int
    column: int
    last: int


CellValue = str | float | int | bool | date | datetime | time | timedelta | ErrorValue | Uncalculated | MergedFigure
"""'' is an empty cell. A float is infinite or not a number where a damaged file says so."""

Grid = list[list[CellValue]]
"""Rows from A1 on: grid[r][c] stands in row r+1, column c+1. Rows may be ragged."""
Block = Sequence[list[CellValue]]
"""Some rows, one below the other."""


class ColumnBlock(Block):
    """Rows that are as wide as each other and held by column, as they are read and made into entries."""

    def __init__(self, columns: list[list[CellValue]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[list[CellValue]]:
        return map(list, zip(*self.columns, strict=True))

    @overload
    def __getitem__(self, at: int) -> list[CellValue]: ...
    @overload
    def __getitem__(self, at: slice) -> "ColumnBlock": ...
    def __getitem__(self, at: int | slice) -> "list[CellValue] | ColumnBlock":
        if isinstance(at, slice):
            return ColumnBlock([column[at] for column in self.columns])
        return [column[at] for column in self.columns]

    def widen(self, width: int) -> None:
        """Put blank columns behind the others, up to so many in all."""
        self.columns += ([""] * len(self) for _ in range(width - len(self.columns)))

    def insert(self, at: int, row: Sequence[CellValue]) -> None:
        """Put a row, however wide, before one."""
        for column in self.columns:
            column.insert(at, "")
        self.put(at, row)

    def put(self, at: int, row: Sequence[CellValue]) -> None:
        """Put a row, however wide, in the place of one."""
        self.widen(len(row))
        for column, value in zip(self.columns, row, strict=False):
            column[at] = value


def letters_and_row(a1: str) -> tuple[str, int]:
    """The column's letters and the row of an A1 address: AB12 → AB, 12."""
    letters = a1.rstrip("0123456789")
    return letters, int(a1.removeprefix(letters))


def column_number(letters: str) -> int:
    """A column counted from 1 by its letters: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
