"""Items and their values as forms write them: one below the other, several on a line, in a row below their names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from schoollib_xl.adoption.headers import FilledLine
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.recognising import plain

# The headers over whose rule each line is: 读者类型 | 可借天数.
_WHOSE = {plain(word) for word in ("读者类别", *SHEETS[LendingRule].by_name["reader_kind"].column.synonyms)}
_READERS = re.compile("学生|教师|老师|职工|教职工")
# 学校名称：青山村小学 in one cell, several parted by blanks.
_LABELLED = re.compile(r"([^：:\s]{2,12})\s*[：:]\s*(\S(?:.*?\S)?)(?=\s+[^：:\s]{2,12}\s*[：:]|\s*$)")
# A form fits on a few pages; what is longer is a list, of which each line is looked at for one item only.
_LONGEST_FORM = 100


class Pair(NamedTuple):
    """An item and its value, and the row where the value stands."""

    row: int
    item: str
    value: CellValue


def ways_of_reading(lines: Sequence[FilledLine]) -> list[list[Pair]]:
    """The pairs that the lines may be, one way after the other; the first takes each line for one."""
    several = [line for line in lines if len(line.texts) > 1]
    if len(lines) > _LONGEST_FORM:
        return [list(_line_by_line(several))]
    ways = (_line_by_line, _by_twos, _by_readers, _of_readers, _below)
    return [*(list(way(several)) for way in ways), list(_labelled(lines))]


def _line_by_line(lines: Iterable[FilledLine]) -> Iterator[Pair]:
    """The first two cells of each line."""
    for line in lines:
        item, value, *_ = line.texts
        yield Pair(line.row, line.said(item), line.cell(value))


def _by_twos(lines: Iterable[FilledLine]) -> Iterator[Pair]:
    """The cells of each line by twos: 学校名称 | 青山村小学 | 校长 | 周青."""
    for line in lines:
        at = list(line.texts)
        for item, value in zip(at[::2], at[1::2], strict=False):
            yield Pair(line.row, line.said(item), line.cell(value))


def _below(lines: Sequence[FilledLine]) -> Iterator[Pair]:
    """What stands in the lines below the first, each cell under its item."""
    for line in lines[1:]:
        for at, item in lines[0].texts.items():
            if line.said(at):
                yield Pair(line.row, item, line.cell(at))


def _labelled(lines: Iterable[FilledLine]) -> Iterator[Pair]:
    """The items that stand in one cell with their values."""
    for line in lines:
        for text in line.texts.values():
            for item, value in _LABELLED.findall(text):
                yield Pair(line.row, item, value)


def _by_readers(lines: Sequence[FilledLine]) -> Iterator[Pair]:
    """The figures of a table that has a column for each kind of reader, with whose they are."""
    items = {line.row: next(iter(line.texts.values())) for line in lines}
    kinds = list(lines[0].texts.values())[1:] if lines else []
    for pair in _below(lines) if kinds and all(map(_READERS.fullmatch, kinds)) else ():
        if _READERS.fullmatch(pair.item):
            yield pair._replace(item=f"{pair.item}{items[pair.row]}")


def _of_readers(lines: Sequence[FilledLine]) -> Iterator[Pair]:
    """The figures of a table that has a line for each kind of reader, with whose they are."""
    whose = next((at for line in lines[:1] for at, text in line.texts.items() if plain(text) in _WHOSE), 0)
    kinds = {line.row: line.said(whose) for line in lines}
    for pair in _below(lines) if whose else ():
        if pair.item != lines[0].said(whose):
            yield pair._replace(item=f"{kinds[pair.row]}{pair.item}")
