"""自查自评报告 and 图书审查清理报告, composed from marks, a sample and the reviews."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from schoollib_xl.documents.composing.confirmed import outcomes
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.material import Composed, SourceMaterial
from schoollib_xl.documents.composing.tables.targets import reason_of
from schoollib_xl.documents.papers.assessment import (
    GroupLine,
    MarkLine,
    ReviewedCopy,
    ReviewLine,
    ReviewReport,
    SelfAssessment,
)
from schoollib_xl.documents.papers.plan import PlanLine
from schoollib_xl.inspection.answers import SampleOutcome
from schoollib_xl.inspection.marking import Form, MarkedItem, Score
from schoollib_xl.inspection.sample import Sample
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import ReviewOutcome
from schoollib_xl.quotas.basis.period import school_year
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.rules.reviews import copies_of, reviewed_batches
from schoollib_xl.wording.inspection.inspection_answer import basis_of, outcome_sentences
from schoollib_xl.wording.papers.provenance import Counted
from schoollib_xl.wording.quotas.verdicts import plain
from schoollib_xl.wording.zh import say

_MARK = "照评估细则算出或自评的得分。"
_REVIEWS = SourceColumns(ReviewRow, ("reviewed_on", "scope", "outcome"))


def self_assessment(
    material: SourceMaterial,
    form: Form,
    score: Score,
    sample: Sample,
    found: SampleOutcome | None,
) -> Composed[SelfAssessment]:
    """自查自评报告. Raises CannotCompose where the school has no name."""
    evidence = Evidence(material)
    paper = SelfAssessment(
        school=material.school,
        school_year=material.school_year,
        cut_off=say(material.cut_off),
        body=tuple(map(PlanLine, _told(material, form, score, sample, found, evidence))),
        groups=tuple(_groups(score, evidence)),
        marks=tuple(_mark_line(item, evidence) for item in score.items),
        signed_by=material.signed_by,
        signed_on=say(material.library.as_of),
        problems=tuple(map(PlanLine, _problems(material, score, evidence))),
    )
    return Composed("自查自评报告", "自查自评报告.docx", paper, evidence.figures)


def _told(
    material: SourceMaterial,
    form: Form,
    score: Score,
    sample: Sample,
    found: SampleOutcome | None,
    evidence: Evidence,
) -> Iterator[str]:
    yield f"{material.school}图书室对照{_form_named(form)}逐条自查，数据算到{say(material.cut_off)}，结果报告如下。"
    everything = _sums("", score.items, evidence)
    total = f"满分{everything.full}分，自评得{everything.mark}分"
    waiting = evidence.of("待评条数", len(score.open), "评估细则里还没有评的条目。", *_at(score.open))
    yield f"{total}，另有{waiting}条（{everything.open}分）待评。" if score.open else f"{total}。"
    if found:
        yield "".join(outcome_sentences(found, sample))


def _form_named(form: Form) -> str:
    return "评估细则" if form.is_own else f"“{form.name}”"


class _Sums(NamedTuple):
    """Points of some items as shown: in full, marked, and of those not yet marked ('' where all are)."""

    full: str
    mark: str
    open: str


def _groups(score: Score, evidence: Evidence) -> Iterator[GroupLine]:
    for name, items in groupby(score.items, lambda item: item.row.group or "其他"):
        yield GroupLine(name, *_sums(name, list(items), evidence))
    yield GroupLine("合计", *_sums("", score.items, evidence))


def _sums(name: str, items: Sequence[MarkedItem], evidence: Evidence) -> _Sums:
    left = [item for item in items if item.mark is None]
    marked = sum((item.mark for item in items if item.mark is not None), Decimal(0))
    return _Sums(
        evidence.of(f"{name}满分", plain(_full(items)), "评估细则这些条目的满分之和。", *_at(items)),
        evidence.of(f"{name}自评得分", plain(marked), "评估细则这些条目的得分之和，待评的不算。", *_at(items)),
        evidence.of(f"{name}待评分值", plain(_full(left)), "评估细则里还没有评的条目的满分之和。", *_at(left))
        if left
        else "",
    )


def _at(items: Iterable[MarkedItem]) -> Iterator[Cell]:
    """Where the form has these items; one that is not the school's own has no cells."""
    for item in items:
        yield from item.cells


def _full(items: Iterable[MarkedItem]) -> Decimal:
    return sum((item.row.full for item in items), Decimal(0))


def _mark_line(item: MarkedItem, evidence: Evidence) -> MarkLine:
    name, basis = f"条目{item.row.item}", basis_of(item)
    full = evidence.of(f"{name}满分", plain(item.row.full), "评估细则的满分。")
    mark = "" if item.mark is None else evidence.of(f"{name}得分", plain(item.mark), f"{_MARK}{basis}", *item.cells)
    return MarkLine(item.row.item, item.row.content, full, mark, basis)


