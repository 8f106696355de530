"""How a fact is stated: its value with where it comes from, and how a value is printed."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.quotas.indicator import PER_CENT, Indicator, Source
from schoollib_xl.wording.zh import say

Value = int | Decimal | date | str | None
_TENTH = Decimal("0.1")
# Two figures that differ look equal with so many decimals; a school's figures never need more.
_MOST_DECIMALS = 6


class Given(NamedTuple):
    """A fact as worked out; a value of None means that it is not known."""

    name: str
    value: Value
    sources: tuple[Source, ...] = ()
    cells: tuple[Cell, ...] = ()


def of_indicator(name: str, indicator: Indicator | None) -> Given:
    """A fact that is an indicator of the term."""
    if indicator is None or indicator.value is None:
        return Given(name, None)
    if indicator.unit == PER_CENT:
        return Given(name, f"{Decimal(indicator.value).normalize():f}%", indicator.source)
    return Given(name, indicator.value, indicator.source)


def printed(value: int | Decimal | date | str) -> str:
    """A value as a paper prints it: 25.00 for money, 2026年7月3日 for a day."""
    return say(value) if isinstance(value, date) else str(value)


def joined(names: list[str]) -> str | None:
    """Names as prose has them: 二（1）班、三（1）班和四（2）班; None for none."""
    return "和".join(filter(None, ["、".join(names[:-1]), names[-1]])) if names else None


def percent(part: int, whole: int) -> str | None:
    """Part of the whole in per cent with one decimal, left off where it is 0; None where there is no whole."""
    if not whole:
        return None
    share = (Decimal(part) * 100 / whole).quantize(_TENTH, ROUND_HALF_UP)
    return f"{share.normalize():f}%"


def difference(larger: Fraction, smaller: Fraction) -> str:
    """What is wanting, with two decimals, or with as many as show that something is."""
    gap = larger - smaller
    for decimals in range(2, _MOST_DECIMALS):
        shown = (Decimal(gap.numerator) / gap.denominator).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        if shown:
            break
    return str(shown)
