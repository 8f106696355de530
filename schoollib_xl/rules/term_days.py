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


class LeftOut(NamedTuple):
    """The school days just before and just after a term, each by date; none where they are a few."""

    before: list[date]
    after: list[date]


def left_out(library: Library, term: Term) -> LeftOut:
    """The school days beside the term, up to the next holiday or the next term."""
    if term.end < term.start or not library.derive(SchoolCalendar).is_whole:
        return LeftOut([], [])
    before, after = _run(library, term.start, -1), _run(library, term.end, 1)
    return LeftOut(sorted(before) if len(before) > _FEW else [], after if len(after) > _FEW else [])


def _run(library: Library, day: date, way: int) -> list[date]:
    """School days from beside a day on, in one direction, without a holiday between them."""
    calendar = library.derive(SchoolCalendar)
    terms = [term for term in (library.school.term, library.school.previous_term) if term]
    found: list[date] = []
    last = day
    while abs((day - last).days) <= _HOLIDAY:
        day += timedelta(days=way)
        if any(day in term for term in terms):
            break
        if calendar.timetable(day) is not None:
            found.append(day)
            last = day
    return found
