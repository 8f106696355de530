"""How near what is written is to what should be there: the slips of the pen that book-keeping knows.

A difference that 9 divides and the same digits: two were exchanged (除九法). Ten or a hundred times as much: the point
slipped. A difference that is twice the figure: it went in with the wrong sign (除二法).
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from typing import Any

from schoollib_xl.causes.correction import Slip
from schoollib_xl.ledgers.school import exchanged, months_apart
from schoollib_xl.rules.likeness import one_sign_apart

# A register of a school that is kept in a workbook goes back no further than the schools of the republic.
_OUR_YEARS = range(1949, 2100)
# 1924 and 2124 for 2024, 0024 for 2024 or 1924.
_CENTURIES = (100, -100, 2000, 1900)


def slip_between(is_: Any, should: Any) -> Slip:
    """The slip that makes the one out of the other; PLAIN where none is known."""
    if isinstance(is_, date) and isinstance(should, date):
        return _slip_of_dates(is_, should)
    mine, theirs = _digits(is_), _digits(should)
    if not mine or not theirs or mine == theirs:
        return Slip.PLAIN
    if mine.rstrip("0") == theirs.rstrip("0"):
        return Slip.TENFOLD
    # Of a single digit every other one is one digit away: that says nothing.
    if len(mine) == len(theirs) > 1:
        if one_sign_apart(mine, theirs):
            return Slip.ONE_DIGIT if _differ_in_a_digit(mine, theirs) else Slip.ONE_SIGN
        differing = sum(one != other for one, other in zip(mine, theirs, strict=True))
        if differing == 2 and sorted(mine) == sorted(theirs):
            return Slip.DIGITS_SWAPPED
    return Slip.PLAIN


def _slip_of_dates(is_: date, should: date) -> Slip:
    if (is_.month, is_.day) == (should.day, should.month) and is_.year == should.year:
        return Slip.DAY_AND_MONTH
    if (is_.month, is_.day) == (should.month, should.day):
        return Slip.YEAR
    if is_.day == should.day and abs(months_apart(is_, should)) == 1:
        return Slip.MONTH
    is_same_month = (is_.year, is_.month) == (should.year, should.month)
    return Slip.ONE_DIGIT if is_same_month and one_sign_apart(str(is_.day), str(should.day)) else Slip.PLAIN


def _differ_in_a_digit(one: str, other: str) -> bool:
    """Whether what differs are digits: of a name, a class or a book it is a character."""
    return all(mine.isdigit() and theirs.isdigit() for mine, theirs in zip(one, other, strict=True) if mine != theirs)


def _digits(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(int(value * 100))
    return str(value) if isinstance(value, int | str) else ""


def years_meant(year: int) -> list[int]:
    """The years that a slip makes this one of: the next or the last, another century where none of ours is meant."""
    centuries = [] if year in _OUR_YEARS else [year + by for by in _CENTURIES if year + by in _OUR_YEARS]
    return [*centuries, *(one for one in (year + 1, year - 1) if MINYEAR <= one <= MAXYEAR)]


def neighbouring_dates(day: date) -> Iterator[date]:
    """The dates that a slip of the pen makes this one of: day and month exchanged, a year or a month more or less, a
    century where no ledger kept today has such a year.
    """
    if other := exchanged(day):
        yield other
    yield from (day.replace(year=year) for year in years_meant(day.year) if (day.month, day.day) != (2, 29))
    for months in (day.month - 2, day.month):
        year, month = day.year + months // 12, months % 12 + 1
        if MINYEAR <= year <= MAXYEAR and day.day <= monthrange(year, month)[1]:
            yield day.replace(year=year, month=month)
