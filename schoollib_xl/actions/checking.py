"""Check a workbook, and write what was found beside it."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from schoollib_xl.actions.aside import Aside
from schoollib_xl.sheets.opening.grids import Progress
from schoollib_xl.sheets.opening.one_state import of_one_state
from schoollib_xl.sheets.opening.workbook import open_workbook

if TYPE_CHECKING:
    from schoollib_xl.causes.correction import Causes
    from schoollib_xl.checks.report import Report
    from schoollib_xl.ledgers.library import Library
    from schoollib_xl.sheets.reading.loading import Loaded
    from schoollib_xl.wording.answer import Answer

_JUDGING = ("schoollib_xl.sheets.reading.loading", "schoollib_xl.checks.every")


class Checked(NamedTuple):
    """A workbook that was checked: its books, what was found, and what its file format cannot tell, and the causes of
    what was found; None where nothing was.
    """

    library: "Library"
    report: "Report"
    cannot_tell: str
    causes: "Causes | None" = None


def check(workbook: Path, as_of: date | None, progress: Progress | None = None) -> Checked:
    """Check everything in the workbook.

    Raises Unusable where the workbook cannot be read.
    """
    return judge(_load(workbook, as_of, progress))


def _load(workbook: Path, as_of: date | None, progress: Progress | None) -> "Loaded":
    def read(place: Path) -> "Loaded":
        with open_workbook(place) as opened:
            from schoollib_xl.sheets.reading.loading import read_books

            return read_books(opened, as_of, progress)

    loaded = of_one_state(workbook, read)
    from schoollib_xl.actions.kept import telling_of_desk, with_kept

    return telling_of_desk(with_kept(loaded, workbook), workbook)


def judge_when_read(read: "Callable[[], Loaded]") -> Checked:
    """Read, and check everything that was read. What `read` raises comes through."""
    # Importing the checks takes about as long as reading a small workbook.
    imports = Aside(_import_what_judges)
    try:
        loaded = read()
    finally:
        # Whoever waited for one of the modules was handed it half made where that was stopped, and fails for want of a
        # name: what stopped it is to be known.
        imports.end()
    return judge(loaded)


def _import_what_judges() -> None:
    for name in _JUDGING:
        import_module(name)


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
    from schoollib_xl.wording.checking.check_answer import check_answer

    library, report, cannot_tell, causes = checked
    return check_answer(written_out(workbook.name), library, report, causes, cannot_tell)
