"""借阅规则, 赔偿规则, 任务指标, hours, days, turns and activities: one defect in the clean school per check."""

from datetime import date, time, timedelta
from typing import Any

from checks.books import Books
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, DayKind, TurnKind
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday

_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)
# A Saturday of the second term, and one that is part of a holiday.
_SATURDAY = date(2026, 3, 14)
_HOLIDAY = date(2026, 6, 20)


def lending_rules_contradict(books: Books) -> list[str]:
    rule = books.first(LendingRule)
    again = books.add(rule._replace(copies=rule.copies + 1))
    return [books.at("QUO001", again, "copies")]


def no_rule_for_everyone(books: Books) -> list[str]:
    """The rule for everyone is said to be for pupils; teachers have one of their own."""
    rule = books.first(LendingRule, lambda rule: rule.reader_kind is None and rule.grade is None)
    rule = books.edit(rule, reader_kind=ReaderKind.PUPIL)
    return [books.at("QUO002", rule._replace(line=1), "reader_kind")]


def rule_longer_than_the_calendar(books: Books) -> list[str]:
    rule = books.first(LendingRule, lambda rule: rule.reader_kind is None and rule.grade is None)
    return [books.at("QUO306", books.edit(rule, days=400), "days")]


def rule_of_no_school(books: Books) -> list[str]:
    """A rule for a kind of reader who has not borrowed yet."""
    rule = books.first(LendingRule, lambda rule: rule.reader_kind is ReaderKind.TEACHER)
    again = books.add(rule._replace(reader_kind=ReaderKind.STAFF, days=300))
    return [books.at("QUO307", again, "days")]


def openings_run_into_each_other(books: Books) -> list[str]:
    """The teachers' morning is said to end ten minutes later than it does."""
    morning = _morning(books)
    row = books.first(OpeningRow, lambda row: row.weekday is morning.weekday and row.starts_at == morning.ends_at)
    books.edit(morning, ends_at=morning.ends_at.replace(minute=morning.ends_at.minute + 10))
    return [books.at("QUO104", row, "starts_at")]


def turn_twice(books: Books) -> list[str]:
    return [books.at("QUO031", books.add(books.first(TurnRow)), "class_name")]


def job_twice(books: Books) -> list[str]:
    return [books.at("QUO032", books.add(books.first(JobRow)), "task")]


def visit_twice(books: Books) -> list[str]:
    return [books.at("VIS001", books.add(books.last(VisitRow)), "visited_on")]


def compensation_rules_contradict(books: Books) -> list[str]:
    rule = books.first(CompensationRule)
    again = books.add(rule._replace(multiple=rule.multiple * 3))
    return [books.at("QUO003", again, "multiple")]


def target_misspelled(books: Books) -> list[str]:
    row = books.edit(books.first(TargetRow, lambda row: row.name == "报刊种数"), name="报刊品种数")
    return [books.at("QUO011", row, "name")]


def target_twice(books: Books) -> list[str]:
    row = books.first(TargetRow)
    again = books.add(row._replace(value=row.value + 1))
    return [books.at("QUO012", again, "name")]


def target_scope_unreadable(books: Books) -> list[str]:
    row = books.edit(books.first(TargetRow, lambda row: row.grades is not None), grades="高年级")
    return [books.at("QUO013", row, "grades")]


def _morning(books: Books) -> OpeningRow:
    return books.first(OpeningRow, lambda row: row.audience is Audience.TEACHERS)


def opening_ends_before_it_begins(books: Books) -> list[str]:
    row = _morning(books)
    row = books.edit(row, ends_at=row.starts_at)
    return [books.at("QUO101", row, "ends_at")]


def openings_overlap(books: Books) -> list[str]:
    """The teachers' morning runs into their afternoon."""
    morning = _morning(books)
    afternoon = books.first(
        OpeningRow,
        lambda row: (
            row.weekday is morning.weekday and row.audience is morning.audience and row.starts_at > morning.starts_at
        ),
    )
    books.edit(morning, ends_at=afternoon.ends_at)
    return [books.at("QUO102", afternoon, "starts_at")]


def range_ends_before_it_begins(books: Books) -> list[str]:
    row = books.first(CalendarRow, lambda row: row.kind is DayKind.HOLIDAY and row.ends_on > row.starts_on)
    row = books.edit(row, starts_on=row.ends_on, ends_on=row.starts_on)
    return [books.at("QUO111", row, "ends_on")]


def term_not_covered(books: Books) -> list[str]:
    row = books.last(CalendarRow, lambda row: row.kind is DayKind.SCHOOL)
    row = books.edit(row, ends_on=row.ends_on - _DAY)
    return [books.at("QUO112", row, "ends_on")]


