"""Which rule governs whom on which day, and when a loan is due."""

from datetime import date
from typing import Any

import pytest

from make import EXAMPLE_SCHOOL, library, row
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind, Weekday
from schoollib_xl.rules.lending import LoanTerms, governing, rule_for_reader

SEPT_1, OCT_1 = date(2025, 9, 1), date(2025, 10, 1)
PUPIL, TEACHER = ReaderKind.PUPIL, ReaderKind.TEACHER


def rule(
    copies: int, kind: ReaderKind | None = None, grade: int | None = None, class_name: str | None = None, **changes: Any
) -> LendingRule:
    """A rule told by its number of copies; fourteen days, from 1 September."""
    return row(LendingRule, copies=copies, reader_kind=kind, grade=grade, class_name=class_name, **changes)


RULES = [
    rule(1),
    rule(2, PUPIL),
    rule(5, TEACHER),
    rule(3, grade=5),
    rule(4, PUPIL, 5, since=OCT_1),
    rule(6, class_name="三（2）班", since=OCT_1),
    rule(7, class_name="三（2）班", since=date(2025, 11, 1)),
]


@pytest.mark.parametrize(
    ("kind", "grade", "class_name", "day", "copies"),
    [
        (TEACHER, None, None, SEPT_1, 5),
        (PUPIL, 3, "三（1）班", SEPT_1, 2),
        (PUPIL, 5, "五（1）班", SEPT_1, 3),
        (PUPIL, 5, "五（1）班", OCT_1, 4),
        (PUPIL, 3, "三（2）班", date(2025, 9, 30), 2),
        (PUPIL, 3, "三（2）班", OCT_1, 6),
        (PUPIL, 3, "三（2）班", date(2025, 12, 1), 7),
        (PUPIL, 3, "三（1）班", date(2025, 8, 31), None),
    ],
)
def test_the_most_specific_rule_in_force_governs_and_of_equals_the_latest(
    kind: ReaderKind, grade: int | None, class_name: str | None, day: date, copies: int | None
) -> None:
    found = governing(RULES, kind, grade, class_name, day)
    assert (found.copies if found else None) == copies


PLACES = [
    row(ClassRow, class_name=name, grade=grade)
    for name, grade in (("三（1）班", 3), ("三（2）班", 3), ("五（1）班", 5))
]


@pytest.mark.parametrize(
    ("class_name", "copies"), [("五（1）班", 3), ("五(1)班", 3), ("三（2）班", 2), (None, 2), ("七（1）班", 2)]
)
def test_a_readers_rule_is_that_of_the_class_the_reader_is_in(class_name: str | None, copies: int) -> None:
    reader = row(ReaderRow, class_name=class_name)
    found = rule_for_reader(library(*PLACES, *RULES), reader, SEPT_1)
    assert found is not None
    assert found.copies == copies


def terms(*rows: Any) -> LoanTerms:
    """A school with S0001 in 三（1）班, the teacher T001, open on Mondays."""
    readers = row(ReaderRow), row(ReaderRow, reader_no="T001", kind=TEACHER, class_name=None)
    return LoanTerms(library(*PLACES, *readers, row(CalendarRow), row(OpeningRow), *rows))


def loan(**changes: Any) -> LoanRow:
    """A loan of Monday 8 September by S0001 of 三（1）班."""
    return row(LoanRow, **changes)


@pytest.mark.parametrize(
    ("changes", "copies"),
    [
        ({}, 2),
        ({"class_name": "五（1）班"}, 3),
        ({"class_name": None}, 2),
        ({"class_name": "七（1）班"}, None),
        ({"reader_no": "T001", "class_name": "五（1）班"}, 5),
        ({"reader_no": "S0009", "class_name": "五（1）班"}, 3),
    ],
)
def test_a_loan_belongs_to_the_class_on_its_row(changes: dict[str, Any], copies: int | None) -> None:
    found = terms(*RULES).rule(loan(**changes))
    assert (found.copies if found else None) == copies


def test_an_unknown_class_leaves_the_rule_open_only_where_rules_differ_by_class() -> None:
    stranger = loan(class_name="七（1）班")
    assert terms(rule(1)).rule(stranger) == rule(1)
    assert not terms(rule(1)).is_placed(stranger)
    assert terms(rule(1)).is_placed(loan())
    assert terms(rule(1)).is_placed(loan(reader_no="T001", class_name="语文组"))


def test_a_loan_is_due_after_its_days_for_each_renewal_once_more_moved_to_the_next_open_day() -> None:
    ten_days = terms(rule(1, days=10))
    assert ten_days.due_on(loan()) == date(2025, 9, 22)
    assert ten_days.due_on(loan(renewals=1)) == date(2025, 9, 29)
    assert terms().due_on(loan()) is None


@pytest.mark.parametrize("days", [10**7, 10**12])
def test_a_slip_in_the_length_of_loans_makes_them_due_on_the_last_day_of_all(days: int) -> None:
    assert terms(rule(1, days=days)).due_on(loan()) == date.max


def test_class_corners_and_reading_in_the_room_are_due_without_any_rule() -> None:
    assert terms().due_on(loan(mode=LoanMode.IN_ROOM)) == date(2025, 9, 8)
    assert terms().due_on(loan(mode=LoanMode.CLASS)) == date(2026, 1, 23)
    assert terms().due_on(loan(mode=LoanMode.CLASS, lent_on=date(2026, 2, 1))) is None


@pytest.mark.parametrize(
    ("lent_on", "due_on", "is_of_then"),
    [(date(2026, 7, 31), date(2026, 8, 7), True), (date(2026, 8, 1), date(2026, 8, 14), False)],
)
def test_only_a_loan_of_an_earlier_school_year_goes_by_the_grade_of_then(
    lent_on: date, due_on: date, *, is_of_then: bool
) -> None:
    school = EXAMPLE_SCHOOL._replace(term_start=date(2026, 9, 1), term_end=date(2027, 1, 22))
    grade = 4 if is_of_then else 5
    rules = (rule(1), rule(1, grade=grade - 1, days=7), row(ClassRow, class_name="四（1）班", grade=grade))
    fridays = (
        row(CalendarRow, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30)),
        row(OpeningRow, weekday=Weekday.FRIDAY),
    )
    loan = row(LoanRow, lent_on=lent_on, due_on=due_on, class_name="四（1）班", renewals=0)
    books = library(*rules, *fridays, loan, row(ReaderRow), school=school)
    assert books.derive(LoanTerms).is_due_by_grade_then(loan) is is_of_then
