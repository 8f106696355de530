"""借阅规则, 赔偿规则, 任务指标, hours, days, turns, activities, visits: one defect in the clean school per check."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from checks.books import Books
from checks.seeding import again, first, last, wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, RecommendationRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, DayKind, TurnKind, VisitorKind
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday

_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)
# A Saturday of the second term, and one that is part of a holiday.
_SATURDAY = date(2026, 3, 14)
_HOLIDAY = date(2026, 6, 20)


def no_rule_for_everyone(books: Books) -> list[str]:
    """The rule for everyone is said to be for pupils; teachers have one of their own."""
    rule = books.first(LendingRule, lambda rule: rule.reader_kind is None and rule.grade is None)
    rule = books.edit(rule, reader_kind=ReaderKind.PUPIL)
    return [books.at("QUO002", rule._replace(line=1), "reader_kind")]


def openings_run_into_each_other(books: Books) -> list[str]:
    """The teachers' morning is said to end ten minutes later than it does."""
    morning = _morning(books)
    row = books.first(OpeningRow, lambda row: row.weekday is morning.weekday and row.starts_at == morning.ends_at)
    books.edit(morning, ends_at=morning.ends_at.replace(minute=morning.ends_at.minute + 10))
    return [books.at("QUO104", row, "starts_at")]


def _morning(books: Books) -> OpeningRow:
    return books.first(OpeningRow, lambda row: row.audience is Audience.TEACHERS)


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


def make_up_without_weekday(books: Books) -> list[str]:
    row = CalendarRow(0, _SATURDAY, _SATURDAY, DayKind.MAKE_UP, None, "调休补课")
    return [books.at("QUO113", books.add(row), "follows")]


def make_up_for_a_weekend(books: Books) -> list[str]:
    row = CalendarRow(0, _SATURDAY, _SATURDAY, DayKind.MAKE_UP, Weekday.SATURDAY, "调休补课")
    return [books.at("QUO118", books.add(row), "follows")]


def calendar_line_twice(books: Books) -> list[str]:
    row = books.last(CalendarRow, lambda row: row.kind is DayKind.HOLIDAY)
    return [books.at("QUO119", books.add(row), "starts_on")]


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


def holidays_left_out(books: Books) -> list[str]:
    """Nothing that falls on one of them is judged."""
    for row in [row for row in books.rows(CalendarRow) if row.kind is DayKind.HOLIDAY]:
        books.drop(row)
    school = books.first(CalendarRow, lambda row: row.kind is DayKind.SCHOOL)
    return [books.at("QUO122", school, "starts_on")]


def rule_for_nobody(books: Books) -> list[str]:
    """A rule for a class and another grade than the class is in."""
    own = books.first(ClassRow, lambda row: row.grade == 3)
    rule = books.add(books.first(LendingRule)._replace(class_name=own.class_name, grade=4))
    return [books.at("QUO305", rule, "grade")]


def class_without_turn(books: Books) -> list[str]:
    last = books.last(ClassRow)
    for turn in [turn for turn in books.rows(TurnRow) if turn.class_name == last.class_name]:
        books.drop(turn)
    return [books.at("QUO322", last, "class_name")]


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


def _months_beside(books: Books, code: str, row_type: type[Any], field: str) -> list[str]:
    """The first line says a day more than a month after the last."""
    first, last = books.rows(row_type)[0], books.rows(row_type)[-2]
    return [books.at(code, books.edit(first, **{field: getattr(last, field)}), field)]


def held_months_beside(books: Books) -> list[str]:
    # Its name says the month as well.
    named = books.at("FMT211", books.rows(ActivityRow)[0], "name")
    return [*_months_beside(books, "ACT104", ActivityRow, "held_on"), named]


def visited_months_beside(books: Books) -> list[str]:
    return _months_beside(books, "VIS103", VisitRow, "visited_on")


