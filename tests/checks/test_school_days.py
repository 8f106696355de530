"""开放时间, 校历 and 借阅轮流表: hours, days and turns that can be as they are written."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

import pytest

from make import EXAMPLE_SCHOOL, findings, library, report, row, sentences, with_incomplete
from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import Audience, DayKind, TurnKind, VisitorKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday

CLASS = row(ClassRow)
OTHER_CLASS = row(ClassRow, class_name="三（2）班")


def opening(starts: time = time(11, 30), ends: time = time(12, 30), **changes: Any) -> OpeningRow:
    """Mondays, for everyone."""
    return row(OpeningRow, starts_at=starts, ends_at=ends, **changes)


def span(first: date, last: date, kind: DayKind = DayKind.HOLIDAY, **changes: Any) -> CalendarRow:
    return row(CalendarRow, starts_on=first, ends_on=last, kind=kind, **changes)


def turn(**changes: Any) -> TurnRow:
    """三（1）班, every Monday from 11:30 to 11:50."""
    return row(TurnRow, **changes)


TERM = row(CalendarRow)
_EVERY_DAY = [row(OpeningRow, weekday=weekday, line=line) for line, weekday in enumerate(list(Weekday)[:5], 2)]


def test_a_calendar_without_the_holidays_is_told_once_and_judges_no_day_on_them() -> None:
    year = TERM._replace(starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 23))
    due = row(LoanRow, lent_on=date(2025, 9, 18), due_on=date(2025, 10, 9), returned_on=None, outcome=None)
    everything = [
        row(ReaderRow),
        row(ClassRow),
        row(LendingRule, reader_kind=None, grade=None, class_name=None, days=14),
        due,
        *_EVERY_DAY,
    ]
    assert findings("QUO122", year) == ["QUO122 校历!A2"]
    assert findings("CIR103", year, *everything) == []
    # One of them written off makes another that is missing a slip of its own, however many days it has.
    new_year = span(date(2026, 1, 1), date(2026, 1, 3))
    assert sentences("QUO122", year, new_year) == ["校历写着 2025年10月1日 上课，那是法定假日。"]
    assert findings("CIR103", year, new_year, *everything) == ["CIR103 借阅登记账!I2"]
    # They may be left out between two lines of school.
    parted = year._replace(ends_on=date(2025, 9, 30)), year._replace(starts_on=date(2025, 10, 9), line=3)
    for code in ("QUO122", "QUO112", "CIR103"):
        assert findings(code, *parted, new_year._replace(line=4), *everything) == [], code


def test_days_that_the_calendar_leaves_out_of_a_term_are_told_and_no_loan_is_due_by_them() -> None:
    parted = TERM._replace(ends_on=date(2025, 10, 31)), TERM._replace(starts_on=date(2025, 11, 17), line=3)
    due = row(LoanRow, lent_on=date(2025, 10, 20), due_on=date(2025, 11, 3), returned_on=None, outcome=None)
    everything = [
        row(ReaderRow),
        row(ClassRow),
        row(LendingRule, reader_kind=None, grade=None, class_name=None, days=14),
        due,
        *_EVERY_DAY,
    ]
    assert findings("CIR103", *parted, *everything) == []
    assert findings("QUO112", *parted) == ["QUO112 校历!B2"]


def test_pupils_for_whom_the_library_never_opens_are_told() -> None:
    teachers = row(OpeningRow, audience=Audience.TEACHERS)
    pupil, teacher = row(ReaderRow), row(ReaderRow, reader_no="T001", kind=ReaderKind.TEACHER, line=3)
    assert sentences("QUO103", teachers, pupil, teacher) == [
        "开放时间里没有一行对学生开放，学生的应还日期、开放天数都还算不了。"
    ]
    assert findings("QUO103", teachers, teacher) == []
    only = report("QUO103", library(row(OpeningRow, audience=Audience.PUPILS), pupil, teacher)).findings
    assert [one.severity for one in only] == [Severity.HINT]


def test_hours_that_end_when_they_begin_or_before_are_found() -> None:
    assert findings("QUO101", opening()) == []
    assert findings("QUO101", opening(ends=time(11, 30))) == ["QUO101 开放时间!C2"]
    assert sentences("QUO101", opening(ends=time(11, 0))) == ["星期一 11:30 开始，11:00 结束，没有开放的时间。"]


@pytest.mark.parametrize(
    "other",
    [
        opening(time(12, 30), time(13, 0)),
        opening(time(12, 0), time(13, 0), weekday=Weekday.TUESDAY),
        opening(time(8, 0), time(17, 0), audience=Audience.TEACHERS),
        opening(time(12, 0), time(11, 0)),
    ],
)
def test_hours_of_another_day_or_audience_or_one_after_the_other_do_not_overlap(other: OpeningRow) -> None:
    assert findings("QUO102", opening(), other) == []


def test_hours_that_overlap_are_found_at_the_later() -> None:
    rows = opening(time(12, 0), time(13, 0)), opening()
    assert findings("QUO102", *rows) == ["QUO102 开放时间!B2"]
    assert sentences("QUO102", *rows) == ["星期一对全体开放的两段重叠：前一段到 12:30，后一段从 12:00 起。"]


def _week(**mondays: Any) -> list[OpeningRow]:
    """Everybody at noon and then the teachers, every day alike but for the teachers' Monday."""
    teachers = opening(time(12, 30), time(15, 0), audience=Audience.TEACHERS)
    days = tuple(Weekday)[:5]
    return [
        row
        for day in days
        for row in (
            opening(weekday=day),
            teachers._replace(weekday=day, **(mondays if day is Weekday.MONDAY else {})),
        )
    ]


