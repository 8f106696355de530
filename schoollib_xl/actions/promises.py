"""What was promised, and how it stands."""

from pathlib import Path

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.promises import Promises, promises
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.wording.progress import progress_answer

PROGRESS_NAME = "计划进度.xlsx"


def promised_in(library: Library, quotas: Statement) -> Promises:
    """What the plan and the targets of a workbook ask on the day it is judged on."""
    return promises(library, quotas)


def write_progress(library: Library, promised: Promises, folder: Path) -> Path:
    """Write 计划进度.xlsx into the folder; where it went.

    Raises CannotWrite where it cannot be written.
    """
    return write_answer_book(progress_answer(library, promised), folder / PROGRESS_NAME, library.school.name or "")
