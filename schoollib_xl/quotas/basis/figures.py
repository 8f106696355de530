"""Exact quotients, how they are rounded (489 ÷ 40 = 12.225 is shown as 12.23), and whole copies shared out."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

from schoollib_xl.ledgers.units import CENT

_HALF = Fraction(1, 2)


class NothingToShareBy(ValueError):
    """There are copies to share and nobody to share them among."""


def rounded(value: Decimal | Fraction, unit: Decimal = CENT) -> Decimal:
    """The value in these units, two decimals if none are named, rounded half up; a fraction is rounded once, from its
    exact value.
    """
    if isinstance(value, Fraction):
        return floor(value / Fraction(unit) + _HALF) * unit
    return value.quantize(unit, ROUND_HALF_UP)


def quotient(dividend: int | Decimal, divisor: int) -> Decimal | None:
    """The quotient with two decimals, rounded half up; None where there is nothing to divide by."""
    return rounded(Fraction(dividend) / divisor) if divisor else None


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
