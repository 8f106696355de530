"""A workbook that is saved while it is read: it is read from one state, never half from each of two."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep, time
from typing import NamedTuple, TypeVar

from schoollib_xl.scratch import scratch_folder
from schoollib_xl.sheets.opening.refusing import Unusable

T = TypeVar("T")
# Excel and WPS write a workbook anew and then rename it; what writes in place needs a moment.
_TRIES, _LOOKS, _SECONDS_BETWEEN = 20, 6, 0.05
# What a stick or a folder kept in step takes to write a workbook.
_SECONDS_TO_REST = 2.0


class FileState(NamedTuple):
    """What tells that a file was saved: another file under the name, another time, another size."""

    inode: int
    changed_at: int
    size: int


ABSENT = FileState(0, 0, 0)


def of_one_state(workbook: Path, read: Callable[[Path], T]) -> T:
    """What `read` makes of the workbook. Where it was saved meanwhile, it is read again, from a copy.

    Raises what `read` raises for a workbook that stays as it is.
    """
    before = state_of(workbook)
    try:
        found = read(workbook)
    except Unusable:
        if _stays(workbook, before):
            raise
    else:
        if state_of(workbook) == before:
            return found
    with scratch_folder() as folder:
        copy = folder / workbook.name
        until = monotonic() + _SECONDS_TO_REST
        while True:
            copied = _copied(workbook, copy)
            try:
                return read(copy)
            except Unusable:  # what writes in place a piece at a time may rest between two of them
                if _stays(workbook, copied) or monotonic() > until:
                    raise


def _stays(workbook: Path, before: FileState) -> bool:
    """Whether the workbook is as it was. One that was written just now is looked at for a moment: what writes in place
    empties it first, and may rest between two pieces.
    """
    is_new = not before.size or abs(time() - before.changed_at / 1e9) < _SECONDS_TO_REST
    for _ in range(_LOOKS if before != ABSENT and is_new else 0):
        if state_of(workbook) != before:
            return False
        sleep(_SECONDS_BETWEEN)
    return state_of(workbook) == before


def _copied(workbook: Path, copy: Path) -> FileState:
    """Copy the workbook once it is still; the state that was copied."""
    before = ABSENT
    for _ in range(_TRIES):
        before = state_of(workbook)
        try:
            copy.write_bytes(workbook.read_bytes())
        except OSError:  # between two names: the next moment it is there again
            before = ABSENT
        if before.size and state_of(workbook) == before:
            break
        sleep(_SECONDS_BETWEEN)
    return before


def state_of(file: Path) -> FileState:
    """The state a file is in; ABSENT where none is there."""
    try:
        found = file.stat()
    except OSError:
        return ABSENT
    return FileState(found.st_ino, found.st_mtime_ns, found.st_size)
