"""Text files whose columns are parted by blanks, as old programs print them and people type them."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.headers import has_header
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.plain import read_text_lines, read_text_rows
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH

PARTED = "《{file}》的各栏是用空格隔开的，照空格分的栏{odd}。"
ODD = "；和表头栏数不一样的有 {lines} 行，看不出各是哪一栏，没有接收"
# Two blanks or a tab part columns where a single one may stand within a name; else every blank does.
_BLANKS = (re.compile(r"\s*\t\s*|\s{2,}"), re.compile(r"\s+"))
# With as many cells as the header must be most rows: where fewer are, a blank stands within the cells.
_MOST = 0.8


class BlankColumns(NamedTuple):
    """The rows of a text file, and a sentence on how its columns were told."""

    grid: Grid
    remark: str


def blank_columns(path: Path, file: str) -> BlankColumns | None:
    """The rows of a .txt parted by blanks, told as `file`: those that have not as many cells as the header stand as a
    whole under no header. None where it is parted otherwise, or no header is known.

    Raises Unusable for what is no text.
    """
    if path.suffix.lower() != ".txt" or not path.is_file() or _headed(read_text_rows(path), path) is not None:
        return None
    lines = [line.strip() for line in read_text_lines(path)]
    for blank in _BLANKS:
        rows: list[list[CellValue]] = [[*blank.split(line)] if line else [] for line in lines]
        at = _headed(rows, path)
        if at is None:
            continue
        width = len(rows[at])
        body = [row for row in rows[at + 1 :] if row]
        odd = sum(len(row) != width for row in body)
        if len(body) - odd >= _MOST * len(body):
            above: Grid = [[line] if line else [] for line in lines[:at]]
            whole: Grid = [
                row if not row or len(row) == width else [*[""] * width, line]
                for row, line in zip(rows[at:], lines[at:], strict=True)
            ]
            return BlankColumns(above + whole, PARTED.format(file=file, odd=ODD.format(lines=odd) if odd else ""))
    return None


def _headed(rows: Sequence[Sequence[CellValue]], path: Path) -> int | None:
    """The index of the first row that is a header."""
    return next((at for at, row in enumerate(rows[:HEADER_DEPTH]) if len(row) > 1 and has_header(row, path.stem)), None)
