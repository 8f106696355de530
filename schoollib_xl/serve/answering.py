"""Which files are there, without waiting for a drive that does not answer."""

from collections.abc import Iterable
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import NamedTuple

# Who waits for the page notices more; a drive that is there answers in a few milliseconds, also over a network, and one
# that is gone lets Windows wait for half a minute.
_SECONDS = 1.0


class FilesThere(NamedTuple):
    """The files that are there, and those whose drive has not answered."""

    there: list[Path]
    unanswered: list[Path]


class _Look(Thread):
    """One question to the system; the thread waits for as long as the system does."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self.path = path
        self.is_there = False

    def run(self) -> None:
        self.is_there = self.path.is_file()


class FilesAskedFor:
    """Asks for files; one that has not answered yet is not asked for again meanwhile."""

    def __init__(self) -> None:
        self._waiting: dict[Path, _Look] = {}

    def of(self, paths: Iterable[Path]) -> FilesThere:
        """What is known of the files after a second at most."""
        looks = [self._waiting.get(path) or self._begun(path) for path in paths]
        until = monotonic() + _SECONDS
        for look in looks:
            look.join(max(0.0, until - monotonic()))
        self._waiting = {look.path: look for look in looks if look.is_alive()}
        there = [look.path for look in looks if not look.is_alive() and look.is_there]
        return FilesThere(there, list(self._waiting))

    def _begun(self, path: Path) -> _Look:
        look = _Look(path)
        look.start()
        return look
