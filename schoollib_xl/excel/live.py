"""The open workbook, reached through xlwings: read as it stands on the screen, and changed by Excel itself."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import cache, singledispatchmethod
from pathlib import Path
from typing import Any

import xlwings as xw

from schoollib_xl.excel.steps import (
    COLOUR,
    FINDINGS_NAME,
    NO_COLOUR,
    NOTE,
    REFERENCE,
    Formula,
    GrowTable,
    Look,
    Mark,
    Name,
    Say,
    Sheet,
    Show,
    Step,
    Unmark,
    Value,
    Width,
    Write,
    is_mistakable,
    packed,
    unpacked,
)
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.cells import CellValue, ErrorValue, Grid
from schoollib_xl.sheets.layout import quoted
from schoollib_xl.sheets.opening.grids import cut_blank_end
from schoollib_xl.sheets.opening.workbook import OpenedWorkbook

# Excel's own error values, as xlwings spells them.
_ERRORS = frozenset({"#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
# A time without a day is what Excel counts from its day 0.
_NO_DAY = (1899, 1900)
_AS_TEXT = "@"


class Unreachable(Exception):
    """No running Excel, or not the one whose button was pressed."""


def calling_book() -> xw.Book:
    """The workbook whose button started this process. Raises Unreachable."""
    try:
        return xw.Book.caller()
    except Exception as error:
        raise Unreachable from error


class LiveBook:
    """An open workbook: what it holds, and how it is changed."""

    is_live = True

    def __init__(self, book: xw.Book) -> None:
        self._book = book

    def opened(self) -> OpenedWorkbook:
        """The workbook for the readers, unsaved cells included."""
        return OpenedWorkbook(Path(self._book.fullname), _LiveSource(self._book))

    def perform(self, steps: Iterable[Step]) -> list[Say]:
        """Do every step in turn, with the screen still; what is to be said comes back.

        Raises CannotWrite where Excel refuses, as it does in a protected workbook.
        """
        said: list[Say] = []
        # All is thought out before anything is done: a refusal halfway leaves the workbook as it was.
        thought_out = list(steps)
        self._book.app.screen_updating = False
        try:
            for step in thought_out:
                if isinstance(step, Say):
                    said.append(step)
                else:
                    self._do(step)
        except Exception as error:
            raise CannotWrite(
                "Excel不让改这个工作簿，没有做完；去掉工作表或工作簿的保护，退出正在编辑的格子，再按一次。"
            ) from error
        finally:
            self._book.app.screen_updating = True
        return said

    @singledispatchmethod
    def _do(self, step: Step) -> None:
        raise TypeError(f"no way to do {step!r} through xlwings")

    @_do.register
    def _(self, step: Sheet) -> None:
        if step.name in {sheet.name for sheet in self._book.sheets}:
            self._book.sheets[step.name].clear()
        else:
            self._book.sheets.add(step.name, after=self._book.sheets[-1])

    @_do.register
    def _(self, step: Write) -> None:
        first = self._place(step.sheet, step.cell)
        for row, values in enumerate(step.lines):
            for column, value in enumerate(values):
                if isinstance(value, str) and is_mistakable(value):
                    first.offset(row, column).number_format = _AS_TEXT
        first.value = [[_sent(value) for value in values] for values in step.lines]

    @_do.register
    def _(self, step: Width) -> None:
        self._place(step.sheet, step.cell).column_width = step.characters

    @_do.register
    def _(self, step: Look) -> None:
        cells = self._place(step.sheet, step.cells)
        cells.font.bold = step.bold
        cells.wrap_text = step.wrapped
        if step.ground:
            cells.color = step.ground
        if step.ink:
            cells.font.color = step.ink

    @_do.register
    def _(self, step: Name) -> None:
        if step.name in self._book.names:
            self._book.names[step.name].delete()
        absolute = self._place(step.sheet, step.cells).get_address()
        self._book.names.add(step.name, f"={quoted(step.sheet)}!{absolute}")

    @_do.register
    def _(self, step: Mark) -> None:
        cell = self._place(step.sheet, step.cell)
        memory = self._memory()
        assert memory is not None, "findings are named before they are marked"
        own = cell.color
        try:
            cell.color = step.colour
        except Exception:
            # A protected sheet keeps its looks; the finding is in the list all the same.
            return
        memory[step.line - 1, COLOUR - 1].value = NO_COLOUR if own is None else packed(own)
        if cell.note is None:
            cell.add_note(step.note)
            memory[step.line - 1, NOTE - 1].value = step.note

    @_do.register
    def _(self, step: Unmark) -> None:
        memory = self._memory()
        if memory is None:
            return
        references = memory.columns[REFERENCE - 1].formula
        remembered = memory.options(ndim=2).value
        # Backwards, since a cell that was marked twice had its own colour the first time.
        for index in reversed(range(len(remembered))):
            colour, note = remembered[index][COLOUR - 1], remembered[index][NOTE - 1]
            if colour is not None and self._restored(references[index][0], int(colour), note):
                memory[index, COLOUR - 1 : NOTE].clear_contents()

    @_do.register
    def _(self, step: GrowTable) -> None:
        for table in self._book.sheets[step.sheet].tables:
            cells = table.range
            if cells.row + cells.shape[0] == step.row:
                table.resize(cells.resize(cells.shape[0] + 1))

    @_do.register
    def _(self, step: Show) -> None:
        self._book.sheets[step.sheet].activate()
        self._place(step.sheet, step.cell).select()

    def _place(self, sheet: str, cells: str) -> xw.Range:
        return self._book.sheets[sheet].range(cells)

    def _memory(self) -> xw.Range | None:
        """The lines that remember the marked cells; None where nothing was ever marked, or the list was deleted."""
        if FINDINGS_NAME not in self._book.names:
            return None
        try:
            return self._book.names[FINDINGS_NAME].refers_to_range
        except Exception:
            return None

    def _restored(self, reference: str, colour: int, note: str | None) -> bool:
        """Whether the cell a formula refers to has its looks back; one that is gone needs none."""
        sheet, _, address = reference.removeprefix("=").rpartition("!")
        name = sheet.strip("'").replace("''", "'")
        if "#REF" in reference or name not in {one.name for one in self._book.sheets}:
            return True
        cell = self._place(name, address)
        try:
            cell.color = None if colour == NO_COLOUR else unpacked(colour)
            if note and cell.note is not None and cell.note.text == note:
                cell.note.delete()
        except Exception:
            return False
        return True


class _LiveSource:
    """The sheets of an open workbook as the readers take them."""

    cannot_tell = ""

    def __init__(self, book: xw.Book) -> None:
        self._book = book
        self.sheet_names = tuple(sheet.name for sheet in book.sheets)
        self._grid = cache(self._read)

    def first_rows(self, sheet: str, count: int) -> Grid:
        return self._grid(sheet)[:count]

    def grids(self, names: Sequence[str], progress: Callable[[str], None]) -> Iterator[tuple[str, Grid]]:
        for name in names:
            progress(name)
            yield name, self._grid(name)

    def close(self) -> None:
        """The workbook is hers and stays open."""

    def _read(self, name: str) -> Grid:
        used = self._book.sheets[name].used_range
        rows = used.options(ndim=2, empty="", err_to_str=True).value
        above: Grid = [[] for _ in range(used.row - 1)]
        left: list[CellValue] = [""] * (used.column - 1)
        return cut_blank_end(above + [left + [cell_value(value) for value in row] for row in rows])


def cell_value(value: Any) -> CellValue:
    """A value of xlwings as the file readers give it."""
    if isinstance(value, str):
        return ErrorValue(value) if value in _ERRORS else value
    if isinstance(value, datetime):
        if value.year in _NO_DAY and value.date() <= date(1900, 1, 1):
            return value.time()
        return value.date() if value.time() == time() else value
    taken: CellValue = value
    return taken


def _sent(value: Value) -> Any:
    """A value as xlwings takes it."""
    if isinstance(value, Formula):
        return value.text
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else value
