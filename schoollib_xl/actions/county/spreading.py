"""Workbooks spread over Dask: a cluster on this machine, or one that is there already."""

import errno
import logging
import os
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from warnings import catch_warnings

from schoollib_xl.actions.county.confined import Examiner
from schoollib_xl.actions.county.job import SchoolJob, SchoolOutcome
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.opening.vetting import MAX_BINARY

# Tasks that lie ready for each worker; more would only fill the scheduler's memory.
_READY = 3
# A scheduler on the local network that has not answered by then will not.
_SECONDS_TO_CONNECT = 15
# Dask ends its own waiting first.
_GRACE = 5
# So long nobody need be there to do the work: a worker that is lost may be started again.
_SECONDS_ALONE = 30
_PAUSE = 0.5
_GOES_ON = "存下的不用重读。"
# A workbook lies ready on a machine and is lost with it, whoever is at fault; none ends so many machines by chance.
_LOST = 10
_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_ROOM = "读它的机器磁盘满了，没有算进来。"
_CANNOT = "读它的机器启动不了程序，或者存不下这一份，没有算进来。"
_STOPPED = "算这份工作簿的机器停了几次，没有算进来。"
_CONNECTED = "running"
_HERE = "127.0.0.1:0"
_PER_THREAD = threading.local()
# Those of this process, so that one that hangs does not hold up the end of a run that is stopped.
_EXAMINERS: list[Examiner] = []

_SETTINGS = {
    "distributed.admin.event-loop": "asyncio",
    # What Dask's developers look at after a fault grows by this many messages and no further.
    "distributed.admin.low-level-log-length": 100,
}
_UNREACHABLE = (OSError, TimeoutError, ValueError)
# What must be the same for a school to come to the same there: Dask, this program, and what reads a workbook.
_SAME = ("python", "dask", "distributed", "schoollib-xl", "python-calamine", "pydantic")


class NoCluster(Exception):
    """No cluster to be had; says why in one Chinese sentence."""


def examine(job: SchoolJob) -> SchoolOutcome:
    """The task: examine one workbook in this worker thread's own process."""
    examiner: Examiner | None = getattr(_PER_THREAD, "examiner", None)
    if examiner is None:
        examiner = _PER_THREAD.examiner = Examiner()
        _EXAMINERS.append(examiner)
    try:
        outcome = examiner.examine(job)
    except CannotWrite as refusal:
        outcome = SchoolOutcome(job, why=f"读它的机器不行：{refusal}")
    except OSError as error:
        outcome = SchoolOutcome(job, why=_NO_ROOM if error.errno in _FULL else _CANNOT)
    return replace(outcome, job=replace(job, content=None))


def spread(jobs: Sequence[SchoolJob], *, workers: int, scheduler: str) -> Iterator[SchoolOutcome]:
    """The outcomes as they come in, whichever first.

    Raises NoCluster where Dask is not installed, or the scheduler cannot be reached or does not fit.
    """
    if not jobs:
        return
    with _client(min(workers, len(jobs)), scheduler) as (client, threads):
        try:
            yield from _in_turn(client, jobs, _READY * threads, is_shipped=bool(scheduler))
        except (OSError, CancelledError) as error:
            raise NoCluster(f"“{scheduler}”中途断了，没有汇总完；那边好了再办一次，{_GOES_ON}") from error


class _Handed(NamedTuple):
    """A job that a task has been made for, and what holds its workbook on the cluster for as long as the task needs it;
    None where it is not shipped.
    """

    job: SchoolJob
    held: Any


def _in_turn(client: Any, jobs: Sequence[SchoolJob], most: int, *, is_shipped: bool) -> Iterator[SchoolOutcome]:
    """Hand out a few tasks at a time, a new one for each that is done; one that is lost with its machine, again.

    Raises NoCluster where nobody is left to do them; OSError, CancelledError where the scheduler is lost.
    """
    waiting, lost, running = deque(jobs), Counter[str](), dict[Any, _Handed]()
    with closing(Examiner()) as here:
        while waiting or running:
            while waiting and len(running) < most:
                job = waiting.popleft()
                packed = _packed(job) if is_shipped else job
                if packed is None:
                    # What is said of a workbook that is not sent is the same as where none is.
                    yield here.examine(job)
                else:
                    task, held = _handed_out(client, packed)
                    running[task] = _Handed(job, held)
            for task in _first_done(client, running):
                job = running.pop(task).job
                lost[job.file] += 1
                if outcome := _outcome(client, task):
                    yield outcome
                elif lost[job.file] > _LOST:
                    yield SchoolOutcome(job, why=_STOPPED)
                else:
                    waiting.append(job)


def _first_done(client: Any, running: Mapping[Any, _Handed]) -> Iterable[Any]:
    """The tasks that are done or lost, as soon as one is."""
    from distributed import wait

    while running:
        try:
            wait([*running], timeout=_SECONDS_ALONE, return_when="FIRST_COMPLETED")
        except TimeoutError:
            _ensure_not_alone(client)
        except CancelledError:
            # Lost with its machine; where the scheduler itself is lost, so is everything.
            if client.status != _CONNECTED:
                raise
        if done := [task for task in running if task.status != "pending"]:
            return done
    return []


