"""Figures of an old list that are merged over several rows: whether they are of each row, or of all together."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schoollib_xl.adoption.forms.kinds import AMOUNTS, BOOKS, COUNTS
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.sheets.cells import Grid, Merge
from schoollib_xl.sheets.opening.merged import fill_down
from schoollib_xl.sheets.reading.prices import prices_in
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.tidy import shown

_ONE_EACH = (
    "《{file}》里一个册数合并了几行、正好一行一册的有 {count} 处（第一处{first}）：每行记 1 册；"
    "单价也合并了的，照每册的价记，是一套的价就分到每行，再接收一次。"
)
_SO_MANY_EACH = (
    "《{file}》里一个册数合并了几行的有 {count} 处（第一处{first}）：每行都记这么多册；"
    "是几行一共的，就把合并的格子拆开，每行写自己的册数，再接收一次。"
)
_NUMBERS = frozenset(header for header, names in BOOKS.headers.items() if "accession_no" in names)
_COPIES = re.compile(r"(\d{1,4})\s*[册本]?(?:\.0)?")


class MergedCounts(NamedTuple):
    """The first rows (from 1) of counts of copies that were merged: those of a copy a row, and those of each row."""

    one_each: list[int]
    so_many_each: list[int]


def fill_merges(grid: Grid, merges: Iterable[Merge]) -> MergedCounts:
    """Write the value of every merge into the rows it covers; what is of several rows together as what it is, the money
    of them all, or a copy of each row.
    """
    counts = MergedCounts([], [])
    fill_down(grid, [merge for merge in merges if not (_say_of_several(grid, merge) or _count(grid, merge, counts))])
    return counts


def said_of_counts(file: str, counts: Iterable[tuple[str, MergedCounts]]) -> Iterator[str]:
    """Sentences on the counts that were merged, by their sheets."""
    told = list(counts)
    for sentence, rows_of in ((_ONE_EACH, 0), (_SO_MANY_EACH, 1)):
        places = [f"{sheet} 第 {row} 行" for sheet, found in told for row in found[rows_of]]
        yield from of_many(sentence, places, file=file)


def _headings(grid: Grid, merged: Merge, headers: frozenset[str]) -> Iterator[int]:
    """The rows (from 0) above a merge in whose column one of the headers stands, the last first."""
    at = merged.column - 1
    for index in range(min(merged.first - 1, len(grid)) - 1, -1, -1):
        row = grid[index]
        if at < len(row) and isinstance(text := row[at], str) and plain_header(text) in headers:
            yield index


def _say_of_several(grid: Grid, merged: Merge) -> bool:
    """Write the money of a merge of several rows as what it is, the money of them all, and tell that it was: below
    单价 it is the price of each.
    """
    text = _value(grid, merged)
    if not prices_in(text) or next(_headings(grid, merged, AMOUNTS), None) is None:
        return False
    _write(grid, merged, f"{text}（{merged.last - merged.first + 1} 行合计）")
    return True


def _count(grid: Grid, merged: Merge, counts: MergedCounts) -> bool:
    """Write a copy into each row where that is what a count over several of them comes to. Rows that each have a number
    are a copy each: another figure stays as it is, which nobody can read.
    """
    match = _COPIES.fullmatch(_value(grid, merged))
    heading = next(_headings(grid, merged, COUNTS), None) if match else None
    if match is None or heading is None:
        return False
    rows, copies = merged.last - merged.first + 1, int(match[1])
    if copies == rows:
        counts.one_each.append(merged.first)
        _write(grid, merged, "1")
    elif copies == 1:
        return False
    elif _are_numbered(grid, merged, heading):
        _write(grid, merged, f"{match[0]}（{rows} 行合计）")
    else:
        counts.so_many_each.append(merged.first)
        return False
    return True


def _are_numbered(grid: Grid, merged: Merge, heading: int) -> bool:
    """Whether every row of a merge has a number of a copy of its own."""
    at = next((n for n, text in enumerate(grid[heading]) if plain_header(shown(text)) in _NUMBERS), None)
    rows = grid[merged.first - 1 : merged.last]
    own = {shown(row[at]).strip() for row in rows if at is not None and at < len(row)} - {""}
    return len(own) == merged.last - merged.first + 1


def _value(grid: Grid, merged: Merge) -> str:
    first, at = merged.first - 1, merged.column - 1
    return shown(grid[first][at]).strip() if first < len(grid) and at < len(grid[first]) else ""


def _write(grid: Grid, merged: Merge, text: str) -> None:
    for row in grid[merged.first - 1 : merged.last]:
        row += [""] * (merged.column - len(row))
        row[merged.column - 1] = text
