"""Due dates that are those of other lines of the page: the column was sorted there by itself, or pasted too low."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.rules.lending import LoanTerms

# So many due dates, of so many days, are not stamped wrong one by one; of these so many parts must be of others.
_LEAST, _DAYS, _OF, _MOST = 6, 3, 10, 9
# A page or two is sorted or pasted at once, so many lines too low.
_PAGE, _LOWER = 150, 6


def due_dates_of_others(course: Course) -> None:
    """Name the due dates that are at odds, where each is that of a line so far above, or all of them are each other's
    on lines whose days of lending are in order; they are as the rules have them.
    """
    found = [cells_of(one) for one in course.open_findings().values() if _is_due(one.at)]
    named = {at.line for cells in found for at in cells if _is_due(at)}
    if len(named) < _LEAST or max(named) - min(named) > _PAGE:
        return
    library = course.trial.library
    terms = library.derive(LoanTerms)
    page = [row for row in library[LoanRow] if min(named) - _LOWER <= row.line <= max(named)]
    due = {row.line: right for row in page if (right := terms.due_on(row))}
    amiss = [row for row in page if row.line in named and due.get(row.line) not in (None, row.due_on)]
    if len({due[row.line] for row in amiss}) < _DAYS or not (_are_exchanged(amiss, due) or _are_lower(amiss, due)):
        return
    edits = tuple(Change(Cell(LoanRow, row.line, "due_on"), due[row.line]) for row in amiss)
    slip = Slip.DUE_OF_OTHERS
    course.accept([Correction(SlipKind.COLUMN, edits, slip, slip.cost)], at_least=_LEAST)


def _is_due(at: Cell) -> bool:
    return at[::2] == (LoanRow, "due_on")


def _are_exchanged(rows: Sequence[LoanRow], due: dict[int, date]) -> bool:
    """Whether the dates are each other's, and nothing but these was moved."""
    said, right = Counter(row.due_on for row in rows), Counter(due[row.line] for row in rows)
    in_order = all(one.lent_on <= other.lent_on for one, other in pairwise(rows))
    return in_order and (said & right).total() * _OF >= len(rows) * _MOST


def _are_lower(rows: Sequence[LoanRow], due: dict[int, date]) -> bool:
    return any(
        sum(due.get(row.line - by) == row.due_on for row in rows) * _OF >= len(rows) * _MOST
        for by in range(1, _LOWER + 1)
    )
