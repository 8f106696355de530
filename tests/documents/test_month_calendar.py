"""月历: on request, every day of the term once, with what stands on it."""

from datetime import date, timedelta

import pytest
from school import clean, evidenced, material, numbers, paper_of, text

from make import row
from schoollib_xl.documents.composing.material import Composed
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.documents.papers.plan import CalendarWeek, WorkPlan
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind

FIRST, LAST = date(2026, 2, 23), date(2026, 7, 3)
ASKED = row(ParagraphRow, 90, paper=PaperKind.PLAN, term=None, section="月历", order=None, text="{月历}")


@pytest.fixture(scope="module")
def plan() -> Composed[WorkPlan]:
    """The plan of the sample school with a month calendar, and a job that names its day."""
    rows = clean().rows
    job = row(JobRow, 90, month=5, task="5月27日举办图书跳蚤市场")
    more = {ParagraphRow: [*rows[ParagraphRow], ASKED], JobRow: [*rows[JobRow], job]}
    return work_plan(material(LedgerSet(clean().school, rows | more).library(FIRST)))


def days(week: CalendarWeek) -> list[str]:
    found = (week.monday, week.tuesday, week.wednesday, week.thursday, week.friday, week.saturday, week.sunday)
    return [day.partition("\n")[0] for day in found]


def test_there_is_none_where_nobody_asks() -> None:
    assert paper_of(work_plan(material(clean().library(FIRST)))).calendar == ()


def test_every_day_of_the_term_stands_once_under_its_weekday(plan: Composed[WorkPlan]) -> None:
    shown = [
        (week.month, weekday, day) for week in paper_of(plan).calendar for weekday, day in enumerate(days(week)) if day
    ]
    term = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    assert shown == [(f"{day.month}月", day.weekday(), str(day.day)) for day in term]
    assert [week.number for week in paper_of(plan).calendar][-1] == "19"


def test_holidays_lessons_made_up_for_activities_and_dated_jobs_stand_on_their_days(plan: Composed[WorkPlan]) -> None:
    said = "\n".join("\n".join(vars(week).values()) for week in paper_of(plan).calendar)
    for expected in (
        "23\n学期开始",
        "劳动节",
        "补星期二的课",
        "读书节阅读笔记展评",
        "27\n举办图书跳蚤市场",
        "3\n学期结束",
    ):
        assert expected in said


def test_the_table_has_its_heading_and_its_numbers_their_sources(plan: Composed[WorkPlan]) -> None:
    lines = text(plan)
    assert "表| 月 ¦ 周 ¦ 星期一 ¦ 星期二 ¦ 星期三 ¦ 星期四 ¦ 星期五 ¦ 星期六 ¦ 星期日" in lines
    assert sum(line.endswith("月历") for line in lines) == 2
    names = [quota.school_class.name for quota in material(clean().library(FIRST)).quotas.classes]
    assert numbers(lines, names) - evidenced(plan.figures) == set()
