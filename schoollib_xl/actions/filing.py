"""File an answer."""

from pathlib import Path

from schoollib_xl.ledgers.school import School
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.wording.answer import Answer


def file_answer(answer: Answer, school: School, folder: Path, workbook: Path | None = None) -> Path:
    """Write an answer of this school as a workbook of its title into the folder; where it went. Addresses lead into
    the `workbook` it is about.

    Raises CannotWrite.
    """
    return write_answer_book(answer, folder / f"{answer.title}.xlsx", school.name or "", workbook=workbook)
