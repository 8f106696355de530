"""What 摘要 of 经费登记 says that money was for: books, papers, compensation, or something no ledger keeps."""

import re
from typing import Any

from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.rules.likeness import says

# Each by the ledger that keeps its bills, and how it is written.
_PURPOSES: dict[str, tuple[type[Any], str]] = {
    "购书": (SummaryRow, r"[购买]置?(?:图|新)?书"),
    "订报刊": (PeriodicalRow, r"订[报刊]|订阅(?!图书|新书|.{0,6}(?:网|电子|数字|数据|会员|课程|软件|资料))"),
    "赔款": (CompensationRow, r"赔偿?(?:款|金|费|\d|$)|书.*赔|赔.*书"),
}
COMPENSATION = "赔款"
# What books that were written off, and waste paper, are sold as.
SALES = ("变卖", "卖旧", "卖废", "卖书", "售旧", "处理旧", "处理废", "处置", "废旧", "废品", "废纸", "残值")
# Money that leaves before the books come, that buys no book, or none for the library.
_OTHERWISE = (
    *("预付", "定金", "书架", "书柜", "书立", "书标", "装订", "运费", "邮费", "退", "奖品", "奖励", "理赔", "保险"),
    *("车费", "油费", "交通费", "差旅", "搬运", "人工", "劳务", "工本", "培训", "维修", "消毒", "打印", "复印", "租金"),
    # What comes in and is for no lost copy.
    *("捐款", "捐助", "捐资", "资助", *SALES),
)
_OF_A_PURCHASE = frozenset("购买印置修做费")
_PAPERS = r"[书刊册报赔]|杂志|绘本|[字词]典|教[参辅]|连环画|文选|作文|故事|名著|征订"
# Words with one of these signs that name neither books nor papers: 书包, 图书室窗帘, 报夹, 海报.
_NO_PAPERS = (
    *("图书室", "图书馆", "图书角", "读书", "阅书", "读者证", "板报", "海报", "抄报", "汇报", "填报"),
    *(f"书{sign}" for sign in "签证卡袋桌包夹法画橱车套皮梯写架柜立标"),
    *(f"报{sign}" for sign in "销名架夹告表"),
)


def purposes_told(summary: str) -> set[str]:
    """What money was for by 摘要: none, one, or several of the purposes the ledgers keep bills of."""
    said = _of_papers(summary)
    return {purpose for purpose, (_, words) in _PURPOSES.items() if re.search(words, said)}


def purpose_of(row_type: type[Any]) -> str:
    """What money was for by the ledger that has its bill."""
    return next(purpose for purpose, (kept, _) in _PURPOSES.items() if issubclass(row_type, kept))


def is_for_something_else(summary: str | None) -> bool:
    """Whether 摘要 says that money bought no books or papers, or not by a bill of the ledgers."""
    said = summary or ""
    is_purchase = not _OF_A_PURCHASE.isdisjoint(said)
    return says(said, *_OTHERWISE) or (is_purchase and not re.search(_PAPERS, _of_papers(said)))


def _of_papers(summary: str) -> str:
    """What 摘要 says without the words that name neither books nor papers."""
    for word in _NO_PAPERS:
        summary = summary.replace(word, "")
    return summary