def month_without_a_visit(books: Books) -> list[str]:
    books.rows(VisitRow)[:] = [row for row in books.rows(VisitRow) if row.visited_on < date(2026, 2, 1)]
    return [books.at("VIS104", books.rows(VisitRow)[-1], "visited_on")]


wrong("QUO327", first(TurnRow, class_name="六（2）班"), kind=TurnKind.READING)
# The first class's turn to read, of a term in which it read on Mondays.
wrong("QUO329", first(TurnRow), weekday=Weekday.FRIDAY)


def class_that_never_came(books: Books) -> list[str]:
    turn = books.first(TurnRow)
    books.rows(VisitRow)[:] = [row for row in books.rows(VisitRow) if row.class_name != turn.class_name]
    return [books.at("VIS308", turn, "class_name")]


wrong("QUO306", first(LendingRule, reader_kind=None, grade=None), days=400)
wrong("QUO011", first(TargetRow, name="报刊种数"), name="报刊品种数")
wrong("QUO013", first(TargetRow, lambda row: row.grades is not None), grades="高年级")
wrong("QUO101", _morning, ends_at=lambda row: row.starts_at)
wrong("QUO117", first(CalendarRow, kind=DayKind.SCHOOL), starts_on=lambda row: row.starts_on - _YEAR)
wrong(
    "QUO111",
    first(CalendarRow, lambda row: row.kind is DayKind.HOLIDAY and row.ends_on > row.starts_on),
    "ends_on",
    starts_on=lambda row: row.ends_on,
    ends_on=lambda row: row.starts_on,
)
wrong("QUO112", last(CalendarRow, kind=DayKind.SCHOOL), ends_on=lambda row: row.ends_on - _DAY)
wrong("QUO201", first(CompensationRule), whole_set="看情况")


wrong("QUO321", first(TurnRow), ends_at=lambda row: row.starts_at)
wrong("QUO328", first(TurnRow), ends_at=None)
wrong("QUO323", first(TurnRow), weekday=Weekday.SATURDAY)
wrong("QUO324", first(TurnRow, kind=TurnKind.LENDING), "starts_at", ends_at=time(14, 0))
wrong("QUO911", first(TargetRow, name="报刊种数"), name="教师读书笔记篇数")
wrong("ACT101", first(ActivityRow), held_on=lambda row: row.held_on - _YEAR)
wrong("ACT301", first(ActivityRow, kind="图书室检查"), kind="图书室大检查")
wrong("ACT302", first(ActivityRow), classes="三（1）班、三（9）班")
wrong("VIS101", first(VisitRow), visited_on=lambda row: row.visited_on - _YEAR)
wrong(
    "VIS102",
    first(VisitRow),
    visited_on=lambda row: row.visited_on + (5 - row.visited_on.weekday()) * timedelta(days=1),
)
wrong("VIS303", first(VisitRow, lambda row: row.class_name is not None), class_name=None)
again("QUO001", first(LendingRule), "copies", copies=lambda row: row.copies + 1)
# A rule for a kind of reader who has not borrowed yet.
again("QUO307", first(LendingRule, reader_kind=ReaderKind.TEACHER), "days", reader_kind=ReaderKind.STAFF, days=300)
again("QUO121", first(OpeningRow), "weekday", weekday=Weekday.SUNDAY)
again("QUO033", first(LendingRule, grade=5), "since")
wrong("QUO308", first(LendingRule, reader_kind=ReaderKind.TEACHER), renewals=11)
again("QUO031", first(TurnRow), "class_name")
again("QUO032", first(JobRow), "task")
again("VIS001", last(VisitRow), "visited_on")
again("QUO003", first(CompensationRule), "multiple", multiple=lambda row: row.multiple * 3)
again("QUO012", first(TargetRow), "name", value=lambda row: row.value + 1)
# A make-up day within a holiday; it follows a Sunday, so that nothing is open all the same.
again(
    "QUO114",
    lambda books: CalendarRow(0, _HOLIDAY, _HOLIDAY, DayKind.MAKE_UP, Weekday.SUNDAY, "调休补课"),
    "kind",
    "QUO118 follows",
)
again("ACT001", lambda books: books.rows(ActivityRow)[-1], "name", result=None)


