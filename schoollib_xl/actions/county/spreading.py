"""Workbooks spread over Dask: a cluster on this machine, or one that is there already."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from schoollib_xl.actions.county.confined import Examiner
from schoollib_xl.actions.county.job import SchoolJob, SchoolOutcome
from schoollib_xl.sheets.opening.vetting import MAX_BINARY

# Tasks that lie ready for each worker; more would only fill the scheduler's memory.
_READY = 3
# A scheduler on the local network that has not answered by then will not.
_SECONDS_TO_CONNECT = 15
_HERE = "127.0.0.1:0"
_PER_THREAD = threading.local()


class NoCluster(Exception):
    """No cluster to be had; says why in one Chinese sentence."""


def examine(job: SchoolJob) -> SchoolOutcome:
    """The task: examine one workbook in this worker thread's own process."""
    examiner: Examiner | None = getattr(_PER_THREAD, "examiner", None)
    if examiner is None:
        examiner = _PER_THREAD.examiner = Examiner()
    outcome = examiner.examine(job)
    return replace(outcome, job=replace(job, content=None))


def spread(jobs: Sequence[SchoolJob], *, workers: int, scheduler: str) -> Iterator[SchoolOutcome]:
    """The outcomes as they come in, whichever first.

    Raises NoCluster where Dask is not installed, or the scheduler cannot be reached or does not fit.
    """
    if not jobs:
        return
    with _client(min(workers, len(jobs)), scheduler) as (client, threads):
        yield from _in_turn(client, jobs, _READY * threads, is_shipped=bool(scheduler))


def _in_turn(client: Any, jobs: Sequence[SchoolJob], most: int, *, is_shipped: bool) -> Iterator[SchoolOutcome]:
    """Hand out a few tasks at a time, a new one for each that is done."""
    from distributed import as_completed

    waiting = iter(jobs)
    futures = {_submitted(client, job, is_shipped=is_shipped): job for job in islice(waiting, most)}
    done = as_completed(futures)
    for future in done:
        job = futures.pop(future)
        yield _outcome(future, job)
        for following in islice(waiting, 1):
            submitted = _submitted(client, following, is_shipped=is_shipped)
            futures[submitted] = following
            done.add(submitted)


def _submitted(client: Any, job: SchoolJob, *, is_shipped: bool) -> Any:
    return client.submit(examine, _shipped(job) if is_shipped else job, pure=False)


def _shipped(job: SchoolJob) -> SchoolJob:
    """The job with its workbook's bytes; without them where it cannot be read or is no workbook by its size."""
    workbook = Path(job.folder, job.file)
    try:
        return replace(job, content=workbook.read_bytes() if workbook.stat().st_size <= MAX_BINARY else b"")
    except OSError:
        return replace(job, content=b"")


def _outcome(future: Any, job: SchoolJob) -> SchoolOutcome:
    if future.status == "finished":
        outcome: SchoolOutcome = future.result()
        return outcome
    return SchoolOutcome(job, why="算这份工作簿的机器停了几次，没有算进来。")


@contextmanager
def _client(workers: int, scheduler: str) -> Iterator[tuple[Any, int]]:
    """A client and how many tasks run at once."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise NoCluster("汇总要用 Dask，还没有装；先装上：pip install 'schoollib-xl[county]'。") from None
    with dask.config.set({"distributed.admin.event-loop": "asyncio", "logging.distributed": "critical"}):
        if scheduler:
            with _connected(Client, scheduler) as client:
                yield client, sum(client.nthreads().values())
        else:
            # Worker threads only wait for their examiners, so one process of Dask's is enough. Its own pages cannot be
            # switched off, and stand open to the whole network unless they are told to stay here.
            here = {"dashboard_address": _HERE, "worker_dashboard_address": _HERE}
            options: dict[str, Any] = {"processes": False, "silence_logs": 50, **here}
            with LocalCluster(n_workers=1, threads_per_worker=workers, **options) as cluster, Client(cluster) as client:
                yield client, workers


@contextmanager
def _connected(client: Any, scheduler: str) -> Iterator[Any]:
    try:
        connected = client(scheduler, timeout=_SECONDS_TO_CONNECT)
        versions = connected.get_versions()
    except (OSError, TimeoutError, ValueError) as error:
        raise NoCluster(f"连不上“{scheduler}”，看看地址对不对、那边开着没有。") from error
    with connected:
        if not connected.nthreads():
            raise NoCluster(f"“{scheduler}”那边没有一台在干活的机器，先把它们开起来。")
        if foreign := _foreign(versions):
            raise NoCluster(f"“{scheduler}”那边的 {foreign} 和这台电脑的不是一个版本，换成一样的再汇总。")
        yield connected


def _foreign(versions: dict[str, Any]) -> str:
    """The package whose version differs between this machine and the others; '' where none does."""
    own = versions["client"]["packages"]
    others = [versions["scheduler"], *versions["workers"].values()]
    for name in ("python", "distributed", "dask"):
        if any(str(other["packages"].get(name)) != str(own.get(name)) for other in others):
            return name
    return ""


def default_workers() -> int:
    """One for each core."""
    return os.cpu_count() or 1
