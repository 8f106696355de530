"""Watch a workbook: check it again each time it is saved, and keep a page of what was found."""

import gc
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.actions.checking import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Outcome, assembled, outcomes
from schoollib_xl.ledgers.library import Library
from schoollib_xl.pages.watch_page import Reading, Sighting, watch_page
from schoollib_xl.quotas.statement import READS, Statement, statement
from schoollib_xl.saving import CannotWrite, place, save_exactly
from schoollib_xl.sheets.opening.vetting import Unusable, sniff, unusable
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.sheets.reading.memory import Memory

PAGE_NAME = "账册核对.html"
# A browser follows the page under its name, so it keeps that name while the workbook is watched.
_KIND = "账册核对"
# Looks in a row at which the page may be held by another program before watching is given up.
_REFUSALS = 20


class _Stamp(NamedTuple):
    """What tells that a file was saved: another file under the name, another time, another size."""

    inode: int
    modified: int
    size: int


_ABSENT = _Stamp(0, 0, 0)


class _Judged(NamedTuple):
    """What one reading came to, kept so that the next has less to do."""

    library: Library
    outcomes: Mapping[str, Outcome]
    stated: Statement


class Rounds:
    """Checks a workbook again and again; what did not change since the last round is neither read nor checked."""

    def __init__(self, as_of: date | None) -> None:
        self._as_of = as_of
        self._memory = Memory()
        self._last: _Judged | None = None

    def check(self, workbook: Path, at: datetime) -> Reading:
        """What the workbook holds now, checked; exactly what a first check would find. Raises Unusable."""
        library, cannot_tell = load(workbook, self._as_of, None, self._memory)
        judged = self._last = _first(library) if self._last is None else _again(library, self._last)
        report = assembled(library, judged.outcomes.values())
        return Reading(library, report, judged.stated, cannot_tell, at, causes_of(library, report))


def _first(library: Library) -> _Judged:
    return _Judged(library, _by_code(outcomes(library, ALL.values())), statement(library))


def _again(library: Library, last: _Judged) -> _Judged:
    changed = library.changed_since(last.library)
    came_to = _by_code(outcomes(library, ALL.values(), last.outcomes, changed))
    return _Judged(library, came_to, last.stated if READS.isdisjoint(changed) else statement(library))


def _by_code(came_to: Iterable[Outcome]) -> Mapping[str, Outcome]:
    return {outcome.check.code: outcome for outcome in came_to}


class Watcher:
    """Looks at a workbook every now and then. It asks the file's time and size instead of the system's notices of
    changes: these do not come from network drives, and differ between systems.
    """

    def __init__(self, workbook: Path, as_of: date | None) -> None:
        """Raises Unusable where there is no such file, or it is plainly no workbook."""
        sniff(workbook)
        self._workbook = workbook
        self._rounds = Rounds(as_of)
        self._seen = _stamp(workbook)
        self._dealt_with: _Stamp | None = None
        self._content = b""
        self._last: Reading | None = None
        self._trouble = ""

    def look(self, now: datetime) -> Sighting | None:
        """What is new since the last look, None for nothing. A file that is being written is left alone until it
        is the same at two looks.
        """
        stamp = _stamp(self._workbook)
        is_settled, self._seen = stamp == self._seen, stamp
        if not is_settled or stamp == self._dealt_with:
            return None
        last, trouble = self._last, self._trouble
        try:
            self._read(stamp, now)
        except Unusable as refusal:
            self._trouble = str(refusal)
        if self._last is last and self._trouble == trouble:
            return None
        return Sighting(self._workbook.name, self._last, self._trouble, now)

    def _read(self, stamp: _Stamp, now: datetime) -> None:
        """Read the workbook from a copy, so that no program that saves it finds it open."""
        with tempfile.TemporaryDirectory(prefix="schoollib-") as folder:
            copy = Path(folder) / self._workbook.name
            self._dealt_with = None
            content = _copied(self._workbook, copy)
            if _stamp(self._workbook) != stamp:
                return
            # What made the copy fail may pass without a trace in the file; what is in the file will not.
            self._dealt_with = stamp
            if content != self._content or self._trouble:
                self._last = self._rounds.check(copy, now)
                self._content, self._trouble = content, ""
        # Libraries and what is derived from them hold each other, and the program collects nothing by itself.
        gc.collect()


def watch(workbook: Path, as_of: date | None, page: Path | None, looks: Iterable[datetime]) -> Iterator[Sighting]:
    """Look at the workbook at each of these times, keep the page, and tell what is new.

    Raises Unusable where there is no such file at the beginning, and CannotWrite where the page cannot be kept.
    """
    watcher = Watcher(workbook, as_of)
    kept = _Page(page)
    for now in looks:
        seen = watcher.look(now)
        kept.show(seen)
        if seen:
            yield seen


class _Page:
    """The page as it should be. A browser or a virus scanner may hold the file for a moment: then it is written at
    one of the next looks.
    """

    def __init__(self, page: Path | None) -> None:
        self._page = page
        self._due: bytes | None = None
        self._refusals = 0

    def show(self, seen: Sighting | None) -> None:
        """Write what is new, or what could not be written before. Raises CannotWrite."""
        self._due = watch_page(seen).encode() if seen else self._due
        if self._page is None or self._due is None:
            return
        try:
            _write(self._page, self._due)
        except CannotWrite:
            self._refusals += 1
            if self._refusals > _REFUSALS or not self._page.exists():
                raise
        else:
            self._due, self._refusals = None, 0


def lay_down(page: Path, last: Sighting) -> None:
    """Leave the page as it is to stay when watching ends. Raises CannotWrite."""
    _write(page, watch_page(last, is_watched=False).encode())


def place_of_page(folder: Path) -> Path:
    """Where the page goes: where nothing lies, or an untouched page of an earlier watch."""
    return place(folder / PAGE_NAME, _KIND)


def _write(page: Path, content: bytes) -> None:
    save_exactly(page, lambda file: file.write(content), _KIND)


def _stamp(workbook: Path) -> _Stamp:
    try:
        found = workbook.stat()
    except OSError:
        return _ABSENT
    return _Stamp(found.st_ino, found.st_mtime_ns, found.st_size)


def _copied(workbook: Path, copy: Path) -> bytes:
    """Copy the workbook; what its content is told by. Raises Unusable."""
    sniff(workbook)
    try:
        shutil.copyfile(workbook, copy)
        with copy.open("rb") as file:
            return blake2b(file.read()).digest()
    except OSError:
        raise unusable(workbook, "暂时读不出来，先关闭占用它的程序，或等保存完") from None
