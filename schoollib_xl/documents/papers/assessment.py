"""自查自评报告, 图书审查清理报告: papers laid before an inspection."""

from dataclasses import dataclass
from typing import Annotated

from schoollib_xl.documents.filling.blanks import Blank
from schoollib_xl.documents.papers.plan import PlanLine, YearPaper
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow


@dataclass(frozen=True)
class GroupLine:
    """One part of the evaluation form with its points."""

    name: Annotated[str, Blank.of(EvaluationRow, "group")]
    full: Annotated[str, Blank.of(EvaluationRow, "full")]
    mark: Annotated[str, Blank("得分")]
    open: Annotated[str, Blank("待评")] = ""


@dataclass(frozen=True)
class MarkLine:
    """One item of the form; the mark is blank where nobody gave one yet."""

    item: Annotated[str, Blank.of(EvaluationRow, "item")]
    content: Annotated[str, Blank.of(EvaluationRow, "content")]
    full: Annotated[str, Blank.of(EvaluationRow, "full")]
    mark: Annotated[str, Blank("得分")] = ""
    basis: Annotated[str, Blank("依据")] = ""


@dataclass(frozen=True, kw_only=True)
class SelfAssessment(YearPaper):
    """自查自评报告: the marks by part and by item, what was looked at, what is to be mended."""

    body: Annotated[tuple[PlanLine, ...], Blank("正文")]
    groups: Annotated[tuple[GroupLine, ...], Blank("汇总")]
    marks: Annotated[tuple[MarkLine, ...], Blank("评分")]
    problems: Annotated[tuple[PlanLine, ...], Blank("问题")] = ()


@dataclass(frozen=True)
class ReviewLine:
    """One review."""

    reviewed_on: Annotated[str, Blank.of(ReviewRow, "reviewed_on")]
    scope: Annotated[str, Blank.of(ReviewRow, "scope")]
    reviewer: Annotated[str, Blank.of(ReviewRow, "reviewer")]
    outcome: Annotated[str, Blank.of(ReviewRow, "outcome")]
    reason: Annotated[str, Blank.of(ReviewRow, "reason")] = ""
    action: Annotated[str, Blank.of(ReviewRow, "action")] = ""


@dataclass(frozen=True)
class ReviewedCopy:
    """One copy that was stopped or wanted out, and how it stands now."""

    accession_no: Annotated[str, Blank.of(AccessionRow, "accession_no")]
    title: Annotated[str, Blank.of(AccessionRow, "title")]
    class_no: Annotated[str, Blank.of(AccessionRow, "class_no")]
    price: Annotated[str, Blank.of(AccessionRow, "price")]
    outcome: Annotated[str, Blank.of(ReviewRow, "outcome")]
    now: Annotated[str, Blank("现在")]


@dataclass(frozen=True, kw_only=True)
class ReviewReport(YearPaper):
    """图书审查清理报告: what was looked through in the school year, and what came of it."""

    body: Annotated[tuple[PlanLine, ...], Blank("正文")]
    reviews: Annotated[tuple[ReviewLine, ...], Blank("审查")]
    copies: Annotated[tuple[ReviewedCopy, ...], Blank("清理")] = ()
