"""Dask: a cluster on this machine, or one that is there already and fits."""

import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any
from warnings import catch_warnings

# A scheduler on the local network that has not answered by then will not.
_SECONDS_TO_CONNECT = 15
# Dask ends its own waiting first.
_GRACE = 5
_HERE = "127.0.0.1:0"

_SETTINGS = {
    "distributed.admin.event-loop": "asyncio",
    # What Dask's developers look at after a fault grows by this many messages and no further.
    "distributed.admin.low-level-log-length": 100,
}
_UNREACHABLE = (OSError, TimeoutError, ValueError)
# What must be the same for a school to come to the same there: Dask, this program, and what reads a workbook.
_SAME = ("python", "dask", "distributed", "schoollib-xl", "python-calamine", "pydantic")
# Dask tells its Python by itself; asked for it, it looks for a package of that name and finds none.
_ASKED = _SAME[1:]
# As README has it, for the environment it sets up.
_INSTALL = r'.venv\Scripts\pip install -e ".[county]"' if os.name == "nt" else ".venv/bin/pip install -e '.[county]'"


class NoCluster(Exception):
    """No cluster to be had; says why in one Chinese sentence."""


def ensure_installed() -> None:
    """Raises NoCluster where Dask is not there; nothing is loaded."""
    if not all(map(find_spec, ("dask", "distributed"))):
        # Nothing can be put into the Python of a stick, which is isolated as no other is.
        if sys.flags.isolated:
            raise NoCluster(
                f"汇总要用 Dask，U盘里的 Python 装不了；在照 README 装了程序的电脑上汇总，先输入 {_INSTALL}。"
            )
        raise NoCluster(f"汇总要用 Dask，还没有装；先在装程序的文件夹里输入 {_INSTALL}。")


@contextmanager
def connected(workers: int, scheduler: str) -> Iterator[tuple[Any, int]]:
    """A client and how many tasks run at once."""
    import dask
    from distributed import Client, LocalCluster

    _hush()
    with dask.config.set(_SETTINGS):
        if scheduler:
            with _reached_and_fit(Client, scheduler) as client:
                yield client, sum(client.nthreads().values())
        else:
            # Worker threads only wait for their examiners, so one process of Dask's is enough. Its own pages cannot be
            # switched off, and stand open to the whole network unless they are told to stay here.
            here = {"dashboard_address": _HERE, "worker_dashboard_address": _HERE}
            options: dict[str, Any] = {"processes": False, **here}
            with LocalCluster(n_workers=1, threads_per_worker=workers, **options) as cluster, Client(cluster) as client:
                yield client, workers


def _hush() -> None:
    """What Dask logs of a lost machine is said here in one sentence."""
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


@contextmanager
def _reached_and_fit(client: Any, scheduler: str) -> Iterator[Any]:
    try:
        with catch_warnings(action="ignore"):
            connected = _reached(client, scheduler)
        versions = connected.get_versions(packages=_ASKED)
    except _UNREACHABLE as error:
        raise NoCluster(f"连不上“{scheduler}”，看看地址对不对、那边开着没有。") from error
    except Exception as error:
        why = "那里不是 Dask 的调度机，或者 Dask 的版本不一样"
        raise NoCluster(f"“{scheduler}”答的听不懂：{why}；这台电脑的是 {_own_version()}。") from error
    with connected:
        if not connected.nthreads():
            raise NoCluster(f"“{scheduler}”那边没有一台在干活的机器，先把它们开起来。")
        _refuse_foreign(scheduler, versions)
        yield connected


def ensure_same(client: Any) -> None:
    """Raises NoCluster where a machine of other versions has come to the cluster."""
    _refuse_foreign(client.scheduler.address, client.get_versions(packages=_ASKED))


def _refuse_foreign(scheduler: str, versions: dict[str, Any]) -> None:
    if differing := _foreign(versions):
        raise foreign(scheduler, differing)


def foreign(scheduler: str, differing: str) -> NoCluster:
    """What is said of a cluster in which something is of another version: what, which there and which here."""
    return NoCluster(f"“{scheduler}”那边的 {differing}，换成一样的再汇总。")


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
