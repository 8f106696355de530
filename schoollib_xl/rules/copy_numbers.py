"""Which copy or which reader a number means, however it was scanned or typed."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import cycle

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.identifiers import is_isbn, isbn_core
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.supporting.people import ReaderRow

# Begins and ends a barcode of Code 39 (ISO/IEC 16388); no sign of the number itself.
_CODE_39 = "*"


class CopyNumbers:
    """The numbers of 个别登记账 as a scanner or a hand gives them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._width = library.school.number_width

    def of(self, text: str) -> tuple[str, ...]:
        """The 个别登记号 the text stands for; several where one 条码号 is on several copies, none where it is
        unknown. Zeros lost in front of a number are put back, and a scanner that types in the other case is
        understood; so are wide figures, and the asterisks of Code 39, which some scanners send and some fonts print.
        """
        return self._named(text) or self._named(tidied(text).strip(_CODE_39))

    def _named(self, text: str) -> tuple[str, ...]:
        if text in self._library.copies:
            return (text,)
        padded = text.zfill(self._width) if text.isascii() and text.isdigit() else text
        if padded in self._library.copies and text not in self.by_barcode:
            return (padded,)
        return self.by_barcode.get(text) or self._in_any_case.get(text.casefold(), ())

    @cached_property
    def by_barcode(self) -> dict[str, tuple[str, ...]]:
        """The 个别登记号 behind each 条码号; copies written off give way to those in the holdings."""
        if not self._library[AccessionRow].has("barcode"):
            return {}
        found = gathered((copy.barcode, number) for number, copy in self._library.copies.items() if copy.barcode)
        return {code: self._in_force(numbers) for code, numbers in found.items()}

    @cached_property
    def _in_any_case(self) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for code, numbers in self.by_barcode.items():
            found[code.casefold()] += numbers
        return found

    def _in_force(self, numbers: list[str]) -> tuple[str, ...]:
        if len(numbers) == 1:
            return tuple(numbers)
        gone = self._library.written_off_copies
        return tuple([number for number in numbers if number not in gone] or numbers)


class ScannedIsbns:
    """What numbers mean that no copy has: the ISBN printed on a book is on all copies of it, and tells none of them."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def _copies(self) -> dict[str | None, list[AccessionRow]]:
        return gathered((isbn_core(copy.isbn), copy) for copy in self._library.copies.values() if copy.isbn)

    def of(self, text: str) -> list[AccessionRow]:
        """The copies of the book whose ISBN a number is; none where a copy has the number or no book has the ISBN."""
        if text in self._library.copies or not is_isbn(text):
            return []
        return self._copies.get(isbn_core(text), [])


class NumbersInTurn:
    """The copies that numbers mean, one scan after the other: a 条码号 that is on several is taken for each in turn."""

    def __init__(self, library: Library) -> None:
        self._numbers = library.derive(CopyNumbers)
        self._turns: dict[str, Iterator[str]] = {}

    def next_of(self, text: str) -> str | None:
        """The 个别登记号 the text stands for this time; None where it is unknown."""
        if text not in self._turns:
            self._turns[text] = cycle(self._numbers.of(text))
        return next(self._turns[text], None)


def tidied(code: str) -> str:
    """A code as it was meant: a Chinese input method makes wide letters and digits of what a scanner types, and what no
    eye sees (a mark of direction that was copied along, a sign that ends a square code) is no part of it.
    """
    plain = unicodedata.normalize("NFKC", code).strip()
    return plain if plain.isprintable() else "".join(filter(str.isprintable, plain)).strip()


def reader_of(library: Library, code: str) -> ReaderRow | None:
    """The reader of this number, whatever case it is typed in; None also where two differ by case only."""
    exact = library.readers.get(code) or library.readers.get(code.strip(_CODE_39))
    if exact or not code:
        return exact
    code = code.strip(_CODE_39)
    alike = [reader for number, reader in library.readers.items() if number.casefold() == code.casefold()]
    return alike[0] if len(alike) == 1 else None
