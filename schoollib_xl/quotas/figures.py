"""Exact quotients and how they are rounded: 489 ÷ 40 = 12.225 is shown as 12.23."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


def rounded(value: Decimal | Fraction) -> Decimal:
    """The value with two decimals, rounded half up; a fraction is rounded once, from its exact value."""
    if isinstance(value, Fraction):
        cents = (200 * value.numerator + value.denominator) // (2 * value.denominator)
        return (Decimal(cents) / _HUNDRED).quantize(_CENT)
    return value.quantize(_CENT, ROUND_HALF_UP)


def quotient(dividend: int | Decimal, divisor: int) -> Decimal | None:
    """The quotient with two decimals, rounded half up; None where there is nothing to divide by."""
    return rounded(Fraction(dividend) / divisor) if divisor else None


def whole_up(value: Decimal | Fraction) -> int:
    """The smallest whole number that is not less."""
    if isinstance(value, Fraction):
        return -(-value.numerator // value.denominator)
    return int(value.to_integral_value(ROUND_CEILING))