def test_hours_of_two_audiences_that_run_into_each_other_on_one_day_only_are_named() -> None:
    assert findings("QUO104", *_week(starts_at=time(12, 10))) == ["QUO104 开放时间!B3"]
    assert sentences("QUO104", *_week(starts_at=time(12, 10))) == [
        "星期一对全体开放到 12:30，对教师却从 12:10 起，别的日子没有这样的。"
    ]
    assert findings("QUO104", *_week()) == []
    assert findings("QUO104", *_week(starts_at=time(8, 0))) == []
    assert findings("QUO104", *_week(starts_at=time(11, 40), ends_at=time(12, 10))) == []
    every_day = [row._replace(ends_at=time(12, 40)) if row.audience is Audience.EVERYONE else row for row in _week()]
    assert findings("QUO104", *every_day) == []


def test_a_turn_a_job_and_a_visit_stand_once() -> None:
    turn, job, visit = row(TurnRow), row(JobRow), row(VisitRow)
    assert findings("QUO031", turn, turn._replace(class_name="三(1)班", weeks=None)) == ["QUO031 借阅轮流表!A3"]
    assert findings("QUO031", turn, turn._replace(weekday=Weekday.TUESDAY)) == []
    assert findings("QUO031", turn, turn._replace(kind=TurnKind.READING)) == []
    assert findings("QUO032", job, job._replace(order=2)) == ["QUO032 工作安排!C3"]
    assert findings("QUO032", job, job._replace(month=10)) == findings("QUO032", job, job._replace(person="陈静")) == []
    assert findings("VIS001", visit, visit) == ["VIS001 阅览登记!A3"]
    assert findings("VIS001", visit, visit._replace(people=20)) == []
    assert findings("VIS001", visit, visit._replace(content="自由阅览")) == []


def test_teachers_who_give_no_name_may_be_two_and_one_may_come_twice() -> None:
    nobody = row(VisitRow, visitor=VisitorKind.TEACHER, class_name=None, people=1)
    teacher = nobody._replace(name="陈静")
    assert findings("VIS001", nobody, nobody) == []
    (finding,) = report("VIS001", library(teacher, teacher)).findings
    assert finding.severity.value == "hint"


