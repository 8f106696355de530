"""No command ever writes over its input or over a file of hers, whatever these are called."""

import os
import shutil
import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from random import Random

import pytest

from samples.village import ACTS, attempt, close_year, village
from schoollib_xl.cli.program import COMMANDS, main
from schoollib_xl.sheets.building.workbook import write_workbook

LIST = "书名,单价,册数\n小河,10.00,1\n"
CLASS_LIST = "姓名,班级\n新来的,一（1）班\n"
DAY = "20251210"
PLAN = f"图书室工作计划_2025-2026第一学期_v1_{DAY}"
SUMMARY = f"图书室工作总结_2025-2026第一学期_v1_{DAY}"
INSPECTION = f"自查自评报告_v1_{DAY}"
RECORD = "图书室文书记录.json"
# Each command as it is asked, W its workbook, and the names its outputs would like to have; some papers of `notices`
# stand for all of them.
ASKED: dict[tuple[str, ...], tuple[str, ...]] = {
    ("check", "W"): ("核对结果.xlsx",),
    ("quota", "W", "--rotation"): ("借阅定额.xlsx", "借阅轮流表.xlsx"),
    ("plan", "W", "--with-sources"): (f"{PLAN}.docx", f"{PLAN}_数据来源.xlsx", RECORD),
    ("plan", "W", "--lint", "计划.docx"): (),
    ("plan", "W", "--against", "计划.docx"): (f"{PLAN}.docx", f"{PLAN}_数据来源.xlsx", RECORD),
    ("summary", "W"): (f"{SUMMARY}.docx", f"{SUMMARY}_数据来源.xlsx", RECORD),
    ("notices", "W", "--with-sources"): (
        *(f"通知单/{RECORD}", f"通知单/迎检封面_v1_{DAY}.docx", f"通知单/迎检封面_v1_{DAY}_数据来源.xlsx"),
        *(f"通知单/清点报告_2025-10-15_v1_{DAY}.docx", f"通知单/注销清册_2025-005_v1_{DAY}.docx"),
    ),
    ("progress", "W"): ("计划进度.xlsx",),
    ("inspect", "W", "--with-sources"): (
        *("自评表.xlsx", "佐证材料目录.xlsx", "抽查表.xlsx", "抽查记录.json", RECORD),
        *(f"{INSPECTION}.docx", f"{INSPECTION}_数据来源.xlsx"),
    ),
    ("stocktake", "W", "扫.txt"): ("清点结果.xlsx",),
    ("adopt", "旧.csv", "--into", "新.xlsx"): ("新.xlsx", "接收报告.xlsx"),
    ("adopt", "旧.csv", "--into", "新.xlsx", "--dry-run"): ("账册对照.xlsx",),
    ("new-year", "W"): ("七本账_2026-2027.xlsx", "换学年清单.xlsx"),
    ("roster", "W", "名单.csv"): ("七本账_名册.xlsx", "名册报告.xlsx"),
    ("merge", "W", "七本账.xlsx"): ("七本账_合并.xlsx", "合并清单.xlsx"),
    ("labels", "W", "--what", "书标"): ("书标.pdf", "标签记录.json"),
    ("labels", "W", "--what", "读者证", "--since-last"): ("读者证.pdf", "标签记录.json"),
    ("lists", "W"): ("清单.xlsx", "新书简介.docx"),
    ("print", "W"): ("账册打印本.xlsx",),
    ("handover", "W"): ("图书室移交清册.docx",),
    ("county", "各校", "--into", ".", "--workers", "1"): (
        *("县汇总.xlsx", "县汇总.html", "县汇总_记录/上次汇总.json", "县汇总_记录/记录格式.json"),
    ),
    ("new", "空.xlsx"): ("空.xlsx",),
}
# Where exactly one name will do, it is refused and nothing is done.
REFUSED = ("新.xlsx", "七本账_2026-2027.xlsx", "七本账_名册.xlsx", "七本账_合并.xlsx", "空.xlsx")
# These write no file, or are asked in their own tests: test_demo.py, tests/desk/test_journal.py.
ELSEWHERE = {"demo", "serve", "explain"}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    librarian, rng = village(), Random(3)
    for _ in range(150):
        attempt(rng.choice(ACTS), librarian, rng.randrange(1_000_000))
    path = tmp_path_factory.mktemp("学校") / "七本账.xlsx"
    write_workbook(close_year(librarian), path)
    return path


