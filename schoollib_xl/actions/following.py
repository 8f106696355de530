"""Follow a workbook: check it again each time it is saved, as far as it changed."""

import gc
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.actions.checking import causes_of
from schoollib_xl.actions.kept import with_kept
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import CheckOutcome, assembled, outcomes
from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.refusals import FULL
from schoollib_xl.saving import CannotWrite
from schoollib_xl.scratch import scratch_folder
from schoollib_xl.sheets.opening.one_state import FileState, state_of
from schoollib_xl.sheets.opening.refusing import Unusable, unusable
from schoollib_xl.sheets.opening.vetting import sniff
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.sheets.reading.memory import Memory
from schoollib_xl.wording.page.overview import Reading, Sighting

_NO_ROOM = "暂时读不了，磁盘满了；腾出空间，这里自己会再读"
_HELD = "暂时读不出来，先关闭占用它的程序，或等保存完"


class _Judged(NamedTuple):
    """What one reading came to, kept so that the next has less to do."""

    library: Library
    outcomes: Mapping[str, CheckOutcome]


class Rounds:
    """Checks a workbook again and again; what did not change since the last round is neither read nor checked."""

    def __init__(self, as_of: date | None) -> None:
        self._as_of = as_of
        self._memory = Memory()
        self._last: _Judged | None = None

    def check(self, copy: Path, at: datetime, workbook: Path) -> Reading:
        """What a copy of the workbook holds now, checked; exactly what a first check would find. Raises Unusable."""
        library, cannot_tell = with_kept(load(copy, self._as_of, None, self._memory), workbook)
        judged = self._last = _first(library) if self._last is None else _again(library, self._last)
        report, quotas = assembled(library, judged.outcomes.values()), library.derive(statement)
        promised, causes = promises(library, quotas), causes_of(library, report)
        return Reading(library, report, quotas, promised, cannot_tell, at, causes)


def _first(library: Library) -> _Judged:
    return _Judged(library, _by_code(outcomes(library, ALL.values())))


def _again(library: Library, last: _Judged) -> _Judged:
    changed = library.follow(last.library)
    return _Judged(library, _by_code(outcomes(library, ALL.values(), last.outcomes, changed, last.library)))


def _by_code(came_to: Iterable[CheckOutcome]) -> Mapping[str, CheckOutcome]:
    return {outcome.check.code: outcome for outcome in came_to}


class Follower:
    """Looks at a workbook every now and then. It asks the file's time and size instead of the system's notices of
    changes: these do not come from network drives, and differ between systems.
    """

    def __init__(self, workbook: Path, as_of: date | None) -> None:
        """Raises Unusable where there is no such file, or it is plainly no workbook."""
        sniff(workbook)
        self._workbook = workbook
        self._rounds = Rounds(as_of)
        self._seen = state_of(workbook)
        self._dealt_with: tuple[FileState, date] | None = None
        self._content = b""
        self._last: Reading | None = None
        self._trouble = ""

    def look(self, now: datetime) -> Sighting | None:
        """What is new since the last look, None for nothing. A file that is being written is left alone until it
        is the same at two looks.
        """
        state = state_of(self._workbook)
        is_settled, self._seen = state == self._seen, state
        # A new day is dealt with once as well: what is due and what is late may have changed.
        if not is_settled or self._dealt_with == (state, now.date()):
            return None
        last, trouble = self._last, self._trouble
        try:
            self._read(state, now)
        except Unusable as refusal:
            self._trouble = str(refusal)
        if self._last is last and self._trouble == trouble:
            return None
        return Sighting(self._workbook.name, self._last, self._trouble, now)

    def _is_new_day(self, now: datetime) -> bool:
        """Whether the last reading is of yesterday."""
        return self._last is not None and self._last.at.date() != now.date()

    def _read(self, state: FileState, now: datetime) -> None:
        """Read the workbook from a copy, so that no program that saves it finds it open."""
        self._dealt_with = None
        with _copy_of(self._workbook) as copy:
            content = _digest(copy)
            if state_of(self._workbook) != state:
                return
            # What made the copy fail may pass without a trace in the file; what is in the file will not.
            self._dealt_with = state, now.date()
            if content != self._content or self._trouble or self._is_new_day(now):
                self._last = self._rounds.check(copy, now, self._workbook)
                self._content, self._trouble = content, ""
        # Libraries and what is derived from them hold each other, and the program collects nothing by itself.
        gc.collect()


@contextmanager
def _copy_of(workbook: Path) -> Iterator[Path]:
    """A copy of the workbook, for as long as it is looked at. Raises Unusable."""
    sniff(workbook)
    with ExitStack() as kept:
        try:
            copy = kept.enter_context(scratch_folder()) / workbook.name
            shutil.copyfile(workbook, copy)
        except CannotWrite as refusal:
            raise Unusable(str(refusal)) from None
        except OSError as error:
            raise unusable(workbook, _NO_ROOM if error.errno in FULL else _HELD) from None
        yield copy


def _digest(copy: Path) -> bytes:
    """What the content is told by."""
    with copy.open("rb") as file:
        return blake2b(file.read()).digest()
