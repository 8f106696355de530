"""`plan`, `summary` and `notices` as a user runs them: files, bytes, her edits kept, bad input in sentences."""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from running import in_its_own_process, schoollib
from schoollib_xl.documents import pdf
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.sheets.building.workbook import write_workbook
from small_sample import small_sample, tiny_sample
from surgery import set_cell

PLAN = "图书室工作计划_2025-2026第二学期"
SUMMARY = "图书室工作总结_2025-2026第二学期"
TEMPLATES = Path(__file__).parents[1] / "templates"


@pytest.fixture(scope="module")
def ledger_set() -> LedgerSet:
    return tiny_sample()


@pytest.fixture(scope="module")
def workbook(ledger_set: LedgerSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("学校") / "图书室 七本账.xlsx"
    write_workbook(ledger_set, path)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def body(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


@pytest.mark.parametrize(("command", "paper"), [("plan", PLAN), ("summary", SUMMARY)])
def test_a_paper_is_one_word_file_with_its_provenance_and_record_beside_it(
    command: str, paper: str, workbook: Path, tmp_path: Path
) -> None:
    done = schoollib(command, workbook, "--into", tmp_path / "新 文件夹")
    assert (done.returncode, done.stderr) == (0, "")
    stem = f"{paper}_v1_20260703"
    assert names(tmp_path / "新 文件夹") == sorted([f"{stem}.docx", f"{stem}_数据来源.xlsx", "图书室文书记录.json"])
    assert f"已写成“{stem}.docx”。" in done.stdout


def test_a_template_under_another_name_is_said(workbook: Path, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    shutil.copy(workbook, tmp_path / "账.xlsx")
    for name in ("工作计划模板.docx", "工作总结.doc", "工作计划_简版.docx", "~$工作总结.docx"):
        shutil.copy(TEMPLATES / "工作计划_简版.docx", own / name)
    said = schoollib("plan", tmp_path / "账.xlsx", "--into", tmp_path / "出").stdout
    assert said.count("没有用上") == 2
    assert "“工作计划模板.docx”没有用上：没有叫这个名字的模板；要用它，改名叫“工作计划.docx”" in said
    assert "改名叫“工作总结.docx”" in said


def test_the_plan_says_on_stdout_what_to_look_at_again(workbook: Path, tmp_path: Path) -> None:
    done = schoollib("plan", workbook, "--into", tmp_path, "--as-of", "2026-02-23")
    assert "提醒：" in done.stdout
    assert "任务指标!C9 “工具书种数”60低于标准的120" in done.stdout
    assert "低于标准" not in "".join(body(next(tmp_path.glob("*.docx"))))


@pytest.mark.parametrize("command", ["plan", "summary", "notices"])
def test_two_runs_into_fresh_folders_give_the_same_bytes(command: str, workbook: Path, tmp_path: Path) -> None:
    """Also from another process, where sets have another order."""
    folders = [tmp_path / "甲", tmp_path / "乙"]
    for run, folder in zip((schoollib, in_its_own_process), folders, strict=True):
        assert run(command, workbook, "--into", folder).returncode == 0
    first, second = ({name: (folder / name).read_bytes() for name in names(folder)} for folder in folders)
    assert first == second


def test_a_second_run_without_changes_writes_nothing_new(workbook: Path, tmp_path: Path) -> None:
    schoollib("summary", workbook, "--into", tmp_path)
    before = names(tmp_path)
    done = schoollib("summary", workbook, "--into", tmp_path)
    assert (done.returncode, names(tmp_path)) == (0, before)
    assert "数据没有变化" in done.stdout


def test_json_tells_every_figure_and_writes_no_file_unless_told_where(workbook: Path, tmp_path: Path) -> None:
    done = schoollib("summary", workbook, "--format", "json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["files"]) == (0, [])
    assert names(workbook.parent) == [workbook.name]
    assert list(answer) == ["as_of", "papers", "files", "figures", "notes"]
    loans = next(one for one in answer["figures"] if one["name"] == "借出册次")
    quota = json.loads(schoollib("quota", workbook, "--format", "json").stdout)
    assert loans["figure"] == str(quota["school"]["loans"])
    assert loans["places"][0]["sheet"] == "借阅登记账"
    written = json.loads(schoollib("summary", workbook, "--format", "json", "--into", tmp_path).stdout)
    assert written["files"] == [f"{SUMMARY}_v1_20260703.docx", f"{SUMMARY}_v1_20260703_数据来源.xlsx"]


def test_notices_lie_in_a_folder_of_their_own_one_file_each(tmp_path: Path) -> None:
    """In a school large enough that on some day a book is overdue and a compensation is due."""
    workbook = tmp_path / "七本账.xlsx"
    write_workbook(small_sample(), workbook)
    done = schoollib("notices", workbook, "--into", tmp_path, "--as-of", "2025-10-16")
    assert done.returncode == 0
    papers = [name.removeprefix("通知单/").partition("_v1")[0] for name in names(tmp_path) if name.endswith(".docx")]
    assert {"催还单_四（1）班", "赔偿通知_P2025-001", "迎检封面"} <= set(papers)
    assert not any(paper.startswith("清点报告") for paper in papers)
    assert f"文件在：{tmp_path / '通知单'}" in done.stdout.splitlines()


def test_the_provenance_links_each_figure_to_its_cells(workbook: Path, tmp_path: Path) -> None:
    schoollib("summary", workbook, "--into", tmp_path)
    (path,) = tmp_path.glob("*_数据来源.xlsx")
    sheet = openpyxl.load_workbook(path)["数据来源"]
    header, *rows = sheet.iter_rows()
    assert [cell.value for cell in header][:8] == [
        *("数字", "名称", "在文件里", "怎么算的", "筛选", "行数", "截止日期", "来源"),
    ]
    loans = next(line for line in rows if line[1].value == "借出册次")
    assert re.fullmatch(r"正文第\d+段（“借阅和藏书”下）", loans[2].value)
    assert loans[5].value == 229
    assert loans[6].value.date().isoformat() == "2026-07-03"
    place = loans[7]
    assert re.fullmatch(r"借阅登记账!([A-Z]+)2:\1\d+(、([A-Z]+)2:\3\d+)*", place.value)
    assert place.hyperlink.location.startswith("'借阅登记账'!") or place.hyperlink.location.startswith("借阅登记账!")
    assert workbook.name.replace(" ", "%20") in place.hyperlink.target
    assert all(line[3].value for line in rows)


def copied(workbook: Path, tmp_path: Path) -> Path:
    mine = tmp_path / "账" / workbook.name
    mine.parent.mkdir()
    shutil.copy(workbook, mine)
    return mine


def test_her_edits_stay_and_changed_figures_come_in(workbook: Path, tmp_path: Path) -> None:
    mine, out = copied(workbook, tmp_path), tmp_path / "文件"
    assert schoollib("plan", mine, "--into", out).returncode == 0
    first = out / f"{PLAN}_v1_20260703.docx"
    paper = docx.Document(str(first))
    guideline = next(paragraph for paragraph in paper.paragraphs if paragraph.text.startswith("以立德树人为根本"))
    guideline.runs[0].text = "以学生为本，把图书室办好。"
    for run in guideline.runs[1:]:
        run.text = ""
    paper.save(str(first))
    hers = first.read_bytes()
    set_cell(mine, "班级", "D2", 35)
    done = schoollib("plan", mine, "--into", out)
    assert done.returncode == 0
    second = body(out / f"{PLAN}_v2_20260703.docx")
    assert "以学生为本，把图书室办好。" in second
    assert any("68名学生" in line for line in second)
    assert first.read_bytes() == hers
    assert "已写成" in done.stdout


def test_a_template_beside_the_workbook_wins(workbook: Path, tmp_path: Path) -> None:
    mine = copied(workbook, tmp_path)
    template = docx.Document(str(TEMPLATES / "工作计划.docx"))
    template.paragraphs[-1].add_run("（盖章）")
    template.save(str(mine.parent / "工作计划.docx"))
    assert schoollib("plan", mine, "--into", tmp_path / "文件").returncode == 0
    assert body(next((tmp_path / "文件").glob("*.docx")))[-1].endswith("（盖章）")


def test_a_broken_template_is_told_fault_by_fault_with_a_commented_copy(workbook: Path, tmp_path: Path) -> None:
    mine, out = copied(workbook, tmp_path), tmp_path / "文件"
    template = docx.Document(str(TEMPLATES / "工作计划.docx"))
    template.paragraphs[0].add_run("{{学笑}}")
    template.paragraphs[1].add_run("{学年}")
    template.save(str(mine.parent / "工作计划.docx"))
    done = schoollib("plan", mine, "--into", out)
    assert done.returncode == 2
    assert "是不是 {{学校}}？" in done.stderr
    assert "花括号各少一个" in done.stderr
    assert names(out) == ["工作计划_批注.docx"]
    assert "Traceback" not in done.stderr


def test_one_fault_of_a_template_of_many_papers_is_one_line_with_where_it_is_marked(
    workbook: Path, tmp_path: Path
) -> None:
    mine = copied(workbook, tmp_path)
    template = docx.Document(str(TEMPLATES / "未达标名单.docx"))
    template.paragraphs[0].add_run("{{学笑}}")
    template.save(str(mine.parent / "未达标名单.docx"))
    done = schoollib("notices", mine, "--into", tmp_path / "文件")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "未达标名单_批注.docx" in done.stderr


def test_a_template_that_is_no_word_file_is_told_in_a_sentence(workbook: Path, tmp_path: Path) -> None:
    mine, out = copied(workbook, tmp_path), tmp_path / "文件"
    (mine.parent / "工作总结.docx").write_text("不是Word", encoding="utf-8")
    done = schoollib("summary", mine, "--into", out)
    assert (done.returncode, names(out)) == (2, [])
    assert "打不开，不是Word文档" in done.stderr


def test_a_renamed_chart_is_told_and_the_paper_made(workbook: Path, tmp_path: Path) -> None:
    mine = copied(workbook, tmp_path)
    template = docx.Document(str(TEMPLATES / "工作总结.docx"))
    (frame, *_) = template.element.body.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    )
    frame.set("descr", "借书图")
    template.save(str(mine.parent / "工作总结.docx"))
    done = schoollib("summary", mine, "--into", tmp_path / "文件")
    assert done.returncode == 0
    assert "没有图表“各班生均借书”，没有画；图表“借书图”不认得，里面的数没有换。" in done.stdout


def test_one_broken_template_does_not_keep_the_other_notices_back(workbook: Path, tmp_path: Path) -> None:
    mine, out = copied(workbook, tmp_path), tmp_path / "文件"
    (mine.parent / "迎检封面.docx").write_bytes(b"PK\x03\x04")
    done = schoollib("notices", mine, "--into", out)
    assert done.returncode == 2
    assert "迎检封面.docx" in done.stderr
    made = [name for name in names(out) if name.endswith(".docx")]
    assert any("清点报告" in name for name in made)
    assert not any("迎检封面" in name for name in made)


def test_what_is_in_the_way_is_told_and_the_other_papers_are_made(workbook: Path, tmp_path: Path) -> None:
    mine, out = copied(workbook, tmp_path), tmp_path / "文件"
    template = docx.Document(str(TEMPLATES / "迎检封面.docx"))
    template.paragraphs[0].add_run("{{学笑}}")
    template.save(str(mine.parent / "迎检封面.docx"))
    (out / "通知单" / "迎检封面_批注.docx").mkdir(parents=True)
    done = schoollib("notices", mine, "--into", out)
    assert done.returncode == 2
    assert "是不是 {{学校}}？" in done.stderr
    assert "迎检封面_批注(2).docx" in done.stdout + done.stderr
    assert any("清点报告" in name for name in names(out))


def test_a_provenance_whose_name_is_taken_gets_the_next_one(workbook: Path, tmp_path: Path) -> None:
    (tmp_path / f"{SUMMARY}_v1_20260703_数据来源.xlsx").mkdir()
    done = schoollib("summary", workbook, "--into", tmp_path, "--format", "json")
    assert done.returncode == 0
    names = [f"{SUMMARY}_v1_20260703.docx", f"{SUMMARY}_v1_20260703_数据来源(2).xlsx"]
    assert json.loads(done.stdout)["files"] == names


def test_a_school_without_a_name_gets_one_sentence(ledger_set: LedgerSet, tmp_path: Path) -> None:
    from schoollib_xl.ledgers.supporting.office import SettingRow

    path = tmp_path / "无名.xlsx"
    settings = [one for one in ledger_set.rows[SettingRow] if one.item != "学校名称"]
    write_workbook(LedgerSet(ledger_set.school._replace(name=None), ledger_set.rows | {SettingRow: settings}), path)
    for command in ("plan", "summary", "notices"):
        done = schoollib(command, path, "--into", tmp_path / "文件")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "基本信息里没有学校名称，文件没有抬头和落款，填上以后再试。\n"


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "只读"
    folder.mkdir()
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_gets_one_sentence(workbook: Path, read_only: Path) -> None:
    done = schoollib("plan", workbook, "--into", read_only)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert names(read_only) == []


def test_an_output_folder_that_is_a_file_gets_one_sentence(workbook: Path, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    done = schoollib("notices", workbook, "--into", tmp_path / "文件")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_without_libreoffice_a_sentence_says_so(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = schoollib("plan", workbook, "--into", tmp_path / "文件", "--pdf")
    assert done.returncode == 0
    assert "没有找到LibreOffice，PDF没有做" in done.stdout


def test_an_office_program_in_the_folder_one_stands_in_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_USUAL", ())
    monkeypatch.setattr(pdf.shutil, "which", lambda name: f".\\{name}.EXE")
    assert pdf.converter() is None


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_pdf_copies_lie_beside_the_papers(workbook: Path, tmp_path: Path) -> None:
    done = schoollib("plan", workbook, "--into", tmp_path, "--pdf")
    assert done.returncode == 0
    (copy,) = tmp_path.glob("*.pdf")
    assert copy.stem == f"{PLAN}_v1_20260703"
    assert copy.read_bytes().startswith(b"%PDF")


def test_comments_at_the_figures_and_last_years_plan_are_asked_for_by_option(workbook: Path, tmp_path: Path) -> None:
    old = docx.Document()
    old.add_paragraph("一至六年级生均借书9册以上，征订报刊50种以上。")
    old.save(str(tmp_path / "去年.docx"))
    asked = ("--with-sources", "--against", tmp_path / "去年.docx", "--as-of", "2026-02-26")
    done = schoollib("plan", workbook, "--into", tmp_path / "文件", *asked)
    assert (done.returncode, done.stderr) == (0, "")
    assert "《去年》里是报刊种数50种，今年是24种，比那时低。" in done.stdout
    (path,) = (tmp_path / "文件").glob("*.docx")
    said = [comment.text for comment in docx.Document(str(path)).comments]
    assert len(said) > 40
    assert all(text.startswith("来源：") for text in said)
    done = schoollib("plan", workbook, "--lint", path, "--against", tmp_path / "没有.docx")
    assert (done.returncode, done.stderr) == (2, "《没有.docx》找不到，检查文件名和所在文件夹再试。\n")
