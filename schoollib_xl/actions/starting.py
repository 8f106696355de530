"""Begin: the workbooks that are there, or an empty one for a school year."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.names import WORKBOOK_SUFFIXES, is_unseen
from schoollib_xl.saving import is_output, newly, refuse_if_there
from schoollib_xl.sheets.building.starting import starting_ledger_set
from schoollib_xl.sheets.building.workbook import write_workbook

# What an empty workbook is called where nobody says otherwise.
FIRST_NAME = "图书室七本账.xlsm"


class Begun(NamedTuple):
    """A new workbook, and the years whose public holidays nobody has announced yet."""

    workbook: Path
    unknown_years: tuple[int, ...]


def workbooks_in(folder: Path) -> list[Path]:
    """The workbooks of hers in a folder, by name; none where it cannot be looked into. Results of this program and the
    files Excel and WPS lay down while a workbook is open are no workbooks.
    """
    try:
        found = [
            path for path in sorted(folder.iterdir()) if path.suffix.lower() in WORKBOOK_SUFFIXES and path.is_file()
        ]
    except OSError:
        return []
    return [path for path in found if not is_unseen(path.name) and not is_output(path)]


def begin(workbook: Path, as_of: date) -> Begun:
    """Write an empty workbook for the school year `as_of` lies in.

    Raises CannotWrite where the file exists already or cannot be written, Unusable for a day of no school year.
    """
    refuse_if_there(workbook)
    start = starting_ledger_set(as_of)
    with newly(workbook) as place:
        write_workbook(start.ledger_set, place)
    return Begun(workbook, start.unknown_years)
