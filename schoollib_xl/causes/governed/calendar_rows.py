"""What might be wrong in 校历: days that it lacks, rows too many, holidays too long, too short or elsewhere."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from schoollib_xl.causes.correction import Addition, Change, Correction, Removal, Slip, SlipKind, changed
from schoollib_xl.causes.governed.governing import NO_TRACE, SCHOOL_DAYS
from schoollib_xl.causes.slips import neighbouring_dates, slip_between
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.rules.calendar import LONGEST_HOLIDAY, SchoolCalendar
from schoollib_xl.rules.lending import LoanTerms
from schoollib_xl.rules.national_days import FRIDAY

# A holiday that is moved whole explains where it is and where it is not: likelier than one that settles as much.
_BOTH_ENDS = 0.05
# Fewer due dates than this may have been stamped before a day was announced closed.
_MANY_LOANS = 5
# The weekdays of three weeks before and after tell on which days this library lends.
_WEEKS_BESIDE = (-21, -14, -7, 7, 14, 21)

# Rows farther apart than this are not taken for each other. Days that stand with each other's words explain both where
# loans were off and where they were not: likelier than that all loans of a day are wrong.
_ROWS_APART, _EXCHANGED = 2, 0.77
# A weekend may stand between a holiday and the day that loans would have been due.
_WEEKEND, _A_WEEK = 3, 7


def corrections_of_calendar(library: Library, loans: list[LoanRow]) -> Iterator[Correction]:
    """Days that 校历 should have: closed where due dates were moved past them, open where books were lent."""
    terms, calendar = library.derive(LoanTerms), library.derive(SchoolCalendar)
    closed: Counter[tuple[date, date]] = Counter()
    opened: Counter[date] = Counter()
    for loan in loans:
        due = terms.due_on(loan) if loan.due_on else None
        if due and due < loan.due_on <= due + timedelta(LONGEST_HOLIDAY):
            closed[due, loan.due_on] += 1
        elif due and loan.due_on < due:
            opened[loan.due_on] += 1
        if calendar.timetable(loan.lent_on) is None:
            opened[loan.lent_on] += 1
    yield from _holidays(calendar, _school_ranges(library), closed)
    yield from _school_days(library, opened)
    yield from _rows_too_many(library, loans, closed)
    yield from _kinds_of_rows(library)
    yield from _dates_exchanged(library, {*opened, *(first for first, _ in closed)})


def as_its_term(library: Library, row: CalendarRow) -> Iterator[Correction]:
    """Lessons until the day, or from the one, that 基本信息 has for the term whose other end they have."""
    slip = Slip.OTHER_BOOK
    for first, last in library.school.terms if row.kind is DayKind.SCHOOL else ():
        if row.starts_on == first and row.ends_on != last:
            yield changed(SlipKind.CALENDAR, row, slip, slip.cost, ends_on=last)
        if row.ends_on == last and row.starts_on != first:
            yield changed(SlipKind.CALENDAR, row, slip, slip.cost, starts_on=first)


def _rows_too_many(library: Library, loans: list[LoanRow], closed: Counter[tuple[date, date]]) -> Iterator[Correction]:
    """A holiday that due dates fall into, or a day made up for that they were moved past: elsewhere, where due dates
    were moved past other days, or not at all, which takes many loans to say.
    """
    due = Counter([*(loan.due_on for loan in loans if loan.due_on), *(first for first, _ in closed.elements())])
    used = {loan.lent_on for loan in loans}.union(loan.due_on for loan in loans if loan.due_on)
    for row in library[CalendarRow]:
        if row.kind is DayKind.HOLIDAY:
            yield from _longer(row, closed)
        times = sum(number for day, number in due.items() if row.takes_in(day))
        if row.kind is DayKind.SCHOOL or not times or not _is_doubtful(library, row):
            continue
        if row.kind is DayKind.HOLIDAY:
            yield from _holiday_moved(row, closed)
            yield from _shorter(row, sorted(day for day in used if row.takes_in(day)))
        cost = Slip.MOST_OTHERS.cost if times > _MANY_LOANS else NO_TRACE
        yield Correction(SlipKind.CALENDAR, (Removal(row),), Slip.MOST_OTHERS, cost)


def _is_doubtful(library: Library, row: CalendarRow) -> bool:
    """Whether the row may be one too many: days off on which nobody borrowed, of weekdays on which others do, were
    off, and only announced when the slips were stamped.
    """
    if row.kind is not DayKind.HOLIDAY:
        return True
    if SchoolCalendar.is_sudden(row):
        return False
    lent_on = library[LoanRow].distinct("lent_on")
    range_of = (row.starts_on + timedelta(by) for by in range((row.ends_on - row.starts_on).days + 1))
    off = [day for day in range_of if day.weekday() <= FRIDAY]
    beside = [day + timedelta(by) in lent_on for day in off for by in _WEEKS_BESIDE]
    return not lent_on.isdisjoint(off) or sum(beside) * 2 <= len(beside)


def _holiday_moved(row: CalendarRow, closed: Counter[tuple[date, date]]) -> Iterator[Correction]:
    """The holiday as long as it is, up to the day that loans were moved to."""
    for last in {moved_to - timedelta(1) for _, moved_to in closed}:
        first = last - (row.ends_on - row.starts_on)
        slip = slip_between(row.starts_on, first)
        slip = Slip.MOST_OTHERS if slip is Slip.PLAIN else slip
        yield changed(SlipKind.CALENDAR, row, slip, slip.cost - _BOTH_ENDS, starts_on=first, ends_on=last)


def _shorter(row: CalendarRow, used: list[date]) -> Iterator[Correction]:
    """The holiday up to the first of the days on which books were lent or due, or from after the last of them; to a
    day that differs in a figure, where one does.
    """
    length = (row.ends_on - row.starts_on).days if used else 0
    for days in range(length):
        last, first = row.starts_on + timedelta(days), row.ends_on - timedelta(days)
        for field, day, fits, is_next in (
            ("ends_on", last, last < used[0], last == used[0] - timedelta(1)),
            ("starts_on", first, first > used[-1], first == used[-1] + timedelta(1)),
        ):
            slip = slip_between(getattr(row, field), day)
            if fits and (is_next or slip is not Slip.PLAIN):
                cost = Slip.MOST_OTHERS.cost - _BOTH_ENDS * (slip is not Slip.PLAIN)
                named = Slip.MOST_OTHERS if slip is Slip.PLAIN else slip
                yield changed(SlipKind.CALENDAR, row, named, round(cost, 4), **{field: day})


def _school_ranges(library: Library) -> list[Term]:
    return [Term(row.starts_on, row.ends_on) for row in library[CalendarRow] if row.kind is DayKind.SCHOOL]


def _holidays(calendar: SchoolCalendar, terms: list[Term], closed: Counter[tuple[date, date]]) -> Iterator[Correction]:
    """One holiday for each day that loans were moved to: from the first day it would have been."""
    firsts: dict[date, date] = {}
    for first, moved_to in closed:
        firsts[moved_to] = min(first, firsts.get(moved_to, first))
    for moved_to, first in firsts.items():
        while calendar.timetable(first - timedelta(1)) is None and any(first - timedelta(1) in days for days in terms):
            first -= timedelta(1)
        row = CalendarRow(0, first, moved_to - timedelta(1), DayKind.HOLIDAY, None, None)
        yield Correction(SlipKind.CALENDAR, (Addition(row),), Slip.MOST_OTHERS, Slip.MOST_OTHERS.cost)


def _school_days(library: Library, opened: Counter[date]) -> Iterator[Correction]:
    for row in library[CalendarRow]:
        if row.kind is DayKind.SCHOOL and opened:
            yield from _term_longer(library, row, opened)
    for day, _ in opened.most_common(3):
        yield from _make_up_moved(library, day)
        for follows in _weekdays(library, day):
            row = CalendarRow(0, day, day, DayKind.MAKE_UP, follows, None)
            yield Correction(SlipKind.CALENDAR, (Addition(row),), Slip.MOST_OTHERS, Slip.MOST_OTHERS.cost)
    for term in library.school.terms:
        if any(day in term for day in opened):
            row = CalendarRow(0, term.start, term.end, DayKind.SCHOOL, None, None)
            yield Correction(SlipKind.CALENDAR, (Addition(row),), Slip.MOST_OTHERS, Slip.MOST_OTHERS.cost)


def _make_up_moved(library: Library, day: date) -> Iterator[Correction]:
    """The day made up for that stands within a week of it, or a year or a month off, on which nobody borrowed: rather
    than one row more.
    """
    lent_on = library[LoanRow].distinct("lent_on")
    for row in library[CalendarRow]:
        is_near = 0 < abs((row.starts_on - day).days) <= _A_WEEK or day in neighbouring_dates(row.starts_on)
        is_of_a_day = row.kind is DayKind.MAKE_UP and row.starts_on == row.ends_on
        if is_of_a_day and is_near and row.starts_on not in lent_on:
            slip, cost = Slip.MOST_OTHERS, Slip.MOST_OTHERS.cost - _BOTH_ENDS
            yield changed(SlipKind.CALENDAR, row, slip, cost, starts_on=day, ends_on=day)


def _weekdays(library: Library, day: date) -> list[Weekday]:
    """The weekdays whose timetable a day made up for may follow: first that on which those who borrowed mostly do."""
    classes = {loan.class_name for loan in library[LoanRow].among("lent_on", {day})} - {None}
    timetable = library.derive(SchoolCalendar).timetable
    days = Counter(timetable(loan.lent_on) for loan in library[LoanRow].among("class_name", classes))
    return sorted(SCHOOL_DAYS, key=lambda one: -days[SCHOOL_DAYS.index(one)])


def _term_longer(library: Library, row: CalendarRow, opened: Counter[date]) -> Iterator[Correction]:
    """The lessons until the last of the days, or from the first, that books were lent or due on just after or before;
    to the day that 基本信息 has for the term, where one is as near.
    """
    terms = library.school.terms
    for field, end, days in (
        ("ends_on", row.ends_on, [*opened, *(term.end for term in terms)]),
        ("starts_on", row.starts_on, [*opened, *(term.start for term in terms)]),
    ):
        sign = 1 if field == "ends_on" else -1
        near = [day for day in days if 0 < sign * (day - end).days <= LONGEST_HOLIDAY]
        for day in dict.fromkeys((*near[-1:], *sorted(near, key=lambda day: sign * (day - end).days)[-1:])):
            slip = slip_between(end, day)
            named = Slip.MOST_OTHERS if slip is Slip.PLAIN else slip
            yield changed(SlipKind.CALENDAR, row, named, Slip.MOST_OTHERS.cost - _BOTH_ENDS, **{field: day})


def _longer(row: CalendarRow, closed: Counter[tuple[date, date]]) -> Iterator[Correction]:
    """The holiday up to the day that loans were moved to, where they would have been due just after it: rather than
    another row of the same days.
    """
    lasts: Counter[date] = Counter()
    for (first, moved_to), times in closed.items():
        if row.starts_on <= first <= row.ends_on + timedelta(_WEEKEND):
            lasts[moved_to - timedelta(1)] += times
    for last, _ in lasts.most_common(1):
        slip = slip_between(row.ends_on, last)
        named = Slip.MOST_OTHERS if slip is Slip.PLAIN else slip
        yield changed(SlipKind.CALENDAR, row, named, Slip.MOST_OTHERS.cost - _BOTH_ENDS, ends_on=last)


def _dates_exchanged(library: Library, doubtful: set[date]) -> Iterator[Correction]:
    """Two rows near each other with each other's days, where these are out of order and loans speak against one of the
    two as it stands.
    """
    rows, slip = list(library[CalendarRow]), Slip.LINES_EXCHANGED
    for index, one in enumerate(rows):
        for other in rows[index + 1 : index + 1 + _ROWS_APART]:
            both = (one, other)
            is_told = any(row.takes_in(day) for row in both for day in doubtful)
            if is_told and one.kind is not other.kind and one.starts_on > other.starts_on:
                edits = tuple(
                    Change(Cell(CalendarRow, row.line, name), getattr(beside, name))
                    for row, beside in (both, both[::-1])
                    for name in ("starts_on", "ends_on")
                    if getattr(row, name) != getattr(beside, name)
                )
                yield Correction(SlipKind.MOVED, edits, slip, _EXCHANGED)


def _kinds_of_rows(library: Library) -> Iterator[Correction]:
    """Two rows below each other with each other's kind."""
    slip = Slip.LINES_EXCHANGED
    for one, other in pairwise(library[CalendarRow]):
        if one.kind is not other.kind:
            edits = tuple(
                Change(Cell(CalendarRow, row.line, "kind"), beside.kind) for row, beside in ((one, other), (other, one))
            )
            yield Correction(SlipKind.MOVED, edits, slip, slip.cost)
