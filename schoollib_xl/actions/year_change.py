"""Change of school year: a new workbook beside the old one, and a list of what was carried over."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.new_year import NewYear, new_year
from schoollib_xl.adoption.own_sheets import own_sheets, sentences
from schoollib_xl.adoption.year_report import YEAR_REPORT_NAME, year_answer
from schoollib_xl.saving import newly, refuse_if_there
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.sheets.building.macros import suffix_like
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import Progress, load


class Changed(NamedTuple):
    """The new year's workbook, the list, and what was done."""

    workbook: Path
    report: Path
    done: NewYear


def change_year(workbook: Path, folder: Path | None, as_of: date | None, progress: Progress | None) -> Changed:
    """Write the workbook of the next school year, by default beside the old one, which is not touched.

    Raises Unusable where the old one cannot be read, CannotWrite where the new one is there already or cannot be
    written.
    """
    library = load(workbook, as_of, progress).library
    left_behind = sentences(own_sheets(workbook, library))
    done = new_year(library)
    folder = folder or workbook.resolve().parent
    target = folder / f"{workbook.stem}_{done.booklet.school.school_year}{suffix_like(workbook)}"
    refuse_if_there(target)
    school = done.booklet.school.name or ""
    with newly(target) as place:
        write_workbook(done.booklet, place, done.raw)
        report = write_answer_book(year_answer(done, left_behind), folder / YEAR_REPORT_NAME, school)
    return Changed(target, report, done)
