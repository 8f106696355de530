"""What a cluster may do meanwhile is said in a sentence, and no school's books stay in it."""

import json
import logging
import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import distributed
import pytest
from distributed.versions import get_versions

from county.schools import PUPIL, TITLE, asked
from schoollib_xl.actions.county import connecting, spreading
from schoollib_xl.actions.county.connecting import NoCluster
from schoollib_xl.actions.county.examiner import examined
from schoollib_xl.actions.county.folder import look_through
from schoollib_xl.actions.county.job import SchoolJob, SchoolOutcome, masked
from schoollib_xl.actions.county.spreading import spread

JOB = SchoolJob("县", "一.xlsx", "", 1)


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

    def scheduler_info(self) -> dict[str, Any]:
        return {"workers": {machine: {"status": "paused"} for machine in self.nthreads()}}


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


class Paused(Deserted):
    """A client of a cluster whose machines have no memory left."""

    status = "running"

    def nthreads(self) -> dict[str, int]:
        return {"tcp://甲": 2}


def test_machines_that_hold_back_for_want_of_memory_are_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def timed_out(*_: object, **__: object) -> None:
        monkeypatch.setattr(spreading, "time", SimpleNamespace(monotonic=lambda: spreading._SECONDS_PAUSED + 1))
        raise TimeoutError

    monkeypatch.setattr(spreading, "time", SimpleNamespace(monotonic=lambda: 0.0))
    monkeypatch.setattr(distributed, "wait", timed_out)
    with pytest.raises(NoCluster, match="内存不够，都停下来等着，没有汇总完；"):
        spreading._first_done(Paused(), {Task("pending"): spreading._Handed(JOB, None)})
    monkeypatch.setattr(spreading, "_SECONDS_ALONE", -1)
    monkeypatch.setattr(Paused, "scatter", timed_out)
    with pytest.raises(NoCluster, match="内存不够"):
        spreading._sent(Paused(), b"x")


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
    with pytest.raises(spreading.OtherVersionError) as refused:
        spreading.examine(replace(JOB, version="0.1.0"))
    monkeypatch.setattr(distributed, "wait", lambda *_, **__: None)
    with pytest.raises(NoCluster, match=r"schoollib-xl 是 0\.1\.0，这台电脑的是 0\.2\.0"):
        list(spreading._in_turn(Erring(refused.value, schoollib_xl="0.1.0"), [JOB], 3, is_shipped=False))
    # Its files were changed without another installation.
    with pytest.raises(NoCluster, match=r"schoollib-xl 是 0\.2\.0，这台电脑的是 0\.1\.0"):
        list(spreading._in_turn(Erring(refused.value), [replace(JOB, version="0.1.0")], 3, is_shipped=False))


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

    def scatter(_: object, shipped: object, **__: object) -> object:
        sent.append(shipped)
        if len(sent) < 3:
            raise OSError
        return shipped

    monkeypatch.setattr(Losing, "scatter", scatter)
    monkeypatch.setattr(spreading, "_PAUSE", 0)
    with monkeypatch.context() as patched:
        # Dask tries a machine for half a minute before it gives it up.
        clock = SimpleNamespace(monotonic=lambda: 30 * bool(sent) + len(sent), sleep=lambda _: None)
        patched.setattr(spreading, "time", clock)
        assert spreading._sent(Losing(0), b"x") == b"x"
    sent.clear()
    monkeypatch.setattr(spreading, "_SECONDS_ALONE", -1)
    with pytest.raises(NoCluster, match="干活的机器都停了"):
        spreading._sent(Losing(0), b"x")


@pytest.mark.parametrize("content", [b"", b"x", bytes(range(256)) * 5, b"PK\x03\x04" * (1 << 19) + b"end"])
def test_what_is_masked_says_nothing_and_comes_back_as_it_was(content: bytes) -> None:
    hidden = masked(content, b"key")
    assert (masked(hidden, b"key"), len(hidden)) == (content, len(content))
    assert not content or masked(hidden, b"yek") != content
    assert b"PK\x03\x04" not in hidden


def test_a_worker_without_memory_writes_no_workbook_to_its_disk(schools: Path, tmp_path: Path) -> None:
    workbook = look_through(schools).workbooks[0]
    job = spreading._packed(SchoolJob(str(workbook.parent), workbook.name, "", 1))
    quiet = {"processes": False, "dashboard_address": "127.0.0.1:0", "local_directory": str(tmp_path)}
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, memory_limit="9kB", **quiet) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert job
        handed = spreading._handed_out(client, job)
        spilled = b"".join(path.read_bytes() for path in tmp_path.rglob("storage/*"))
    assert handed
    assert (len(spilled) > workbook.stat().st_size, b"PK\x03\x04" in spilled) == (True, False)


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
        job.file: "".join(examined(asked(schools / job.file)).values()) for job in jobs
    }
    assert not [secret for secret in (PUPIL, TITLE, "S0001", "PK\\x03") if secret in shown]
    assert (b"examine" in kept, b"PK\x03\x04" in kept) == (True, False), "a workbook stays in Dask's log of messages"
    assert not [*left.rglob("*.xlsx")]
