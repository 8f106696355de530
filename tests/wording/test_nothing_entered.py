"""Books in which nothing, or not everything, is entered agree about nothing: that is said."""

from datetime import date

import pytest

from make import EXAMPLE_SCHOOL, library, row
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Finding, run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.checking.check_answer import check_answer
from schoollib_xl.wording.checking.summary import verdict


def _said(books: Library) -> str:
    return "\n".join(answer_text(check_answer("账.xlsx", books, run(books, ALL.values()), None), "账.xlsx"))


def test_an_empty_workbook_is_not_said_to_agree() -> None:
    said = _said(library())
    assert "七本账里还没有记一行，没有什么可对的" in said
    assert "都对得上" not in said
    assert "没有问题" not in said
    assert "　借阅登记账：还没有记" in said


@pytest.mark.parametrize("ledger", [LoanRow, ClassificationRow])
def test_a_ledger_without_a_line_is_named(ledger: type[LoanRow] | type[ClassificationRow]) -> None:
    ledger_set = clean_school()
    ledger_set.rows[ledger] = []
    said = _said(ledger_set.library())
    assert "七本账都对得上" not in said
    assert "账还没有记。" in said
    assert "账：还没有记" in said


@pytest.mark.parametrize("record", [VisitRow, ActivityRow])
def test_a_record_of_the_year_without_a_line_is_named(record: type[VisitRow] | type[ActivityRow]) -> None:
    ledger_set = clean_school()
    ledger_set.rows[record] = []
    said = _said(ledger_set.library())
    assert "七本账都对得上" not in said
    assert f"{SHEETS[record].name}还没有记。" in said


def test_a_clean_school_still_agrees_and_what_is_only_hinted_at_is_counted() -> None:
    books = clean_school().library()
    report = run(books, ALL.values())
    assert verdict(books, report).endswith("行辅助表。")
    hint = Finding(ALL["CIR901"], Severity.HINT, Cell(LoanRow, 2, "due_on"), "", (), {}, explained=False)
    assert verdict(books, report._replace(findings=(hint,))).endswith("行辅助表；提示 1 处（不算错）。")


def test_the_term_that_nobody_counted_is_said_and_is_no_fault() -> None:
    ledger_set = clean_school()
    ledger_set.rows[ClassificationRow] = ledger_set.rows[ClassificationRow][:22]
    books = ledger_set.library()
    report = run(books, ALL.values())
    assert [one.check.code for one in report.findings] == ["CLS005"]
    assert not report.failed
    said = _said(books)
    assert said.splitlines()[0].startswith("《账.xlsx》已经记的都对得上")
    assert "本学期的分类统计没有做。" in said


def test_a_term_that_still_runs_need_not_be_counted() -> None:
    ledger_set = clean_school()
    ledger_set.rows[ClassificationRow] = ledger_set.rows[ClassificationRow][:22]
    assert "没有做" not in _said(ledger_set.library(date(2026, 6, 30)))


def test_the_books_begin_with_their_earliest_entry() -> None:
    assert library(row(LoanRow), row(AccessionRow)).begins_on == date(2025, 9, 1)
    assert library(school=EXAMPLE_SCHOOL).begins_on is None
