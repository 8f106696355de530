"""工作总结: what a term's summary says."""

from dataclasses import dataclass
from typing import Annotated

from schoollib_xl.documents.filling.blanks import Blank, ChartData
from schoollib_xl.documents.papers.plan import PlanLine, TargetLine, YearPaper
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.office import CashRow

NO_CHART = ChartData((), ())
"""Stands for a chart there is nothing to draw in; it disappears from the paper."""


@dataclass(frozen=True)
class ClassLoans:
    """Loans of one class, of one grade, or of the school."""

    name: Annotated[str, Blank("名称")]
    pupils: Annotated[str, Blank("人数")]
    loans: Annotated[str, Blank("册数")]
    mean: Annotated[str, Blank("人均")]
    target: Annotated[str, Blank("目标")] = ""
    reached: Annotated[str, Blank("达标人数")] = ""
    none: Annotated[str, Blank("未借人数")] = ""


@dataclass(frozen=True)
class HoldingsChange:
    """How the holdings of one class of books changed."""

    name: Annotated[str, Blank("类别")]
    opening: Annotated[str, Blank("期初")]
    added: Annotated[str, Blank("增加")]
    withdrawn: Annotated[str, Blank("减少")]
    closing: Annotated[str, Blank("期末")]
    value: Annotated[str, Blank("金额")] = ""


@dataclass(frozen=True)
class MoneyLine:
    """One heading of income or expenditure."""

    item: Annotated[str, Blank("项目")]
    income: Annotated[str, Blank.of(CashRow, "received")]
    spent: Annotated[str, Blank.of(CashRow, "spent")]
    remarks: Annotated[str, Blank("备注")] = ""


@dataclass(frozen=True)
class LedgerOverview:
    """One ledger at a glance: how many lines, and what its checks found."""

    name: Annotated[str, Blank("名称")]
    rows: Annotated[str, Blank("行数")]
    errors: Annotated[str, Blank("错误")]
    warnings: Annotated[str, Blank("存疑")]
    explained: Annotated[str, Blank("已说明")] = ""
    figures: Annotated[str, Blank("数据")] = ""
    outcome: Annotated[str, Blank("结果")] = ""


@dataclass(frozen=True)
class ActivityLine:
    """One kind of activity: promised, done, and the evidence."""

    kind: Annotated[str, Blank("类别")]
    promised: Annotated[str, Blank("计划")]
    done: Annotated[str, Blank("完成")]
    evidence: Annotated[str, Blank("依据")]


@dataclass(frozen=True, kw_only=True)
class TermSummary(YearPaper):
    """The summary of one term. Each section goes, with its heading, where there is nothing to say."""

    term: Annotated[str, Blank.of(School, "term_name")]
    opening: Annotated[tuple[PlanLine, ...], Blank("开头")] = ()
    situation: Annotated[tuple[PlanLine, ...], Blank("基本情况")] = ()
    results: Annotated[tuple[PlanLine, ...], Blank("主要工作")] = ()
    circulation: Annotated[tuple[PlanLine, ...], Blank("借阅情况")] = ()
    holdings: Annotated[tuple[PlanLine, ...], Blank("藏书情况")] = ()
    keeping: Annotated[tuple[PlanLine, ...], Blank("经费和账册")] = ()
    problems: Annotated[tuple[PlanLine, ...], Blank("存在问题")] = ()
    intentions: Annotated[tuple[PlanLine, ...], Blank("今后打算")] = ()
    closing: Annotated[tuple[PlanLine, ...], Blank("结尾")] = ()
    targets: Annotated[tuple[TargetLine, ...], Blank("指标")] = ()
    by_class: Annotated[tuple[ClassLoans, ...], Blank("班级")] = ()
    by_grade: Annotated[tuple[ClassLoans, ...], Blank("年级")] = ()
    class_chart: Annotated[ChartData, Blank("各班生均借书")] = NO_CHART
    month_chart: Annotated[ChartData, Blank("各月借阅")] = NO_CHART
    more_lending: Annotated[tuple[PlanLine, ...], Blank("借阅补充")] = ()
    holdings_changes: Annotated[tuple[HoldingsChange, ...], Blank("藏书")] = ()
    holdings_chart: Annotated[ChartData, Blank("各类藏书与标准")] = NO_CHART
    ledger_annex: Annotated[str, Blank("账册附件")] = ""
    money_lines: Annotated[tuple[MoneyLine, ...], Blank("经费")] = ()
    ledgers: Annotated[tuple[LedgerOverview, ...], Blank("账册")] = ()
    more_checking: Annotated[tuple[PlanLine, ...], Blank("账册补充")] = ()
    activities: Annotated[tuple[ActivityLine, ...], Blank("活动")] = ()
