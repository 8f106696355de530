"""The program as a user runs it: exit codes, one sentence on bad input, nothing changed, nothing half written."""

import errno
import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from running import in_its_own_process, schoollib
from schoollib_xl.cli.arguments import Misspoken, as_meant, day, new_workbook
from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.samples.faults import RAW_FAULTS, with_faults
from schoollib_xl.sheets.building.workbook import write_workbook
from small_sample import small_sample


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return small_sample()


@pytest.fixture(scope="module")
def workbook(clean: LedgerSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("学校 文件夹") / "图书室 七本账.xlsx"
    write_workbook(clean, path)
    return path


@pytest.fixture(scope="module")
def faulty(clean: LedgerSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("faulty") / "有错.xlsx"
    write_workbook(with_faults(clean), path, RAW_FAULTS)
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_right_workbook_passes_and_is_not_changed(workbook: Path, tmp_path: Path) -> None:
    before = digest(workbook)
    done = in_its_own_process("check", workbook, "--into", tmp_path / "新 文件夹")
    assert (done.returncode, done.stderr) == (0, "")
    assert "七本账都对得上" in done.stdout
    assert [path.name for path in (tmp_path / "新 文件夹").iterdir()] == ["核对结果.xlsx"]
    assert digest(workbook) == before


def test_json_is_alone_on_stdout_and_writes_no_file(workbook: Path) -> None:
    done = in_its_own_process("check", workbook, "--format", "json")
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(answer) == ["workbook", "as_of", "rows", "checks_run", "skipped", "causes", "findings"]
    assert (answer["findings"], answer["skipped"]) == ([], [])
    assert [path.name for path in workbook.parent.iterdir()] == [workbook.name]


# What nothing on the way of a check needs as long as the books agree; each takes as long as a small sheet to parse.
_OF_NO_USE = {
    *("dataclasses", "fractions", "inspect", "logging", "openpyxl", "pydantic", "queue", "random", "string"),
    *("tempfile", "xlsxwriter", "schoollib_xl.checks.again", "schoollib_xl.labels.contents"),
    *("schoollib_xl.rules.completion", "schoollib_xl.sheets.layout", "schoollib_xl.wording.checking.findings"),
}
_LOADED = "from schoollib_xl.cli.program import main; import sys; main(); print(*sys.modules, file=sys.stderr)"


def test_a_check_of_right_books_loads_nothing_that_only_others_need(workbook: Path) -> None:
    command = [sys.executable, "-c", _LOADED, "check", str(workbook), "--format", "json"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stderr.split()
    assert "schoollib_xl.checks.every" in loaded
    assert _OF_NO_USE.intersection(loaded) == set()


def test_faults_are_found_and_make_the_run_fail(faulty: Path) -> None:
    done = in_its_own_process("check", faulty, "--format", "json")
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    finding = answer["findings"][0]
    assert list(finding) == [
        "code", "title", "severity", "sheet", "cell", "key", "message", "why", "fix", "explained", "see_also",
    ]  # fmt: skip
    assert {one["severity"] for one in answer["findings"]} <= {"error", "warning", "hint"}


def test_the_text_answer_begins_with_what_to_do_today(faulty: Path, tmp_path: Path) -> None:
    done = schoollib("check", faulty, "--into", tmp_path)
    assert done.returncode == 1
    first, *rest = done.stdout.splitlines()
    assert "错误" in first
    assert "先改这几处：" in rest[:5]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("没有这个文件.xlsx", None),
        ("空的.xlsx", b""),
        ("~$图书室.xlsx", b"\x05user" + b" " * 160),
        ("断了.xlsx", b"PK\x03\x04" + b"\x00" * 40),
        ("照片.xlsx", b"\xff\xd8\xff\xe0" + b"\x00" * 100),
    ],
)
def test_a_file_that_is_no_workbook_gets_one_sentence(name: str, content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = schoollib("check", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert name in done.stderr
    assert done.stderr.strip().endswith("。")


def test_a_workbook_without_any_ledger_gets_one_sentence(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "通讯录.xlsx"
    openpyxl.Workbook().save(path)
    done = in_its_own_process("check", path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


_LOST = """
class Lost:
    def __del__(self): _thread.interrupt_main(); time.sleep(1)
program.import_module = lambda name: (Lost(), importlib.import_module(name))[1]
"""


@pytest.mark.parametrize("when", ["threading.Timer(1, _thread.interrupt_main).start()", _LOST])
def test_a_command_that_is_interrupted_says_so_in_one_sentence(when: str, tmp_path: Path) -> None:
    """Also where Python drops the interrupt, because it comes while an object is taken away."""
    script = (
        "import _thread, importlib, sys, threading, time\n"
        "from schoollib_xl.cli import program\n"
        f"{when}\n"
        "sys.argv[1:] = ['demo', '--size', 'large', '--into', sys.argv[1]]\n"
        "program.run()"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (130, "已经停止。\n")


def test_a_program_that_is_interrupted_while_it_is_loaded_says_the_same() -> None:
    script = (
        "import builtins, sys\n"
        "from schoollib_xl.__main__ import run\n"
        "load = builtins.__import__\n"
        "def loaded(name, *rest):\n"
        "    if name == 'schoollib_xl.saving': raise KeyboardInterrupt\n"
        "    return load(name, *rest)\n"
        "builtins.__import__ = loaded\n"
        "run()"
    )
    command = [sys.executable, "-X", "utf8", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (130, "已经停止。\n")


@pytest.mark.parametrize(
    "words",
    [
        ["check", "关着/账.xlsx"],
        ["roster", "账.xlsx", "关着/名单.xlsx"],
        ["plan", "账.xlsx", "--lint", "关着/计划.docx"],
        ["new", "关着/新.xlsx"],
    ],
)
def test_a_file_in_a_folder_nobody_may_look_into_gets_one_sentence(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = os.stat

    def kept_out(path: Any, *more: Any, **others: Any) -> os.stat_result:
        if "关着" in str(path):
            raise PermissionError(errno.EACCES, "")
        return look(path, *more, **others)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "stat", kept_out)
    done = schoollib(*words)
    said = f"《{Path(words[-1]).name}》所在的文件夹不让进，换一个文件夹，或者找管电脑的人开了权限再试。\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_an_output_folder_that_cannot_be_made_gets_one_sentence(workbook: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "挡路的文件"
    blocked.write_text("")
    done = schoollib("check", workbook, "--into", blocked / "里面")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [["check"], ["chek", "a"], ["check", "a", "--format", "xml"], []])
def test_a_misspoken_command_is_told_so_in_chinese(words: list[str]) -> None:
    done = schoollib(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("没有看懂这条命令")


@pytest.mark.parametrize(
    ("option", "trouble"),
    [
        (["--瞎写"], "没有 --瞎写 这个选项"),
        (["--as_of", "2025-12-31"], "没有 --as_of 这个选项，是不是 --as-of"),
        (["b.xlsx"], "多出了 b.xlsx"),
        (["--format", "xml"], "没有“xml”这个选择，有的是 text、json"),
    ],
)
def test_a_misspoken_option_is_told_in_chinese_alone_and_points_to_its_command(option: list[str], trouble: str) -> None:
    done = schoollib("inspect", "a.xlsx", *option)
    said = f"没有看懂这条命令：{trouble}；输入 schoollib inspect --help 看用法。\n"
    assert (done.returncode, done.stderr) == (2, said)


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        (["county", "各校", "--workers", "2", "--scheduler", "tcp://甲"], "--scheduler 和 --workers 只能写一个"),
        (["county", "各校", "--workers", "2", "--scheduler=tcp://甲"], "--scheduler 和 --workers 只能写一个"),
        (["adopt", "账.xlsx", "--dry-run=1"], "--dry-run 后面不用写什么"),
        (["labels"], "还缺少 工作簿、--what（印什么：书标、条码、读者证、书袋卡、期限表）"),
    ],
)
def test_options_that_say_too_much_or_lack_are_told_in_chinese_alone(words: list[str], trouble: str) -> None:
    done = schoollib(*words)
    said = f"没有看懂这条命令：{trouble}；输入 schoollib {words[0]} --help 看用法。\n"
    assert (done.returncode, done.stderr) == (2, said)


@pytest.mark.parametrize(
    ("words", "trouble", "command"),
    [
        (["--versio"], "没有 --versio 这个选项，是不是 --version", ""),
        (["--versio", "check", "a.xlsx"], "没有 --versio 这个选项，是不是 --version", ""),
        (["--frmat", "json"], "没有 --frmat 这个选项", ""),
        (["--format", "json", "check", "a.xlsx"], "先写 check，--format 写在它后面", " check"),
    ],
)
def test_an_option_before_the_command_is_told_to_stand_behind_it(words: list[str], trouble: str, command: str) -> None:
    done = schoollib(*words)
    said = f"没有看懂这条命令：{trouble}；输入 schoollib{command} --help 看用法。\n"
    assert (done.returncode, done.stderr) == (2, said)


@pytest.mark.parametrize(
    ("word", "meant"), [("chek", "，是不是 check"), ("new_year", "，是不是 new-year"), ("体检", "")]
)
def test_a_command_that_there_is_not_is_told_with_the_one_that_was_meant(word: str, meant: str) -> None:
    done = schoollib(word, "账.xlsx")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"没有看懂这条命令：没有“{word}”这个命令{meant}；输入 schoollib --help 看用法。\n"


def test_help_says_of_json_when_files_are_written() -> None:
    said = {name: "".join(in_its_own_process(name, "--help").stdout.split()) for name in ("check", "new")}
    assert {name: "json给别的程序用，写了--into才写文件" in text for name, text in said.items()} == {
        "check": True,
        "new": False,
    }


def test_a_backslash_before_a_quotation_mark_takes_no_folder_and_no_option_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ["check", "账.xlsx", "--into", 'D:\\出 表"']
    assert as_meant(words) == words, "elsewhere a name may end so"
    monkeypatch.setattr(sys, "platform", "win32")
    assert as_meant(words) == ["check", "账.xlsx", "--into", "D:\\出 表"]
    with pytest.raises(Misspoken, match="“D:\\\\出 表\\\\”最后的反斜杠"):
        as_meant([*words[:3], 'D:\\出 表" --format json'])


@pytest.mark.parametrize(
    "words",
    [
        ("adopt", ".", "--into", "新.xlsx"),
        ("adopt", "/", "--into", "新.xlsx"),
        ("check", "甲\n乙"),
    ],
)
def test_words_that_mean_nothing_get_one_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    done = schoollib(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert done.stderr.count("\n") == 1
    assert "程序出了意外" not in done.stderr


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("adopt", "F", "--into", "新.xlsx"), "换成有表格的文件（xlsx、xls、csv）再试。"),
        (("adopt", "W", "--into", "新.xlsx", "--mapping", "F"), "换成改好的账册对照.xlsx再试。"),
        (("roster", "W", "F"), "换成有表格的文件（xlsx、xls、csv）再试。"),
        (("roster", "W", "W", "--answers", "F"), "换成上次写出的名册报告.xlsx再试。"),
        (("stocktake", "W", "F"), "换成扫描枪或手机导出的文件再试。"),
        (("inspect", "W", "--answers", "F"), "换成填好的抽查表.xlsx再试。"),
        (("merge", "W", "F"), "换成账册所在的 .xlsx 文件再试。"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_the_one_to_take_instead(
    words: tuple[str, ...], wanted: str, workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "照片.xlsx"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    named = {"W": str(workbook), "F": str(picture), "新.xlsx": str(tmp_path / "新.xlsx")}
    assert main([named.get(word, word) for word in words]) == 2
    said = capsys.readouterr().err
    assert said.startswith("《照片.xlsx》是")
    assert said.endswith(f"{wanted}\n")
    assert ("账册所在" in said) == (words[0] == "merge")


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        ("=馆藏地", "。"),
        ("放哪=", "。"),
        ("放哪=馆藏地点", "；没有标准栏目“馆藏地点”，是不是“馆藏地”？"),
        ("放哪=乱写的", "；没有标准栏目“乱写的”，名字照“栏目说明”写。"),
    ],
)
def test_a_column_named_wrongly_is_told_with_what_is_wrong(
    column: str, wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["adopt", "书.csv", "--into", "新.xlsx", "--column", column]) == 2
    assert capsys.readouterr().err == f"“{column}”要写成 本校栏目=标准栏目，如 放哪=馆藏地{wanted}\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody take away the folder a program works in")
def test_a_folder_that_went_while_a_command_was_given_in_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "拔掉的盘"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert main(["new", "新.xlsx"]) == 2
    assert "现在所在的文件夹没有了" in capsys.readouterr().err


def test_an_impossible_day_is_told_so(workbook: Path) -> None:
    done = schoollib("check", workbook, "--as-of", "2026-02-30")
    assert (done.returncode, done.stderr) == (2, "“2026-02-30”不是日期，要写成 2026-07-03 这样。\n")


@pytest.mark.parametrize("text", ["2026-7-3", "2026/7/3", "2026.7.3", "2026年7月3日", "２０２６－７－３", "20260703"])
def test_a_day_may_be_given_as_she_writes_it_in_a_cell(text: str) -> None:
    assert day(text) == date(2026, 7, 3)


@pytest.mark.parametrize("text", ["7-3", "26-7-3", "3/7/2026", "2026-7-3 10:00", "2026-13-1", "1026-7-3", "今天"])
def test_a_day_that_lacks_its_year_or_is_none_is_asked_for(text: str) -> None:
    with pytest.raises(Misspoken, match="不是日期，要写成 2026-07-03 这样"):
        day(text)


def test_a_result_of_ours_is_no_list(workbook: Path, tmp_path: Path) -> None:
    schoollib("quota", workbook, "--into", tmp_path)
    result = tmp_path / "借阅定额.xlsx"
    for words in (("roster", workbook, result), ("adopt", result)):
        done = schoollib(*words, "--into", tmp_path / "新.xlsx")
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "《借阅定额.xlsx》是本程序写的结果，不是原来的表" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [result.name]
    # Nor once Excel has saved it, when it no longer bears our mark; nor is it a file of scans.
    load_workbook(result).save(result)
    for command, *file in (("roster", workbook, result), ("adopt", result), ("stocktake", workbook, result)):
        done = schoollib(command, *file, "--into", tmp_path / "新.xlsx")
        assert (done.returncode, "《借阅定额.xlsx》是本程序写的结果" in done.stderr) == (2, True)


def test_a_blank_of_a_script_is_no_value(tmp_path: Path) -> None:
    for *words, before in (
        ("check", "账.xlsx", "--into", "", "--into"),
        ("demo", "--into", " ", "--into"),
        ("labels", "账.xlsx", "--what", "书标", "--batch=", "--batch"),
        ("quota", "账.xlsx", "--reader=--", "--reader"),
        ("new", "", "new"),
        ("explain", "\n", "explain"),
    ):
        done = schoollib(*words, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (2, f"{before} 后面空着，写上再来一次。\n")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [["check"], ["summary", "--into", "空"], ["quota"]])
def test_a_day_before_the_books_is_refused_in_a_sentence(words: list[str], workbook: Path, tmp_path: Path) -> None:
    given = [tmp_path / word if word == "空" else word for word in words]
    done = schoollib(given[0], workbook, *given[1:], "--as-of", "1900-01-01")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("1900-01-01 那天还没有账：账上最早的一天是 ")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "空").exists()


def test_explain_tells_one_check_and_suggests_the_nearest_for_an_unknown_one() -> None:
    assert all("为什么要紧" in schoollib("explain", code).stdout for code in ("fmt101", "FMT１０１"))
    near = schoollib("explain", "FMT1O1")
    assert near.returncode == 2
    assert "FMT101" in near.stderr
    assert len(schoollib("explain").stdout.splitlines()) > 90


def test_a_workbook_whose_name_leaves_no_room_for_a_file_beside_it_is_read(workbook: Path, tmp_path: Path) -> None:
    long = tmp_path / f"{'长' * 82}.xlsx"
    long.write_bytes(workbook.read_bytes())
    done = schoollib("check", long)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["核对结果.xlsx", long.name]


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell closes them")
@pytest.mark.parametrize("closed", ["2>&-", "<&- 2>&-"])
def test_a_program_started_without_a_console_reads_the_same(closed: str, workbook: Path) -> None:
    ask = f"'{sys.executable}' -m schoollib_xl quota '{workbook}' --format json {closed}"
    done = subprocess.run(ask, shell=True, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    assert (done.returncode, json.loads(done.stdout).keys() >= {"classes", "school"}) == (0, True)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("七本账.xlsx", "七本账.xlsx"),
        ("七本账.XLSM", "七本账.XLSM"),
        ("青禾小学", "青禾小学.xlsx"),
        ("2026.9月", "2026.9月.xlsx"),
        ("新/", "新/图书室七本账.xlsx"),
        (".", "图书室七本账.xlsx"),
    ],
)
def test_a_new_workbook_gets_a_name_that_excel_opens(said: str, meant: str) -> None:
    assert new_workbook(said) == Path(meant)


def test_a_new_workbook_is_in_no_other_format() -> None:
    with pytest.raises(Misspoken, match=r"以 \.xlsx 或 \.xlsm 结尾，“七本账\.xls”不行"):
        new_workbook("七本账.xls")


def test_digits_without_end_in_a_text_are_no_surprise(clean: LedgerSet, tmp_path: Path) -> None:
    rows = {**clean.rows, PeriodicalRow: list(clean.rows[PeriodicalRow])}
    rows[PeriodicalRow][0] = rows[PeriodicalRow][0]._replace(missing_note=f"缺{'9' * 5000}期")
    path = tmp_path / "七本账.xlsx"
    write_workbook(LedgerSet(clean.school, rows), path)
    done = schoollib("check", path, "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
