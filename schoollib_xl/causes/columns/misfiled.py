"""A word that settles where a whole row counts: the direction of a batch, the class of a line of 分类统计账."""

from collections import Counter
from collections.abc import Iterator

from schoollib_xl.causes.correction import Correction, Slip, SlipKind, changed
from schoollib_xl.causes.evidence import would_open_again
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow
from schoollib_xl.rules.class_periods import letter_of

# Of fewer findings the sums tell the reason (explaining.py): a row that counts elsewhere puts more of them wrong.
_LEAST = 4
# Of the work that may still be done, this part is spent on it.
_SHARE = 0.2
# More lines of one class in a period have another reason than one letter.
_MOST_LETTERS = 2
_MOST_LINES = 12


def rows_misfiled(course: Course) -> None:
    """Name the word of one row that settles more than a few findings, whose figures are right."""
    enough = course.effort.part(_SHARE)
    for correction in (*_directions(course), *_letters(course)):
        if course.effort.done > enough:
            return
        course.accept([correction], at_least=_LEAST)
    for correction in _of_both_sides(course):
        course.accept([correction], at_least=2)


def _directions(course: Course) -> Iterator[Correction]:
    """Batches that several findings are about, as any other kind of batch; those of most findings first."""
    found = course.open_findings().values()
    cells = (cell for one in found for cell in {(at.row_type, at.line) for at in cells_of(one)})
    times = Counter(line for row_type, line in cells if row_type is SummaryRow)
    for line, number in times.most_common(2):
        row = course.trial.library[SummaryRow].sound_at(line)
        if row and number >= _LEAST:
            flows = (flow for flow in Flow if flow is not row.flow and not would_open_again(course.trial.library, flow))
            yield from (_written(row, flow=flow) for flow in flows)


def _letters(course: Course) -> Iterator[Correction]:
    """Lines with the letter of another line of their period, with one that the period lacks."""
    rows = list(course.trial.library[ClassificationRow])
    times = Counter((row.starts_on, letter_of(row)) for row in rows)
    doubled = [row for row in rows if times[row.starts_on, letter_of(row)] > 1]
    lacking = {row.starts_on: _lacking(rows, row) for row in doubled}
    tried = ((row, letter) for row in doubled for letter in lacking[row.starts_on])
    if all(len(letters) <= _MOST_LETTERS for letters in lacking.values()):
        yield from (_written(row, class_letter=letter) for row, letter in tried)


def _lacking(rows: list[ClassificationRow], row: ClassificationRow) -> list[str]:
    """The letters that no line of the row's period has."""
    present = {letter_of(one) for one in rows if one.starts_on == row.starts_on}
    return [letter for letter in CLASS_LETTERS if letter not in present]


def _written(row: SummaryRow | ClassificationRow | CashRow, **values: Flow | str | None) -> Correction:
    return changed(SlipKind.CELL, row, Slip.PLAIN, Slip.PLAIN.cost, **values)


def _of_both_sides(course: Course) -> Iterator[Correction]:
    """Lines of 经费登记 with money that came and money that went: one of the two is not there."""
    for finding in list(course.open_findings().values())[:_MOST_LINES]:
        row = course.trial.library[finding.at.row_type].sound_at(finding.at.line)
        if isinstance(row, CashRow) and row.received and row.spent:
            yield _written(row, received=None)
            yield _written(row, spent=None)
