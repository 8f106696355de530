"""A number scanned at the shelf: which line of the sample it answers."""

from enum import Enum, StrEnum, auto
from typing import NamedTuple

from schoollib_xl.inspection.answers import Verdict, verdict
from schoollib_xl.inspection.journal import About, FilledSample, SampleLine
from schoollib_xl.ledgers.library import Library
from schoollib_xl.rules.copy_numbers import CopyNumbers

TICK = "√"


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


def scanned(filled: FilledSample, library: Library, text: str, way: Way) -> Scanned:
    """What one number at the shelf says."""
    meant = library.derive(CopyNumbers).of(text)
    if way is Way.TO_BOOK:
        return _taken(filled, library, text, meant)
    asked = next((number for number in meant if number in filled.sheet.found), None)
    if asked is None:
        return Scanned(Came.NOT_ASKED if meant else Came.UNKNOWN, meant[0] if meant else text, None)
    if verdict(filled.sheet.found[asked]) is Verdict.YES:
        return Scanned(Came.FOUND_BEFORE, asked, None)
    return Scanned(Came.FOUND, asked, SampleLine(about=About.COPY, number=asked, said=TICK))


def _taken(filled: FilledSample, library: Library, text: str, meant: tuple[str, ...]) -> Scanned:
    number = meant[0] if meant else text
    if number in filled.sheet.taken:
        return Scanned(Came.TAKEN_BEFORE, number, None)
    line = SampleLine(about=About.TAKEN, number=number, said=TICK)
    if not meant:
        return Scanned(Came.UNKNOWN, number, line)
    is_gone = number in library.written_off_copies
    return Scanned(Came.WITHDRAWN if is_gone else Came.IN_BOOK, number, line)
