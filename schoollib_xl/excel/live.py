"""The open workbook, reached through xlwings and read as it stands on the screen; the macros change it."""

import sys
import time as clock
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from math import prod
from pathlib import Path
from typing import Any, TypeVar

import xlwings as xw

from schoollib_xl.excel.merges import merges_of
from schoollib_xl.excel.refusal import Refused, Unreachable
from schoollib_xl.sheets.cells import ERROR_NUMBERS, ERROR_TEXTS, CellValue, ErrorValue, Grid, Merge
from schoollib_xl.sheets.opening.grids import cut_blank_end, in_blocks
from schoollib_xl.sheets.opening.workbook import OpenedWorkbook

_T = TypeVar("_T")
# COM hands an error over as the integer 0x800A0000 + its number.
_ERROR_BASE = 0x800A0000 - (1 << 32)
# A time without a day is what Excel counts from its day 0.
_NO_DAY = (1899, 1900)
_HALF_A_SECOND = timedelta(microseconds=500_000)
# RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, and VBA_E_IGNORE, which Excel answers while a cell is edited.
_BUSY = frozenset({-2147418111, -2147417846, -2146777998})
# She has left a cell or a dialog open, and waits for an answer.
_SECONDS_FOR_EXCEL = 20.0
_PAUSE = 0.25
_MOST_CELLS = 2_000_000
"""Cells of a used range that Excel may hand over: 100,000 loans take 1.4 million. More are a sheet whose formats, or a
stray value, run on to its last row; each of its million rows would be made, where a copy holds what there is."""
_MANY_MERGES = "“{sheet}”里合并的单元格太多，没有都看；合并的格子只算在第一行的，取消合并、每行写上，再核对。"
_STILL_BUSY = "Excel 正忙，账没有动；退出正在编辑的格子，关掉打开着的对话框，再按一次。"


def calling_book() -> xw.Book:
    """The workbook whose button started this process. Raises Unreachable, and Refused where Excel stays busy."""
    _no_endless_retries()
    return _patiently(xw.Book.caller)


class LiveBook:
    """An open workbook: what it holds."""

    is_live = True

    def __init__(self, book: xw.Book) -> None:
        self._book = book

    def opened(self) -> OpenedWorkbook:
        """The workbook for the readers, unsaved cells included. What is read of it later raises Unreachable, and
        Refused where Excel stays busy.
        """
        return _patiently(lambda: OpenedWorkbook(Path(self._book.fullname), _LiveSource(self._book)))


class _LiveSource:
    """The sheets of an open workbook as the readers take them."""

    def __init__(self, book: xw.Book) -> None:
        self._book = book
        self.sheet_names = tuple(sheet.name for sheet in book.sheets)
        self.cannot_tell = ""
        self._grid = cache(lambda name: _patiently(lambda: self._read(name)))

    def first_rows(self, sheet: str, count: int) -> Grid:
        return self._grid(sheet)[:count]

    def blocks(self, names: Sequence[str], progress: Callable[[str], None]) -> Iterator[tuple[str, Iterator[Grid]]]:
        for name in names:
            progress(name)
            yield name, in_blocks(self._grid(name))

    def whole(self, sheet: str) -> Iterator[Grid]:
        return in_blocks(self._grid(sheet))

    def merges(self, sheet: str) -> Sequence[Merge]:
        """Those over several rows; of a sheet with very many, the first that were found, which is told."""
        grid = self._grid(sheet)
        rows, columns = len(grid), max(map(len, grid), default=0)
        if not rows or not columns:
            return ()
        merges = _patiently(lambda: merges_of(self._book.sheets[sheet], rows, columns))
        self.cannot_tell = self.cannot_tell or ("" if merges.complete else _MANY_MERGES.format(sheet=sheet))
        return merges.found

    def close(self) -> None:
        """The workbook is hers and stays open."""

    def _read(self, name: str) -> Grid:
        used = self._book.sheets[name].used_range
        if prod(used.shape) > _MOST_CELLS:
            raise Unreachable
        rows = used.options(ndim=2, empty="", err_to_str=True).value
        above: Grid = [[] for _ in range(used.row - 1)]
        left: list[CellValue] = [""] * (used.column - 1)
        return [*cut_blank_end(above + [left + [cell_value(value) for value in row] for row in rows])]


def cell_value(value: Any) -> CellValue:
    """A value of Excel, as COM and xlwings hand it over, as the file readers give it."""
    if isinstance(value, str):
        return ErrorValue(value) if value in ERROR_TEXTS else value
    if isinstance(value, datetime):
        return _day_or_time(value)
    if isinstance(value, Decimal):
        # A cell in a currency format.
        return float(value)
    if type(value) is int and value - _ERROR_BASE in ERROR_NUMBERS:
        return ErrorValue(ERROR_NUMBERS[value - _ERROR_BASE])
    taken: CellValue = "" if value is None else value
    return taken


def _day_or_time(value: datetime) -> CellValue:
    """Excel's dates have no zone, and come some microseconds beside the second they mean."""
    meant = value.replace(tzinfo=None)
    if meant.microsecond:
        # Beyond the last second of 9999, where Excel ends, there is none to round to.
        meant = (min(meant, datetime.max - _HALF_A_SECOND) + _HALF_A_SECOND).replace(microsecond=0)
    if meant.year in _NO_DAY and meant.date() <= date(1900, 1, 1):
        return meant.time()
    return meant.date() if meant.time() == time() else meant


def _patiently(read: Callable[[], _T]) -> _T:
    """What is read, as soon as Excel is free. Raises Refused where it stays busy, Unreachable for what else it says."""
    until = clock.monotonic() + _SECONDS_FOR_EXCEL
    while True:
        try:
            return read()
        except Exception as error:
            if not _is_busy(error):
                raise Unreachable from error
            if clock.monotonic() > until:
                raise Refused(_STILL_BUSY) from error
            clock.sleep(_PAUSE)


def _is_busy(error: Exception) -> bool:
    """Whether Excel would answer later. pywin32 takes a busy Excel for one that lacks what was asked for, which
    xlwings says with an error of its own.
    """
    return getattr(error, "hresult", None) in _BUSY or type(error).__name__ == "ExcelBusyError"


def _no_endless_retries() -> None:
    """Left alone, xlwings asks a busy Excel again for ever."""
    engine = sys.modules.get("xlwings._xlwindows")
    if engine is not None:
        vars(engine)["N_COM_ATTEMPTS"] = 1
