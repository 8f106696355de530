"""The ledgers at a glance: a line each with how far it is kept and what was found, and what 通过 means."""

from collections import Counter

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Report
from schoollib_xl.checks.status import LedgerStatus, statuses
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS
from schoollib_xl.wording.answer import Table
from schoollib_xl.wording.zh import say

_HEADER = ("账册", "行数", "记到哪天", "错误", "存疑", "提示", "已说明", "未核对")
LEDGERS_TITLE, PASSED = "七本账", "“通过”是什么意思"
MEANING = (
    "说“通过”，指的是列出的项目都核对过、没有发现对不上的地方；未核对的项目和读不出的行不在内，也不算通过。",
    "“未核对”一栏是因为这张表没有、没有记、缺栏或者有读不出的格子而没有核对完的项数；用到几张表的一项只数一次。",
    "书名写得对不对、书在不在架上，要翻书、查架才知道；账对得上，不等于没有记错。",
)


def ledgers_table(library: Library, report: Report) -> Table:
    """The seven ledgers in the order of the workbook, then the supporting sheets together, and the sums."""
    unchecked = Counter(one.sheet for one in report.unchecked)
    lines = [_line(status, unchecked[status.sheet.name]) for status in statuses(library, report)]
    lines.append(_other_sheets(library, report, unchecked))
    rows, counts = sum(line[1] for line in lines), zip(*(line[3:] for line in lines), strict=True)
    return Table("", _HEADER, [*lines, ("合计", rows, "", *map(sum, counts))], totals=1)


# Name, lines, until when it is kept, then the counts from 错误 on.
_Line = tuple[str, int, str, int, int, int, int, int]


def _line(status: LedgerStatus, unchecked: int) -> _Line:
    until = say(status.entered_until) if status.entered_until else "还没有记"
    shown = until if status.present else "没有这张表"
    found = status.errors, status.warnings, status.hints, status.explained
    return status.sheet.name, status.lines, shown, *found, unchecked


def _other_sheets(library: Library, report: Report, unchecked: Counter[str]) -> _Line:
    others = [sheet.row_type for sheet in ALL_SHEETS if sheet not in LEDGERS]
    own = [finding for finding in report.findings if finding.at.row_type in others]
    still_open = Counter(finding.severity for finding in own if not finding.explained)
    undone = unchecked.total() - sum(unchecked[sheet.name] for sheet in LEDGERS)
    found = still_open[Severity.ERROR], still_open[Severity.WARNING], still_open[Severity.HINT]
    lines = sum(len(library[row_type]) for row_type in others)
    return "辅助表", lines, "", *found, len(own) - still_open.total(), undone
