"""What of a paper is none of its text: its title, the names of tables and annexes, who signed above these."""

import re
from collections.abc import Sequence
from itertools import pairwise

from schoollib_xl.adoption.old_plan.lines import heading_of, is_signature, is_title, item_of, month_of
from schoollib_xl.documents.old_paper import PaperLine

# A name of the school or of its office, or the year, on a line of its own above what the paper is called.
_MOST_ABOVE = 2
_ABOVE_TITLE = re.compile(r"[^。；，：:;,、]{2,25}")
_SUBTITLE = re.compile(r"[(（].*(?:学年|学期|年度|年|季).*[)）]")
_ANNEX = re.compile(r"附[件表录][\d一二三四五六七八九十]{0,2}(?:[:：\s][^。；]{0,30})?")
_ANNEX_LIST = re.compile(r"附件[:：][^。]{0,60}")
_TABLE_NAME = re.compile(r"[^。；，：]{2,16}(?:表|一览)")


def title_length(lines: Sequence[PaperLine]) -> int:
    """How many lines the title takes at the head of the paper, with what is written above and below it."""
    length = 0
    for number, line in enumerate(lines):
        if line.cells is not None:
            break
        if is_title(line.text) or (length == number > 0 and _SUBTITLE.fullmatch(line.text)):
            length = number + 1
        elif length or number >= _MOST_ABOVE or not _may_stand_above(line):
            break
    return length


def _may_stand_above(line: PaperLine) -> bool:
    text = line.text
    is_part = line.is_item or item_of(text) or month_of(text) or heading_of(text, line._replace(is_heading=False))
    return bool(_ABOVE_TITLE.fullmatch(text)) and not is_part


def edges_within(lines: Sequence[PaperLine]) -> set[int]:
    """Which lines, counted from 0, name the table below, or annexes, in a list above the signature or at their head, or
    sign above these.
    """
    found = {number for number, (line, below) in enumerate(pairwise(lines)) if _names_table(line, below)}
    for number, line in enumerate(lines):
        is_list = _ANNEX_LIST.fullmatch(line.text)
        if line.cells is not None or not (is_list or _ANNEX.fullmatch(line.text)):
            continue
        if is_list:
            after = _after_items(lines, number + 1)
            found |= set(range(number, after if after == len(lines) or _signs(lines[after]) else number + 1))
        else:
            found.add(number)
        above = number - 1
        while above >= 0 and _signs(lines[above]):
            found.add(above)
            above -= 1
    return found


def _names_table(line: PaperLine, below: PaperLine) -> bool:
    is_part = line.is_heading or line.is_item or item_of(line.text)
    if line.cells is not None or below.cells is None or is_part or not _TABLE_NAME.fullmatch(line.text):
        return False
    heading = heading_of(line.text, line)
    return heading is None or not heading.is_numbered


def _after_items(lines: Sequence[PaperLine], number: int) -> int:
    while (
        number < len(lines) and lines[number].cells is None and (lines[number].is_item or item_of(lines[number].text))
    ):
        number += 1
    return number


def _signs(line: PaperLine) -> bool:
    return line.cells is None and is_signature(line.text)
