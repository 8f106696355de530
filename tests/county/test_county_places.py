"""What a county's folder, disk and cluster may do meanwhile is said of that workbook or in a sentence; no stop."""

import errno
import gc
import json
import logging
import os
import pickle
import sys
import time
import weakref
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import distributed
import psutil
import pytest
from distributed.versions import get_versions

from county.schools import PUPIL, TITLE, county_of, school
from schoollib_xl.actions.county import confined, connecting, examiner, rolling, spreading
from schoollib_xl.actions.county.confined import Examiner
from schoollib_xl.actions.county.connecting import NoCluster
from schoollib_xl.actions.county.examiner import TOO_LARGE, examined
from schoollib_xl.actions.county.folder import BOOK_NAME, RECORDS_NAME, _is_result, look_through
from schoollib_xl.actions.county.job import SchoolJob, SchoolOutcome
from schoollib_xl.actions.county.rolling import Cluster, CountyRun, roll_up, write_county
from schoollib_xl.actions.county.spreading import spread
from schoollib_xl.county.rollup import Rolled
from schoollib_xl.names import written_out
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.wording.answer import Answer
from schoollib_xl.wording.county.county_answer import county_answer
from schoollib_xl.wording.county.county_json import county_json

JOB = SchoolJob("县", "一.xlsx", "", 1)


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("各校")
    county_of(folder, 4)
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The workbooks that are read, in this process and one after the other."""
    files: list[str] = []

    def spread_here(jobs: Sequence[SchoolJob], **_: object) -> Iterator[SchoolOutcome]:
        for job in jobs:
            files.append(job.file)
            asked = {"file": str(job.workbook), "is_copy": False, "as_of": job.as_of, "seed": job.seed}
            yield SchoolOutcome(job, **examined(asked))

    monkeypatch.setattr(rolling, "spread", spread_here)
    return files


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system that has pipes with names")
def test_folders_are_looked_through_once_and_links_are_named(tmp_path: Path) -> None:
    for name in ("东镇/一.xlsx", "东镇/村/二.XLS", "东镇/~$一.xlsx", ".旧/三.xlsx", "西镇/说明.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    write_county(Rolled(0, (), (), ()), tmp_path)
    result = write_answer_book(Answer("清单", (), ()), tmp_path / "清单.xlsx")
    for name in ("清单(2).xlsx", "西镇/别的.xlsx"):
        (tmp_path / name).write_bytes(result.read_bytes())
    write_workbook(school(1), tmp_path / "西镇" / "七本账.xlsx")
    (tmp_path / "东镇" / "回来").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "东镇" / "断.xlsx").symlink_to(tmp_path / "没有.xlsx")
    (tmp_path / "西镇" / "三所.ZIP").write_bytes(b"x")
    os.mkfifo(tmp_path / "西镇" / "管道.xlsx")
    found = look_through(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in found.workbooks] == [
        "东镇/一.xlsx", "东镇/断.xlsx", "东镇/村/二.XLS", "西镇/七本账.xlsx", "西镇/别的.xlsx",
    ]  # fmt: skip
    assert [(one.file, one.why.partition("，")[0]) for one in found.shut] == [
        ("东镇/回来", "是指到别处的链接"), ("西镇/三所.ZIP", "是压缩包"), ("西镇/管道.xlsx", "不是文件"),
    ]  # fmt: skip
    assert ((tmp_path / BOOK_NAME).exists(), found.results) == (True, 2)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["东镇/一校/账.xlsx", "东镇/二校/"], {"东镇/二校": "这个文件夹里没有工作簿"}),
        (["东镇/一.xlsx", "西镇/说明.docx", "西镇/三校/"], {"西镇": "这个文件夹里没有工作簿"}),
        (["一校/账.xlsx", "一校/图片/一.png", "一校/通知单/三月/"], {}),
        (["一校/账.xlsx", "二校/二校.zip"], {"二校/二校.zip": "是压缩包"}),
        (["一.xlsx", "县汇总_记录/记录格式.json", "__MACOSX/._一.xlsx", "System Volume Information/x"], {}),
        (["东镇/一.xlsx", "县汇总_记录/记录格式.json", "$RECYCLE.BIN/x"], {}),
        (["一.xlsx", "二.xlsx.crdownload", "三.XLS.part", "四.xlsx - 快捷方式.lnk", "五.et.bak"],
         dict.fromkeys(["二.xlsx.crdownload", "三.XLS.part", "四.xlsx - 快捷方式.lnk", "五.et.bak"],
                       "名字不是以 .xlsx 这些结尾的")),
        (["一.xlsx", "借还流水_一.jsonl", "说明.docx", "第1.2期.pdf"], {}),
        (["说明.docx", "空/"], {}),
    ],
)  # fmt: skip
def test_where_a_school_may_be_missing_is_told_and_nothing_else(
    names: list[str], told: dict[str, str], tmp_path: Path
) -> None:
    """A school that has sent nothing yet, half a download, a link of Windows; no pictures, no folders of systems."""
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).mkdir() if name.endswith("/") else (tmp_path / name).write_bytes(b"x")
    found = look_through(tmp_path).shut
    assert {one.file: one.why.partition("，")[0].partition("；")[0] for one in found} == told


@pytest.mark.parametrize(
    ("name", "written"),
    [("东镇/一.xlsx", "东镇/一.xlsx"), ("东镇/\udcb0\udca1.xlsx", "东镇/啊.xlsx"), ("\udcff.xlsx", "\\udcff.xlsx"),
     ("\ud800.xlsx", "\\ud800.xlsx")],
)  # fmt: skip
def test_a_name_of_another_encoding_is_written_out(name: str, written: str) -> None:
    assert written_out(name) == written


@pytest.mark.skipif(sys.platform != "linux", reason="needs a system that takes any bytes for a name")
def test_names_of_another_encoding_stop_nothing(tmp_path: Path, read: list[str]) -> None:
    write_workbook(school(1), tmp_path / "县" / "一.xlsx")
    for name in (b"\xb0\xa1", b"\xb0\xa2"):
        (tmp_path / "县" / f"{os.fsdecode(name)}.xlsx").write_bytes(b"x")
    rolled = roll_up(tmp_path / "县", tmp_path, CountyRun(), Cluster(1), None)
    write_county(rolled, tmp_path)
    assert [(one.file, one.why.partition("》")[0]) for one in rolled.failed] == [
        ("啊.xlsx", "《啊.xlsx"), ("阿.xlsx", "《阿.xlsx"),
    ]  # fmt: skip


def test_a_workbook_that_is_away_while_it_is_saved_is_still_to_be_read(tmp_path: Path) -> None:
    assert not _is_result(tmp_path / "一.xlsx")


def test_a_workbook_that_may_not_be_looked_at_is_still_to_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "一.xlsx").write_bytes(b"x")

    def shut(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "stat", shut)
    assert look_through(tmp_path).workbooks == [tmp_path / "一.xlsx"]


def test_what_was_not_looked_into_is_told_beside_the_workbooks(tmp_path: Path, read: list[str]) -> None:
    (tmp_path / "东镇.zip").write_bytes(b"x")
    rolled = roll_up(tmp_path, None, CountyRun(), Cluster(1), None)
    first, second, *_ = county_answer(rolled).sentences
    assert first == "0 份工作簿，汇总了 0 所学校。"
    assert second == "另有 1 个文件夹、压缩包这些没有读到账，见“没有汇总的”；里面有账的话，就少算了。"
    assert [one.file for one in rolled.failed] == ["东镇.zip"]


def test_a_folder_that_is_gone_is_named_as_a_whole(tmp_path: Path) -> None:
    (shut,) = look_through(tmp_path / "没有").shut
    assert shut.file == str(tmp_path / "没有")


def test_a_run_that_is_stopped_goes_on_where_it_was(schools: Path, tmp_path: Path, read: list[str]) -> None:
    def stop(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        roll_up(schools, tmp_path, CountyRun(), Cluster(1), stop)
    assert len(read) == 3
    whole = roll_up(schools, tmp_path, CountyRun(), Cluster(1), None)
    assert sorted(read) == sorted({*read})
    assert county_json(whole)["read"] == 4


def test_books_that_name_no_day_are_read_again_on_another(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    books = school(1)
    write_workbook(books, tmp_path / "县" / "一.xlsx")
    write_workbook(replace(books, school=books.school._replace(name="二小", cut_off=None)), tmp_path / "县" / "二.xlsx")
    for _ in range(2):
        roll_up(tmp_path / "县", tmp_path, CountyRun(), Cluster(1), None)
    assert sorted(read) == ["一.xlsx", "二.xlsx"]
    monkeypatch.setattr(rolling, "date", Tomorrow)
    roll_up(tmp_path / "县", tmp_path, CountyRun(), Cluster(1), None)
    assert read[2:] == ["二.xlsx"]


class Tomorrow(date):
    @classmethod
    def today(cls) -> "Tomorrow":
        return cls.fromordinal(date.today().toordinal() + 1)


def test_a_workbook_that_is_saved_while_it_is_read_is_not_remembered_as_it_was(tmp_path: Path, read: list[str]) -> None:
    workbook = tmp_path / "县" / "一.xlsx"
    write_workbook(school(1), workbook)
    before = workbook.read_bytes()

    def save(*_: int) -> None:
        workbook.write_bytes(before + b"\0")

    kept = tmp_path / "汇总" / RECORDS_NAME
    job = SchoolJob(str(workbook.parent), workbook.name, "", 1)
    records = rolling.Records(kept, CountyRun())
    state = records._state(job)
    save()
    records._remember(SchoolOutcome(job, **examined(_asked(workbook))), state)
    assert not records._known(state.digest)
    workbook.unlink()
    assert records._state(job).digest == ""
    assert read == []


def test_a_workbook_that_cannot_be_read_while_it_is_saved_is_tried_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half, torn = tmp_path / "县" / "一.xlsx", tmp_path / "县" / "二.xlsx"
    write_workbook(school(1), half)
    content = half.read_bytes()
    for path in (half, torn):
        path.write_bytes(content[:900])
    read: list[str] = []

    def spread_here(jobs: Sequence[SchoolJob], **_: object) -> Iterator[SchoolOutcome]:
        for job in jobs:
            read.append(job.file)
            yield SchoolOutcome(job, **examined(_asked(job.workbook)))
            half.write_bytes(content)

    monkeypatch.setattr(rolling, "spread", spread_here)
    rolled = roll_up(half.parent, tmp_path, CountyRun(), Cluster(1), None)
    assert read == ["一.xlsx", "二.xlsx", "一.xlsx"]
    assert ([one.file for one in rolled.counted], [one.file for one in rolled.failed]) == (["一.xlsx"], ["二.xlsx"])


def _asked(workbook: Path) -> dict[str, Any]:
    return {"file": str(workbook), "is_copy": False, "as_of": "", "seed": 1}


def test_workbooks_that_are_gone_in_the_middle_are_named_and_the_rest_counts(tmp_path: Path, read: list[str]) -> None:
    county_of(tmp_path / "县", 3)
    last = look_through(tmp_path / "县").workbooks[-1]

    def gone(done: int, _: int) -> None:
        if done == 1:
            last.unlink()

    rolled = roll_up(tmp_path / "县", tmp_path, CountyRun(), Cluster(1), gone)
    assert (len({*read}), len(rolled.counted)) == (3, 2)
    assert [(one.file, "找不到" in one.why) for one in rolled.failed] == [(f"{last.parent.name}/{last.name}", True)]


def test_a_workbook_that_eats_the_memory_is_said_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def eat(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(examiner, "load", eat)
    assert examined(_asked(tmp_path / "大.xlsx")) == {"why": TOO_LARGE}


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
        assert "record" in examined(_asked(look_through(schools).workbooks[0]))
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
    assert "意外" in examined(_asked(copy) | {"is_copy": True})["why"]
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
    with closing(Examiner()) as asked:
        assert asked.examine(SchoolJob(str(schools), file, "", 1)).record
        working = psutil.Process(asked._running().number)
        assert confined._taken(working.pid) > 5 * confined._taken(asked._running().process.pid)
        monkeypatch.setattr(confined, "_LOOK", 0.01)
        monkeypatch.setattr(confined, "MEGABYTES", 10)
        working.suspend()
        assert asked.examine(SchoolJob(str(schools), file, "", 1)).why == TOO_LARGE
    with suppress(psutil.TimeoutExpired):  # nobody may be there who asks what it ended with
        working.wait(1)
    assert not working.is_running() or working.status() == psutil.STATUS_ZOMBIE

    launcher.write_text("#!/bin/sh\nsleep 60\nexit\n")
    monkeypatch.setattr(confined, "SECONDS", 0)
    monkeypatch.setattr(confined, "_LOOK", 0.2)
    before = time.monotonic()
    with closing(Examiner()) as asked:
        assert "没有读完" in asked.examine(SchoolJob(str(schools), file, "", 1)).why
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


def versions(**changed: str) -> dict[str, Any]:
    own = {"python": "3.12.4.final.0", "dask": "2026.8.0", "distributed": "2026.8.0", "schoollib-xl": "0.2.0",
           "python-calamine": "0.5", "pydantic": "2.9"}  # fmt: skip
    there = {"packages": own | {name.replace("_", "-"): value for name, value in changed.items()}}
    return {"client": {"packages": own}, "scheduler": {"packages": own}, "workers": {"tcp://甲": there}}


@pytest.mark.parametrize(
    ("changed", "said"),
    [({}, ""), ({"python": "3.12.9.final.0"}, ""), ({"python": "3.11.7.final.0"}, "python 是 3.11，这台电脑的是 3.12"),
     ({"dask": "2025.7.0"}, "dask 是 2025.7.0，这台电脑的是 2026.8.0"),
     ({"schoollib_xl": "0.1.0"}, "schoollib-xl 是 0.1.0，这台电脑的是 0.2.0"),
     ({"schoollib_xl": ""}, "schoollib-xl 是 没有装，这台电脑的是 0.2.0")],
)  # fmt: skip
def test_a_machine_with_another_version_is_said_with_both(changed: dict[str, str], said: str) -> None:
    assert connecting._foreign(versions(**changed)) == said


def test_dask_tells_every_version_that_must_be_the_same() -> None:
    told = get_versions(packages=connecting._ASKED)["packages"]
    assert {name: bool(told[name]) for name in connecting._SAME} == dict.fromkeys(connecting._SAME, True)


def test_what_answers_otherwise_than_a_scheduler_of_this_version_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def strange(*_: object, **__: object) -> None:
        raise TypeError("unexpected keyword")

    with pytest.raises(NoCluster, match="答的听不懂：那里不是 Dask 的调度机，或者 Dask 的版本不一样"):
        connecting._reached_and_fit(strange, "tcp://甲").__enter__()


class Deserted:
    """A client of a cluster whose workers are gone."""

    status = "closed"

    def scatter(self, *_: object, **__: object) -> object:
        return object()

    def submit(self, *_: object, **__: object) -> object:
        return object()

    def nthreads(self) -> dict[str, int]:
        return {}


@pytest.mark.parametrize(
    ("lost", "said"),
    [(TimeoutError(), "干活的机器都停了"), (CancelledError(), "“tcp://甲”中途断了"), (OSError(), "“tcp://甲”中途断了")],
)
def test_a_cluster_that_is_lost_in_the_middle_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lost: Exception, said: str
) -> None:
    (tmp_path / "一.xlsx").write_bytes(b"x")

    @contextmanager
    def deserted(*_: object) -> Iterator[tuple[Deserted, int]]:
        yield Deserted(), 1

    def wait(*_: object, **__: object) -> None:
        raise lost

    monkeypatch.setattr(spreading, "connected", deserted)
    monkeypatch.setattr(distributed, "wait", wait)
    with pytest.raises(NoCluster, match=said):
        list(spread([SchoolJob(str(tmp_path), "一.xlsx", "", 1)], workers=1, scheduler="tcp://甲"))


class Task:
    """One that was handed out and came to this."""

    def __init__(self, status: str, error: Exception | None = None) -> None:
        self.status, self.error = status, error

    def exception(self) -> Exception | None:
        return self.error

    def result(self) -> SchoolOutcome:
        return SchoolOutcome(JOB, record="{}")


class Losing(Deserted):
    """A client whose machines are lost so many times, each with the task it was given."""

    status = "running"

    def __init__(self, losses: int) -> None:
        self.losses = losses

    def submit(self, *_: object, **__: object) -> Task:
        self.losses -= 1
        return Task("cancelled" if self.losses >= 0 else "finished")


class Erring(Deserted):
    """A client whose tasks end in this error first, in a cluster of these versions."""

    def __init__(self, error: Exception, **changed: str) -> None:
        self.tasks, self.changed = [Task("finished"), Task("error", error)], changed
        self.scheduler = SimpleNamespace(address="tcp://甲")

    def submit(self, *_: object, **__: object) -> Task:
        return self.tasks.pop()

    def get_versions(self, **_: object) -> dict[str, Any]:
        return versions(**self.changed)


def test_an_error_is_told_once_by_its_kind_and_only_a_lost_machine_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(distributed, "wait", lambda *_, **__: None)
    (told,) = spreading._in_turn(Erring(ModuleNotFoundError(PUPIL)), [JOB], 3, is_shipped=False)
    assert told.why == "算这份工作簿的机器出了错（ModuleNotFoundError），没有算进来。"
    lost = distributed.KilledWorker(JOB.file, None, 3)
    assert [one.record for one in spreading._in_turn(Erring(lost), [JOB], 3, is_shipped=False)] == ["{}"]


def test_a_machine_of_another_version_that_comes_later_does_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError) as asked:
        spreading.examine(replace(JOB, version="0.1.0"))
    monkeypatch.setattr(distributed, "wait", lambda *_, **__: None)
    with pytest.raises(NoCluster, match=r"schoollib-xl 是 0\.1\.0，这台电脑的是 0\.2\.0"):
        list(spreading._in_turn(Erring(asked.value, schoollib_xl="0.1.0"), [JOB], 3, is_shipped=False))


@pytest.mark.parametrize(("losses", "said"), [(0, ""), (3, ""), (99, "停了几次")])
def test_a_workbook_that_is_lost_with_its_machine_is_sent_again(
    monkeypatch: pytest.MonkeyPatch, losses: int, said: str
) -> None:
    def wait(tasks: Sequence[Task], **_: object) -> None:
        if tasks[0].status == "cancelled":
            raise CancelledError

    monkeypatch.setattr(distributed, "wait", wait)
    (outcome,) = spreading._in_turn(Losing(losses), [JOB], 3, is_shipped=False)
    assert said in outcome.why
    assert bool(outcome.record) is not bool(said)


def test_a_machine_that_is_lost_while_a_workbook_goes_there_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []

    def scatter(_: object, job: object, **__: object) -> object:
        sent.append(job)
        if len(sent) < 3:
            raise OSError
        return job

    monkeypatch.setattr(Losing, "scatter", scatter)
    monkeypatch.setattr(spreading, "_PAUSE", 0)
    with monkeypatch.context() as patched:
        # Dask tries a machine for half a minute before it gives it up.
        clock = SimpleNamespace(monotonic=lambda: 30 * bool(sent) + len(sent), sleep=lambda _: None)
        patched.setattr(spreading, "time", clock)
        assert spreading._sent(Losing(0), JOB) is JOB
    sent.clear()
    monkeypatch.setattr(spreading, "_SECONDS_ALONE", -1)
    with pytest.raises(NoCluster, match="干活的机器都停了"):
        spreading._sent(Losing(0), JOB)


def test_a_cluster_is_sent_the_workbooks_and_nothing_of_them_is_in_what_it_logs_or_leaves_behind(
    schools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, log = tmp_path / "临时", tmp_path / "log.txt"
    left.mkdir()
    monkeypatch.setenv("TMPDIR", str(left))
    monkeypatch.setattr("tempfile.tempdir", str(left))
    handler, logger = logging.FileHandler(log, encoding="utf-8"), logging.getLogger("distributed")
    monkeypatch.setattr(connecting, "_hush", lambda: logger.setLevel(logging.DEBUG))
    logger.addHandler(handler)
    files = [path.relative_to(schools).as_posix() for path in look_through(schools).workbooks]
    jobs = [SchoolJob(str(schools), file, "", 1) for file in (*files, "没有.xlsx")]
    quiet = {"processes": False, "dashboard_address": "127.0.0.1:0"}
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, **quiet) as cluster:
        outcomes = list(spread(jobs, workers=1, scheduler=cluster.scheduler_address))
        shown = json.dumps([list(one) for one in cluster.scheduler.get_logs()], default=str)
        shown += str([cluster.scheduler.get_events(), cluster.scheduler.transition_log])
        comms = [*cluster.scheduler.stream_comms.values(), *cluster.scheduler.client_comms.values()]
        kept = pickle.dumps([[*comm.recent_message_log] for comm in comms])
    logger.removeHandler(handler)
    shown += log.read_text("utf-8") + str(outcomes) + str([*map(spreading._packed, jobs)])
    shown += "".join(path.read_text("utf-8", "replace") for path in left.rglob("*") if path.is_file())
    assert {one.job.file: one.record or one.why for one in outcomes} == {
        job.file: "".join(examined(_asked(schools / job.file)).values()) for job in jobs
    }
    assert not [secret for secret in (PUPIL, TITLE, "S0001", "PK\\x03") if secret in shown]
    assert (b"examine" in kept, b"PK\x03\x04" in kept) == (True, False), "a workbook stays in Dask's log of messages"
    assert not [*left.rglob("*.xlsx")]
