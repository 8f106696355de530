"""经费登记: money in or out."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet
from schoollib_xl.ledgers.text_kinds import Identifier


@sheet("经费登记", group=Group.OPTIONAL, key="voucher_no", purpose="收一笔、支一笔各记一行，单据号和别的账对得上")
class CashRow(NamedTuple):
    """One receipt or payment; vouchers agree with 实洋, 报刊金额 and 赔款 by number."""

    line: int
    booked_on: Annotated[date, LedgerColumn("日期", "", date(2025, 9, 1), 12)]
    summary: Annotated[str, LedgerColumn("摘要", "", "购图书", 24)]
    voucher_no: Annotated[str | None, Identifier(), LedgerColumn("单据号", "", "FP0001", 14)]
    received: Annotated[Decimal | None, LedgerColumn("收入", "单位元", None, 12, least=0)]
    spent: Annotated[Decimal | None, LedgerColumn("支出", "单位元", Decimal("20.00"), 12, least=0)]
    balance: Annotated[Decimal | None, LedgerColumn("结余", "单位元", Decimal("980.00"), 12)]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]
