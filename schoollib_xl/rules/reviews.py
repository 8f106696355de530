"""图书审查: what a row of it is about, and which batches somebody has looked through."""

from collections.abc import Iterator

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.inspection import ReviewRow

EVERYTHING = ("全部", "全部藏书", "全馆", "所有")


def copies_of(library: Library, scope: str) -> list[AccessionRow] | None:
    """The copies a 范围 means: all, those of a batch, or one; None where it means nothing in these books."""
    if scope in EVERYTHING:
        return list(library.copies.values())
    if scope in library.known_batches:
        return library.copies_by_batch.get(scope, [])
    copy = library.copies.get(scope)
    return [copy] if copy else None


def reviewed_batches(library: Library) -> frozenset[str]:
    """The batches that were looked through as a whole: by their own number, or with everything that was there."""
    return frozenset(_reviewed(library))


def _reviewed(library: Library) -> Iterator[str]:
    for row in library[ReviewRow]:
        if row.scope in EVERYTHING:
            yield from (no for no, batch in library.batches.items() if batch.registered_on <= row.reviewed_on)
        elif row.scope in library.batches:
            yield row.scope
