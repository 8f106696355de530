"""What a card may say wrongly of its reader, as the numbers of the other cards tell."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from schoollib_xl.causes.correction import Correction, Slip, SlipKind, changed
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind

# Cards numbered alike that are all of one kind, but for the one in doubt: fewer are no custom of the school's.
_CARDS = 3
_DIGITS = re.compile(r"\d+")


def kinds_by_number(library: Library, row: ClassRow) -> Iterator[Correction]:
    """Cards of the class that are of another kind than all others numbered like them: T013 among the pupils."""
    numbered = library.derive(_kinds_of_numbers)
    for reader in library[ReaderRow]:
        if reader.class_name is None or library.class_called(reader.class_name) != row:
            continue
        others = numbered[_make(reader.reader_no)] - Counter((reader.kind,))
        if reader.kind not in others and len(others) == 1 and others.total() >= _CARDS:
            slip = Slip.CARD_OF_KIND
            yield changed(SlipKind.READER, reader, slip, slip.cost, kind=next(iter(others)))


def kinds_meant(library: Library, row: ReaderRow) -> Iterator[ReaderKind]:
    """The kinds that a card may have been meant to be of: not another than all cards numbered like it, nor that of a
    second card, which would no longer be one.
    """
    others = library.derive(_kinds_of_numbers)[_make(row.reader_no)] - Counter((row.kind,))
    mates = library[ReaderRow].among("name", {row.name})
    if any(mate.line != row.line and mate.class_name == row.class_name for mate in mates):
        return
    yield from (kind for kind in ReaderKind if not others or kind in others)


def _kinds_of_numbers(library: Library) -> dict[str, Counter[ReaderKind]]:
    """How many cards of each kind are numbered with the same letters."""
    numbered: dict[str, Counter[ReaderKind]] = defaultdict(Counter)
    for reader in library[ReaderRow]:
        numbered[_make(reader.reader_no)][reader.kind] += 1
    return numbered


def _make(number: str) -> str:
    return _DIGITS.sub("", number)
