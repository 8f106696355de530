"""Text files whose columns are parted by blanks, as old programs print them and people type them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.forms.headers import has_header
from schoollib_xl.adoption.forms.kinds import BOOKS, LOANS
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.plain import read_text_lines, read_text_rows
from schoollib_xl.sheets.opening.refusing import unusable
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, plain_header
from schoollib_xl.wording.columns import display_width

PARTED = "《{file}》的各栏是用空格隔开的，照空格分的栏{odd}。"
ODD = "；和表头栏数不一样、又没有对齐的有 {lines} 行，看不出各是哪一栏，没有接收"
RAGGED = "的各栏是用空格隔开的，有 {lines} 行看不出各是哪一栏，在 Excel 里把每栏放进一格，另存为 .xlsx 再试"
# Two blanks or a tab part columns where a single one may stand within a name; else every blank does.
_BLANKS = (re.compile(r"\s*\t\s*|\s{2,}"), re.compile(r"\s+"))
# With as many cells as the header must be most rows: where fewer are, a blank stands within the cells.
_MOST = 0.8
# What no row does without: 小河 under 书名 | 著者 is a title.
_NAMING = frozenset({"title", "name", "lent_on"})
# Of wider ones there are too many ways to place a few cells.
_MOST_COLUMNS = 12


class BlankColumns(NamedTuple):
    """The rows of a text file, and a sentence on how its columns were told."""

    grid: Grid
    remark: str


def blank_columns(path: Path, file: str) -> BlankColumns | None:
    """The rows of a .txt parted by blanks, told as `file`: those of which nobody can tell which column each cell is in
    stand as a whole under no header. None where it is parted otherwise, or no header is known.

    Raises Unusable for what is no text, and where that is so of most rows.
    """
    if path.suffix.lower() != ".txt" or not path.is_file() or _headed(read_text_rows(path), path) is not None:
        return None
    lines = [line.rstrip() for line in read_text_lines(path)]
    told = 0
    for blank in _BLANKS:
        at = _headed([blank.split(line.strip()) for line in lines], path)
        if at is None:
            continue
        header = _Header(lines[at], blank)
        rows = [header.cells(line) for line in lines[at + 1 :]]
        forms = header.forms(row for row in rows if row and all(row))
        both = zip(rows, lines[at + 1 :], strict=True)
        rows = [header.placed(line, forms) if row is None else row for row, line in both]
        odd = rows.count(None)
        if sum(map(bool, rows)) >= _MOST * (sum(map(bool, rows)) + odd):
            grid: Grid = [[line] if line else [] for line in lines[:at]]
            grid.append([*blank.split(lines[at].strip())])
            for row, line in zip(rows, lines[at + 1 :], strict=True):
                grid.append([*[""] * header.width, line] if row is None else row)
            return BlankColumns(grid, PARTED.format(file=file, odd=ODD.format(lines=odd) if odd else ""))
        told = told or odd
    if told:
        raise unusable(path, RAGGED.format(lines=told))
    return None


class _Header:
    """The header of such a text: which cell of a line stands below which of its words."""

    def __init__(self, line: str, blank: re.Pattern[str]) -> None:
        self._blank = blank
        self.width = len(blank.split(line.strip()))
        texts = map(plain_header, blank.split(line.strip()))
        called = ({*BOOKS.called(text), *LOANS.called(text)} for text in texts)
        self._naming = {at for at, fields in enumerate(called) if fields & _NAMING}
        self._starts = {start: at for at, (start, _) in enumerate(_words(line))}

    def cells(self, line: str) -> list[CellValue] | None:
        """The cells of a line, as many as the header has; where they are fewer, by where each begins. None where that
        tells nothing.
        """
        parts: list[CellValue] = [*self._blank.split(line.strip())] if line else []
        if len(parts) in (0, self.width):
            return parts
        placed: dict[int, str] = {}
        for start, word in _words(line):
            at = self._starts.get(start)
            is_over_the_next = any(start < other < start + display_width(word) for other in self._starts)
            if at is None or is_over_the_next or len(self._starts) != self.width:
                return None
            placed[at] = word
        return [placed.get(at, "") for at in range(self.width)]

    def forms(self, rows: Iterable[Sequence[CellValue]]) -> list[set[str]]:
        """How the cells of each column look in rows that have them all."""
        return [set(map(_form, column)) for column in zip(*rows, strict=True)] or [set()] * self.width

    def placed(self, line: str, forms: Sequence[set[str]]) -> list[CellValue] | None:
        """The cells of a line with fewer than the header, each in a column that looks so, where there is but one way
        to place them all and the column that names the row is not left blank. None where there is none, or several.
        """
        words = self._blank.split(line.strip())
        if len(words) > self.width or self.width > _MOST_COLUMNS:
            return None
        ways = [
            at
            for at in combinations(range(self.width), len(words))
            if self._naming <= set(at) and all(_form(word) in forms[one] for word, one in zip(words, at, strict=True))
        ]
        found = dict(zip(ways[0], words, strict=True)) if len(ways) == 1 else None
        return [found.get(at, "") for at in range(self.width)] if found else None


def _form(value: CellValue) -> str:
    """How a cell looks: its Chinese, its letters and its figures each as one; a bare number by its length."""
    text = str(value)
    if text.isdecimal():
        return f"{len(text)} figures"
    return re.sub("[A-Za-z]+", "A", re.sub(r"\d+", "0", re.sub("[\u4e00-\u9fff]+", "字", text)))


def _words(line: str) -> Iterator[tuple[int, str]]:
    """What stands in a line between two blanks or more, each with where it begins."""
    return ((display_width(line[: match.start()]), match[0]) for match in re.finditer(r"\S+(?:\s\S+)*", line))


def _headed(rows: Sequence[Sequence[CellValue]], path: Path) -> int | None:
    """The index of the first row that is a header."""
    return next((at for at, row in enumerate(rows[:HEADER_DEPTH]) if len(row) > 1 and has_header(row, path.stem)), None)
