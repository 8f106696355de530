"""清点报告, 注销清册 and 迎检封面, composed from the workbook."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from schoollib_xl.checks.check import Check
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.holdings import COUNTED_COPIES, SCANS, last_stocktake
from schoollib_xl.documents.composing.facts.names import FACTS
from schoollib_xl.documents.composing.facts.stating import days_said
from schoollib_xl.documents.composing.material import Composed, SourceMaterial
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
from schoollib_xl.ledgers.schema import Cell, header_of
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.units import NO_MONEY, per_cent
from schoollib_xl.ledgers.vocabulary import Condition, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.rules.counts import Stocktake
from schoollib_xl.rules.stocktakes import Stocktakes
from schoollib_xl.wording.answer import ABSENT
from schoollib_xl.wording.papers.provenance import Counted, Figure
from schoollib_xl.wording.places import address
from schoollib_xl.wording.zh import say

# The checks that find what a stocktake saw in the wrong place.
_SURPLUS, _MISPLACED = ("STK301", "STK302"), ("STK305",)
_COUNTED = {
    "应在架": "清点时按账应在架上的册数：在册的减去在借、班级图书角、送修和报失的。",
    "找到": FACTS["找到册数"],
    "盘亏": FACTS["盘亏册数"],
    "没有看到": FACTS["没有看到册数"],
    "盘盈": "清点时看到，账上没有或者已经注销的册数。",
    "错架": "清点时看到，地点和个别登记账的馆藏地不一样的册数。",
    "破损": "清点时状况记为破损或待修的册数。",
}
# What is to be done about what nobody saw; where rows without a number may be of it, that first.
_THEN = ("盘亏图书再行查找，仍无下落的按手续报批注销。", "先补上盘点记录里的登记号，还没有看到的再行查找。")
_ROWS = (SCANS, COUNTED_COPIES)
_SHELVED = "在册图书减去在借、班级图书角、送修和报失的"
_WITHDRAWN = SourceColumns(WithdrawalRow, ("withdrawal_no", "reason", "price"))
_APPROVALS = (header_of(WithdrawalRow, "approved_by"), header_of(WithdrawalRow, "approval_no"))


def stocktake_report(material: SourceMaterial) -> Composed[StocktakeReport] | None:
    """清点报告 of the last stocktake of the term; None where nothing was counted."""
    count = last_stocktake(material)
    if count is None:
        return None
    evidence = Evidence(material)
    surplus, misplaced = _found(material, count, _SURPLUS), _found(material, count, _MISPLACED)
    damaged = [scan for scan in count.scans if scan.condition in (Condition.DAMAGED, Condition.AWAITING_REPAIR)]
    scanned = {"盘盈": surplus, "错架": misplaced, "破损": damaged}
    paper = StocktakeReport(
        school=material.school,
        counted_on=days_said(count.first_day, count.last_day),
        cut_off=say(count.last_day),
        body=(PlanLine(_opening(material, count)), *_unfinished(count), *_unnamed(count)),
        counts=tuple(_counts(material, count, scanned, evidence)) if count.finished else (),
        signed_by=material.signed_by,
        signed_on=say(material.library.as_of),
        missing=() if count.unnamed else tuple(_copy(copy, "") for copy in count.missing),
        surplus=tuple(_scanned(material, scan, _why_surplus(material, scan)) for scan in surplus),
        misplaced=tuple(_scanned(material, scan, f"盘点时在{scan.place}") for scan in misplaced),
        damaged=tuple(_scanned(material, scan, str(scan.condition)) for scan in damaged),
        closing=(PlanLine(_THEN[bool(count.unnamed)]),) if count.missing else (),
    )
    return Composed(f"清点报告_{count.last_day.isoformat()}", "清点报告.docx", paper, evidence.figures)


def _counts(
    material: SourceMaterial, count: Stocktake, scanned: Mapping[str, Sequence[StocktakeRow]], evidence: Evidence
) -> Iterator[CountLine]:
    """The figures of a stocktake, each with the very rows it was counted from."""

    def shown(item: str, rows: Counted, what: str = "册数", value: str = "") -> str:
        words = "这些图书的单价之和，单位元。" if value else _COUNTED[item]
        figure = Figure(f"{item}{what}", value or str(len(rows.lines)), words, count.last_day, _ROWS, counted=(rows,))
        return evidence.show(figure)

    expected, missing = _expected(material, count), [copy.line for copy in count.missing]
    found = sorted((Counter(expected) - Counter(missing)).elements())
    yield CountLine("应在架", shown("应在架", _of_copies("应在架", expected)), remarks=_SHELVED)
    rate = _rate_said(count, evidence)
    yield CountLine("找到", shown("找到", _of_copies("找到", found)), remarks=rate)
    item = "没有看到" if count.unnamed else "盘亏"
    lost, value = _of_copies(item, missing), sum((copy.value for copy in count.missing), NO_MONEY)
    is_priced = missing and not count.unnamed and all(copy.price is not None for copy in count.missing)
    price = shown(item, lost._replace(adds="price"), "金额", str(value)) if is_priced else ""
    yield CountLine(item, shown(item, lost), price)
    for item, scans in scanned.items():
        yield CountLine(item, shown(item, _of_scans(item, scans)))


def _of_copies(item: str, lines: Sequence[int]) -> Counted:
    return Counted(AccessionRow, tuple(lines), _COUNTED[item].rstrip("。"))


def _of_scans(item: str, scans: Sequence[StocktakeRow]) -> Counted:
    return Counted(StocktakeRow, tuple(scan.line for scan in scans), _COUNTED[item].rstrip("。"))


def _expected(material: SourceMaterial, count: Stocktake) -> list[int]:
    """The lines of the copies that should have been where the stocktake went through to the end."""
    stocktakes = material.library.derive(Stocktakes)
    return [copy.line for one in count.finished for copy in stocktakes.expected_of(one.part, one.scans)]


def _rate_said(count: Stocktake, evidence: Evidence) -> str:
    if count.rate is None:
        return ""
    figure = Figure("帐物相符率", per_cent(count.rate), FACTS["账物相符率"], count.last_day, _ROWS)
    return f"帐物相符率{evidence.show(figure)}"


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
    return f"{days_said(count.first_day, count.last_day)}，图书室按账清点了{what}，结果报告如下。"


def _unfinished(count: Stocktake) -> Iterator[PlanLine]:
    finished = {one.part for one in count.finished}
    latest = {one.part: one for one in count.counts if one.part not in finished}
    for one in latest.values():
        yield PlanLine(f"{one.part.name}扫了 {one.seen}/{one.expected}，还没有盘完，不算在下面的数里。")


def _unnamed(count: Stocktake) -> Iterator[PlanLine]:
    if count.unnamed:
        yield PlanLine(
            f"盘点记录有 {count.unnamed} 行没有写登记号，可能就是没有看到的书（核对结果里有），补上登记号再说盘亏。"
        )


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
    """注销清册 of each batch written off in the term, or up to the cut-off where the term is not known; none of a batch
    of which a line cannot be read: a copy would be missing from what is signed.
    """
    unread = _unread_lines(material)
    for batch_no, batch in group_by(_written_off(material), "withdrawal_no").items():
        if not unread.keys() & {batch_no, None}:
            evidence = Evidence(material)
            register = _register(material, batch_no, batch, evidence)
            yield Composed(f"注销清册_{batch_no}", "注销清册.docx", register, evidence.figures)


def register_notes(material: SourceMaterial) -> Iterator[str]:
    """The batches that have no register, since a line that is or may be theirs cannot be read."""
    for of, lines in _unread_lines(material).items():
        at = address(material.library, Cell(WithdrawalRow, lines[0], "accession_no"))
        where = f"{at} 等 {len(lines)} 行" if lines[1:] else f"{at} 那一行"
        batch = f"注销批号 {of} 的注销清册" if of else "不知道是哪一批的，各批的注销清册都"
        yield f"{where}没有填全，{batch}没有写；补全了再做一次。"


def _written_off(material: SourceMaterial) -> list[WithdrawalRow]:
    return [row for row in material.library.standing_withdrawals if _is_of_term(material, row.withdrawn_on)]


def _unread_lines(material: SourceMaterial) -> dict[str | None, list[int]]:
    """The lines that cannot be read and belong to a batch of the term, or may do so by their day; by batch, None where
    they do not say it.
    """
    batches, lines = {row.withdrawal_no for row in _written_off(material)}, dict[str | None, list[int]]()
    for line in material.library[WithdrawalRow].incomplete:
        batch_no, day = line.values.get("withdrawal_no"), line.values.get("withdrawn_on")
        if batch_no in batches or day is None or _is_of_term(material, day):
            lines.setdefault(batch_no, []).append(line.line)
    return lines


def _is_of_term(material: SourceMaterial, day: date) -> bool:
    return day <= material.cut_off and (material.window is None or day in material.window)


def _register(
    material: SourceMaterial, batch_no: str, rows: Sequence[WithdrawalRow], evidence: Evidence
) -> WithdrawalRegister:
    of_batch = f"注销批号是{batch_no}"
    count = _shown("合计册数", "这一批注销的册数。", rows, of_batch, evidence)
    value = _shown("合计金额", "这一批注销图书的单价之和，单位元。", rows, of_batch, evidence)
    return WithdrawalRegister(
        school=material.school,
        batch_no=batch_no,
        withdrawn_on=say(rows[0].withdrawn_on),
        count=count,
        value=value,
        total=_total(count, value, rows, evidence),
        reasons=tuple(
            _reason(reason, rows, of_batch, evidence)
            for reason in WithdrawalReason
            if any(row.reason is reason for row in rows)
        ),
        copies=tuple(_withdrawn(material, row) for row in rows),
        signed_by=material.signed_by,
        signed_on=say(material.library.as_of),
        approval=_approval(rows),
    )


def _total(count: str, value: str, rows: Sequence[WithdrawalRow], evidence: Evidence) -> str:
    """14册、396.00元（其中2册没有单价）."""
    unpriced = [row for row in rows if row.price is None]
    if len(unpriced) == len(rows):
        return f"{count}册，都没有单价"
    if not unpriced:
        return f"{count}册、{value}元"
    counted = (Counted(WithdrawalRow, tuple(row.line for row in unpriced), "单价空着"),)
    without = evidence.of("没有单价册数", len(unpriced), "单价空着的册数。", sources=(_WITHDRAWN,), counted=counted)
    return f"{count}册、{value}元（其中{without}册没有单价）"


def _shown(name: str, meaning: str, rows: Sequence[WithdrawalRow], words: str, evidence: Evidence) -> str:
    """The number of some rows, or the sum of their prices, with the rows it was counted from; no sum where none has
    one.
    """
    is_money = name.endswith("金额")
    if is_money and all(row.price is None for row in rows):
        return ABSENT
    counted = Counted(WithdrawalRow, tuple(row.line for row in rows), words, "price" if is_money else "")
    value = str(_value(rows) if is_money else len(rows))
    return evidence.show(Figure(name, value, meaning, rows[0].withdrawn_on, (_WITHDRAWN,), counted=(counted,)))


def _value(rows: Iterable[WithdrawalRow]) -> Decimal:
    return sum((row.price for row in rows if row.price), NO_MONEY)


def _reason(reason: WithdrawalReason, rows: Sequence[WithdrawalRow], of_batch: str, evidence: Evidence) -> ReasonTotal:
    same, words = [row for row in rows if row.reason is reason], f"{of_batch}；注销原因是{reason}"
    return ReasonTotal(
        reason,
        _shown(f"{reason}册数", "因这个原因注销的册数。", same, words, evidence),
        _shown(f"{reason}金额", "因这个原因注销图书的单价之和，单位元。", same, words, evidence),
    )


def _withdrawn(material: SourceMaterial, row: WithdrawalRow) -> WithdrawnCopy:
    copy = material.library.copies.get(row.accession_no)
    title, class_no = row.title or (copy.title if copy else ""), row.class_no or (copy.class_no if copy else "")
    price = "" if row.price is None else str(row.price)
    return WithdrawnCopy(row.accession_no, title, class_no, price, row.reason, row.disposal or "")


def _approval(rows: Sequence[WithdrawalRow]) -> str:
    """批准人：周校长；批准文号：…, each name once; '' where nobody has approved."""
    people = dict.fromkeys(row.approved_by for row in rows if row.approved_by)
    papers = dict.fromkeys(row.approval_no for row in rows if row.approval_no)
    said = [f"{label}：{'、'.join(found)}" for label, found in zip(_APPROVALS, (people, papers), strict=True) if found]
    return "；".join(said) + "。" if said else ""
