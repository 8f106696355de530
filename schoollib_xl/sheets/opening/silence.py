"""Keeping the native reader's own words off the user's screen."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO, TextIOWrapper
from typing import NamedTuple, TextIO

_STDERR = 2


class _Hushed(NamedTuple):
    """What to put back: the real descriptor, and Python's stderr where it had to be replaced."""

    kept: int
    original: TextIO | None
    substitute: TextIO | None


class _Silence:
    """Counts who needs silence: the first to come turns the descriptor away, the last turns it back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0
        self._hushed: _Hushed | None = None

    def enter(self) -> None:
        with self._lock:
            self._holders += 1
            if self._holders == 1:
                self._hushed = _hush()

    def leave(self) -> None:
        with self._lock:
            self._holders -= 1
            if self._holders == 0 and self._hushed is not None:
                _unhush(self._hushed)
                self._hushed = None


_silence = _Silence()


@contextmanager
def native_silence() -> Iterator[None]:
    """Send what compiled code writes to file descriptor 2 nowhere, while Python's own stderr still shows.

    A Rust panic prints its trace before Python hears of it. Several threads may be inside at once.
    """
    _silence.enter()
    try:
        yield
    finally:
        _silence.leave()


def _hush() -> _Hushed | None:
    try:
        kept = os.dup(_STDERR)
    except OSError:  # started without a stderr: nothing can show
        return None
    original = sys.stderr if _writes_to_stderr(sys.stderr) else None
    substitute = None
    if original is not None:
        original.flush()
        shown = FileIO(kept, "w", closefd=False)
        substitute = TextIOWrapper(shown, original.encoding, "backslashreplace", write_through=True)
        sys.stderr = substitute
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    os.close(nowhere)
    return _Hushed(kept, original, substitute)


def _unhush(hushed: _Hushed) -> None:
    os.dup2(hushed.kept, _STDERR)
    if hushed.original is not None and sys.stderr is hushed.substitute:
        sys.stderr = hushed.original
    os.close(hushed.kept)


def _writes_to_stderr(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.fileno() == _STDERR
    except (OSError, ValueError, AttributeError):
        return False
