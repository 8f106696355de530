"""The plan and the summary of the sample school: every number accounted for, no pupil named, nothing left over."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from school import clean, evidenced, golden, material, numbers, paper_of, sample, text

from make import library, row
from schoollib_xl.documents.composing.facts.names import FACTS
from schoollib_xl.documents.composing.facts.stating import shortfall
from schoollib_xl.documents.composing.facts.term import facts_of
from schoollib_xl.documents.composing.material import Composed
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.documents.composing.summary import term_summary
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.ledgers.school import Layout, TermName
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.quotas.measures.indicator import Indicator
from schoollib_xl.wording.checking.check_json import check_json
from schoollib_xl.wording.quotas.quota_json import quota_json

GOLDEN = Path(__file__).parent / "golden"
OPENING_DAY = date(2026, 2, 23)
PAPERS: dict[str, Callable[[], Composed[Any]]] = {
    "工作计划": lambda: work_plan(sample(OPENING_DAY)),
    "工作总结": lambda: term_summary(sample()),
    "期中的总结": lambda: term_summary(sample(date(2026, 4, 20))),
    "上学期的总结": lambda: term_summary(sample(date(2026, 1, 23))),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_sample_paper_says_what_it_said_before(name: str) -> None:
    page = GOLDEN / f"样本_{name}.txt"
    said = golden(PAPERS[name]())
    if os.environ.get("GOLDEN") == "write":
        page.write_text(said, encoding="utf-8")
    assert said == page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAPERS)
def test_every_number_of_a_paper_is_in_its_evidence(name: str) -> None:
    composed = PAPERS[name]()
    shown = numbers(text(composed), clean_class_names())
    assert shown - evidenced(composed.figures) == set()
    assert len(shown) > 30


def clean_class_names() -> list[str]:
    return [quota.school_class.name for quota in sample().quotas.classes]


@pytest.mark.parametrize("name", PAPERS)
def test_no_pupil_is_named_and_nothing_is_left_over(name: str) -> None:
    said = "\n".join(text(PAPERS[name]()))
    pupils = [row for row in clean().rows[ReaderRow] if row.kind is ReaderKind.PUPIL]
    assert [row.name for row in pupils if row.name in said] == []
    assert [row.reader_no for row in pupils if row.reader_no in said] == []
    assert not re.search(r"[{}｛｝]|None|nan|Decimal|\bTrue\b|\bFalse\b", said)


def test_the_sample_knows_every_fact_but_those_of_what_is_amiss() -> None:
    assert set(FACTS) - set(facts_of(sample())) == {
        "差额",
        "差异",
        "全校目标",
        "逾期上限",
        "逾期集中班级",
        "未完成安排",
        "全年指标项数",
        "教师每周开放",
        "没有人数的班",
        "所有工具书种数",
        "所有报刊种数",
        "藏书总册数",
        "未定价藏书册数",
        "未定价入藏册数",
        "未定价注销册数",
        "超支金额",
        "逾期另算",
        "只有收入金额",
        "只有支出金额",
        "各班借书册次",
        "班级不明册次",
        "都是班级不明册次",
        "登记不全笔数",
        "只有其他借阅",
        "无数指标项数",
        "都是无数指标项数",
        "没有记录的账",
        "没有登记号册数",
        "没有盘到的书",
        "没有看到册数",
        "盘点无号行数",
        "部分未定价藏书册数",
        "部分未定价入藏册数",
        "部分未定价注销册数",
        "以前未结清件数",
    }


def test_figures_of_the_summary_are_those_of_quota_and_check_on_the_same_day() -> None:
    books = sample()
    shown = {name: figure.shown for name, figure in facts_of(books).items()}
    quota = quota_json(books.library, books.quotas)
    checked = check_json("七本账.xlsx", books.library, books.report)
    assert shown["借出册次"] == str(quota["school"]["loans"])
    assert shown["人均借书"] == quota["school"]["mean"]
    assert shown["学生人数"] == str(quota["school"]["pupils"])
    assert shown["教师借书册次"] == str(quota["school"]["teacher_loans"])
    holdings = {one["name"]: one["actual"] for one in quota["holdings"]}
    assert (shown["生均藏书"], shown["报刊种数"]) == (holdings["生均藏书册数"], str(holdings["报刊种数"]))
    assert shown["核对项数"] == str(checked["checks_run"])
    ledgers = [checked["rows"][sheet.name] for sheet in LEDGERS]
    assert shown["核对行数"] == str(sum(ledgers))
    assert shown["辅助表行数"] == str(sum(checked["rows"].values()) - sum(ledgers))
    assert shown["错误数"] == str(sum(one["severity"] == "error" for one in checked["findings"]))


def test_what_is_left_over_is_of_the_last_day_whatever_the_order_of_the_lines() -> None:
    days = [(date(2025, 12, 1), "40.00"), (date(2025, 9, 1), "980.00")]
    books = material(library(*(row(CashRow, booked_on=on, balance=Decimal(left)) for on, left in days)))
    assert facts_of(books)["结余金额"].shown == "40.00"


def test_the_tables_of_the_summary_are_those_of_quota() -> None:
    books = sample()
    paper = paper_of(term_summary(books))
    classes = quota_json(books.library, books.quotas)["classes"]
    assert [(one.name, one.loans, one.mean) for one in paper.by_class[:-2]] == [
        (one["class"], str(one["loans"]), one["mean"]) for one in classes
    ]
    assert paper.by_class[-1].loans == str(sum(one["loans"] for one in classes))
    assert (paper.by_class[-2].name, paper.by_class[-2].mean, paper.by_class[-2].target) == (
        "有指标的班",
        "7.20",
        "6.8",
    )
    # A row has one base: what only some classes were asked stands beside no figure of the whole school.
    assert (paper.by_class[-1].target, paper.by_class[-1].reached) == ("—", "—")


def test_the_charts_show_what_the_tables_say() -> None:
    paper = paper_of(term_summary(sample()))
    assert list(paper.class_chart.series[0].values) == [float(one.mean) for one in paper.by_class[:-2]]
    assert sum(value or 0 for value in paper.month_chart.series[0].values) == float(paper.by_class[-1].loans)
    assert sum(value or 0 for value in paper.holdings_chart.series[0].values) == pytest.approx(100, abs=0.05)


def test_opening_plus_added_minus_withdrawn_is_closing() -> None:
    for line in paper_of(term_summary(sample())).holdings_changes:
        opening, added, withdrawn, closing = map(int, (line.opening, line.added, line.withdrawn, line.closing))
        assert opening + added - withdrawn == closing, line.name


def test_a_summary_of_the_last_term_bears_its_name_and_compares_with_nothing() -> None:
    paper = paper_of(PAPERS["上学期的总结"]())
    assert (paper.school_year, paper.term) == ("2025—2026", "第一学期")
    assert "上学期" not in "".join(line.text for line in paper.circulation)


def test_a_term_with_much_to_come_is_not_compared() -> None:
    composed = PAPERS["期中的总结"]()
    assert "学期还没有过完，没有和上学期比。" in composed.notes
    assert "两学期" not in "".join(line.text for line in paper_of(composed).circulation)


def test_the_months_know_their_school_weeks() -> None:
    months = paper_of(work_plan(sample(OPENING_DAY))).months
    assert [(one.month, one.weeks) for one in months] == [
        ("2月", "第1周"),
        ("3月", "第2—5周"),
        ("4月", "第6—10周"),
        ("5月", "第11—14周"),
        ("6月", "第15—18周"),
        ("7月", "第19周"),
    ]


def test_classes_that_come_at_once_for_the_same_are_said_together() -> None:
    at: dict[str, Any] = {"starts_at": time(11, 30), "ends_at": time(12, 10), "weekday": Weekday.MONDAY}
    weeks = {"二（1）班": WeekPattern.EVERY, "二（2）班": WeekPattern.ODD, "三（1）班": WeekPattern.EVERY}
    turns = [row(TurnRow, line, class_name=name, weeks=said, kind=TurnKind.LENDING, **at)
             for line, (name, said) in enumerate(weeks.items(), 2)]  # fmt: skip
    (line,) = paper_of(work_plan(material(library(*turns, as_of=OPENING_DAY)))).turns
    assert line.monday == ("二（1）班\n三（1）班\n每周借还", "二（2）班\n单周借还")


def test_a_text_that_names_a_pupil_is_left_out_and_told_with_its_cell() -> None:
    pupil = next(row for row in clean().rows[ReaderRow] if row.kind is ReaderKind.PUPIL)
    rows = dict(clean().rows)
    line = len(rows[ParagraphRow]) + 2
    telling = ParagraphRow(line, PaperKind.SUMMARY, None, "存在问题", 4, f"{pupil.name}没有还书。")
    told = ActivityRow(
        len(rows[ActivityRow]) + 2, date(2026, 6, 12), "读书报", f"{pupil.name}的读书报", None, 9, None, None
    )
    rows = rows | {ParagraphRow: [*rows[ParagraphRow], telling], ActivityRow: [*rows[ActivityRow], told]}
    composed = term_summary(material(LedgerSet(clean().school, rows).library()))
    assert pupil.name not in "".join(text(composed))
    assert f"计划文字!E{line} 写着学生“{pupil.name}”，没有放进文件；改成不写姓名的说法。" in composed.notes
    assert sum(pupil.name in note for note in composed.notes) == 2


def test_a_ledger_without_rows_says_nothing() -> None:
    rows = {row_type: found for row_type, found in clean().rows.items() if row_type is not LoanRow}
    paper = paper_of(term_summary(material(LedgerSet(clean().school, rows).library())))
    assert (paper.by_class, paper.by_grade, paper.class_chart.categories) == ((), (), ())
    assert "借书" not in "".join(line.text for line in paper.circulation)


def test_the_lighter_layout_has_templates_of_its_own() -> None:
    school = clean().school._replace(layout=Layout.PLAIN)
    books = material(LedgerSet(school, clean().rows).library())
    assert work_plan(books).template == "工作计划_简版.docx"
    assert term_summary(books).template == "工作总结_简版.docx"
    assert text(replace(work_plan(books), template="工作计划.docx")) == text(work_plan(books))


def test_a_heading_names_money_only_where_there_is_some() -> None:
    rows = clean().rows | {CashRow: []}
    said = text(term_summary(material(LedgerSet(clean().school, rows).library())))
    assert "小标题| 附件4　账册核对" in said
    assert not any("经费收支" in line for line in said)


def test_without_dates_of_the_term_the_rest_is_told() -> None:
    bare = clean().school._replace(term_start=None, term_end=None, previous_start=None, previous_end=None)
    composed = term_summary(
        material(LedgerSet(bare._replace(school_year=None, term_name=None), clean().rows).library())
    )
    assert (paper_of(composed).school_year, paper_of(composed).term) == ("2025—2026", "第二学期")
    assert paper_of(composed).by_class == ()
    assert paper_of(composed).ledgers
    assert any("学期开始、学期结束没有写全" in note for note in composed.notes)
    assert {line.outcome for line in paper_of(composed).targets if not line.actual} == {"没有算"}
    # The sample plans 41 jobs in its two terms.
    assert "安排的21项工作已经完成。" in "".join(line.text for line in paper_of(composed).results)
    plan = work_plan(material(LedgerSet(bare, clean().rows).library()))
    assert [line.month for line in paper_of(plan).months] == ["2月", "3月", "4月", "5月", "6月", "7月"]
    assert "学期的起止日期没有写全，工作安排只放了第二学期的，从2月到7月。" in plan.notes


def test_a_heading_that_cannot_be_right_is_told() -> None:
    for changed, said in (
        ({"school_year": "2024-2025"}, "标题照写的是2024—2025学年度第二学期，学期却从2026年2月23日开始，对不上"),
        ({"school_year": None, "term_name": TermName.FIRST}, "标题照写的是2025—2026学年度第一学期，学期却从"),
        ({"school_year": "二六年"}, "标题照写的是二六年学年度第二学期，看不出是哪两年"),
    ):
        books = material(LedgerSet(clean().school._replace(**changed), clean().rows).library())
        assert work_plan(books).notes[0].startswith(said)
        assert term_summary(books).notes[0].startswith(said)
    written = clean().school._replace(school_year="2025-2026学年")
    assert paper_of(work_plan(material(LedgerSet(written, clean().rows).library()))).school_year == "2025—2026"


@pytest.mark.parametrize(
    ("lent", "pupils", "said"),
    [(7998, 1000, "0.002"), (7500, 1000, "0.50"), (4195, 1000, "3.80"), (799999, 100000, "0.00001")],
)
def test_a_gap_fits_the_figures_beside_it_and_is_never_shown_as_nothing(lent: int, pupils: int, said: str) -> None:
    assert shortfall(Decimal(8), Indicator("生均借书册数", lent, pupils, "册", "", (), OPENING_DAY)) == said
