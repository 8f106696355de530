"""The samples of a workbook: kept beside it as they were drawn, answered on paper or at the shelf."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from pydantic import BaseModel, ConfigDict

from schoollib_xl.desk.journal import JournalFile, UncountedLines, beside
from schoollib_xl.inspection.answers import SampleOutcome, outcome
from schoollib_xl.inspection.journal import (
    About,
    DrawnSample,
    FilledSample,
    SampleLine,
    Scanned,
    Way,
    drawn,
    filled,
    sample_of,
    scanned,
)
from schoollib_xl.inspection.sample import Sample
from schoollib_xl.ledgers.kept import PRINTED_SAMPLES, SAMPLE_JOURNAL
from schoollib_xl.ledgers.library import Library
from schoollib_xl.saving import make_folder, one_at_a_time, ours, write

# So many sheets of one school are still known when they are read back: more than an inspection year prints.
_MOST_RECORDED = 20


class Recorded(BaseModel):
    """A sample that was printed, and which of its copies had no answer when it was read back."""

    model_config = ConfigDict(frozen=True)
    drawn: DrawnSample
    unanswered: tuple[str, ...]


class _Record(BaseModel):
    """By school, the samples in the order they were printed."""

    schools: dict[str, tuple[Recorded, ...]] = {}


class NoSample(Exception):
    """No sample has been drawn yet, or the ledgers have its numbers no more."""


class SampleBook:
    """The journal of the samples of one workbook. Every answer is on the disk before it is said to be there."""

    def __init__(self, workbook: Path) -> None:
        self._journal = JournalFile(beside(workbook, SAMPLE_JOURNAL), SAMPLE_JOURNAL, SampleLine)
        self._lock = Lock()

    @property
    def path(self) -> Path:
        return self._journal.path

    @property
    def unread(self) -> UncountedLines:
        return self._journal.unread

    def samples(self) -> tuple[FilledSample, ...]:
        """Every sample in the order they were drawn. Raises CannotWrite for a file that is not ours."""
        with self._lock:
            self._journal.read()
            return filled(self._journal.lines)

    def last(self) -> FilledSample:
        """The sample drawn last. Raises NoSample, CannotWrite."""
        found = self.samples()
        if not found:
            raise NoSample
        return found[-1]

    def keep(self, sample: Sample) -> None:
        """Put a sample on the disk, where it is another than the last. Raises CannotWrite."""
        self._append([SampleLine(about=About.SAMPLE, drawn=drawn(sample))])

    def scan(self, library: Library, codes: Sequence[str], way: Way) -> list[Scanned]:
        """Take in what was scanned, in its order. Raises NoSample, CannotWrite: nothing of it is counted."""
        found: list[Scanned] = []
        with self._lock, self._journal.alone():
            known = filled(self._journal.lines)
            if not known:
                raise NoSample
            for code in codes:
                one = scanned(known[-1], library, code, way)
                found.append(one)
                if one.line:
                    known[-1].take(one.line)
            self._journal.append([one.line for one in found if one.line])
        return found

    def mark(self, about: About, number: str, said: str) -> None:
        """Say something of one number of the last sample; '' takes it back. Raises NoSample, CannotWrite."""
        self._append([SampleLine(about=about, number=number, said=said)])

    def _append(self, lines: Sequence[SampleLine]) -> None:
        with self._lock, self._journal.alone():
            known = filled(self._journal.lines)
            if not known and not lines[0].drawn:
                raise NoSample
            if not known or lines[0].drawn != known[-1].drawn:
                self._journal.append(lines)


def judged(found: FilledSample, library: Library) -> tuple[Sample, SampleOutcome]:
    """The sample as it was drawn and what was found of it so far. Raises NoSample."""
    sample = sample_of(found.drawn, library)
    if sample is None:
        raise NoSample
    return sample, outcome(found.sheet, sample, library)


def recorded(folder: Path, library: Library) -> tuple[Recorded, ...]:
    """The samples of the school that were printed into this folder, the newest last."""
    return _record(folder).schools.get(library.school.name or "", ())


def record(folder: Path, library: Library, sample: Sample, result: SampleOutcome | None) -> None:
    """Remember a sample that is printed, or what came back of it. Raises CannotWrite."""
    make_folder(folder)
    with one_at_a_time(folder):
        kept, now = _record(folder), drawn(sample)
        before = kept.schools.get(library.school.name or "", ())
        known = next((one for one in before if one.drawn == now), Recorded(drawn=now, unanswered=now.copies))
        if result is not None:
            known = Recorded(drawn=now, unanswered=(*result.blank, *result.unclear))
        rest = [one for one in before if one.drawn != now]
        kept.schools[library.school.name or ""] = (*rest, known)[-_MOST_RECORDED:]
        write(folder / PRINTED_SAMPLES, kept.model_dump_json(indent=1).encode())


def _record(folder: Path) -> _Record:
    found = ours(folder / PRINTED_SAMPLES)
    return _Record.model_validate_json(found.read_bytes()) if found else _Record()
