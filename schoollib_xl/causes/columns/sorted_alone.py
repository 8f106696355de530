"""A column of loans that was sorted by itself: what is alike in it stands together, beside numbers it is not of."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.slips import cost_of
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow

# A column of loans, those beside it that tell what it says, and the book in which these stand together.
_TOLD: tuple[tuple[str, tuple[str, ...], type[Any]], ...] = (
    ("title", ("accession_no",), AccessionRow),
    ("name", ("reader_no",), ReaderRow),
    ("class_name", ("reader_no",), ReaderRow),
    ("reader_no", ("name", "class_name"), ReaderRow),
)
# Fewer lines or words than these may stand together by chance.
_LEAST_LINES, _LEAST_WORDS = 20, 3
# Sorted, one line in so many stays right; in order with its numbers, so many times as often the next line says another.
_PARTS, _OFTENER = 3, 2
# So many of the words that are told must be the words that stand there, in another order: names are written otherwise.
_SAME, _OF = 9, 10


def columns_sorted(course: Course) -> None:
    """Name each column of loans that was sorted without the others, where that settles what is found of it."""
    open_ = course.open_findings().values()
    lines = {one.at.line for one in open_ if one.at.row_type is LoanRow}
    if len(lines) < max(_LEAST_LINES, len(course.trial.library[LoanRow]) / _PARTS):
        return
    for correction in list(_sorted(course.trial.library)):
        course.accept([correction], at_least=len(correction.edits) // _PARTS)


def _sorted(library: Library) -> Iterator[Correction]:
    """Each such column with what those beside it tell."""
    for column, beside, kept_in in _TOLD:
        keys_of = attrgetter(*beside)
        known = gathered((keys_of(row), getattr(row, column)) for row in library[kept_in])
        told = {key: values[0] for key, values in known.items() if len(values) == 1 and values[0]}
        loans = [loan for loan in library[LoanRow] if keys_of(loan) in told]
        right = {loan.line: told[keys_of(loan)] for loan in loans}
        wrong = [loan for loan in loans if getattr(loan, column) not in (None, right[loan.line])]
        said = [getattr(loan, column) for loan in loans]
        if len(wrong) * _PARTS > len(loans) and _is_sorted(said, list(right.values())):
            edits = tuple(Change(Cell(LoanRow, loan.line, column), right[loan.line]) for loan in wrong)
            yield Correction(SlipKind.COLUMN, edits, Slip.SORTED_ALONE, cost_of(Slip.SORTED_ALONE))


def _is_sorted(said: list[Any], right: list[Any]) -> bool:
    """Whether it says what it should in another order, all that is alike together: by what it was sorted, pinyin or
    strokes, is all one.
    """
    if len(said) < _LEAST_LINES or (Counter(said) & Counter(right)).total() * _OF < len(right) * _SAME:
        return False
    kinds = len(set(said))
    return kinds >= _LEAST_WORDS and _runs(said) <= kinds + 1 and _runs(right) > kinds * _OFTENER


def _runs(words: list[Any]) -> int:
    return len(list(groupby(words)))
