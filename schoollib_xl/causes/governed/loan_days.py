"""The days a loan may have been meant to bear, as its due date and the next loan of its copy tell."""

from collections.abc import Iterator
from datetime import date, timedelta

from schoollib_xl.causes.correction import Slip
from schoollib_xl.causes.evidence import is_in_order
from schoollib_xl.causes.slips import slip_between
from schoollib_xl.causes.trial import cells_of
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.rules.calendar import LONGEST_HOLIDAY, SchoolCalendar
from schoollib_xl.rules.lending import LoanTerms


def back_for_the_next(library: Library, finding: Finding, row: LoanRow) -> Iterator[date]:
    """The day the same copy was lent next, a day or a slip before the one on which it is said to have come back."""
    others = (library[LoanRow].sound_at(cell.line) for cell in cells_of(finding) if cell.row_type is LoanRow)
    for other in others:
        if other and row.returned_on and row.lent_on < other.lent_on < row.returned_on:
            is_next_day = (row.returned_on - other.lent_on).days == 1
            if is_next_day or slip_between(row.returned_on, other.lent_on) is not Slip.PLAIN:
                yield other.lent_on


def lent_for_its_due_date(library: Library, row: LoanRow) -> Iterator[date]:
    """Of a loan on a day without school, the one school day that its due date follows from; where there are several,
    the one in the order of its sheet.
    """
    fitting = _fitting_due_date(library, row)
    chosen = [day for day in fitting if is_in_order(library, row, "lent_on", day)] or fitting
    if len(chosen) == 1:
        yield chosen[0]


def _fitting_due_date(library: Library, row: LoanRow) -> list[date]:
    """The school days from which the due date of a loan on a day without school would follow."""
    calendar = library.derive(SchoolCalendar)
    if calendar.timetable(row.lent_on) is not None:
        return []
    return days_of_due_date(library, row)


def days_of_due_date(library: Library, row: LoanRow) -> list[date]:
    """The school days from which the due date of a personal loan would follow."""
    terms, calendar = library.derive(LoanTerms), library.derive(SchoolCalendar)
    # A year too early there may have been no rule yet.
    rule = terms.rule(row) or (row.due_on and terms.rule(row._replace(lent_on=row.due_on)))
    if not rule or not row.is_personal or not row.due_on:
        return []
    longest = rule.days * (1 + (row.renewals or 0)) + LONGEST_HOLIDAY
    days = [row.due_on - timedelta(before) for before in range(longest + 1)]
    open_ = (day for day in days if calendar.is_open(day, terms.reader_kind(row)))
    return [day for day in open_ if terms.due_on(row._replace(lent_on=day)) == row.due_on]
