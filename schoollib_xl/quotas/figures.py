"""Exact quotients, how they are rounded (489 ÷ 40 = 12.225 is shown as 12.23), and whole copies shared out."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from schoollib_xl.ledgers.units import CENT, to_cents


class NothingToShareBy(ValueError):
    """There are copies to share and nobody to share them among."""


def rounded(value: Decimal | Fraction) -> Decimal:
    """The value with two decimals, rounded half up; a fraction is rounded once, from its exact value."""
    if isinstance(value, Fraction):
        cents = (200 * value.numerator + value.denominator) // (2 * value.denominator)
        return Decimal(cents) * CENT
    return to_cents(value)


def quotient(dividend: int | Decimal, divisor: int) -> Decimal | None:
    """The quotient with two decimals, rounded half up; None where there is nothing to divide by."""
    return rounded(Fraction(dividend) / divisor) if divisor else None


def whole_up(value: Decimal | Fraction) -> int:
    """The smallest whole number that is not less."""
    if isinstance(value, Fraction):
        return -(-value.numerator // value.denominator)
    return int(value.to_integral_value(ROUND_CEILING))


def apportion(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Shares of the total in proportion to the weights, adding up to it exactly (largest remainder, Hamilton).

    Everyone gets the whole part of the exact share; what is left goes, one each, to the largest remainders;
    equal remainders go to the larger weight, then to the first named. Every share is thus the exact one
    rounded down or up, which divisor methods such as Sainte-Laguë do not promise. The price is the Alabama
    paradox: when the total grows by one, somebody's share may fall by one.

    Raises NothingToShareBy where the total is not 0 and the weights add up to 0.
    """
    whole = sum(weights.values())
    if not whole:
        if total:
            raise NothingToShareBy(total)
        return dict.fromkeys(weights, 0)
    exact = {name: Fraction(total * weight, whole) for name, weight in weights.items()}
    shares = {name: share.numerator // share.denominator for name, share in exact.items()}
    by_remainder = sorted(weights, key=lambda name: (shares[name] - exact[name], -weights[name]))
    for name in by_remainder[: total - sum(shares.values())]:
        shares[name] += 1
    return shares
