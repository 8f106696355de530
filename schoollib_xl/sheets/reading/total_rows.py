"""Rows of a list that add up others: totals, and what a paper ledger carries over from page to page."""

import re
from collections.abc import Sequence

from schoollib_xl.ledgers.schema import words

# What is added up, and how a sum is called.
_SPANS = (
    "",
    *words(
        "本页 本月 本期 本季 本年 本年度 本学期 本学年 本次 本类 本班 本单 本包 本箱 本捆 以上",
        "至本页 截至本页 全页 全年 全月 全学期",
    ),
    *words("全学年 全馆 全校 全部 全班 全室 各类 年度 学期 学年 分页 当页 当月 当年 期末 月末 年末"),
)
SUMS = words("合计 小计 总计 共计 累计 总合计 合计数")
CARRIED_OVER = frozenset(
    words(
        "承前页 承上页 承前 承前期 承前账 接前页 接上页 接上期 上页结转 上页转来 上页累计 上页合计 前页累计 前页合计",
        "过次页 过下页 过后页 转次页 转下页 转后页 结转下页 结转次页 结转下期 接下页 本页结转",
        "上月结转 上期结转 上年结转 上学期结转 上学年结转 上期结存 上年结存 上月结存 上学期结存",
        "结转下月 结转下年 结转下学期 结转下学年",
    )
)
SUM_WORDS = frozenset(f"{span}{name}" for span in _SPANS for name in SUMS)
TOTAL_WORDS = SUM_WORDS | CARRIED_OVER | {"本页"}
# 9月合计, 2025年秋季学期累计, 第3页小计.
_NUMBERED_SPAN = (
    r"(?:(?:19|20)\d\d(?:[-—~至](?:19|20)?\d\d)?(?:学年度?|年度?)?)?"
    r"(?:(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,3})月份?|第?[一二三四1-4]季度|季度|第[一二12]学期|[上下春秋](?:季|半)?(?:学期|学年|年|季|期|月)"
    r"|前期|本日|第[\d一二三四五六七八九十]{1,4}[页包箱捆]|学年度?|年度?)?"
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
# Not compiled here: that takes longer than all else this module does, and most books hold no total.
_TOTAL, _FIGURES = rf"[(（]?(?:{_WORD})(?:{_BESIDE})*", rf"(?:{_BESIDE})*"
# With what a word of a total begins, or what it holds: few of the cells of a long list do.
_FIRST = frozenset(word[0] for word in TOTAL_WORDS) | set("(（承转过接")
_HELD = "计"


def says_total(text: str) -> bool:
    """Whether a cell, without blanks, says that its line adds up others, with nothing but figures beside it."""
    return re.fullmatch(_TOTAL, text) is not None


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
    return said[0] or all(is_said or re.fullmatch(_FIGURES, text) for is_said, text in zip(said, plain, strict=True))
