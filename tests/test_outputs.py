"""No command ever writes over its input or over a file of hers, whatever these are called."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from schoollib_xl.cli.program import main
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.building.workbook import write_workbook

LIST = "书名,单价,册数\n小河,10.00,1\n"
# Each command as it is given its workbook W, and the names its outputs would like to have.
OUTPUTS = {
    ("check", "W"): ["核对结果.xlsx"],
    ("quota", "W", "--rotation"): ["借阅定额.xlsx", "借阅轮流表.xlsx"],
    ("plan", "W"): ["图书室文书记录.json", "图书室工作计划_2025-2026第二学期_v1_20260703.docx"],
    ("summary", "W"): ["图书室文书记录.json", "图书室工作总结_2025-2026第二学期_v1_20260703_数据来源.xlsx"],
    ("new-year", "W"): ["换学年清单.xlsx"],
    ("merge", "W", "W"): ["合并清单.xlsx"],
}
ASKED = [(command, name) for command, names in OUTPUTS.items() for name in names]
SPELLINGS: dict[str, Callable[[Path], str]] = {
    "as it is": str,
    "relative": os.path.relpath,
    "through a folder": lambda path: str(path.parent / ".." / path.parent.name / path.name),
    "a link": lambda path: str(linked(path, os.symlink)),
    "a hard link": lambda path: str(linked(path, os.link)),
}


def linked(path: Path, link: Callable[[Path, Path], None]) -> Path:
    other = path.parent / "别名.xlsx"
    link(path, other)
    return other


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("学校") / "七本账.xlsx"
    write_workbook(clean_school(), path)
    return path


def run(command: tuple[str, ...], workbook: str, *more: str) -> int:
    return main([workbook if word == "W" else word for word in command] + list(more))


@pytest.mark.parametrize(("command", "name"), ASKED)
def test_a_workbook_that_is_called_like_an_output_stays(
    command: tuple[str, ...], name: str, workbook: Path, tmp_path: Path
) -> None:
    hers = shutil.copy(workbook, tmp_path / name)
    assert run(command, str(hers)) == 0
    assert hers.read_bytes() == workbook.read_bytes()


@pytest.mark.parametrize(("command", "name"), ASKED)
def test_a_file_of_hers_beside_the_workbook_stays_and_it_is_said(
    command: tuple[str, ...], name: str, workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(workbook, tmp_path / "七本账.xlsx")
    (tmp_path / name).write_bytes(b"hers")
    assert run(command, str(tmp_path / "七本账.xlsx")) == 0
    assert (tmp_path / name).read_bytes() == b"hers"
    assert "已经有一份" in capsys.readouterr().out or "_v1_" in name


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_however_the_workbook_is_spelled_it_stays(spelling: str, workbook: Path, tmp_path: Path) -> None:
    hers = shutil.copy(workbook, tmp_path / "核对结果.xlsx")
    assert run(("check", "W"), SPELLINGS[spelling](hers), "--into", str(tmp_path)) == 0
    assert hers.read_bytes() == workbook.read_bytes()
    assert (tmp_path / "核对结果(2).xlsx").exists()


@pytest.mark.parametrize("name", ["接收报告.xlsx", "账册对照.xlsx"])
def test_an_old_list_that_is_called_like_an_output_stays(name: str, tmp_path: Path) -> None:
    hers = tmp_path / name
    hers.write_text(LIST, encoding="utf-8")
    more = ["--dry-run"] if name == "账册对照.xlsx" else []
    assert main(["adopt", str(hers), "--into", str(tmp_path / "新.xlsx"), *more]) in (0, 1)
    assert hers.read_text(encoding="utf-8") == LIST


def test_the_mapping_she_hands_back_is_not_replaced_by_the_next(tmp_path: Path) -> None:
    source, mapping = tmp_path / "书目.csv", tmp_path / "账册对照.xlsx"
    source.write_text(LIST, encoding="utf-8")
    words = ["adopt", str(source), "--into", str(tmp_path / "新.xlsx"), "--dry-run"]
    assert main(words) == 0
    before = mapping.read_bytes()
    assert main([*words, "--mapping", str(mapping)]) == 0
    assert mapping.read_bytes() == before
    assert (tmp_path / "账册对照(2).xlsx").exists()


def test_what_a_cell_holds_commands_no_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "\x1b[2J全部通过\u202e.xlsx")]) == 2
    assert not {"\x1b", "\u202e"} & set(capsys.readouterr().err)


@pytest.mark.parametrize("sign", ["?", ":", '"'])
def test_a_name_windows_refuses_is_refused_at_once_and_the_sign_named(
    sign: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / f"七本账{sign}.xlsx")]) == 2
    assert f"“{sign}”在Windows里不能用" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
