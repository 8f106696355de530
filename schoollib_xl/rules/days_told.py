"""The days that words name: 10月24日, 2026.3.5."""

import re
from contextlib import suppress
from datetime import date

from schoollib_xl.ledgers.school import FIRST_MONTH

# A day in words, with or without its year; 7月10日前 is a deadline.
_DAY = re.compile(
    r"(?<!\d)(?:(20\d\d)[年./-](?=\d))?(1[0-2]|0?[1-9])(?:月|(?<=[./-]\d)[./-]|(?<=[./-]\d\d)[./-])"
    r"(3[01]|[12]\d|0?[1-9])(?!\d)[日号]?+(?!以?前|之前)"
)


def days_told(text: str | None, first_year: int) -> list[date]:
    """The days the words name, in the school year that begins in `first_year` where they say no year."""
    found: list[date] = []
    for year, month, of_month in _DAY.findall("".join((text or "").split())):
        own = int(year) if year else first_year + (int(month) < FIRST_MONTH)
        with suppress(ValueError):  # 2月30日
            found.append(date(own, int(month), int(of_month)))
    return found


def is_ahead(text: str | None, day: date, first_year: int) -> bool:
    """Whether every day the words name, in the school year that begins in `first_year`, is after the day that is
    asked about: that cannot have been done.
    """
    told = days_told(text, first_year)
    return bool(told) and min(told) > day
