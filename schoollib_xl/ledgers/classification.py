"""分类统计账: one line per class and period."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet, words


@sheet(
    "分类统计账",
    group=Group.LEDGER,
    key="class_letter",
    purpose="一类一行，一期二十二行，期初加增减等于期末",
    also=words("分类账 分类统计"),
)
class ClassificationRow(NamedTuple):
    """Holdings of one class over one period: opening + additions − withdrawals = closing."""

    line: int
    starts_on: Annotated[date, LedgerColumn("起始日期", "这一期从哪天起", date(2025, 9, 1), 12, ("开始日期",))]
    ends_on: Annotated[date, LedgerColumn("截止日期", "这一期到哪天止", date(2026, 1, 23), 12, ("结束日期",))]
    class_letter: Annotated[
        str, LedgerColumn("类号", "中图法二十二大类的字母，没有 L、M、W、Y", "I", 6, ("大类", "分类"))
    ]
    class_name: Annotated[str | None, LedgerColumn("类名", "", "文学", 24)]
    opening_copies: Annotated[int, LedgerColumn("期初册数", "等于上期的期末册数", 0)]
    opening_value: Annotated[Decimal, LedgerColumn("期初金额", "单位元", Decimal("0.00"), 12)]
    added_copies: Annotated[int, LedgerColumn("增加册数", "这一期入藏的册数", 1)]
    added_value: Annotated[Decimal, LedgerColumn("增加金额", "单位元", Decimal("25.00"), 12)]
    removed_copies: Annotated[int, LedgerColumn("减少册数", "这一期注销的册数", 0)]
    removed_value: Annotated[Decimal, LedgerColumn("减少金额", "单位元", Decimal("0.00"), 12)]
    closing_copies: Annotated[int, LedgerColumn("期末册数", "期初 + 增加 − 减少", 1)]
    closing_value: Annotated[Decimal, LedgerColumn("期末金额", "单位元", Decimal("25.00"), 12)]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]
