"""The answer of `check` as it is filed: 总览, 先改这几处, 问题清单, 未核对. A screen shows the findings kind by kind
(`finding_kinds`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.wording.answer import (
    FINDINGS_IN_WORKBOOK,
    Answer,
    Chart,
    Link,
    Medium,
    Section,
    Shade,
    Strong,
    Table,
    TableColumn,
    table_of,
    widths_of,
)
from schoollib_xl.wording.finding_kinds import SHADES, FindingLine, finding_line
from schoollib_xl.wording.first_steps import AGAIN, STEPS, numbered, steps_to_take
from schoollib_xl.wording.summary import LEDGERS_TITLE, MEANING, PASSED, ledgers_table, limits, verdict
from schoollib_xl.wording.unchecked import UncheckedCause, unchecked_causes
from schoollib_xl.wording.zh import SEVERITY, say

if TYPE_CHECKING:
    from schoollib_xl.causes.correction import Causes

RESULTS, OVERVIEW, PROBLEMS, UNCHECKED = "核对结果", "总览", "问题清单", "未核对"
_OVERVIEW_WIDTHS = (16, 10, 16, 9, 9, 9, 9, 9)

# The columns of a list of findings. Those that are shown inside Excel are together as wide as A4 across holds at 8
# points and more.
SEVERITY_COLUMN = TableColumn[FindingLine]("程度", 6, lambda line: SEVERITY[line.severity])
_CODE = TableColumn[FindingLine]("编码", 9, lambda line: line.code)
_MESSAGE = TableColumn[FindingLine]("说的是什么", 38, lambda line: line.message)
_WHY = TableColumn[FindingLine]("为什么要紧", 26, lambda line: line.why)
_FIX = TableColumn[FindingLine]("怎么改", 32, lambda line: line.fix)
_EXPLAINED = TableColumn[FindingLine]("已说明", 7, lambda line: line.explained)
_LISTED: Sequence[TableColumn[FindingLine]] = (
    _CODE,
    SEVERITY_COLUMN,
    TableColumn("工作表", 13, lambda line: line.at.sheet),
    TableColumn("格子", 8, lambda line: Link(line.at.a1, line.at)),
    TableColumn("编号", 13, lambda line: line.key),
    _MESSAGE,
    _WHY,
    _FIX,
    TableColumn("对照", 24, lambda line: line.see_also),
    _EXPLAINED,
)
LISTED_IN_EXCEL: Sequence[TableColumn[FindingLine]] = (
    SEVERITY_COLUMN,
    TableColumn("哪里", 18, lambda line: line.at),
    _MESSAGE,
    _FIX,
    _WHY,
    _CODE,
    _EXPLAINED,
)
_UNCHECKED: Sequence[TableColumn[UncheckedCause]] = (
    TableColumn("为什么没有核对", 60, lambda cause: f"{cause.why}。"),
    TableColumn(
        "哪些没有核对完", 68, lambda cause: "、".join(f"{check.title}（{check.code}）" for check in cause.checks)
    ),
)


def check_answer(workbook: str, library: Library, report: Report, causes: "Causes | None") -> Answer:
    """Everything a check of `workbook` came to, to be filed."""
    sections = [_overview(workbook, library, report, causes)]
    if causes and causes.found:
        from schoollib_xl.wording.causes import causes_section

        sections.append(causes_section(library, report, causes))
    return Answer(RESULTS, (), [*sections, _problems(library, report), _unchecked(library, report)])


def _overview(workbook: str, library: Library, report: Report, causes: "Causes | None") -> Section:
    """To be read at a glance or printed on its own."""
    conclusion = [*map(Strong, (verdict(library, report), *limits(library, report)))]
    steps = numbered(steps_to_take(library, report, causes))
    tables = [
        Table("结论", (), (), sentences=conclusion),
        *([Table(STEPS, (), (), sentences=[*steps, AGAIN])] if steps else []),
        _ledgers(library, report),
        Table(PASSED, (), (), sentences=MEANING),
    ]
    said = f"《{workbook}》，核对到 {say(library.as_of)}。"
    return Section(OVERVIEW, _OVERVIEW_WIDTHS, [said], tables, Medium.FILE, RESULTS)


def _ledgers(library: Library, report: Report) -> Table:
    """With a chart of the findings by ledger and severity; where there are none, of how many lines each ledger has."""
    table = ledgers_table(library, report)
    *ledgers, total = table.rows
    shades = {"错误": Shade.RED, "存疑": Shade.AMBER, "提示": Shade.BLUE, "已说明": Shade.GREY}
    counts = [table.header.index(name) for name in shades]
    if any(total[index] for index in counts):
        charts = [Chart("各账的问题（处）", counts, shades=list(shades.values()))]
    else:
        charts = [Chart("各账的行数", [1])] if total[1] else []
    by_column = [shades.get(name) for name in table.header]
    coloured = [[shade if value else None for shade, value in zip(by_column, row, strict=True)] for row in ledgers]
    return table._replace(heading=LEDGERS_TITLE, shades=coloured, charts=charts)


def _problems(library: Library, report: Report) -> Section:
    """Every finding, worst first, with a link to its cell."""
    findings = report.findings[:FINDINGS_IN_WORKBOOK]
    rest = len(report.findings) - len(findings)
    notes = [f"另有 {rest} 处没有列出；先照“{OVERVIEW}”里说的改，改完再核对一次。"] if rest else []
    table = findings_table(_LISTED, [finding_line(library, finding) for finding in findings])
    table = table._replace(notes=notes, frozen=4, empty="没有发现对不上的地方。")
    return Section(PROBLEMS, widths_of(_LISTED), (), [table], Medium.FILE, title="")


def findings_table(columns: Sequence[TableColumn[FindingLine]], lines: Sequence[FindingLine]) -> Table:
    """A line for each finding, its severity in its colour; what is explained is grey."""
    at = columns.index(SEVERITY_COLUMN)
    before, after = [None] * at, [None] * (len(columns) - at - 1)
    shades = [Shade.GREY if one.explained else [*before, SHADES[one.severity], *after] for one in lines]
    return table_of(columns, lines)._replace(shades=shades)


def _unchecked(library: Library, report: Report) -> Section:
    table = table_of(_UNCHECKED, unchecked_causes(library, report.unchecked))._replace(empty="每一项都核对了。")
    return Section(UNCHECKED, widths_of(_UNCHECKED), (), [table], Medium.FILE, title="")
