"""What the librarian is told about her plan, each with its cell; none of it stands in the plan."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from school import clean, material, paper_of, text

from make import EXAMPLE_SCHOOL, library, row, with_flaw, with_incomplete, with_unreadable
from schoollib_xl.documents.composing.lint.papers import plan_notes
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.school import TermName
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind, WeekPattern
from schoollib_xl.ledgers.table import Flaw

DAY = date(2025, 9, 3)


GUIDELINE = row(ParagraphRow, 9, paper=PaperKind.PLAN, section="指导思想", text="为师生服务。")

_CALM = (row(AccessionRow), row(CalendarRow), row(OpeningRow), GUIDELINE)


def notes(*rows: Any) -> list[str]:
    books = library(*rows, row(AccessionRow), row(CalendarRow), row(OpeningRow), GUIDELINE, as_of=DAY)
    return list(plan_notes(material(books)))


def test_a_good_plan_is_told_nothing() -> None:
    assert notes(row(JobRow), row(TargetRow)) == []


def test_a_month_outside_the_term_is_told_and_left_out() -> None:
    told = "工作安排!A2 的4月不在本学期（2025年9月1日到2026年1月23日），没有放进计划。"
    assert notes(row(JobRow, month=4)) == [told]
    assert paper_of(work_plan(material(library(row(JobRow, month=4), as_of=DAY)))).months == ()


def test_jobs_of_the_other_term_are_told_in_one_sentence() -> None:
    told = "工作安排!A2 等3行的4、5月不在本学期（2025年9月1日到2026年1月23日），没有放进计划。"
    assert notes(row(JobRow, month=4), row(JobRow, 3, month=4), row(JobRow, 4, month=5)) == [told]


def test_a_sheet_that_plans_the_whole_year_may_hold_the_other_term() -> None:
    assert notes(*(row(JobRow, line, month=month) for line, month in enumerate((9, 2, 3, 4, 5), 2))) == []


def test_the_months_of_last_term_may_stay_on_the_sheet() -> None:
    school = EXAMPLE_SCHOOL._replace(previous_start=date(2025, 2, 24), previous_end=date(2025, 7, 4))
    rows = (row(JobRow, month=4), row(AccessionRow), row(CalendarRow), row(OpeningRow), GUIDELINE)
    books = library(*rows, school=school, as_of=DAY)
    assert list(plan_notes(material(books))) == []


def test_signs_nobody_sees_that_reading_took_away_are_told_with_their_cell() -> None:
    paragraph = row(ParagraphRow, 10, paper=PaperKind.PLAN, section="指导思想", text="秋天的话。")
    books = with_flaw(library(*_CALM, paragraph, as_of=DAY), paragraph, "text", Flaw.HIDDEN_SIGNS)
    assert "计划文字!E10 里有看不见的控制字符，没有放进文件，删掉重打一遍。" in plan_notes(material(books))


def test_a_text_whose_term_cannot_be_read_is_told_and_left_out() -> None:
    paragraph = row(ParagraphRow, 10, paper=PaperKind.PLAN, term=None, section="指导思想", text="秋天的话。")
    books = material(with_unreadable(library(*_CALM, paragraph, as_of=DAY), paragraph, "term"))
    told = "计划文字!B10 的学期读不出，这一行没有放进文件；写第一学期或第二学期。"
    assert told in plan_notes(books)
    assert "秋天的话。" not in "".join(text(work_plan(books)))


def test_an_activity_without_a_number_is_told() -> None:
    job = row(JobRow, task="举办读书演讲比赛", kind="读书活动", planned_times=None)
    assert notes(job) == ["工作安排!F2 没有写次数，“举办读书演讲比赛”到期末没法对照。"]
    assert notes(row(JobRow, task="整理书架", planned_times=None)) == []


@pytest.mark.parametrize(("goal", "is_told"), [("多借书。", True), ("人均借书2册。", False), ("办两次展评。", False)])
def test_goals_without_a_number_are_told(goal: str, is_told: bool) -> None:
    paragraph = row(ParagraphRow, paper=PaperKind.PLAN, section="主要目标", text=goal)
    told = ["计划文字!E2 起的“主要目标”没有一个数，到期末没法对照。"]
    assert notes(paragraph) == (told if is_told else [])


def test_a_target_without_its_figure_is_told() -> None:
    values = row(TargetRow, name="报刊种数", value=None)._asdict()
    books = with_incomplete(library(*_CALM, as_of=DAY), TargetRow, **values)
    (told,) = plan_notes(material(books))
    assert told.startswith("没有算指标“报刊种数”：")
    assert paper_of(work_plan(material(books))).targets == ()


def test_the_table_lists_every_target_or_where_the_text_has_each_none() -> None:
    """Plan and summary, laid beside each other, have the same targets."""
    said = row(ParagraphRow, paper=PaperKind.PLAN, section="主要目标", text="本学期人均借书2册，报刊30种。")
    mean, papers = (
        row(TargetRow, 2 + at, name=name, value=Decimal(value), grades=None)
        for at, (name, value) in enumerate([("生均借书册数", 2), ("报刊种数", 30)])
    )
    other = row(TargetRow, 4, name="工具书种数", value=Decimal(60), unit="种", grades=None)
    table = [line.name for line in paper_of(work_plan(material(library(said, mean, papers, other, as_of=DAY)))).targets]
    assert table == ["生均借书册数", "报刊种数", "工具书种数"]
    assert paper_of(work_plan(material(library(said, mean, papers, as_of=DAY)))).targets == ()


def test_a_target_of_a_grade_without_a_class_is_told() -> None:
    classes = row(ClassRow, class_name="三（1）班", grade=3)
    asked = [row(TargetRow, 2 + at, name="生均借书册数", value=Decimal(2), grades=one) for at, one in enumerate("32")]
    found = plan_notes(material(library(classes, *asked, as_of=DAY)))
    told = [note for note in found if "没有这样的班" in note]
    assert told == ["任务指标!B3 “生均借书册数”是二年级的，班级表里没有这样的班。"]


@pytest.mark.parametrize("row_type", [OpeningRow, TurnRow])
def test_hours_that_end_before_they_begin_are_told(row_type: type[Any]) -> None:
    backwards = row(row_type, starts_at=time(12, 30), ends_at=time(11, 30))
    books = library(backwards, row(CalendarRow), as_of=DAY)
    where = {OpeningRow: "开放时间!C2", TurnRow: "借阅轮流表!E2"}[row_type]
    assert any(f"结束没有比开始晚（{where}）" in told for told in plan_notes(material(books)))


def test_a_target_the_rules_do_not_allow_is_told_and_not_printed() -> None:
    rows = (
        row(ClassRow, pupils=20),
        row(TargetRow, value=Decimal(12)),
        row(LendingRule),
        row(TurnRow, weeks=WeekPattern.ODD, starts_at=time(11, 30), ends_at=time(12, 30)),
    )
    (told,) = notes(*rows)
    assert told.startswith("任务指标!C2 “生均借书册数”12册做不到：三（1）班：")
    assert "改成每周轮一次" in told
    books = material(library(*rows, row(CalendarRow), row(OpeningRow), as_of=DAY))
    assert "做不到" not in "".join(text(work_plan(books)))


def test_a_target_below_the_national_standard_is_told() -> None:
    (told,) = notes(row(TargetRow, name="报刊种数", value=Decimal(24), unit="种"))
    assert told.startswith("任务指标!C2 “报刊种数”24低于标准的60（《中小学图书馆（室）规程》")


def test_a_plan_signed_late_in_the_term_is_told() -> None:
    books = material(LedgerSet(clean().school, clean().rows).library())
    assert any("--as-of 2026-02-23" in note for note in plan_notes(books))
    assert not any("--as-of" in note for note in plan_notes(material(clean().library(date(2026, 3, 6)))))


def test_a_plan_without_texts_of_hers_is_told() -> None:
    books = library(row(AccessionRow), row(CalendarRow), row(OpeningRow), as_of=DAY)
    assert list(plan_notes(material(books))) == ["计划文字里没有“计划”的文字，计划只写了从账册来的部分。"]


def test_texts_of_the_other_term_are_not_said_to_be_missing() -> None:
    texts = [row(ParagraphRow, line, paper=PaperKind.PLAN, term=TermName.SECOND) for line in (2, 3)]
    told = "计划文字!B2 等2行“计划”的文字是第二学期的，没有写进第一学期的计划。"
    assert list(plan_notes(material(library(*texts, *_CALM[:3], as_of=DAY)))) == [told]
