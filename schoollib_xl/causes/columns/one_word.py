"""One word of a list, or one day of leaving, on lines below each other: a cell was drawn down over them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell, Field

# So many lines do not bear a word each by its own slip; of those from the first to the last that is found fault with
# so many parts must be so.
_LEAST, _OF, _MOST = 6, 10, 8
# Of what is found of the lines so many parts must go, and what two checks at least have found.
_CHECKS = 2
# What most lines of a column say was not drawn over them.
_USUAL = 2
# Days of which most lines have none; a figure that most lines have alike, and that one check alone reckons with.
_DAYS, _FIGURE = ("stopped_on", "withdrawn_on"), "renewals"


def words_drawn_down(course: Course) -> None:
    """Name the lines of a column that say one word, and should say what most lines do: where two checks speak against
    it, and both are settled.
    """
    found: dict[tuple[type[Any], str], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for index, one in course.open_findings().items():
        for row in _rows_of(course.trial.library, cells_of(one)):
            for name in one.check.looks_at.get(type(row), ()):
                found[type(row), name][row.line].add(index)
    for (row_type, name), lines in found.items():
        field = SHEETS[row_type].by_name.get(name)
        if field is None or len(lines) < _LEAST or not (field.choices or name in (*_DAYS, _FIGURE)):
            continue
        for drawn, usual in _drawn(course.trial.library[row_type].rows, field, set(lines)):
            edits = tuple(Change(Cell(row_type, row.line, name), usual) for row in drawn)
            correction = Correction(SlipKind.COLUMN, edits, Slip.ONE_WORD, Slip.ONE_WORD.cost)
            outcome, own = course.trial.of([correction]), set[int]().union(*(lines.get(row.line, ()) for row in drawn))
            codes = {course.trial.findings[index].check.code for index in outcome.gone}
            is_told = (len(codes) >= _CHECKS or name == _FIGURE) and len(own & outcome.gone) * _OF >= len(own) * _MOST
            if is_told and course.accept([correction], at_least=_LEAST):
                return


def _rows_of(library: Library, cells: list[Cell]) -> Iterator[Any]:
    """The rows that a finding names, with the cards of its loans."""
    rows = {at[:2]: library[at.row_type].sound_at(at.line) for at in cells}
    loans = (row for row in rows.values() if isinstance(row, LoanRow))
    cards = (library.readers.get(loan.reader_no) for loan in loans)
    yield from {(type(row), row.line): row for row in (*rows.values(), *cards) if row}.values()


def _drawn(rows: Sequence[Any], field: Field, named: set[int]) -> Iterator[tuple[list[Any], Any]]:
    """The lines below each other that say the same word, from the first found fault with to the last, and what most
    lines say.
    """
    [(usual, most)] = Counter(getattr(row, field.name) for row in rows).most_common(1)
    runs = groupby(rows, key=lambda row: getattr(row, field.name)) if most * _USUAL >= len(rows) else ()
    for said, run in runs:
        lines = list(run)
        own = [at for at, row in enumerate(lines) if row.line in named]
        if said != usual and len(own) >= _LEAST and len(own) * _OF >= (own[-1] + 1 - own[0]) * _MOST:
            yield lines[own[0] : own[-1] + 1], usual
