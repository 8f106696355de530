"""Change of school year: a new workbook beside the old one, and a list of what was carried over."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.actions.filing import WrittenBooks, file_answer
from schoollib_xl.actions.kept import telling_of_desk
from schoollib_xl.adoption.next_year.new_year import NewYear, new_year
from schoollib_xl.adoption.next_year.year_report import year_answer
from schoollib_xl.adoption.own_sheets import Own, own_content
from schoollib_xl.saving import newly, refuse_if_there
from schoollib_xl.sheets.building.macros import suffix_like
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.opening.grids import Progress
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.wording.answer import Answer


class Turned(NamedTuple):
    """What was done, what of her own goes over, what there is to say of it, and what the file or the clock leaves in
    doubt.
    """

    done: NewYear
    own: Own
    answer: Answer
    cannot_tell: str


def turn(workbook: Path, as_of: date | None, progress: Progress | None) -> Turned:
    """The books of the next school year; nothing is written.

    Raises Unusable where the old workbook cannot be read.
    """
    library, cannot_tell = telling_of_desk(load(workbook, as_of, progress), workbook)
    done, own = new_year(library), own_content(workbook, library)
    return Turned(done, own, year_answer(done, own.sentences), cannot_tell)


def write(turned: Turned, workbook: Path, folder: Path) -> WrittenBooks:
    """Write the workbook of the next school year into the folder; the old one is not touched.

    Raises CannotWrite where the new one is there already or cannot be written.
    """
    done = turned.done
    target = folder / f"{workbook.stem}_{done.ledger_set.school.school_year}{suffix_like(workbook)}"
    refuse_if_there(target)
    with newly(target) as place:
        write_workbook(done.ledger_set, place, done.raw, own=turned.own.sheets)
        report = file_answer(turned.answer, done.ledger_set.school, folder)
    return WrittenBooks(target, report)
