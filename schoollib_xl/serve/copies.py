"""Copies of open workbooks on their way: each in a folder of its own, for one press and one reading."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import NamedTuple

from schoollib_xl.scratch import scratch_folder

# As the macros call theirs.
_NAME = "schoollib_copy"


class _Awaited(NamedTuple):
    """Where a copy goes, and what holds its folder."""

    copy: Path
    held: ExitStack


class WaitingCopies:
    """The copies that were asked for and are not read yet, by number."""

    def __init__(self) -> None:
        self._awaited: dict[str, _Awaited] = {}
        self._lock = Lock()

    def new(self, workbook: Path) -> tuple[str, Path]:
        """A number, and where a copy of the workbook goes: in a folder that no other user can read or guess.

        Raises CannotWrite.
        """
        held, number = ExitStack(), token_hex()
        copy = held.enter_context(scratch_folder()) / f"{_NAME}{workbook.suffix}"
        with self._lock:
            self._awaited[number] = _Awaited(copy, held)
        return number, copy

    @contextmanager
    def taken(self, number: str) -> Iterator[Path | None]:
        """The copy of this number while it is read, then it is gone; None where none came, or none was asked for."""
        with self._lock:
            awaited = self._awaited.pop(number, None)
        if awaited is None:
            yield None
            return
        with awaited.held:
            yield awaited.copy if awaited.copy.is_file() else None

    def clear(self) -> None:
        """Take away what nobody has come for."""
        with self._lock:
            awaited, self._awaited = self._awaited, {}
        for one in awaited.values():
            one.held.close()
