"""个别登记账: one line per copy, numbered for life."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.schema import Column, Group, Identifier, sheet
from schoollib_xl.ledgers.vocabulary import Circulation, Source


@sheet("个别登记账", group=Group.LEDGER, key="accession_no", purpose="一册一行，一册一号，注销后号也不再用")
class AccessionRow(NamedTuple):
    """One copy. It is in force on day D when its date ≤ D < withdrawn_on."""

    line: int
    accession_no: Annotated[
        str,
        Identifier(accession=True),
        Column(
            "个别登记号",
            "一册一号，只用数字，前面的 0 不能少",
            "000001",
            12,
            ("登录号", "财产号", "入藏号", "馆藏条码", "书籍编号", "图书编号", "财产登记号"),
            unique=True,
        ),
    ]
    accessioned_on: Annotated[
        date, Column("登记日期", "记入账簿的那一天", date(2025, 9, 1), 12, ("入藏日期", "登录日期"))
    ]
    batch_no: Annotated[
        str,
        Identifier(),
        Column("总括登记号", "这一册属于总括登记账的哪一批", "2025-001", 12, ("批次号", "批号")),
    ]
    title: Annotated[
        str, Column("书名", "正题名，照书名页抄", "城南旧事", 28, ("题名", "正题名", "文献名称", "书籍名称"))
    ]
    author: Annotated[str | None, Column("著者", "", "林海音", 14, ("作者", "责任者"))]
    publisher: Annotated[str | None, Column("出版社", "", "北京出版社", 18, ("出版者",))]
    published: Annotated[str | None, Column("出版年", "", "2020", 8, ("出版日期", "出版时间"))]
    edition: Annotated[str | None, Column("版次", "", "1", 6)]
    pages: Annotated[str | None, Column("页数", "", "235", 8, ("页码",))]
    isbn: Annotated[
        str | None,
        Identifier(),
        Column("ISBN", "10 位或 13 位书号，横线可有可无", "9787020024759", 16, ("ISBN号", "书号")),
    ]
    class_no: Annotated[str, Identifier(), Column("分类号", "中图法分类号，第一个字母是大类", "I246.5", 10)]
    book_no: Annotated[
        str | None, Identifier(), Column("书次号", "同类书的先后号，同一种书都一样", "1", 8, ("种次号",))
    ]
    price: Annotated[
        Decimal, Column("单价", "书上印的定价，单位元", Decimal("25.00"), 10, ("定价", "价格", "流通单册价"))
    ]
    source: Annotated[Source | None, Column("来源", "书是怎么来的", Source.PURCHASE, 8, ("文献来源",))]
    location: Annotated[
        str | None,
        Column("馆藏地", "放在哪里，如 书库、阅览室", "书库", 10, ("馆藏地点", "位置", "书籍位置")),
    ]
    circulation: Annotated[
        Circulation | None,
        Column("流通方式", "外借，或仅阅览（工具书）", Circulation.LENDING, 10, ("流通类型",)),
    ]
    barcode: Annotated[str | None, Identifier(), Column("条码号", "书上贴的条码", None, 14, ("条形码",), unique=True)]
    withdrawn_on: Annotated[date | None, Column("注销日期", "在册的书空着", None, 12)]
    withdrawal_no: Annotated[str | None, Identifier(), Column("注销批号", "在册的书空着", None, 12)]
    remarks: Annotated[str | None, Column("备注", "", None, 20)]

    @property
    def class_letter(self) -> str:
        """The basic class: the first letter of the class number, upper case; '' if it is not a letter."""
        first = self.class_no[:1].upper()
        return first if "A" <= first <= "Z" else ""
