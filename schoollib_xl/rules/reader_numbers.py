"""Which reader a number means, as a scanner, an input method or a hand gives it."""

import unicodedata

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ReaderRow


def tidied(code: str) -> str:
    """A code as it was meant: a Chinese input method makes wide letters and digits of what a scanner types."""
    return unicodedata.normalize("NFKC", code).strip()


def reader_of(library: Library, code: str) -> ReaderRow | None:
    """The reader of this number, whatever case it is typed in; None also where two differ by case only."""
    exact = library.readers.get(code)
    if exact or not code:
        return exact
    alike = [reader for number, reader in library.readers.items() if number.casefold() == code.casefold()]
    return alike[0] if len(alike) == 1 else None
