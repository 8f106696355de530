"""Days off in the whole country."""

from collections.abc import Iterator
from datetime import date
from functools import cache

# 《全国年节及纪念日放假办法》: the holidays that have the same day every year, all of them in term.
_EVERY_YEAR = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
FRIDAY = 4
"""As `date.weekday()` counts; what is more is the weekend."""


def by_law(first: date, last: date) -> Iterator[date]:
    """The days from first to last, both included, that are off by law on the same day every year."""
    for year in range(first.year, last.year + 1):
        yield from (day for month, of_month in _EVERY_YEAR if first <= (day := date(year, month, of_month)) <= last)


# The causes ask for all days of a school year again and again, and a slip of the pen makes a term of decades.
@cache
def is_off_everywhere(day: date) -> bool:
    """Whether the day is off in the whole country; of years not known yet the weekends but no holidays."""
    from chinese_calendar import is_holiday  # slow to import; few books need it

    try:
        return bool(is_holiday(day))
    except NotImplementedError:
        return day.weekday() > FRIDAY
