"""生均借书, as a librarian would count it by hand."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from small_school import (
    FIRST_DAY,
    LAST_DAY,
    SCHOOL,
    calendar,
    lent,
    pupil,
    row,
    rule,
    school_class,
    small_school,
    target,
    teacher,
)

from make import with_unreadable, without_column
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending, DayKind
from schoollib_xl.ledgers.vocabulary import LeavingReason, LoanMode, LoanOutcome, Weekday
from schoollib_xl.quotas.basis.period import previous_period, school_year
from schoollib_xl.quotas.basis.shortfall import Obstacle
from schoollib_xl.quotas.borrowing.obligation import Obligation
from schoollib_xl.quotas.jobs import State
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.wording.quotas.class_figures import class_figures, rows_in_all
from schoollib_xl.wording.quotas.quota_json import quota_json
from schoollib_xl.wording.quotas.quota_sentences import class_sentences, headline
from schoollib_xl.wording.quotas.verdicts import outcome_word

LINES = Path(__file__).with_name("cases.md").read_text(encoding="utf-8").splitlines()
TABLE = [[cell.strip() for cell in line.strip("|").split("|")] for line in LINES if line.startswith("|")]
CASES = [dict(zip(TABLE[0], cells, strict=True)) for cells in TABLE[2:]]
MODES = {"室内": LoanMode.IN_ROOM, "班级": LoanMode.CLASS}


@pytest.mark.parametrize("case", CASES, ids=[case["情形"] for case in CASES])
def test_a_class_is_counted_as_by_hand(case: dict[str, str]) -> None:
    figures = obligations(school_of(case))[case["查哪个班"]]
    said = {
        "借书数": figures.loans,
        "次数": figures.visits,
        "生均": figures.mean,
        "达标": figures.reached,
        "未借": figures.none,
        "还差": figures.gap,
        "应借": figures.expected,
        "跟上": "是" if figures.on_track else "否",
    }
    assert {name: "—" if value is None else str(value) for name, value in said.items()} == {
        name: case[name] for name in said
    }


def obligations(books: Library) -> dict[str, Obligation]:
    return {quota.school_class.name: quota.obligation for quota in statement(books).classes}


def school_of(case: dict[str, str]) -> Library:
    rows: list[Any] = []
    for name, grade, pupils in entries(case["班级"]):
        rows.append(school_class(name, int(grade), int(pupils)))
    for number, name in entries(case["名册"]):
        rows.append(pupil(number, name))
    if "教师" in case["借书"] or "班级" in case["借书"]:
        rows.append(teacher("丁"))
    for number, when, name, copies, *mode in entries(case["借书"]):
        kind = MODES.get(mode[0]) if mode else None
        class_name = None if name == "—" else name
        rows += [lent(number, day_of(when), class_name, mode=kind) for _ in range(int(copies))]
    for name, value, *grades in entries(case["指标"]):
        rows.append(target(name, Decimal(value), *grades))
    return small_school(*rows, as_of=day_of(case["算到"]))


def entries(cell: str) -> list[list[str]]:
    return [] if cell == "—" else [entry.split() for entry in cell.split("；")]


def day_of(text: str) -> date:
    month, day = map(int, text.split("-"))
    return date(2025 if month >= 8 else 2026, month, day)


def test_a_school_mean_is_copies_over_pupils_and_never_a_mean_of_means() -> None:
    books = small_school(
        school_class("三（1）班", 3, 1), school_class("三（2）班", 3, 3), pupil("甲"), pupil("乙", "三（2）班"),
        *[lent("甲", date(2025, 9, 8))] * 4, lent("乙", date(2025, 9, 8), "三（2）班"),
    )  # fmt: skip
    stated = statement(books)
    assert stated.school.mean == Decimal("1.25")
    assert dict(stated.grades)[3].mean == Decimal("1.25")


def test_a_renewal_is_no_loan() -> None:
    books = small_school(school_class(), pupil("甲"), lent("甲", date(2025, 9, 8), renewals=3))
    assert obligations(books)["三（1）班"].loans == 1


def test_pupils_who_have_left_are_not_on_the_list_but_their_loans_stay() -> None:
    gone = pupil("甲", stopped_on=date(2025, 11, 3), stop_reason=LeavingReason.MOVED)
    books = small_school(school_class(pupils=1), gone, pupil("乙"), lent("甲", date(2025, 9, 8)))
    figures = obligations(books)["三（1）班"]
    assert (figures.loans, figures.on_register, figures.none) == (1, 1, 1)


def test_the_year_end_inside_the_term_changes_nothing() -> None:
    loans = [lent("甲", date(2025, 12, 31)), lent("甲", date(2026, 1, 1)), lent("甲", date(2026, 1, 3))]
    books = small_school(school_class(), pupil("甲"), *loans)
    assert obligations(books)["三（1）班"].loans == 2


def test_a_week_off_does_not_count_towards_what_should_be_borrowed_by_now() -> None:
    off = row(CalendarRow, starts_on=date(2025, 9, 29), ends_on=date(2025, 10, 3), kind=DayKind.HOLIDAY)
    rows = [school_class(pupils=10), pupil("甲"), target("生均借书册数", Decimal(17))]
    books = small_school(*calendar(off), *rows, as_of=date(2025, 10, 10))
    # 25 of 85 open days have passed: ten pupils × 17 copies × 25 ÷ 85.
    assert obligations(books)["三（1）班"].expected == Decimal("50.00")


def test_a_make_up_saturday_counts_where_its_timetable_is_open() -> None:
    saturday = row(
        CalendarRow,
        starts_on=date(2025, 9, 6),
        ends_on=date(2025, 9, 6),
        kind=DayKind.MAKE_UP,
        follows=Weekday.FRIDAY,
    )
    rows = [school_class(pupils=1), pupil("甲"), target("生均借书册数", Decimal(91))]
    books = small_school(*calendar(saturday), *rows, as_of=date(2025, 9, 6))
    assert obligations(books)["三（1）班"].expected == Decimal("6.00")


@pytest.mark.parametrize(
    ("stops", "per_week"),
    [(LAST_DAY, "10.00"), (None, "20.00"), (date(2025, 12, 26), "20.00"), (date(2025, 12, 20), None)],
)
def test_what_is_needed_each_week_is_the_gap_over_the_weeks_in_which_books_still_go_out(
    stops: date | None, per_week: str | None
) -> None:
    rows = [school_class(pupils=10), pupil("甲"), target("生均借书册数", Decimal(2))]
    school = SCHOOL._replace(lending_stops=stops)
    figures = obligations(small_school(*rows, school=school, as_of=date(2025, 12, 19)))["三（1）班"]
    assert (figures.gap, figures.per_week) == (20, per_week and Decimal(per_week))


def test_after_the_term_there_is_no_week_to_catch_up_in() -> None:
    rows = [school_class(pupils=10), pupil("甲"), target("生均借书册数", Decimal(2))]
    assert obligations(small_school(*rows))["三（1）班"].per_week is None


def test_as_of_in_the_last_term_judges_that_term() -> None:
    school = SCHOOL._replace(
        previous_start=SCHOOL.term_start,
        previous_end=SCHOOL.term_end,
        term_start=date(2026, 2, 23),
        term_end=date(2026, 7, 3),
    )
    books = small_school(
        school_class(), pupil("甲"), lent("甲", date(2025, 9, 8)), school=school, as_of=date(2025, 10, 10)
    )
    stated = statement(books)
    assert stated.period
    assert stated.period.term.start == date(2025, 9, 1)
    assert stated.school.loans == 1
    assert previous_period(books) is None


def test_a_school_year_begins_with_its_first_term() -> None:
    books = small_school()
    assert school_year(books, date(2025, 10, 10)).start == date(2025, 9, 1)
    assert school_year(books, date(2026, 3, 10)).start == date(2025, 9, 1)
    assert school_year(books, date(2027, 3, 10)).start == date(2026, 9, 1)
    assert school_year(books, date(2026, 8, 20)) == (date(2026, 8, 1), date(2026, 8, 20))


def test_a_second_term_alone_is_not_where_the_school_year_begins() -> None:
    spring = SCHOOL._replace(
        term_start=date(2026, 2, 23), term_end=date(2026, 7, 3), previous_start=None, previous_end=None
    )
    books = small_school(school_class(), school=spring, as_of=date(2026, 7, 3))
    assert school_year(books, date(2026, 7, 3)).start == date(2025, 9, 1)


def test_pupils_below_and_the_distribution_show_what_a_mean_hides() -> None:
    books = small_school(
        school_class(pupils=3), pupil("甲"), pupil("乙"), pupil("丙"), target("每生最低借书册数", Decimal(2)),
        *[lent("甲", date(2025, 9, 8))] * 8, lent("乙", date(2025, 9, 8)),
    )  # fmt: skip
    [quota] = statement(books).classes
    assert [(one.reader_no, one.copies, one.short_by) for one in quota.pupils] == [
        ("丙", 0, 2),
        ("乙", 1, 1),
        ("甲", 8, 0),
    ]
    assert quota.obligation.mean == Decimal("3.00")


def test_a_loan_still_out_counts_from_the_day_it_was_lent() -> None:
    still_out = lent("甲", date(2025, 9, 8), returned_on=None, outcome=None, due_on=date(2025, 9, 15))
    lost = lent("甲", date(2025, 9, 9), outcome=LoanOutcome.LOST)
    books = small_school(school_class(), pupil("甲"), rule(5), still_out, lost)
    assert obligations(books)["三（1）班"].loans == 2


# -- one base a row, and a mean is no minimum --------------------------------------------------------


def test_a_row_that_stands_beside_a_target_is_of_the_classes_that_have_it() -> None:
    stated = statement(
        small_school(
            school_class("一（1）班", 1, 2, lending=ClassLending.IN_ROOM), school_class(pupils=2),
            pupil("甲", "一（1）班"), pupil("乙"), lent("乙", date(2025, 9, 8)),
            target("生均借书册数", Decimal(1), "3-6"),
        )
    )  # fmt: skip
    (measured, of_some, *_), (whole, of_all, *_) = rows_in_all(stated)
    assert (measured, of_some.pupils, of_some.mean, of_some.target) == ("有指标的班", 2, Decimal("0.50"), Decimal(1))
    assert (whole, of_all.pupils, of_all.mean, of_all.target, of_all.gap) == ("全校", 4, Decimal("0.25"), None, None)
    # A class that only reads in the room has nobody who failed to borrow.
    assert [class_figures(quota).none for quota in stated.classes] == [None, 0]


def test_all_together_and_each_pupil_are_two_sentences() -> None:
    stated = statement(
        small_school(
            school_class(pupils=2), pupil("甲"), pupil("乙"), *[lent("甲", date(2025, 9, 8))] * 3,
            target("生均借书册数", Decimal(4)), target("每生最低借书册数", Decimal(2)),
        )
    )  # fmt: skip
    assert list(class_sentences(stated.classes[0]))[1:] == [
        "全班（人均 4 册）：还差 5 册。",
        "个人（每人 2 册）：1 人没借满，共差 2 册。",
    ]


def test_nobody_is_behind_before_anything_is_due() -> None:
    rows = [school_class(pupils=1), pupil("甲"), target("每生最低借书册数", Decimal(4))]
    for day, is_below in ((date(2025, 8, 20), False), (FIRST_DAY, False), (LAST_DAY, True)):
        [one] = statement(small_school(*rows, as_of=day)).classes[0].pupils
        assert (one.is_below, one.short_by) == (is_below, 4)


def test_a_day_before_the_term_is_said_to_be_one() -> None:
    books = small_school(school_class(), pupil("甲"), as_of=date(2025, 8, 20))
    assert headline(statement(books)) == "2025年9月1日才开学，2025年8月20日还没有借书的数。"


def test_a_class_of_no_pupils_that_has_some_is_one_whose_pupils_are_not_known() -> None:
    rows = [
        school_class(pupils=0),
        school_class("三（2）班"),
        pupil("丙", "三（2）班"),
        target("生均借书册数", Decimal(1)),
    ]
    loans = [lent("甲", date(2025, 9, 8)), lent("丙", date(2025, 9, 8), "三（2）班")]
    for member in (pupil("甲"), pupil("甲", "三（2）班")):
        books = small_school(*rows, *loans, member)
        stated = statement(books)
        first = stated.classes[0]
        is_empty = member.class_name != first.school_class.name
        assert (first.school_class.pupils, first.obligation.mean) == (0 if is_empty else None, None)
        [outcome] = stated.outcomes
        [promise] = promises(books, stated).targets
        assert promise.state is (State.DONE if is_empty else State.UNKNOWN)
        assert (str(outcome.actual), outcome_word(outcome)) == (
            ("1.00", "已完成") if is_empty else ("0.50", "班级表不全")
        )
        # A figure beside “not reached” would say that the promise was missed.
        [shown] = quota_json(books, stated)["targets"]
        assert (shown["actual"], shown["reached"]) == (("1.00", True) if is_empty else (None, False))
    stranger = statement(small_school(*rows, *loans))
    assert (stranger.school.pupils, stranger.school.mean) == (2, Decimal("0.50"))
    assert Obstacle.CLASS_SAID_EMPTY in [one.obstacle for one in stranger.not_computed]
    assert "三（1）班的学生人数是 0，别的班 2 人，生均 0.50 册" in headline(stranger)


def test_of_whom_nobody_can_tell_whether_he_has_left_nobody_says_that_he_has_not_borrowed() -> None:
    """That some have left is told by 停用原因, or by there being more on 读者名册 than in the class."""

    def listed(books: Library) -> tuple[list[str], int | None, list[Obstacle]]:
        quotas = statement(books)
        [quota] = quotas.classes
        gone = [one.obstacle for one in quotas.not_computed if one.obstacle is Obstacle.READER_PERHAPS_GONE]
        return [one.reader_no for one in quota.pupils], quota.obligation.none, gone

    stopped = {"stopped_on": date(2025, 9, 10)}
    least = target("每生最低借书册数", Decimal(1), "3")
    here = (school_class(), pupil("甲"), pupil("乙"), lent("甲", date(2025, 9, 8)), least)
    assert listed(small_school(*here, pupil("丙", **stopped))) == (["乙", "甲"], 1, [])
    with_reason = small_school(*here, pupil("丙", stop_reason=LeavingReason.MOVED, **stopped))
    assert listed(without_column(with_reason, ReaderRow, "stopped_on")) == (["乙", "甲"], 1, [])
    books = without_column(small_school(*here, pupil("丙", **stopped)), ReaderRow, "stopped_on")
    assert listed(books) == ([], None, [Obstacle.READER_PERHAPS_GONE])
    rates = {one.name: one.numerator for one in statement(books).indicators}
    assert (rates["学生借阅率"], rates["读者借阅率"]) == (None, None)
    assert [one.actual for one in statement(books).outcomes] == [None]
    assert listed(without_column(small_school(*here), ReaderRow, "stopped_on")) == (["乙", "甲"], 1, [])
    one = small_school(*here, pupil("丙"))
    unread = with_unreadable(one, one[ReaderRow].rows[2], "stopped_on")
    assert listed(unread) == (["乙", "甲"], None, [Obstacle.READER_PERHAPS_GONE])