@pytest.fixture
def school(workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder a command is asked in, with all that it may be given."""
    folder = tmp_path / "图书室"
    for place in (folder, folder / "各校"):
        place.mkdir()
        shutil.copy(workbook, place / "七本账.xlsx")
    (folder / "扫.txt").write_text("000001\n")
    (folder / "旧.csv").write_text(LIST, encoding="utf-8")
    (folder / "名单.csv").write_text(CLASS_LIST, encoding="utf-8")
    shutil.copy(Path(__file__).parent.parent / "templates" / "工作计划.docx", folder / "计划.docx")
    monkeypatch.chdir(folder)
    return folder


def asked(command: tuple[str, ...], workbook: str, *more: str) -> int:
    words = [workbook if word == "W" else word for word in command]
    on_a_day = () if command[0] in ("adopt", "new") else ("--as-of", "2025-12-10")
    return main([*words, *on_a_day, *more])


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_command_is_asked() -> None:
    assert {command[0] for command in ASKED} | ELSEWHERE == set(COMMANDS)


def linked(path: Path, target: Path, link: Callable[[Path, Path], None]) -> None:
    target.write_bytes(b"hers")
    link(target, path)


# What may lie under the name of an output and is hers.
HERS: dict[str, Callable[[Path], object]] = {
    "another file": lambda path: path.write_bytes(b"hers"),
    "in other letters": lambda path: path.with_name(path.name.upper()).write_bytes(b"hers"),
    "a link": lambda path: linked(path, path.with_name(f"远处{path.name}"), lambda to, of: of.symlink_to(to)),
    "a hard link": lambda path: linked(path, path.with_name(f"别处{path.name}"), lambda to, of: of.hardlink_to(to)),
    "an output of ours, added to": lambda path: path.write_bytes(path.read_bytes() + b"hers"),
}


@pytest.mark.parametrize("command", ASKED, ids=" ".join)
def test_what_is_hers_stays_under_every_name_of_an_output(command: tuple[str, ...], school: Path) -> None:
    before = contents(school)
    assert asked(command, "七本账.xlsx") in (0, 1)
    written = contents(school).keys() - before.keys()
    assert {school / name for name in ASKED[command]} <= written
    for number, path in enumerate(sorted(written)):
        kind = "an output of ours, added to" if number % 2 else list(HERS)[number // 2 % 4]
        if not number % 2:
            path.unlink()
        HERS[kind](path)
    hers = contents(school)
    code = asked(command, "七本账.xlsx")
    assert (code == 2) == bool(set(REFUSED) & set(ASKED[command]))
    assert {path: path.read_bytes() for path in hers} == hers
    names = [str(path).casefold() for path in contents(school)]
    assert len(set(names)) == len(names)


SPELLINGS: tuple[Callable[[Path], Path], ...] = (
    lambda path: path,
    lambda path: Path(os.path.relpath(path)),
    lambda path: path.parent / ".." / path.parent.name / path.name,
    lambda path: called(path, os.symlink),
    lambda path: called(path, os.link),
)


def called(path: Path, link: Callable[[Path, Path], None]) -> Path:
    other = path.parent.parent / "别名.xlsx"
    link(path, other)
    return other


@pytest.mark.parametrize(
    ("command", "number"),
    [(command, number) for number, command in enumerate(ASKED) if "W" in command and ASKED[command]],
    ids=str,
)
def test_a_workbook_that_is_called_like_an_output_stays_however_it_is_spelled(
    command: tuple[str, ...], number: int, school: Path, workbook: Path
) -> None:
    name = ASKED[command][number % len(ASKED[command])]
    hers = school / Path(name).name
    shutil.copy(workbook, hers)
    given = SPELLINGS[number % len(SPELLINGS)](hers)
    assert asked(command, str(given), "--into", str(school)) in (0, 1, 2)
    assert hers.read_bytes() == workbook.read_bytes()


@pytest.mark.parametrize(
    ("words", "name", "content"),
    [
        (("stocktake", "七本账.xlsx", "HERS"), "清点结果.xlsx", "000001\n"),
        (("roster", "七本账.xlsx", "HERS"), "名册报告.xlsx", CLASS_LIST),
        (("new-year", "七本账.xlsx", "--roster", "HERS"), "名册报告.xlsx", CLASS_LIST),
        (("adopt", "HERS", "--into", "新.xlsx"), "接收报告.xlsx", LIST),
        (("adopt", "HERS", "--into", "新.xlsx", "--dry-run"), "账册对照.xlsx", LIST),
    ],
    ids=str,
)
def test_a_list_that_is_called_like_an_output_stays(
    words: tuple[str, ...], name: str, content: str, school: Path
) -> None:
    (school / name).write_text(content, encoding="utf-8")
    assert main([name if word == "HERS" else word for word in words]) in (0, 1)
    assert (school / name).read_text(encoding="utf-8") == content


@pytest.mark.parametrize("command", [("check", "W"), ("quota", "W", "--rotation"), ("labels", "W", "--what", "书标")])
def test_files_are_written_though_whoever_reads_the_answer_has_seen_enough(
    command: tuple[str, ...], school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = asked(command, "七本账.xlsx", "--into", "听完")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as raw, TextIOWrapper(raw, encoding="utf-8", write_through=True) as shut:
        monkeypatch.setattr("sys.stdout", shut)
        assert asked(command, "七本账.xlsx", "--into", "没听完") == code
    heard, unheard = ({path.name for path in (school / into).iterdir()} for into in ("听完", "没听完"))
    assert unheard == heard != set()


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes that lie in a folder")
@pytest.mark.parametrize("command", [one for one in ASKED if {"扫.txt", "旧.csv", "名单.csv", "计划.docx"} & {*one}])
def test_no_command_waits_for_a_pipe_or_reads_a_device_without_end(
    command: tuple[str, ...], school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = school / "管道.csv"
    os.mkfifo(pipe)
    lists = {"扫.txt", "旧.csv", "名单.csv", "计划.docx"}
    for endless in (str(pipe), "/dev/zero"):
        assert asked(tuple(endless if word in lists else word for word in command), "七本账.xlsx") == 2
        assert "不是普通文件" in capsys.readouterr().err


def test_a_system_that_cannot_write_chinese_names_is_told_before_the_answer(
    school: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(school)
    monkeypatch.setattr("os.fsencode", lambda name: str(name).encode("ascii"))
    assert [asked(("check", "W"), "七本账.xlsx", *more) for more in ((), ("--format", "json"))] == [2, 0]
    assert main(["explain", "SUM302"]) == 0
    assert capsys.readouterr().err == "这台电脑现在的系统编码写不了中文文件名，先设好 PYTHONUTF8=1 再运行。\n"
    assert contents(school) == before


def test_it_is_said_where_an_output_went_instead(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (school / "核对结果.xlsx").write_bytes(b"hers")
    assert main(["check", "七本账.xlsx"]) == 0
    assert "“核对结果.xlsx”已经有一份，不是程序写的，或者后来改过，没有动它，这次写成" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [("check", "七本账.xlsx", "--into", "INTO"), ("adopt", "旧.csv", "--into", "INTO/新.xlsx")], ids=" ".join
)
@pytest.mark.parametrize("into", ["/proc", "/proc/新的", "旧.csv", "旧.csv/里面", "长" * 100])
def test_a_folder_that_takes_no_files_is_told_before_the_work(
    words: tuple[str, ...], into: str, school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(school)
    assert main([word.replace("INTO", into) for word in words]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n"), said.err.count("。")) == ("", 1, 1)
    assert contents(school) == before


def test_a_folder_is_not_made_for_a_workbook_that_cannot_be_read(school: Path) -> None:
    assert main(["check", "旧.csv", "--into", "新的"]) == 2
    assert not (school / "新的").exists()


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


def test_a_name_that_office_keeps_for_itself_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "~$账.xlsx")]) == 2
    assert "开头的“~$”是Excel和WPS自己用的" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["CON.xlsx", "aux", "lpt1.2026.xlsx", ".xlsx", "账\t.xlsx"])
def test_a_name_that_is_a_device_s_or_none_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / name)]) == 2
    assert capsys.readouterr().err.count("。") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("sign", ["?", ":", '"'])
def test_a_name_windows_refuses_is_refused_at_once_and_the_sign_named(
    sign: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / f"七本账{sign}.xlsx")]) == 2
    assert f"“{sign}”在Windows里不能用" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
