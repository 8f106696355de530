"""Items and their values as forms write them: one below the other, several on a line, in a row below their names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.recognising import plain

# The headers over whose rule each line is: 读者类型 | 可借天数.
_WHOSE = {plain(word) for word in ("读者类别", *SHEETS[LendingRule].by_name["reader_kind"].column.synonyms)}
# What is lent at once or for how long is a rule; what was lent is none.
_OF_A_RULE = re.compile("可借|限借|最多|最大|同时|期限|借期|天数|续借")
_BARE_COUNTS = frozenset({"册数", "本数", "数量"})
_A_HEADER_AND_A_ROW = 2
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


def settings_in(lines: Sequence[FilledLine]) -> list[list[Pair]]:
    """The pairs that the lines of a form of settings may be, one way after the other; first each line as one."""
    several = _of_several(lines)
    if len(lines) > _LONGEST_FORM:
        return [list(_line_by_line(several))]
    # Below two lines of one item a list begins, of several schools.
    below = _below(several) if len(several) == _A_HEADER_AND_A_ROW else ()
    return [list(way) for way in (_line_by_line(several), _by_twos(several), below, _labelled(lines))]


def figures_in(lines: Sequence[FilledLine]) -> list[list[Pair]]:
    """The pairs that the lines of lending rules may be, as `settings_in`."""
    several = _of_several(lines)
    ways = [list(_line_by_line(several))]
    says_a_rule = any(_OF_A_RULE.search(text) for line in several for text in line.texts.values())
    if len(lines) <= _LONGEST_FORM and says_a_rule:
        ways += [list(_by_readers(several)), list(_of_readers(several))]
    return ways


def _of_several(lines: Iterable[FilledLine]) -> list[FilledLine]:
    return [line for line in lines if len(line.texts) > 1]


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
            item = items[pair.row]
            yield pair._replace(item=f"{pair.item}{'可借' if plain(item) in _BARE_COUNTS else ''}{item}")


def _of_readers(lines: Sequence[FilledLine]) -> Iterator[Pair]:
    """The figures of a table that has a line for each kind of reader, with whose they are."""
    whose = next((at for line in lines[:1] for at, text in line.texts.items() if plain(text) in _WHOSE), 0)
    kinds = {line.row: line.said(whose) for line in lines}
    for pair in _below(lines) if whose else ():
        if pair.item != lines[0].said(whose):
            yield pair._replace(item=f"{kinds[pair.row]}{pair.item}")
