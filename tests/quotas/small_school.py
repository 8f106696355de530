"""A school small enough to count on one's fingers: eighteen weeks of term, open every day at noon."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from make import library, row
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import WeekPattern
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome, ReaderKind, Weekday

FIRST_DAY, LAST_DAY = date(2025, 9, 1), date(2026, 1, 2)
SCHOOL = EXAMPLE_SCHOOL._replace(term_start=FIRST_DAY, term_end=LAST_DAY, cut_off=LAST_DAY)
SPRING = SCHOOL._replace(
    previous_start=FIRST_DAY,
    previous_end=LAST_DAY,
    term_start=date(2026, 2, 23),
    term_end=date(2026, 7, 3),
    cut_off=date(2026, 7, 3),
)
WEEK = tuple(Weekday)[:5]
NOON, ONE = time(12), time(13)


def calendar(*more: CalendarRow) -> list[CalendarRow]:
    """Eighteen weeks of school without a holiday, and what a test adds."""
    return [row(CalendarRow, starts_on=FIRST_DAY, ends_on=LAST_DAY), *more]


def openings(starts_at: time = NOON, ends_at: time = ONE, days: Iterable[Weekday] = WEEK) -> list[OpeningRow]:
    return [row(OpeningRow, weekday=day, starts_at=starts_at, ends_at=ends_at) for day in days]


def school_class(name: str = "三（1）班", grade: int = 3, pupils: int | None = 2, **more: Any) -> ClassRow:
    return row(ClassRow, class_name=name, grade=grade, pupils=pupils, **more)


def pupil(number: str, class_name: str | None = "三（1）班", **more: Any) -> ReaderRow:
    return row(ReaderRow, reader_no=number, name=f"{number}同学", class_name=class_name, issued_on=None, **more)


def teacher(number: str) -> ReaderRow:
    return row(ReaderRow, reader_no=number, name=f"{number}老师", kind=ReaderKind.TEACHER, class_name=None)


def lent(reader_no: str, on: date, class_name: str | None = "三（1）班", **more: Any) -> LoanRow:
    """A loan that came back the same day, so that nothing is left over to be overdue."""
    back = {"returned_on": on, "outcome": LoanOutcome.RETURNED, "due_on": on, "mode": LoanMode.PERSONAL}
    return row(LoanRow, reader_no=reader_no, lent_on=on, class_name=class_name, **{**back, **more})


def target(name: str, value: Any, grades: str | None = None, **more: Any) -> TargetRow:
    return row(TargetRow, name=name, value=value, grades=grades, **more)


def rule(copies: int = 1, days: int = 7, **more: Any) -> LendingRule:
    return row(LendingRule, copies=copies, days=days, reader_kind=None, **more)


def turn(name: str = "三（1）班", weeks: WeekPattern = WeekPattern.EVERY, **more: Any) -> TurnRow:
    return row(TurnRow, class_name=name, weeks=weeks, **{"starts_at": NOON, "ends_at": ONE, **more})


def small_school(*rows: Any, school: School = SCHOOL, as_of: date | None = None) -> Library:
    """A library of these rows with calendar, openings and the rule of one copy, unless a test brings its own."""
    own = {type(one) for one in rows}
    usual = [*calendar(), *openings(), rule()]
    return library(*(one for one in usual if type(one) not in own), *rows, school=school, as_of=as_of)
