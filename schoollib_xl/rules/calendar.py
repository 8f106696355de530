"""The school calendar: open days, school weeks and turns, from 校历 and 开放时间."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import cached_property
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, DayKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.rules.national_days import FRIDAY, by_law, is_off_everywhere

LONGEST_HOLIDAY = 45
"""Days: none that loans are due in is longer than the winter holiday; days farther apart have another reason."""
_DAY = timedelta(days=1)
# Words in 说明 for days off that schools are told of at short notice.
_SUDDEN = (
    *("临时", "停课", "停电", "停水", "暴雨", "大雨", "大雪", "冰冻", "台风", "高温"),
    *("疫情", "消毒", "通知", "改期"),
)
_AUDIENCES = {
    ReaderKind.PUPIL: (Audience.PUPILS, Audience.EVERYONE),
    ReaderKind.TEACHER: (Audience.TEACHERS, Audience.EVERYONE),
    ReaderKind.STAFF: (Audience.TEACHERS, Audience.EVERYONE),
}


class Opening(NamedTuple):
    """An opening on a day: from, until, and the row that says so."""

    starts_at: time
    ends_at: time
    row: OpeningRow

    @property
    def minutes(self) -> int:
        """Length in minutes; 0 where the hours end before they begin."""
        start, end = self.starts_at, self.ends_at
        return max(0, (end.hour - start.hour) * 60 + end.minute - start.minute)


class SchoolCalendar:
    """Which days are school days, which timetable they follow and when the library is open.

    A day is a school day when 补课 says so, or when it is a Monday to Friday in 上课 and not in 放假.
    A range written backwards is none: which days it means nobody can tell (QUO111), and `is_whole` says so.
    """

    def __init__(self, library: Library) -> None:
        self._rows = tuple(row for row in library[CalendarRow] if row.starts_on <= row.ends_on)
        self._library = library
        self._days: dict[date, int | None] = {}
        self._moved: dict[tuple[date, ReaderKind], date] = {}
        school = [row for row in self._rows if row.kind is DayKind.SCHOOL]
        self._first = min((row.starts_on for row in school), default=date.max)
        self._last = max((row.ends_on for row in school), default=date.min)

    @cached_property
    def _openings(self) -> dict[tuple[int, ReaderKind], tuple[Opening, ...]]:
        return {
            (weekday.number, kind): tuple(
                Opening(row.starts_at, row.ends_at, row)
                for row in self._library[OpeningRow]
                if row.weekday is weekday and row.audience in audiences
            )
            for weekday in Weekday
            for kind, audiences in _AUDIENCES.items()
        }

    def timetable(self, day: date) -> int | None:
        """The weekday (0 = Monday) whose timetable the day follows, or None where there is no school."""
        if day not in self._days:
            self._days[day] = self._timetable(day)
        return self._days[day]

    def _timetable(self, day: date) -> int | None:
        kinds = {row.kind: row for row in self._rows if row.takes_in(day)}
        if make_up := kinds.get(DayKind.MAKE_UP):
            return make_up.follows.number if make_up.follows else day.weekday()
        is_school = DayKind.SCHOOL in kinds and DayKind.HOLIDAY not in kinds and day.weekday() <= FRIDAY
        return day.weekday() if is_school else None

    @property
    def is_whole(self) -> bool:
        """Whether every line of 校历 could be read and says which days it means."""
        return len(self._rows) == len(self._library[CalendarRow])

    @property
    def has_school(self) -> bool:
        """Whether 校历 says of any day that there is school; public holidays alone say nothing of a term."""
        return self._first <= self._last

    @cached_property
    def has_openings(self) -> bool:
        """Whether 开放时间 says of any day that the library is open."""
        return any(self._openings.values())

    def knows(self, day: date) -> bool:
        """Whether the day lies between the first and the last day of which 校历 says that there is school."""
        return self._first <= day <= self._last

    def leaves_untold(self, first: date, last: date) -> bool:
        """Whether of a day from first to last nobody can tell if the library is open: made up for without a timetable,
        a working day of the term that 校历 lacks, school between terms, a day off everywhere where it has no holidays.
        """
        return any(map(self._is_untold, days(first, last)))

    def _is_untold(self, day: date) -> bool:
        is_weekend = day.weekday() > FRIDAY
        is_unlike_the_country = self.has_no_holidays and is_off_everywhere(day) is not is_weekend
        if is_unlike_the_country and not (self.off(day) or self.made_up(day)):
            return True
        if is_weekend:
            return any(row.takes_in(day) for row in self._untold)
        return day in self._unsaid or (self._library.school.is_between_terms(day) and self.timetable(day) is not None)

    @cached_property
    def _unsaid(self) -> frozenset[date]:
        terms = [term for term in self._library.school.terms if not term.is_too_long]
        return frozenset(day for term in terms for day in self.uncovered(term))

    @cached_property
    def _holidays(self) -> tuple[date, ...]:
        """The holidays of every year, of Mondays to Fridays, of which 校历 says something."""
        known = by_law(self._first, self._last) if self.has_school else ()
        return tuple(day for day in known if day.weekday() <= FRIDAY and self.covers(day))

    @cached_property
    def holidays_at_school(self) -> tuple[date, ...]:
        """The holidays of every year on which 校历 has school."""
        return tuple(day for day in self._holidays if self.timetable(day) is not None)

    @cached_property
    def has_no_holidays(self) -> bool:
        """Whether 校历 gives none of the holidays off: one line that is left out is a slip of its own."""
        return bool(self._holidays) and self._holidays == self.holidays_at_school

    @cached_property
    def _untold(self) -> tuple[CalendarRow, ...]:
        return tuple(row for row in self._rows if row.kind is DayKind.MAKE_UP and not self._is_told(row.follows))

    def _is_told(self, follows: Weekday | None) -> bool:
        """Whether a day made up for follows one with a timetable; a weekend without openings has none (QUO118)."""
        if follows is None or follows.number <= FRIDAY:
            return follows is not None
        return any(self._openings[follows.number, kind] for kind in _AUDIENCES)

    def off(self, day: date) -> CalendarRow | None:
        """The line by which 校历 gives the day off; None where it does not."""
        return self._line(day, DayKind.HOLIDAY)

    def off_as_reckoned(self, unmoved: date, due: date, kind: ReaderKind) -> CalendarRow | None:
        """The line by which 校历 gives a due day off that is reckoned right without it: what it was moved over lies
        before, and is closed without the line as well.
        """
        line = self.off(due)
        if line is None or due < unmoved or (due > unmoved and due.weekday() > FRIDAY):
            return None
        moved_over = [day for day in days(unmoved, due - _DAY) if day.weekday() <= FRIDAY or self.made_up(day)]
        return None if any(self.is_open(day, kind) or self.off(day) is line for day in moved_over) else line

    def made_up(self, day: date) -> CalendarRow | None:
        """The line by which 校历 makes up for a school day on the day; None where it does not."""
        return self._line(day, DayKind.MAKE_UP)

    def _line(self, day: date, kind: DayKind) -> CalendarRow | None:
        return next((row for row in self._rows if row.kind is kind and row.takes_in(day)), None)

    @staticmethod
    def is_sudden(row: CalendarRow) -> bool:
        """Whether the line says that nobody knew of its days long before: slips were stamped without them."""
        return row.kind is not DayKind.SCHOOL and any(word in (row.note or "") for word in _SUDDEN)

    def covers(self, day: date) -> bool:
        """Whether 校历 says anything about the day."""
        return any(row.takes_in(day) for row in self._rows)

    def uncovered(self, term: Term) -> list[date]:
        """The days from Monday to Friday in the term about which 校历 says nothing, but for the holidays: some schools
        write down when there is school, and leave those out.
        """
        unsaid = (day for day in days(*term) if day.weekday() <= FRIDAY and not self.covers(day))
        return [day for day in unsaid if not is_off_everywhere(day)]

    def openings(self, day: date, kind: ReaderKind) -> tuple[Opening, ...]:
        """The openings for this kind of reader on the day, as 开放时间 has them for its timetable."""
        weekday = self.timetable(day)
        return () if weekday is None else self._openings[weekday, kind]

    def opens_for(self, kind: ReaderKind) -> bool:
        """Whether 开放时间 has any opening for this kind of reader."""
        return any(openings for (_, audience), openings in self._openings.items() if audience is kind)

    def is_open(self, day: date, kind: ReaderKind) -> bool:
        """Whether the library is open for this kind of reader on the day."""
        return bool(self.openings(day, kind))

    def next_open(self, day: date, kind: ReaderKind) -> date:
        """The day itself if open, else the next open day; the day itself where the calendar does not know it or
        has none.
        """
        if (day, kind) not in self._moved:
            self._moved[day, kind] = self._next_open(day, kind)
        return self._moved[day, kind]

    def _next_open(self, day: date, kind: ReaderKind) -> date:
        candidate = day if self.knows(day) else date.max
        while candidate <= self._last:
            if self.is_open(candidate, kind):
                return candidate
            candidate += _DAY
        return day

    def last_open(self, day: date, kind: ReaderKind) -> date | None:
        """The day itself if open, else the last open day before it; None where the calendar has none."""
        candidate = min(day, self._last)
        while candidate >= self._first and not self.is_open(candidate, kind):
            candidate -= _DAY
        return candidate if candidate >= self._first else None

    def open_days(self, first: date, last: date, kind: ReaderKind) -> list[date]:
        """The open days from first to last, both included."""
        return [day for day in self._told(first, last) if self.is_open(day, kind)]

    def school_days(self, first: date, last: date) -> list[date]:
        """The school days from first to last, both included."""
        return [day for day in self._told(first, last) if self.timetable(day) is not None]

    def _told(self, first: date, last: date) -> Iterator[date]:
        """The days from first to last of which 校历 may say something: a slip of the pen leads decades beyond it."""
        begins = min((row.starts_on for row in self._rows), default=date.max)
        ends = max((row.ends_on for row in self._rows), default=date.min)
        return days(max(first, begins), min(last, ends))

    def turns(self, term: Term, turn: TurnRow) -> list[date]:
        """The days in the term on which a class has this turn; weeks are counted in the term."""
        weekday = turn.weekday.number
        return [
            day
            for day in self.school_days(*term)
            if self.timetable(day) == weekday and _in_pattern(week_number(term, day), turn.weeks)
        ]


def week_number(term: Term, day: date) -> int:
    """The school week of a day; week 1 is the Monday week that holds the first day of term."""
    first_monday = term.start - timedelta(days=term.start.weekday())
    return (day - first_monday).days // 7 + 1


def days_later(day: date, count: int) -> date:
    """The day so many days later; the last day of all where a slip of the pen leads beyond it."""
    return day + timedelta(days=count) if count <= (date.max - day).days else date.max


def days(first: date, last: date) -> Iterator[date]:
    """Every day from first to last, both included."""
    day = first
    while day <= last:
        yield day
        day += _DAY


def _in_pattern(week: int, weeks: WeekPattern | None) -> bool:
    if weeks is WeekPattern.ODD:
        return week % 2 == 1
    if weeks is WeekPattern.EVEN:
        return week % 2 == 0
    return True


def weekday_of(day: date) -> Weekday:
    """The weekday by its Chinese name."""
    return list(Weekday)[day.weekday()]
