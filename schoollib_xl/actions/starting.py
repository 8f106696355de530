"""Begin: an empty workbook for a school year."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.saving import CannotWrite, make_folder
from schoollib_xl.sheets.building.starting import starting_booklet
from schoollib_xl.sheets.building.workbook import write_workbook


class Begun(NamedTuple):
    """A new workbook, and the years whose public holidays nobody has announced yet."""

    workbook: Path
    unknown_years: tuple[int, ...]


def begin(workbook: Path, as_of: date) -> Begun:
    """Write an empty workbook for the school year `as_of` lies in.

    Raises CannotWrite where the file exists already or cannot be written.
    """
    if workbook.exists():
        raise CannotWrite(f"“{workbook.name}”已经有了，没有动它；换一个名字再建。")
    start = starting_booklet(as_of)
    make_folder(workbook.resolve().parent)
    write_workbook(start.booklet, workbook)
    return Begun(workbook, start.unknown_years)
