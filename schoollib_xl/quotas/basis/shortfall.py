"""What could not be worked out, which cells stand in the way, and lines that end before they begin."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.ledgers.schema import SHEETS, Cell, cell
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow

# Of one kind so many are told each by itself; of more a librarian reads the first ones and misses what stands below.
_MOST_TOLD = 3


class Obstacle(Enum):
    """Why a figure is missing, or which rows were left out of the figures."""

    NO_TERM = auto()
    NO_SHEET = auto()
    SHEET_UNREAD = auto()
    CALENDAR_SHORT = auto()
    TERM_TOO_SHORT = auto()
    NO_OPEN_DAYS = auto()
    CLASS_UNREADABLE = auto()
    CLASS_WITHOUT_PUPILS = auto()
    CLASS_SAID_EMPTY = auto()
    CLASS_UNKNOWN = auto()
    CLASS_OF_TODAY = auto()
    LOANS_ELSEWHERE = auto()
    CLASS_OF_TWO_TARGETS = auto()
    TARGET_UNREADABLE = auto()
    TARGET_OF_NOTHING = auto()
    TARGET_SCOPE_UNREADABLE = auto()
    TARGET_SPAN = auto()
    ORDER_BEYOND_TERM = auto()
    COLUMN_LACKING = auto()
    ROW_UNREADABLE = auto()
    ROW_BACKWARDS = auto()
    SUM_UNREADABLE = auto()
    LOAN_UNREADABLE = auto()
    LATENESS_UNREADABLE = auto()
    SETTLEMENT_UNREADABLE = auto()
    READER_WITHOUT_CLASS = auto()
    READER_PERHAPS_GONE = auto()
    READER_UNLISTED = auto()
    READER_UNREAD = auto()
    MODE_LACKING = auto()
    NO_BOOKS = auto()
    STOCK_UNKNOWN = auto()
    STANDARD_UNKNOWN = auto()
    STANDARD_OF_PRIMARY = auto()
    COPIES_UNCLASSIFIED = auto()
    COPIES_UNPRICED = auto()
    COPIES_UNNUMBERED = auto()
    STOCKS_DIFFER = auto()


class NotComputed(NamedTuple):
    """One obstacle: what it is about (a class, a target, a sheet, first and last day) and the cells to look at."""

    obstacle: Obstacle
    about: tuple[str | date, ...]
    cells: tuple[Cell, ...] = ()


def by_kind(lacks: Iterable[NotComputed]) -> Iterator[list[NotComputed]]:
    """The obstacles one by one, but those of a kind of which there are more than `_MOST_TOLD` together."""
    kinds = grouped(lacks, lambda lack: lack.obstacle)
    for alike in kinds.values():
        yield from [alike] if len(alike) > _MOST_TOLD else ([one] for one in alike)


def backward_lines(library: Library) -> Iterator[NotComputed]:
    """The lines of each of these sheets that nothing could be counted from, told together."""
    days = [cell(row, "ends_on") for row in library[CalendarRow] if row.ends_on < row.starts_on]
    openings = [cell(row, "ends_at") for row in library[OpeningRow] if row.ends_at <= row.starts_at]
    turns = [
        cell(row, "ends_at")
        for row in library[TurnRow]
        if row.starts_at and row.ends_at and row.ends_at <= row.starts_at
    ]
    for cells in (days, openings, turns):
        if cells:
            yield _told(cells)


def _told(cells: list[Cell]) -> NotComputed:
    return NotComputed(Obstacle.ROW_BACKWARDS, (SHEETS[cells[0].row_type].name,), tuple(cells))
