"""Lines on which two words stand in each other's column, 著者 where the title belongs: other books have the one word
where the sheet has the other.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind, written
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind

# Of one line a single cell, or the number, may be wrong.
_LEAST = 2


class _Crossed(NamedTuple):
    """The column found fault with, and the one that has its word."""

    row_type: type[Any]
    field: str
    beside: str


def words_crosswise(course: Course) -> None:
    """Name the lines whose two words are exchanged, where other books tell it of several and nothing of any of these
    says that it is right.
    """
    for columns, told in _told(course).items():
        if len(told) < _LEAST:
            continue
        for page in _pages(course.trial.library, columns, told):
            edits = tuple(
                Change(Cell(columns.row_type, row.line, name), getattr(row, other))
                for row in page
                for name, other in (columns[1:], columns[:0:-1])
                if getattr(row, name) != getattr(row, other) and None not in (getattr(row, name), getattr(row, other))
            )
            correction = Correction(SlipKind.COLUMN, edits, Slip.COLUMNS_EXCHANGED, Slip.COLUMNS_EXCHANGED.cost)
            own = set[int]().union(*(told.get(row.line, ()) for row in page))
            if len(own) >= _LEAST:
                course.accept([correction], at_least=len(own))


def _told(course: Course) -> dict[_Crossed, dict[int, set[int]]]:
    """By columns the lines of which another row of a finding says what stands beside, with the findings."""
    library, told = course.trial.library, defaultdict[_Crossed, dict[int, set[int]]](lambda: defaultdict(set))
    for index, one in course.open_findings().items():
        for at, columns in _read_crosswise(library, cells_of(one)):
            told[columns][at.line].add(index)
    return told


def _read_crosswise(library: Library, cells: Sequence[Cell]) -> Iterator[tuple[Cell, _Crossed]]:
    for at in cells:
        row = library[at.row_type].sound_at(at.line)
        field = SHEETS[at.row_type].by_name.get(at.field) if row else None
        if field is None or field.kind is not Kind.TEXT:
            continue
        said = {written(library, other) for other in cells if other[:2] != at[:2]} - {getattr(row, at.field), None}
        beside = (one.name for one in SHEETS[at.row_type].fields if one.kind is Kind.TEXT and one is not field)
        yield from ((at, _Crossed(at.row_type, at.field, name)) for name in beside if getattr(row, name) in said)


def _pages(library: Library, columns: _Crossed, told: Collection[int]) -> Iterator[list[Any]]:
    """The lines told, with those beside them that nothing says are right, from the first to the last that are not."""
    signs = _CrossedSigns(library, columns)
    for is_right, run in groupby(library[columns.row_type].rows, key=lambda row: signs(row) < 0):
        rows = [] if is_right else list(run)
        amiss = [at for at, row in enumerate(rows) if row.line in told or signs(row) > 0]
        if any(rows[at].line in told for at in amiss):
            yield rows[amiss[0] : amiss[-1] + 1]


class _CrossedSigns:
    """Tells of a line by the words of all others whether its two words are exchanged (1), right (-1), or nothing."""

    def __init__(self, library: Library, columns: _Crossed) -> None:
        row_type, self._field, self._beside = columns
        sheets = (one.row_type for one in ALL_SHEETS if one.row_type is not row_type and self._field in one.by_name)
        self._known = frozenset().union(*(library[sheet].distinct(self._field) for sheet in sheets))
        self._often = Counter(getattr(row, self._beside) for row in library[row_type])

    def __call__(self, row: Any) -> int:
        said, beside = getattr(row, self._field), getattr(row, self._beside)
        if (said in self._known) is not (beside in self._known):
            return -1 if said in self._known else 1
        often, usual = self._often[said], self._often[beside] - 1
        return (often > usual) - (often < usual)
