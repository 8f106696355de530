"""The sample to go and look at: numbers to find on the shelf, books to find in the register, batches, its odds."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, comb
from operator import attrgetter
from random import Random
from typing import NamedTuple, TypeVar

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.quotas.basis.figures import apportion, rounded
from schoollib_xl.rules.shelves import Shelves

# How many faults the table asks about, and for which shares of faults it says how many copies are needed.
FAULTS = (1, 5, 10, 20, 60, 300)
_RATES = (Decimal("0.01"), Decimal("0.02"), Decimal("0.05"))
CONFIDENCE = Decimal("0.95")
_PLACES = Decimal("0.0001")
T = TypeVar("T")
# An inspector opens a handful of batches: one for every five copies, at least one.
_COPIES_A_BATCH = 5
DEFAULT_COPIES, DEFAULT_SEED = 20, 1


class DetectionOdds(NamedTuple):
    """How likely a sample is to show at least one of so many faults."""

    faults: int
    seen: Decimal


class Needed(NamedTuple):
    """The fewest copies that show at least one fault with this confidence where the share of faults is the rate."""

    rate: Decimal
    confidence: Decimal
    copies: int


@dataclass(frozen=True)
class Sample:
    """What is looked at. `population` counts the copies that should be on the shelves on the day it was drawn on;
    `asked` is how many were asked for. `blanks` says how many books to take from each place.
    """

    drawn_on: date
    seed: int
    asked: int
    population: int
    copies: tuple[AccessionRow, ...]
    blanks: dict[str, int]
    batches: tuple[SummaryRow, ...]

    @property
    def is_whole(self) -> bool:
        """Whether more was asked for than there is, so that everything is looked at."""
        return self.asked > self.population

    @property
    def chances(self) -> tuple[DetectionOdds, ...]:
        """How likely the sample is to show one of so many faults."""
        return chances(self.population, len(self.copies))

    @property
    def needed(self) -> tuple[Needed, ...]:
        """How many copies other questions would need."""
        return needed(self.population)


def draw(library: Library, copies: int = DEFAULT_COPIES, seed: int = DEFAULT_SEED) -> Sample:
    """Draw a sample by place: in proportion to what stands there, one of every place as far as it goes. The same
    books, day, size and seed give the same sample.
    """
    rng = Random(seed)
    places = library.derive(Shelves).places
    on_shelf = sorted(library.derive(Shelves).expected(library.as_of), key=attrgetter("accession_no"))
    homes = {location: places.of(location or "") or "" for location in library[AccessionRow].distinct("location")}
    strata = grouped(on_shelf, lambda copy: homes[copy.location])
    shares = share_out(copies, {place: len(held) for place, held in strata.items()})
    chosen = pick(strata, shares, rng)
    batches = tuple(_batches(library, copies, rng))
    return Sample(library.as_of, seed, copies, len(on_shelf), chosen, shares, batches)


def pick(strata: Mapping[str, Sequence[T]], shares: Mapping[str, int], rng: Random) -> tuple[T, ...]:
    """So many of each stratum; within a stratum each is as likely as any."""
    return tuple(one for place, stratum in strata.items() for one in rng.sample(stratum, shares[place]))


def share_out(copies: int, held: Mapping[str, int]) -> dict[str, int]:
    """How many of each place, or all there are: in proportion, and where that leaves a place with none, one from the
    largest share.
    """
    shares = apportion(min(copies, sum(held.values())), held)
    for place in held:
        largest = max(shares, key=lambda share: shares[share])
        if not shares[place] and shares[largest] > 1:
            shares[place], shares[largest] = 1, shares[largest] - 1
    return shares


def _batches(library: Library, copies: int, rng: Random) -> Sequence[SummaryRow]:
    """Batches to match with their papers: those that came in, with a copy at least."""
    filled = {*map(attrgetter("batch_no"), library.copies.values())}
    arrived = [row for row in library.batches.values() if row.flow is Flow.IN and row.batch_no in filled]
    arrived.sort(key=lambda row: row.batch_no)
    wanted = min(len(arrived), max(1, copies // _COPIES_A_BATCH))
    return sorted(rng.sample(arrived, wanted), key=lambda row: row.batch_no)


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
    return tuple(DetectionOdds(faults, rounded(seen(population, faults, copies), _PLACES)) for faults in FAULTS)


def needed(population: int) -> tuple[Needed, ...]:
    """How many copies must be looked at for each of the rates."""
    return tuple(Needed(rate, CONFIDENCE, copies_needed(population, rate, CONFIDENCE)) for rate in _RATES)


def copies_needed(population: int, rate: Decimal, confidence: Decimal) -> int:
    """The fewest copies of a sample that shows a fault with this confidence where at least this share is faulty."""
    faults = ceil(Fraction(rate) * population)
    return bisect_left(range(population), Fraction(confidence), key=lambda copies: seen(population, faults, copies))


def most_faults(population: int, copies: int, found: int, confidence: Decimal) -> int:
    """The most faults the whole may have if what was found is not to be rarer than the confidence allows: with 95 %
    confidence there are no more.
    """
    more = range(found + 1, population - (copies - found) + 1)
    # The more faults there are, the rarer it is that so few are found.
    likely = bisect_left(more, Fraction(confidence) - 1, key=lambda faults: -at_most(population, faults, copies, found))
    return found + likely
