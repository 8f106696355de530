"""One copy lent on lines below each other: its number was drawn down over them, with its title or without."""

from itertools import groupby
from operator import attrgetter

from schoollib_xl.causes.correction import Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell

# Of two lines one may be another copy's by a slip of the pen, or one loan entered again.
_LEAST = 3


def copies_drawn_down(course: Course, fields: tuple[str, ...]) -> None:
    """Name the lines below the first that say the same in these fields, most of which are found fault with. Nothing
    tells what was lent on each.
    """
    found = course.lines_found().get(LoanRow, set())
    for _, run in groupby(course.trial.library[LoanRow], key=attrgetter(*fields)) if len(found) >= _LEAST else ():
        _, *drawn = run
        lines = [loan.line for loan in drawn if loan.line in found]
        if len(drawn) >= _LEAST - 1 and len(lines) * 2 > len(drawn):
            untold = tuple(Cell(LoanRow, loan.line, name) for name in fields for loan in drawn)
            slip = Slip.ONE_COPY
            course.accept([Correction(SlipKind.COLUMN, (), slip, slip.cost, untold)], at_least=_LEAST - 1)
