"""Locks that the system itself lets go of when a program ends, however it ends."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import IO

_SECONDS_BETWEEN_TRIES = 0.05
# How the systems say that somebody else has the lock; anything else means that the disk knows no locks.
_HELD = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def try_to_lock(file: IO[bytes]) -> bool:
    """Whether the file is ours alone from now on, until it is closed.

    Raises OSError where the disk knows no locks.
    """
    try:
        _lock(file)
    except OSError as error:
        if error.errno not in _HELD:
            raise
        return False
    return True


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[bool]:
    """Wait for the lock of this name, so many seconds at most; whether it was got. Its file is taken away afterwards;
    one that a killed program left behind hinders nobody. On a disk that knows no locks everybody gets it.

    Raises OSError where the folder takes no file.
    """
    end = monotonic() + seconds
    while (file := _held(path)) is None:
        if monotonic() > end:
            yield False
            return
        sleep(_SECONDS_BETWEEN_TRIES)
    try:
        yield True
    finally:
        _let_go(path, file)


def _held(path: Path) -> IO[bytes] | None:
    """The lock, if it is free. Whoever held it last may have taken the file away meanwhile: then it is no lock."""
    with suppress(FileNotFoundError):
        # A pipe of this name would be waited for without end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    file = path.open("ab")
    try:
        is_held = try_to_lock(file)
    except OSError:
        return file
    with suppress(OSError):
        if is_held and os.path.samestat(path.stat(), os.fstat(file.fileno())):
            return file
    file.close()
    return None


def _let_go(path: Path, file: IO[bytes]) -> None:
    """The file goes while it is still locked; Windows lets no open file go, there it goes right after. A file that
    holds anything is no lock of ours and stays.
    """
    is_hers = os.fstat(file.fileno()).st_size > 0
    if not is_hers:
        with suppress(OSError):
            path.unlink()
    file.close()
    if sys.platform == "win32" and not is_hers:
        with suppress(OSError):
            path.unlink()
