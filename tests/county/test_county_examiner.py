"""What a workbook may do to the process that reads it is said of that workbook; the books leave no trace."""

import errno
import gc
import json
import os
import subprocess
import sys
import time
import weakref
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from county.schools import PUPIL, asked
from schoollib_xl.actions.county import confined, examiner, spreading
from schoollib_xl.actions.county.confined import Examiner
from schoollib_xl.actions.county.examiner import TOO_LARGE, examined
from schoollib_xl.actions.county.folder import look_through
from schoollib_xl.actions.county.job import SchoolJob, SchoolOutcome
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.reading.loading import load

JOB = SchoolJob("县", "一.xlsx", "", 1)


def test_a_workbook_that_eats_the_memory_is_said_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def eat(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(examiner, "load", eat)
    assert examined(asked(tmp_path / "大.xlsx")) == {"why": TOO_LARGE}


def test_the_books_of_a_school_are_freed_with_its_record_and_wait_for_no_collector(
    monkeypatch: pytest.MonkeyPatch, schools: Path
) -> None:
    books = list[weakref.ref[object]]()

    def noted(*asked: Any) -> Any:
        loaded = load(*asked)
        books.append(weakref.ref(loaded.library))
        return loaded

    monkeypatch.setattr(examiner, "load", noted)
    gc.disable()
    try:
        assert "record" in examined(asked(look_through(schools).workbooks[0]))
        assert [book() for book in books] == [None]
    finally:
        gc.enable()


def test_a_log_of_an_error_says_where_it_was_and_holds_nothing_of_the_books(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stumble(*_: object) -> None:
        raise KeyError(PUPIL)

    monkeypatch.setattr(examiner, "load", stumble)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    copy = tmp_path / "copy.xlsx"
    copy.write_text(PUPIL, encoding="utf-8")
    assert "意外" in examined(asked(copy) | {"is_copy": True})["why"]
    (log,) = tmp_path.iterdir()
    assert "KeyError" in log.read_text("utf-8")
    assert PUPIL not in log.read_text("utf-8")


def test_a_machine_without_room_for_a_workbook_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> SchoolOutcome:
        raise OSError(errno.ENOSPC, "full")

    def no_place(*_: object) -> SchoolOutcome:
        raise CannotWrite("放临时文件的磁盘满了，腾出空间以后再试。")

    def busy(*_: object) -> SchoolOutcome:
        raise BlockingIOError(errno.EAGAIN, "no more processes")

    for refusal, said in ((full, "磁盘满了"), (no_place, "磁盘满了"), (busy, "启动不了程序")):
        monkeypatch.setattr(Examiner, "examine", refusal)
        assert said in spreading.examine(JOB).why


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that starts a Python and waits for it")
def test_the_process_that_does_the_work_is_watched_and_ended_also_where_another_starts_it(
    tmp_path: Path, schools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher = tmp_path / "python"
    launcher.write_text(f'#!/bin/sh\n"{sys.executable}" "$@"\nexit\n')
    launcher.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(launcher))
    file = look_through(schools).workbooks[0].relative_to(schools).as_posix()
    with closing(Examiner()) as own:
        assert own.examine(SchoolJob(str(schools), file, "", 1)).record
        working = psutil.Process(own._running().number)
        assert confined._taken(working.pid) > 5 * confined._taken(own._running().process.pid)
        monkeypatch.setattr(confined, "_LOOK", 0.01)
        monkeypatch.setattr(confined, "MEGABYTES", 10)
        working.suspend()
        assert own.examine(SchoolJob(str(schools), file, "", 1)).why == TOO_LARGE
    with suppress(psutil.TimeoutExpired):  # nobody may be there who asks what it ended with
        working.wait(1)
    assert not working.is_running() or working.status() == psutil.STATUS_ZOMBIE

    launcher.write_text("#!/bin/sh\nsleep 60\nexit\n")
    monkeypatch.setattr(confined, "SECONDS", 0)
    monkeypatch.setattr(confined, "_LOOK", 0.2)
    before = time.monotonic()
    with closing(Examiner()) as own:
        assert "没有读完" in own.examine(SchoolJob(str(schools), file, "", 1)).why
    assert time.monotonic() - before < 30, "what it had started was waited for"


def test_what_a_system_put_out_of_memory_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Trimmed:
        rss, pagefile = 5, 7

    monkeypatch.setattr(psutil.Process, "memory_info", lambda _: Trimmed())
    assert confined._taken(os.getpid()) == 7


def test_of_a_process_whose_memory_nobody_tells_the_clock_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: int) -> psutil.Process:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "Process", refused)
    assert confined._taken(os.getpid()) == 0


def test_an_examiner_whose_parent_is_killed_ends_at_once_and_leaves_no_copy(tmp_path: Path) -> None:
    """Nobody would watch its time and its memory."""
    copy = tmp_path / "一.xlsx"
    copy.write_bytes(b"x")
    hanging = "import time; examiner.examined = lambda asked: time.sleep(99)"
    command = [sys.executable, "-c", f"from schoollib_xl.actions.county import examiner; {hanging}; examiner.main()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        process.stdin.write(f"{json.dumps(asked(copy) | {'is_copy': True})}\n")
        process.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.stdin.close()
        assert process.wait(20) == 0
    assert not copy.exists()
