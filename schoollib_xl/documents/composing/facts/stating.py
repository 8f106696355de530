"""How a fact is stated: its value with where it comes from, and how a value is printed."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.units import plain_number, to_cents
from schoollib_xl.quotas.measures.indicator import PER_CENT, Indicator, SourceColumns
from schoollib_xl.rules.target_names import LESS_IS_BETTER
from schoollib_xl.wording.zh import say

Value = int | Decimal | date | str | None
# Prose says 40 小时 and 12%, not 40.00 and 12.00; what is per pupil keeps its two decimals.
_BARE = (PER_CENT, "小时")
_TENTH = Decimal("0.1")
# So many classes a sentence names; of more their number is the news.
MOST_CLASSES = 3
# Three decimals and more; a school's figures never need the last.
_FINER = tuple(Decimal(1).scaleb(-places) for places in range(3, 7))


class Fact(NamedTuple):
    """A fact as worked out; a value of None means that it is not known."""

    name: str
    value: Value
    sources: tuple[SourceColumns, ...] = ()
    cells: tuple[Cell, ...] = ()


def is_told(library: Library, fact: Fact) -> bool:
    """Whether a fact is known; what would be counted on an empty sheet is not known to be none."""
    return fact.value is not None and (not fact.sources or bool(library[fact.sources[0].row_type].rows))


def of_indicator(name: str, indicator: Indicator | None) -> Fact:
    """A fact that is an indicator of the term."""
    if indicator is None or indicator.value is None:
        return Fact(name, None)
    if indicator.unit in _BARE:
        sign = PER_CENT if indicator.unit == PER_CENT else ""
        return Fact(name, f"{plain_number(Decimal(indicator.value))}{sign}", indicator.source)
    return Fact(name, indicator.value, indicator.source)


def printed(value: int | Decimal | date | str) -> str:
    """A value as a paper prints it: 25.00 for money, 2026年7月3日 for a day."""
    return say(value) if isinstance(value, date) else str(value)


def days_said(first: date, last: date) -> str:
    """2026年7月1日至2日, the later day only as far as it differs; of one day that day."""
    if first == last:
        return say(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{say(first)}至{last.day}日"
    if first.year == last.year:
        return f"{say(first)}至{last.month}月{last.day}日"
    return f"{say(first)}至{say(last)}"


def joined(names: list[str]) -> str | None:
    """Names as prose has them: 二（1）班、三（1）班和四（2）班; None for none."""
    return "和".join(filter(None, ["、".join(names[:-1]), names[-1]])) if names else None


def percent(part: int, whole: int) -> str | None:
    """Part of the whole in per cent with one decimal, left off where it is 0; None where there is no whole."""
    if not whole:
        return None
    share = (Decimal(part) * 100 / whole).quantize(_TENTH, ROUND_HALF_UP)
    return f"{plain_number(share)}%"


def shortfall(target: Decimal, indicator: Indicator) -> str:
    """What an indicator lacks of a target it has not reached: the difference of both as printed, or with more
    decimals where the printed figure looks as if it had been reached.
    """
    sign = -1 if indicator.name in LESS_IS_BETTER else 1
    printed_gap = sign * (target - (indicator.value or 0))
    if isinstance(indicator.value, int) and printed_gap == int(printed_gap):
        return str(int(printed_gap))
    if printed_gap > 0:
        return str(to_cents(printed_gap))
    gap = sign * (Fraction(target) - (indicator.exact or 0))
    finer = ((Decimal(gap.numerator) / gap.denominator).quantize(unit, ROUND_HALF_UP) for unit in _FINER)
    return str(next((shown for shown in finer if shown), _FINER[-1]))
