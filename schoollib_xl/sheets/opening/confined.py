"""The child process: reads one workbook within a cap on work and memory and hands its cells to the parent on stdout.

Run as ``python -m schoollib_xl.sheets.opening.confined '["READER", SECONDS, "FILE", "SHEET"…]'``.
"""

import json
import os
import pickle
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from time import process_time, sleep
from typing import Any

from schoollib_xl.sheets.cells import CellValue, ErrorValue, Grid, Merge
from schoollib_xl.sheets.opening.apart import MEGABYTES, ChildExit, Tables
from schoollib_xl.sheets.opening.grids import trimmed
from schoollib_xl.sheets.opening.merged import merges_of_zip
from schoollib_xl.sheets.opening.quick import Garbled, QuickBook, WantsPassword

MAX_CELLS = 8_000_000
"""Two .xls sheets of 65,536 rows and 60 columns; more would not fit the memory of the two processes."""
# Seconds between two looks at the work done.
_LOOK = 0.1


class TooBig(Exception):
    """More cells than a confined workbook may hand over."""


def main(reader: str, seconds: float, file: str, *sheets: str) -> ChildExit:
    """Read and hand over; the outcome is the exit status."""
    threading.Thread(target=_end_after, args=(seconds,), daemon=True).start()
    _confine()
    try:
        tables = READERS[reader](Path(file), sheets)
    except WantsPassword:
        return ChildExit.LOCKED
    except Garbled:
        return ChildExit.GARBLED
    except (TooBig, MemoryError):
        return ChildExit.TOO_BIG
    pickle.dump(tables._replace(seconds=process_time()), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
    return ChildExit.READ


def _end_after(seconds: float) -> None:
    """End this process as soon as it has worked so long: the readers let another thread look on."""
    while process_time() < seconds:
        sleep(_LOOK)
    os._exit(ChildExit.TOO_BIG)


def _confine() -> None:
    """Cap the memory where the system can; Windows cannot."""
    if sys.platform == "win32":
        return
    import resource

    limit = MEGABYTES << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _by_calamine(path: Path, sheets: Sequence[str]) -> Tables:
    data, book = _opened(path.read_bytes())
    names = book.sheet_names
    merges: dict[str, Sequence[Merge] | None] = {}

    def grids() -> Iterator[tuple[str, Grid]]:
        for name in sheets or names:
            grid, merges[name] = book.whole(name)
            yield name, grid

    read = _counted(names, grids())
    told = {name: found for name, found in merges.items() if found is not None}
    return read._replace(merges=told if len(told) == len(merges) else merges_of_zip(data))


def _opened(data: bytes) -> tuple[bytes, QuickBook]:
    """The workbook in the quick reader, which takes an encrypted .xls for a damaged one."""
    try:
        return data, QuickBook(data)
    except Garbled:
        from schoollib_xl.sheets.opening.unlocked import unlocked

        if (plain := unlocked(data)) is None:
            raise
        return plain, QuickBook(plain)


def _by_markup(path: Path, sheets: Sequence[str]) -> Tables:
    from schoollib_xl.sheets.opening.exported import exported_tables

    read = exported_tables(path.read_bytes(), path.stem)
    return _counted(read.names, read.grids.items())._replace(merges=read.merges)


def _by_openpyxl(path: Path, sheets: Sequence[str]) -> Tables:
    from openpyxl import load_workbook

    # Whatever a broken workbook makes openpyxl raise, it cannot be read.
    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True)
            names = tuple(sheet.title for sheet in book.worksheets)
            return _counted(names, ((name, _openpyxl_grid(book[name])) for name in sheets or names))
    except (TooBig, MemoryError):
        raise
    except Exception as error:
        raise Garbled from error


def _openpyxl_grid(sheet: Any) -> Grid:
    # Forget the declared range, so that each row is as long as its cells say.
    sheet.reset_dimensions()
    return trimmed([_value(cell) for cell in row] for row in sheet.iter_rows())


def _value(cell: Any) -> CellValue:
    value: CellValue | None = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return ErrorValue(str(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value


def _counted(names: tuple[str, ...], grids: Iterable[tuple[str, Grid]]) -> Tables:
    cells = 0
    kept: dict[str, Grid] = {}
    for name, grid in grids:
        cells += sum(map(len, grid))
        if cells > MAX_CELLS:
            raise TooBig
        kept[name] = grid
    return Tables(names, kept, {})


READERS = {"calamine": _by_calamine, "openpyxl": _by_openpyxl, "markup": _by_markup}


if __name__ == "__main__":
    sys.exit(main(*json.loads(sys.argv[1])))