def _problems(material: SourceMaterial, score: Score, evidence: Evidence) -> Iterator[str]:
    """What lost points, the most first, with the cause where 任务指标 has one; what fails the form before it."""
    for item in score.vetoed:
        yield f"一票否决：{item.row.content}，{basis_of(item)}，先补这一条。"
    lost = [item for item in score.items if item.mark is not None and item.mark < item.row.full]
    for item in sorted(lost, key=_points_lost, reverse=True):
        name, basis = f"条目{item.row.item}扣分", basis_of(item)
        points = evidence.of(name, plain(_points_lost(item)), "满分 − 得分。", *item.cells)
        parts = (f"{item.row.content}：扣{points}分", basis, _cause(material, item, evidence))
        yield f"{'，'.join(filter(None, parts))}。"


def _cause(material: SourceMaterial, item: MarkedItem, evidence: Evidence) -> str:
    """原因 of the school's own target of the figure, as the summary gives it; '' without one."""
    named = (one for one in outcomes(material) if item.known and one.target.name == item.known.name)
    for outcome in named:
        at = Cell(TargetRow, outcome.target.line, "reason")
        if reason := evidence.quote(reason_of(material, outcome), f"{outcome.target.name}的原因", at):
            return f"原因是{reason.removeprefix('因为').removeprefix('原因是')}"
    return ""


def _points_lost(item: MarkedItem) -> Decimal:
    return item.row.full - (item.mark or Decimal(0))


def review_report(material: SourceMaterial) -> Composed[ReviewReport] | None:
    """图书审查清理报告 of the school year; None where nothing was reviewed in it."""
    evidence = Evidence(material)
    first = school_year(material.library, material.cut_off).start
    rows = [row for row in material.library[ReviewRow] if first <= row.reviewed_on <= material.cut_off]
    if not rows:
        return None
    rows.sort(key=lambda row: (row.reviewed_on, row.line))
    copies = [*_against(material, rows)]
    paper = ReviewReport(
        school=material.school,
        school_year=material.school_year,
        cut_off=say(material.cut_off),
        body=tuple(map(PlanLine, _reviewed(material, rows, len(copies), evidence))),
        reviews=tuple(map(_review_line, rows)),
        signed_by=material.signed_by,
        signed_on=say(material.library.as_of),
        copies=tuple(copies),
    )
    return Composed("图书审查清理报告", "图书审查清理报告.docx", paper, evidence.figures)


def _reviewed(material: SourceMaterial, rows: list[ReviewRow], copies: int, evidence: Evidence) -> Iterator[str]:
    in_year = Counted(ReviewRow, tuple(row.line for row in rows), "审查日期在本学年")
    times = evidence.of("审查次数", len(rows), "图书审查里本学年的行数。", sources=(_REVIEWS,), counted=(in_year,))
    if material.library[SummaryRow].incomplete:
        yield f"本学年图书室审查图书{times}次。"
    else:
        reached = len(reviewed_batches(material.library))
        batches = evidence.of("审查批数", reached, "图书审查的范围里有的批次。", sources=(_REVIEWS,))
        yield f"本学年图书室审查图书{times}次，审查过的有{batches}批。"
    if copies:
        words = "图书审查的结论不是通过的册数，同一册只算一次。"
        listed = evidence.of("停止借阅或剔除", copies, words, sources=(_REVIEWS,))
        yield f"定为停止借阅或剔除的{listed}册，清单附后。"
    else:
        yield "没有发现要停止借阅或剔除的图书。"


def _review_line(row: ReviewRow) -> ReviewLine:
    return ReviewLine(
        say(row.reviewed_on), row.scope, row.reviewer, row.outcome.value, row.reason or "", row.action or ""
    )


def _against(material: SourceMaterial, rows: list[ReviewRow]) -> Iterator[ReviewedCopy]:
    """The copies that were stopped or wanted out, each under its last review."""
    latest: dict[str, ReviewRow] = {}
    for row in rows:
        if row.outcome is not ReviewOutcome.PASSED:
            latest |= {copy.accession_no: row for copy in copies_of(material.library, row.scope) or ()}
    for number, row in sorted(latest.items()):
        yield _reviewed_copy(material, material.library.copies[number], row)


def _reviewed_copy(material: SourceMaterial, copy: AccessionRow, row: ReviewRow) -> ReviewedCopy:
    price = "" if copy.price is None else str(copy.price)
    now = "已注销" if material.library.written_off(copy) else "在册"
    return ReviewedCopy(copy.accession_no, copy.title, copy.class_no, price, row.outcome.value, now)