def make_up_without_weekday(books: Books) -> list[str]:
    row = CalendarRow(0, _SATURDAY, _SATURDAY, DayKind.MAKE_UP, None, "调休补课")
    return [books.at("QUO113", books.add(row), "follows")]


def make_up_for_a_weekend(books: Books) -> list[str]:
    row = CalendarRow(0, _SATURDAY, _SATURDAY, DayKind.MAKE_UP, Weekday.SATURDAY, "调休补课")
    return [books.at("QUO118", books.add(row), "follows")]


def calendar_line_twice(books: Books) -> list[str]:
    row = books.last(CalendarRow, lambda row: row.kind is DayKind.HOLIDAY)
    return [books.at("QUO119", books.add(row), "starts_on")]


def calendar_contradicts_itself(books: Books) -> list[str]:
    """A make-up day within a holiday; it follows a Sunday, so that nothing is open all the same."""
    row = CalendarRow(0, _HOLIDAY, _HOLIDAY, DayKind.MAKE_UP, Weekday.SUNDAY, "调休补课")
    row = books.add(row)
    return [books.at("QUO114", row, "kind"), books.at("QUO118", row, "follows")]


def never_open(books: Books) -> list[str]:
    books.rows(OpeningRow).clear()
    return ["QUO103 开放时间!A1"]


def school_within_school(books: Books) -> list[str]:
    """A line for one school day more than the term's own."""
    row = books.last(CalendarRow, lambda row: row.kind is DayKind.SCHOOL)
    return [books.at("QUO116", books.add(row._replace(ends_on=row.starts_on)), "kind")]


def calendar_without_school(books: Books) -> list[str]:
    """Only the public holidays are left: nothing is judged by such a calendar."""
    for row in [row for row in books.rows(CalendarRow) if row.kind is DayKind.SCHOOL]:
        books.drop(row)
    return ["QUO115 校历!C1"]


def whole_set_unclear(books: Books) -> list[str]:
    row = books.edit(books.first(CompensationRule), whole_set="看情况")
    return [books.at("QUO201", row, "whole_set")]


def rule_for_nobody(books: Books) -> list[str]:
    """A rule for a class and another grade than the class is in."""
    own = books.first(ClassRow, lambda row: row.grade == 3)
    rule = books.add(books.first(LendingRule)._replace(class_name=own.class_name, grade=4))
    return [books.at("QUO305", rule, "grade")]


def turn_ends_before_it_begins(books: Books) -> list[str]:
    row = books.first(TurnRow)
    row = books.edit(row, ends_at=row.starts_at)
    return [books.at("QUO321", row, "ends_at")]


def class_without_turn(books: Books) -> list[str]:
    last = books.last(ClassRow)
    for turn in [turn for turn in books.rows(TurnRow) if turn.class_name == last.class_name]:
        books.drop(turn)
    return [books.at("QUO322", last, "class_name")]


def turn_on_closed_weekday(books: Books) -> list[str]:
    row = books.edit(books.first(TurnRow), weekday=Weekday.SATURDAY)
    return [books.at("QUO323", row, "weekday")]


def turn_outside_hours(books: Books) -> list[str]:
    row = books.first(TurnRow, lambda row: row.kind is TurnKind.LENDING)
    row = books.edit(row, ends_at=time(14, 0))
    return [books.at("QUO324", row, "starts_at")]


def too_many_classes_reading(books: Books) -> list[str]:
    """The second class comes while the first is still reading."""
    first = books.first(TurnRow, lambda row: row.kind is TurnKind.READING)
    second = books.first(
        TurnRow,
        lambda row: row.kind is TurnKind.READING and row.weekday is first.weekday and row.line != first.line,
    )
    second = books.edit(second, starts_at=first.starts_at)
    return [books.at("QUO325", second, "class_name")]


def too_many_classes_lending(books: Books) -> list[str]:
    """Another class comes on the same day of the same weeks, while the first is still at the desk."""
    first = books.first(TurnRow, lambda row: row.kind is TurnKind.LENDING)
    other = books.first(TurnRow, lambda row: row.kind is TurnKind.LENDING and row.class_name != first.class_name)
    other = books.edit(
        other, weekday=first.weekday, weeks=first.weeks, starts_at=first.starts_at, ends_at=first.ends_at
    )
    return [books.at("QUO326", max(first, other), "class_name")]


def target_beyond_reckoning(books: Books) -> list[str]:
    row = books.edit(books.first(TargetRow, lambda row: row.name == "报刊种数"), name="教师读书笔记篇数")
    return [books.at("QUO911", row, "name")]