def _ensure_not_alone(client: Any) -> None:
    """Raises NoCluster where no machine is there that works."""
    if not client.nthreads():
        raise NoCluster(f"干活的机器都停了，没有汇总完；开起来再办一次，{_GOES_ON}") from None


def _handed_out(client: Any, job: SchoolJob) -> tuple[Any, Any]:
    """The task of a job, and what holds its workbook in the memory of a worker where it is shipped.

    Inside a task it would travel in messages of which Dask keeps the last thousand at both ends: hundreds of megabytes
    on a scheduler. Raises NoCluster, OSError.
    """
    held = None if job.content is None else _sent(client, job)
    return client.submit(examine, job if held is None else held, pure=False), held


def _sent(client: Any, job: SchoolJob) -> Any:
    until = time.monotonic() + _SECONDS_ALONE
    while True:
        try:
            return client.scatter(job, hash=False)
        except OSError:
            # The machine that should have got it is lost; another may be there.
            if client.status != _CONNECTED:
                raise
            if time.monotonic() > until:
                _ensure_not_alone(client)
                raise
            time.sleep(_PAUSE)


def _packed(job: SchoolJob) -> SchoolJob | None:
    """The job with its workbook's bytes; None where that cannot be read, or is no workbook by its size."""
    workbook = Path(job.folder, job.file)
    try:
        content = workbook.read_bytes() if workbook.stat().st_size <= MAX_BINARY else None
    except OSError:
        return None
    return None if content is None else replace(job, content=content)


def _outcome(client: Any, task: Any) -> SchoolOutcome | None:
    """What a task came to; None where it was lost with its machine.

    Raises CancelledError where the scheduler is lost.
    """
    try:
        outcome: SchoolOutcome | None = task.result() if task.status == "finished" else None
    except CancelledError:
        if client.status != _CONNECTED:
            raise
        return None
    return outcome


@contextmanager
def _client(workers: int, scheduler: str) -> Iterator[tuple[Any, int]]:
    """A client and how many tasks run at once."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise NoCluster('汇总要用 Dask，还没有装；先在装程序的文件夹里输入 pip install ".[county]"。') from None
    _hush()
    with dask.config.set(_SETTINGS):
        if scheduler:
            with _connected(Client, scheduler) as client:
                yield client, sum(client.nthreads().values())
        else:
            # Worker threads only wait for their examiners, so one process of Dask's is enough. Its own pages cannot be
            # switched off, and stand open to the whole network unless they are told to stay here.
            here = {"dashboard_address": _HERE, "worker_dashboard_address": _HERE}
            options: dict[str, Any] = {"processes": False, **here}
            with LocalCluster(n_workers=1, threads_per_worker=workers, **options) as cluster, Client(cluster) as client:
                try:
                    yield client, workers
                finally:
                    while _EXAMINERS:
                        _EXAMINERS.pop().stop()


def _hush() -> None:
    """What Dask logs of a lost machine is said here in one sentence."""
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


@contextmanager
def _connected(client: Any, scheduler: str) -> Iterator[Any]:
    try:
        with catch_warnings(action="ignore"):
            connected = _reached(client, scheduler)
        versions = connected.get_versions(packages=_SAME)
    except _UNREACHABLE as error:
        raise NoCluster(f"连不上“{scheduler}”，看看地址对不对、那边开着没有。") from error
    except Exception as error:
        why = "那里不是 Dask 的调度机，或者 Dask 的版本不一样"
        raise NoCluster(f"“{scheduler}”答的听不懂：{why}；这台电脑的是 {_own_version()}。") from error
    with connected:
        if not connected.nthreads():
            raise NoCluster(f"“{scheduler}”那边没有一台在干活的机器，先把它们开起来。")
        if foreign := _foreign(versions):
            raise NoCluster(f"“{scheduler}”那边的 {foreign}，换成一样的再汇总。")
        yield connected


def _reached(client: Any, scheduler: str) -> Any:
    """The client of a scheduler. What answers there but is none lets Dask wait without end, so that is done aside."""
    found: list[Any] = []

    def reach() -> None:
        try:
            found.append(client(scheduler, timeout=_SECONDS_TO_CONNECT))
        except Exception as error:
            found.append(error)

    reaching = threading.Thread(target=reach, daemon=True)
    reaching.start()
    reaching.join(_SECONDS_TO_CONNECT + _GRACE)
    (reached,) = found or [TimeoutError()]
    if isinstance(reached, Exception):
        raise reached
    return reached


def _own_version() -> str:
    import distributed

    return str(distributed.__version__)


def _foreign(versions: dict[str, Any]) -> str:
    """The first package whose version differs between this machine and another, and how; '' where none does."""
    own, *others = (
        one["packages"] for one in (versions["client"], versions["scheduler"], *versions["workers"].values())
    )
    for name in _SAME:
        here = _version(own, name)
        for there in (_version(other, name) for other in others):
            if there != here:
                return f"{name} 是 {there or '没有装'}，这台电脑的是 {here or '没有装'}"
    return ""


def _version(packages: dict[str, Any], name: str) -> str:
    """The version of a package, '' where it is not there; of Python the part that changes what it can do."""
    version = str(packages.get(name) or "")
    return ".".join(version.split(".")[:2]) if name == "python" else version


def default_workers() -> int:
    """One for each core."""
    return os.cpu_count() or 1
