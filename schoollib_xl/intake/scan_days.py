"""The days in a file of scans: written as its program writes them, which is not always as they are written here."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import day_of, numeric_date, typed_moment, year_last
from schoollib_xl.sheets.reading.texts import PUNCTUATION
from schoollib_xl.sheets.reading.tidy import shown

# A time without its day leaves the day to be said otherwise.
_TIME_ALONE = re.compile(r"\D{0,2}\d{1,2}[:时点].*")


class ScanDays:
    """A column of days. Where the year stands last, a figure beyond 12 in one of the rows tells which of the first two
    is the day; where no row tells, none of them is read.
    """

    def __init__(self, cells: Iterable[CellValue]) -> None:
        figures = [found for cell in cells if (found := year_last(_text(cell)))]
        # Of 07/07/2026 nobody needs to know.
        self._day_first = any(first > 12 for first, _, _ in figures)
        self._month_first = any(second > 12 for _, second, _ in figures)

    def of(self, cell: CellValue) -> date | None:
        """The day the cell means; None where it means none, or where that cannot be told."""
        if found := plain_day(cell):
            return found
        figures = year_last(_text(cell))
        if figures is None:
            return numeric_date(int(cell)) if isinstance(cell, int | float) else None
        first, second, year = figures
        if self._day_first == self._month_first and first != second:
            return None
        return day_of(year, second, first) if self._day_first else day_of(year, first, second)

    def unread(self, cell: CellValue) -> str:
        """What stands in a cell that should say a day and does not; '' for one that is blank, or a time alone."""
        text = _text(cell)
        return "" if self.of(cell) or _TIME_ALONE.fullmatch(text) else text


def looks_like_a_day(cell: CellValue) -> bool:
    """Whether the cell is a day, however it is to be read."""
    return plain_day(cell) is not None or year_last(_text(cell)) is not None


@lru_cache(maxsize=65536)
def plain_day(cell: CellValue) -> date | None:
    """The day of a cell that leaves no doubt."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    moment = typed_moment(_text(cell))
    return moment.day if moment else None


def _text(cell: CellValue) -> str:
    return shown(cell).translate(PUNCTUATION).strip().strip("\"'")
