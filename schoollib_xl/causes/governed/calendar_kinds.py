"""Rows of 校历 whose kind is another's, as they say themselves, days off written as lessons or as made up for; opening
hours of a day that stand under another, which has them twice then.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind, changed
from schoollib_xl.causes.governed.governing import SCHOOL_DAYS
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.rules.calendar import days
from schoollib_xl.rules.national_days import FRIDAY

# So many are tried; days in their order are likelier.
_TRIED, _IN_ORDER = 4, 0.05


def kinds_of_calendar_amiss(course: Course) -> None:
    """Name each row that would settle something as what it says it is, before anything that days are reckoned by is
    doubted: books that went by the day off are right.
    """
    if not any(CalendarRow in one.check.reads for one in course.open_findings().values()):
        return
    doubted = {one.at.line for one in course.open_findings().values() if one.at[::2] == (CalendarRow, "note")}
    for row, kind in list(_of_another_kind(course.trial.library, doubted)):
        one = changed(SlipKind.CALENDAR, row, Slip.OWN_ROW, Slip.OWN_ROW.cost, kind=kind)
        # A day made up for without its weekday is no more than that; lessons twice need not be anything at all.
        course.accept([one], at_least=1 if row.kind is DayKind.MAKE_UP else 2)


def openings_of_another_day(course: Course) -> None:
    """Name the opening hours that are those of a day without, before the lines alike are struck as entered twice."""
    if any(one.at.row_type is OpeningRow for one in course.open_findings().values()):
        renamed = sorted(_openings_renamed(list(course.trial.library[OpeningRow])), key=lambda one: one.cost)
        best = course.best_of(renamed[:_TRIED])
        course.accept(best[:1], [best[1:]], at_least=2)


def _openings_renamed(rows: list[OpeningRow]) -> Iterator[Correction]:
    """Lines below each other of a day that stands elsewhere as well; likelier where the days are in order then."""
    runs = [list(run) for _, run in groupby(rows, key=lambda row: row.weekday)]
    times, slip = Counter(run[0].weekday for run in runs), Slip.MOST_OTHERS
    for should in (day for day in SCHOOL_DAYS if day not in times):
        for at, run in enumerate(runs):
            if times[run[0].weekday] > 1:
                numbers = [should.number if at == other else one[0].weekday.number for other, one in enumerate(runs)]
                cost = slip.cost - _IN_ORDER * (numbers == sorted(numbers))
                edits = tuple(Change(Cell(OpeningRow, row.line, "weekday"), should) for row in run)
                yield Correction(SlipKind.CALENDAR, edits, slip, round(cost, 4))


def _of_another_kind(library: Library, doubted: set[int]) -> Iterator[tuple[CalendarRow, DayKind]]:
    """A row that follows the timetable of a weekday is a day made up for. Lessons within those of a term, or of which
    the note says otherwise, are a holiday, and so is what makes up, of Mondays to Fridays, for no day of the week.
    """
    lessons = [row for row in library[CalendarRow] if row.kind is DayKind.SCHOOL]
    for row in library[CalendarRow]:
        around = (one for one in lessons if one.starts_on <= row.starts_on <= row.ends_on <= one.ends_on)
        is_within = any(one[1:3] != row[1:3] for one in around)
        is_no_day_off = {
            DayKind.MAKE_UP: not any(day.weekday() <= FRIDAY for day in days(row.starts_on, row.ends_on)),
            DayKind.SCHOOL: not (is_within or row.line in doubted),
        }
        if row.follows and row.kind is not DayKind.MAKE_UP:
            yield row, DayKind.MAKE_UP
        elif not row.follows and not is_no_day_off.get(row.kind, True):
            yield row, DayKind.HOLIDAY