def test_a_range_of_one_day_is_in_order_and_one_written_backwards_is_found() -> None:
    assert findings("QUO111", TERM, span(date(2025, 10, 1), date(2025, 10, 1))) == []
    backwards = span(date(2025, 10, 8), date(2025, 10, 1))
    assert findings("QUO111", TERM, backwards) == ["QUO111 校历!B3"]
    assert sentences("QUO111", backwards) == ["放假从 2025年10月8日 到 2025年10月1日，结束比开始还早。"]


def test_a_row_may_be_a_school_year_but_no_longer() -> None:
    assert findings("QUO117", TERM, span(date(2025, 9, 1), date(2026, 7, 10))) == []
    assert sentences("QUO117", span(date(2024, 10, 1), date(2025, 10, 8))) == [
        "放假从 2024年10月1日 到 2025年10月8日，有 373 天。"
    ]


def test_a_calendar_covers_the_term() -> None:
    assert findings("QUO112", TERM) == []
    assert findings("QUO112", TERM._replace(ends_on=date(2026, 1, 9)), span(date(2026, 1, 12), TERM.ends_on)) == []
    assert findings("QUO112", TERM._replace(starts_on=TERM.ends_on, ends_on=TERM.starts_on)) == []


def test_days_the_calendar_leaves_out_are_one_finding_at_the_line_before_them() -> None:
    rows = TERM._replace(ends_on=date(2026, 1, 9)), span(date(2026, 1, 14), TERM.ends_on)
    assert findings("QUO112", *rows) == ["QUO112 校历!B2"]
    assert sentences("QUO112", *rows) == [
        "学期里有 2 个工作日校历没有写，头一天是 2026年1月12日，末一天是 2026年1月13日。"
    ]


def test_an_empty_calendar_is_one_finding_at_its_header() -> None:
    assert findings("QUO112") == ["QUO112 校历!A1"]
    assert findings("QUO112", school=School()) == []
    assert report("QUO112", with_incomplete(library(), CalendarRow)).findings == ()


def test_a_calendar_may_begin_with_this_term_but_not_in_the_middle_of_the_last() -> None:
    school = EXAMPLE_SCHOOL._replace(
        term_start=date(2026, 2, 23),
        term_end=date(2026, 7, 3),
        previous_start=date(2025, 9, 1),
        previous_end=date(2026, 1, 23),
    )
    this_term = span(date(2026, 2, 23), date(2026, 7, 3), DayKind.SCHOOL)
    assert findings("QUO112", this_term, school=school) == []
    assert findings("QUO112", span(date(2026, 1, 1), date(2026, 7, 3), DayKind.SCHOOL), school=school) == [
        "QUO112 校历!A1"
    ]


SATURDAY = date(2025, 10, 11)


def test_a_make_up_day_at_the_weekend_names_the_weekday_it_follows() -> None:
    follows = span(SATURDAY, SATURDAY, DayKind.MAKE_UP, follows=Weekday.WEDNESDAY)
    weekday = span(date(2025, 10, 10), date(2025, 10, 10), DayKind.MAKE_UP)
    assert findings("QUO113", TERM, follows, weekday, span(SATURDAY, SATURDAY)) == []
    silent = follows._replace(follows=None)
    assert findings("QUO113", TERM, silent) == ["QUO113 校历!D3"]
    assert sentences("QUO113", silent) == ["2025年10月11日 补课，没有写照星期几上。"]
    from_friday = silent._replace(starts_on=date(2025, 10, 10))
    assert sentences("QUO113", from_friday) == ["2025年10月11日 补课，没有写照星期几上。"]


def test_holidays_inside_a_term_and_inside_one_another_do_not_contradict() -> None:
    week = span(date(2025, 10, 1), date(2025, 10, 8))
    make_up = span(SATURDAY, SATURDAY, DayKind.MAKE_UP, follows=Weekday.WEDNESDAY)
    assert findings("QUO114", TERM, week, span(date(2025, 10, 6), date(2025, 10, 6)), make_up, make_up) == []


def test_a_make_up_day_on_a_holiday_contradicts_it() -> None:
    rows = TERM, span(date(2025, 10, 1), SATURDAY), span(SATURDAY, SATURDAY, DayKind.MAKE_UP)
    assert findings("QUO114", *rows) == ["QUO114 校历!C4"]
    assert sentences("QUO114", *rows) == ["2025年10月11日 一行写着放假，另一行写着补课。"]


