"""The words of a line that adds up others: totals, and what a paper ledger carries over from page to page."""

from schoollib_xl.ledgers.schema import words

# What is added up, and how a sum is called.
_SPANS = (
    "",
    *words(
        "本页 本月 本期 本季 本年 本年度 本学期 本学年 本次 本类 本班 本单 以上 至本页 截至本页 全页 全年 全月 全学期"
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
