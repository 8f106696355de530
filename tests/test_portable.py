"""The program on a memory stick: what it opens with, and what 自检 says of a PC."""

import sys
from pathlib import Path

import pytest

from schoollib_xl.packages import zipped
from schoollib_xl.portable import workbook
from schoollib_xl.portable.__main__ import main
from schoollib_xl.portable.listing import LISTING, damaged, listing
from schoollib_xl.portable.self_check import examined, self_check_answer
from schoollib_xl.portable.system import System
from schoollib_xl.portable.workbook import FIRST_NAME, free_name, workbook_to_open
from schoollib_xl.saving import write
from schoollib_xl.wording.answer_text import answer_text

FONTS = frozenset({"simsun.ttc", "simhei.ttf", "simfang.ttf", "simkai.ttf"})
SCHOOL_PC = System((10, 0, 19045), 64, FONTS, frozenset({"et.exe", "wps.exe"}), "MSEdgeHTM")
BARE = System((6, 1, 7601), 32, frozenset(), frozenset(), "")


def _said(root: Path, pc: System) -> dict[str, tuple[bool, str]]:
    return {result.subject: (result.is_good, result.sentence) for result in examined(root, pc)}


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    files = {"runtime/python.exe": b"MZ", "手册/目录.html": b"<p>"}
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / LISTING).write_bytes(listing(files))
    return tmp_path


def test_a_file_that_is_missing_or_changed_is_named_and_hers_are_not(stick: Path) -> None:
    (stick / "本校的账.xlsx").write_bytes(b"hers")
    assert not list(damaged(stick))
    (stick / "手册" / "目录.html").write_bytes(b"<p>!")
    (stick / "runtime" / "python.exe").unlink()
    assert sorted(damaged(stick)) == ["runtime/python.exe", "手册/目录.html"]


def test_the_self_check_says_of_each_thing_whether_it_works(stick: Path) -> None:
    good, bare = _said(stick, SCHOOL_PC), _said(stick, BARE)
    for subject in ("系统", "浏览器", "字体", "表格软件", "文字软件"):
        assert good[subject][0], good[subject]
        assert not bare[subject][0], bare[subject]
    assert "开始.cmd" in good["表格软件"][1]
    assert good["文件"] == (True, "都在，和清单一样。")
    assert good["在这个文件夹里写"][0]
    # The blank workbook is not on this stick.
    assert not good["读账、核对"][0]
    text = "\n".join(answer_text(self_check_answer(examined(stick, BARE))))
    assert "项要留意" in text
    assert not [path for path in stick.iterdir() if path.name.startswith(".schoollib-")]


def test_a_place_that_cannot_be_written_is_said(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert "只能看不能写" in _said(stick, SCHOOL_PC)["在这个文件夹里写"][1]


def test_it_opens_with_the_one_workbook_beside_it(stick: Path) -> None:
    hers = stick / "本校的账.xlsx"
    hers.write_bytes(b"PK hers")
    for unseen in ("~$", ".~", "._"):
        (stick / f"{unseen}本校的账.xlsx").write_bytes(b"")
    write(stick / "核对结果.xlsx", zipped({"[Content_Types].xml": b"<a/>"}))
    (stick / "抽查表.xlsx").symlink_to(hers)
    assert write(stick / "抽查表.xlsx", zipped({"[Content_Types].xml": b"<b/>"})).name == "抽查表(2).xlsx"
    (stick / "抽查表.xlsx").unlink()
    assert workbook_to_open(stick) == [hers]
    (stick / "去年的账.xlsx").write_bytes(b"PK older")
    assert workbook_to_open(stick) == []


def test_a_first_start_makes_an_empty_workbook(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "FIRST_NAME", "图书室七本账.xlsx")
    (made,) = workbook_to_open(stick)
    assert made == stick / "图书室七本账.xlsx"
    before = made.read_bytes()
    assert workbook_to_open(stick) == [made]
    assert made.read_bytes() == before
    assert FIRST_NAME.endswith(".xlsm")


def test_old_lists_never_take_the_name_of_a_workbook_that_is_there(stick: Path) -> None:
    assert free_name(stick).name == "图书室七本账.xlsm"
    (stick / "图书室七本账.XLSM").write_bytes(b"hers")
    assert free_name(stick).name == "图书室七本账(2).xlsm"


@pytest.mark.parametrize("asked", ["start", "adopt"])
def test_a_path_that_windows_cut_at_an_ampersand_is_said(
    asked: str, stick: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 账&册.xlsx dropped on a script comes 账; beside it a folder of that name may even be there."""
    monkeypatch.setattr(sys, "executable", str(stick / "runtime" / "python.exe"))
    (stick / "账").mkdir()
    (stick / "账&册.xlsx").write_bytes(b"PK")
    before = set(stick.iterdir())
    for cut in (stick / "账", stick / "没有"):
        assert main([asked, str(cut)]) == 2
        assert f"“{cut}”不是一个文件，没有打开。" in capsys.readouterr().out
    assert set(stick.iterdir()) == before
