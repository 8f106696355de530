"""Rows of a list that add up others."""

import re
from collections.abc import Sequence

from schoollib_xl.sheets.reading.total_words import SUMS, TOTAL_WORDS

# 9月合计, 2025年秋季学期累计, 第3页小计.
_NUMBERED_SPAN = (
    r"(?:(?:19|20)\d\d(?:[-—~至](?:19|20)?\d\d)?(?:学年度?|年度?)?)?"
    r"(?:(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,3})月份?|第?[一二三四1-4]季度|季度|第[一二12]学期|[上下春秋](?:季|半)?(?:学期|学年|年|季|期|月)"
    r"|前期|本日|第[\d一二三四五六七八九十]{1,4}页|学年度?|年度?)?"
)
_CARRIED_PAGE = r"[承转过接]自?第?\d+页"
# A word of a total, or one with the span that it is of.
_WORD = "|".join(
    [
        *sorted(TOTAL_WORDS, key=len, reverse=True),
        rf"{_NUMBERED_SPAN}(?:{'|'.join(SUMS)})",
        "[年月季日]计",
        _CARRIED_PAGE,
    ]
)
# What a total says beside its word: figures, and what they count.
_BESIDE = (
    r"[\d.,，。\s:：()（）/、+\-—－_*￥¥%]"
    "|[元圆角分整正行第册次本套种人笔张条页记录数共计金额码实洋价总合小大写人民币零壹贰叁肆伍陆柒捌玖拾佰仟万]"
)
_TOTAL = re.compile(rf"[(（]?(?:{_WORD})(?:{_BESIDE})*")
_FIGURES = re.compile(rf"(?:{_BESIDE})*")

# With what a word of a total begins, or what it holds: few of the cells of a long list do.
_FIRST = frozenset(word[0] for word in TOTAL_WORDS) | set("(（承转过接")
_HELD = "计"


def says_total(text: str) -> bool:
    """Whether a cell, without blanks, says that its line adds up others, with nothing but figures beside it."""
    return _TOTAL.fullmatch(text) is not None


def brings_forward(text: str) -> bool:
    """Whether a cell, without blanks, says that its line brings a sum from before: 承前页, 上年结转."""
    return text.startswith(("承", "接前", "接上", "上", "前")) and says_total(text)


def is_total(texts: Sequence[str]) -> bool:
    """Whether the filled cells of a row add up others: the first says a word of a total, or one of them does and
    the rest hold nothing but figures. 小计算家 is a title.
    """
    if not any(text[0] in _FIRST or _HELD in text for text in texts):
        return False
    plain = ["".join(text.split()) for text in texts]
    said = [says_total(text) for text in plain]
    if not any(said):
        return False
    return said[0] or all(is_said or _FIGURES.fullmatch(text) for is_said, text in zip(said, plain, strict=True))
