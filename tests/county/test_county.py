"""`county` as its officer meets it: broken workbooks, workers that die, a second run, and no child's name anywhere."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from county.schools import BROKEN, PUPIL, TITLE, another_year, broken, county_of, school
from killing import with_room_for
from schoollib_xl.actions.county import confined, connecting, rolling
from schoollib_xl.actions.county.confined import Examiner
from schoollib_xl.actions.county.examiner import TOO_LARGE
from schoollib_xl.actions.county.folder import BOOK_NAME
from schoollib_xl.actions.county.job import SchoolJob
from schoollib_xl.actions.county.rolling import PAGE_NAME, RECORDS_NAME, Cluster, CountyRun, roll_up, write_county
from schoollib_xl.cli.program import main
from schoollib_xl.county.record import SchoolRecord
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.wording.county.county_json import county_json


def answer(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    main(["county", str(folder), "--format", "json", *options])
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def test_every_workbook_is_counted_or_named_with_its_reason_by_any_number_of_workers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    county_of(tmp_path, 3)
    broken(tmp_path)
    (tmp_path / "~$第1小学.xlsx").write_bytes(b"lock")
    said = answer(tmp_path, capsys, "--workers", "3")
    assert answer(tmp_path, capsys, "--workers", "1") == said
    failed = said["failed"]
    assert isinstance(failed, list)
    assert (said["schools"], said["read"], len(failed)) == (3 + len(BROKEN), 3, len(BROKEN))
    assert {one["file"] for one in failed} == {f"{name}.xlsx" for name in BROKEN}
    assert not (tmp_path / BOOK_NAME).exists()


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    county_of(tmp_path, 6)
    expected = county_json(roll_up(tmp_path, None, CountyRun(), Cluster(1), None))
    killing = threading.Event()
    killer = threading.Thread(target=_kill_examiners, args=(killing,))
    killer.start()
    try:
        assert county_json(roll_up(tmp_path, None, CountyRun(), Cluster(2), None)) == expected
    finally:
        killing.set()
        killer.join()


def _kill_examiners(enough: threading.Event) -> None:
    """End the examiners of this process twice, each at some moment of their work."""
    for _ in range(2):
        if enough.wait(0.7):
            return
        found = subprocess.run(
            ["pgrep", "-P", str(os.getpid()), "-f", "county.examiner"], capture_output=True, text=True
        )
        for number in found.stdout.split():
            os.kill(int(number), signal.SIGKILL)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs a system that can stop a process")
def test_a_workbook_that_hangs_costs_itself_only_and_does_not_hold_up_who_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_workbook(school(1), tmp_path / "一.xlsx")
    monkeypatch.setattr(confined, "SECONDS", 1)
    examiner = Examiner()
    os.kill(examiner._running().process.pid, signal.SIGSTOP)
    job = SchoolJob(str(tmp_path), "一.xlsx", "", 1)
    assert "没有读完" in examiner.examine(job).why
    os.kill(examiner._running().process.pid, signal.SIGSTOP)
    threading.Timer(0.1, examiner.stop).start()
    assert not examiner.examine(job).record
    examiner = Examiner()
    monkeypatch.setattr(confined, "SECONDS", 60)
    assert SchoolRecord.model_validate_json(examiner.examine(job).record).school == "第1小学"
    examiner.close()


def test_a_workbook_that_takes_more_memory_than_it_may_is_ended_from_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confined, "MEGABYTES", 1)
    with closing(Examiner()) as examiner:
        assert examiner.examine(SchoolJob(str(tmp_path), "一.xlsx", "", 1)).why == TOO_LARGE


def test_a_second_run_reads_no_workbook_again_and_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county_of(tmp_path / "各校", 3)
    into = tmp_path / "汇总"
    command = [sys.executable, "-m", "schoollib_xl", "county", str(tmp_path / "各校"), "--into", str(into)]
    assert subprocess.run([*command, "--workers", "2"], capture_output=True).returncode == 1
    first = {path.name: path.read_bytes() for path in sorted(into.rglob("*")) if path.is_file()}
    monkeypatch.setattr(confined, "_started", lambda: pytest.fail("a workbook is read again"))
    assert main([*command[3:], "--workers", "2"]) == 1
    assert {path.name: path.read_bytes() for path in sorted(into.rglob("*")) if path.is_file()} == first
    assert {BOOK_NAME, PAGE_NAME} <= set(first)


@pytest.mark.usefixtures("in_process")
def test_a_changed_workbook_is_read_again_and_the_trend_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    county_of(tmp_path, 2)
    main(["county", str(tmp_path), "--workers", "2"])
    workbook = tmp_path / "西镇" / "第1小学.xlsx"
    workbook.unlink()
    write_workbook(school(1, loans=8), workbook)
    capsys.readouterr()
    main(["county", str(tmp_path), "--workers", "2"])
    assert "和上次汇总比，1 所学校有变化。" in capsys.readouterr().out


@pytest.mark.usefixtures("in_process")
def test_a_record_that_was_tampered_with_is_made_again(tmp_path: Path) -> None:
    county_of(tmp_path, 1)
    first = county_json(roll_up(tmp_path, tmp_path, CountyRun(), Cluster(1), None))
    for path in (tmp_path / RECORDS_NAME).glob("*.json"):
        path.write_text("{" * 1000, encoding="utf-8")
    assert county_json(roll_up(tmp_path, tmp_path, CountyRun(), Cluster(1), None)) == first


@pytest.mark.usefixtures("in_process")
def test_no_pupil_and_no_title_of_a_loan_is_in_anything_that_is_written(tmp_path: Path) -> None:
    county_of(tmp_path / "各校", 2)
    into = tmp_path / "汇总"
    assert main(["county", str(tmp_path / "各校"), "--into", str(into), "--workers", "2"]) == 1
    secrets = (PUPIL, TITLE, "S0001")
    for path in into.rglob("*"):
        if path.suffix in (".json", ".html"):
            text = path.read_text("utf-8")
            assert not [secret for secret in secrets if secret in text], path


@pytest.mark.usefixtures("in_process")
def test_an_old_workbook_is_not_added_to_this_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    county_of(tmp_path, 2)
    write_workbook(another_year(school(7)), tmp_path / "第7小学.xlsx")
    said = answer(tmp_path, capsys, "--workers", "2")
    assert said["failed"] == [{"file": "第7小学.xlsx", "why": "是 2024-2025 学年的账，这次汇总的是 2025-2026 学年。"}]


def test_no_more_is_read_at_a_time_than_a_computer_can(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["county", str(tmp_path), "--workers", "20000"]) == 2
    assert capsys.readouterr().err.startswith("“20000”太多")
    assert not list(tmp_path.iterdir())


def test_a_scheduler_that_cannot_be_reached_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "_SECONDS_TO_CONNECT", 0.3)
    monkeypatch.setattr(connecting, "_GRACE", 0.3)
    (tmp_path / "一.xlsx").write_bytes(b"x")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for port in (9, silent.getsockname()[1]):
            assert main(["county", str(tmp_path), "--scheduler", f"tcp://127.0.0.1:{port}"]) == 2
            error = capsys.readouterr().err
            assert f"连不上“tcp://127.0.0.1:{port}”" in error
            assert "Traceback" not in error


@pytest.mark.usefixtures("in_process")
def test_an_empty_folder_and_a_folder_that_is_not_there_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["county", str(tmp_path)]) == 1
    assert "没有工作簿" in capsys.readouterr().out
    assert main(["county", str(tmp_path / "没有")]) == 2
    assert "不是文件夹" in capsys.readouterr().err


@pytest.mark.usefixtures("in_process")
def test_a_disk_that_fills_costs_the_next_run_its_head_start_and_no_school(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county_of(tmp_path, 2)
    expected = county_json(roll_up(tmp_path, None, CountyRun(), Cluster(1), None))

    def full(path: Path, _: bytes) -> Path:
        raise CannotWrite(f"磁盘满了，“{path.name}”没有写成，腾出空间以后再试。")

    monkeypatch.setattr(rolling, "write", full)
    rolled = roll_up(tmp_path, tmp_path / "汇总", CountyRun(), Cluster(1), None)
    assert county_json(rolled) == expected
    assert ["4 份记录没有存下" in note and "磁盘满了" in note for note in rolled.notes] == [True]


@pytest.mark.usefixtures("in_process")
def test_a_place_without_room_for_the_result_keeps_what_goes_in_and_the_totals_are_right_all_the_same(
    tmp_path: Path,
) -> None:
    county_of(tmp_path / "县", 2)
    expected = county_json(roll_up(tmp_path / "县", None, CountyRun(), Cluster(1), None))

    def into_a_small_place() -> None:
        rolled = roll_up(tmp_path / "县", tmp_path / "汇总", CountyRun(), Cluster(1), None)
        assert (county_json(rolled), "没有存下" in rolled.notes[0]) == (expected, True)
        write_county(rolled, tmp_path / "汇总")

    with_room_for(1200, into_a_small_place, CannotWrite)
    assert [path.name for path in (tmp_path / "汇总").iterdir()] == [RECORDS_NAME]


@pytest.mark.usefixtures("in_process")
def test_schools_of_no_name_of_blanks_and_of_nobody_one_or_a_copy_are_each_counted_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sizes = {"甲": 20, "乙": 0, "丙": 1, "丁": 21}
    for number, (name, pupils) in enumerate(sizes.items()):
        books = school(number, pupils=pupils, loans=0 if not pupils else 3)
        blank = books.school._replace(name="　 " * number or None)
        write_workbook(replace(books, school=blank), tmp_path / f"{name}.xlsx")
    (tmp_path / "丁的副本.xlsx").write_bytes((tmp_path / "丁.xlsx").read_bytes())
    said = answer(tmp_path, capsys)
    assert (said["schools"], said["read"], said["county"]["pupils"], said["county"]["copies"]) == (5, 4, 42, 48)
    assert [one["file"] for one in said["failed"]] == ["丁的副本.xlsx"]
    assert {one["file"]: (one["school"], one["pupils"], one["per_pupil"]) for one in said["each"]} == {
        "甲.xlsx": (None, None, None), "乙.xlsx": (None, 0, None), "丙.xlsx": (None, None, None),
        "丁.xlsx": (None, 21, "0.57"),
    }  # fmt: skip


@pytest.mark.usefixtures("in_process")
def test_a_folder_that_cannot_be_looked_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    county_of(tmp_path, 2)
    (tmp_path / "锁着的镇").mkdir()
    scandir = os.scandir

    def shut(path: Path | str | int) -> object:
        if not isinstance(path, int) and Path(path).name == "锁着的镇":
            raise PermissionError(errno.EACCES, "shut", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", shut)
    rolled = roll_up(tmp_path, None, CountyRun(), Cluster(1), None)
    assert (rolled.workbooks, len(rolled.counted)) == (2, 2)
    assert [one.file for one in rolled.failed] == ["锁着的镇"]


def test_without_dask_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_workbook(school(1), tmp_path / "甲.xlsx")
    monkeypatch.setattr(connecting, "find_spec", lambda _: None)
    with pytest.raises(connecting.NoCluster, match="pip install -e"):
        roll_up(tmp_path, tmp_path, CountyRun(), Cluster(1), None)
    assert [path.name for path in tmp_path.iterdir()] == ["甲.xlsx"]
    # As README tells it.
    assert connecting._INSTALL in Path("README.md").read_text(encoding="utf-8")


def test_the_python_of_a_stick_is_not_told_to_take_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "find_spec", lambda _: None)
    monkeypatch.setattr(connecting.sys, "flags", SimpleNamespace(isolated=1))
    with pytest.raises(connecting.NoCluster, match=r"U盘里的 Python 装不了；在照 README 装了程序的电脑上"):
        connecting.ensure_installed()


@pytest.mark.usefixtures("in_process")
def test_a_scheduler_that_nobody_had_to_ask_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    county_of(tmp_path, 1)
    asked = ["county", str(tmp_path), "--scheduler", "胡说"]
    for said in ("", "没有要重读的工作簿，没有用到“胡说”。"):
        main(asked)
        assert capsys.readouterr().out.startswith(said or "1 份工作簿")


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="asks Linux what listens")
def test_a_local_cluster_listens_to_this_computer_only() -> None:
    with connecting.connected(1, ""):
        found = set(listening())
    assert found
    assert {address.partition(":")[0] for address in found} == {LOOPBACK}


LOOPBACK, LISTEN = "0100007F", "0A"


def listening() -> Iterator[str]:
    """The addresses that sockets of this process wait at, as Linux writes them; one of IPv6 is longer."""
    own = {str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_socket()}
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/self/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == LISTEN and f"socket:[{words[9]}]" in own:
                yield words[1]
