"""个别登记账: one line per copy, numbered for life."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.headers import ACCESSION_NO, TITLE
from schoollib_xl.ledgers.identifiers import BookNumber, ClassNumber, Identifier
from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet, words
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import Circulation, Source


@sheet(
    "个别登记账",
    group=Group.LEDGER,
    key="accession_no",
    purpose="一册一行，一册一号，注销后号也不再用",
    also=words("个别账 个别登记簿"),
)
class AccessionRow(NamedTuple):
    """One copy. It is in force on day D when its date ≤ D < withdrawn_on.

    What has a number and says anything else of itself is held, whatever is blank: texts are then '', the date
    and the price None (contract 10).
    """

    line: int
    accession_no: Annotated[
        str,
        Identifier(accession=True),
        LedgerColumn(
            "个别登记号",
            "一册一号，只用数字，前面的 0 不能少",
            "000001",
            12,
            unique=True,
            synonyms=ACCESSION_NO + words("馆藏条码 入库号 编号 新号 新登记号 新编号"),
        ),
    ]
    accessioned_on: Annotated[
        date | None,
        LedgerColumn(
            "登记日期",
            "记入账簿的那一天",
            date(2025, 9, 1),
            12,
            synonyms=words(
                "入藏日期 登录日期 登记时间 入库日期 购入日期 购书日期 入馆日期 登账日期 建档日期",
                "购买时间 购买日期 购入时间 购书时间 购置日期 购置时间 入藏时间 采购日期 采购时间",
                "到馆日期 入库时间 录入日期 录入时间 典藏日期 编目日期 验收日期 入馆时间 登录时间",
                "采访日期 上架日期 上架时间 添加日期 添加时间 登记年月 购进日期 购进时间 进馆日期 进馆时间 进书日期",
                "进书时间 进货日期 进货时间 到货日期 到货时间 到书日期 到书时间 到馆时间 收到日期 收到时间",
                "捐赠日期 捐赠时间 捐书日期 捐书时间 受赠日期 受赠时间 验收时间 登账时间 建档时间 编目时间",
                "入账日期 入账时间",
            ),
            may_wait=True,
        ),
    ]
    batch_no: Annotated[
        str,
        Identifier(),
        LedgerColumn(
            "总括登记号",
            "这一册属于总括登记账的哪一批",
            "2025-001",
            12,
            words("批次号 批号 总括号 总登记号 总登录号 总括登录号 总括编号"),
            may_wait=True,
        ),
    ]
    title: Annotated[
        str,
        LedgerColumn(
            "书名",
            "正题名，照书名页抄",
            "城南旧事",
            28,
            synonyms=TITLE + words("题名与责任者 名称 正书名 书名及卷次 题名及责任者 文献题名 书题 书目名称"),
            may_wait=True,
        ),
    ]
    author: Annotated[
        str | None,
        LedgerColumn(
            "著者",
            "",
            "林海音",
            14,
            synonyms=words(
                "作者 责任者 主编 编著者 责任者说明 著者姓名 作者姓名 著译者 编著 著(编)者 作者名",
                "第一责任者 著作者 主要责任者 编者 责任人 作者/译者 第一作者 主要作者",
            ),
        ),
    ]
    publisher: Annotated[
        str | None,
        LedgerColumn(
            "出版社",
            "",
            "北京出版社",
            18,
            synonyms=words("出版者 出版单位 出版发行 出版社名称 出版机构 出版商 出版社(者) 社名"),
        ),
    ]
    published: Annotated[
        str | None,
        LedgerColumn(
            "出版年",
            "",
            "2020",
            8,
            synonyms=words("出版日期 出版时间 出版年月 出版年份 年份 出版时间年 版年 出版日 出版年月日"),
        ),
    ]
    edition: Annotated[str | None, LedgerColumn("版次", "", "1", 6)]
    pages: Annotated[str | None, LedgerColumn("页数", "", "235", 8, synonyms=words("页码 页"))]
    isbn: Annotated[
        str | None,
        BookNumber(),
        LedgerColumn(
            "ISBN",
            "10 位或 13 位书号，横线可有可无",
            "9787020024759",
            16,
            synonyms=words(
                "ISBN号 书号 ISBN/ISSN 标准书号 国际标准书号 ISBN码 标准编号 ISBN/统一书号",
                "国际标准书号(ISBN) 图书ISBN 国际书号 ISBN编号",
            ),
        ),
    ]
    class_no: Annotated[
        str,
        ClassNumber(),
        LedgerColumn(
            "分类号",
            "中图法分类号，第一个字母是大类",
            "I246.5",
            10,
            synonyms=words(
                "中图分类号 分类 类号 中图法分类号 分类码 中图分类 图书分类 图书分类号 分类号码", "中图法类号"
            ),
            blanks=words("未分类 待分类 未分 待分 未编 待编 不详 未知 无 没有 ? ？ / - — —— -- \\"),
            may_wait=True,
        ),
    ]
    book_no: Annotated[
        str | None,
        Identifier(),
        LedgerColumn(
            "书次号", "同类书的先后号，同一种书都一样", "1", 8, synonyms=words("种次号 著者号 书次 著者号码 种次")
        ),
    ]
    price: Annotated[
        Decimal | None,
        LedgerColumn(
            "单价",
            "书上印的定价，单位元",
            Decimal("25.00"),
            10,
            synonyms=words(
                "定价 价格 流通单册价 单价元 价钱 图书单价 书价 原价 单册价 单册价格 单册定价 图书价格",
                "套价 全套价 整套价 全套定价 整套定价 每套价 每套定价 每套单价 每套价格 套书价",
                "图书定价 书本定价 单价金额 价 标价 零售价 每册价 书价元",
            ),
            may_wait=True,
        ),
    ]
    source: Annotated[
        Source | None,
        LedgerColumn(
            "来源",
            "书是怎么来的",
            Source.PURCHASE,
            8,
            synonyms=words(
                "文献来源 图书来源 入藏方式 采访方式 来源渠道 购置方式 取得方式 来源方式 购置渠道 采购渠道 来源途径"
            ),
        ),
    ]
    location: Annotated[
        str | None,
        LedgerColumn(
            "馆藏地",
            "放在哪里，如 书库、阅览室",
            "书库",
            10,
            synonyms=words(
                "馆藏地点 位置 书籍位置 书架 架位 存放位置 存放地点 馆藏位置 库位 架号 书架位置 架位号",
                "书架号 所在位置 藏书地点 存放处 书柜 书柜号 柜号 放置位置 馆藏地址 馆藏部门 馆藏 摆放",
                "摆放位置 存放 放置 存放地 放哪 放哪里 放在哪 放在哪里 馆藏分馆 馆藏代码 所在书架 所在书柜",
                "所属馆藏地点 所属馆藏地 所在馆藏地点 所在馆藏地",
            ),
        ),
    ]
    circulation: Annotated[
        Circulation | None,
        LedgerColumn(
            "流通方式",
            "外借，或仅阅览（工具书）",
            Circulation.LENDING,
            10,
            synonyms=words("流通类型 是否外借 可否外借 是否可借"),
        ),
    ]
    barcode: Annotated[
        str | None,
        Identifier(),
        LedgerColumn(
            "条码号",
            "书上贴的条码",
            None,
            14,
            unique=True,
            synonyms=words("条形码 条码 图书条码 馆藏条码号 条形码号 条码编号 图书条形码 图书条码号 册条码号 册条码"),
        ),
    ]
    withdrawn_on: Annotated[
        date | None,
        LedgerColumn(
            "注销日期",
            "在册的书空着",
            None,
            12,
            synonyms=words("剔除日期 报废日期 注销时间 剔除时间 剔旧日期 剔旧时间 报废时间 销账日期 下账日期"),
        ),
    ]
    withdrawal_no: Annotated[str | None, Identifier(), LedgerColumn("注销批号", "在册的书空着", None, 12)]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20, synonyms=words("附注 说明 注"))]

    @property
    def class_letter(self) -> str:
        """The basic class: the first letter of the class number, upper case; '' if it is not a letter."""
        first = (self.class_no or "")[:1].upper()
        return first if "A" <= first <= "Z" else ""

    @property
    def call_number(self) -> str:
        """索书号 as one text: class number and 书次号; '' where there is neither."""
        return "/".join(filter(None, (self.class_no, self.book_no)))

    @property
    def value(self) -> Decimal:
        """What the copy counts for in a sum of money, in yuan: nothing where no price is written (未定价)."""
        return self.price or NO_MONEY

    @property
    def held_from(self) -> date:
        """登记日期; a copy without one has been there since before anybody can tell."""
        return self.accessioned_on or date.min
