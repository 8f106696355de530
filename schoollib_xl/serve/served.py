"""A workbook that is served: followed in a thread of its own, with what was found, its runs and its desk."""

import gc
import os
from contextlib import suppress
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from threading import Condition, Event, Lock, RLock, Thread
from typing import NamedTuple

from schoollib_xl.actions.desk import DeskBook
from schoollib_xl.actions.following import Follower
from schoollib_xl.actions.sampling import SampleBook
from schoollib_xl.ledgers.library import Library
from schoollib_xl.saving import CannotWrite
from schoollib_xl.serve.jobs import Jobs
from schoollib_xl.unexpected import log_unexpected_error
from schoollib_xl.wording.page.overview import Identity, OpenLines, Sighting, identities

# Two looks at which a file is the same show that it is saved: about a second.
_SECONDS_BETWEEN_LOOKS = 0.5


class ServedState(NamedTuple):
    """What a page knows is old: a number for each reading and for each change of a run, and how many are new."""

    reading: int = 0
    jobs: int = 0
    news: int = 0


class Served:
    """One workbook with everything the page shows of it."""

    def __init__(self, workbook: Path, as_of: date | None) -> None:
        """Raises Unusable where there is no such file, or it is plainly no workbook."""
        self.workbook = workbook
        self.key = key_of(workbook)
        self._as_of = as_of
        self._follower = Follower(workbook, as_of)
        self.desk = DeskBook(workbook)
        self.sample = SampleBook(workbook)
        self._looking = Lock()
        # Held while a reading is taken in and while the desk answers: a scan is never judged by the books of before
        # with lines that are known to stand in those of now.
        self.at_desk = RLock()
        self._changes = Condition()
        self._state = ServedState()
        self._stopping = Event()
        self.seen: Sighting | None = None
        self.fresh: frozenset[Identity] = frozenset()
        self.jobs = Jobs(workbook, self._job_changed)

    def start(self) -> None:
        """Begin to follow the workbook."""
        Thread(target=self._follow, daemon=True).start()

    def stop(self) -> None:
        """End following; whoever waits for a change is let go."""
        self._stopping.set()
        with self._changes:
            self._changes.notify_all()

    @property
    def today(self) -> date:
        """The day the books are judged on where one was given, else today."""
        return self._as_of or date.today()

    @property
    def library(self) -> Library | None:
        """What the workbook held when it was last read; None before."""
        return self.seen.last.library if self.seen and self.seen.last else None

    @property
    def is_gone(self) -> bool:
        """Whether the workbook lies no more where it did, and not only for the moment in which it is saved."""
        return bool(self.seen and self.seen.trouble) and not self.workbook.exists()

    def at_the_desk(self) -> OpenLines:
        """How many lines of the desk are still to be copied into the ledgers, and how many do not fit them."""
        if self.library is None or not self.desk.journal.path.exists():
            return OpenLines()
        # A journal that is not ours is said at the desk; here there is then nothing to copy.
        with suppress(CannotWrite):
            found = self.desk.pending(self.library, datetime.now())
            return OpenLines(len(found.waiting), len(found.misfits) + len(found.lost))
        return OpenLines()

    @property
    def state(self) -> ServedState:
        with self._changes:
            return self._state

    def wait_for_change(self, known: ServedState, seconds: float) -> ServedState:
        """What is so after a change, or after so many seconds."""
        with self._changes:
            self._changes.wait_for(lambda: self._state != known or self._stopping.is_set(), seconds)
            return self._state

    def look(self, now: datetime) -> None:
        """Look at the workbook once, and tell the pages what is new."""
        with self._looking:
            if seen := self._follower.look(now):
                self._see(seen)

    def _see(self, seen: Sighting) -> None:
        if self.seen and self.seen.last and seen.last is not self.seen.last:
            self.fresh = frozenset(identities(seen.last) - identities(self.seen.last))
        with self.at_desk:
            self.seen = seen
            # What she has copied into the ledgers is recognised at once, before she changes it again.
            self.at_the_desk()
        self._tell(readings=1)

    def _follow(self) -> None:
        while not self._stopping.wait(_SECONDS_BETWEEN_LOOKS):
            try:
                self.look(datetime.now())
            except Exception:  # the page says that something went wrong, and what is known stays
                self._fail(log_unexpected_error())
            gc.collect(0)

    def _fail(self, sentence: str) -> None:
        last = self.seen.last if self.seen else None
        self.seen = Sighting(self.workbook.name, last, sentence, datetime.now())
        self._tell(readings=1)

    def _job_changed(self) -> None:
        self._tell(jobs=1)

    def _tell(self, *, readings: int = 0, jobs: int = 0) -> None:
        """Let the pages know that there are so many more readings or changes of runs."""
        with self._changes:
            self._state = ServedState(self._state.reading + readings, self._state.jobs + jobs, len(self.fresh))
            self._changes.notify_all()


def key_of(workbook: Path) -> str:
    """What names a workbook in an address: says nothing about it, and is the same every time."""
    return blake2b(os.fsencode(workbook.resolve()), digest_size=6).hexdigest()
