"""Reading a dangerous workbook in a process of its own, which may run away or fall over without harm."""

import json
from collections.abc import Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from schoollib_xl.sheets.cells import Grid, Merge
from schoollib_xl.sheets.opening.refusing import Unusable, damaged, locked, unusable

if TYPE_CHECKING:
    from subprocess import Popen

SECONDS = 8
"""Of work, of the 10 that a bad workbook may take in all. The processor counts them, not the clock: a computer that
reads eight workbooks at a time refuses none that it reads when it has nothing else to do.
"""
_TIMES_BUSY = 10
"""So many times as long is waited for a child that others leave no processor, or a drive no bytes."""
MEGABYTES = 1000
# A reader that finds no memory for its complaint waits for itself, for ever: after so many looks at a child that does
# nothing it is given up. The file was read before, and lies in memory.
_LOOK, _IDLE_LOOKS = 0.5, 7


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
    from subprocess import DEVNULL, PIPE, Popen

    from schoollib_xl.own_python import own_environment, own_python

    # In one word of ASCII: neither a file's name nor a sheet's need be of the system's encoding.
    words = own_python("-m", "schoollib_xl.sheets.opening.confined", json.dumps([reader, seconds, str(path), *sheets]))
    with Popen(words, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, env=own_environment()) as child:
        try:
            output = output_of(child, seconds * _TIMES_BUSY)
        finally:
            child.kill()
    if output is None:
        raise _too_much(path)
    return _tables(path, child.returncode, output)


def output_of(child: "Popen[bytes]", seconds: float) -> bytes | None:
    """What a child hands over; None where it takes longer, or does nothing any more. Whoever asked ends it."""
    from subprocess import TimeoutExpired

    until = monotonic() + seconds
    worked: list[str] = []
    while monotonic() < until:
        try:
            return child.communicate(timeout=_LOOK)[0]
        except TimeoutExpired:
            worked.append(_work_of(child.pid))
        if len(worked) > _IDLE_LOOKS and worked[-1] and len({*worked[-_IDLE_LOOKS:]}) == 1:
            break
    return None


def _work_of(process: int) -> str:
    """What the first thread of another process has had of the processor, in whatever unit; '' where the system does not
    tell. Only Linux caps the memory, and only what is capped locks itself up.
    """
    try:
        return Path(f"/proc/{process}/schedstat").read_text("ascii").partition(" ")[0]
    except OSError:
        return ""


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
