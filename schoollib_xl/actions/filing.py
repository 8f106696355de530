"""File an answer: as a workbook, or as a paper that is signed."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import School
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.wording.answer import Answer


class WrittenBooks(NamedTuple):
    """A new workbook, and the list of what went into it."""

    workbook: Path
    report: Path

    def as_json(self) -> dict[str, str]:
        """Where they are."""
        return {"workbook": str(self.workbook), "report": str(self.report)}


def file_answer(answer: Answer, school: School, folder: Path, workbook: Path | None = None) -> Path:
    """Write an answer of this school as a workbook of its title into the folder; where it went. Addresses lead into
    the `workbook` it is about.

    Raises CannotWrite.
    """
    return write_answer_book(answer, folder / f"{answer.title}.xlsx", school.name or "", workbook=workbook)


def file_paper(answer: Answer, library: Library, workbook: Path, folder: Path, parties: Sequence[str] = ()) -> Path:
    """Write an answer of these books as a Word paper of its title into the folder, signed by the library and by the
    `parties`; where it went.

    Raises CannotWrite where it cannot be written, or the template whose styles it takes is damaged.
    """
    # Not for those who file workbooks only: python-docx takes as long to import as a small workbook to check.
    from schoollib_xl.documents.answer_paper import Signature, write_answer_paper
    from schoollib_xl.documents.filling.faults import TemplateFaults

    school = library.school.name or ""
    signature = Signature(f"{school}图书室", library.as_of, parties)
    try:
        titled = answer._replace(title=f"{school}{answer.title}")
        return write_answer_paper(titled, signature, workbook, folder / f"{answer.title}.docx")
    except TemplateFaults as found:
        raise CannotWrite(str(found)) from found
