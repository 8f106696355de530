"""Which workbook the program opens with."""

from pathlib import Path

from schoollib_xl.actions.starting import FIRST_NAME, begin, workbooks_in
from schoollib_xl.names import is_free
from schoollib_xl.saving import names_for
from schoollib_xl.sheets.reading.clock import computers_day


def workbook_to_open(root: Path) -> list[Path]:
    """The one workbook in the folder of the package; none where there are several to choose from. Where there is none
    yet, an empty one for this school year is made.

    Raises CannotWrite, and Unusable where the clock tells no school year.
    """
    hers = workbooks_in(root)
    if not hers:
        return [begin(root / FIRST_NAME, computers_day()).workbook]
    return hers if len(hers) == 1 else []


def free_name(root: Path) -> Path:
    """What a workbook made from old lists is called: never as one that is there."""
    return next(filter(is_free, names_for(root / FIRST_NAME)))
