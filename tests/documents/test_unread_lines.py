"""Lines of which the papers and the answers beside them can only say that nobody can read them."""

from datetime import date

import pytest
from school import material, paper_of, sample

from make import findings, library, row, sentences, with_incomplete, without_column
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.documents.composing.stocktake_report import stocktake_report
from schoollib_xl.documents.composing.summary import term_summary
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.wording.progress import progress_answer
from schoollib_xl.wording.zh import say

DAY = date(2026, 1, 20)
CLOSED = row(StocktakeScopeRow, scope="全部", starts_on=DAY, ends_on=DAY)


def counted() -> Library:
    copies = [row(AccessionRow, number + 1, accession_no=f"{number:06}") for number in range(1, 11)]
    scans = [row(StocktakeRow, line, accession_no=f"{line:06}", counted_on=DAY) for line in range(1, 10)]
    return library(*copies, *scans, CLOSED, as_of=date(2026, 1, 23))


@pytest.mark.parametrize(
    ("books", "is_away"),
    [
        (with_incomplete(counted(), RepairRow, sent_on=date(2026, 1, 5)), True),
        (with_incomplete(counted(), RepairRow, sent_on=date(2026, 1, 5), reshelved_on=date(2026, 1, 9)), False),
        (with_incomplete(counted(), LoanRow, lent_on=date(2026, 1, 5)), True),
        (with_incomplete(counted(), LoanRow, lent_on=date(2026, 1, 21)), False),
        (with_incomplete(counted(), LoanRow, lent_on=date(2026, 1, 5), outcome=LoanOutcome.RETURNED), False),
    ],
)
def test_a_copy_that_a_line_without_a_number_may_have_taken_away_is_not_called_missing(
    books: Library, is_away: bool
) -> None:
    report = stocktake_report(material(books))
    assert report is not None
    paper = paper_of(report)
    assert [one.accession_no for one in paper.missing] == ([] if is_away else ["000010"])
    assert any("有 1 行没有写登记号" in line.text.replace("有1行", "有 1 行") for line in paper.body) is is_away


def test_jobs_whose_month_nobody_can_read_are_told_by_progress_plan_and_summary() -> None:
    books = with_incomplete(sample().library, JobRow, task="整理书架")
    said = map(str, progress_answer(books, promises(books, statement(books))).sentences)
    assert "“工作安排”有 1 行读不全，没有算。" in said
    for paper in (work_plan(material(books)), term_summary(material(books))):
        assert any(note.startswith("工作安排有1行读不全（第一处 工作安排!") for note in paper.notes)
    nothing = with_incomplete(library(), JobRow, task="整理书架")
    answer = progress_answer(nothing, promises(nothing, statement(nothing)))
    assert list(map(str, answer.sentences)) == ["“工作安排”有 1 行读不全，没有算。"]


def test_texts_that_lack_the_same_are_one_reminder() -> None:
    books = sample().library
    for _ in range(2):
        books = with_incomplete(books, ParagraphRow, section="主要工作", text="多读书。")
    told = [note for note in term_summary(material(books)).notes if "空着或者读不出" in note]
    assert len(told) == 1
    assert told[0].endswith("空着或者读不出，这 2 行没有放进文件。")


def test_no_scope_is_unknown_where_no_copy_says_its_place() -> None:
    copy = row(AccessionRow, accession_no="000001", location=None)
    assert findings("STK307", copy, CLOSED._replace(scope="书库")) == []
    assert findings("STK307", copy._replace(location="阅览室"), CLOSED._replace(scope="书库")) == ["STK307 盘点范围!A2"]


def test_without_a_column_of_modes_it_is_said_that_every_loan_counts_as_a_pupils_own() -> None:
    books = without_column(sample().library, LoanRow, "mode")
    assert any("没有“借阅方式”这一栏，每一笔都当作个人借书算" in note for note in term_summary(material(books)).notes)


def test_a_whole_page_in_a_cell_is_quoted_by_how_it_begins() -> None:
    assert say("字" * 32_000) == f"{'字' * 200}…（共 32000 字）"
    assert say("字" * 200) == "字" * 200
    copy = row(AccessionRow, accession_no="000001", title="字" * 32_000)
    assert len("".join(sentences("CIR311", copy, row(LoanRow, accession_no="000001", title="小河")))) < 300
