"""Workbooks spread over Dask: a cluster on this machine, or one that is there already."""

import os
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

from schoollib_xl import __version__
from schoollib_xl.actions.county.confined import Examiner
from schoollib_xl.actions.county.connecting import NoCluster, connected, ensure_same, foreign
from schoollib_xl.actions.county.examiner import SECONDS
from schoollib_xl.actions.county.job import SchoolJob, SchoolOutcome, masked
from schoollib_xl.refusals import FULL
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.opening.vetting import MAX_BINARY

# Tasks that lie ready for each worker; more would only fill the scheduler's memory.
_READY = 3
# So long nobody need be there to do the work: a worker that is lost may be started again.
_SECONDS_ALONE = 30
# So long no workbook takes; machines that hold back meanwhile, for want of memory, do so for good.
_SECONDS_PAUSED = SECONDS + _SECONDS_ALONE
_PAUSE = 0.5
_KEY = 32
_GOES_ON = "存下的不用重读。"
# A workbook lies ready on a machine and is lost with it, whoever is at fault; none ends so many machines by chance.
_LOST = 10
_PAUSED = f"干活的机器内存不够，都停下来等着，没有汇总完；给它们多分些内存再办一次，{_GOES_ON}"
_NO_ROOM = "读它的机器磁盘满了，没有算进来。"
_CANNOT = "读它的机器启动不了程序，或者存不下这一份，没有算进来。"
_STOPPED = "算这份工作簿的机器停了几次，没有算进来。"
_FAILED = "算这份工作簿的机器出了错（{}），没有算进来。"
_CONNECTED = "running"
_PER_THREAD = threading.local()
# Those of this process, so that one that hangs does not hold up the end of a run that is stopped.
_EXAMINERS: list[Examiner] = []


class OtherVersionError(Exception):
    """A machine runs this version of the program, whatever it was installed as."""


def examine(job: SchoolJob, shipped: bytes | None = None) -> SchoolOutcome:
    """The task: examine one workbook, shipped or lying here, in this worker thread's own process.

    Raises OtherVersionError on a machine that has another version of this program than the one that asks.
    """
    if job.version != __version__:
        raise OtherVersionError(__version__)
    if shipped is not None:
        job = replace(job, content=masked(shipped, job.key))
    examiner: Examiner | None = getattr(_PER_THREAD, "examiner", None)
    if examiner is None:
        examiner = _PER_THREAD.examiner = Examiner()
        _EXAMINERS.append(examiner)
    try:
        outcome = examiner.examine(job)
    except CannotWrite as refusal:
        outcome = SchoolOutcome(job, why=f"读它的机器不行：{refusal}")
    except OSError as error:
        outcome = SchoolOutcome(job, why=_NO_ROOM if error.errno in FULL else _CANNOT)
    return replace(outcome, job=replace(job, content=None, key=b""))


def spread(jobs: Sequence[SchoolJob], *, workers: int, scheduler: str) -> Iterator[SchoolOutcome]:
    """The outcomes as they come in, whichever first.

    Raises NoCluster where Dask is not installed, or the scheduler cannot be reached or does not fit.
    """
    if not jobs:
        return
    with connected(min(workers, len(jobs)), scheduler) as (client, threads), _stopped_at_the_end():
        try:
            yield from _in_turn(client, jobs, _READY * threads, is_shipped=bool(scheduler))
        except (OSError, CancelledError) as error:
            raise NoCluster(f"“{scheduler}”中途断了，没有汇总完；那边好了再办一次，{_GOES_ON}") from error


@contextmanager
def _stopped_at_the_end() -> Iterator[None]:
    try:
        yield
    finally:
        while _EXAMINERS:
            _EXAMINERS.pop().stop()


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
                if outcome := _outcome(client, task, job):
                    yield outcome
                elif lost[job.file] > _LOST:
                    yield SchoolOutcome(job, why=_STOPPED)
                else:
                    waiting.append(job)


def _first_done(client: Any, running: Mapping[Any, _Handed]) -> Iterable[Any]:
    """The tasks that are done or lost, as soon as one is."""
    from distributed import wait

    begun = time.monotonic()
    while running:
        try:
            wait([*running], timeout=_SECONDS_ALONE, return_when="FIRST_COMPLETED")
        except TimeoutError:
            _ensure_not_alone(client)
            if time.monotonic() - begun > _SECONDS_PAUSED:
                _ensure_not_paused(client)
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


def _ensure_not_paused(client: Any) -> None:
    """Raises NoCluster where no machine takes on work, each for want of memory."""
    if all(machine["status"] == "paused" for machine in client.scheduler_info()["workers"].values()):
        raise NoCluster(_PAUSED) from None


def _handed_out(client: Any, job: SchoolJob) -> tuple[Any, Any]:
    """The task of a job, and what holds its workbook in the memory of a worker where it is shipped.

    Inside a task it would travel in messages of which Dask keeps the last thousand at both ends: hundreds of megabytes
    on a scheduler. What a worker has no memory for it writes to the disk, where it stays if the machine falls over:
    masked, and the key is with the task. Raises NoCluster, OSError.
    """
    if job.content is None:
        return client.submit(examine, job, pure=False), None
    key = os.urandom(_KEY)
    held = _sent(client, masked(job.content, key))
    return client.submit(examine, replace(job, content=None, key=key), held, pure=False), held


def _sent(client: Any, shipped: bytes) -> Any:
    until: float | None = None
    while True:
        try:
            return client.scatter(shipped, hash=False)
        except OSError:
            # The machine that should have got it is lost; another may be there. To give one up takes Dask as long as
            # is waited here: the time is counted from the first that was.
            if client.status != _CONNECTED:
                raise
            until = until or time.monotonic() + _SECONDS_ALONE
            if time.monotonic() > until:
                _ensure_not_alone(client)
                _ensure_not_paused(client)
                raise
            time.sleep(_PAUSE)


def _packed(job: SchoolJob) -> SchoolJob | None:
    """The job with its workbook's bytes; None where that cannot be read, or is no workbook by its size."""
    try:
        content = job.workbook.read_bytes() if job.workbook.stat().st_size <= MAX_BINARY else None
    except OSError:
        return None
    return None if content is None else replace(job, content=content)


def _outcome(client: Any, task: Any, job: SchoolJob) -> SchoolOutcome | None:
    """What a task came to; None where it was lost with its machine.

    Raises CancelledError where the scheduler is lost, NoCluster where a machine of other versions has come to it.
    """
    try:
        if task.status == "error":
            return _of_error(client, task.exception(), job)
        outcome: SchoolOutcome | None = task.result() if task.status == "finished" else None
    except CancelledError:
        if client.status != _CONNECTED:
            raise
        return None
    return outcome


def _of_error(client: Any, error: BaseException, job: SchoolJob) -> SchoolOutcome | None:
    """None where the task took its machines with it; else what is said of a workbook whose task would fail again."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return None
    ensure_same(client)
    if isinstance(error, OtherVersionError):
        raise foreign(client.scheduler.address, f"schoollib-xl 是 {error}，这台电脑的是 {job.version}")
    # What the error says may hold a school's books; its kind holds none.
    return SchoolOutcome(job, why=_FAILED.format(type(error).__name__))


def default_workers() -> int:
    """One for each core."""
    return os.cpu_count() or 1
