"""Sharing whole copies out by number of pupils, with nothing lost or made in rounding."""

from collections.abc import Mapping
from fractions import Fraction


class NothingToShareBy(ValueError):
    """There are copies to share and nobody to share them among."""


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
