"""The ledgers at a glance: a line each with how far it is kept and what was found, and what 通过 means."""

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
    return [*(_line(status) for status in statuses(library, report)), _other_sheets(library, report)]


def total_line(lines: Sequence[LedgerLine], report: Report) -> LedgerLine:
    """The lines added up; a check may look at several ledgers, so those left undone are counted in the report."""
    sums = [sum(line.counts[index] for line in lines) for index in range(len(lines[0].counts) - 1)]
    return LedgerLine("合计", sum(line.rows for line in lines), "", (*sums, len(report.unchecked)))


def _line(status: LedgerStatus) -> LedgerLine:
    until = say(status.entered_until) if status.entered_until else "还没有记"
    counts = (status.errors, status.warnings, status.hints, status.explained, status.unchecked)
    return LedgerLine(status.sheet.name, status.lines, until if status.present else "没有这张表", counts)


def _other_sheets(library: Library, report: Report) -> LedgerLine:
    others = [sheet.row_type for sheet in ALL_SHEETS if sheet not in LEDGERS]
    own = [finding for finding in report.findings if finding.at.row_type in others]
    open_findings = [finding.severity for finding in own if not finding.explained]
    unchecked = sum(not set(one.check.reads).isdisjoint(others) for one in report.unchecked)
    counts = (*map(open_findings.count, Severity), len(own) - len(open_findings), unchecked)
    return LedgerLine("辅助表", sum(len(library[row_type]) for row_type in others), "", counts)
