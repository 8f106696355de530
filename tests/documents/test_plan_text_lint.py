"""Leftovers of model texts, other years and figures that the workbook does not hold are told with their place."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from school import clean, material, sample

from make import EXAMPLE_SCHOOL, library, row
from schoollib_xl.actions.papers import last_plan
from schoollib_xl.documents.composing.lint.papers import paper_notes, plan_notes
from schoollib_xl.documents.composing.lint.texts import schedule_lint, text_lint
from schoollib_xl.documents.composing.words.promised import compared_with
from schoollib_xl.documents.regeneration.record import PaperMark, put_mark
from schoollib_xl.ledgers.supporting.calendar import JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.ledgers.vocabulary import Weekday

AUTUMN = EXAMPLE_SCHOOL._replace(school_year="2025-2026", term_name=None)


def told(text: str, *rows: Any) -> list[str]:
    return list(text_lint(material(library(*rows, school=AUTUMN, as_of=date(2025, 9, 3))), [("第1段", text)]))


@pytest.mark.parametrize(
    "leftover",
    [
        "20xx年",
        "20XX年",
        "202X年",
        "XX小学",
        "◯◯镇",
        "＿＿＿",
        "某某中心小学",
        "某校",
        "某镇",
        "某某老师",
        "（学校名称）",
        "【请填写】",
    ],
)
def test_a_leftover_of_a_model_text_is_told(leftover: str) -> None:
    assert any("还留着" in note for note in told(f"{leftover}的工作。"))


def test_what_looks_like_a_leftover_and_is_none_is_not_told() -> None:
    assert told("做201×300毫米的书标，借书时填好借书卡（填写要工整）。") == []


def test_another_year_is_told_and_the_year_of_a_regulation_is_not() -> None:
    assert told("2019年的工作。") == ["第1段 写的是“2019年”，这份计划是2025—2026学年度的。"]
    assert told("按教育部 2018 年规程开放，2025年9月起。") == []


@pytest.mark.parametrize("heading", ["（2024—2025学年度第二学期）", "2026-2027学年图书室工作计划", "2024～2025学年"])
def test_a_school_year_that_shares_a_year_with_the_plans_is_another(heading: str) -> None:
    assert [note.endswith("，这份计划是2025—2026学年度的。") for note in told(heading)] == [True]


@pytest.mark.parametrize(
    "lawful", ["（2025-2026学年度第一学期）", "上学年（2024—2025学年）借书900册。", "2024—2027学年规划。"]
)
def test_the_year_before_by_its_name_and_a_plan_of_several_years_are_not_told(lawful: str) -> None:
    assert told(lawful) == []


def test_the_name_of_another_school_is_told_where_it_is_no_other_word() -> None:
    own = "学校名称是“青禾小学”；不是说别的学校，就改成本校的。"
    assert told("石桥镇红星小学图书室服务师生。") == [f"第1段 写着“石桥镇红星小学”，{own}"]
    assert told("红星小学是一所农村小学。") == [f"第1段 写着“红星小学”，{own}"]
    lawful = (
        "石桥镇青禾小学办好图书室。加强小学图书室建设。各乡镇农村小学开馆。到石桥镇红星小学参观。农村小学现有图书不多。"
    )
    assert told(lawful) == []


def test_what_belongs_to_the_other_term_is_told() -> None:
    assert told("整理寒假期间的报刊。") == ["第1段 写着“寒假期间”，和第一学期对不上。"]
    # Every such word is named, so that one reading mends the sentence.
    assert told("清明扫墓，端午讲故事。") == ["第1段 写着“清明”“端午”，和第一学期对不上。"]


def test_issues_of_a_paper_are_held_against_its_target_however_it_is_said() -> None:
    target = row(TargetRow, name="读书报期数", value=Decimal(1), unit="期", grades=None)
    for said in ("读书报出两期。", "编印两期《青禾读书报》。"):
        assert told(said, target) == ["第1段 写的是读书报2期，任务指标是1期。"]
    assert told("读书报第12期已经印好，读书报出一期。", target) == []


def test_another_figure_than_the_target_is_told() -> None:
    target = row(TargetRow, value=Decimal(2))
    least = row(TargetRow, name="每生最低借书册数", value=Decimal(4), unit="册", grades="3-6")
    assert told("每生本学期借书十册左右。", target, least) == [
        "第1段 写的是每生本学期借书十册，任务指标是全校2册、三至六年级每人最低4册。"
    ]
    assert told("每生本学期借书十册左右。", target) == ["第1段 写的是每生本学期借书十册，任务指标是全校2册。"]
    assert told("把借书册数提高到人均12册，藏书人均20册。", target) == [
        "第1段 写的是借书册数提高到人均12册，任务指标是全校2册。"
    ]
    assert told("人均借书2册以上。", target) == []


def test_a_promise_the_months_do_not_hold_is_told() -> None:
    target = row(TargetRow, name="图书室检查次数", value=Decimal(5), unit="次")
    jobs = [row(JobRow, line, month=9 + line % 3, task="图书室月检查", planned_times=1) for line in range(2, 6)]
    books = material(library(target, *jobs, school=AUTUMN, as_of=date(2025, 9, 3)))
    assert list(schedule_lint(books)) == ["任务指标“图书室检查次数”5次，工作安排里只排了4次。"]
    jobs = [row(JobRow, month=9, task="公布借阅轮流表", planned_times=1)]
    visits = row(TargetRow, 3, name="生均借书次数", value=Decimal(3), unit="次")
    books = material(library(target, visits, *jobs, school=AUTUMN, as_of=date(2025, 9, 3)))
    assert list(schedule_lint(books)) == ["任务指标“图书室检查次数”5次，工作安排里一次也没有排。"]
    assert list(schedule_lint(material(library(target, school=AUTUMN, as_of=date(2025, 9, 3))))) == []


def test_times_that_the_months_do_not_hold_are_told_without_a_target() -> None:
    jobs = [row(JobRow, month=10, task="剔旧注销", planned_times=1), row(JobRow, 3, month=11, task="借书、阅览和培训")]
    for words in ("学期中剔旧两次，注销须经批准。", "安排两次剔旧。"):
        assert told(words, *jobs) == ["第1段 写的是剔旧2次，工作安排里只排了1次。"]
    assert told("举办2次展评。", row(JobRow, month=10, task="举办书展", planned_times=1)) == []
    lawful = "剔旧一次。上学期剔旧两次。每月剔旧三次。人均借书3次。第十二次剔旧。修补两次。"
    assert told(lawful, *jobs) == []


def test_the_sample_plan_is_told_only_what_it_promises_too_often() -> None:
    notes = [note for note in plan_notes(sample(date(2026, 2, 26))) if "还留着" in note or "写的是" in note]
    assert notes == []


def test_a_finished_paper_is_judged_paragraph_by_paragraph() -> None:
    books = material(clean().library(date(2026, 2, 26)))
    assert "第2段 还留着“20xx年”，改成本校的。" in paper_notes(books, ["计划", "20xx年的工作。"])


def test_how_many_at_once_is_no_promise_and_is_held_against_the_rules() -> None:
    rule, target = row(LendingRule, copies=2, days=14), row(TargetRow, value=Decimal(10))
    said = told("每生每次只能借一本，一周内必须归还。", rule, target)
    assert said == [
        "第1段 写的是“每次只能借一本”，借阅规则是2册。",
        "第1段 写的是“一周内必须归还”，借阅规则是14天。",
    ]
    assert told("每人每次可借2册，14天内归还。", rule, target) == []
    assert told("教师每次可借5册，借期60天。", rule, target) == []


def test_hours_the_openings_do_not_have_are_told() -> None:
    opening = row(OpeningRow, starts_at=time(11, 30), ends_at=time(12, 30))
    assert told("星期一11：30—12：30为借书时间。", opening) == []
    (said,) = told("星期一中午12：30—13：30为借书时间。", opening)
    assert said == "第1段 写的是星期一12:30—13:30开放，开放时间表里没有。"


def test_days_it_is_said_to_be_open_without_an_hour_are_told_where_no_row_has_them() -> None:
    opening = row(OpeningRow, weekday=Weekday.MONDAY)
    for said, days in (
        ("周六上午对学生开放。", "星期六"),
        ("星期二、四下午开放图书室。", "星期二、星期四"),
        ("周末开馆。", "星期六、星期日"),
    ):
        assert told(said, opening) == [f"第1段 写的是{days}开放，开放时间表里没有。"]
    lawful = "星期一下午开放。每周一次全校开放日。星期六不开放。周末停止开放。除星期三外都开放。双休日不对外开放。"
    assert told(lawful, opening) == []
    assert told("周六上午对学生开放。") == []


def test_turns_in_words_are_held_against_the_rota() -> None:
    grades = {"一（1）班": 1, "二（1）班": 2, "三（1）班": 3}
    classes = [row(ClassRow, grade + 1, class_name=name, grade=grade) for name, grade in grades.items()]
    first = row(TurnRow, class_name="一（1）班", weekday=Weekday.MONDAY)
    rota = [*classes, first, row(TurnRow, 3, class_name="三（1）班", weekday=Weekday.FRIDAY)]
    assert told("一、二年级星期二下午在阅览室阅览。", *rota) == [
        "第1段 写的是“一、二年级星期二下午在阅览室阅览”，借阅轮流表里星期二没有这些班。"
    ]
    assert told("三年级星期三到阅览室看书。", *rota) == [
        "第1段 写的是“三年级星期三到阅览室看书”，借阅轮流表里星期三没有这个班。"
    ]
    assert told("三（1）班每周一、五借书。", *rota) == [
        "第1段 写的是“三（1）班每周一、五借书”，借阅轮流表里星期一没有这个班。"
    ]
    assert told("一、二年级每周一阅览，三年级星期五借书，四年级星期二借书，一年级每周一次阅览。", *rota) == []
    assert told("一、二年级星期二阅览。", *classes) == []
    assert told("三年级星期二不借书。", *rota) == []


@pytest.mark.parametrize(
    "lawful", ["9月开学，十二月征文，1月清点。", "下学期3月换书。", "2025年5月印发。", "半月刊四种。"]
)
def test_months_of_the_other_term_are_told_once(lawful: str) -> None:
    assert told("三月初整理报刊，4月读书节。") == ["第1段 写着3月、4月，不在第一学期里。"]
    assert told(lawful) == []


def test_another_number_of_periodicals_than_the_target_is_told() -> None:
    target = row(TargetRow, name="报刊种数", value=Decimal(24), unit="种")
    assert told("征订报刊50种以上。", target) == ["第1段 写的是报刊种数50种，任务指标是24种。"]


def test_last_years_plan_is_laid_beside() -> None:
    target = row(TargetRow, name="报刊种数", value=Decimal(24), unit="种")
    books = material(library(target, school=AUTUMN, as_of=date(2025, 9, 3)))
    copied = "图书管理员应树立以人为本的管理理念，遵循图书室的工作规律，做好读者服务工作，努力提高利用率。"
    last = ["征订报刊50种以上。", "一至六年级生均借书6册以上。", copied]
    assert list(compared_with(books, [copied], last, "旧计划")) == [
        "《旧计划》里是报刊种数50种，今年是24种，比那时低。",
        "《旧计划》里有全校生均借书册数6册，今年没有写。",
        "1段长的文字里有1段和《旧计划》一字不差，从“图书管理员应树立以人为本”起看一遍。",
    ]
    assert list(compared_with(books, ["一至六年级生均借书6册。征订报刊60种。"], last[:2], "旧计划")) == []


def test_the_plan_of_the_year_before_is_found_by_its_mark(tmp_path: Path) -> None:
    document = docx.Document()
    put_mark(document, PaperMark("图书室工作计划_2024-2025第一学期", "青禾小学", "0" * 64))
    document.save(str(tmp_path / "改过名字.docx"))
    assert last_plan(tmp_path, "图书室工作计划_2025-2026第一学期", "青禾小学") == tmp_path / "改过名字.docx"
    assert last_plan(tmp_path, "图书室工作计划_2025-2026第二学期", "青禾小学") is None
    assert last_plan(tmp_path, "图书室工作计划_2025-2026第一学期", "东村小学") is None
