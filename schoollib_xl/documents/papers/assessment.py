"""自查自评报告, 图书审查清理报告: papers laid before an inspection."""

from dataclasses import dataclass
from typing import Annotated

from schoollib_xl.documents.filling.blanks import Blank
from schoollib_xl.documents.papers.plan import PlanLine


@dataclass(frozen=True)
class GroupLine:
    """One part of the evaluation form with its points."""

    name: Annotated[str, Blank("项目")]
    full: Annotated[str, Blank("满分")]
    mark: Annotated[str, Blank("得分")]
    open: Annotated[str, Blank("待评")] = ""


@dataclass(frozen=True)
class MarkLine:
    """One item of the form; the mark is blank where nobody gave one yet."""

    item: Annotated[str, Blank("条目")]
    content: Annotated[str, Blank("内容")]
    full: Annotated[str, Blank("满分")]
    mark: Annotated[str, Blank("得分")] = ""
    basis: Annotated[str, Blank("依据")] = ""


@dataclass(frozen=True)
class SelfAssessment:
    """自查自评报告: the marks by part and by item, what was looked at, what is to be mended."""

    school: Annotated[str, Blank("学校")]
    school_year: Annotated[str, Blank("学年")]
    cut_off: Annotated[str, Blank("截止日期")]
    body: Annotated[tuple[PlanLine, ...], Blank("正文")]
    groups: Annotated[tuple[GroupLine, ...], Blank("汇总")]
    marks: Annotated[tuple[MarkLine, ...], Blank("评分")]
    signed_by: Annotated[str, Blank("落款单位")]
    signed_on: Annotated[str, Blank("落款日期")]
    problems: Annotated[tuple[PlanLine, ...], Blank("问题")] = ()
    closing: Annotated[tuple[PlanLine, ...], Blank("结尾")] = ()


@dataclass(frozen=True)
class ReviewLine:
    """One review."""

    reviewed_on: Annotated[str, Blank("审查日期")]
    scope: Annotated[str, Blank("范围")]
    reviewer: Annotated[str, Blank("审查人")]
    outcome: Annotated[str, Blank("结论")]
    reason: Annotated[str, Blank("原因")] = ""
    action: Annotated[str, Blank("处理")] = ""


@dataclass(frozen=True)
class ReviewedCopy:
    """One copy that was stopped or wanted out, and how it stands now."""

    accession_no: Annotated[str, Blank("个别登记号")]
    title: Annotated[str, Blank("书名")]
    class_no: Annotated[str, Blank("分类号")]
    price: Annotated[str, Blank("单价")]
    outcome: Annotated[str, Blank("结论")]
    now: Annotated[str, Blank("现在")]


@dataclass(frozen=True)
class ReviewReport:
    """图书审查清理报告: what was looked through in the school year, and what came of it."""

    school: Annotated[str, Blank("学校")]
    school_year: Annotated[str, Blank("学年")]
    cut_off: Annotated[str, Blank("截止日期")]
    body: Annotated[tuple[PlanLine, ...], Blank("正文")]
    reviews: Annotated[tuple[ReviewLine, ...], Blank("审查")]
    signed_by: Annotated[str, Blank("落款单位")]
    signed_on: Annotated[str, Blank("落款日期")]
    copies: Annotated[tuple[ReviewedCopy, ...], Blank("清理")] = ()
    closing: Annotated[tuple[PlanLine, ...], Blank("结尾")] = ()
