"""Hand the library over: everything a successor must know, as a paper that both sign."""

from datetime import date
from pathlib import Path

from schoollib_xl.actions.checking import check
from schoollib_xl.documents.answer_paper import Signature, write_answer_paper
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.opening.grids import Progress
from schoollib_xl.wording.answer import Answer
from schoollib_xl.wording.handover import PARTIES, TITLE, Handover


def hand_over(workbook: Path, as_of: date | None, progress: Progress | None = None) -> Handover:
    """Check the books and gather what is handed over.

    Raises Unusable where the workbook cannot be read.
    """
    checked = check(workbook, as_of, progress)
    quotas = statement(checked.library)
    return Handover(checked.library, checked.report, quotas, promises(checked.library, quotas), checked.cannot_tell)


def write_handover(answer: Answer, library: Library, workbook: Path, folder: Path) -> Path:
    """Write 图书室移交清册.docx into the folder; where it went.

    Raises CannotWrite where it cannot be written, or the template whose styles it takes is damaged.
    """
    titled = answer._replace(title=f"{library.school.name or ''}{answer.title}")
    signature = Signature(f"{library.school.name or ''}图书室", library.as_of, PARTIES)
    try:
        return write_answer_paper(titled, signature, workbook, folder / f"{TITLE}.docx")
    except TemplateFaults as found:
        raise CannotWrite(str(found)) from found
