"""清点报告, 注销清册 and 迎检封面, composed from the workbook."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from schoollib_xl.checks.check import Check
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.documents.composing.composed import Composed
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.stocktake_facts import COPIES, SCANS, days_said, last_stocktake
from schoollib_xl.documents.papers.plan import PlanLine
from schoollib_xl.documents.papers.registers import (
    CopyLine,
    CountLine,
    ReasonTotal,
    StocktakeReport,
    WithdrawalRegister,
    WithdrawnCopy,
)
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.vocabulary import Condition, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.counts import Stocktake
from schoollib_xl.wording.provenance import Figure
from schoollib_xl.wording.zh import say

# The checks that find what a stocktake saw in the wrong place.
_SURPLUS, _MISPLACED = ("STK301", "STK302"), ("STK305",)


def stocktake_report(material: SourceMaterial) -> Composed[StocktakeReport] | None:
    """清点报告 of the last stocktake of the term; None where nothing was counted."""
    count = last_stocktake(material)
    if count is None:
        return None
    surplus, misplaced = _found(material, count, _SURPLUS), _found(material, count, _MISPLACED)
    damaged = [scan for scan in count.scans if scan.condition in (Condition.DAMAGED, Condition.AWAITING_REPAIR)]
    paper = StocktakeReport(
        school=material.school,
        counted_on=days_said(count),
        cut_off=say(count.last_day),
        body=(PlanLine(_opening(material, count)), *_unfinished(count)),
        counts=_counts(count, len(surplus), len(misplaced), len(damaged)),
        signed_by=material.signed_by,
        signed_on=say(material.library.as_of),
        missing=tuple(_copy(copy, "") for copy in count.missing),
        surplus=tuple(_scanned(material, scan, _why_surplus(material, scan)) for scan in surplus),
        misplaced=tuple(_scanned(material, scan, f"盘点时在{scan.place}") for scan in misplaced),
        damaged=tuple(_scanned(material, scan, str(scan.condition)) for scan in damaged),
        closing=(PlanLine("盘亏图书再行查找，仍无下落的按手续报批注销。"),) if count.missing else (),
    )
    name = f"清点报告_{count.last_day.isoformat()}"
    return Composed(name, "清点报告.docx", paper, tuple(_count_figures(paper.counts, count)))


def _count_figures(lines: Iterable[CountLine], count: Stocktake) -> Iterator[Figure]:
    for line in lines:
        day, definition = count.last_day, _COUNTED[line.item]
        yield Figure(f"{line.item}册数", line.copies, definition, day, (SCANS, COPIES))
        if line.value:
            yield Figure(f"{line.item}金额", line.value, "这些图书的单价之和，单位元。", day, (SCANS, COPIES))
    if rate := _rate(count):
        yield Figure("账物相符率", rate, "找到册数 ÷ 应在架册数 × 100%。", count.last_day, (SCANS, COPIES))


_COUNTED = {
    "应在架": "清点时按账应在架上的册数：在册的减去在借、班级图书角、送修和报失的。",
    "找到": "应在架的书里，清点时看到的册数。",
    "盘亏": "应在架的书里，清点时没有看到的册数。",
    "盘盈": "清点时看到，账上没有或者已经注销的册数。",
    "错架": "清点时看到，地点和个别登记账的馆藏地不一样的册数。",
    "破损": "清点时状况记为破损或待修的册数。",
}


def _opening(material: SourceMaterial, count: Stocktake) -> str:
    places = {copy.location for copy in material.library[AccessionRow] if copy.location}
    seen = {
        material.library.copies[scan.accession_no].location
        for scan in count.scans
        if scan.accession_no in material.library.copies
    }
    what = (
        "全部藏书" if places <= seen and not [*_unfinished(count)] else "、".join(sorted(filter(None, seen))) + "的藏书"
    )
    return f"{days_said(count)}，图书室按账清点了{what}，结果报告如下。"


def _unfinished(count: Stocktake) -> Iterator[PlanLine]:
    finished = {one.part for one in count.finished}
    latest = {one.part: one for one in count.counts if one.part not in finished}
    for one in latest.values():
        yield PlanLine(f"{one.part.name}扫了 {one.seen}/{one.expected}，还没有盘完，不算在下面的数里。")


def _counts(count: Stocktake, surplus: int, misplaced: int, damaged: int) -> tuple[CountLine, ...]:
    missing = sum((copy.value for copy in count.missing), Decimal("0.00"))
    if not count.finished:
        return ()
    lines = [
        CountLine("应在架", str(count.expected), remarks="在册图书减去在借、班级图书角、送修和报失的"),
        CountLine("找到", str(count.found), remarks=_rate(count)),
        CountLine("盘亏", str(len(count.missing)), str(missing) if count.missing else ""),
    ]
    others = (("盘盈", surplus), ("错架", misplaced), ("破损", damaged))
    return (*lines, *(CountLine(name, str(copies)) for name, copies in others))


def _rate(count: Stocktake) -> str:
    return "" if count.rate is None else f"账物相符率{(count.rate * 100).normalize():f}%"


def _found(material: SourceMaterial, count: Stocktake, codes: Iterable[str]) -> list[StocktakeRow]:
    """The scans of this stocktake the checks of these codes find fault with, in line order."""
    checks: list[Check] = [ALL[code] for code in codes]
    lines = {finding.at.line for finding in run(material.library, checks).findings}
    return [scan for scan in count.scans if scan.line in lines]


def _why_surplus(material: SourceMaterial, scan: StocktakeRow) -> str:
    return "已经注销" if scan.accession_no in material.library.copies else "个别登记账没有这个号"


def _scanned(material: SourceMaterial, scan: StocktakeRow, remarks: str) -> CopyLine:
    if copy := material.library.copies.get(scan.accession_no):
        return _copy(copy, remarks)
    return CopyLine(scan.accession_no, "", "", "", scan.place or "", remarks)


def _copy(copy: AccessionRow, remarks: str) -> CopyLine:
    return CopyLine(
        copy.accession_no,
        copy.title,
        copy.class_no,
        "" if copy.price is None else str(copy.price),
        copy.location or "",
        remarks,
    )


def withdrawal_registers(material: SourceMaterial) -> Iterator[Composed[WithdrawalRegister]]:
    """注销清册 of each batch written off in the term, or up to the cut-off where the term is not known."""
    window = material.window
    rows = [
        row
        for row in material.library[WithdrawalRow]
        if row.withdrawn_on <= material.cut_off and (window is None or row.withdrawn_on in window)
    ]
    for batch_no, batch in group_by(rows, "withdrawal_no").items():
        register = _register(material, batch_no, batch)
        yield Composed(f"注销清册_{batch_no}", "注销清册.docx", register, tuple(_sums(register, batch)))


def _sums(register: WithdrawalRegister, rows: Sequence[WithdrawalRow]) -> Iterator[Figure]:
    day, cells = rows[0].withdrawn_on, tuple(cell(row, "price") for row in rows)
    yield Figure("合计册数", register.count, "这一批注销的册数。", day, cells=cells)
    yield Figure("合计金额", register.value, "这一批注销图书的单价之和，单位元。", day, cells=cells)
    for total in register.reasons:
        same = tuple(cell(row, "price") for row in rows if row.reason == total.reason)
        yield Figure(f"{total.reason}册数", total.copies, "因这个原因注销的册数。", day, cells=same)
        yield Figure(f"{total.reason}金额", total.value, "因这个原因注销图书的单价之和，单位元。", day, cells=same)


def _register(material: SourceMaterial, batch_no: str, rows: Sequence[WithdrawalRow]) -> WithdrawalRegister:
    return WithdrawalRegister(
        school=material.school,
        batch_no=batch_no,
        withdrawn_on=say(rows[0].withdrawn_on),
        count=str(len(rows)),
        value=str(_value(rows)),
        reasons=tuple(
            _reason(reason, rows) for reason in WithdrawalReason if any(row.reason is reason for row in rows)
        ),
        copies=tuple(_withdrawn(material, row) for row in rows),
        signed_by=material.signed_by,
        signed_on=say(material.library.as_of),
        approval=_approval(rows),
    )


def _value(rows: Iterable[WithdrawalRow]) -> Decimal:
    return sum((row.price for row in rows), Decimal("0.00"))


def _reason(reason: WithdrawalReason, rows: Sequence[WithdrawalRow]) -> ReasonTotal:
    same = [row for row in rows if row.reason is reason]
    return ReasonTotal(reason, str(len(same)), str(_value(same)))


def _withdrawn(material: SourceMaterial, row: WithdrawalRow) -> WithdrawnCopy:
    copy = material.library.copies.get(row.accession_no)
    title, class_no = row.title or (copy.title if copy else ""), row.class_no or (copy.class_no if copy else "")
    return WithdrawnCopy(row.accession_no, title, class_no, str(row.price), row.reason, row.disposal or "")


def _approval(rows: Sequence[WithdrawalRow]) -> str:
    """批准人：周校长；批准文号：…, each name once; '' where nobody has approved."""
    people = dict.fromkeys(row.approved_by for row in rows if row.approved_by)
    papers = dict.fromkeys(row.approval_no for row in rows if row.approval_no)
    said = [f"{label}：{'、'.join(found)}" for label, found in (("批准人", people), ("批准文号", papers)) if found]
    return "；".join(said) + "。" if said else ""
