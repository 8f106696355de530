"""注销清册, composed from the workbook."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.material import Composed, SourceMaterial
from schoollib_xl.documents.papers.registers import (
    ReasonTotal,
    WithdrawalRegister,
    WithdrawnCopy,
)
from schoollib_xl.ledgers.library import group_by
from schoollib_xl.ledgers.schema import Cell, header_of
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.wording.answer import ABSENT
from schoollib_xl.wording.papers.provenance import Counted, Figure
from schoollib_xl.wording.places import address
from schoollib_xl.wording.zh import say

_WITHDRAWN = SourceColumns(WithdrawalRow, ("withdrawal_no", "reason", "price"))
_APPROVALS = (header_of(WithdrawalRow, "approved_by"), header_of(WithdrawalRow, "approval_no"))


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
    first, *others = [one for one in WithdrawalReason if any(row.reason is one for row in rows)]
    # Of one reason the sums are those of the batch.
    each = [_reason(one, rows, of_batch, evidence) for one in (first, *others)] if others else []
    reasons = tuple(each or [ReasonTotal(first, count, value)])
    return WithdrawalRegister(
        school=material.school,
        batch_no=batch_no,
        withdrawn_on=say(rows[0].withdrawn_on),
        count=count,
        value=value,
        total=_total(count, value, rows, evidence),
        by_reason=_by_reason(reasons),
        reasons=reasons,
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


def _by_reason(reasons: Sequence[ReasonTotal]) -> str:
    """其中剔旧8册、196.00元，破损6册、87.00元; of one reason 原因是剔旧."""
    if len(reasons) == 1:
        return f"原因是{reasons[0].reason}"
    each = (f"{one.reason}{one.copies}册" + ("" if one.value == ABSENT else f"、{one.value}元") for one in reasons)
    return f"其中{'，'.join(each)}"


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
