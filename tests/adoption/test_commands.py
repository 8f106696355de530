"""`adopt`, `new-year` and `merge` as a user runs them."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from adoption.old_lists import HEADER, book, old_book
from running import schoollib
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.reading.loading import load
from small_sample import tiny_sample
from surgery import set_cell
from test_cli import digest

CLEAN = [HEADER, book(copies=2), book("草房子", 3, ISBN=None, 分类号="I287.45", 单价="￥18.00")]
UNREADABLE = {
    "没有.xlsx": None,
    "空.xlsx": b"",
    "照片.xlsx": b"\xff\xd8\xff\xe0" + b"\x00" * 99,
    "断.xlsx": b"PK\x03\x04" + b"\x00" * 40,
}
AS_OF = ("--as-of", "2025-10-08")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("学校") / "图书室 七本账.xlsx"
    write_workbook(tiny_sample(), path)
    return path


def test_a_clean_list_becomes_books_in_which_the_check_finds_nothing(tmp_path: Path) -> None:
    old = old_book(tmp_path / "旧账.xlsx", {"书目": CLEAN})
    before, target = digest(old), tmp_path / "新" / "七本账.xlsx"
    done = schoollib("adopt", old, "--into", target, *AS_OF)
    assert (done.returncode, done.stderr) == (0, "")
    assert "册数：旧表 5，接收 5，一致" in done.stdout
    assert sorted(path.name for path in target.parent.iterdir()) == ["七本账.xlsx", "接收报告.xlsx"]
    assert digest(old) == before
    library = load(target, None).library
    assert not run(library, ALL.values()).failed
    again = tmp_path / "再来" / "七本账.xlsx"
    schoollib("adopt", old, "--into", again, *AS_OF)
    for made in target.parent.iterdir():
        assert made.read_bytes() == again.with_name(made.name).read_bytes()


def test_a_dry_run_writes_the_mapping_and_nothing_else(tmp_path: Path) -> None:
    old = old_book(tmp_path / "旧账.xlsx", {"书目": CLEAN})
    target = tmp_path / "新" / "七本账.xlsx"
    done = schoollib("adopt", old, "--into", target, "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in target.parent.iterdir()] == ["账册对照.xlsx"]
    done = schoollib("adopt", old, "--into", target, "--mapping", target.with_name("账册对照.xlsx"), *AS_OF)
    assert done.returncode == 0


def test_a_workbook_that_is_there_already_is_not_touched(tmp_path: Path) -> None:
    old = old_book(tmp_path / "旧账.xlsx", {"书目": CLEAN})
    target = old_book(tmp_path / "七本账.xlsx", {"别的": [("别的",)]})
    before = digest(target)
    done = schoollib("adopt", old, "--into", target)
    assert (done.returncode, done.stderr.count("\n"), digest(target)) == (2, 1, before)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--width", "99"), "“99”不是个别登记号的位数，要写 1 到 14 的数。\n"),
        (("--width", "0"), "“0”不是个别登记号的位数，要写 1 到 14 的数。\n"),
        (("--days", "99999"), "“99999”太大，要写成 1 到 9999 的数。\n"),
    ],
)
def test_what_the_new_books_would_not_pass_is_refused_before(words: tuple[str, str], said: str, tmp_path: Path) -> None:
    old = old_book(tmp_path / "旧账.xlsx", {"书目": CLEAN})
    done = schoollib("adopt", old, "--into", tmp_path / "七本账.xlsx", *words)
    assert (done.returncode, done.stderr, list(tmp_path.iterdir())) == (2, said, [old])


def test_lists_nobody_can_make_out_get_a_sentence_and_a_report(tmp_path: Path) -> None:
    old = old_book(tmp_path / "旧账.xlsx", {"值日": [("星期", "打扫"), ("一", "林小满")]})
    target = tmp_path / "新" / "七本账.xlsx"
    done = schoollib("adopt", old, "--into", target, *AS_OF)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert [path.name for path in target.parent.iterdir()] == ["接收报告.xlsx"]
    with open_workbook(target.with_name("接收报告.xlsx")) as opened:
        grid = dict(opened.grids(["没有接收的行"]))["没有接收的行"]
    assert any("林小满" in str(row[-1]) for row in grid)


@pytest.mark.parametrize(("name", "content"), UNREADABLE.items())
def test_a_source_that_cannot_be_read_leaves_no_target(name: str, content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = schoollib("adopt", tmp_path / name, "--into", tmp_path / "新" / "七本账.xlsx")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert name in done.stderr
    assert not (tmp_path / "新" / "七本账.xlsx").exists()


def test_a_target_that_cannot_be_written_gets_one_sentence(tmp_path: Path) -> None:
    old = old_book(tmp_path / "旧账.xlsx", {"书目": CLEAN})
    (tmp_path / "挡路").write_text("")
    done = schoollib("adopt", old, "--into", tmp_path / "挡路" / "七本账.xlsx")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_the_answer_for_programs_is_alone_on_stdout(tmp_path: Path) -> None:
    old = old_book(tmp_path / "旧账.xlsx", {"书目": CLEAN})
    done = schoollib("adopt", old, "--into", tmp_path / "七本账.xlsx", *AS_OF, "--format", "json")
    said = json.loads(done.stdout)
    assert list(said) == ["workbook", "report", "sources", "totals", "to_look"]
    (source,) = said["sources"]
    assert list(source) == ["file", "sheet", "kind", "rows", "taken", "aside", "columns"]
    assert (source["kind"], source["rows"], source["taken"], source["aside"]) == ("书目", 2, 2, 0)
    assert source["columns"][0] == {"header": "书名", "as": "书名"}
    totals = {one.pop("what"): one for one in said["totals"]}
    assert list(totals) == ["copies", "money", "titles", "readers", "loans", "returns"]
    assert totals["copies"] == {"in": 5, "out": 5, "aside": 0, "agree": True}
    assert totals["money"] == {"in": "104.00", "out": "104.00", "aside": "0.00", "agree": True}
    assert said["to_look"] == 0


def test_what_is_left_behind_is_said_first_and_ends_with_1(tmp_path: Path) -> None:
    rows = [("书名", "册数", "颜色"), ("城南旧事", 2, "红"), ("草房子", "若干", "蓝")]
    old = old_book(tmp_path / "旧账.xlsx", {"书目": rows, "书目2": [rows[0], ("小河", 1, "红")]})
    done = schoollib("adopt", old, "--into", tmp_path / "七本账.xlsx", *AS_OF)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    # What is said of one sheet is said of all that are like it.
    assert "《旧账.xlsx》书目 等 2 张表 没有认出的栏目：颜色" in done.stdout
    assert "--dry-run" in done.stdout
    assert lines[-2] == "对不上！册数：旧表 4，接收 3，没有接收 1，少 1"
    assert lines[-1] == "对不上！种数：旧表 3，接收 2，没有接收 1，少 1"


def test_a_list_of_books_without_titles_is_asked_about_and_nothing_written(tmp_path: Path) -> None:
    old = old_book(
        tmp_path / "旧账.xlsx", {"书目": [("登记号", "啥", "ISBN"), ("000001", "城南旧事", "9787020024759")]}
    )
    done = schoollib("adopt", old, "--into", tmp_path / "新" / "七本账.xlsx", *AS_OF)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "多半是“啥”" in done.stderr
    assert not (tmp_path / "新").exists()


def test_a_new_year_opens_with_what_the_old_one_closed_with(workbook: Path, tmp_path: Path) -> None:
    before = digest(workbook)
    done = schoollib("new-year", workbook, "--into", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "新账的期初和旧账的期末都相等。" in done.stdout
    assert "2027 年的放假安排还没有公布" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["图书室 七本账_2026-2027.xlsx", "换学年清单.xlsx"]
    assert digest(workbook) == before
    again = schoollib("new-year", workbook, "--into", tmp_path)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)


def test_json_of_a_new_year_writes_no_file(workbook: Path) -> None:
    before = sorted(workbook.parent.iterdir())
    done = schoollib("new-year", workbook, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "workbook" not in json.loads(done.stdout)
    assert sorted(workbook.parent.iterdir()) == before


def test_a_workbook_with_macros_stays_one(tmp_path: Path) -> None:
    old = tmp_path / "七本账.xlsm"
    write_workbook(tiny_sample(), old)
    assert schoollib("new-year", old).returncode == 0
    done = schoollib("merge", old, old)
    assert done.returncode == 0
    for made in ("七本账_2026-2027.xlsm", "七本账_合并.xlsm"):
        assert "xl/vbaProject.bin" in ZipFile(tmp_path / made).namelist()
    assert "自己加的工作表" not in done.stdout


def test_the_books_of_the_new_year_agree_in_everything(workbook: Path, tmp_path: Path) -> None:
    schoollib("new-year", workbook, "--into", tmp_path)
    library = load(tmp_path / "图书室 七本账_2026-2027.xlsx", None).library
    assert [finding.check.code for finding in run(library, ALL.values()).findings if finding.fails] == []


def test_two_copies_that_are_alike_merge_without_a_word(workbook: Path, tmp_path: Path) -> None:
    done = schoollib("merge", workbook, workbook, "--into", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "两份完全一样。" in done.stdout
    both = [load(path, None).library for path in (workbook, tmp_path / "图书室 七本账_合并.xlsx")]
    one, merged = ([finding.check.code for finding in run(books, ALL.values()).findings] for books in both)
    assert merged == one


def test_a_merge_told_as_json_writes_nothing(workbook: Path) -> None:
    before = sorted(workbook.parent.iterdir())
    done = schoollib("merge", workbook, workbook, "--format", "json", "--as-of", "2026-01-05")
    assert (done.returncode, json.loads(done.stdout).keys()) == (0, {"differences"})
    assert sorted(workbook.parent.iterdir()) == before


def test_the_books_of_two_schools_are_not_merged(workbook: Path, tmp_path: Path) -> None:
    path, name = tmp_path / "乙.xlsx", str(tiny_sample().school.name)
    path.write_bytes(workbook.read_bytes())
    line = next(row.line for row in load(path, None).library[SettingRow] if row.item == "学校名称")
    set_cell(path, "基本信息", f"B{line}", "另一所小学")
    done = schoollib("merge", workbook, path, "--into", tmp_path / "合")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"是“{name}”的账，《乙.xlsx》是“另一所小学”的，没有合并" in done.stderr
    assert not (tmp_path / "合").exists()
    # A space more is no other school.
    set_cell(path, "基本信息", f"B{line}", f"{name}　")
    assert schoollib("merge", workbook, path, "--format", "json").returncode == 0


def test_copies_edited_apart_with_a_conflict_end_with_1(workbook: Path, tmp_path: Path) -> None:
    school = tiny_sample()
    first, *rest = school.rows[LoanRow]
    path = tmp_path / "乙.xlsx"
    edited = [first._replace(remarks="乙写的", handled_by="别人"), *rest]
    write_workbook(LedgerSet(school.school, {**school.rows, LoanRow: edited}), path)
    done = schoollib("merge", workbook, path, "--into", tmp_path / "合", "--format", "json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["differences"]["changed"], said["differences"]["conflict"]) == (1, 1, 1)
    assert sorted(file.name for file in (tmp_path / "合").iterdir()) == ["合并清单.xlsx", "图书室 七本账_合并.xlsx"]
