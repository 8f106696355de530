"""Where a pressed button finds the workbook: live in the running Excel, or in a copy the macro saved."""

from argparse import Namespace
from pathlib import Path
from typing import Protocol

from schoollib_xl.excel.refusal import Unreachable
from schoollib_xl.sheets.opening.workbook import OpenedWorkbook, open_workbook


class WorkbookPlace(Protocol):
    """A workbook to read."""

    is_live: bool

    def opened(self) -> OpenedWorkbook: ...


class Copied:
    """A copy of the open workbook."""

    is_live = False

    def __init__(self, copy: Path) -> None:
        self._copy = copy

    def opened(self) -> OpenedWorkbook:
        """The copy for the readers. Raises Unusable."""
        return open_workbook(self._copy)


def place(asked: Namespace) -> WorkbookPlace | None:
    """The workbook a button was pressed in; None where it cannot be reached and no copy was given. Raises Refused
    where Excel stays busy.
    """
    if asked.copy:
        return Copied(asked.copy)
    # xlwings splits its own arguments at =, so a workbook with one in its name is beyond it.
    if asked.from_xl is None or "=" in asked.book.name:
        return None
    # xlwings takes a fifth of a second to import, which a press with a copy need not wait for.
    from schoollib_xl.excel.live import LiveBook, calling_book

    try:
        return LiveBook(calling_book())
    except Unreachable:
        return None
