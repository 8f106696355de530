"""The term a quota is about, how far it has run, and which weeks are left of it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.school import FIRST_MONTH, Term, first_year, usual_start, year_named
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.quotas.basis.shortfall import NotComputed, Obstacle
from schoollib_xl.rules.calendar import SchoolCalendar, week_number
from schoollib_xl.rules.terms_cut_short import left_out


class Period(NamedTuple):
    """A term and the day up to which it is counted."""

    term: Term
    cut_off: date

    @property
    def window(self) -> Term:
        """The days that count; empty where the term has not begun."""
        return Term(self.term.start, self.cut_off)


class Progress(NamedTuple):
    """Open days for pupils in the whole term and up to the cut-off (included), and school weeks in which
    an open day is still to come on which books go out (before 停借日期).
    """

    open_days: int
    elapsed: int
    weeks_left: int


def period(library: Library) -> Period | None:
    """The term the books are judged in: the one as_of lies in, else 学期开始 to 学期结束. None where the
    dates of the term are missing or end before they begin.
    """
    school = library.school
    return period_of(library, school.term_of(library.as_of) or school.term)


def previous_period(library: Library) -> Period | None:
    """上学期, complete, where it is known and is not the term the books are judged in."""
    previous, current = library.school.previous_term, period(library)
    if previous is None or current is None or previous.start >= current.term.start:
        return None
    return period_of(library, previous)


def period_of(library: Library, term: Term | None) -> Period | None:
    """A term counted up to as_of, or to its end where that is past."""
    if term is None or term.end < term.start:
        return None
    return Period(term, min(term.end, library.as_of))


def progress(library: Library, span: Period) -> Progress | None:
    """How far the term has run; None where the calendar does not cover it, has school beside it or no day is open."""
    calendar = library.derive(SchoolCalendar)
    open_days = calendar.open_days(*span.term, ReaderKind.PUPIL)
    if not open_days or calendar.uncovered(span.term) or any(left_out(library, span.term)):
        return None
    last = library.school.last_lending_day(span.term)
    weeks = {week_number(span.term, day) for day in open_days if span.cut_off < day <= last}
    return Progress(len(open_days), sum(day <= span.cut_off for day in open_days), len(weeks))


def school_weeks(library: Library, term: Term) -> int:
    """Monday weeks of the term in which there is school."""
    school_days = library.derive(SchoolCalendar).school_days(*term)
    return len({week_number(term, day) for day in school_days})


def unclear_period(library: Library) -> Iterator[NotComputed]:
    """What is missing about the term, its calendar and its openings."""
    span = period(library)
    if span is None:
        yield NotComputed(Obstacle.NO_TERM, (), _term_cells(library))
    elif missing := library.derive(SchoolCalendar).uncovered(span.term):
        yield NotComputed(Obstacle.CALENDAR_SHORT, (missing[0], missing[-1]), (Cell(CalendarRow, 0),))
    elif beside := [day for days in left_out(library, span.term) for day in days]:
        yield NotComputed(Obstacle.TERM_TOO_SHORT, (beside[0], beside[-1]), _term_cells(library))
    elif progress(library, span) is None:
        yield NotComputed(Obstacle.NO_OPEN_DAYS, (), (Cell(OpeningRow, 0),))


def _term_cells(library: Library) -> tuple[Cell, ...]:
    lines = [row.line for row in library[SettingRow] if row.item in ("学期开始", "学期结束")]
    return tuple(Cell(SettingRow, line, "value") for line in lines) or (Cell(SettingRow, 0),)


def planned_year(library: Library, day: date) -> int:
    """The calendar year in which the school year begins that 工作安排 is of: the one 学年 names, else that of the
    terms; that of the day where 基本信息 says neither.
    """
    school = library.school
    if (named := year_named(school.school_year or "")) is not None:
        return named
    dates = (school.term_start, school.term_end, school.previous_start, school.previous_end)
    known = next((one for one in dates if one), None)
    return first_year(known or day)


def school_year(library: Library, day: date) -> Term:
    """The school year of a day up to that day: from its first term where 基本信息 knows that, else from 1 September;
    in August, when the next one is prepared, from the first of the month. A term that begins after New Year is the
    second one.
    """
    year = first_year(day)
    last = min(day, date(year, 12, 31))
    starts = [term.start for term in library.school.terms if date(year, FIRST_MONTH, 1) <= term.start <= last]
    return Term(min(starts, default=min(usual_start(year), day.replace(day=1))), day)
