"""评估细则, 图书审查: what an inspection asks, and which books were looked through."""

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.identifiers import Identifier
from schoollib_xl.ledgers.schema import Group, LedgerColumn, Plain, sheet
from schoollib_xl.ledgers.supporting.vocabulary import ReviewOutcome


@sheet("评估细则", group=Group.OPTIONAL, key="item", purpose="迎检的评估表，一条一行；有取数的自己算分")
class EvaluationRow(NamedTuple):
    """One item of an evaluation form. A mark typed by hand takes the place of the one that is worked out."""

    line: int
    item: Annotated[str, Identifier(), LedgerColumn("条目", "照评估表的编号，如 1.2", "1.1", 8)]
    group: Annotated[str | None, LedgerColumn("项目", "", "账册管理", 16)]
    content: Annotated[str, LedgerColumn("内容", "评估表上写的要求", "管好七本账，账账相符", 40)]
    full: Annotated[Decimal, Plain, LedgerColumn("满分", "", Decimal(10), 8, least=0)]
    method: Annotated[str | None, LedgerColumn("评分办法", "如 按比例得分、每错一处扣0.5分", "每错一处扣0.5分", 26)]
    figure: Annotated[str | None, LedgerColumn("取数", "能从账里算的数，算不出的空着", "账账相符错误处数", 20)]
    standard: Annotated[str | None, Identifier(), LedgerColumn("标准值", "达到多少得满分，如 25 或 98%", "0", 10)]
    veto: Annotated[str | None, LedgerColumn("一票否决", "达不到就不合格的写 是", None, 10)]
    evidence: Annotated[str | None, LedgerColumn("佐证", "检查时拿出来看的材料", "七本账", 24)]
    record: Annotated[str | None, LedgerColumn("检查记录", "", None, 24)]
    own_mark: Annotated[Decimal | None, Plain, LedgerColumn("自评分", "自己定的分；空着就照取数算", None, 8)]


@sheet("图书审查", group=Group.OPTIONAL, key="scope", purpose="审查一次图书内容记一行，不合适的写明怎么处理")
class ReviewRow(NamedTuple):
    """What was looked through on a day, and what came of it."""

    line: int
    reviewed_on: Annotated[date, LedgerColumn("审查日期", "", date(2025, 12, 10), 12)]
    scope: Annotated[
        str, Identifier(), LedgerColumn("范围", "全部，或一个总括登记号，或一个个别登记号", "2025-001", 14)
    ]
    reviewer: Annotated[str, LedgerColumn("审查人", "", "苏老师", 12)]
    outcome: Annotated[ReviewOutcome, LedgerColumn("结论", "通过、停止借阅或剔除", ReviewOutcome.PASSED, 10)]
    reason: Annotated[str | None, LedgerColumn("原因", "", None, 24)]
    action: Annotated[str | None, LedgerColumn("处理", "", None, 24)]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]