def test_a_make_up_day_cannot_follow_two_weekdays() -> None:
    wednesday = span(SATURDAY, SATURDAY, DayKind.MAKE_UP, follows=Weekday.WEDNESDAY)
    rows = wednesday, wednesday._replace(follows=Weekday.THURSDAY)
    assert findings("QUO114", *rows) == ["QUO114 校历!C3"]
    assert sentences("QUO114", *rows) == ["2025年10月11日 一行写着星期三，另一行写着星期四。"]


def test_a_make_up_day_of_the_state_may_fall_into_the_schools_own_holidays() -> None:
    winter = span(date(2026, 1, 24), date(2026, 2, 22))
    assert findings("QUO114", winter, span(date(2026, 2, 14), date(2026, 2, 14), DayKind.MAKE_UP)) == []


def test_a_turn_that_ends_when_it_begins_or_before_is_found() -> None:
    assert findings("QUO321", turn(), turn(ends_at=None), turn(starts_at=None)) == []
    assert sentences("QUO328", turn(), turn(ends_at=None), turn(starts_at=None, ends_at=None)) == [
        "三（1）班星期一只写了开始，结束空着。"
    ]
    # A school that tells when to come and not until when.
    assert findings("QUO328", turn(ends_at=None), turn(starts_at=None, ends_at=None)) == []
    assert findings("QUO321", turn(ends_at=time(11, 30))) == ["QUO321 借阅轮流表!E2"]
    assert sentences("QUO321", turn(ends_at=time(11, 0))) == [
        "三（1）班星期一 11:30 开始，11:00 结束，没有借阅的时间。"
    ]


def test_every_class_has_a_turn() -> None:
    assert findings("QUO322", CLASS, OTHER_CLASS, turn(), turn(class_name="三(2)班")) == []
    assert findings("QUO322", CLASS, OTHER_CLASS, turn()) == ["QUO322 班级!A3"]
    twice = [turn(), turn(), turn(class_name="四（1）班")]
    (lacking,) = report(
        "QUO322", library(CLASS, OTHER_CLASS, CLASS._replace(class_name="四（1）班", line=4), *twice)
    ).findings
    assert [one.line for one in lacking.see_also] == [2, 3]
    assert sentences("QUO322", CLASS, OTHER_CLASS, turn()) == ["借阅轮流表里没有三（2）班。"]


def test_a_class_without_pupils_needs_no_turn_and_neither_does_a_school_without_a_rota() -> None:
    assert findings("QUO322", CLASS, OTHER_CLASS._replace(pupils=0), turn()) == []
    assert findings("QUO322", CLASS, OTHER_CLASS) == []


@pytest.mark.parametrize("class_name", ["三（2）班", None])
def test_a_turn_that_could_not_be_read_may_be_the_one_that_lacks(class_name: str | None) -> None:
    books = with_incomplete(library(CLASS, OTHER_CLASS, turn()), TurnRow, class_name=class_name)
    assert report("QUO322", books).findings == ()


def test_a_class_whose_turn_is_under_an_unknown_name_is_named_there() -> None:
    assert findings("QUO322", CLASS, OTHER_CLASS, turn(), turn(class_name="七（1）班")) == []


def test_a_turn_falls_on_a_weekday_with_hours_for_pupils() -> None:
    assert findings("QUO323", opening(), turn()) == []
    tuesdays = opening(weekday=Weekday.TUESDAY, audience=Audience.TEACHERS)
    on_tuesday = turn(weekday=Weekday.TUESDAY)
    assert findings("QUO323", opening(), tuesdays, on_tuesday) == ["QUO323 借阅轮流表!B2"]
    assert sentences("QUO323", opening(), tuesdays, on_tuesday) == ["三（1）班排在星期二，那天不对学生开放。"]


