"""Which days are school days and open, as 校历 and 开放时间 have them."""

from datetime import date, time
from typing import Any

import pytest

from make import library, row
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, DayKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.rules.calendar import SchoolCalendar, week_number

TERM = Term(date(2025, 9, 1), date(2026, 1, 23))
SATURDAY = date(2025, 10, 11)


def calendar(*rows: Any) -> SchoolCalendar:
    """A term with a week off, a make-up Saturday, and hours on Mondays."""
    days = (
        row(CalendarRow),
        row(CalendarRow, starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 8), kind=DayKind.HOLIDAY),
        row(CalendarRow, starts_on=SATURDAY, ends_on=SATURDAY, kind=DayKind.MAKE_UP, follows=Weekday.MONDAY),
    )
    return SchoolCalendar(library(*days, row(OpeningRow), *rows))


@pytest.mark.parametrize(
    ("day", "timetable"),
    [
        (date(2025, 9, 1), 0),
        (date(2025, 9, 6), None),
        (date(2025, 10, 6), None),
        (SATURDAY, 0),
        (date(2026, 1, 1), 3),
        (date(2026, 1, 26), None),
    ],
)
def test_a_school_day_follows_the_timetable_of_its_weekday_or_of_the_one_it_makes_up(
    day: date, timetable: int | None
) -> None:
    assert calendar().timetable(day) == timetable


def test_a_make_up_day_that_names_no_weekday_follows_its_own() -> None:
    sunday = date(2025, 9, 28)
    assert calendar(row(CalendarRow, starts_on=sunday, ends_on=sunday, kind=DayKind.MAKE_UP)).timetable(sunday) == 6


def test_the_library_is_open_where_the_timetable_has_hours_for_the_reader() -> None:
    for_teachers = row(OpeningRow, weekday=Weekday.TUESDAY, audience=Audience.TEACHERS)
    days = (date(2025, 9, 1), date(2025, 9, 2), SATURDAY, date(2025, 10, 6))
    open_for = calendar(for_teachers).is_open
    assert [open_for(day, ReaderKind.PUPIL) for day in days] == [True, False, True, False]
    assert [open_for(day, ReaderKind.TEACHER) for day in days] == [True, True, True, False]


def test_whoever_has_no_hours_at_all_is_told_apart() -> None:
    assert calendar().opens_for(ReaderKind.TEACHER)
    assert not SchoolCalendar(library(row(OpeningRow, audience=Audience.PUPILS))).opens_for(ReaderKind.TEACHER)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2025, 9, 1), date(2025, 9, 1)),
        (date(2025, 9, 2), date(2025, 9, 8)),
        (date(2025, 10, 6), SATURDAY),
        (date(2026, 1, 20), date(2026, 1, 20)),
        (date(2026, 2, 2), date(2026, 2, 2)),
    ],
)
def test_a_closed_day_moves_to_the_next_open_one_and_stays_where_there_is_none(day: date, moved: date) -> None:
    assert calendar().next_open(day, ReaderKind.PUPIL) == moved


def test_a_range_written_backwards_is_none_and_leaves_the_calendar_short_of_it() -> None:
    backwards = row(CalendarRow, starts_on=date(2025, 11, 10), ends_on=date(2025, 11, 3), kind=DayKind.HOLIDAY)
    assert [calendar(backwards).timetable(date(2025, 11, day)) for day in (2, 3, 10, 11)] == [None, 0, 0, 1]
    assert (calendar().is_whole, calendar(backwards).is_whole) == (True, False)


def test_days_the_calendar_says_nothing_about_are_weekdays_of_the_term() -> None:
    assert calendar().uncovered(TERM) == []
    longer = Term(TERM.start, date(2026, 1, 27))
    assert calendar().uncovered(longer) == [date(2026, 1, 26), date(2026, 1, 27)]


def test_weeks_are_counted_from_the_monday_of_the_first_week() -> None:
    midweek = Term(date(2025, 9, 3), date(2026, 1, 23))
    days = (date(2025, 9, 3), date(2025, 9, 7), date(2025, 9, 8), date(2025, 12, 31), date(2026, 1, 1))
    assert [week_number(midweek, day) for day in days] == [1, 1, 2, 18, 18]


@pytest.mark.parametrize(
    ("weeks", "first_days"),
    [
        (None, [date(2025, 9, 1), date(2025, 9, 8), date(2025, 9, 15)]),
        (WeekPattern.ODD, [date(2025, 9, 1), date(2025, 9, 15), date(2025, 9, 29)]),
        (WeekPattern.EVEN, [date(2025, 9, 8), date(2025, 9, 22), SATURDAY]),
    ],
)
def test_turns_fall_on_the_days_that_follow_their_weekday(weeks: WeekPattern | None, first_days: list[date]) -> None:
    assert calendar().turns(TERM, row(TurnRow, weeks=weeks))[:3] == first_days


def test_an_opening_that_ends_before_it_begins_has_no_minutes() -> None:
    (usual,) = calendar().openings(TERM.start, ReaderKind.PUPIL)
    backwards = SchoolCalendar(library(row(CalendarRow), row(OpeningRow, ends_at=time(11, 0))))
    (wrong,) = backwards.openings(TERM.start, ReaderKind.PUPIL)
    assert (usual.minutes, wrong.minutes) == (60, 0)
