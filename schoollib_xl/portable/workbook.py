"""Which workbook the program opens with."""

from pathlib import Path

from schoollib_xl.marks import is_ours

_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")


def workbook_beside(root: Path) -> list[Path]:
    """The one workbook in the folder of the package; none where there are several to choose from, or none yet.

    Results of this program and the files Excel lays down while a workbook is open are no workbooks.
    """
    found = [path for path in sorted(root.iterdir()) if path.suffix.lower() in _SUFFIXES and path.is_file()]
    hers = [path for path in found if not path.name.startswith(("~$", ".~")) and not is_ours(path, path.name)]
    return hers if len(hers) == 1 else []
