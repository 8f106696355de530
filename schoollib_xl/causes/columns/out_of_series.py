"""Numbers of copies that leave the series of their lines: a page counted on from another number, or all below one."""

from collections.abc import Iterator
from itertools import groupby, pairwise

from schoollib_xl.causes.amounts import as_number
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import Cell

# One line or two may be miswritten each; so much is found of what many copies are called.
_LEAST_LINES, _LEAST = 3, 6
# A number is left out or given twice, not many; so many places above what is found are tried.
_FURTHEST, _TRIED = 10, 4


def numbers_out_of_series(course: Course) -> None:
    """Name the numbers of a page, or of all lines below one, that go on as those above once they are put right."""
    open_ = course.open_findings().values()
    found = [one for one in open_ if "accession_no" in one.check.looks_at.get(AccessionRow, ())]
    lines = {cell.line for one in found for cell in cells_of(one) if cell.row_type is AccessionRow}
    if len(found) < _LEAST or not lines:
        return
    for correction in (*_pages(course, lines), *_tails(course, min(lines))):
        if course.accept([correction], at_least=_LEAST):
            return


def _runs(course: Course) -> list[tuple[int, list[AccessionRow]]]:
    """The lines whose numbers follow each other, with what each number is above its line."""
    numbered = ((as_number(row.accession_no), row) for row in course.trial.library[AccessionRow])
    known = [(number - row.line, row) for number, row in numbered if number is not None]
    return [(above, [row for _, row in run]) for above, run in groupby(known, key=lambda pair: pair[0])]


def _pages(course: Course, lines: set[int]) -> Iterator[Correction]:
    """Lines found fault with between two that have the numbers of one series."""
    runs = _runs(course)
    for at, (above, _) in enumerate(runs):
        again = next((end for end in range(at + 2, min(at + 2 + _FURTHEST, len(runs))) if runs[end][0] == above), at)
        rows = [row for _, run in runs[at + 1 : again] for row in run]
        if len(rows) >= _LEAST_LINES and not lines.isdisjoint(row.line for row in rows):
            yield _in_series(rows, {row.line: above + row.line for row in rows})


def _tails(course: Course, first: int) -> Iterator[Correction]:
    """All lines below one, the nearest above what is found, where the numbers leap or stand still."""
    rows = list(course.trial.library[AccessionRow])
    leaps = [
        (below[0].line, after - before)
        for (before, _), (after, below) in pairwise(_runs(course))
        if abs(after - before) <= _FURTHEST and below[0].line <= first + _FURTHEST
    ]
    for line, by in leaps[: -_TRIED - 1 : -1]:
        moved = {row.line: number - by for row in rows if row.line >= line and (number := as_number(row.accession_no))}
        yield _in_series(rows, moved)


def _in_series(rows: list[AccessionRow], numbers: dict[int, int]) -> Correction:
    edits = tuple(
        Change(Cell(AccessionRow, row.line, "accession_no"), f"{numbers[row.line]:0{len(row.accession_no)}}")
        for row in rows
        if row.line in numbers
    )
    return Correction(SlipKind.COLUMN, edits, Slip.OUT_OF_SERIES, Slip.OUT_OF_SERIES.cost)
