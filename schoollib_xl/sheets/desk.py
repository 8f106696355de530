"""借还台 as it is laid out: labels in one column, what is scanned or answered in the next.

A field is found by its label, so that lines may be moved or put in.
"""

from enum import StrEnum
from typing import NamedTuple

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.sheets.cells import CellValue, Grid

LABEL_COLUMN, VALUE_COLUMN = 2, 3
FIRST_ROW = 3


class DeskField(StrEnum):
    """The labels of 借还台, from top to bottom; the first four are filled in, the others are answers."""

    READER = header_of(LoanRow, "reader_no")
    COPY = "个别登记号或条码号"
    ACT = "做什么"
    DAY = "日期"
    VERDICT = "结论"
    BASIS = "依据"
    WHO = "读者"
    WHAT = "书"
    DUE = header_of(LoanRow, "due_on")
    DRAFT = "注销登记账要抄的一行"
    LAST = "上一笔"
    MEMORY = "上一笔的记录"


ASKED = (DeskField.READER, DeskField.COPY, DeskField.ACT, DeskField.DAY)


class DeskPlace(NamedTuple):
    """Where a field stands (its A1 address) and what is in it."""

    cell: str
    value: CellValue


def desk_places(grid: Grid) -> dict[DeskField, DeskPlace]:
    """Every field of the sheet that has its label still."""
    labels = {field.value: field for field in DeskField}
    found: dict[DeskField, DeskPlace] = {}
    for row, cells in enumerate(grid, 1):
        padded = [*cells, "", "", ""]
        if field := labels.get(str(padded[LABEL_COLUMN - 1]).strip()):
            found.setdefault(field, DeskPlace(f"C{row}", padded[VALUE_COLUMN - 1]))
    return found
