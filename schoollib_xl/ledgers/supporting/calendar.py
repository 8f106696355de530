"""开放时间, 校历, 借阅轮流表, 工作安排: when things happen."""

from datetime import date, time
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.numerals import whole_number
from schoollib_xl.ledgers.schema import LedgerColumn, sheet
from schoollib_xl.ledgers.supporting.vocabulary import Audience, DayKind, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import Weekday

# No job of one month is planned so often; what is more is a number of something else.
_MOST_TIMES = 9_999


def month_named(text: str) -> int | None:
    """The month a text names, 9月份 or 十二月; None for other texts."""
    month = text.strip().removesuffix("份")
    return whole_number(month.removesuffix("月")) if month.endswith("月") else None


@sheet("开放时间", key="weekday", purpose="一段开放时间一行")
class OpeningRow(NamedTuple):
    """One opening on one weekday."""

    line: int
    weekday: Annotated[Weekday, LedgerColumn("星期", "", Weekday.MONDAY)]
    starts_at: Annotated[time, LedgerColumn("开始", "时:分", time(11, 30), 8)]
    ends_at: Annotated[time, LedgerColumn("结束", "时:分", time(12, 30), 8)]
    audience: Annotated[Audience, LedgerColumn("对象", "学生、教师或全体", Audience.EVERYONE, 8)]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]


@sheet("校历", key="starts_on", purpose="哪些天上课、放假、补课，以这张表为准")
class CalendarRow(NamedTuple):
    """A range of days of one kind; a make-up day names the weekday whose timetable it follows."""

    line: int
    starts_on: Annotated[date, LedgerColumn("开始", "", date(2025, 9, 1), 12)]
    ends_on: Annotated[date, LedgerColumn("结束", "只有一天就和开始相同", date(2026, 1, 23), 12)]
    kind: Annotated[DayKind, LedgerColumn("类别", "上课、放假或补课", DayKind.SCHOOL, 8)]
    follows: Annotated[Weekday | None, LedgerColumn("补星期", "补课那天照星期几上", None, 8)]
    note: Annotated[str | None, LedgerColumn("说明", "如 国庆节", "第一学期", 20)]

    def takes_in(self, day: date) -> bool:
        """Whether the day lies in the range, both ends included."""
        return self.starts_on <= day <= self.ends_on


@sheet("借阅轮流表", key="class_name", purpose="每个班星期几、哪几周来借书或阅览")
class TurnRow(NamedTuple):
    """A class's regular turn."""

    line: int
    class_name: Annotated[str, LedgerColumn("班级", "", "三（1）班", 12)]
    weekday: Annotated[Weekday, LedgerColumn("星期", "", Weekday.MONDAY)]
    weeks: Annotated[WeekPattern | None, LedgerColumn("周次", "每周、单周或双周；空着就是每周", WeekPattern.EVERY, 8)]
    starts_at: Annotated[time | None, LedgerColumn("开始", "时:分", time(11, 30), 8)]
    ends_at: Annotated[time | None, LedgerColumn("结束", "时:分", time(11, 50), 8)]
    kind: Annotated[TurnKind | None, LedgerColumn("方式", "借还或阅览；空着就是借还", TurnKind.LENDING, 8)]


@sheet("工作安排", key="task", purpose="逐月的工作，进计划；做了以后填完成情况，进总结")
class JobRow(NamedTuple):
    """One planned job of one month."""

    line: int
    month: Annotated[int, LedgerColumn("月份", "1 到 12", 9, 8, figure=month_named, least=1, greatest=12)]
    order: Annotated[int | None, LedgerColumn("序号", "", 1, 8)]
    task: Annotated[str, LedgerColumn("内容", "", "制订图书室工作计划", 40)]
    kind: Annotated[str | None, LedgerColumn("类别", "", "管理", 12)]
    person: Annotated[str | None, LedgerColumn("负责人", "", "图书管理员")]
    planned_times: Annotated[int | None, LedgerColumn("计划次数", "", 1, least=0, greatest=_MOST_TIMES)]
    done: Annotated[str | None, LedgerColumn("完成情况", "", "已完成", 20)]
