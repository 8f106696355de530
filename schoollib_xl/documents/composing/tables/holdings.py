"""藏书变动 and 经费 of a summary: tables by class of books and heading of money, the chart of proportions."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from schoollib_xl.checks.status import Counts, LedgerStatus, beside_ledgers, statuses, without_later
from schoollib_xl.documents.composing.counting import came, held, went
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.holdings import (
    BATCHES,
    CASH,
    COPIES,
    WITHDRAWN,
    ClassMovement,
    cash_rows,
    changes,
    money_known,
)
from schoollib_xl.documents.composing.facts.names import FACTS
from schoollib_xl.documents.composing.material import CheckedMaterial, SourceMaterial
from schoollib_xl.documents.filling.blanks import ChartData, Series
from schoollib_xl.documents.filling.stylebook import ITEM
from schoollib_xl.documents.papers.plan import PlanLine
from schoollib_xl.documents.papers.summary import NO_CHART, HoldingsChange, LedgerOverview, MoneyLine
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import grouped
from schoollib_xl.ledgers.schema import cell, header_of
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import CLASS_NAMES
from schoollib_xl.quotas.measures.holding_indicators import group_name
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.quotas.measures.standards import GROUPS
from schoollib_xl.rules.holdings import added_up
from schoollib_xl.wording.papers.provenance import Counted, Figure

_COLUMNS = (
    (header_of(ClassificationRow, "opening_copies"), "学期开始时在册的册数。", (COPIES,)),
    (header_of(ClassificationRow, "added_copies"), FACTS["入藏册数"], (COPIES, BATCHES)),
    (header_of(ClassificationRow, "removed_copies"), "学期里注销的册数。", (COPIES, WITHDRAWN)),
    (header_of(ClassificationRow, "closing_copies"), "截止日期在册的册数。", (COPIES,)),
    (header_of(ClassificationRow, "closing_value"), FACTS["藏书金额"], (COPIES,)),
)
# 购图书（2025-002） is booked under 购图书.
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_GROUP_NAMES = {"A": "马列毛邓", "B": "哲学", "C-K": "社会科学", "N-X": "自然科学", "Z": "综合"}

# What stands in place of money where none of the copies has a price.
_UNPRICED = "未定价"
# What a payment is called of which nobody wrote what it was for.
_NO_SUMMARY = "没有写摘要的"
# The sheets beside the seven ledgers.
_OTHERS = "辅助表"
# So many checks are named in a paragraph of three lines.
_MOST_TITLES = 6
_LEDGER_COLUMNS = (
    ("行数", "记了多少行。"),
    ("错误", "核对出的错误，已说明的不算。"),
    ("存疑", "核对出的存疑，已说明的不算。"),
    ("已说明", "已在差异说明里说明的处数。"),
)


def holdings_changes(material: SourceMaterial, evidence: Evidence) -> tuple[HoldingsChange, ...]:
    """The change of each class of books and of all together."""
    if material.window is None or not material.library[AccessionRow].present:
        return ()
    found = changes(material)
    lines = [_line(_class_name(letter), [letter], change, material, evidence) for letter, change in found.items()]
    if not lines:
        return ()
    total = ClassMovement(*map(added_up, zip(*found.values(), strict=True)))
    return (*lines, _line("合计", list(found), total, material, evidence))


def _class_name(letter: str) -> str:
    """I 文学; long names only as far as their first word, as on the spine."""
    return f"{letter} {CLASS_NAMES[letter]}" if letter in CLASS_NAMES else f"{letter} 类号不明".strip()


def _rows(material: SourceMaterial, letters: list[str]) -> tuple[Counted, ...]:
    """The copies behind each column of a line."""
    return (
        held(material, letters, at_start=True),
        came(material, letters),
        went(material, letters),
        held(material, letters),
        held(material, letters, adds="price"),
    )


def _line(
    name: str, letters: list[str], change: ClassMovement, material: SourceMaterial, evidence: Evidence
) -> HoldingsChange:
    values = (
        change.opening.copies,
        change.added.copies,
        change.removed.copies,
        change.closing.copies,
        change.closing.value if money_known(change.closing) else _UNPRICED,
    )
    rows = _rows(material, letters)
    shown = [
        evidence.of(f"{name}{column}", value, definition, sources=sources, counted=(counted,))
        for (column, definition, sources), value, counted in zip(_COLUMNS, values, rows, strict=True)
    ]
    return HoldingsChange(name, *shown)


def holdings_chart(material: SourceMaterial, evidence: Evidence) -> ChartData:
    """The five groups of books beside what the standard asks."""
    held = {holding.indicator.name: holding for holding in material.quotas.holdings}
    found = [(group, held[group_name(group)]) for group in GROUPS if group_name(group) in held]
    known = [(group, one) for group, one in found if one.indicator.value is not None and one.standard is not None]
    if not known:
        return NO_CHART
    for _, one in known:
        indicator = one.indicator
        evidence.show(
            Figure(indicator.name, f"{indicator.value}%", indicator.definition, indicator.as_of, indicator.source)
        )
        evidence.show(Figure(f"{indicator.name}标准", f"{one.standard}%", one.basis, indicator.as_of))
    return ChartData(
        tuple(f"{group.replace('-', '—')} {_GROUP_NAMES[group]}" for group, _ in known),
        (
            Series("实有（%）", tuple(float(str(one.indicator.value)) for _, one in known)),
            Series("标准（%）", tuple(float(str(one.standard)) for _, one in known)),
        ),
    )


def money_lines(material: SourceMaterial, evidence: Evidence) -> tuple[MoneyLine, ...]:
    """Receipts and payments of the term by what they were for, then their sums."""
    headings = grouped(cash_rows(material), lambda row: _BRACKETED.sub("", row.summary or _NO_SUMMARY).strip())
    lines = [_money(heading, rows, evidence) for heading, rows in headings.items()]
    rows = [row for found in headings.values() for row in found]
    return (*lines, _money("合计", rows, evidence)) if len(lines) > 1 else tuple(lines)


def _money(heading: str, rows: list[CashRow], evidence: Evidence) -> MoneyLine:
    item = heading if heading == "合计" else evidence.quote(heading, "经费登记摘要", cell(rows[0], "summary"))
    received = sum((row.received or Decimal(0) for row in rows), NO_MONEY)
    spent = sum((row.spent or Decimal(0) for row in rows), NO_MONEY)
    return MoneyLine(
        item,
        _sum(f"{heading}收入", received, "received", rows, evidence),
        _sum(f"{heading}支出", spent, "spent", rows, evidence),
        _vouchers(heading, rows, evidence),
    )


def _sum(name: str, amount: Decimal, field: str, rows: list[CashRow], evidence: Evidence) -> str:
    if not amount:
        return ""
    lines = tuple(row.line for row in rows if getattr(row, field))
    counted = Counted(CashRow, lines, "日期在学期里，摘要是这一项", field)
    meaning = "学期里经费登记这一项的金额之和，单位元。"
    return evidence.of(name, amount, meaning, sources=(CASH,), counted=(counted,))


def _vouchers(heading: str, rows: list[CashRow], evidence: Evidence) -> str:
    """共3笔, where there are several."""
    if len(rows) < 2:
        return ""
    return f"共{evidence.of(f'{heading}笔数', len(rows), '学期里经费登记的笔数。', sources=(CASH,))}笔"


def ledger_lines(material: CheckedMaterial, evidence: Evidence) -> tuple[LedgerOverview, ...]:
    """The ledgers the workbook has, each with its lines and findings, with one it lacks where that was found to be
    wrong, then the other sheets together: what the text counts stands in one of these lines.
    """
    found = without_later(material.report, material.later)
    ledgers = statuses(material.library, found, material.later)
    told = (one for one in ledgers if one.present or one.errors or one.warnings or one.explained)
    lines = (ledger_line(status, evidence) for status in told)
    others = beside_ledgers(material.library, found, material.later)
    return (*lines, other_sheets_line(*others, evidence))


def other_sheets_line(lines: int, counts: Counts, evidence: Evidence) -> LedgerOverview:
    """The sheets beside the seven ledgers with their lines and findings."""
    values = (lines, counts.errors, counts.warnings, counts.explained)
    return LedgerOverview(_OTHERS, *_overview(_OTHERS, values, evidence))


def ledger_line(status: LedgerStatus, evidence: Evidence) -> LedgerOverview:
    """One ledger with its lines and findings."""
    name = status.sheet.name
    values = (status.lines, status.errors, status.warnings, status.explained)
    source = SourceColumns(status.sheet.row_type, (status.sheet.key,))
    return LedgerOverview(name, *_overview(name, values, evidence, source))


def _overview(name: str, values: Sequence[int], evidence: Evidence, *sources: SourceColumns) -> Iterator[str]:
    for (column, definition), value in zip(_LEDGER_COLUMNS, values, strict=True):
        yield evidence.of(f"{name}{column}", value, definition, sources=sources)


def unchecked_lines(material: CheckedMaterial, evidence: Evidence) -> tuple[PlanLine, ...]:
    """What could not be checked to the end, by its titles."""
    titles = list(dict.fromkeys(one.check.title for one in material.report.unchecked))
    if not titles:
        return ()
    codes = len({one.check.code for one in material.report.unchecked})
    count = evidence.of("未核对项数", codes, FACTS["未核对项数"])
    more = "等，都列在核对结果里" if len(titles) > _MOST_TITLES else ""
    return (PlanLine(f"没有核对完的{count}项：{'、'.join(titles[:_MOST_TITLES])}{more}。"),)


def explained_lines(material: CheckedMaterial, evidence: Evidence) -> tuple[PlanLine, ...]:
    """What was found and explained, one item for each explanation that is in use."""
    return tuple(PlanLine(f"{number}．{text}", ITEM) for number, text in enumerate(_explained(material, evidence), 1))


def _explained(material: CheckedMaterial, evidence: Evidence) -> Iterator[str]:
    in_use = {
        (finding.check.code, finding.key): finding.check.title
        for finding in without_later(material.report, material.later).findings
        if finding.explained
    }
    for row in material.library[ExplanationRow]:
        title = in_use.get((row.code, row.number))
        if title and (text := evidence.quote(row.text, "差异说明", cell(row, "text"))):
            number = evidence.quote(row.number, "差异说明的编号", cell(row, "number"))
            yield f"{row.sheet_name}{number}（{title}）：{text}"
