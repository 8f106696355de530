"""抽查表.xlsx filled in at the shelf, read back."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from schoollib_xl.inspection.answers import Sheet
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.vetting import unusable
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.wording.sample_sheet import BATCH, CARDS, FOUND, NUMBER, PAPERS, TAKEN

_WHICH = re.compile(r"抽\s*(\d+)\s*册，种子\s*(\d+)")


def read_answers(path: Path) -> Sheet:
    """The sheet as filled in. Raises Unusable for a file that is none."""
    with open_workbook(path) as book:
        rows = [row for _, grid in book.grids(book.sheet_names) for row in _texts(grid)]
    found = dict(_column(rows, NUMBER, FOUND))
    if not found:
        raise unusable(path, "不是填好的抽查表，换成照 inspect 写出的抽查表填好的那一份")
    which = next((match for row in rows for text in row if (match := _WHICH.search(text))), None)
    asked, seed = (int(which[1]), int(which[2])) if which else (None, None)
    taken = tuple(number for number, _ in _column(rows, TAKEN, TAKEN) if number)
    return Sheet(asked, seed, found, dict(_column(rows, NUMBER, CARDS)), taken, dict(_column(rows, BATCH, PAPERS)))


def _texts(grid: Grid) -> Iterator[list[str]]:
    for row in grid:
        yield [_text(cell) for cell in row]


def _text(cell: CellValue) -> str:
    return shown(cell).strip()


def _column(rows: Sequence[Sequence[str]], key: str, value: str) -> Iterator[tuple[str, str]]:
    """Key and value of each line below the header that has both columns, down to the next header or blank key."""
    at: tuple[int, int] | None = None
    for row in rows:
        if key in row and value in row:
            at = row.index(key), row.index(value)
        elif at and any(text in (NUMBER, TAKEN, BATCH) for text in row):
            at = None
        elif at and at[0] < len(row) and row[at[0]]:
            yield row[at[0]], row[at[1]] if at[1] < len(row) else ""
