"""Rows of a list that add up others."""

import re
from collections.abc import Sequence

from schoollib_xl.sheets.reading.total_words import TOTAL_WORDS

# What a total says beside its word: figures, and what they count.
_BESIDE = (
    r"[\d.,，。\s:：()（）/、+\-—－_*￥¥%]"
    "|[元圆角分整正行第册次本套种人笔张条页数共计金额码实洋价总合小大写人民币零壹贰叁肆伍陆柒捌玖拾佰仟万]"
)
_WORD = "|".join([*sorted(TOTAL_WORDS, key=len, reverse=True), r"[承转过接]自?第?\d+页"])
_TOTAL = re.compile(rf"[(（]?(?:{_WORD})(?:{_BESIDE})*")
_FIGURES = re.compile(rf"(?:{_BESIDE})*")

# With what a word of a total begins: few of the cells of a long list do.
_FIRST = frozenset(word[0] for word in TOTAL_WORDS) | set("(（承转过接")


def is_total(texts: Sequence[str]) -> bool:
    """Whether the filled cells of a row add up others: the first says a word of a total, or one of them does and
    the rest hold nothing but figures. 小计算家 is a title.
    """
    if not any(text[0] in _FIRST for text in texts):
        return False
    plain = ["".join(text.split()) for text in texts]
    said = [_TOTAL.fullmatch(text) is not None for text in plain]
    if not any(said):
        return False
    return said[0] or all(is_said or _FIGURES.fullmatch(text) for is_said, text in zip(said, plain, strict=True))
