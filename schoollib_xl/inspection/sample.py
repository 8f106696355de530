"""The sample to go and look at: numbers to find on the shelf, books to find in the register, batches to match."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TypeVar

from schoollib_xl.inspection.odds import DetectionOdds, Needed, chances, needed
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.quotas.apportionment import apportion
from schoollib_xl.rules.shelves import Shelves

T = TypeVar("T")
DEFAULT_COPIES, DEFAULT_SEED = 20, 1
# An inspector opens a handful of batches: one for every five copies, at least one.
_COPIES_A_BATCH = 5


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
    on_shelf = sorted(library.derive(Shelves).expected(library.as_of), key=lambda copy: copy.accession_no)
    strata: dict[str, list[AccessionRow]] = {}
    for copy in on_shelf:
        strata.setdefault(places.of(copy.location or "") or "", []).append(copy)
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
        largest = max(shares, key=lambda one: shares[one])
        if not shares[place] and shares[largest] > 1:
            shares[place], shares[largest] = 1, shares[largest] - 1
    return shares


def _batches(library: Library, copies: int, rng: Random) -> Sequence[SummaryRow]:
    """Batches to match with their papers: those that came in, with a copy at least."""
    by_batch = group_by(library.copies.values(), "batch_no")
    arrived = [row for row in library.batches.values() if row.flow is Flow.IN and row.batch_no in by_batch]
    arrived.sort(key=lambda row: row.batch_no)
    wanted = min(len(arrived), max(1, copies // _COPIES_A_BATCH))
    return sorted(rng.sample(arrived, wanted), key=lambda row: row.batch_no)
