"""Begin: an empty workbook for a school year."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.saving import CannotWrite, newly, refuse_if_there
from schoollib_xl.sheets.building.starting import starting_ledger_set
from schoollib_xl.sheets.building.workbook import write_workbook

# What an empty workbook is called where nobody says otherwise.
FIRST_NAME = "图书室七本账.xlsm"
# A workbook is carried to Windows on a stick sooner or later, whatever it was made on.
_REFUSED_BY_WINDOWS = frozenset('\\/:*?"<>|')


class Begun(NamedTuple):
    """A new workbook, and the years whose public holidays nobody has announced yet."""

    workbook: Path
    unknown_years: tuple[int, ...]


def begin(workbook: Path, as_of: date) -> Begun:
    """Write an empty workbook for the school year `as_of` lies in.

    Raises CannotWrite where the file exists already or cannot be written.
    """
    if refused := sorted(_REFUSED_BY_WINDOWS & set(workbook.name)):
        raise CannotWrite(f"文件名“{workbook.name}”里的“{'、'.join(refused)}”在Windows里不能用，去掉再建。")
    refuse_if_there(workbook)
    start = starting_ledger_set(as_of)
    with newly(workbook) as place:
        write_workbook(start.ledger_set, place)
    return Begun(workbook, start.unknown_years)
