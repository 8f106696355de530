"""自查自评报告 and 图书审查清理报告, composed from marks, a sample and the reviews."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from schoollib_xl.documents.composing.composed import Composed
from schoollib_xl.documents.composing.material import SourceMaterial
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
from schoollib_xl.inspection.forms import Form
from schoollib_xl.inspection.marking import MarkedItem, Score
from schoollib_xl.inspection.sample import Sample
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.vocabulary import ReviewOutcome
from schoollib_xl.quotas.period import school_year
from schoollib_xl.rules.reviews import copies_of, reviewed_batches
from schoollib_xl.wording.inspection import basis_of, outcome_sentences, plain
from schoollib_xl.wording.provenance import Figure
from schoollib_xl.wording.zh import say

_MARK = "照评估细则算出或自评的得分。"


def self_assessment(
    material: SourceMaterial, form: Form, score: Score, sample: Sample, found: SampleOutcome | None
) -> Composed[SelfAssessment]:
    """自查自评报告. Raises CannotCompose where the school has no name."""
    paper = SelfAssessment(
        school=material.school,
        school_year=material.school_year,
        cut_off=say(material.cut_off),
        body=tuple(map(PlanLine, _told(material, form, score, sample, found))),
        groups=tuple(_groups(score)),
        marks=tuple(map(_mark_line, score.items)),
        signed_by=material.signed_by,
        signed_on=say(material.library.as_of),
        problems=tuple(map(PlanLine, _problems(score))),
    )
    return Composed("自查自评报告", "自查自评报告.docx", paper, tuple(_figures(material, score)))


def _told(
    material: SourceMaterial, form: Form, score: Score, sample: Sample, found: SampleOutcome | None
) -> Iterator[str]:
    yield f"{material.school}图书室对照{_form_named(form)}逐条自查，数据算到{say(material.cut_off)}，结果报告如下。"
    total = f"满分{plain(score.full)}分，自评得{plain(score.total)}分"
    yield f"{total}，另有{len(score.open)}条（{plain(score.open_full)}分）待评。" if score.open else f"{total}。"
    if found:
        yield "".join(outcome_sentences(found, sample))


def _form_named(form: Form) -> str:
    return "评估细则" if form.is_own else f"“{form.name}”"


def _groups(score: Score) -> Iterator[GroupLine]:
    for name, items in groupby(score.items, lambda item: item.row.group or "其他"):
        rows = list(items)
        left = _full([item for item in rows if item.mark is None])
        marked = sum((item.mark for item in rows if item.mark is not None), Decimal(0))
        yield GroupLine(name, plain(_full(rows)), plain(marked), plain(left) if left else "")
    left = score.open_full
    yield GroupLine("合计", plain(score.full), plain(score.total), plain(left) if left else "")


def _full(items: list[MarkedItem]) -> Decimal:
    return sum((item.row.full for item in items), Decimal(0))


def _mark_line(item: MarkedItem) -> MarkLine:
    mark = "" if item.mark is None else plain(item.mark)
    return MarkLine(item.row.item, item.row.content, plain(item.row.full), mark, basis_of(item))


def _problems(score: Score) -> Iterator[str]:
    """What lost points, the most first; what fails the whole form before it."""
    for item in score.vetoed:
        yield f"一票否决：{item.row.content}，{basis_of(item)}，先补这一条。"
    lost = [item for item in score.items if item.mark is not None and item.mark < item.row.full]
    for item in sorted(lost, key=_points_lost, reverse=True):
        points, basis = plain(_points_lost(item)), basis_of(item)
        yield f"{item.row.content}：扣{points}分，{basis}。" if basis else f"{item.row.content}：扣{points}分。"


def _points_lost(item: MarkedItem) -> Decimal:
    return item.row.full - (item.mark or Decimal(0))


def _figures(material: SourceMaterial, score: Score) -> Iterator[Figure]:
    day = material.cut_off
    yield Figure("满分", plain(score.full), "评估细则各条满分之和。", day)
    yield Figure("自评得分", plain(score.total), "评估细则各条得分之和，待评的不算。", day)
    for item in score.items:
        if item.mark is not None:
            yield Figure(f"条目{item.row.item}得分", plain(item.mark), _MARK, day, cells=item.cells)


def review_report(material: SourceMaterial) -> Composed[ReviewReport] | None:
    """图书审查清理报告 of the school year; None where nothing was reviewed in it."""
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
        body=tuple(map(PlanLine, _reviewed(material, rows, len(copies)))),
        reviews=tuple(map(_review_line, rows)),
        signed_by=material.signed_by,
        signed_on=say(material.library.as_of),
        copies=tuple(copies),
    )
    figures = (Figure("审查次数", str(len(rows)), "图书审查里本学年的行数。", material.cut_off, cells=_cells(rows)),)
    return Composed("图书审查清理报告", "图书审查清理报告.docx", paper, figures)


def _cells(rows: list[ReviewRow]) -> tuple[Cell, ...]:
    return tuple(cell(row, "outcome") for row in rows)


def _reviewed(material: SourceMaterial, rows: list[ReviewRow], copies: int) -> Iterator[str]:
    batches = len(reviewed_batches(material.library))
    yield f"本学年图书室审查图书{len(rows)}次，审查过的有{batches}批。"
    if copies:
        yield f"定为停止借阅或剔除的{copies}册，清单附后。"
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