def test_turns_are_not_judged_without_hours_or_while_one_cannot_be_read() -> None:
    assert findings("QUO323", turn()) == findings("QUO324", turn()) == []
    books = with_incomplete(library(opening(), turn(weekday=Weekday.TUESDAY)), OpeningRow)
    assert report("QUO323", books).findings == ()


def test_a_turn_lies_within_the_hours_those_that_touch_being_one() -> None:
    whole_hour = turn(ends_at=time(12, 30))
    assert findings("QUO324", opening(), whole_hour) == []
    assert findings("QUO324", opening(ends=time(12, 0)), opening(time(12, 0), time(12, 30)), whole_hour) == []
    assert findings("QUO324", opening(), turn(starts_at=None, ends_at=time(18, 0))) == []


@pytest.mark.parametrize(("starts", "ends"), [(time(11, 20), time(11, 50)), (time(12, 20), time(12, 40))])
def test_a_turn_outside_the_hours_is_found(starts: time, ends: time) -> None:
    outside = turn(starts_at=starts, ends_at=ends)
    assert findings("QUO324", opening(), outside) == ["QUO324 借阅轮流表!D2"]


def test_a_turn_outside_the_hours_is_said_with_its_times() -> None:
    assert sentences("QUO324", opening(), turn(ends_at=time(12, 40))) == [
        "三（1）班排在星期一 11:30 到 12:40，不全在开放时间里。"
    ]


def reading(number: int, **changes: Any) -> TurnRow:
    """A class of grade 3 reading in the room."""
    return turn(class_name=f"三（{number}）班", kind=TurnKind.READING, **changes)


@pytest.mark.parametrize(
    "other",
    [
        reading(2, starts_at=time(11, 50), ends_at=time(12, 10)),
        reading(2, weekday=Weekday.TUESDAY),
        reading(1, starts_at=time(11, 40)),
        turn(class_name="三（2）班"),
        reading(2, starts_at=None, ends_at=None),
    ],
)
def test_classes_that_do_not_meet_in_the_room_are_silent(other: TurnRow) -> None:
    assert findings("QUO325", reading(1), other) == []


def test_odd_and_even_weeks_do_not_meet() -> None:
    odd, even = reading(1, weeks=WeekPattern.ODD), reading(2, weeks=WeekPattern.EVEN)
    assert findings("QUO325", odd, even) == []
    assert findings("QUO325", odd, even, reading(3, weeks=None)) == ["QUO325 借阅轮流表!A4"]


def test_more_classes_than_the_room_holds_are_found_at_the_last() -> None:
    rows = reading(1), reading(2, starts_at=time(11, 40))
    assert findings("QUO325", *rows) == ["QUO325 借阅轮流表!A3"]
    assert sentences("QUO325", *rows) == ["星期一 11:40 同时有 2 个班阅览：三（1）班、三（2）班；阅览室坐得下 1 个班。"]
    two = EXAMPLE_SCHOOL._replace(room_capacity=2)
    assert findings("QUO325", *rows, school=two) == []
    assert findings("QUO325", *rows, reading(3), school=two) == ["QUO325 借阅轮流表!A3"]


def test_more_classes_at_the_desk_than_the_room_holds_are_found_as_for_reading() -> None:
    rows = turn(), turn(class_name="三（2）班", starts_at=time(11, 40))
    assert findings("QUO326", *rows) == ["QUO326 借阅轮流表!A3"]
    assert sentences("QUO326", *rows) == ["星期一 11:40 同时有 2 个班借还：三（1）班、三（2）班；阅览室容纳班数是 1。"]
    assert findings("QUO326", *rows, school=EXAMPLE_SCHOOL._replace(room_capacity=2)) == []
    # Where nobody says in which weeks they come, that is told once.
    blank = [turn(class_name=f"三（{number}）班", weeks=None, line=number) for number in range(2, 6)]
    (sentence,) = sentences("QUO326", *blank)
    assert sentence.endswith("阅览室容纳班数是 1，还有 2 行也是这样。")