def activity_entered_twice(books: Books) -> list[str]:
    return [books.at("ACT001", books.add(books.rows(ActivityRow)[-1]._replace(result=None)), "name")]


def activity_of_another_year(books: Books) -> list[str]:
    row = books.first(ActivityRow)
    row = books.edit(row, held_on=row.held_on - _YEAR)
    return [books.at("ACT101", row, "held_on")]


def activity_misspelled(books: Books) -> list[str]:
    row = books.edit(books.first(ActivityRow, lambda row: row.kind == "图书室检查"), kind="图书室大检查")
    return [books.at("ACT301", row, "kind")]


def range_as_long_as_a_year(books: Books) -> list[str]:
    row = books.first(CalendarRow, lambda row: row.kind is DayKind.SCHOOL)
    row = books.edit(row, starts_on=row.starts_on - _YEAR)
    return [books.at("QUO117", row, "starts_on")]


def activity_of_an_unknown_class(books: Books) -> list[str]:
    row = books.edit(books.first(ActivityRow), classes="三（1）班、三（9）班")
    return [books.at("ACT302", row, "classes")]


def visit_of_another_year(books: Books) -> list[str]:
    row = books.first(VisitRow)
    row = books.edit(row, visited_on=row.visited_on - _YEAR)
    return [books.at("VIS101", row, "visited_on")]


def _months_beside(books: Books, code: str, row_type: type[Any], field: str) -> list[str]:
    """The first line says a day more than a month after the last."""
    first, last = books.rows(row_type)[0], books.rows(row_type)[-2]
    return [books.at(code, books.edit(first, **{field: getattr(last, field)}), field)]


def activity_months_beside(books: Books) -> list[str]:
    # Its name says the month as well.
    named = books.at("FMT211", books.rows(ActivityRow)[0], "name")
    return [*_months_beside(books, "ACT104", ActivityRow, "held_on"), named]


def visit_months_beside(books: Books) -> list[str]:
    return _months_beside(books, "VIS103", VisitRow, "visited_on")


def visit_on_closed_day(books: Books) -> list[str]:
    row = books.first(VisitRow)
    row = books.edit(row, visited_on=row.visited_on + (5 - row.visited_on.weekday()) * timedelta(days=1))
    return [books.at("VIS102", row, "visited_on")]


def class_visit_without_class(books: Books) -> list[str]:
    row = books.edit(books.first(VisitRow, lambda row: row.class_name is not None), class_name=None)
    return [books.at("VIS303", row, "class_name")]


def lending_class_that_only_reads(books: Books) -> list[str]:
    row = books.first(TurnRow, lambda row: row.class_name == "六（2）班")
    row = books.edit(row, kind=TurnKind.READING)
    return [books.at("QUO327", row, "kind")]


SEEDS = {
    "QUO327": lending_class_that_only_reads,
    "QUO001": lending_rules_contradict,
    "QUO002": no_rule_for_everyone,
    "QUO003": compensation_rules_contradict,
    "QUO306": rule_longer_than_the_calendar,
    "QUO307": rule_of_no_school,
    "QUO104": openings_run_into_each_other,
    "QUO031": turn_twice,
    "QUO032": job_twice,
    "VIS001": visit_twice,
    "QUO011": target_misspelled,
    "QUO012": target_twice,
    "QUO013": target_scope_unreadable,
    "QUO101": opening_ends_before_it_begins,
    "QUO102": openings_overlap,
    "QUO117": range_as_long_as_a_year,
    "QUO111": range_ends_before_it_begins,
    "QUO112": term_not_covered,
    "QUO113": make_up_without_weekday,
    "QUO103": never_open,
    "QUO116": school_within_school,
    "QUO118": make_up_for_a_weekend,
    "QUO119": calendar_line_twice,
    "QUO114": calendar_contradicts_itself,
    "QUO115": calendar_without_school,
    "QUO201": whole_set_unclear,
    "QUO305": rule_for_nobody,
    "QUO321": turn_ends_before_it_begins,
    "QUO322": class_without_turn,
    "QUO323": turn_on_closed_weekday,
    "QUO324": turn_outside_hours,
    "QUO325": too_many_classes_reading,
    "QUO326": too_many_classes_lending,
    "QUO911": target_beyond_reckoning,
    "ACT001": activity_entered_twice,
    "ACT104": activity_months_beside,
    "VIS103": visit_months_beside,
    "ACT101": activity_of_another_year,
    "ACT301": activity_misspelled,
    "ACT302": activity_of_an_unknown_class,
    "VIS101": visit_of_another_year,
    "VIS102": visit_on_closed_day,
    "VIS303": class_visit_without_class,
}
