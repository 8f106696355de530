"""Write what was computed: the quotas of a term, a rotation table."""

from pathlib import Path

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.rotation import Rotation
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.wording.answer import Answer
from schoollib_xl.wording.quota_answer import rotation_answer

QUOTAS_NAME = "借阅定额.xlsx"
ROTATION_NAME = "借阅轮流表.xlsx"


def write_quotas(answer: Answer, library: Library, folder: Path) -> Path:
    """Write 借阅定额.xlsx into the folder; where it went.

    Raises CannotWrite where it cannot be written.
    """
    return write_answer_book(answer, folder / QUOTAS_NAME, library.school.name or "")


def write_rotation(made: Rotation, library: Library, folder: Path) -> Path:
    """Write 借阅轮流表.xlsx, ready to paste, into the folder; where it went.

    Raises CannotWrite where it cannot be written.
    """
    return write_answer_book(rotation_answer(made), folder / ROTATION_NAME, library.school.name or "")
