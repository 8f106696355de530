"""A day written wrongly from the first line to the last: on which books were lent, came back, or were due."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.effort import Effort
from schoollib_xl.causes.governed.loan_days import days_of_due_date
from schoollib_xl.causes.slips import neighbouring_dates, slip_between
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.rules.calendar import LONGEST_HOLIDAY, SchoolCalendar
from schoollib_xl.rules.lending import LoanTerms

# Days looked at of those with most loans amiss; a whole day is written wrongly once.
_MOST_DAYS = 3
# Fewer lines than this were not filled in from one stamp or one day at the top of the page.
_LINES = 3
# More loans than this are named by findings that a rule or a holiday brought about, and not by the returns of a day.
_MOST_NAMED = 60
# A day that stands in the order of its sheet is less likely wrong than that 校历 lacks one, and more than all the due
# dates that were reckoned from it.
_IN_ORDER = 0.78
# A class borrows on a weekday that more than one in so many of its loans are on.
_CUSTOM = 3
# One stamp that explains what is found with all its lines is likelier than that the rule for all readers is wrong.
_ALL_LINES = 0.05

# To reckon from which days the due date of a loan follows takes as long as looking at so many rows.
_EACH_LOAN = 500


class _Fitting(NamedTuple):
    """Lines whose due dates tell the day they were lent, the days that fit all, and which of these are in order."""

    told: list[LoanRow]
    days: set[date]
    ordered: set[date]


def whole_days(
    library: Library, loans: Iterable[LoanRow], named: Iterable[LoanRow], effort: Effort
) -> Iterator[Correction]:
    """The days on which most of the loans that findings name were lent, were to come back or came back, or most of
    those found fault with came back, written otherwise on all their lines.
    """
    concerned = list(named)
    for day, times in Counter(loan.lent_on for loan in concerned).most_common(_MOST_DAYS):
        for lines in filter(None, _lines_lent(library, day, concerned)) if times > 1 else ():
            effort.spend(_EACH_LOAN * len(lines))
            fitting, usual = _fitting(library, lines), _usual_weekdays(library, lines)
            weekday = library.derive(SchoolCalendar).timetable
            # Their class borrows on this day of the week: what was reckoned from it is wrong, or else the other way.
            if weekday(day) not in usual:
                yield from _lent_on_another(library, lines, fitting, usual)
            # Where several days of the order would do as well, none of the due dates need be wrong.
            if len(fitting.ordered) < 2 and (
                weekday(day) in usual or not any(map(usual.__contains__, map(weekday, fitting.days)))
            ):
                yield from _due_as_reckoned(library, lines)
    lines_named = {loan.line for loan in concerned}
    if len(lines_named) >= _LINES:
        yield from _due_by_formula(library, lines_named, effort)
        yield from _due_filled(library, lines_named, effort)
        yield from _due_in_series(library, lines_named, effort)
    told = (list(loans), concerned if len(concerned) <= _MOST_NAMED else [])
    for returned in ([loan for loan in one if loan.returned_on] for one in told):
        for back, times in Counter(loan.returned_on for loan in returned).most_common(_MOST_DAYS):
            if back and times >= _LINES:
                # Nobody brings books back on a day off: it is wrong on all lines.
                is_off = library.derive(SchoolCalendar).timetable(back) is None
                lines = library[LoanRow].among("returned_on", {back}) if is_off else returned
                yield from _back_on_another(library, back, [loan for loan in lines if loan.returned_on == back])


def _lines_lent(library: Library, day: date, named: list[LoanRow]) -> list[list[LoanRow]]:
    """The lines of a day: all of one without school; of another, lines below each other that findings name and whose
    due dates do not follow from it.
    """
    if library.derive(SchoolCalendar).timetable(day) is None:
        return [[row for row in library[LoanRow] if row.lent_on == day]]
    concerned = {loan.line for loan in named}
    runs = (list(run) for lent_on, run in groupby(library[LoanRow], key=lambda row: row.lent_on) if lent_on == day)
    return [_due_otherwise(library, run) for run in runs if sum(row.line in concerned for row in run) >= _LINES]


def _due_otherwise(library: Library, run: list[LoanRow]) -> list[LoanRow]:
    """From the first to the last line that was due on another day than the rules say; the whole run where all were."""
    terms = library.derive(LoanTerms)
    off = [index for index, row in enumerate(run) if row.is_personal and terms.due_on(row) != row.due_on]
    return (
        run if len(off) == sum(row.is_personal for row in run) else run[min(off, default=0) : max(off, default=-1) + 1]
    )


def _fitting(library: Library, lines: list[LoanRow]) -> _Fitting:
    """The school days other than their own that the due dates of all lines follow from."""
    days = {row: days_of_due_date(library, row) for row in lines}
    told = {row: fitting for row, fitting in days.items() if fitting}
    common = set.intersection(*map(set, told.values())) - {lines[0].lent_on} if len(told) > 1 else set()
    first, last = _beside(library, lines)
    return _Fitting(list(told), common, {one for one in common if first <= one <= last})


def _lent_on_another(
    library: Library, lines: list[LoanRow], fitting: _Fitting, usual: set[int | None]
) -> Iterator[Correction]:
    """The one school day that all due dates of the lines follow from; of several, the one in the order of its sheet,
    and of these one of the class's own weekdays or a slip away.
    """
    day, is_closed = lines[0].lent_on, library.derive(SchoolCalendar).timetable(lines[0].lent_on) is None
    first, last = _beside(library, lines)
    is_settled = first <= day <= last and not is_closed
    chosen = fitting.ordered if fitting.ordered or is_settled else fitting.days
    if len(chosen) > 1:
        weekday = library.derive(SchoolCalendar).timetable
        chosen = {one for one in chosen if weekday(one) in usual} or chosen & _slips_away(day).keys()
    if len(chosen) == 1:
        rows = fitting.told if is_closed else lines
        edits = tuple(Change(Cell(LoanRow, row.line, "lent_on"), *chosen) for row in rows)
        yield Correction(SlipKind.DATE, edits, Slip.DUE_DATE, _IN_ORDER if is_settled else Slip.DUE_DATE.cost)


def _usual_weekdays(library: Library, lines: list[LoanRow]) -> set[int | None]:
    """The days of the week on which the classes of all lines borrow otherwise; none where that is no custom."""
    weekday, own = library.derive(SchoolCalendar).timetable, {row.line for row in lines}
    times: dict[str, Counter[int | None]] = {row.class_name: Counter() for row in lines if row.class_name}
    for loan in library[LoanRow]:
        if loan.class_name in times and loan.line not in own:
            times[loan.class_name][weekday(loan.lent_on)] += 1
    usual: list[set[int | None]] = [
        {day for day, often in one.items() if day is not None and often * _CUSTOM > one.total()}
        for one in times.values()
    ]
    return set.intersection(*usual) if usual else set()


def _beside(library: Library, lines: list[LoanRow]) -> tuple[date, date]:
    """The days on which the books above and below the lines were lent."""
    above = [row.lent_on for row in library[LoanRow] if row.line < lines[0].line]
    below = [row.lent_on for row in library[LoanRow] if row.line > lines[-1].line]
    return (above[-1] if above else date.min), (below[0] if below else library.as_of)


def _due_as_reckoned(library: Library, lines: list[LoanRow]) -> Iterator[Correction]:
    """The due dates of all lines as the rules have them, where all are as many days off."""
    terms, calendar = library.derive(LoanTerms), library.derive(SchoolCalendar)
    personal = [row for row in lines if row.is_personal]
    right = {row: due for row in personal if row.due_on and (due := terms.due_on(row))}
    off = {row.due_on - due for row, due in right.items()}
    is_own = bool(personal) and calendar.timetable(personal[0].lent_on) is not None
    if is_own and len(right) == len(personal) >= _LINES and len(off) == 1 and off != {timedelta(0)}:
        edits = tuple(Change(Cell(LoanRow, row.line, "due_on"), due) for row, due in right.items())
        yield Correction(SlipKind.DATE, edits, Slip.SAME_SHIFT, Slip.SAME_SHIFT.cost)


def _due_by_formula(library: Library, named: set[int], effort: Effort) -> Iterator[Correction]:
    """The due dates of lines below each other, lent on several days, that are all as many days after the loan: one
    formula was drawn down over them.
    """
    terms = library.derive(LoanTerms)
    personal = ((row, row.due_on - row.lent_on) for row in library[LoanRow] if row.is_personal and row.due_on)
    for _, run in groupby(personal, key=lambda pair: pair[1]):
        rows = [row for row, _ in run if row.line in named]
        if len(rows) < _LINES or len({row.lent_on for row in rows}) == 1:
            continue
        effort.spend(_EACH_LOAN * len(rows))
        right = {row: due for row in rows if (due := terms.due_on(row)) and due != row.due_on}
        if len(right) == len(rows):
            edits = tuple(Change(Cell(LoanRow, row.line, "due_on"), due) for row, due in right.items())
            yield Correction(SlipKind.DATE, edits, Slip.SAME_PERIOD, Slip.SAME_PERIOD.cost)


def _due_filled(library: Library, named: set[int], effort: Effort) -> Iterator[Correction]:
    """The due dates of lines below each other, lent on several days, that are all one day: a cell was drawn down over
    them. A closed day moves loans to one day too; it makes none due before its time, nor later than a holiday.
    """
    terms = library.derive(LoanTerms)
    personal = (row for row in library[LoanRow] if row.is_personal and row.due_on)
    for due_on, run in groupby(personal, key=lambda row: row.due_on):
        rows = [row for row in run if row.line in named]
        if len(rows) <= _LINES or len({row.lent_on for row in rows}) == 1 or due_on is None:
            continue
        effort.spend(_EACH_LOAN * len(rows))
        right = {row: due for row in rows if (due := terms.due_on(row)) and due != due_on}
        unmoved = [day for row in right if (day := terms.unmoved(row))]
        is_moved = all(day <= due_on <= day + timedelta(LONGEST_HOLIDAY) for day in unmoved)
        if len(right) == len(rows) and not is_moved:
            edits = tuple(Change(Cell(LoanRow, row.line, "due_on"), due) for row, due in right.items())
            yield Correction(SlipKind.COLUMN, edits, Slip.FILLED, Slip.FILLED.cost)


def _due_in_series(library: Library, named: set[int], effort: Effort) -> Iterator[Correction]:
    """The due dates of lines below each other that are a day later from line to line: a cell was drawn down, and the
    program counted on.
    """
    terms = library.derive(LoanTerms)
    rows = [row for row in library[LoanRow] if row.line in named and row.is_personal and row.due_on]
    for _, run in groupby(rows, key=lambda row: row.due_on.toordinal() - row.line):
        drawn = list(run)
        if len(drawn) <= _LINES:
            continue
        effort.spend(_EACH_LOAN * len(drawn))
        right = {row: due for row in drawn if (due := terms.due_on(row)) and due != row.due_on}
        if len(right) == len(drawn):
            edits = tuple(Change(Cell(LoanRow, row.line, "due_on"), due) for row, due in right.items())
            yield Correction(SlipKind.COLUMN, edits, Slip.COUNTED_ON, Slip.COUNTED_ON.cost)


def _back_on_another(library: Library, day: date, lines: list[LoanRow]) -> Iterator[Correction]:
    """The one open day a slip away on which all books of the lines can have come back."""
    calendar, by_copy = library.derive(SchoolCalendar), defaultdict(list)
    for row in library[LoanRow]:
        by_copy[row.accession_no].append(row.lent_on)
    first = max(row.lent_on for row in lines)
    nexts = (min((on for on in by_copy[row.accession_no] if on > row.lent_on), default=library.as_of) for row in lines)
    last = min(library.as_of, *nexts)
    fitting = {one: slip for one, slip in _slips_away(day).items() if first <= one <= last}
    open_ = {one: slip for one, slip in fitting.items() if calendar.timetable(one) is not None}
    for should, slip in open_.items() if len(open_) == 1 else ():
        edits = tuple(Change(Cell(LoanRow, row.line, "returned_on"), should) for row in lines)
        yield Correction(SlipKind.DATE, edits, slip, round(slip.cost - _ALL_LINES, 4))


def _slips_away(day: date) -> dict[date, Slip]:
    """The dates that differ in the year or the month, or have day and month in each other's place."""
    return {one: slip_between(day, one) for one in neighbouring_dates(day)}
