"""Days written without a year, or without year and month, as paper registers have them (3.5, 4月10日, 12日), and the
time of day beside a day.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from schoollib_xl.adoption.transforms import SHORT_YEAR, Read
from schoollib_xl.ledgers.done import DONE
from schoollib_xl.ledgers.school import FIRST_MONTH
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import (
    day_after,
    day_near,
    day_of,
    in_arabic,
    month_and_day,
    typed_moment,
    years_in,
)
from schoollib_xl.sheets.reading.texts import PUNCTUATION, cleaned
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.reading.years import AMBIGUOUS_DAY, is_out_of_reach

# The header of days of which the title says month and year.
BARE_DAY = "日"
_MONTH = re.compile(r"(?:20\d{2})\s*[年./-]\s*(\d{1,2})\s*(?:月|$|[^\d年./-])")
# A sheet for each month: 9月, 九月份.
_MONTH_ALONE = re.compile(r"(?<!\S)(\d{1,2})月份?(?!\S)")
_A_TIME = re.compile(
    r"20\d{2}(?:[-—–~至]20\d{2})?(?:学年度?|年度?|[./-](?=\d))(?:第?[一二12]学期|[上下]学期|[上下]半年|[春秋](?:季|季?学期)?|\d{1,2}月份?)?"
)
_ONLY_A_DAY = re.compile(r"(\d{1,2})[日号]")
# Days of what lists tell of, which has happened; a loan is due no later than a school year hence.
_GONE_BY = frozenset(" ".join([*DONE.values(), "due_on happened_on issued_on"]).split())
_LONGEST_LOAN = timedelta(days=366)
# Nobody enters a loan later than after the summer holidays.
_LATEST_ENTRY = timedelta(days=62)
# 0903, and 903 of a cell that took it for a number; 111 may be of January or November.
_FOUR_FIGURES = re.compile(r"(0[1-9]|1[0-2]|[2-9])([0-2]\d|3[01])")
_BARE_DAY = re.compile(r"(\d{1,2})[日号]?")


class Heading(NamedTuple):
    """What the titles round a table say of its days: the years they name, one month, the half of the school year."""

    years: tuple[int, ...]
    month: int | None

    @classmethod
    def of(cls, text: str) -> "Heading":
        """What a text says."""
        years = tuple(dict.fromkeys(years_in(text)))
        months = _MONTH.findall(text) or _MONTH_ALONE.findall(in_arabic(text))
        return cls(years, int(months[0]) if len(set(months)) == 1 else None)

    def year_of(self, month: int) -> int | None:
        """The year a month lies in; of a school year's two the first one from August on."""
        if len(self.years) == 1:
            return self.years[0]
        if len(self.years) == 2 and self.years[1] == self.years[0] + 1:
            return self.years[0] if month >= FIRST_MONTH else self.years[1]
        return None


def is_time(text: str) -> bool:
    """Whether a text says the year, the term or the month of what stands below it, and nothing else: 2024年春."""
    return _A_TIME.fullmatch("".join(text.split())) is not None and Heading.of(text).years != ()


def time_in(text: str) -> str:
    """The year and month that a title says among other words; '' where it says no year."""
    heading = Heading.of(text)
    month = f"{heading.month}月" if heading.month else ""
    return f"{'-'.join(map(str, heading.years))}年{month}" if heading.years else ""


def time_told(text: str) -> Heading | None:
    """What a title says of the days below it; None where it says nothing."""
    heading = Heading.of(text)
    return heading if heading.years or heading.month else None


class YearGiver:
    """Completes the days of one column: by the title, else by the last day above, in whose order they stand. `full`
    gives the days that it writes with their year, none after `until`. Where `has_bare_days` a figure alone is a day of
    the month in the title.
    """

    def __init__(
        self, heading: Heading, full: Callable[[], Sequence[date]], until: date, *, has_bare_days: bool = False
    ) -> None:
        self._heading = heading
        self._day = _BARE_DAY if has_bare_days else _ONLY_A_DAY
        # Most columns write every day in full, and are gone through once more for no other.
        self._full = cache(full)
        self._until = until
        self._seen = 0
        self._last: date | None = None

    def is_below(self, heading: Heading) -> None:
        """A line between the rows says the year, the month, or both of those below it."""
        self._heading = Heading(heading.years or self._heading.years, heading.month)
        self._last = None if heading.years else self._last

    def saw(self, day: date) -> None:
        """A full day stood in the column."""
        self._last = day
        self._seen += 1

    def complete(self, value: CellValue, not_before: date | None) -> date | None:
        """The day a cell means; `not_before` is the day of the same row it cannot precede (还 after 借)."""
        found = self._month_and_day(value, not_before)
        if found is None:
            return None
        month, day = found
        if not_before and self._day is _BARE_DAY and month == not_before.month and day < not_before.day:
            # 还 2 in the list of September may be of October, or of any month after it.
            return None
        if not_before:
            return day_after(not_before, month, day)
        if year := self._heading.year_of(month):
            return day_of(year, month, day)
        if last := self._last or next(iter(self._full()), None):
            self._last = self._next(last, month, day)
        return self._last

    def _next(self, last: date, month: int, day: int) -> date | None:
        """The day that is meant below another: the nearest, but in a book kept in order none long before it."""
        near, later = day_near(last, month, day), day_after(last, month, day)
        if near is None or later is None or last - near <= _LATEST_ENTRY or [*self._full()] != sorted(self._full()):
            return near
        ahead = next(iter(self._full()[self._seen :]), self._until)
        return later if later <= ahead else near

    def _month_and_day(self, value: CellValue, not_before: date | None) -> tuple[int, int] | None:
        text = cleaned(shown(value)).translate(PUNCTUATION)
        # A number 3.1 may have been 3.10; a text 3.1 was not.
        if isinstance(value, float) and AMBIGUOUS_DAY.fullmatch(text):
            return None
        if match := self._day.fullmatch(text):
            # 还 17日 beside 借 3月10日 is of that month.
            month = self._heading.month or (not_before and not_before.month)
            return (month, int(match[1])) if month else None
        if match := _FOUR_FIGURES.fullmatch(text):
            text = f"{match[1]}-{match[2]}"
        return month_and_day(text)


def of_day_gone_by(name: str, read: Read, as_of: date) -> Read:
    """The day of a field as read; a year of two figures that makes a day to come of one gone by may as well be a day:
    27-3-5.
    """
    guessed = next((step.before for step in read.steps if step.transform is SHORT_YEAR), "")
    if not guessed or name not in _GONE_BY:
        return read
    earliest = read.value - _LONGEST_LOAN if name == "due_on" else read.value
    return Read(verbatim=guessed) if is_out_of_reach(earliest, as_of) else read


def clock_of(value: CellValue) -> time | None:
    """The time of day in a cell that holds a day."""
    if isinstance(value, datetime):
        return value.time().replace(microsecond=0)
    if isinstance(value, float) and value % 1:
        return (datetime.min + timedelta(seconds=round(value % 1 * 86_400))).time()
    moment = (
        typed_moment(cleaned(shown(value)).translate(PUNCTUATION)) if isinstance(value, str | int | float) else None
    )
    return moment.clock if moment else None
