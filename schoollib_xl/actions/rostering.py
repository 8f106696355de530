"""Class lists into a new workbook beside the old one, with 名册报告.xlsx (and 换学年清单.xlsx for a new year)."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.actions.filing import file_answer
from schoollib_xl.adoption.next_year.year_report import year_answer
from schoollib_xl.adoption.own_sheets import Own, own_content
from schoollib_xl.adoption.roster.answers import read_answers
from schoollib_xl.adoption.roster.books import Rostered, take_in
from schoollib_xl.adoption.roster.report import roster_answer
from schoollib_xl.ledgers.library import Library
from schoollib_xl.sheets.building.macros import suffix_like
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.wording.answer import Answer

_KIND = "名册"


class WrittenRoster(NamedTuple):
    """Where everything went; `year_report` is None where the school year stays."""

    workbook: Path
    report: Path
    year_report: Path | None


class ComparedLists(NamedTuple):
    """The lists held against the books, the answer, and what of her own goes over."""

    done: Rostered
    answer: Answer
    own: Own


def hold(
    library: Library, workbook: Path, lists: Sequence[Path], answers: Path | None, *, is_new_year: bool
) -> ComparedLists:
    """Hold the lists against the books; nothing is written.

    Raises Unusable where a list or the answers cannot be read.
    """
    answered = read_answers(answers) if answers else {}
    done = take_in(library, lists, answered, is_new_year=is_new_year)
    own = own_content(workbook, library)
    return ComparedLists(done, roster_answer(done, own.sentences), own)


def write(held: ComparedLists, workbook: Path, folder: Path) -> WrittenRoster:
    """Write the new workbook and the report into the folder. A workbook of that name is replaced only where it is
    the one written before, untouched since.

    Raises CannotWrite.
    """
    done = held.done
    school = done.ledger_set.school
    stem = f"{workbook.stem}_{school.school_year if done.year else _KIND}"
    target = folder / f"{stem}{suffix_like(workbook)}"
    write_workbook(done.ledger_set, target, done.raw, kind=_KIND, own=held.own.sheets)
    report = file_answer(held.answer, school, folder)
    if done.year is None:
        return WrittenRoster(target, report, None)
    answer = year_answer(done.year, held.own.sentences)
    return WrittenRoster(target, report, file_answer(answer, school, folder))
