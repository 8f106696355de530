"""Check a workbook, and write what was found beside it."""

from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from schoollib_xl.sheets.opening.one_state import of_one_state
from schoollib_xl.sheets.opening.workbook import Progress, open_workbook

if TYPE_CHECKING:
    from schoollib_xl.causes.correction import Causes
    from schoollib_xl.checks.report import Report
    from schoollib_xl.ledgers.library import Library
    from schoollib_xl.sheets.reading.loading import Loaded
    from schoollib_xl.wording.answer import Answer

_READING, _CHECKS = "schoollib_xl.sheets.reading.loading", "schoollib_xl.checks.every"


class Checked(NamedTuple):
    """A workbook that was checked: its books, what was found, and what its file format cannot tell, and the causes of
    what was found; None where nothing was.
    """

    library: "Library"
    report: "Report"
    cannot_tell: str
    causes: "Causes | None" = None


class _Imports(Thread):
    """Modules being imported while the program does something else."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self._names = names
        self._error: Exception | None = None

    def run(self) -> None:
        """Import them; what stops it is kept, since a thread of its own would print it on the screen."""
        try:
            for name in self._names:
                import_module(name)
        except Exception as error:
            self._error = error

    def end(self) -> None:
        """Wait until they are there, if it was started. Raises what stopped it: whoever waited for one of the modules
        meanwhile was handed it half made, and fails for want of a name.
        """
        if self.ident is not None:
            self.join()
        if self._error:
            raise self._error


def check(workbook: Path, as_of: date | None, progress: Progress | None = None) -> Checked:
    """Check everything in the workbook.

    Raises Unusable where the workbook cannot be read.
    """
    return judge(_load(workbook, as_of, progress))


def _load(workbook: Path, as_of: date | None, progress: Progress | None) -> "Loaded":
    def read(place: Path) -> "Loaded":
        imports = _Imports([_READING, _CHECKS])
        with open_workbook(place) as opened:
            try:
                # It takes about as long to import them as to parse a school's books.
                opened.begin(imports.start)
            finally:
                imports.end()
            from schoollib_xl.sheets.reading.loading import read_books

            return read_books(opened, as_of, progress)

    loaded = of_one_state(workbook, read)
    from schoollib_xl.actions.kept import with_kept

    return with_kept(loaded, workbook)


def judge_when_read(read: "Callable[[], Loaded]") -> Checked:
    """Read, and check everything that was read. What `read` raises comes through."""
    # Importing the checks takes about as long as reading a small workbook.
    imports = _Imports([_CHECKS])
    imports.start()
    try:
        loaded = read()
    finally:
        imports.end()
    return judge(loaded)


def judge(loaded: "Loaded") -> Checked:
    """Check everything in books that are read."""
    from schoollib_xl.checks.every import ALL
    from schoollib_xl.checks.report import run

    report = run(loaded.library, ALL.values())
    return Checked(loaded.library, report, loaded.cannot_tell, causes_of(loaded.library, report))


def causes_of(library: "Library", report: "Report") -> "Causes | None":
    """The fewest corrections that would settle what was found. On books without findings nothing is loaded."""
    if not report.findings:
        return None
    from schoollib_xl.causes.explaining import causes_of as explained

    return explained(library, report)


def answer_of(checked: Checked, workbook: Path) -> "Answer":
    """What a check of the workbook came to, in words."""
    from schoollib_xl.names import written_out
    from schoollib_xl.wording.check_answer import check_answer

    library, report, cannot_tell, causes = checked
    return check_answer(written_out(workbook.name), library, report, causes, cannot_tell)
