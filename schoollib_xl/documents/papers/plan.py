"""工作计划: what a term's plan says."""

from dataclasses import dataclass
from typing import Annotated

from schoollib_xl.documents.filling.blanks import STYLE, Blank
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.calendar import JobRow, OpeningRow
from schoollib_xl.ledgers.supporting.promises import TargetRow


@dataclass(frozen=True, kw_only=True)
class SignedPaper:
    """A paper that a school issues and signs."""

    school: Annotated[str, Blank("学校")]
    signed_by: Annotated[str, Blank("落款单位")]
    signed_on: Annotated[str, Blank("落款日期")]


@dataclass(frozen=True, kw_only=True)
class YearPaper(SignedPaper):
    """A signed paper about a school year up to a day."""

    school_year: Annotated[str, Blank.of(School, "school_year")]
    cut_off: Annotated[str, Blank.of(School, "cut_off")]


@dataclass(frozen=True)
class PlanLine:
    """One paragraph, headings included, in one of the template's styles (empty: as the template has it)."""

    text: Annotated[str, Blank("内容")]
    style: Annotated[str, Blank(STYLE)] = ""


@dataclass(frozen=True)
class MonthJobs:
    """What is planned for one month."""

    month: Annotated[str, Blank.of(JobRow, "month")]
    weeks: Annotated[str, Blank("周次")]
    jobs: Annotated[tuple[str, ...], Blank("事项")]
    handled_by: Annotated[str, Blank.of(JobRow, "person")] = ""


@dataclass(frozen=True)
class TargetLine:
    """One target, and in a summary how far it was reached."""

    name: Annotated[str, Blank("名称")]
    grades: Annotated[str, Blank("年级")]
    target: Annotated[str, Blank("目标")]
    actual: Annotated[str, Blank("完成")] = ""
    outcome: Annotated[str, Blank("结果")] = ""
    basis: Annotated[str, Blank.of(TargetRow, "basis")] = ""
    responsible: Annotated[str, Blank.of(TargetRow, "person")] = ""
    reason: Annotated[str, Blank.of(TargetRow, "reason")] = ""


@dataclass(frozen=True)
class OpeningLine:
    """When the library is open for whom."""

    readers: Annotated[str, Blank.of(OpeningRow, "audience")]
    days: Annotated[str, Blank.of(OpeningRow, "weekday")]
    hours: Annotated[str, Blank("时间")]
    remarks: Annotated[str, Blank.of(OpeningRow, "remarks")] = ""


@dataclass(frozen=True)
class TurnLine:
    """Which classes have their turn at one time of the day, weekday by weekday."""

    hours: Annotated[str, Blank("时间")]
    monday: Annotated[tuple[str, ...], Blank("星期一")] = ()
    tuesday: Annotated[tuple[str, ...], Blank("星期二")] = ()
    wednesday: Annotated[tuple[str, ...], Blank("星期三")] = ()
    thursday: Annotated[tuple[str, ...], Blank("星期四")] = ()
    friday: Annotated[tuple[str, ...], Blank("星期五")] = ()
    saturday: Annotated[tuple[str, ...], Blank("星期六")] = ()
    sunday: Annotated[tuple[str, ...], Blank("星期日")] = ()


@dataclass(frozen=True)
class CalendarWeek:
    """One week of one month, each day with its number and what is on it; '' for days of another month."""

    month: Annotated[str, Blank("月份")]
    number: Annotated[str, Blank("周次")]
    monday: Annotated[str, Blank("星期一")]
    tuesday: Annotated[str, Blank("星期二")]
    wednesday: Annotated[str, Blank("星期三")]
    thursday: Annotated[str, Blank("星期四")]
    friday: Annotated[str, Blank("星期五")]
    saturday: Annotated[str, Blank("星期六")]
    sunday: Annotated[str, Blank("星期日")]


@dataclass(frozen=True, kw_only=True)
class WorkPlan(SignedPaper):
    """The plan of one term. Running text is free; the tables disappear where they are empty."""

    school_year: Annotated[str, Blank.of(School, "school_year")]
    term: Annotated[str, Blank.of(School, "term_name")]
    body: Annotated[tuple[PlanLine, ...], Blank("正文")]
    months: Annotated[tuple[MonthJobs, ...], Blank("安排")] = ()
    calendar: Annotated[tuple[CalendarWeek, ...], Blank("月历")] = ()
    targets: Annotated[tuple[TargetLine, ...], Blank("指标")] = ()
    openings: Annotated[tuple[OpeningLine, ...], Blank("开放")] = ()
    turns: Annotated[tuple[TurnLine, ...], Blank("轮流")] = ()
    closing: Annotated[tuple[PlanLine, ...], Blank("结尾")] = ()
    cut_off: Annotated[str, Blank.of(School, "cut_off")] = ""
