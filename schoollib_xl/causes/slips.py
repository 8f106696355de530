"""How near what is written is to what should be there: the slips of the pen that book-keeping knows, and their price.

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
# What a correction costs by the slip behind it. The differences only order corrections of equal number: even the
# least likely one is cheaper than two.
COSTS = {
    Slip.DIGITS_SWAPPED: 0.80,
    Slip.TENFOLD: 0.80,
    Slip.SIGN: 0.85,
    Slip.NEIGHBOUR: 0.90,
    Slip.OTHER_LINE: 0.85,
    Slip.OWN_ROW: 0.55,
    Slip.LINES_EXCHANGED: 0.85,
    Slip.LINES_MOVED: 0.85,
    Slip.ONE_LOWER: 0.85,
    Slip.ONE_HIGHER: 0.85,
    Slip.SAME_TITLE: 0.70,
    Slip.OTHER_BOOK: 0.75,
    Slip.WORDS_OF_ROW: 0.75,
    Slip.MOST_OTHERS: 0.75,
    Slip.NUMBER_LEFT_OUT: 0.80,
    Slip.NUMBER_IN_RANGE: 0.75,
    Slip.SAME_ROW: 0.70,
    Slip.SAME_LOAN: 0.60,
    Slip.DAY_AND_MONTH: 0.80,
    Slip.YEAR: 0.80,
    Slip.MONTH: 0.82,
    Slip.COPIED: 0.85,
    Slip.NEAREST: 0.85,
    Slip.NEXT_LOAN: 0.70,
    Slip.ENDS_EXCHANGED: 0.65,
    Slip.DUE_DATE: 0.70,
    Slip.BOOKED: 0.60,
    Slip.SAME_SHIFT: 0.80,
    Slip.COUNTED_ON: 0.75,
    Slip.SAME_YEARS: 0.80,
    Slip.ALL_SHIFTED: 0.80,
    Slip.FILLED: 0.75,
    Slip.SORTED_ALONE: 0.80,
    Slip.REPLACED: 0.80,
    Slip.PREFIX: 0.80,
    Slip.PROMOTED: 0.75,
    Slip.HEADERS_EXCHANGED: 0.75,
    Slip.DAY_LEFT_OUT: 0.75,
    Slip.BACK_AGAIN: 0.80,
    Slip.ONE_DAY: 0.75,
    Slip.ALL_EXCHANGED: 0.80,
    Slip.SAME_FACTOR: 0.80,
    Slip.DISCOUNTED: 0.80,
    Slip.SAME_PERIOD: 0.80,
    Slip.ONE_SCOPE: 0.75,
    Slip.CARD_OF_KIND: 0.70,
    # Of two rules for the same readers one is for others; of one that nobody used yet that is a guess.
    Slip.SAME_SCOPE: 0.74,
    Slip.UNUSED: 0.76,
    Slip.ONE_DIGIT: 0.90,
    Slip.ONE_SIGN: 0.90,
    Slip.ZERO: 0.80,
    Slip.PLAIN: 1.00,
}


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


def cost_of(slip: Slip) -> float:
    """What a correction with this behind it costs."""
    return COSTS[slip]


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
