"""Numbers all through a book that lack the letters before their figures, or have others than another book has; letters
that were typed for figures.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from schoollib_xl.causes.columns.at_odds import KEPT_IN, TOLD_BY
from schoollib_xl.causes.columns.replaced import name_the_best
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.supporting.people import PupilLibrarianRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# Of fewer numbers each may be miswritten by itself.
_LEAST = 4
# Of the numbers that nothing is known by, so many must be those of others.
_OF, _MOST = 10, 8
_BOOKS = (LoanRow, CompensationRow, WithdrawalRow, PupilLibrarianRow)
_SEEN = (StocktakeRow, RepairRow)
_FIGURES = re.compile(r"\d+$")
# Letters that are typed for the figures they look like.
_LOOK_ALIKE = str.maketrans("OoIl", "0011")

# The lines of a book, each with the row that its number is of.
_Pairs = list[tuple[Any, Any]]


def prefixes_amiss(course: Course) -> None:
    """Name the book whose numbers begin otherwise than in the others, where that settles most; of two that may be,
    both.
    """
    for number in TOLD_BY:
        found = [one for one in course.open_findings().values() if one.at.field == number]
        if found and (correction := _with_figures(course.trial.library, number)):
            course.accept([correction])
        if len(found) >= _LEAST:
            name_the_best(course, _likely(course.trial.library, number), _LEAST)


def _with_figures(library: Library, number: str) -> Correction | None:
    """The numbers that nothing is known by, and that are known with figures for the letters they look like."""
    known = set(library[KEPT_IN[number]].distinct(number))
    rows = [row for book in (*_BOOKS, *_SEEN) if number in SHEETS[book].by_name for row in library[book]]
    unknown = ((row, said) for row in rows if (said := getattr(row, number)) and said not in known)
    pairs = [(row, figures) for row, said in unknown if (figures := said.translate(_LOOK_ALIKE)) in known]
    return _written(pairs, number, Slip.LOOK_ALIKE) if pairs else None


def _likely(library: Library, number: str) -> list[Correction]:
    """The lines of each book with the numbers they are of, and what the numbers are kept in with those of the lines."""
    words, kept_in = TOLD_BY[number], KEPT_IN[number]
    known, by_figures = set(library[kept_in].distinct(number)), defaultdict[str, list[Any]](list)
    for row in library[kept_in]:
        if figures := _FIGURES.search(getattr(row, number)):
            by_figures[figures[0]].append(row)
    likely, all_pairs = list[Correction](), _Pairs()
    for book in _BOOKS:
        rows = library[book] if number in SHEETS[book].by_name else ()
        unknown = [row for row in rows if getattr(row, number) and getattr(row, number) not in known]
        pairs = [(row, of) for row in unknown if (of := _meant(by_figures, row, number, words))]
        if pairs and len(pairs) * _OF >= len(unknown) * _MOST:
            likely.append(_written(((row, getattr(of, number)) for row, of in pairs), number))
            all_pairs += pairs
    if all_pairs:
        likely.append(_written(((of, getattr(row, number)) for row, of in all_pairs), number))
    return likely


def _meant(by_figures: dict[str, list[Any]], row: Any, number: str, words: str) -> Any:
    """The one row whose number has the same figures, called as the line says."""
    figures = _FIGURES.search(getattr(row, number))
    called = getattr(row, words)
    alike = [one for one in by_figures.get(figures[0], ()) if getattr(one, words) == called] if figures else []
    return alike[0] if len(alike) == 1 else None


def _written(rows: Iterable[tuple[Any, str]], number: str, slip: Slip = Slip.PREFIX) -> Correction:
    edits = {Cell(type(row), row.line, number): should for row, should in rows}
    changes = tuple(Change(at, should) for at, should in edits.items())
    return Correction(SlipKind.COLUMN, changes, slip, slip.cost)
