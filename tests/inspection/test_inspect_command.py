"""`inspect` from the command line: the contract's JSON, its files, its refusals."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from make import row
from schoollib_xl.actions.kept import with_kept
from schoollib_xl.actions.sampling import SampleBook, record, recorded
from schoollib_xl.cli.program import main
from schoollib_xl.inspection.journal import About, Way
from schoollib_xl.inspection.sample import draw
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL, LedgerSet
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow
from schoollib_xl.ledgers.supporting.vocabulary import ReviewOutcome
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import load


def item(line: int, **changes: Any) -> EvaluationRow:
    plain = {"item": f"1.{line}", "figure": None, "standard": None, "method": None, "full": Decimal(10)}
    return row(EvaluationRow, line=line, **(plain | changes))


ITEMS = (
    item(2, figure="账册种数", standard="7"),
    item(3, content="上好阅览课"),
    item(4, figure="生均藏书数", standard="25"),
    item(5, own_mark=Decimal(12)),
    item(6, figure="报刊种数", standard="50", veto="是"),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    copies = [row(AccessionRow, line=number + 1, accession_no=f"{number:06}") for number in range(1, 31)]
    review = row(ReviewRow, scope="000007", outcome=ReviewOutcome.REMOVE, reason="内容陈旧")
    path = tmp_path_factory.mktemp("written") / "账.xlsx"
    write_workbook(LedgerSet.of(*copies, row(SummaryRow), row(PeriodicalRow), *ITEMS, review), path)
    return path.read_bytes()


@pytest.fixture
def books(written: bytes, tmp_path: Path) -> Path:
    (tmp_path / "账.xlsx").write_bytes(written)
    return tmp_path / "账.xlsx"


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["inspect", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_json_is_the_contracts_and_writes_nothing(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = asked(capsys, str(books), "--sample", "10", "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert list(found) == ["score", "sample"]
    assert list(found["score"]) == ["total", "full", "open", "vetoed", "items"]
    assert list(found["score"]["items"][0]) == ["item", "full", "mark", "figure", "value", "standard", "cells"]
    assert [one["mark"] for one in found["score"]["items"]] == ["4.3", None, None, "10", "0.2"]
    assert (found["score"]["total"], found["score"]["full"], found["score"]["open"]) == ("14.5", "50", 2)
    assert found["score"]["vetoed"] == ["1.6"]
    sample = found["sample"]
    assert list(sample) == ["population", "copies", "chance", "needed"]
    assert (sample["population"], len(sample["copies"]), len(set(sample["copies"]))) == (30, 10, 10)
    assert [one["faults"] for one in sample["chance"]] == [1, 5, 10, 20, 60, 300]
    assert sample["chance"][0]["seen"] == "0.3333"
    assert sample["needed"][0] == {"rate": "0.01", "confidence": "0.95", "copies": 29}
    assert "可能是“生均藏书册数”" in err
    assert "自评分 12 高过满分 10" in err
    assert list(books.parent.iterdir()) == [books]


def test_everything_is_written_beside_the_workbook(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, str(books), "--sample", "10")[0] == 1
    names = {path.name for path in books.parent.iterdir()}
    assert {"自评表.xlsx", "佐证材料目录.xlsx", "抽查表.xlsx"} < names
    (report,) = books.parent.glob("自查自评报告_v1_*.docx")
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(report)).paragraphs)
    assert EXAMPLE_SCHOOL.name in text
    assert "满分50分，自评得14.5分，另有2条（20分）待评。" in text
    assert "一票否决" in text
    (reviews,) = books.parent.glob("图书审查清理报告_v1_*.docx")
    cells = [cell.text for table in docx.Document(str(reviews)).tables for line in table.rows for cell in line.cells]
    assert "000007" in cells
    assert "在册" in cells


def test_a_filled_sheet_is_judged_and_that_of_another_sample_is_not(
    books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys, str(books), "--sample", "10", "--seed", "5")
    path = books.parent / "抽查表.xlsx"
    book = load_workbook(path)
    for line in book["抽查表"].iter_rows():
        if isinstance(line[0].value, int) and len(str(line[1].value)) == 6:
            line[5].value = "√"
    filled = books.parent / "填好.xlsx"
    book.save(filled)
    _, out, _ = asked(capsys, str(books), "--answers", str(filled), "--format", "json")
    assert json.loads(out)["answers"]["most_missing"] == 6
    code, _, err = asked(capsys, str(books), "--answers", str(filled), "--seed", "6", "--format", "json")
    assert code == 1
    assert "不是这一次抽的" in err


def test_more_than_the_stock_is_all_of_it_and_said(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = asked(capsys, str(books), "--sample", "500", "--format", "json")
    assert code == asked(capsys, str(books), "--sample", "10", "--format", "json")[0]
    assert len(json.loads(out)["sample"]["copies"]) == 30
    assert "应在架的只有 30 册" in err


@pytest.mark.parametrize(
    "words", [("--sample", "0"), ("--seed", "9" * 5000), ("--form", "市级"), ("--answers", "没有.xlsx")]
)
def test_what_cannot_be_done_is_one_sentence(
    books: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str]
) -> None:
    code, out, err = asked(capsys, str(books), *words)
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("size", ["0", "-3", "3.5", "二十", "9" * 5000])
def test_how_many_is_said_where_it_is_no_number(books: Path, capsys: pytest.CaptureFixture[str], size: str) -> None:
    assert asked(capsys, str(books), f"--sample={size}") == (
        2,
        "",
        f"“{size}”不是册数，--sample 后面写 1 以上的整数，如 20。\n",
    )


def test_the_same_question_gives_the_same_bytes(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("一", "二"):
        asked(capsys, str(books), "--into", str(books.parent / name))
    one, two = (
        {path.name: path.read_bytes() for path in (books.parent / name).iterdir() if path.suffix != ".json"}
        for name in ("一", "二")
    )
    assert one == two


def ticked(books: Path, name: str = "填好.xlsx", leave_open: int = 0) -> Path:
    """抽查表.xlsx with a tick beside every copy but the last ones."""
    book = load_workbook(books.parent / "抽查表.xlsx")
    lines = [line for line in book["抽查表"].iter_rows() if isinstance(line[0].value, int)]
    copies = [line for line in lines if len(str(line[1].value)) == 6]
    for line in copies[: len(copies) - leave_open]:
        line[5].value = "√"
    book.save(books.parent / name)
    return books.parent / name


def with_a_loan(books: Path, accession_no: str) -> None:
    """The same workbook after one more copy was lent on the day it is judged on."""
    copies = [row(AccessionRow, line=number + 1, accession_no=f"{number:06}") for number in range(1, 31)]
    lent = row(LoanRow, accession_no=accession_no, lent_on=date(2026, 1, 21), due_on=date(2026, 2, 4))
    books.unlink()
    write_workbook(LedgerSet.of(*copies, row(SummaryRow), *ITEMS, lent), books)


def test_a_sheet_still_counts_when_the_books_have_changed_since_it_was_printed(
    books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys, str(books), "--sample", "10")
    path = ticked(books)
    with_a_loan(books, "000003")
    _, out, err = asked(capsys, str(books), "--answers", str(path), "--format", "json")
    found = json.loads(out)
    assert (found["answers"]["answered"], found["sample"]["population"]) == (10, 30)
    assert "不是这一次抽的" not in err
    (books.parent / "抽查记录.json").unlink()
    _, _, err = asked(capsys, str(books), "--answers", str(path), "--format", "json")
    assert "不是这一次抽的" in err


def test_a_sheet_that_is_half_filled_is_named_and_the_rest_counted(
    books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys, str(books), "--sample", "10")
    code, out, _ = asked(capsys, str(books), "--answers", str(ticked(books, leave_open=4)))
    assert code == 1
    assert "填了 6 册" in out
    assert "还有 4 册没有填" in out


def test_a_filled_sheet_stays_and_no_other_is_written_beside_it(
    books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys, str(books), "--sample", "10")
    path = ticked(books, "抽查表.xlsx")
    before = path.read_bytes()
    asked(capsys, str(books), "--answers", str(path))
    assert path.read_bytes() == before
    assert not list(books.parent.glob("抽查表(*"))


def test_check_asks_for_a_sample_until_it_is_read_back(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def codes(day: str) -> set[str]:
        main(["check", str(books), "--as-of", day, "--format", "json"])
        return {one["code"] for one in json.loads(capsys.readouterr().out)["findings"]}

    asked(capsys, str(books), "--sample", "10")
    assert "EVA401" in codes("2026-02-10")
    assert "EVA401" not in codes("2026-01-25")
    asked(capsys, str(books), "--answers", str(ticked(books)))
    assert "EVA401" not in codes("2026-02-10")


def test_the_journal_of_the_page_is_read_back(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = load(books, None).library
    page = SampleBook(books)
    page.keep(draw(library, 10, 3))
    first, second, *_ = page.last().drawn.copies
    page.scan(library, [first], Way.TO_SHELF)
    page.mark(About.COPY, second, "×")
    code, out, _ = asked(capsys, str(books), "--answers", str(page.path), "--format", "json")
    found = json.loads(out)["answers"]
    assert (code, found["answered"], found["missing"], len(found["blank"])) == (1, 2, [second], 8)
    (kept,) = with_kept(load(books, None), books).library.kept.samples
    assert (kept.copies, len(kept.unanswered)) == (10, 8)


@pytest.mark.parametrize("content", ["", '{"kind": "借还流水"}\n', '{"kind": "抽查流水"}\n', "我的笔记\n"])
def test_a_journal_without_a_sample_is_refused_in_a_sentence(
    content: str, books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = books.parent / "流水.jsonl"
    path.write_text(content, encoding="utf-8")
    code, _, err = asked(capsys, str(books), "--answers", str(path))
    assert (code, err.count("\n")) == (2, 1)
    assert "流水.jsonl" in err


def test_a_workbook_with_nothing_in_it_gets_what_can_be_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_workbook(LedgerSet(EXAMPLE_SCHOOL._replace(name=None)), tmp_path / "空.xlsx")
    code, out, err = asked(capsys, str(tmp_path / "空.xlsx"))
    assert (code, err) == (2, "基本信息里没有学校名称，文件没有抬头和落款，填上以后再试。\n")
    assert "个别登记账里还没有能读的登记号，没有可抽的。" in out
    assert {path.name for path in tmp_path.glob("*.xlsx")} > {"自评表.xlsx", "佐证材料目录.xlsx", "抽查表.xlsx"}


def test_of_samples_drawn_at_the_same_time_none_is_forgotten(books: Path, tmp_path: Path) -> None:
    """Two buttons of the page are two programs."""
    library, into = load(books, None, None).library, tmp_path / "抽查"
    samples = [draw(library, 2, seed) for seed in range(1, 9)]
    with ThreadPoolExecutor(8) as programs:
        [*programs.map(lambda sample: record(into, library, sample, None), samples)]
    assert sorted(one.drawn.seed for one in recorded(into, library)) == [*range(1, 9)]
