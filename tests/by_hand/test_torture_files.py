"""Files that break readers, not ours to publish: each is read, or refused in a sentence, in time and memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from schoollib_xl.sheets.opening.workbook import open_workbook
from sheets.test_opening import MEGABYTES, SECONDS, end_of_the_readers, read_in_a_fresh_process

TORTURE = Path(__file__).parents[3] / "shared" / "data" / "torture"
TORTURED = sorted(TORTURE.iterdir()) if TORTURE.is_dir() else []
pytestmark = pytest.mark.skipif(not TORTURED, reason="the folder of torture files is not beside this checkout")
# A fixture that is named in a module holds there.
_end_of_the_readers = end_of_the_readers


@pytest.mark.parametrize("path", TORTURED, ids=lambda path: path.name)
def test_a_torture_file_is_read_or_refused_in_time_and_memory_without_a_word_too_many(path: Path) -> None:
    before = path.read_bytes()
    ended = read_in_a_fresh_process(path)
    assert ended.errors == ""
    assert ended.status == 0
    assert ended.said
    assert ended.seconds < SECONDS
    assert ended.megabytes < MEGABYTES
    assert path.read_bytes() == before


TORTURE_ANSWERS = {
    "54764.xlsx": "不安全",
    "poc-xmlbomb.xlsx": "不安全",
    "BadWorkbook.xlsx": "里没有工作表",
    "oleloop.xls": "太大或已损坏",
    "pass_protected.xlsx": "加了打开密码",
    "pass_protected.xlsb": "加了打开密码",
    "pass_protected.ods": "加了打开密码",
    "protect.xlsx": "加了打开密码",
    "too_small.xls": "里没有表格",
    "~$LoadPivotTables.xlsx": "临时文件",
    "零字节.xlsx": "空文件",
    "any_sheets.xls": "Visible|Hidden|VeryHidden",
    "any_sheets.xlsb": "Visible|Hidden|VeryHidden",
    "any_sheets.ods": "Visible|Hidden|VeryHidden|Chart",
    "fn.et": "Sheet1",
    "OOM_alloc.xls": "Weekly Report|Data",
    "SampleSS.strict.xlsx": "First Sheet|Sheet Number 2|Sheet3",
}


@pytest.mark.parametrize(("name", "answer"), TORTURE_ANSWERS.items())
def test_a_torture_file_gets_the_answer_it_deserves(name: str, answer: str) -> None:
    assert answer in read_in_a_fresh_process(TORTURE / name).said


def test_an_old_binary_says_what_it_cannot_tell_even_under_another_name(tmp_path: Path) -> None:
    for name, width in (("any_sheets.xls", 2), ("fn.et", 3), ("any_sheets.xlsb", 2), ("any_sheets.ods", 2)):
        renamed = tmp_path / "名册.xlsx"
        renamed.write_bytes((TORTURE / name).read_bytes())
        with open_workbook(renamed) as opened:
            assert "另存为 .xlsx" in opened.cannot_tell
            assert max(map(len, dict(opened.grids(opened.sheet_names[:1])).popitem()[1])) == width


@pytest.mark.parametrize("path", TORTURED, ids=lambda path: path.name)
def test_a_torture_file_is_read_or_refused_in_time_and_memory(path: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "schoollib_xl", "check", str(path), "--format", "json"]
    with (tmp_path / "complaint").open("w+", encoding="utf-8") as complaint:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=complaint)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        complaint.seek(0)
        said = complaint.read()
    assert process.returncode in (0, 1, 2)
    assert said.count("\n") == (process.returncode == 2)
    assert "Traceback" not in said
    assert "panicked" not in said
    # Of a process that was just started the system counts what its parent held, too: a fifth of this.
    assert used.ru_maxrss < MEGABYTES << 10
    assert used.ru_utime + used.ru_stime < SECONDS
