"""Write what was computed: the quotas of a term, a rotation table."""

from pathlib import Path

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.rotation import Rotation
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.sheets.books.quota_book import write_quota_book
from schoollib_xl.sheets.books.rotation_book import write_rotation_book

QUOTAS_NAME = "借阅定额.xlsx"
ROTATION_NAME = "借阅轮流表.xlsx"


def write_quotas(quotas: Statement, library: Library, folder: Path) -> Path:
    """Write 借阅定额.xlsx into the folder; where it went.

    Raises CannotWrite where it cannot be written.
    """
    return write_quota_book(quotas, library, folder / QUOTAS_NAME)


def write_rotation(made: Rotation, library: Library, folder: Path) -> Path:
    """Write 借阅轮流表.xlsx, ready to paste, into the folder; where it went.

    Raises CannotWrite where it cannot be written.
    """
    return write_rotation_book(made, library, folder / ROTATION_NAME)
