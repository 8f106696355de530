"""Hand the library over: everything a successor must know."""

from datetime import date
from pathlib import Path

from schoollib_xl.actions.checking import check
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.sheets.opening.grids import Progress
from schoollib_xl.wording.handover import Handover


def hand_over(workbook: Path, as_of: date | None, progress: Progress | None = None) -> Handover:
    """Check the books and gather what is handed over.

    Raises Unusable where the workbook cannot be read.
    """
    checked = check(workbook, as_of, progress)
    quotas = statement(checked.library)
    return Handover(checked.library, checked.report, quotas, promises(checked.library, quotas), checked.cannot_tell)
