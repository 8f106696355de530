"""报刊登记账: one line per title and subscription period."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.identifiers import Identifier
from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet, words
from schoollib_xl.ledgers.vocabulary import Frequency, PeriodicalKind


@sheet(
    "报刊登记账",
    group=Group.LEDGER,
    key="periodical_no",
    purpose="一种报刊一个订期一行，记到多少期、装订成几册",
    also=words("报刊账 报刊登记簿"),
)
class PeriodicalRow(NamedTuple):
    """One subscription. `due_issues` counts the issues due up to the cut-off."""

    line: int
    periodical_no: Annotated[str, Identifier(), LedgerColumn("报刊编号", "一行一号", "BK2025-001", 12, unique=True)]
    title: Annotated[
        str, LedgerColumn("刊名", "", "儿童文学", 20, synonyms=words("报刊名称 报刊名 名称 报纸名称 期刊名称"))
    ]
    kind: Annotated[
        PeriodicalKind, LedgerColumn("类别", "报纸或期刊", PeriodicalKind.MAGAZINE, 8, synonyms=words("类型 报刊类型"))
    ]
    postal_code: Annotated[str | None, Identifier(), LedgerColumn("邮发代号", "如 2-106，要按文本填", "2-106")]
    issn: Annotated[str | None, Identifier(), LedgerColumn("ISSN", "期刊才有，如 1002-2767", None, 11)]
    cn: Annotated[
        str | None,
        Identifier(),
        LedgerColumn("国内统一刊号", "如 CN11-1066/J", "CN11-1065/J", 14, ("CN", "统一刊号")),
    ]
    frequency: Annotated[Frequency, LedgerColumn("刊期", "多久出一期", Frequency.MONTHLY, 8)]
    starts_on: Annotated[
        date, LedgerColumn("起订日期", "", date(2025, 9, 1), 12, synonyms=words("起订 订阅起 起始日期 开始日期"))
    ]
    ends_on: Annotated[
        date, LedgerColumn("止订日期", "", date(2026, 1, 31), 12, synonyms=words("止订 订阅止 终止日期 结束日期"))
    ]
    copies: Annotated[
        int,
        LedgerColumn(
            "份数", "每期订几份", 1, 8, synonyms=words("订阅份数 订数 数量 征订份数 订购份数 征订数量"), least=0
        ),
    ]
    price: Annotated[
        Decimal | None,
        LedgerColumn(
            "单价",
            "一份订满这一期的价钱，单位元",
            Decimal("60.00"),
            10,
            synonyms=words("定价 价格 年价 每份价格 每份年价 全年定价"),
            least=0,
        ),
    ]
    voucher_no: Annotated[str | None, Identifier(), LedgerColumn("单据号", "", "BK0001", 14)]
    amount: Annotated[
        Decimal,
        LedgerColumn(
            "金额",
            "份数 × 单价，单位元",
            Decimal("60.00"),
            10,
            synonyms=words("总价 合计金额 订费 年金额 全年金额 订阅金额 征订金额 小计"),
            least=0,
        ),
    ]
    due_issues: Annotated[int, LedgerColumn("应到期数", "到截止日期该到几期", 5, least=0)]
    received_issues: Annotated[
        int,
        LedgerColumn(
            "实到期数", "到截止日期收到几期", 5, least=0, synonyms=words("已到期数 到刊期数 实收期数 已收期数")
        ),
    ]
    missing_note: Annotated[str | None, LedgerColumn("缺期说明", "缺哪几期、怎么办", None, 20)]
    bound_volumes: Annotated[int | None, LedgerColumn("装订册数", "合订成几册", None, least=0)]
    first_bound_no: Annotated[
        str | None, Identifier(accession=True), LedgerColumn("合订本起号", "合订本的个别登记号", None, 12)
    ]
    last_bound_no: Annotated[
        str | None, Identifier(accession=True), LedgerColumn("合订本止号", "合订本的个别登记号", None, 12)
    ]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]
