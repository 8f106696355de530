"""活动记录, 阅览登记, 推荐书目: what readers did and were offered."""

from datetime import date
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.grades import grades_in
from schoollib_xl.ledgers.headers import TITLE
from schoollib_xl.ledgers.identifiers import BookNumber
from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet
from schoollib_xl.ledgers.supporting.vocabulary import RecommendationKind, VisitorKind


@sheet("活动记录", key="name", purpose="办一次活动记一行，总结里的次数从这里数")
class ActivityRow(NamedTuple):
    """Something done. `kind` is the name of a target without 次数 (阅读笔记展评 for 阅读笔记展评次数)."""

    line: int
    held_on: Annotated[date, LedgerColumn("日期", "", date(2025, 10, 24), 12)]
    kind: Annotated[str, LedgerColumn("类别", "和任务指标的名称对应，如 阅读笔记展评", "阅读笔记展评", 16)]
    name: Annotated[str, LedgerColumn("名称", "", "秋季阅读笔记展评", 24)]
    classes: Annotated[str | None, LedgerColumn("参加班级", "", "三至六年级", 16)]
    participants: Annotated[int | None, LedgerColumn("参加人数", "", 120, least=0)]
    person: Annotated[str | None, LedgerColumn("负责人", "", "图书管理员")]
    result: Annotated[str | None, LedgerColumn("成果", "", "展出笔记 40 份", 28)]


@sheet("阅览登记", group=Group.OPTIONAL, key="visited_on", purpose="班级或教师来阅览室一次记一行")
class VisitRow(NamedTuple):
    """One visit to the reading room by a class or a teacher."""

    line: int
    visited_on: Annotated[date, LedgerColumn("日期", "", date(2025, 9, 10), 12)]
    visitor: Annotated[VisitorKind, LedgerColumn("对象", "班级或教师", VisitorKind.CLASS, 8)]
    class_name: Annotated[str | None, LedgerColumn("班级", "", "一（1）班", 12)]
    name: Annotated[str | None, LedgerColumn("姓名", "教师填", None)]
    people: Annotated[int, LedgerColumn("人数", "", 24, 8, least=0)]
    content: Annotated[str | None, LedgerColumn("内容", "", "绘本阅读", 20)]
    librarian: Annotated[str | None, LedgerColumn("管理员", "", "苏老师")]


@sheet("推荐书目", group=Group.OPTIONAL, key="title", purpose="各年级必读、选读的书")
class RecommendationRow(NamedTuple):
    """A title recommended to a grade."""

    line: int
    grade: Annotated[
        int, LedgerColumn("年级", "1 到 6，几个年级都写，如 3-4", 3, 8, figure=grades_in, least=1, greatest=6)
    ]
    kind: Annotated[RecommendationKind, LedgerColumn("类别", "必读或选读", RecommendationKind.REQUIRED, 8)]
    title: Annotated[str, LedgerColumn("书名", "", "城南旧事", 28, TITLE)]
    author: Annotated[str | None, LedgerColumn("著者", "", "林海音", 14, ("作者", "责任者"))]
    isbn: Annotated[str | None, BookNumber(), LedgerColumn("ISBN", "", None, 16)]
