"""Worksheets looked through by a process of its own, while this one makes rows of others.

    python -m schoollib_xl.sheets.opening.scanned_apart

The child is handed the parts on stdin and answers each in its turn. A thread would not do: what looks through the XML
holds the GIL, as does what makes rows of it.
"""

import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Mapping
from threading import Lock

from schoollib_xl.sheets.opening.apart import child_process
from schoollib_xl.sheets.opening.markup import Markup, scan
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.zip_entry import ZipEntry, inflated


class ScansApart:
    """What is told of some sheets, one after the other from now on."""

    def __init__(self, parts: Mapping[str, ZipEntry]) -> None:
        """Have them looked through. Raises OSError where no process can be started."""
        self._names = frozenset(parts)
        self._awaited = deque(parts)
        self._told: dict[str, Markup | None] = {}
        self._lock = Lock()
        words, environment = child_process(__name__)
        pipe, silence = subprocess.PIPE, subprocess.DEVNULL
        self._child = subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=silence, env=environment)
        assert self._child.stdin
        with self._child.stdin as asked:
            pickle.dump([*parts.values()], asked)

    def of(self, name: str) -> Markup | None:
        """What is told of a sheet, once; None where whoever asks has to look for himself, and finds what is wrong."""
        # Whoever asks for another sheet need not wait for one of these.
        if name not in self._names:
            return None
        with self._lock:
            while name in self._awaited:
                self._told[self._awaited.popleft()] = self._next()
            return self._told.pop(name, None)

    def _next(self) -> Markup | None:
        assert self._child.stdout
        try:
            told: Markup | None = pickle.load(self._child.stdout)
        except (EOFError, pickle.UnpicklingError):  # something ended it
            return None
        return told

    def close(self) -> None:
        """End the process, however far it is."""
        with self._child:
            self._child.kill()


def main() -> None:
    """Look through what is asked for."""
    for part in pickle.load(sys.stdin.buffer):
        try:
            told = scan(part.path, inflated(part))
        except Unusable:
            told = None
        pickle.dump(told, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
