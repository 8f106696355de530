"""What was promised, and how it stands."""

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.promises import Promises, promises
from schoollib_xl.quotas.statement import Statement


def promised_in(library: Library, quotas: Statement) -> Promises:
    """What the plan and the targets of a workbook ask on the day it is judged on."""
    return promises(library, quotas)
