"""The first lines of an answer: what was checked, what 通过 means, what to do today; the ledgers at a glance."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Report
from schoollib_xl.checks.status import LedgerStatus, not_begun
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.rules.class_periods import uncounted_term
from schoollib_xl.wording.answer import Table
from schoollib_xl.wording.zh import SEVERITY, listed, say

if TYPE_CHECKING:
    from schoollib_xl.causes.correction import Causes

# A ledger or record under another name, and a continued sheet that lacks a column: whatever else is said, it may lie
# at these.
UNREAD = frozenset({"FMT000", "FMT009", "FMT013", "FMT014"})

# What a library that lends has to write down week by week; repairs, gifts and losses there may be none of.
_KEPT_ALL_YEAR = (VisitRow, ActivityRow)

_HEADER = ("账册", "行数", "记到哪天", "错误", "存疑", "提示", "已说明", "未核对")
LEDGERS_TITLE, PASSED = "七本账", "“通过”是什么意思"
OUT_OF_TIME = "原因没有找全，试得够久了，先停在这里；下面照样列出了全部问题。"
MEANING = (
    "说“通过”，指的是列出的项目都核对过、没有发现对不上的地方；未核对的项目和读不出的行不在内，也不算通过。",
    "“未核对”一栏是因为这张表没有、没有记、缺栏或者有读不出的格子而没有核对完的项数；用到几张表的一项只数一次。",
    "书名写得对不对、书在不在架上，要翻书、查架才知道；账对得上，不等于没有记错。",
)

# Name, lines, until when it is kept, then the counts from 错误 on.
_Line = tuple[str, int, str, int, int, int, int, int]


def verdict(library: Library, report: Report) -> str:
    """One sentence: what came out, over how many checks and lines."""
    lines = sum(len(library[sheet.row_type]) for sheet in LEDGERS)
    others = sum(len(library[sheet.row_type]) for sheet in ALL_SHEETS) - lines
    beside = f"，另 {others} 行辅助表" if others else ""
    scope = f"共核对 {report.checks_run} 项、{lines} 行{beside}"
    if not lines:
        return f"七本账里还没有记一行，没有什么可对的；{scope}。"
    counts = Counter(finding.severity for finding in report.findings if not finding.explained)
    if not report.failed and not report.unchecked:
        hints = f"；提示 {counts[Severity.HINT]} 处（不算错）" if counts[Severity.HINT] else ""
        return f"{'已经记的都对得上' if undone(library) else '七本账都对得上'}，{scope}{hints}。"
    said = "，".join(f"{SEVERITY[severity]} {counts[severity]} 处" for severity in Severity if counts[severity])
    return f"{scope}：{said or '没有发现对不上的地方'}。"


def undone(library: Library) -> list[str]:
    """What is not entered and so agrees with anything: a sentence for each kind."""
    ledgers = [ledger.name for ledger in not_begun(library)]
    begun = len(ledgers) < len(LEDGERS)
    blank = [*ledgers, *(SHEETS[kind].name for kind in _KEPT_ALL_YEAR if library[kind].is_blank)] if begun else []
    said = [f"{listed(blank, len(LEDGERS))}还没有记。"] if blank else []
    return [*said, "本学期的分类统计没有做。"] if uncounted_term(library) else said


def limits(library: Library, report: Report) -> list[str]:
    """What the verdict does not cover: what is not entered, explained findings, and checks left undone."""
    explained = sum(finding.explained for finding in report.findings)
    not_run = len({unchecked.check.code for unchecked in report.unchecked if unchecked.absent})
    partly = len({unchecked.check.code for unchecked in report.unchecked if not unchecked.absent})
    # Sheets that were not read for one reason are one finding.
    unread = sum(1 + finding.facts["alike"].cells for finding in report.findings if finding.check.code in UNREAD)
    said = [f"有 {unread} 张账没有读，里面的行都没有核对。"] if unread else []
    said += undone(library)
    if explained:
        said.append(f"另有 {explained} 处已在“差异说明”里说明。")
    if not_run:
        said.append(f"有 {not_run} 项未核对，不能算通过。")
    if partly:
        said.append(f"有 {partly} 项跳过了读不出的行，这些行不能算通过。")
    return said


def not_settled(report: Report, causes: "Causes | None") -> Report:
    """The report without the findings that a cause settles."""
    settled = causes.explained if causes else frozenset()
    if not settled:
        return report
    return report._replace(findings=tuple(one for index, one in enumerate(report.findings) if index not in settled))


def status_line(status: LedgerStatus) -> str:
    """One ledger in one line: how many lines, entered until when, what was found."""
    if not status.present:
        return f"{status.sheet.name}：没有这张表"
    until = f"，记到 {say(status.entered_until)}" if status.entered_until else ""
    counts = [
        ("错误", status.errors),
        ("存疑", status.warnings),
        ("提示", status.hints),
        ("已说明", status.explained),
    ]
    found = "，".join(f"{name} {count}" for name, count in counts if count)
    if status.is_blank:
        return f"{status.sheet.name}：还没有记{f'；{found}' if found else ''}"
    return f"{status.sheet.name}：{status.lines} 行{until}；{found or '没有问题'}"


def ledgers_table(library: Library, report: Report, found: Sequence[LedgerStatus]) -> Table:
    """The seven ledgers in the order of the workbook, then the supporting sheets together, and the sums."""
    unchecked = Counter(one.sheet for one in report.unchecked)
    lines = [_line(status, unchecked[status.sheet.name]) for status in found]
    lines.append(_other_sheets(library, report, unchecked))
    rows, counts = sum(line[1] for line in lines), zip(*(line[3:] for line in lines), strict=True)
    return Table("", _HEADER, [*lines, ("合计", rows, "", *map(sum, counts))], totals=1)


def _line(status: LedgerStatus, unchecked: int) -> _Line:
    until = say(status.entered_until) if status.entered_until else "—" if status.lines else "还没有记"
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
