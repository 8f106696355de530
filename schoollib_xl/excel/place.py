"""Where a pressed button finds the workbook: live in the running Excel, or in a copy the macro saved."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from schoollib_xl.excel.steps import Step
from schoollib_xl.sheets.opening.workbook import OpenedWorkbook, open_workbook


class Place(Protocol):
    """A workbook to read, and a way to perform steps in it; the steps that are left to the macro come back."""

    is_live: bool

    def opened(self) -> OpenedWorkbook: ...
    def perform(self, steps: Iterable[Step]) -> Sequence[Step]: ...


class Copied:
    """A copy of the open workbook; the macro performs all steps in the workbook itself."""

    is_live = False

    def __init__(self, copy: Path) -> None:
        self._copy = copy

    def opened(self) -> OpenedWorkbook:
        """The copy for the readers. Raises Unusable."""
        return open_workbook(self._copy)

    def perform(self, steps: Iterable[Step]) -> Sequence[Step]:
        """Leave every step to the macro."""
        return list(steps)


def place(asked: Namespace) -> Place | None:
    """The workbook a button was pressed in; None where it cannot be reached and no copy was given."""
    if asked.copy:
        return Copied(asked.copy)
    # xlwings splits its own arguments at =, so a workbook with one in its name is beyond it.
    if asked.from_xl is None or "=" in asked.book.name:
        return None
    from schoollib_xl.excel.live import LiveBook, Unreachable, calling_book

    try:
        return LiveBook(calling_book())
    except Unreachable:
        return None
