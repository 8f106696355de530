"""Reading a dangerous workbook in a process of its own, which may run away or fall over without harm."""

import json
from collections.abc import Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.sheets.cells import Grid, Merge
from schoollib_xl.sheets.opening.refusing import Unusable, damaged, locked, unusable

SECONDS = 8
"""Of work, of the 10 that a bad workbook may take in all. The processor counts them, not the clock: a computer that
reads eight workbooks at a time refuses none that it reads when it has nothing else to do.
"""
_TIMES_BUSY = 10
"""So many times as long is waited for a child that others leave no processor, or a drive no bytes."""
MEGABYTES = 1000


class Tables(NamedTuple):
    """A workbook's worksheets in order, their contents, the cells merged over several rows (None where it has such
    cells and nobody can tell where), and the seconds of work that reading took.
    """

    names: tuple[str, ...]
    grids: dict[str, Grid]
    merges: Mapping[str, Sequence[Merge]] | None
    seconds: float = 0.0


class ChildExit(IntEnum):
    """How the child process ended, as its exit status."""

    READ = 0
    LOCKED = 3
    GARBLED = 4
    TOO_BIG = 5


def read_apart(path: Path, reader: str, sheets: Sequence[str] = (), seconds: float = SECONDS) -> Tables:
    """Read the sheets (default: all) with `reader`, a name in `confined.READERS`.

    Raises Unusable when the child finds a password or no workbook, or exceeds its seconds of work or its memory.
    """
    import subprocess

    from schoollib_xl.own_python import own_environment, own_python

    # In one word of ASCII: neither a file's name nor a sheet's need be of the system's encoding.
    words = json.dumps([reader, seconds, str(path), *sheets])
    try:
        child = subprocess.run(
            own_python("-m", "schoollib_xl.sheets.opening.confined", words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds * _TIMES_BUSY,
            check=False,
            env=own_environment(),
        )
    except subprocess.TimeoutExpired:
        raise _too_much(path) from None
    return _tables(path, child.returncode, child.stdout)


def _tables(path: Path, status: int, output: bytes) -> Tables:
    import pickle

    if status == ChildExit.READ:
        tables: Tables = pickle.loads(output)
        return tables
    raise _refusal(path, status)


def _refusal(path: Path, status: int) -> Unusable:
    if status == ChildExit.LOCKED:
        return locked(path)
    if status == ChildExit.GARBLED:
        return damaged(path)
    return _too_much(path)


def _too_much(path: Path) -> Unusable:
    """The child ran out of time or memory, or was ended by the system."""
    return unusable(path, "太大或已损坏，读不完，先在 Excel 里打开，删去空行空列，另存为 .xlsx 再试")