@pytest.mark.parametrize(
    "other",
    [
        turn(class_name="三（2）班", starts_at=time(12, 20), ends_at=time(12, 40)),
        turn(class_name="三（2）班", weekday=Weekday.TUESDAY),
        turn(class_name="三（2）班", starts_at=None, ends_at=None),
        turn(starts_at=time(11, 40)),
        reading(2),
    ],
)
def test_classes_that_do_not_meet_at_the_desk_are_silent(other: TurnRow) -> None:
    assert findings("QUO326", turn(), other) == []


@pytest.mark.parametrize("follows", [None, Weekday.SATURDAY])
def test_nobody_who_came_on_a_make_up_day_that_follows_no_timetable_is_told_of(follows: Weekday | None) -> None:
    visit = row(VisitRow, visited_on=SATURDAY, visitor=VisitorKind.CLASS)
    make_up = span(SATURDAY, SATURDAY, DayKind.MAKE_UP, follows=follows)
    assert findings("VIS102", visit, TERM, make_up, opening()) == []
    assert len(findings("VIS102", visit, TERM, make_up._replace(kind=DayKind.HOLIDAY), opening())) == 1


def test_a_weekend_on_which_the_library_opens_may_be_made_up_for() -> None:
    make_up = span(SATURDAY, SATURDAY, DayKind.MAKE_UP, follows=Weekday.SATURDAY)
    assert len(findings("QUO118", TERM, make_up, opening())) == 1
    assert findings("QUO118", TERM, make_up, opening(weekday=Weekday.SATURDAY)) == []
    assert findings("QUO118", TERM, make_up, turn(weekday=Weekday.SATURDAY)) == []


@pytest.mark.parametrize("word", ["每", "每周", "全", "每星期"])
def test_every_week_is_said_in_many_words(word: str) -> None:
    assert SHEETS[TurnRow].by_name["weeks"].words[word] is WeekPattern.EVERY


def test_an_opening_on_a_day_of_the_weekend_that_no_lessons_follow_is_a_hint() -> None:
    term, sunday = row(CalendarRow), row(OpeningRow, weekday=Weekday.SUNDAY)
    assert findings("QUO121", term, row(OpeningRow), sunday, sunday) == ["QUO121 开放时间!A3"]
    made_up = row(
        CalendarRow, starts_on=date(2025, 9, 28), ends_on=date(2025, 9, 28), kind=DayKind.MAKE_UP, follows=None
    )
    assert findings("QUO121", term, made_up, sunday) == findings("QUO121", sunday) == []


@pytest.mark.parametrize(
    ("code", "row_type", "name"), [("VIS104", VisitRow, "visited_on"), ("CIR113", LoanRow, "lent_on")]
)
def test_a_month_without_a_line_is_told_where_a_book_is_kept_from_week_to_week(
    code: str, row_type: type[Any], name: str
) -> None:
    def kept(weeks: Iterable[int]) -> list[Any]:
        days = (date(2025, 9, 1) + timedelta(weeks=week) for week in weeks)
        return [row(row_type, line=line, **{name: day}) for line, day in enumerate(days, 2)]

    term = row(CalendarRow, starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 23), kind=DayKind.SCHOOL)
    told = sentences(code, term, *kept([*range(8), *range(13, 21)]), as_of=date(2026, 1, 23))
    assert [one.split("，")[0] for one in told] == ["从 2025年10月21日 到 2025年11月28日 有 29 个上课日"]
    assert sentences(code, term, *kept(range(12)), as_of=date(2026, 1, 23)) != []
    # Three weeks, a book that is opened now and then, a holiday, what is to come, and what nobody knows.
    assert findings(code, term, *kept([*range(8), *range(11, 21)]), as_of=date(2026, 1, 23)) == []
    assert findings(code, term, *kept(range(0, 21, 6)), as_of=date(2026, 1, 23)) == []
    assert findings(code, term, *kept(range(21)), as_of=date(2026, 2, 28)) == []
    assert findings(code, term, *kept(range(12)), as_of=date(2025, 12, 1)) == []
    assert findings(code, *kept(range(12)), as_of=date(2026, 1, 23)) == []
