"""基本信息, 差异说明, 账册对照, 经费登记: the school, its explanations, its own names for things, its money."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.identifiers import Identifier
from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet

SettingValue = str | int | float | date


@sheet("基本信息", key="item", purpose="学校和学期，一项一行")
class SettingRow(NamedTuple):
    """One setting; its value is text, a number or a date."""

    line: int
    item: Annotated[str, LedgerColumn("项目", "", "学校名称", 18, unique=True)]
    value: Annotated[SettingValue | None, LedgerColumn("内容", "", "青禾小学", 28)]
    note: Annotated[str | None, LedgerColumn("说明", "", None, 44)]


@sheet("差异说明", group=Group.OPTIONAL, key="code", purpose="说得清的差异写在这里，核对时列出来但不算错")
class ExplanationRow(NamedTuple):
    """An explained difference: findings of this code, sheet and number are counted as explained."""

    line: int
    code: Annotated[str, Identifier(), LedgerColumn("核对编码", "核对结果里的编码", "ACC201", 10)]
    sheet_name: Annotated[str, LedgerColumn("工作表", "", "个别登记账", 14)]
    number: Annotated[str, Identifier(), LedgerColumn("编号", "那一行自己的号", "000001", 14)]
    text: Annotated[str, LedgerColumn("说明", "", "捐赠图书，无定价。", 40)]
    person: Annotated[str, LedgerColumn("经手人", "", "苏老师")]
    written_on: Annotated[date, LedgerColumn("日期", "", date(2025, 9, 1), 12)]
    valid_until: Annotated[date | None, LedgerColumn("有效期至", "一直有效就空着", None, 12)]


@sheet(
    "账册对照",
    group=Group.OPTIONAL,
    key="standard_sheet",
    purpose="本校的表名、栏名和这里不一样时，在这张表里对上",
)
class MappingRow(NamedTuple):
    """A school's own name of a sheet, or of one column of it (when both column cells are filled)."""

    line: int
    standard_sheet: Annotated[str, LedgerColumn("标准账册", "", "个别登记账", 16, ("标准表名", "标准工作表"))]
    own_sheet: Annotated[
        str | None, LedgerColumn("本校工作表", "", "财产明细", 16, ("学校工作表", "我校工作表", "本校账册", "本校表名"))
    ]
    standard_header: Annotated[str | None, LedgerColumn("标准栏目", "", None, 16, ("标准栏", "标准列", "标准栏名"))]
    own_header: Annotated[
        str | None, LedgerColumn("本校栏目", "", None, 16, ("学校栏目", "我校栏目", "本校栏", "本校列", "本校栏名"))
    ]


@sheet("经费登记", group=Group.OPTIONAL, key="voucher_no", purpose="收一笔、支一笔各记一行，单据号和别的账对得上")
class CashRow(NamedTuple):
    """One receipt or payment; vouchers agree with 实洋, 报刊金额 and 赔款 by number."""

    line: int
    booked_on: Annotated[date, LedgerColumn("日期", "", date(2025, 9, 1), 12)]
    summary: Annotated[str, LedgerColumn("摘要", "", "购图书", 24, ("事项", "事由"))]
    voucher_no: Annotated[str | None, Identifier(), LedgerColumn("单据号", "", "FP0001", 14)]
    received: Annotated[Decimal | None, LedgerColumn("收入", "单位元", None, 12, ("收", "收入金额"))]
    spent: Annotated[Decimal | None, LedgerColumn("支出", "单位元", Decimal("20.00"), 12, ("支", "支出金额"))]
    balance: Annotated[
        Decimal | None, LedgerColumn("结余", "单位元", Decimal("980.00"), 12, ("余", "余额"), running=True)
    ]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]
