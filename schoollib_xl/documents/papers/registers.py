"""清点报告, 注销清册, 迎检封面: papers for the headmaster's signature and for inspectors."""

from dataclasses import dataclass
from typing import Annotated

from schoollib_xl.documents.filling.blanks import Blank
from schoollib_xl.documents.papers.plan import PlanLine, SignedPaper
from schoollib_xl.documents.papers.summary import LedgerOverview
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


@dataclass(frozen=True)
class CountLine:
    """One figure of a stocktake."""

    item: Annotated[str, Blank("项目")]
    copies: Annotated[str, Blank("册数")]
    value: Annotated[str, Blank("金额")] = ""
    remarks: Annotated[str, Blank("说明")] = ""


@dataclass(frozen=True)
class CopyLine:
    """One copy that a stocktake has something to say about."""

    accession_no: Annotated[str, Blank.of(AccessionRow, "accession_no")]
    title: Annotated[str, Blank.of(AccessionRow, "title")]
    class_no: Annotated[str, Blank.of(AccessionRow, "class_no")]
    price: Annotated[str, Blank.of(AccessionRow, "price")]
    place: Annotated[str, Blank.of(AccessionRow, "location")] = ""
    remarks: Annotated[str, Blank("说明")] = ""


@dataclass(frozen=True, kw_only=True)
class StocktakeReport(SignedPaper):
    """清点报告: what was expected, what was found, and the copies that differ."""

    counted_on: Annotated[str, Blank.of(StocktakeRow, "counted_on")]
    cut_off: Annotated[str, Blank.of(School, "cut_off")]
    body: Annotated[tuple[PlanLine, ...], Blank("正文")]
    counts: Annotated[tuple[CountLine, ...], Blank("清点")]
    missing: Annotated[tuple[CopyLine, ...], Blank("盘亏")] = ()
    surplus: Annotated[tuple[CopyLine, ...], Blank("盘盈")] = ()
    misplaced: Annotated[tuple[CopyLine, ...], Blank("错架")] = ()
    damaged: Annotated[tuple[CopyLine, ...], Blank("破损")] = ()
    closing: Annotated[tuple[PlanLine, ...], Blank("结尾")] = ()


@dataclass(frozen=True)
class WithdrawnCopy:
    """One copy to be written off."""

    accession_no: Annotated[str, Blank.of(WithdrawalRow, "accession_no")]
    title: Annotated[str, Blank.of(WithdrawalRow, "title")]
    class_no: Annotated[str, Blank.of(WithdrawalRow, "class_no")]
    price: Annotated[str, Blank.of(WithdrawalRow, "price")]
    reason: Annotated[str, Blank.of(WithdrawalRow, "reason")]
    disposal: Annotated[str, Blank.of(WithdrawalRow, "disposal")] = ""


@dataclass(frozen=True)
class ReasonTotal:
    """Copies and money written off for one reason."""

    reason: Annotated[str, Blank.of(WithdrawalRow, "reason")]
    copies: Annotated[str, Blank("册数")]
    value: Annotated[str, Blank("金额")]


@dataclass(frozen=True, kw_only=True)
class WithdrawalRegister(SignedPaper):
    """注销清册: one batch of copies to be written off, with its sums; `total` says both, and which have no price, and
    `by_reason` the sums of each reason in words.
    """

    batch_no: Annotated[str, Blank.of(WithdrawalRow, "withdrawal_no")]
    withdrawn_on: Annotated[str, Blank.of(WithdrawalRow, "withdrawn_on")]
    count: Annotated[str, Blank("合计册数")]
    value: Annotated[str, Blank("合计金额")]
    total: Annotated[str, Blank("合计")]
    by_reason: Annotated[str, Blank("分原因")]
    reasons: Annotated[tuple[ReasonTotal, ...], Blank("汇总")]
    copies: Annotated[tuple[WithdrawnCopy, ...], Blank("注销")]
    approval: Annotated[str, Blank.of(WithdrawalRow, "approval_no")] = ""


@dataclass(frozen=True)
class InspectionCover:
    """迎检封面: the ledgers with their figures and what the checks say."""

    school: Annotated[str, Blank("学校")]
    school_year: Annotated[str, Blank.of(School, "school_year")]
    cut_off: Annotated[str, Blank.of(School, "cut_off")]
    librarian: Annotated[str, Blank.of(School, "librarian")]
    headmaster: Annotated[str, Blank.of(School, "principal")]
    conclusion: Annotated[str, Blank("结论")]
    ledgers: Annotated[tuple[LedgerOverview, ...], Blank("账册")]
    signed_on: Annotated[str, Blank("落款日期")]
    unchecked: Annotated[tuple[str, ...], Blank("未核对")] = ()
