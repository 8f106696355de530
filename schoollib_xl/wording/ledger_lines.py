"""The ledgers at a glance: a line each with how far it is kept and what was found, and what 通过 means."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Report
from schoollib_xl.checks.status import LedgerStatus, statuses
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS
from schoollib_xl.wording.zh import say

LEDGER_HEADERS = ("账册", "行数", "记到哪天", "错误", "存疑", "提示", "已说明", "未核对")
MEANING = (
    "说“通过”，指的是列出的项目都核对过、没有发现对不上的地方；未核对的项目和读不出的行不在内，也不算通过。",
    "“未核对”一栏是因为这张表没有、没有记、缺栏或者有读不出的格子而没有核对完的项数；用到几张表的一项只数一次。",
    "书名写得对不对、书在不在架上，要翻书、查架才知道；账对得上，不等于没有记错。",
)


class LedgerLine(NamedTuple):
    """One line of the table; `counts` follow the headers from 错误 on."""

    name: str
    rows: int
    until: str
    counts: tuple[int, ...]


def ledger_lines(library: Library, report: Report) -> list[LedgerLine]:
    """The seven ledgers in the order of the workbook, then the supporting sheets together."""
    unchecked = Counter(one.sheet for one in report.unchecked)
    ledgers = [_line(status, unchecked[status.sheet.name]) for status in statuses(library, report)]
    return [*ledgers, _other_sheets(library, report, unchecked)]


def total_line(lines: Sequence[LedgerLine]) -> LedgerLine:
    """The lines added up."""
    sums = tuple(map(sum, zip(*(line.counts for line in lines), strict=True)))
    return LedgerLine("合计", sum(line.rows for line in lines), "", sums)


def _line(status: LedgerStatus, unchecked: int) -> LedgerLine:
    until = say(status.entered_until) if status.entered_until else "还没有记"
    counts = (status.errors, status.warnings, status.hints, status.explained, unchecked)
    return LedgerLine(status.sheet.name, status.lines, until if status.present else "没有这张表", counts)


def _other_sheets(library: Library, report: Report, unchecked: Counter[str]) -> LedgerLine:
    others = [sheet.row_type for sheet in ALL_SHEETS if sheet not in LEDGERS]
    own = [finding for finding in report.findings if finding.at.row_type in others]
    open_findings = [finding.severity for finding in own if not finding.explained]
    undone = unchecked.total() - sum(unchecked[sheet.name] for sheet in LEDGERS)
    counts = (*map(open_findings.count, Severity), len(own) - len(open_findings), undone)
    return LedgerLine("辅助表", sum(len(library[row_type]) for row_type in others), "", counts)
