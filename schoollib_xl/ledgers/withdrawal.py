"""注销登记账: one line per copy written off."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.headers import ACCESSION_NO, BARCODE, TITLE
from schoollib_xl.ledgers.identifiers import ClassNumber, Identifier
from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet, words
from schoollib_xl.ledgers.vocabulary import WithdrawalReason


@sheet(
    "注销登记账",
    group=Group.LEDGER,
    key="accession_no",
    purpose="注销一册记一行，写明原因和批准人",
    also=words("注销账 报损账 注销登记簿"),
)
class WithdrawalRow(NamedTuple):
    """One copy written off; its date is the date of its batch in 总括登记账."""

    line: int
    withdrawn_on: Annotated[
        date,
        LedgerColumn(
            "注销日期",
            "和总括登记账那一批的日期相同",
            date(2026, 1, 16),
            12,
            synonyms=words(
                "剔除时间 剔除日期 报废日期 日期 注销时间 剔旧日期 剔旧时间 报废时间 销账日期 下账日期 报损日期",
                "报损时间 淘汰日期 淘汰时间 核销日期 核销时间",
            ),
        ),
    ]
    withdrawal_no: Annotated[
        str,
        Identifier(),
        LedgerColumn("注销批号", "总括登记账里那一批注销的总括登记号", "2026-001", 12, ("注销号",)),
    ]
    accession_no: Annotated[
        str,
        Identifier(accession=True),
        LedgerColumn(
            "个别登记号",
            "要注销的那一册",
            "000001",
            12,
            unique=True,
            synonyms=ACCESSION_NO + BARCODE + words("编号 书号"),
        ),
    ]
    title: Annotated[
        str | None,
        LedgerColumn("书名", "照个别登记账抄", "城南旧事", 28, synonyms=TITLE),
    ]
    class_no: Annotated[
        str | None,
        ClassNumber(),
        LedgerColumn("分类号", "照个别登记账抄", "I246.5", synonyms=words("中图分类号 分类 类号 类别")),
    ]
    price: Annotated[
        Decimal | None,
        LedgerColumn("单价", "照个别登记账抄，单位元", Decimal("25.00"), 10, ("定价", "价格"), may_wait=True),
    ]
    reason: Annotated[
        WithdrawalReason,
        LedgerColumn(
            "注销原因",
            "",
            WithdrawalReason.WORN_OUT,
            10,
            synonyms=words("原因 剔旧原因 报废原因 剔除原因 报损原因 淘汰原因 核销原因 注销理由"),
        ),
    ]
    approved_by: Annotated[
        str | None,
        LedgerColumn("批准人", "批准注销的校领导", "周校长", 10, starred=True, synonyms=words("审批人 批准")),
    ]
    approval_no: Annotated[str | None, Identifier(), LedgerColumn("批准文号", "", None, 16)]
    disposal: Annotated[str | None, LedgerColumn("处理方式", "如 报废、调拨、交换", "报废")]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]
