"""总括登记账: one line per batch in or out, with running totals."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.identifiers import Identifier
from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet, words
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow, Source, SourceOrDestination

ClassCopies = Annotated[int | None, LedgerColumn(help="这一批中本类的册数，没有就空着", width=5)]
# The words of 来源或去向 that say where copies came from.
SOURCES = frozenset(source.value for source in Source)


def sign_of(flow: Flow) -> int:
    """+1 for what adds to the holdings, −1 for withdrawals."""
    return -1 if flow is Flow.OUT else 1


@sheet(
    "总括登记账",
    group=Group.LEDGER,
    key="batch_no",
    purpose="一批一行，进出都记，写明累计",
    also=words("总账 总登记账 总括账 总括登记簿 总括登记"),
)
class SummaryRow(NamedTuple):
    """One batch accessioned or withdrawn. Withdrawals are positive numbers and have no number range."""

    line: int
    registered_on: Annotated[
        date, LedgerColumn("登记日期", "这一批记入账簿的日子", date(2025, 9, 1), 12, ("日期", "入账日期"))
    ]
    batch_no: Annotated[
        str,
        Identifier(),
        LedgerColumn(
            "总括登记号",
            "年份-三位顺序号，如 2025-001，一批一号",
            "2025-001",
            12,
            words("批次号 批号 登记编号 总登记号 总登录号 总号 总括号 总括登录号 总括编号"),
            unique=True,
        ),
    ]
    flow: Annotated[Flow, LedgerColumn("收支", "期初、入藏或注销", Flow.IN, 8)]
    source: Annotated[
        SourceOrDestination | None,
        LedgerColumn("来源或去向", "书从哪里来、到哪里去", SourceOrDestination.PURCHASE, 12, ("来源", "文献来源")),
    ]
    supplier: Annotated[
        str | None, LedgerColumn("供货单位", "书店、捐赠单位或调拨单位", "新华书店", 16, ("供应商", "书商"))
    ]
    voucher_no: Annotated[
        str | None,
        Identifier(),
        LedgerColumn("单据号", "发票号、捐赠单号或调拨单号", "FP0001", 14, ("单据号码", "发票号")),
    ]
    titles: Annotated[int | None, LedgerColumn("种数", "这一批不同的书有几种", 1, 8)]
    copies: Annotated[int, LedgerColumn("册数", "这一批共几册", 1, 8, ("数量", "实发数", "册(份)数"))]
    list_value: Annotated[
        Decimal, LedgerColumn("码洋", "定价合计，单位元", Decimal("25.00"), 12, ("定价合计", "总价", "金额"))
    ]
    paid_value: Annotated[Decimal | None, LedgerColumn("实洋", "实际付的钱，单位元", Decimal("20.00"), 12, ("实付",))]
    A: ClassCopies
    B: ClassCopies
    C: ClassCopies
    D: ClassCopies
    E: ClassCopies
    F: ClassCopies
    G: ClassCopies
    H: ClassCopies
    I: ClassCopies
    J: ClassCopies
    K: ClassCopies
    N: ClassCopies
    O: ClassCopies
    P: ClassCopies
    Q: ClassCopies
    R: ClassCopies
    S: ClassCopies
    T: ClassCopies
    U: ClassCopies
    V: ClassCopies
    X: ClassCopies
    Z: ClassCopies
    first_no: Annotated[
        str | None,
        Identifier(accession=True),
        LedgerColumn(
            "个别号起",
            "这一批第一册的个别登记号",
            "000001",
            11,
            words("个别登记号起 起号 起始号 起始登记号 登记号起 登录号起 起始登录号"),
        ),
    ]
    last_no: Annotated[
        str | None,
        Identifier(accession=True),
        LedgerColumn(
            "个别号止",
            "这一批最后一册的个别登记号",
            "000001",
            11,
            words("个别登记号止 止号 终止号 终止登记号 登记号止 登录号止 终止登录号"),
        ),
    ]
    handled_by: Annotated[str | None, LedgerColumn("经手人", "办理这一批的人")]
    received_by: Annotated[str | None, LedgerColumn("验收人", "验收这一批的人，不能就是经手人")]
    running_copies: Annotated[
        int | None, LedgerColumn("累计册数", "到这一批为止馆里共有几册", 1, 11, ("结存册数",), running=True)
    ]
    running_value: Annotated[
        Decimal | None,
        LedgerColumn("累计金额", "到这一批为止的码洋合计，单位元", Decimal("25.00"), 14, ("结存金额",), running=True),
    ]
    remarks: Annotated[str | None, LedgerColumn("备注", "更正别的一批（红字写负数），写它的总括登记号", None, 20)]

    def by_class(self) -> dict[str, int]:
        """Copies of each of the 22 classes, blank counted as 0."""
        return {letter: getattr(self, letter) or 0 for letter in CLASS_LETTERS}

    @property
    def sign(self) -> int:
        """What the batch does to the holdings."""
        return sign_of(self.flow)
