"""One day of lending on lines whose due dates are those of several: a cell was drawn down or pasted over them."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from schoollib_xl.causes.correction import Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.rules.calendar import SchoolCalendar, days
from schoollib_xl.rules.lending import LoanTerms

# So many due dates are not stamped wrong one by one; of the lines from the first of them to the last, and of all that
# are found fault with, so many parts.
_LEAST, _OF, _MOST = 6, 10, 8


def lending_days_drawn_down(course: Course) -> None:
    """Name the lines of one day of lending whose due dates are right from some day until the next one that stands
    below them, and not from any one day.
    """
    found = [cells_of(one) for one in course.open_findings().values() if one.at[::2] == (LoanRow, "due_on")]
    named = {at.line for cells in found for at in cells if at[::2] == (LoanRow, "due_on")}
    if len(named) < _LEAST:
        return
    library = course.trial.library
    runs = [list(run) for _, run in groupby(library[LoanRow], attrgetter("lent_on"))]
    ends = [*(below[0].lent_on for below in runs[1:]), library.as_of]
    for run, until in zip(runs, ends, strict=True):
        places = [at for at, loan in enumerate(run) if loan.line in named]
        drawn = run[places[0] : places[-1] + 1] if places else []
        if len(places) < _LEAST or len(places) * _OF < max(len(drawn), len(named)) * _MOST:
            continue
        if _are_of_several_days(library, drawn, until):
            untold = tuple(Cell(LoanRow, loan.line, "lent_on") for loan in drawn)
            slip = Slip.LENT_ON_ONE_DAY
            course.accept([Correction(SlipKind.COLUMN, (), slip, slip.cost, untold)], at_least=len(places))


def _are_of_several_days(library: Library, loans: Sequence[LoanRow], until: date) -> bool:
    """Whether each was lent on a school day from the one that stands there, and no day is that of all."""
    terms, timetable = library.derive(LoanTerms), library.derive(SchoolCalendar).timetable
    school_days = [day for day in days(loans[0].lent_on, until) if timetable(day) is not None]
    fitting = [
        {day for day in school_days if terms.due_on(loan._replace(lent_on=day)) == loan.due_on} for loan in loans
    ]
    return all(fitting) and not set[date].intersection(*fitting)
