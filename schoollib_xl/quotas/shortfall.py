"""What could not be worked out, and which cells stand in the way."""

from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from schoollib_xl.ledgers.schema import Cell


class Obstacle(Enum):
    """Why a figure is missing, or which rows were left out of the figures."""

    NO_TERM = auto()
    NO_SHEET = auto()
    CALENDAR_SHORT = auto()
    TERM_TOO_SHORT = auto()
    NO_OPEN_DAYS = auto()
    CLASS_UNREADABLE = auto()
    CLASS_WITHOUT_PUPILS = auto()
    CLASS_UNKNOWN = auto()
    CLASS_OF_TODAY = auto()
    LOANS_ELSEWHERE = auto()
    TARGET_UNREADABLE = auto()
    TARGET_SCOPE_UNREADABLE = auto()
    ROW_UNREADABLE = auto()
    ROW_BACKWARDS = auto()
    LOAN_UNREADABLE = auto()
    READER_WITHOUT_CLASS = auto()
    NO_BOOKS = auto()
    STANDARD_UNKNOWN = auto()


class NotComputed(NamedTuple):
    """One obstacle: what it is about (a class, a target, a sheet, first and last day) and the cells to look at."""

    obstacle: Obstacle
    about: tuple[str | date, ...]
    cells: tuple[Cell, ...] = ()
