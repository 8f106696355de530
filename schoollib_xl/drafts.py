"""Drafts: a folder of our own beside the file to come, and what earlier runs that were killed left of theirs."""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import SEEK_SET, FileIO
from os import urandom
from pathlib import Path
from time import time
from typing import Any

from schoollib_xl.locks import try_to_lock

_PREFIX, _SUFFIX = ".schoollib-", ".tmp"
_LOCK, _DRAFT = "lock", "draft"
_OWN_NAME = r"\.schoollib-[0-9a-f]{16}\.tmp"
_SECONDS_TO_BEGIN = 60
# What the lock says, so that a folder is known as ours by what is in it.
_LOCK_TEXT = b"schoollib draft\n"


@contextmanager
def draft_in(folder: Path) -> Iterator[Path]:
    """A path for a draft that can be renamed to a file of `folder`; gone afterwards. Drafts of programs that were
    killed are swept first.

    Raises OSError.
    """
    _sweep(folder)
    # Not mkdtemp: where nobody may write, it tries ten thousand names on Windows before it says so.
    own = folder.absolute() / f"{_PREFIX}{urandom(8).hex()}{_SUFFIX}"
    # On Windows 0o700 would shut the file itself to everybody else, for ever: since Python 3.12.4 (gh-118486) such a
    # folder hands its own permissions down to what is made in it, and a file keeps them when it is renamed out of it.
    own.mkdir(mode=0o777 if sys.platform == "win32" else 0o700)
    try:
        with (own / _LOCK).open("w+b") as lock:
            with suppress(OSError):
                try_to_lock(lock)
            lock.write(_LOCK_TEXT)
            lock.flush()
            yield own / _DRAFT
    finally:
        _take_away(own)


def home_of(folder: Path) -> Path:
    """The folder that a draft's own folder lies in; any other folder is its own."""
    is_own = folder.name.startswith(_PREFIX) and folder.suffix == _SUFFIX
    return folder.parent if is_own else folder


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if _is_abandoned(left):
                _take_away(left)


def _is_abandoned(left: Path) -> bool:
    """Whether the program that made this folder has ended; while it runs, it holds the lock. One that was killed
    before it could say so, or while it took the folder away, left its name: nobody needs longer than a minute for that.
    """
    lock = left / _LOCK
    if not (lock.exists() and lock.stat().st_size):
        return bool(re.fullmatch(_OWN_NAME, left.name)) and time() - left.stat().st_mtime > _SECONDS_TO_BEGIN
    with lock.open("r+b") as held:
        return try_to_lock(held) and held.read() == _LOCK_TEXT


def _take_away(own: Path) -> None:
    shutil.rmtree(own, ignore_errors=True)


class Draft(FileIO):
    """The file of a draft. The first refusal of the disk is raised and kept; what a writer still asks for while it is
    taken apart is dropped.
    """

    refusal: OSError | None = None
    is_over = False
    # Where the next byte would go; the writer must find its own sums right to the end.
    _place = 0

    def write(self, data: Any) -> int:
        """Write all of it. Raises OSError, once."""
        left = memoryview(data).cast("B")
        size = left.nbytes
        self._place += size
        try:
            while left and not self.is_over:
                left = left[super().write(left) :]
        except OSError as error:
            self.refusal, self.is_over = error, True
            raise
        return size

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Move; when it is over, in thought only."""
        self._place = offset if self.is_over else super().seek(offset, whence)
        return self._place

    def tell(self) -> int:
        """The place."""
        return self._place if self.is_over else super().tell()

    def flush(self) -> None:
        """Nothing waits here to be written."""
