"""Taken over again, or started from today: what is different from the last time, and what goes into 差异说明."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from schoollib_xl.checks.explanations import gap_of
from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, DeclaredSheet, header_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.table import IncompleteRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.wording.checking.first_steps import times_of
from schoollib_xl.wording.zh import say

# Code of a check → why old lists make it fail, as it stands in 差异说明. What is not here is hers to see today:
# doubled numbers, open loans, unknown copies and readers of open loans, and everything the school enters from now on.
REASONS: Mapping[str, str] = {
    "FMT101": "旧账没有记，接收时没有猜，查到原始单据再补。",
    "ACC003": "旧账的号不是现在的位数，书上贴的还是旧号。",
    "ACC011": "旧账的分类号就是这样，重新分编时再改。",
    "ACC012": "旧账的分类号就是这样，重新分编时再改。",
    "ACC013": "旧账的书号就是这样，照书上的号核过再改。",
    "SUM201": "期初这一批里有没有分类号的书，补上分类号以后再改各类册数。",
    "CLS211": "没有分类号的书不在二十二类里，补上分类号以后就相等。",
    "CLS212": "没有分类号或单价的书不在各类金额里，补齐以后就相等。",
}
# The books such findings are about; a blank in 班级 or 读者名册 is filled in a minute.
_BOOKS = (AccessionRow, SummaryRow, ClassificationRow)
# Rows that were over before these books began are history, whatever they say: the field that tells when.
_OVER_ON: Mapping[type[Any], str] = {
    LoanRow: "returned_on",
    WithdrawalRow: "withdrawn_on",
    CompensationRow: "settled_on",
    PeriodicalRow: "ends_on",
}
OVER = "启用本账以前就了结的，照旧记录接收，不再追查。"
_PERSON = "图书管理员"


def explanations(library: Library, report: Report, opened_on: date, as_of: date) -> list[ExplanationRow]:
    """A row for every failing finding that stems from old lists, each said once."""
    person = library.school.librarian or _PERSON
    said: dict[tuple[str, str, str, str], None] = {}
    for finding in report.findings:
        if finding.fails and finding.key and (reason := _reason(library, finding, opened_on)):
            where = (finding.check.code, SHEETS[finding.at.row_type].name, finding.key)
            said.setdefault((*where, f"{reason}{_gap(finding)}"))
    first = max((row.line for row in library[ExplanationRow]), default=1) + 1
    return [ExplanationRow(line, *one, person, as_of, None) for line, one in enumerate(said, first)]


def _gap(finding: Finding) -> str:
    """How big the difference was: an explanation holds for the figures it was given for."""
    gap = gap_of(finding)
    return f"接收时{say(gap)}。" if gap else ""


def _reason(library: Library, finding: Finding, opened_on: date) -> str | None:
    if field := _OVER_ON.get(finding.at.row_type):
        row = library[finding.at.row_type].row_at(finding.at.line)
        day = row.values.get(field) if isinstance(row, IncompleteRow) else getattr(row, field, None)
        return OVER if isinstance(day, date) and day < opened_on else None
    return REASONS.get(finding.check.code) if finding.at.row_type in _BOOKS else None


def first_check(report: Report) -> list[str]:
    """What the first check of the new books says: what is left to do, and what was explained."""
    failing: Counter[str] = Counter()
    for finding in report.findings:
        if finding.fails:
            failing[_called(finding)] += times_of(finding)
    left = sum(failing.values())
    said = [f"第一次核对：还有 {left} 处要看。" if left else "第一次核对：没有要马上看的。"]
    if failing:
        counted = (f"{title} {count} 处".replace("） ", "）") for title, count in failing.most_common(10))
        said.append(f"先看这几样：{'；'.join(counted)}。")
    if explained := sum(finding.explained for finding in report.findings):
        said.append(f"另有 {explained} 处是旧账留下来的，已写进“差异说明”，核对时照样列出、照样计数。")
    return said


def _called(finding: Finding) -> str:
    """The title of its check; of one that looks at any column, with the column: 必填的格子空着（分类号）."""
    at = finding.at
    is_of_a_column = at.field and not finding.check.reads
    return f"{finding.check.title}（{header_of(at.row_type, at.field)}）" if is_of_a_column else finding.check.title


def differences(before: Library, after: Library) -> list[str]:
    """A sentence for each sheet whose rows are others than they were; one sentence where none is."""
    return [*_changed(before, after)] or ["和上次接收的完全一样。"]


def _changed(before: Library, after: Library) -> Iterator[str]:
    for sheet in ALL_SHEETS:
        old, new = _rows(before, sheet), _rows(after, sheet)
        more, fewer = (new - old).total(), (old - new).total()
        changed = min(more, fewer)
        if more or fewer:
            parts = (("改", changed), ("多", more - changed), ("少", fewer - changed))
            said = "，".join(f"{word} {count} 行" for word, count in parts if count)
            yield f"和上次接收比，{sheet.name}{said}。"


def _rows(library: Library, sheet: DeclaredSheet) -> Counter[tuple[object, ...]]:
    """The rows of a sheet whatever lines they stand on."""
    table = library[sheet.row_type]
    whole = [tuple(row[1:]) for row in table.rows]
    return Counter([*whole, *(tuple(row.values.get(f.name) for f in sheet.fields) for row in table.incomplete)])
