"""Leftovers of model texts, other years and figures that the workbook does not hold are told with their place."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from school import clean, grounds, sample

from make import EXAMPLE_SCHOOL, library, row
from schoollib_xl.documents.composing.plan_lint import paper_notes, plan_notes
from schoollib_xl.documents.composing.text_lint import schedule_lint, text_lint
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.promises import TargetRow

AUTUMN = EXAMPLE_SCHOOL._replace(school_year="2025-2026", term_name=None)


def told(text: str, *rows: Any) -> list[str]:
    return list(text_lint(grounds(library(*rows, school=AUTUMN, as_of=date(2025, 9, 3))), [("第1段", text)]))


@pytest.mark.parametrize("leftover", ["20xx年", "20XX年", "XX小学", "××镇", "某小学", "____"])
def test_a_leftover_of_a_model_text_is_told(leftover: str) -> None:
    assert any("还留着" in note for note in told(f"{leftover}的工作。"))


def test_another_year_is_told_and_the_year_of_a_regulation_is_not() -> None:
    assert told("2019年的工作。") == ["第1段 写的是“2019年”，这份计划是2025—2026学年度的。"]
    assert told("按教育部 2018 年规程开放，2025年9月起。") == []


def test_what_belongs_to_the_other_term_is_told() -> None:
    assert told("整理寒假期间的报刊。") == ["第1段 写着“寒假期间”，和第一学期对不上。"]


def test_another_figure_than_the_target_is_told() -> None:
    target = row(TargetRow, value=Decimal(2))
    assert told("每生本学期借书十册左右。", target) == ["第1段 写的是每生本学期借书十册，任务指标是全校2册。"]
    assert told("人均借书2册以上。", target) == []


def test_a_promise_the_months_do_not_hold_is_told() -> None:
    target = row(TargetRow, name="图书室检查次数", value=Decimal(5), unit="次")
    jobs = [row(JobRow, line, month=9 + line % 3, task="图书室月检查", planned_times=1) for line in range(2, 6)]
    books = grounds(library(target, *jobs, school=AUTUMN, as_of=date(2025, 9, 3)))
    assert list(schedule_lint(books)) == ["任务指标“图书室检查次数”5次，工作安排里只排了4次。"]


def test_the_sample_plan_is_told_only_what_it_promises_too_often() -> None:
    notes = [note for note in plan_notes(sample(date(2026, 2, 26))) if "还留着" in note or "写的是" in note]
    assert notes == []


def test_a_finished_paper_is_judged_paragraph_by_paragraph() -> None:
    books = grounds(clean().library(date(2026, 2, 26)))
    assert "第2段 还留着“20xx年”，改成本校的。" in paper_notes(books, ["计划", "20xx年的工作。"])
