"""The desk over a workbook that is served: its books, its journal, and what of the journal is still to be copied."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import NamedTuple

from schoollib_xl.desk.journal import JournalFile, beside
from schoollib_xl.desk.ledger_state import LedgerNow
from schoollib_xl.desk.lines import DeskLine, DeskMark, booked_mark, line_of, mark_of, standing
from schoollib_xl.desk.replay import Replayed, replay, with_entries
from schoollib_xl.desk.request import Act
from schoollib_xl.desk.scanning import DeskScan, Response, respond
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.kept import DESK_JOURNAL
from schoollib_xl.ledgers.library import Library
from schoollib_xl.names import WORKBOOK_SUFFIXES
from schoollib_xl.quotas.borrowing.allowance import Allowance, UnknownReader, allowance
from schoollib_xl.saving import CannotWrite


class Entered(NamedTuple):
    """What a scan came to: the answer, the line it left (None for none), and the books after it."""

    response: Response
    line: DeskLine | None
    library: Library


class NothingToUndo(Exception):
    """There is no line that can be taken back; `is_booked` where the last one stands in the ledger already."""

    def __init__(self, *, is_booked: bool) -> None:
        super().__init__()
        self.is_booked = is_booked


class NotTheLast(Exception):
    """Another desk has entered a line since."""


class OtherLines(Exception):
    """The lines the ledger has lost are others by now."""


class DeskBook:
    """The desk of one workbook. Its books are the last reading with the journal on top."""

    def __init__(self, workbook: Path) -> None:
        self._workbook = workbook
        self._journal = JournalFile(beside(workbook, DESK_JOURNAL), DESK_JOURNAL, DeskLine)
        self._lock = Lock()
        self._base: Library | None = None
        self._known = ""
        self._library: Library | None = None
        self._lost: list[DeskLine] = []

    @property
    def journal(self) -> JournalFile[DeskLine]:
        return self._journal

    def strays(self) -> tuple[str, ...]:
        """Journals beside this one whose workbook is gone: it may be this very one under the name it had before."""
        folder, begins = self._workbook.parent, f"{DESK_JOURNAL}_"
        try:
            names = sorted(path.name for path in folder.iterdir())
        except OSError:
            return ()
        stems = {Path(name).stem for name in names if not name.startswith(begins)}
        journals = [name for name in names if name.startswith(begins) and name.endswith(self._journal.path.suffix)]
        return tuple(name for name in journals if Path(name).stem.removeprefix(begins) not in stems)

    def waits_in(self, stray: str, library: Library) -> bool:
        """Whether such a journal holds lines that these books have still to get."""
        journal = JournalFile(self._journal.path.with_name(stray), DESK_JOURNAL, DeskLine)
        with suppress(CannotWrite):
            journal.read()
            return bool(replay(library, journal.lines).waiting)
        return False

    def twins(self) -> tuple[str, ...]:
        """Workbooks of the same name but for its end: they have one journal, and what is copied into one of them is
        offered in none of the others.
        """
        own = self._workbook
        try:
            beside_it = sorted(path.name for path in own.parent.iterdir() if path.suffix.lower() in WORKBOOK_SUFFIXES)
        except OSError:
            return ()
        return tuple(name for name in beside_it if Path(name).stem == own.stem and name != own.name)

    def scan(self, scan: DeskScan) -> Entered:
        """Answer a scan and, where it can be done, put it on the disk first. Raises CannotWrite: nothing is entered."""
        with self._lock, self._journal.alone():
            library = self._books(scan.request.library)
            scan = replace(scan, request=replace(scan.request, library=library))
            response = respond(scan, list(standing(self._journal.lines)), self._lost)
            if not response.is_entered or response.decision is None:
                return Entered(response, None, library)
            decision = response.decision
            line = line_of(decision, _new_id(scan.at), scan.at, self._lent_by(decision.request.loan))
            self._journal.append([line])
            self._known = _state_of(self._journal)
            self._library = with_entries(library, decision.entries)
            return Entered(response, line, self._library)

    def undo(self, base: Library, at: datetime, known: str | None = None) -> DeskLine:
        """Take the last line back. Raises NothingToUndo, CannotWrite; NotTheLast where another than the `known` one is
        the last.
        """
        with self._lock, self._journal.alone():
            replayed = self._recognised(base, at)
            lines = list(standing(self._journal.lines))
            if not lines:
                raise NothingToUndo(is_booked=False)
            last = lines[-1]
            if known not in (None, last.id):
                raise NotTheLast
            if last not in replayed.waiting or last in replayed.begun:
                raise NothingToUndo(is_booked=True)
            self._journal.append([mark_of(DeskMark.UNDONE, last, _new_id(at), at)])
            return last

    def settle(self, base: Library, at: datetime, known: int, what: DeskMark) -> None:
        """Offer the lines again that the ledger has lost, or drop them: she has deleted them, or begun a new book.

        Raises OtherLines where they are not as many as are `known`, CannotWrite.
        """
        with self._lock, self._journal.alone():
            lost = self._recognised(base, at).lost
            if len(lost) != known:
                raise OtherLines
            self._journal.append([mark_of(what, line, _new_id(at), at) for line in lost])

    def pending(self, base: Library, at: datetime) -> Replayed:
        """What of the journal is still to be copied into the ledgers; what stands there is marked as booked.

        Raises CannotWrite for a journal that is not ours.
        """
        with self._lock:
            try:
                with self._journal.alone():
                    return self._recognised(base, at)
            except CannotWrite:
                self._journal.read()
                return replay(base, self._journal.lines)

    def to_copy(self, base: Library) -> Replayed:
        """What is still to be copied into books that are open and perhaps never saved: nothing is marked as booked.

        Raises CannotWrite for a journal that is not ours.
        """
        with self._lock:
            self._journal.read()
            return replay(base, self._journal.lines)

    def read(self) -> None:
        """Know what other desks have written. Raises CannotWrite."""
        with self._lock:
            self._journal.read()

    def reader(self, base: Library, reader_no: str, day: date) -> Allowance | None:
        """What a reader has and may have, the journal counted; None where there is no such reader."""
        with self._lock:
            try:
                return allowance(self._books(base), reader_no, day)
            except UnknownReader:
                return None

    def _books(self, base: Library) -> Library:
        """The books with the journal, worked out anew only where either has changed."""
        known = _state_of(self._journal)
        if self._library is None or self._base is not base or self._known != known:
            replayed = replay(base, self._journal.lines)
            self._library, self._lost = replayed.library, replayed.lost
            self._base, self._known = base, known
        return self._library

    def _recognised(self, base: Library, at: datetime) -> Replayed:
        """The journal over the books; what was found to stand there is marked."""
        replayed = replay(base, self._journal.lines)
        if replayed.booked:
            now = LedgerNow(base).state
            self._journal.append(
                [booked_mark(line, _new_id(at), at, loan.loan_no, now) for line, loan in replayed.booked]
            )
        return replayed

    def _lent_by(self, loan: LoanRow | None) -> str:
        """The line of the journal that lent the copy, for a loan that no ledger has yet; else ''."""
        if loan is None:
            return ""
        lent = [line for line in standing(self._journal.lines) if line.what is Act.LEND and line.loan]
        named = (loan.reader_no, loan.accession_no, loan.lent_on)
        keys = ((line.id, line.loan) for line in reversed(lent))
        return next((one for one, key in keys if key and (key.reader_no, key.accession_no, key.lent_on) == named), "")


def _state_of(journal: JournalFile[DeskLine]) -> str:
    """What tells that there are other lines: their number, and which is the last."""
    lines = journal.lines
    return f"{len(lines)} {lines[-1].id if lines else ''}"


def _new_id(at: datetime) -> str:
    """An id that no other desk gives: the second, and enough chance."""
    return f"{at:%Y%m%d-%H%M%S}-{token_hex(3)}"
