"""What a cell of an opened workbook may hold."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple


class ErrorValue(NamedTuple):
    """An error cell, by the text Excel shows in it: #N/A, #DIV/0! …"""

    text: str


class Uncalculated(NamedTuple):
    """A formula whose result is not stored in the file, as written after its =."""

    formula: str


CellValue = str | float | int | bool | date | datetime | time | timedelta | ErrorValue | Uncalculated
"""'' is an empty cell. A float is infinite or not a number where a damaged file says so."""

Grid = list[list[CellValue]]
"""Rows from A1 on: grid[r][c] stands in row r+1, column c+1. Rows may be ragged."""
