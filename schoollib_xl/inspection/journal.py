"""抽查流水: the samples that were drawn, and line by line what was found of them at the shelf.

A line is never changed: what is said of a copy last is what counts.
"""

from collections.abc import Iterable
from datetime import date
from enum import Enum, StrEnum, auto
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from schoollib_xl.inspection.answers import SampleSheet, Verdict, verdict
from schoollib_xl.inspection.sample import Sample
from schoollib_xl.ledgers.library import Library
from schoollib_xl.rules.copy_numbers import CopyNumbers

TICK = "√"


class About(StrEnum):
    """What a line is about: a sample, a copy of it, that copy's cards, a book taken from the shelf, a batch."""

    SAMPLE = "抽样"
    COPY = "册"
    CARDS = "卡和章"
    TAKEN = "架上拿的"
    BATCH = "单据"


class DrawnSample(BaseModel):
    """A sample by its numbers, so that it stays what it was whatever the ledgers become."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    drawn_on: date
    seed: int
    asked: int
    population: int
    copies: tuple[str, ...]
    blanks: dict[str, int]
    batches: tuple[str, ...]


class SampleLine(BaseModel):
    """One line: a sample, or what was said of one of its numbers; '' takes back what was said before."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    about: About
    number: str = ""
    said: str = ""
    drawn: DrawnSample | None = None


class FilledSample:
    """A sample and its answers so far, the last one for each number."""

    def __init__(self, drawn: DrawnSample) -> None:
        self.drawn = drawn
        self.said: dict[About, dict[str, str]] = {about: {} for about in About}

    def take(self, line: SampleLine) -> None:
        """Take in what a line says of one of the numbers."""
        self.said[line.about][line.number] = line.said

    @property
    def sheet(self) -> SampleSheet:
        """The answers as the sheet that is filled in at the shelf has them."""
        record, said = self.drawn, self.said
        return SampleSheet(
            record.asked,
            record.seed,
            {number: said[About.COPY].get(number, "") for number in record.copies},
            {number: said[About.CARDS].get(number, "") for number in record.copies},
            tuple(number for number, word in said[About.TAKEN].items() if word),
            {number: said[About.BATCH].get(number, "") for number in record.batches},
        )


class Way(StrEnum):
    """Which way is being looked: for the copies of the sample, or from a book into the register."""

    TO_SHELF = "照号找书"
    TO_BOOK = "照书找号"


class Came(Enum):
    """What a scan came to."""

    FOUND = auto()
    FOUND_BEFORE = auto()
    NOT_ASKED = auto()
    IN_BOOK = auto()
    WITHDRAWN = auto()
    UNKNOWN = auto()
    TAKEN_BEFORE = auto()


class Scanned(NamedTuple):
    """What a scan came to, of which number, and the line it leaves; None for none."""

    came: Came
    number: str
    line: SampleLine | None


def drawn(sample: Sample) -> DrawnSample:
    """The sample by its numbers."""
    return DrawnSample(
        drawn_on=sample.drawn_on,
        seed=sample.seed,
        asked=sample.asked,
        population=sample.population,
        copies=tuple(copy.accession_no for copy in sample.copies),
        blanks=sample.blanks,
        batches=tuple(row.batch_no for row in sample.batches),
    )


def sample_of(record: DrawnSample, library: Library) -> Sample | None:
    """The sample as it was drawn; None where the ledgers have one of its numbers no more."""
    copies, batches = library.copies, library.batches
    if not (copies.keys() >= set(record.copies) and batches.keys() >= set(record.batches)):
        return None
    return Sample(
        record.drawn_on,
        record.seed,
        record.asked,
        record.population,
        tuple(copies[number] for number in record.copies),
        record.blanks,
        tuple(batches[number] for number in record.batches),
    )


def filled(lines: Iterable[SampleLine]) -> tuple[FilledSample, ...]:
    """The samples in the order they were drawn, each with what was said of it until the next."""
    found: list[FilledSample] = []
    for line in lines:
        if line.drawn:
            found.append(FilledSample(line.drawn))
        elif found:
            found[-1].take(line)
    return tuple(found)


def scanned(filled: FilledSample, library: Library, text: str, way: Way) -> Scanned:
    """What one number at the shelf says."""
    meant = library.derive(CopyNumbers).of(text)
    if way is Way.TO_BOOK:
        return _taken(filled, library, text, meant)
    asked = next((number for number in meant if number in filled.drawn.copies), None)
    if asked is None:
        return Scanned(Came.NOT_ASKED if meant else Came.UNKNOWN, meant[0] if meant else text, None)
    if verdict(filled.said[About.COPY].get(asked, "")) is Verdict.YES:
        return Scanned(Came.FOUND_BEFORE, asked, None)
    return Scanned(Came.FOUND, asked, SampleLine(about=About.COPY, number=asked, said=TICK))


def _taken(filled: FilledSample, library: Library, text: str, meant: tuple[str, ...]) -> Scanned:
    number = meant[0] if meant else text
    if filled.said[About.TAKEN].get(number):
        return Scanned(Came.TAKEN_BEFORE, number, None)
    line = SampleLine(about=About.TAKEN, number=number, said=TICK)
    if not meant:
        return Scanned(Came.UNKNOWN, number, line)
    is_gone = number in library.written_off_copies
    return Scanned(Came.WITHDRAWN if is_gone else Came.IN_BOOK, number, line)
