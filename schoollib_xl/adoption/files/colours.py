"""Rows of an old list that are coloured, and what it says that colours mean: nobody reads a colour, so it is told."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schoollib_xl.adoption.files.sources import SourceSheet
from schoollib_xl.adoption.forms.tables import FoundTable

MEANT = (
    "《{file}》{sheet} 第 {row} 行写着“{text}”：颜色读不出来，{rows}没有照着改；"
    "把颜色的意思写成字（已还、丢失、注销），再接收一次。"
)
SOME = (
    "《{file}》{sheet} 有 {count} 行标了颜色（第一处第 {row} 行）：颜色的意思读不出来，照没有颜色的接收；"
    "颜色是说已还、丢失、注销的，写成字，再接收一次。"
)
_HUE = "[红黄绿蓝橙紫灰粉青棕]"
_SAYS = re.compile(
    rf"(?:{_HUE}色?|颜色|底色|涂色|标色)(?:的?[字底]|标[记注]|填充|背景|部分|的?格)?的?\s*(?:[=＝:：]|表示|代表|为|是|指|即)"
    rf"|[标涂画]了?(?:{_HUE}|颜)色?的?"
)
# Of more rows the colour is that of the list: every other row of many is.
_MOST = 0.4


class OfColours(NamedTuple):
    """What is said of colours: what a list itself says they mean, and that rows have some."""

    urgent: list[str]
    assumed: list[str]


def said_of_colours(source: SourceSheet, tables: Iterable[FoundTable]) -> OfColours:
    """What is said of the colours of a sheet."""
    known = [table for table in tables if table.kind]
    lines = [line for table in known for line in table.lines]
    coloured = _coloured_rows(source, known)
    alone = [*(one.line for table in known for one in table.non_entries), *(line for line in lines if line.alone)]
    legends = sorted((line.row, line.text) for line in alone if _SAYS.search(line.text))
    if legends:
        row, text = legends[0]
        rows = f"标了颜色的 {len(coloured)} 行" if coloured else ""
        return OfColours([MEANT.format(file=source.file, sheet=source.sheet, row=row, text=text, rows=rows)], [])
    if not coloured or len(coloured) > _MOST * len(lines):
        return OfColours([], [])
    said = SOME.format(file=source.file, sheet=source.sheet, count=len(coloured), row=coloured[0])
    return OfColours([], [said])


def _coloured_rows(source: SourceSheet, tables: Sequence[FoundTable]) -> list[int]:
    rows = {line.row for table in tables for line in table.lines}
    return [row for row in source.coloured if row in rows]
