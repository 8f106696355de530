"""Which workbook the program opens with."""

from datetime import date
from itertools import chain, count
from pathlib import Path

from schoollib_xl.actions.starting import FIRST_NAME, begin
from schoollib_xl.names import is_free
from schoollib_xl.saving import is_output

_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")


def workbook_to_open(root: Path) -> list[Path]:
    """The one workbook in the folder of the package; none where there are several to choose from. Where there is none
    yet, an empty one for this school year is made.

    Results of this program and the files Excel lays down while a workbook is open are no workbooks. Raises
    CannotWrite.
    """
    found = [path for path in sorted(root.iterdir()) if path.suffix.lower() in _SUFFIXES and path.is_file()]
    hers = [path for path in found if not path.name.startswith(("~$", ".~")) and not is_output(path)]
    if not hers:
        return [begin(root / FIRST_NAME, date.today()).workbook]
    return hers if len(hers) == 1 else []


def free_name(root: Path) -> Path:
    """What a workbook made from old lists is called: never as one that is there."""
    names = chain([FIRST_NAME], (f"图书室七本账({number}).xlsm" for number in count(2)))
    return next(root / name for name in names if is_free(root / name))
