"""Copies that are a title of their own in their batch: miswritten, or of another edition."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, islice, pairwise

from schoollib_xl.causes.correction import Correction, Slip, SlipKind, changed
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.identifiers import is_isbn
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.numerals import whole_number
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.rules.titles import TITLE_FIELDS, TitleKey, as_title

# A title is not described in more ways than these by mistake.
_MOST_DESCRIBED = 20
# Of more copies than this, each a title of its own, a column is wrong or none is: one of them tells nothing.
_MOST_SINGLED_OUT = 12


def one_title_more(library: Library, batch: SummaryRow) -> Iterator[Correction]:
    """Copies that are a title of their own for one word that the copy before or after them has otherwise, or for two
    that stand in each other's columns.
    """
    likely = (one for one in _singled_out(library, batch) if _is_of_one_word(*one))
    found = list(islice(likely, _MOST_SINGLED_OUT + 1))
    for row, beside, differing in found if len(found) <= _MOST_SINGLED_OUT else ():
        values = {name: getattr(beside, name) for name in differing}
        is_open = _is_alone(library, beside) and _may_be_another(library, beside, differing)
        if not is_open and not _may_be_another(library, row, differing):
            yield changed(SlipKind.CELL, row, Slip.SAME_TITLE, Slip.SAME_TITLE.cost, **values)


def _is_of_one_word(row: AccessionRow, beside: AccessionRow, differing: list[str]) -> bool:
    """Whether the copies differ in one word, or in two that stand in each other's columns."""
    mine, theirs = ([getattr(copy, name) for name in differing] for copy in (row, beside))
    return len(differing) == 1 or (len(differing) == 2 and mine == theirs[::-1])


def _is_alone(library: Library, copy: AccessionRow) -> bool:
    """Whether no other copy is described as this one, so that it stands against the one beside it alone."""
    same = library[AccessionRow].among("title", {copy.title})
    return sum(as_title(one) == as_title(copy) for one in same) == 1


def has_another(library: Library, batch: SummaryRow) -> bool:
    """Whether nobody can tell how many titles there are: a copy may be of another edition, or miswritten."""
    by_chance = any(_may_be_another(library, row, differing) for row, _, differing in _singled_out(library, batch))
    return by_chance or _is_described_twice(library, batch)


def _is_described_twice(library: Library, batch: SummaryRow) -> bool:
    """Whether copies of one title, or of one ISBN, are described otherwise in what tells no editions apart."""
    described = {as_title(copy) for copy in library.copies_by_batch.get(batch.batch_no, ())}
    for name in ("title", "isbn"):
        index = TITLE_FIELDS.index(name)
        by_name = gathered((key[index], key) for key in described)
        for value, keys in by_name.items():
            if value and any(_are_one(one, other) for one, other in combinations(keys[:_MOST_DESCRIBED], 2)):
                return True
    return False


def _are_one(one: TitleKey, other: TitleKey) -> bool:
    """Whether two descriptions are likely of one title: editions have other years, and numbers of their own."""
    differing = [name for name, mine, theirs in zip(TITLE_FIELDS, one, other, strict=True) if mine != theirs]
    return "isbn" not in differing or any(key[TITLE_FIELDS.index("isbn")] is None for key in (one, other))


def _singled_out(library: Library, batch: SummaryRow) -> Iterator[tuple[AccessionRow, AccessionRow, list[str]]]:
    """Copies that are a title of their own in the batch, each with one beside it and in what they differ."""
    copies = library.copies_by_batch.get(batch.batch_no, [])
    times = Counter(as_title(copy) for copy in copies)
    for one, other in pairwise(sorted(copies, key=lambda copy: copy.accession_no)):
        differing = [name for name in TITLE_FIELDS if getattr(one, name) != getattr(other, name)]
        yield from (
            (row, beside, differing) for row, beside in ((one, other), (other, one)) if times[as_title(row)] == 1
        )


def _may_be_another(library: Library, row: AccessionRow, differing: list[str]) -> bool:
    """Whether the copy may well be of another edition than the one beside it: it says which, or it has a sound number
    of its own that no other title bears.
    """
    if differing == ["edition"]:
        return bool(row.edition) and whole_number(row.edition or "") is not None
    if differing != ["isbn"] or not row.isbn or not is_isbn(row.isbn):
        return False
    return not any(same.title != row.title for same in library[AccessionRow].among("isbn", {row.isbn}))
