"""The roll-up of a folder: find the workbooks, take what is known, examine the rest, write what they come to."""

import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from schoollib_xl import __version__
from schoollib_xl.actions.county.connecting import ensure_installed
from schoollib_xl.actions.county.folder import BOOK_NAME, RECORDS_NAME, look_through
from schoollib_xl.actions.county.job import SchoolJob, SchoolOutcome
from schoollib_xl.actions.county.outstanding import outstanding
from schoollib_xl.actions.county.spreading import spread
from schoollib_xl.county.counting import counted_once
from schoollib_xl.county.record import SchoolRecord, record_schema
from schoollib_xl.county.rollup import Failure, Rolled, SchoolEntry
from schoollib_xl.inspection.sample import DEFAULT_SEED
from schoollib_xl.names import written_out
from schoollib_xl.pages.answer import answer_html
from schoollib_xl.pages.document import document
from schoollib_xl.saving import CannotWrite, make_folder, one_at_a_time, ours, write
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.wording.county.county_answer import county_answer

PAGE_NAME = "县汇总.html"
SCHEMA_NAME, LAST_NAME = "记录格式.json", "上次汇总.json"
# A record is of one state of one workbook: after so many days in which nobody asked for it, it is of one long gone.
_DAYS_KEPT = 400
Heard = Callable[[int, int], None]


@dataclass(frozen=True)
class Cluster:
    """Where the work is done: a scheduler's address, or '' and so many workers on this machine."""

    workers: int
    scheduler: str = ""


class CountyRun(NamedTuple):
    """The day all schools are judged on (None for each its own), and the seed of the visitors' samples."""

    as_of: date | None = None
    seed: int = DEFAULT_SEED


def roll_up(folder: Path, into: Path | None, settings: CountyRun, cluster: Cluster, heard: Heard | None) -> Rolled:
    """Examine every workbook of the folder. With an output folder, records are kept beside the result: a workbook
    whose bytes are the same is not read again, and a run that was stopped goes on where it was.

    Raises NoCluster, CannotWrite.
    """
    records = Records(into / RECORDS_NAME if into else None, settings)
    day = str(settings.as_of or "")
    found = look_through(folder)
    jobs = [SchoolJob(str(folder), path.relative_to(folder).as_posix(), day, settings.seed) for path in found.workbooks]
    outcomes = _with_progress(records.outcomes(jobs, cluster), len(jobs), heard)
    entries = [
        SchoolEntry(written_out(outcome.job.file), SchoolRecord.model_validate_json(outcome.record))
        for outcome in outcomes
        if outcome.record
    ]
    unread = [_failure(outcome) for outcome in outcomes if outcome.why]
    counted, left_out = counted_once(entries)
    rolled = Rolled(len(jobs), counted, sorted(unread), left_out, results=found.results, unseen=found.shut)
    rolled = rolled._replace(outstanding=outstanding(folder, found.workbooks))
    records.clear_out()
    return rolled._replace(before=records.before(counted), notes=records.notes())


def _failure(outcome: SchoolOutcome) -> Failure:
    name = Path(outcome.job.file).name
    return Failure(written_out(outcome.job.file), outcome.why.replace(name, written_out(name)))


def _with_progress(outcomes: Iterator[SchoolOutcome], total: int, heard: Heard | None) -> list[SchoolOutcome]:
    done = []
    for number, outcome in enumerate(outcomes, 1):
        done.append(outcome)
        if heard:
            heard(number, total)
    return done


class _WorkbookState(NamedTuple):
    """What names a workbook by its bytes, '' for one that cannot be read; and when it was saved and how long it is."""

    digest: str
    saved: tuple[int, int] | None


def _saved(workbook: Path) -> tuple[int, int] | None:
    try:
        found = workbook.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


