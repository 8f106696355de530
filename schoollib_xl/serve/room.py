"""Everything the running program holds: the workbooks that are open, and what may be asked about them."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from secrets import token_hex
from threading import Event, Lock, Thread
from time import monotonic
from typing import NamedTuple

from schoollib_xl.actions.starting import workbooks_in
from schoollib_xl.scratch import scratch_folder
from schoollib_xl.serve.memory import remember_workbook, remembered
from schoollib_xl.serve.served import Served, key_of

# Who waits for the page notices more; a drive that is there answers in a few milliseconds, also over a network, and one
# that is gone lets Windows wait for half a minute.
_SECONDS = 1.0
# As the macros call theirs.
_NAME = "schoollib_copy"


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


class Room:
    """The workbooks that are served, by key."""

    def __init__(self, as_of: date | None) -> None:
        self._as_of = as_of
        self._started_in = Path.cwd()
        self._open: dict[str, Served] = {}
        self._lock = Lock()
        self._asked_for = FilesAskedFor()
        self.copies = WaitingCopies()
        self.closed = Event()

    @property
    def today(self) -> date:
        """The day the books are judged on where one was given, else today."""
        return self._as_of or date.today()

    def open(self, workbook: Path) -> Served:
        """Serve a workbook; the one that is served already where it is. Raises Unusable."""
        with self._lock:
            key = key_of(workbook)
            if key not in self._open:
                served = Served(workbook.resolve(), self._as_of)
                served.start()
                self._open[key] = served
                remember_workbook(workbook)
            return self._open[key]

    def served(self, key: str) -> Served | None:
        """The workbook of this key, where it is open or may be chosen. Raises Unusable."""
        if key in self._open:
            return self._open[key]
        path = next((path for path in self.choices() if key_of(path) == key), None)
        return self.open(path) if path else None

    def has(self, key: str) -> bool:
        """Whether the workbook of this key is open."""
        return key in self._open

    def recent(self) -> FilesThere:
        """The workbooks opened lately that are still there, and those on a drive that does not answer."""
        return self._asked_for.of(map(Path, remembered().recent))

    def choices(self) -> list[Path]:
        """What a page may open: the recent workbooks, and those that lie in the folders it may look into. A page never
        names a path, so whoever got hold of its address can reach nothing else on this computer.
        """
        beside = (path for folder in self.folders() for path in workbooks_in(folder))
        return list(dict.fromkeys([*self.recent().there, *beside]))

    def folders(self) -> list[Path]:
        """Where the program was started, and where the open and the recent workbooks lie."""
        known = [self._started_in, *(served.workbook.parent for served in list(self._open.values()))]
        return list(dict.fromkeys([*known, *(path.parent for path in self.recent().there)]))

    def close(self) -> None:
        """End everything."""
        for served in list(self._open.values()):
            served.stop()
        self.copies.clear()
        self.closed.set()
