"""抽查表.xlsx filled in at the shelf, or the journal of the page, read back."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.desk.journal import JournalFile
from schoollib_xl.inspection.answers import SampleSheet
from schoollib_xl.inspection.journal import DrawnSample, SampleLine, filled
from schoollib_xl.ledgers.kept import SAMPLE_JOURNAL
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.cells import Grid
from schoollib_xl.sheets.opening.refusing import meant_to_be, unusable
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.wording.inspection.sample_sheet import BATCH, CARDS, FOUND, NUMBER, PAPERS, TAKEN

_WHICH = re.compile(r"抽\s*(\d+)\s*册，抽签号\s*(\d+)")


class SampleAnswers(NamedTuple):
    """The sheet as filled in, and the sample it is of where the file holds that itself."""

    sheet: SampleSheet
    drawn: DrawnSample | None


def read_answers(path: Path) -> SampleAnswers:
    """The answers. Raises Unusable for a file that holds none."""
    return _of_journal(path) if path.suffix.lower() == ".jsonl" else SampleAnswers(_of_sheet(path), None)


def _of_journal(path: Path) -> SampleAnswers:
    """Those to the sample drawn last."""
    journal = JournalFile(path, SAMPLE_JOURNAL, SampleLine)
    try:
        journal.read()
    except CannotWrite:
        raise unusable(path, f"不是{SAMPLE_JOURNAL}，换成抽查那一页写在工作簿旁边的那一份") from None
    found = filled(journal.lines)
    if not found:
        raise unusable(path, "里面还没有抽样，先在抽查那一页抽一次")
    return SampleAnswers(found[-1].sheet, found[-1].drawn)


def _of_sheet(path: Path) -> SampleSheet:
    with meant_to_be("抽查表", "填好的抽查表.xlsx"), open_workbook(path) as book:
        rows = [row for _, grid in book.grids(book.sheet_names) for row in _texts(grid)]
    found = dict(_column(rows, NUMBER, FOUND))
    if not found:
        raise unusable(path, "不是填好的抽查表，换成迎检自查写出、填好了的那一份")
    which = next((match for row in rows for text in row if (match := _WHICH.search(text))), None)
    asked, seed = (int(which[1]), int(which[2])) if which else (None, None)
    taken = tuple(number for number, _ in _column(rows, TAKEN, TAKEN) if number)
    return SampleSheet(
        asked, seed, found, dict(_column(rows, NUMBER, CARDS)), taken, dict(_column(rows, BATCH, PAPERS))
    )


def _texts(grid: Grid) -> Iterator[list[str]]:
    for row in grid:
        yield [shown(cell).strip() for cell in row]


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
