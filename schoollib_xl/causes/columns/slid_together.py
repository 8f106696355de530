"""Numbers of copies and their titles together a line too low: each line is right in itself, and is another's.

What tells it is the line on which they begin, which lends the same copy as the line above, and what is found fault with
below it: one gesture of the hand is likelier than a slip on each of these lines.
"""

from collections import defaultdict
from itertools import pairwise

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell

_TOGETHER = ("accession_no", "title")
# A column is pushed down within a page or two.
_MOST_LINES = 60
# So many findings on so many lines: the one on which they begin may be in order, and one is settled by chance.
_LEAST = 2
# Where more lines are found fault with, something else is behind them; so many ends are tried.
_MOST_FOUND, _MOST_ENDS = 300, 4
# Of the work that may still be done, this part is spent on it.
_SHARE = 0.1


def numbers_and_titles_slid(course: Course) -> None:
    """Name the lines to be moved up together, from one that stands twice to the last that is found fault with."""
    found: dict[int, set[int]] = defaultdict(set)
    for index, one in course.open_findings().items():
        for line in {cell.line for cell in cells_of(one) if cell.row_type is LoanRow}:
            found[line].add(index)
    if not _LEAST <= len(found) <= _MOST_FOUND:
        return
    enough = course.effort.part(_SHARE)
    for first in _twice(course, found):
        below = [line for line in sorted(found) if first < line < first + _MOST_LINES]
        for last in reversed(below[-_MOST_ENDS:]):
            if course.effort.done > enough or _is_named(course, found, first, last):
                return


def _twice(course: Course, found: dict[int, set[int]]) -> list[int]:
    """Lines that lend the copy that the line above lends, those first that a finding is about."""
    rows = course.trial.library[LoanRow].rows
    twice = [row.line for above, row in pairwise(rows) if row.line == above.line + 1 and _is_twice(above, row)]
    return sorted(twice, key=lambda line: line not in found)


def _is_twice(above: LoanRow, row: LoanRow) -> bool:
    return row.accession_no == above.accession_no and row.title == above.title


def _is_named(course: Course, found: dict[int, set[int]], first: int, last: int) -> bool:
    """Whether all that is found on these lines goes when they are moved up, the last one whatever it should say."""
    lines = [line for line in found if first <= line <= last]
    here = set[int]().union(*(found[line] for line in lines))
    moved, further = (_moved_up(course, first, end) for end in (last, last + 1))
    if moved is None or further is None or min(len(lines), len(here)) < _LEAST:
        return False
    # That another number settles what is found of the last line is seen from the one below it.
    outcome = course.trial.of([further])
    return not outcome.new and outcome.gone >= here and course.accept([moved], at_least=len(here))


def _moved_up(course: Course, first: int, last: int) -> Correction | None:
    """The lines with what the next one says; of the last the books do not tell it."""
    rows = [row for line in range(first, last + 1) if (row := course.trial.library[LoanRow].sound_at(line))]
    if len(rows) <= last - first:
        return None
    edits = tuple(
        Change(Cell(LoanRow, row.line, name), getattr(below, name))
        for row, below in pairwise(rows)
        for name in _TOGETHER
        if getattr(row, name) != getattr(below, name)
    )
    slip = Slip.ONE_LOWER
    untold = tuple(Cell(LoanRow, last, name) for name in _TOGETHER)
    return Correction(SlipKind.MOVED, edits, slip, slip.cost, untold) if edits else None
