"""What a sample without replacement can show: exact hypergeometric probabilities, in whole numbers and fractions."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, comb
from typing import NamedTuple

# How many faults the table asks about, and for which shares of faults it says how many copies are needed.
FAULTS = (1, 5, 10, 20, 60, 300)
RATES = (Decimal("0.01"), Decimal("0.02"), Decimal("0.05"))
CONFIDENCE = Decimal("0.95")
_PLACES = Decimal("0.0001")


class DetectionOdds(NamedTuple):
    """How likely a sample is to show at least one of so many faults."""

    faults: int
    seen: Decimal


class Needed(NamedTuple):
    """The fewest copies that show at least one fault with this confidence where the share of faults is the rate."""

    rate: Decimal
    confidence: Decimal
    copies: int


def seen(population: int, faults: int, copies: int) -> Fraction:
    """The probability that a sample of so many copies holds at least one fault. More faults or copies than the
    population has are all of it.
    """
    faults, copies = min(faults, population), min(copies, population)
    return 1 - Fraction(comb(population - faults, copies), comb(population, copies))


def at_most(population: int, faults: int, copies: int, found: int) -> Fraction:
    """The probability that the sample holds no more than `found` of the faults."""
    least = max(0, copies - (population - faults))
    ways = sum(
        comb(faults, bad) * comb(population - faults, copies - bad) for bad in range(least, min(found, copies) + 1)
    )
    return Fraction(ways, comb(population, copies))


def chances(population: int, copies: int) -> tuple[DetectionOdds, ...]:
    """The table of chances, four decimals, half up."""
    return tuple(DetectionOdds(faults, to_four(seen(population, faults, copies))) for faults in FAULTS)


def needed(population: int) -> tuple[Needed, ...]:
    """How many copies must be looked at for each of the rates."""
    return tuple(Needed(rate, CONFIDENCE, copies_needed(population, rate, CONFIDENCE)) for rate in RATES)


def copies_needed(population: int, rate: Decimal, confidence: Decimal) -> int:
    """The fewest copies of a sample that shows a fault with this confidence where at least this share is faulty."""
    faults = ceil(Fraction(rate) * population)
    low, high = 0, population
    while low < high:
        middle = (low + high) // 2
        if seen(population, faults, middle) >= Fraction(confidence):
            high = middle
        else:
            low = middle + 1
    return low


def most_faults(population: int, copies: int, found: int, confidence: Decimal) -> int:
    """The most faults the whole may have if what was found is not to be rarer than the confidence allows: with 95 %
    confidence there are no more.
    """
    doubt = 1 - Fraction(confidence)
    low, high = found, population - (copies - found)
    while low < high:
        middle = (low + high + 1) // 2
        if at_most(population, middle, copies, found) > doubt:
            low = middle
        else:
            high = middle - 1
    return low


def to_four(value: Fraction) -> Decimal:
    """Four decimals, half up, without a detour over floating point."""
    scaled = value / Fraction(_PLACES)
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (Decimal(whole) * _PLACES).quantize(_PLACES, ROUND_HALF_UP)