def _target(name: str) -> Callable[[Books], TargetRow]:
    return lambda books: books.first(TargetRow, lambda row: row.name == name)


def recommended_isbn_of_another_title(books: Books) -> list[str]:
    one, other = books.rows(RecommendationRow)[:2]
    return [books.at("REC301", books.edit(one, isbn=other.isbn), "title")]


def _recommended_and_held(books: Books) -> RecommendationRow:
    held = {copy.title for copy in books.rows(AccessionRow)}
    return books.first(RecommendationRow, lambda row: row.author is not None and row.title in held)


def _teacher_visit(books: Books) -> VisitRow:
    return books.first(VisitRow, lambda row: row.visitor is VisitorKind.TEACHER)


def more_participants_than_in_the_classes(books: Books) -> list[str]:
    row = books.first(ActivityRow, lambda row: row.classes == "五、六年级")
    pupils = sum(one.pupils for one in books.rows(ClassRow) if one.grade in (5, 6))
    staff = sum(one.kind is not ReaderKind.PUPIL for one in books.rows(ReaderRow))
    return [books.at("ACT202", books.edit(row, participants=pupils + staff + 1), "participants")]


wrong("ACT112", first(ActivityRow, kind="图书室检查"), result="现有图书5000册")


def more_winners_than_participants(books: Books) -> list[str]:
    row = books.first(ActivityRow, lambda row: "奖" in (row.result or ""))
    return [books.at("ACT203", books.edit(row, participants=1), "participants")]


def issue_twice(books: Books) -> list[str]:
    row = books.edit(books.last(ActivityRow, lambda row: row.kind == "读书报"), name="《青禾读书报》第11期")
    job = books.first(JobRow, lambda job: job.month == row.held_on.month and "读书报" in job.task)
    return [books.at("ACT106", row, "name"), books.at("ACT107", job, "done")]


wrong("ACT102", first(ActivityRow), held_on=date(2025, 10, 3))
wrong("ACT103", first(JobRow, month=7), done="7月10日完成")
wrong("VIS306", first(VisitRow, visitor=VisitorKind.TEACHER), name="诸葛明")
wrong("QUO120", first(CalendarRow, kind=DayKind.HOLIDAY), follows=Weekday.WEDNESDAY)
wrong("VIS307", first(VisitRow), people=0)
wrong("ACT303", first(ActivityRow, kind="研讨活动"), "kind", name="乡镇阅读笔记展评")
wrong("ACT105", first(JobRow, month=10), done="9月24日办完")
wrong("ACT108", first(JobRow, lambda row: "修补" in row.task), done="修补 61 册")
wrong("ACT109", first(JobRow, month=3), "done", task="装订期刊", done="已装订")
wrong("ACT110", first(JobRow, lambda row: "征订" in row.task), done="12月20日办结")
wrong("ACT111", first(JobRow, month=1), done="1月9日收齐")
wrong("ACT107", first(JobRow, task="读书演讲比赛"), done="12月19日")
wrong("QUO014", lambda books: books.rows(TargetRow)[1], grades="2,3", value=Decimal(5))
wrong("QUO015", _target("每生最低借书册数"), value=Decimal(9))
wrong("QUO016", _target("报刊种数"), value=Decimal(-24))
wrong("QUO017", _target("报刊种数"), unit="册")
wrong("QUO019", _target("读书报期数"), "value", basis="县图书管理站年度考评要求：每学期不少于 2 期")
wrong("QUO018", _target("每周开放小时"), value=Decimal(400))
wrong("VIS304", first(VisitRow), people=240)
wrong("VIS305", _teacher_visit, name=None)
wrong("ACT201", first(ActivityRow), participants=3000)
wrong("REC011", first(RecommendationRow), isbn="9787142131808")
wrong("REC302", _recommended_and_held, author="无此人")
again("REC001", first(RecommendationRow), "title")
