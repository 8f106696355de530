"""迎检封面: the ledgers of the school with their figures and what the checks say of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from schoollib_xl.checks.status import LedgerStatus, beside_ledgers, statuses
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.holdings import COPIES, WITHDRAWN, changes, money_known
from schoollib_xl.documents.composing.material import CheckedMaterial, Composed, SourceMaterial
from schoollib_xl.documents.composing.tables.holdings import ledger_line, other_sheets_line
from schoollib_xl.documents.papers.registers import InspectionCover
from schoollib_xl.documents.papers.summary import LedgerOverview
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.completeness import told
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow, sign_of
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.basis.stock import copies_in_force, unnumbered
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.rules.holdings import Amount, added_up
from schoollib_xl.wording.checking.summary import verdict
from schoollib_xl.wording.checking.unchecked import unchecked_sentences
from schoollib_xl.wording.zh import closed_up, say

_CONCLUSION = "全部核对项的结果：核对了多少项、多少行，错误、存疑、提示各有几处。"


def inspection_cover(material: CheckedMaterial) -> Composed[InspectionCover]:
    """The cover sheet; raises CannotCompose where the school has no name."""
    report, school, evidence = material.report, material.library.school, Evidence(material)
    conclusion = closed_up(verdict(material.library, report))
    paper = InspectionCover(
        school=material.school,
        school_year=material.school_year,
        cut_off=say(material.cut_off),
        librarian=school.librarian or "",
        headmaster=school.principal or "",
        ledgers=tuple(_lines(material, evidence)),
        conclusion=evidence.of("核对结论", conclusion, _CONCLUSION),
        signed_on=say(material.library.as_of),
        unchecked=tuple(map(closed_up, _unchecked(material))),
    )
    return Composed("迎检封面", "迎检封面.docx", paper, evidence.figures)


def _unchecked(material: CheckedMaterial) -> list[str]:
    """Why something was not checked; of several causes only that there are some: a cover is one page."""
    found = unchecked_sentences(material.library, material.report.unchecked)
    checks = len({one.check.code for one in material.report.unchecked})
    return [f"有 {checks} 项没有核对完，原因列在核对结果的“未核对”里。"] if len(found) > 1 else found


def _lines(material: CheckedMaterial, evidence: Evidence) -> Iterator[LedgerOverview]:
    """The seven ledgers; below them the other sheets where something was found: the conclusion counts it."""
    for status in statuses(material.library, material.report):
        yield _line(material, status, evidence)
    lines, counts = beside_ledgers(material.library, material.report)
    if counts.errors or counts.warnings or counts.explained:
        outcome = "待查" if counts.errors or counts.warnings else ""
        yield replace(other_sheets_line(lines, counts, evidence), outcome=outcome)


def _line(material: SourceMaterial, status: LedgerStatus, evidence: Evidence) -> LedgerOverview:
    name = status.sheet.name
    line = ledger_line(status, evidence)
    if not status.present:
        return replace(line, outcome="没有这本账")
    tell, definition, source = _FIGURES[status.sheet.row_type]
    figures = "" if status.is_blank else tell(material)
    if figures:
        evidence.of(f"{name}主要数据", figures, definition, sources=(source,))
    return replace(line, figures=figures, outcome=_outcome(status))


def _outcome(status: LedgerStatus) -> str:
    if status.errors or status.warnings:
        return "待查"
    if status.is_blank:
        return "还没有记"
    return "未核对完" if status.unchecked else "相符"


def _until(material: SourceMaterial, table: LedgerTable[Any], day: str, *names: str) -> list[tuple[Any, ...]] | None:
    """The lines up to the cut-off, each with its day and these values; None where a line lacks one of them."""
    lines = told(table, day, *names)
    return None if lines is None else [line for line in lines if line[0] <= material.cut_off]


def _holding(copies: int, values: Iterable[Decimal] | None) -> str:
    """3册、30.00元; without the money where a line lacks it or no copy has a price."""
    held = Amount(copies, sum(values or (), NO_MONEY))
    return f"{copies}册" + ("" if values is None or not money_known(held) else f"、{held.value}元")


def _batches(material: SourceMaterial) -> str:
    table, flow = material.library[SummaryRow], ("registered_on", "flow")
    days = _until(material, table, "registered_on")
    copies, values = (_until(material, table, *flow, name) for name in ("copies", "list_value"))
    money = None if values is None else [_signed(*line) for line in values]
    batches = [] if days is None else [f"{len(days)}批"]
    held = [] if copies is None else [f"结存{_holding(sum(_signed(*line) for line in copies), money)}"]
    return "，".join([*batches, *held])


def _signed(_: date, flow: Flow, number: Any) -> Any:
    """What a batch adds to the holdings, or takes from them."""
    return sign_of(flow) * number


def _copies(material: SourceMaterial) -> str:
    held = added_up(change.closing for change in changes(material).values())
    unpriced = sum(copy.price is None for copy in copies_in_force(material.library, material.cut_off))
    without = f"（{unpriced}册没有单价）" if unpriced and money_known(held) else ""
    beside = f"，另有{count}册没有登记号" if (count := len(unnumbered(material.library))) else ""
    return f"在册{_holding(held.copies, [held.value])}{without}{beside}"


def _classes(material: SourceMaterial) -> str:
    lines = _until(material, material.library[ClassificationRow], "ends_on", "closing_copies")
    last = max((day for day, _ in lines or ()), default=None)
    if lines is None or last is None:
        return ""
    priced = _until(material, material.library[ClassificationRow], "ends_on", "closing_value")
    copies = sum(count for day, count in lines if day == last)
    values = None if priced is None else [value for day, value in priced if day == last]
    return f"{say(last)}期末{_holding(copies, values)}"


def _withdrawals(material: SourceMaterial) -> str:
    lines = _until(material, material.library.standing_withdrawals, "withdrawn_on")
    priced = _until(material, material.library.standing_withdrawals, "withdrawn_on", "price")
    prices = None if priced is None else [price for _, price in priced]
    return "" if lines is None else f"注销{_holding(len(lines), prices)}"


def _periodicals(material: SourceMaterial) -> str:
    known = {indicator.name: indicator.value for indicator in material.quotas.indicators}
    amounts = told(material.library[PeriodicalRow], "amount")
    titles = known.get("报刊种数", 0)
    # Without a term nobody can tell which run in it.
    ordered = [] if titles is None else [f"在订{titles}种"]
    money = [] if amounts is None else [f"历次金额{sum((amount for (amount,) in amounts), NO_MONEY)}元"]
    return "，".join([*ordered, *money])


def _loans(material: SourceMaterial) -> str:
    known = {indicator.name: indicator.value for indicator in material.quotas.indicators}
    if "流通册次" not in known:
        return ""
    lent = [] if known["流通册次"] is None else [f"本学期流通{known['流通册次']}册次"]
    late = [] if material.overdue is None else [f"逾期未还{len(material.overdue)}册"]
    return "，".join([*lent, *late])


def _incidents(material: SourceMaterial) -> str:
    lines = _until(material, material.library[CompensationRow], "registered_on")
    still_open = [] if material.open_incidents is None else [f"未结清{len(material.open_incidents)}件"]
    return "，".join([*([] if lines is None else [f"{len(lines)}件"]), *still_open])


_FIGURES: Mapping[type[Any], tuple[Callable[[SourceMaterial], str], str, SourceColumns]] = {
    SummaryRow: (
        _batches,
        "截止日期以前登记的批数，收入减注销的册数和码洋。",
        SourceColumns(SummaryRow, ("registered_on", "flow", "copies", "list_value")),
    ),
    AccessionRow: (_copies, "截止日期在册的册数和单价之和。", COPIES),
    ClassificationRow: (
        _classes,
        "截止日期以前最后一期各类期末册数和金额之和。",
        SourceColumns(ClassificationRow, ("ends_on", "closing_copies", "closing_value")),
    ),
    WithdrawalRow: (_withdrawals, "截止日期以前注销的册数和单价之和。", WITHDRAWN),
    PeriodicalRow: (
        _periodicals,
        "订期和本学期重合的种数，历次订阅的金额之和。",
        SourceColumns(PeriodicalRow, ("title", "starts_on", "ends_on", "amount")),
    ),
    LoanRow: (
        _loans,
        "本学期个人和班级借出的册次，截止日期到期未还的册数。",
        SourceColumns(LoanRow, ("lent_on", "mode", "due_on", "returned_on")),
    ),
    CompensationRow: (
        _incidents,
        "截止日期以前登记的件数，其中还没有结清的。",
        SourceColumns(CompensationRow, ("registered_on", "settled_on")),
    ),
}
"""What tells the main figures of each ledger, what they mean, and the columns they come from."""
