"""School days of 校历 that no term of 基本信息 has."""

from datetime import date, timedelta
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import Term
from schoollib_xl.rules.calendar import SchoolCalendar

# The winter holiday, the shorter of the two, is three to four weeks long; 国庆 with a weekend is nine days.
_HOLIDAY = 14
# Registering, examinations and cleaning up lie within a week of school at either end of a term.
_FEW = 5
# A slip of the pen in the month moves a term by some twenty days of school, or forty; more of them are a calendar in
# one line for the whole year, which leaves it to the terms to say when the holidays are. A term that is no longer than
# that has lost more than half of its days, whatever the calendar is.
_MANY = 45
# 39 weeks of five days, as the curriculum plan of 2022 has them, and the days made up for.
_SCHOOL_DAYS_OF_A_YEAR = 210


class LeftOut(NamedTuple):
    """The school days just before and just after a term, each by date; none where they are a few."""

    before: list[date]
    after: list[date]


def left_out(library: Library, term: Term) -> LeftOut:
    """The school days beside the term, up to the next holiday or the next term."""
    if term.end < term.start or not library.derive(SchoolCalendar).is_whole:
        return LeftOut([], [])
    left = len(library.derive(SchoolCalendar).school_days(term.start, term.end))
    most = _MANY if left > _MANY else _SCHOOL_DAYS_OF_A_YEAR
    before, after = _run(library, term.start, -1, most), _run(library, term.end, 1, most)
    return LeftOut(*(sorted(days) if _FEW < len(days) <= most else [] for days in (before, after)))


def _run(library: Library, day: date, way: int, most: int) -> list[date]:
    """School days from beside a day on, in one direction, without a holiday between them; none where they go on to
    another term, since then 校历 does not tell the holidays. One more than most tells that there are more.
    """
    calendar = library.derive(SchoolCalendar)
    found: list[date] = []
    last = day
    while abs((day - last).days) <= _HOLIDAY:
        day += timedelta(days=way)
        if len(found) > most or library.school.term_of(day):
            return []
        if calendar.timetable(day) is not None:
            found.append(day)
            last = day
    return found
