"""School days of 校历 that lie beside a term of 基本信息 and in none of its terms: one of the two is wrong."""

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
# one line for the whole year, which leaves it to the terms to say when the holidays are.
_MANY = 45


class LeftOut(NamedTuple):
    """The school days just before and just after a term, each by date; none where they are a few."""

    before: list[date]
    after: list[date]


def left_out(library: Library, term: Term) -> LeftOut:
    """The school days beside the term, up to the next holiday or the next term."""
    if term.end < term.start or not library.derive(SchoolCalendar).is_whole:
        return LeftOut([], [])
    before, after = _run(library, term.start, -1), _run(library, term.end, 1)
    return LeftOut(*(sorted(days) if _FEW < len(days) <= _MANY else [] for days in (before, after)))


def _run(library: Library, day: date, way: int) -> list[date]:
    """School days from beside a day on, in one direction, without a holiday between them; none where they go on to
    another term, since then 校历 does not tell the holidays.
    """
    calendar = library.derive(SchoolCalendar)
    terms = [term for term in (library.school.term, library.school.previous_term) if term]
    found: list[date] = []
    last = day
    while abs((day - last).days) <= _HOLIDAY:
        day += timedelta(days=way)
        if len(found) > _MANY or any(day in term for term in terms):
            return []
        if calendar.timetable(day) is not None:
            found.append(day)
            last = day
    return found
