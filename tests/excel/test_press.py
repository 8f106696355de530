"""A pressed button where no running Excel can be reached: a copy is read, and the macro gets its steps as a file."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from macro_books import NAME, clean, faulty, few_rows, free, short
from openpyxl import load_workbook

from schoollib_xl.actions import papers
from schoollib_xl.actions.checking import judge
from schoollib_xl.checks.report import Finding
from schoollib_xl.excel.answer import coded, escaped
from schoollib_xl.excel.press import press
from schoollib_xl.excel.steps import Formula, is_mistakable, packed
from schoollib_xl.sheets.building.macros import MODULES, source
from schoollib_xl.sheets.desk import DeskField
from schoollib_xl.sheets.own_sheets import DESK
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.wording.checking import check_answer
from schoollib_xl.wording.checking.finding_lines import some_of_every_kind
from schoollib_xl.wording.excel.buttons import BUTTONS, DESK_BUTTONS

# These two are the macros' own.
IN_EXCEL_ALONE = {"NextFinding", "ClearMarks"}


def pressed(button: str, book: Path, *words: str, copy: Path | None = None) -> list[list[str]]:
    """The steps of an answer, each as its words."""
    answer = book.parent / "answer.txt"
    read = ["--copy", str(copy or book)]
    assert press([button, "--book", str(book), "--answer", str(answer), *read, *words]) == 0
    lines = answer.read_bytes().decode("ascii").split("\r\n")
    return [[unescaped(word) for word in line.split("\t")] for line in lines if line]


def unescaped(word: str) -> str:
    return word.encode("ascii").decode("unicode_escape").encode("utf-16", "surrogatepass").decode("utf-16")


def said(steps: list[list[str]]) -> str:
    return "\n".join(words[1] for words in steps if words[0] == "say")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return short(tmp_path_factory.mktemp("book"))


@pytest.mark.parametrize("name", [NAME, "甲=乙.xlsm"], ids=["no Excel runs", "xlwings splits at ="])
def test_a_copy_is_asked_for_where_the_workbook_cannot_be_reached(tmp_path: Path, name: str) -> None:
    book, answer = short(tmp_path, name), tmp_path / "answer.txt"
    words = ["CheckLedgers", "--book", book, "--answer", answer, f"--wb={name}", "--from_xl=1", "--hwnd=1"]
    subprocess.run([sys.executable, "-X", "utf8", "-m", "schoollib_xl.excel", *words], check=True)
    assert answer.read_bytes() == b"copy\r\n"


def test_every_button_has_its_work(book: Path) -> None:
    for button in (*BUTTONS, *DESK_BUTTONS):
        if button.macro not in IN_EXCEL_ALONE:
            asked = ["--asked", "S0005"] if button.macro == "AskReader" else []
            assert pressed(button.macro, book, *asked), button.caption


@pytest.fixture(scope="module")
def faulty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return faulty(tmp_path_factory.mktemp("faulty"))


@pytest.fixture(scope="module")
def findings(faulty_book: Path) -> tuple[Finding, ...]:
    """Those of the faulty school."""
    return judge(load(faulty_book, None)).report.findings


@pytest.fixture(scope="module")
def steps(faulty_book: Path) -> list[list[str]]:
    """What a check of the faulty school answers."""
    return pressed("CheckLedgers", faulty_book)


def test_a_check_answers_with_steps_the_macros_know(steps: list[list[str]]) -> None:
    known = source("Answer")
    assert {words[0] for words in steps} >= {"unmark", "sheet", "row", "name", "mark", "width", "look", "say"}
    for words in steps:
        assert f'Case "{words[0]}"' in known, words[0]


def test_the_names_of_ranges_are_those_the_macros_look_for(steps: list[list[str]]) -> None:
    named = {words[1] for words in steps if words[0] == "name"}
    macros = "".join(map(source, MODULES))
    assert all(f'"{name}"' in macros for name in named)
    assert len(named) == 2


def test_the_named_ranges_are_where_the_macros_count_on_them(steps: list[list[str]]) -> None:
    places = {words[1]: words[3] for words in steps if words[0] == "name"}
    page = next(words[2] for words in steps if words[0] == "page")
    first, last = places["schoollib_findings"].split(":")
    assert page.split(":")[1].lstrip("ABCDEFG") == last.lstrip("HI")
    assert int(first.lstrip("HI")) == int(places["schoollib_position"].lstrip("HI")) + 1


def test_a_cell_with_several_findings_is_marked_once_with_all_of_them(steps: list[list[str]]) -> None:
    marks = [tuple(words[1:3]) for words in steps if words[0] == "mark"]
    assert len(marks) == len(set(marks))


def test_of_many_findings_some_of_every_kind_are_listed(findings: tuple[Finding, ...]) -> None:
    codes = {finding.check.code for finding in findings}
    chosen = some_of_every_kind((findings[0],) * 1_000 + findings, 3 * len(codes))
    assert {finding.check.code for finding in chosen} == codes
    assert len(chosen) <= 3 * len(codes)
    assert some_of_every_kind(findings, len(findings)) == list(findings)


def test_what_is_not_listed_is_counted(
    faulty_book: Path, findings: tuple[Finding, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_answer, "FINDINGS_IN_EXCEL", len(findings) - 3)
    words = [word for step in pressed("CheckLedgers", faulty_book) if step[0] == "row" for word in step[3:]]
    left_out = next(word for word in words if "没有列出的还有" in word)
    assert sum(map(int, re.findall(r" (\d+) 处", left_out.partition("还有")[2]))) == 3


def test_a_file_of_hers_is_kept_and_the_other_name_is_said(tmp_path: Path) -> None:
    book = short(tmp_path)
    hers = tmp_path / "借阅定额.xlsx"
    hers.write_text("她的")
    sentence = said(pressed("Quotas", book))
    assert hers.read_text() == "她的"
    assert "借阅定额(2).xlsx" in sentence
    assert sentence.index("没有动它") < sentence.index("定额和名单在")


def test_a_module_of_the_workbooks_folder_is_never_run(tmp_path: Path) -> None:
    book = short(tmp_path)
    for name in ("argparse.py", "random.py", "copy.py"):
        (tmp_path / name).write_text("raise SystemExit('planted')")
    flags = re.search(r"Interpreter\(\), (.*?), button", source("Launcher"))
    assert flags is not None
    answer = tmp_path / "answer.txt"
    words = [*re.findall(r'"([^"]*)"', flags[1]), "About", "--book", book, "--answer", answer, "--asked="]
    done = subprocess.run(
        [sys.executable, *words, "--copy", book], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, check=False
    )
    assert done.returncode == 0
    assert answer.read_bytes().startswith(b"say\t")


def test_the_folder_of_a_press_is_shut_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "schoollib_0123"
    folder.mkdir(mode=0o755)
    book = short(tmp_path)
    press(["About", "--book", str(book), "--answer", str(folder / "answer.txt"), "--copy", str(book)])
    assert folder.stat().st_mode & 0o077 == 0


def test_a_workbook_without_a_desk_says_so(tmp_path: Path) -> None:

    from schoollib_xl.sheets.building.workbook import write_workbook

    plain = tmp_path / "无台.xlsx"
    write_workbook(few_rows(), plain)
    assert "借还台" in said(pressed("DeskAsk", plain))


def test_an_entry_without_its_ledger_is_refused_as_a_whole(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(short(tmp_path), keep_vba=True)
    del book["赔偿登记账"]
    loan = _last_loan_still_out(book["借阅登记账"])
    wanted = {DeskField.COPY: loan["个别登记号"], DeskField.ACT: "遗失", DeskField.DAY: loan["借出日期"]}
    desk = book[DESK]
    for cell in desk["B"]:
        if cell.value in wanted:
            desk.cell(cell.row, 3).value = wanted[DeskField(cell.value)]
    path = tmp_path / "少一本.xlsm"
    book.save(path)
    steps = pressed("DeskConfirm", path, "--day", "2026-07-31")
    assert "没有“赔偿登记账”" in said(steps)
    assert [words[0] for words in steps] == ["say"]


def _last_loan_still_out(ledger: Any) -> dict[str, Any]:
    """The last personal loan of 借阅登记账, made one of a copy that has not come back; by header what it says."""
    headers = [cell.value for cell in ledger[1]]
    rows = [row for row in ledger.iter_rows(min_row=2) if row[headers.index("借阅方式")].value == "个人"]
    loan = rows[-1]
    reader, copy = free(of_few_rows=True)
    for header, value in (("读者证号", reader), ("个别登记号", copy), ("归还日期", None), ("归还情况", None)):
        loan[headers.index(header)].value = value
    return dict(zip(headers, (cell.value for cell in loan), strict=True))


def test_a_copy_that_cannot_be_read_is_named_in_a_sentence(tmp_path: Path) -> None:
    incomplete = tmp_path / "坏了.xlsm"
    incomplete.write_bytes(short(tmp_path).read_bytes()[:2000])
    sentence = said(pressed("CheckLedgers", tmp_path / "她的.xlsm", copy=incomplete))
    assert sentence.endswith("。")
    assert "她的.xlsm" in sentence
    assert "坏了" not in sentence


def test_an_unexpected_error_is_kept_in_a_file_and_said_in_a_sentence(tmp_path: Path) -> None:
    # No file name can hold this, and no code foresees it.
    steps = pressed("CheckLedgers", short(tmp_path), copy=Path("\0"))
    sentence = said(steps)
    assert "程序出了意外" in sentence
    log = Path(sentence.rpartition("：")[2])
    assert "Traceback" in log.read_text("utf-8")
    log.unlink()


def test_files_go_beside_her_workbook_and_not_beside_the_copy(tmp_path: Path) -> None:
    copy = short(tmp_path / "临时", "schoollib_1.xlsm")
    book = tmp_path / "学校" / NAME
    book.parent.mkdir()
    pressed("Quotas", book, copy=copy)
    assert (book.parent / "借阅定额.xlsx").exists()
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_in_a_message_box_what_was_not_written_stands_before_what_may_be_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid = [f"已写成“未达标名单_{grade}（{number}）班_v1.docx”。" for grade in "一二三四五六" for number in range(1, 9)]
    told = (
        *laid,
        "改过的文字从“迎检封面_v1.docx”并进来。",
        *(f"按新数据重做：第 {number} 段。" for number in range(200)),
    )
    refused = "磁盘满了，“注销清册.docx”没有写成，腾出空间以后再试。"
    monkeypatch.setattr(papers, "write_papers", lambda *_: papers.WrittenPapers((), told, (refused,)))
    sentence = said(pressed("WriteNotices", short(tmp_path)))
    whole = "要说的这里放不下，全部写在“通知单的提醒.xlsx”里。"
    assert sentence.startswith(f"{whole}\n{refused}\n已写成“未达标名单_一（1）班_v1.docx”等 48 份。\n改过的文字从")
    assert (len(sentence), sentence[-2:]) == (1_002, "……")
    (filed,) = (tmp_path / "通知单").iterdir()
    assert {refused, *told} <= {row[1].value for row in load_workbook(filed)["提醒"].iter_rows()}


def test_a_button_of_a_computer_whose_clock_has_stopped_speaks_of_no_option(tmp_path: Path) -> None:
    for button in ("AskReader", "DeskAsk", "DeskConfirm"):
        sentence = said(pressed(button, short(tmp_path), "--asked", "S0005", "--day", "2002-01-01"))
        assert sentence.endswith("电脑的日期不对，就先改对。")
        assert "--" not in sentence


def test_the_workbook_is_not_touched(tmp_path: Path) -> None:
    book = clean(tmp_path)
    before = book.read_bytes()
    pressed("CheckLedgers", book)
    pressed("DeskConfirm", book)
    assert book.read_bytes() == before


@pytest.mark.parametrize("text", ["书", "a\tb\nc", "\\u4e66", "😀", '"引号"'])
def test_escaped_text_is_ascii_on_one_line_and_means_the_same(text: str) -> None:
    line = escaped(text)
    assert line.isascii()
    assert not set(line) & {"\t", "\n"}
    assert unescaped(line) == text


def test_text_that_would_become_something_else_is_marked_so() -> None:
    assert coded("=1+1").startswith("k")
    assert coded("000123").startswith("k")
    assert coded("2026-1-1").startswith("k")
    assert coded("三（1）班").startswith("t")
    assert coded(Formula("=A1")) == "f=A1"
    assert (coded(None), coded(3), coded(1.5)) == ("-", "n3", "n1.5")
    assert not is_mistakable("城南旧事")


def test_a_colour_is_counted_as_excel_does() -> None:
    assert packed((1, 2, 3)) == 1 + 2 * 256 + 3 * 65536
    assert packed((250, 219, 216)) == 250 + 256 * 219 + 65536 * 216


def test_a_workbook_with_macros_is_a_workbook_of_macros(book: Path) -> None:
    with ZipFile(book) as package:
        assert "xl/vbaProject.bin" in package.namelist()


def test_a_paper_bears_the_day_she_typed_and_what_is_no_day_is_said(tmp_path: Path) -> None:
    book = short(tmp_path)
    assert "不是日期" in said(pressed("WriteSummary", book, "--asked", "开学那天"))
    assert not list(tmp_path.glob("*总结*"))
    pressed("WriteSummary", book, "--asked", "2026年6月3日")
    from docx import Document

    (paper,) = tmp_path.glob("*总结*.docx")
    assert "2026年6月3日" in "\n".join(paragraph.text for paragraph in Document(str(paper)).paragraphs)


@pytest.mark.parametrize(
    ("loaded", "slow"),
    [("schoollib_xl.excel.press, schoollib_xl.serve.addin", "xlwings"), ("schoollib_xl.excel.desk", "pydantic")],
)
def test_a_press_loads_nothing_slow_that_it_has_no_use_for(loaded: str, slow: str) -> None:
    """A copy needs nothing that reaches Excel, a scan nothing that reads the journal of the page."""
    asked = f"import sys, {loaded}; print({slow!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "False\n"
