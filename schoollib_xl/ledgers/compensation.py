"""赔偿登记账: one line per lost or damaged copy."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.headers import ACCESSION_NO, BARCODE, READER_NO, TITLE
from schoollib_xl.ledgers.identifiers import Identifier
from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet, words
from schoollib_xl.ledgers.vocabulary import Incident, Settlement


@sheet(
    "赔偿登记账",
    group=Group.LEDGER,
    key="incident_no",
    purpose="丢一册、坏一册记一行，写明怎么赔、赔了没有",
    also=words("赔偿账 赔偿登记簿"),
)
class CompensationRow(NamedTuple):
    """One incident, from report to settlement (and refund, where the copy turns up again)."""

    line: int
    incident_no: Annotated[str, Identifier(), LedgerColumn("赔偿编号", "一件一号", "P2025-001", 12, unique=True)]
    registered_on: Annotated[
        date,
        LedgerColumn(
            "登记日期",
            "报失或发现损坏的日子",
            date(2025, 10, 15),
            12,
            synonyms=words(
                "日期 赔偿日期 丢失日期 丢失时间 遗失日期 遗失时间 报失日期 损坏日期 赔偿时间 赔书日期 赔款日期",
                "处理时间",
            ),
        ),
    ]
    reader_no: Annotated[str, Identifier(), LedgerColumn("读者证号", "", "S0001", 12, READER_NO)]
    name: Annotated[
        str | None,
        LedgerColumn(
            "姓名",
            "",
            "林小满",
            synonyms=words("丢失人 遗失人 丢书人 损坏人 赔偿人 借阅人 借书人 读者姓名 学生姓名 责任人"),
        ),
    ]
    class_name: Annotated[str | None, LedgerColumn("班级", "", "三（1）班", 10, ("读者单位", "部门", "所在班级"))]
    accession_no: Annotated[
        str,
        Identifier(accession=True),
        LedgerColumn("个别登记号", "", "000001", 12, synonyms=ACCESSION_NO + BARCODE + ("编号",)),
    ]
    title: Annotated[str | None, LedgerColumn("书名", "", "城南旧事", 28, TITLE)]
    price: Annotated[
        Decimal, LedgerColumn("单价", "照个别登记账抄，单位元", Decimal("25.00"), 10, ("定价", "价格", "原价", "书价"))
    ]
    incident: Annotated[
        Incident,
        LedgerColumn(
            "情形", "遗失或损坏", Incident.LOST, 8, synonyms=words("丢损情况 丢失原因 遗失原因 损坏情况 处理类型")
        ),
    ]
    settlement: Annotated[
        Settlement,
        LedgerColumn(
            "处理方式",
            "赔书、赔款或修补",
            Settlement.PAYMENT,
            10,
            synonyms=words("赔偿情况 赔偿方式 处理情况 处理结果 处理"),
        ),
    ]
    owed: Annotated[
        Decimal | None,
        LedgerColumn(
            "应赔金额", "按赔偿规则算，单位元", Decimal("25.00"), synonyms=words("应赔 应付金额 应收金额"), least=0
        ),
    ]
    paid: Annotated[
        Decimal | None,
        LedgerColumn(
            "实赔金额",
            "单位元",
            Decimal("25.00"),
            synonyms=words("实赔 赔款金额 赔偿金额 赔款 赔偿款 赔付金额 实付金额 实收金额"),
            least=0,
        ),
    ]
    receipt_no: Annotated[
        str | None,
        Identifier(),
        LedgerColumn(
            "收据号",
            "赔款要有收据",
            "SJ0001",
            12,
            unique=True,
            synonyms=words("收据编号 收据号码 收据 票据号 票据号码 票据编号"),
        ),
    ]
    replacement_no: Annotated[
        str | None,
        Identifier(accession=True),
        LedgerColumn(
            "赔书登记号", "赔来的书的个别登记号", None, 12, words("赔书新号 赔书号 赔来的书登记号 新书登记号 新登记号")
        ),
    ]
    withdrawal_no: Annotated[str | None, Identifier(), LedgerColumn("注销批号", "旧书注销后填", None, 12)]
    settled_on: Annotated[date | None, LedgerColumn("结清日期", "", date(2025, 10, 20), 12)]
    refunded_on: Annotated[date | None, LedgerColumn("退款日期", "书找回来退了款才填", None, 12)]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]

    @property
    def is_under_its_number(self) -> bool:
        """Whether the copy brought instead got the number of the one that was lost."""
        return self.replacement_no is not None and self.replacement_no == self.accession_no
