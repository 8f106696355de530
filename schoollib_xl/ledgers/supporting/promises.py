"""借阅规则, 赔偿规则, 任务指标: what the school has laid down, as dated rows with their basis."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.grades import grades_in
from schoollib_xl.ledgers.identifiers import Identifier
from schoollib_xl.ledgers.numerals import least_asked
from schoollib_xl.ledgers.schema import Group, LedgerColumn, Plain, sheet, words
from schoollib_xl.ledgers.vocabulary import Incident, ReaderKind, YesNo

# 9,999 days are 27 years, and no shelf of a school reader holds as many copies: what is more is a slip of the pen.
MOST_LENT = 9_999
# Schools ask for the price up to some ten times over; a hundred times is a price in the wrong column.
_MOST_TIMES = 100


@sheet("借阅规则", key="since", purpose="从某天起生效；哪一条说得最具体就照哪一条，一样具体就照晚的")
class LendingRule(NamedTuple):
    """How many copies a reader may hold and for how long. A blank scope means everyone."""

    line: int
    reader_kind: Annotated[
        ReaderKind | None,
        LedgerColumn(
            "读者类别",
            "空着就是所有读者",
            ReaderKind.PUPIL,
            synonyms=words(
                "读者类型 读者类别名称 人员类别 人员类型 读者身份 会员类型 会员类别 用户类型 读者分类 身份 对象 类型",
                "类别",
            ),
        ),
    ]
    grade: Annotated[
        int | None, LedgerColumn("年级", "空着就是所有年级", None, 8, figure=grades_in, least=1, greatest=6)
    ]
    class_name: Annotated[str | None, LedgerColumn("班级", "空着就是所有班", None, 12)]
    since: Annotated[date, LedgerColumn("自何日起", "这一条从哪天起算数", date(2025, 9, 1), 12)]
    copies: Annotated[
        int,
        LedgerColumn(
            "同时可借册数",
            "手里最多几册",
            1,
            12,
            words(
                "可借册数 可借本数 最大借阅册数 最多可借册数 限借册数 借书册数 借阅册数 可借数量 借书数量 最大借书量",
                "最大借书数 最多借书数 最大借阅数 最多借阅数 最大可借数 借书上限 借阅上限 最大借书册数 最大可借册数",
            ),
            least=0,
            greatest=MOST_LENT,
        ),
    ]
    days: Annotated[
        int,
        LedgerColumn(
            "借期天数",
            "",
            14,
            10,
            words("借期 还书期限 借书天数 借阅期限 借书期限 可借天数 借阅天数"),
            least=0,
            greatest=MOST_LENT,
        ),
    ]
    renewals: Annotated[
        int | None,
        LedgerColumn(
            "可续借次数",
            "空着就是不能续借",
            1,
            12,
            words("续借次数 可续次数 最多续借次数"),
            least=0,
            greatest=MOST_LENT,
        ),
    ]
    overdue_stops: Annotated[YesNo | None, LedgerColumn("逾期停借", "填“是”：有书过期没还，就不再借", None, 12)]
    basis: Annotated[str, LedgerColumn("依据", "哪份文件、哪次会定的", "本校借阅制度第三条", 28)]

    @property
    def suspends(self) -> bool:
        """Whether a reader with an overdue copy may borrow nothing until it is back."""
        return self.overdue_stops is YesNo.YES


@sheet("赔偿规则", group=Group.OPTIONAL, key="since", purpose="没有这张表就照价赔偿，不收加工费")
class CompensationRule(NamedTuple):
    """What is owed: max(minimum, price × multiple) + processing fee; 赔书 owes the fee alone."""

    line: int
    since: Annotated[date, LedgerColumn("自何日起", "这一条从哪天起算数", date(2025, 9, 1), 12)]
    incident: Annotated[Incident, LedgerColumn("情形", "遗失或损坏", Incident.LOST, 8)]
    multiple: Annotated[
        Decimal, Plain, LedgerColumn("倍率", "照价就是 1", Decimal("1"), 8, least=0, greatest=_MOST_TIMES)
    ]
    minimum: Annotated[Decimal | None, LedgerColumn("最低额", "单位元，没有就空着", None, least=0)]
    fee: Annotated[Decimal | None, LedgerColumn("加工费", "单位元，没有就空着", None, least=0)]
    whole_set: Annotated[str | None, LedgerColumn("套书按全套", "是或否", "否", 12)]
    basis: Annotated[str, LedgerColumn("依据", "哪份文件、哪次会定的", "本校借阅制度第八条", 28)]

    @property
    def asks_whole_set(self) -> bool:
        """Whether one volume is paid for as the set it belongs to."""
        return self.whole_set == YesNo.YES


@sheet("任务指标", key="name", purpose="这学期答应做到的数，一项一行，写明依据")
class TargetRow(NamedTuple):
    """One promised figure, for some grades (`3-6`, `1,2`) or for all (blank)."""

    line: int
    name: Annotated[str, LedgerColumn("指标", "照说明里的名称填", "生均借书册数", 18)]
    grades: Annotated[str | None, Identifier(), LedgerColumn("适用年级", "如 3-6 或 1,2；空着就是全校", None)]
    value: Annotated[Decimal, Plain, LedgerColumn("目标值", "", Decimal("2"), figure=least_asked)]
    unit: Annotated[str, LedgerColumn("单位", "如 册、次、种、元", "册", 8, synonyms=words("计量单位"))]
    basis: Annotated[str, LedgerColumn("依据", "哪份文件、哪次会定的", "本学期工作计划", 28)]
    person: Annotated[str | None, LedgerColumn("责任人", "", "图书管理员")]
    reason: Annotated[str | None, LedgerColumn("原因", "没有完成时写，总结里照着说", None, 28)] = None