class Records:
    """The records beside the result: small files, named by what a workbook holds."""

    def __init__(self, folder: Path | None, settings: CountyRun) -> None:
        self._folder = folder
        self._lost: list[str] = []
        self._unasked = ""
        # What a record depends on beside the workbook itself.
        self._salt = f"{__version__} {settings} {SchoolRecord.model_fields['format'].default}".encode()

    def outcomes(self, jobs: Sequence[SchoolJob], cluster: Cluster) -> Iterator[SchoolOutcome]:
        """What every workbook comes to: those known at once, then the others as they are examined, those that could not
        be read at the end; of these, what was saved meanwhile is tried once more.

        Raises NoCluster, CannotWrite where the folder is not there and cannot be made.
        """
        states = {job.file: self._state(job) for job in jobs}
        known = {job.file: self._known(states[job.file].digest) for job in jobs}
        unknown = [job for job in jobs if not known[job.file]]
        if unknown:
            ensure_installed()
        elif jobs:
            self._unasked = cluster.scheduler
        if self._folder:
            make_folder(self._folder)
            self._keep(self._folder / SCHEMA_NAME, record_schema())
        yield from (SchoolOutcome(job, record=known[job.file]) for job in jobs if known[job.file])
        unread = []
        for outcome in spread(unknown, workers=cluster.workers, scheduler=cluster.scheduler):
            if outcome.record:
                self._remember(outcome, states[outcome.job.file])
                yield outcome
            else:
                unread.append(outcome)
        again = {one.job.file: one.job for one in unread if states[one.job.file].saved != _saved(one.job.workbook)}
        yield from (one for one in unread if one.job.file not in again)
        yield from spread([*again.values()], workers=cluster.workers, scheduler=cluster.scheduler)

    def _remember(self, outcome: SchoolOutcome, state: _WorkbookState) -> None:
        """Keep a record under what its workbook held; not where that was saved meanwhile, and is another by now."""
        if self._folder and state.digest and state.saved == _saved(outcome.job.workbook):
            record, today = json.loads(outcome.record), str(date.today())
            # Judged on the day it was read, where it names none itself: to be read again on another.
            passing = {"read_on": today} if not outcome.job.as_of and record["as_of"] == today else {}
            self._keep(self._folder / f"{state.digest}.json", {"record": record, **passing})

    def _state(self, job: SchoolJob) -> _WorkbookState:
        if not self._folder:
            return _WorkbookState("", _saved(job.workbook))
        saved, digest = _saved(job.workbook), blake2b(self._salt, digest_size=16)
        try:
            with job.workbook.open("rb") as file:
                while piece := file.read(1 << 20):
                    digest.update(piece)
        except OSError:
            return _WorkbookState("", None)
        return _WorkbookState(digest.hexdigest(), saved)

    def _known(self, digest: str) -> str:
        """The record kept under this digest, '' where there is none that can be read."""
        if not (self._folder and digest):
            return ""
        try:
            kept, today = _kept(path := self._folder / f"{digest}.json"), str(date.today())
            record = SchoolRecord.model_validate(kept["record"])
            with suppress(OSError):
                os.utime(path)
            return record.model_dump_json() if kept.get("read_on", today) == today else ""
        except (KeyError, ValidationError):
            return ""

    def clear_out(self) -> None:
        """Throw away the records that no run has asked for in a year and more."""
        until = time.time() - _DAYS_KEPT * 24 * 60 * 60
        for path in self._folder.glob("*.json") if self._folder else ():
            with suppress(OSError):
                if re.fullmatch("[0-9a-f]{32}", path.stem) and path.stat().st_mtime < until:
                    path.unlink()

    def before(self, entries: Sequence[SchoolEntry]) -> dict[str, SchoolRecord]:
        """The records of the last run that had other figures than this one, by file; and keep this run for the
        next to be compared with, where there was anything in it: a share that was not there is no county.
        """
        if not self._folder:
            return {}
        now = {entry.file: entry.record.figures_alone() for entry in entries}
        try:
            with one_at_a_time(self._folder):
                runs = [run for run in self._last_runs() if not _are_same(run, now)]
                if now:
                    self._keep(self._folder / LAST_NAME, {"runs": [*map(_as_json, (now, *runs[:1]))]})
        except CannotWrite as refusal:
            self._lost.append(str(refusal))
            return {}
        return runs[0] if runs else {}

    def notes(self) -> tuple[str, ...]:
        """What the totals are right in spite of: a scheduler nobody asked, something that could not be kept."""
        unasked = f"没有要重读的工作簿，没有用到“{self._unasked}”。" if self._unasked else ""
        unkept = f"有 {len(self._lost)} 份记录没有存下，下次要重读工作簿，或者说不出和上次比的变化；"
        return tuple(filter(None, (unasked, *(unkept + why for why in self._lost[:1]))))

    def _keep(self, path: Path, value: dict[str, Any]) -> None:
        """Keep it for the next run; a disk that is full costs the next run its head start, and no school."""
        try:
            write(path, json.dumps(value, ensure_ascii=False, indent=1).encode())
        except CannotWrite as refusal:
            self._lost.append(str(refusal))

    def _last_runs(self) -> list[dict[str, SchoolRecord]]:
        if not self._folder:
            return []
        try:
            return [
                {file: SchoolRecord.model_validate(record) for file, record in dict(run).items()}
                for run in _kept(self._folder / LAST_NAME)["runs"]
            ]
        except (KeyError, TypeError, ValueError):
            return []


def _are_same(run: Mapping[str, SchoolRecord], now: Mapping[str, SchoolRecord]) -> bool:
    return run.keys() == now.keys() and all(record.has_figures_of(now[file]) for file, record in run.items())


def _as_json(run: Mapping[str, SchoolRecord]) -> dict[str, Any]:
    return {file: record.model_dump(mode="json") for file, record in run.items()}


def _kept(path: Path) -> dict[str, Any]:
    """What was kept under this name; nothing where it is not there, or not as this program wrote it."""
    found = ours(path)
    if found is None:
        return {}
    value: dict[str, Any] = json.loads(found.read_text("utf-8"))
    return value


def write_county(rolled: Rolled, into: Path) -> tuple[Path, Path]:
    """Write 县汇总.xlsx and 县汇总.html; where they went.

    Raises CannotWrite.
    """
    answer = county_answer(rolled)
    book = write_answer_book(answer, into / BOOK_NAME)
    page = write(into / PAGE_NAME, document(answer.title, answer_html(answer)).encode())
    return book, page
