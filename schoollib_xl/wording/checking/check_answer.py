"""The answer of `check`: kind by kind on a terminal and the page; 总览, 先改这几处, 问题清单 and 未核对 as they are
filed; the list inside Excel.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.checks.status import statuses
from schoollib_xl.ledgers.library import Library
from schoollib_xl.wording.answer import (
    FINDINGS_IN_EXCEL,
    FINDINGS_IN_WORKBOOK,
    Answer,
    Chart,
    Medium,
    Point,
    PointGroup,
    Section,
    Shade,
    Strong,
    Table,
    TableColumn,
    table_of,
    widths_of,
)
from schoollib_xl.wording.checking.finding_lines import (
    FILED,
    LISTED_IN_EXCEL,
    findings_table,
    found_kinds,
    noted_cells,
    some_of_every_kind,
)
from schoollib_xl.wording.checking.first_steps import AGAIN, STEPS, first_steps, numbered, steps_to_take
from schoollib_xl.wording.checking.summary import (
    LEDGERS_TITLE,
    MEANING,
    OUT_OF_TIME,
    PASSED,
    ledgers_table,
    limits,
    not_settled,
    status_line,
    verdict,
)
from schoollib_xl.wording.checking.unchecked import UncheckedCause, unchecked_causes
from schoollib_xl.wording.zh import listed, say

if TYPE_CHECKING:
    from schoollib_xl.causes.correction import Causes

RESULTS, TODAY, KINDS, UNCHECKED = "核对结果", "今天做什么", "问题", "未核对"
_OVERVIEW, _PROBLEMS, _NOTHING = "总览", "问题清单", "没有发现对不上的地方。"
_NO_STEPS = "账上没有要改的地方。"
_OVERVIEW_WIDTHS = (16, 10, 16, 9, 9, 9, 9, 9)
# Kinds whose rest is named in the sentence about what is not listed.
_MOST_KINDS = 8
_UNCHECKED: Sequence[TableColumn[UncheckedCause]] = (
    TableColumn("为什么没有核对", 60, lambda cause: f"{cause.why}。"),
    TableColumn(
        "哪些没有核对完", 68, lambda cause: "、".join(f"{check.title}（{check.code}）" for check in cause.checks)
    ),
)


def check_answer(
    workbook: str,
    library: Library,
    report: Report,
    causes: "Causes | None",
    cannot_tell: str = "",
    is_new: Callable[[Finding], bool] = lambda _: False,
) -> Answer:
    """Everything a check of `workbook` came to; `cannot_tell` is what its format keeps to itself, and what `is_new`
    the check before did not find.
    """
    out_of_time = [OUT_OF_TIME] if causes and not causes.complete else []
    said = [*map(Strong, (verdict(library, report), *limits(library, report), *out_of_time))]
    rest, ledgers = not_settled(report, causes), statuses(library, report)
    steps = steps_to_take(library, report, causes)
    table = ledgers_table(library, report, ledgers)
    to_do = PointGroup([Point(step) for step in first_steps(library, rest)], is_numbered=True)
    corrections = _corrections(library, report, causes)
    sections = [
        *_to_do_on_terminal(library, report, causes, to_do),
        _listed_on(Medium.TERMINAL, LEDGERS_TITLE, PointGroup([Point(status_line(ledger)) for ledger in ledgers])),
        *_kinds(Medium.TERMINAL, [*found_kinds(library, rest.findings)]),
        _to_do_on_page(corrections, to_do),
        Section(LEDGERS_TITLE, (), (), [table], Medium.PAGE),
        *_kinds(Medium.PAGE, [*found_kinds(library, report.findings, is_new)]),
        _overview(f"《{workbook}》，核对到 {say(library.as_of)}。", said, steps, table),
        *corrections,
        _problems(library, report),
        *_not_checked(library, report),
        _in_excel(library, report, cannot_tell, steps),
    ]
    return Answer(RESULTS, said, sections, is_searched=True, first_on=Medium.SCREEN | Medium.EXCEL)


def _corrections(library: Library, report: Report, causes: "Causes | None") -> list[Section]:
    """What to correct first. The words are loaded only where there is something to say."""
    if not causes or not causes.found:
        return []
    from schoollib_xl.wording.checking.causes import causes_section

    return [causes_section(library, report, causes)]


def _to_do_on_terminal(
    library: Library, report: Report, causes: "Causes | None", to_do: PointGroup
) -> Iterator[Section]:
    if causes and causes.found:
        from schoollib_xl.wording.checking.causes import FIRST, cause_points

        first = PointGroup(cause_points(library, report, causes), is_numbered=True, after="" if to_do.points else AGAIN)
        yield _listed_on(Medium.TERMINAL, FIRST, first)
    if to_do.points:
        name = "再做这几件" if causes and causes.found else STEPS
        yield _listed_on(Medium.TERMINAL, name, to_do._replace(after=AGAIN))


def _to_do_on_page(corrections: Sequence[Section], to_do: PointGroup) -> Section:
    first = [one.tables[0]._replace(heading=one.name, sentences=one.sentences) for one in corrections]
    steps = [to_do._replace(after=AGAIN)] if first or to_do.points else []
    return Section(TODAY, (), () if steps else [_NO_STEPS], first, Medium.PAGE, groups=steps)


def _kinds(medium: Medium, kinds: Sequence[PointGroup]) -> Iterator[Section]:
    """Findings that a cause settles stand under it on a terminal, and not among the kinds; where nothing is wrong, its
    first sentence has said so.
    """
    if kinds:
        yield _listed_on(medium, KINDS, *kinds)
    elif medium is Medium.PAGE:
        yield Section(KINDS, (), [_NOTHING], (), medium)


def _listed_on(medium: Medium, name: str, *groups: PointGroup) -> Section:
    return Section(name, (), medium=medium, groups=groups)


def _overview(about: str, said: Sequence[str], steps: Sequence[str], ledgers: Table) -> Section:
    """To be read at a glance or printed on its own."""
    tables = [
        Table("结论", (), (), sentences=said),
        *([Table(STEPS, (), (), sentences=[*numbered(steps), AGAIN])] if steps else []),
        _coloured(ledgers),
        Table(PASSED, (), (), sentences=MEANING),
    ]
    return Section(_OVERVIEW, _OVERVIEW_WIDTHS, [about], tables, Medium.FILE, RESULTS)


def _coloured(table: Table) -> Table:
    """With a chart of the findings by ledger and severity; where there are none, of how many lines each ledger has."""
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
    notes = [f"另有 {rest} 处没有列出；先照“{_OVERVIEW}”里说的改，改完再核对一次。"] if rest else []
    table = findings_table(FILED, library, findings)._replace(notes=notes, frozen=4)
    return Section(_PROBLEMS, widths_of(FILED), (), [table], Medium.FILE, title="")


def _not_checked(library: Library, report: Report) -> Iterator[Section]:
    causes = unchecked_causes(library, report.unchecked)
    if causes:
        yield _listed_on(Medium.SCREEN, UNCHECKED, PointGroup([Point(cause.sentence) for cause in causes]))
    table = table_of(_UNCHECKED, causes)
    yield Section(UNCHECKED, widths_of(_UNCHECKED), (), [table], Medium.FILE, title="")


def _in_excel(library: Library, report: Report, cannot_tell: str, steps: Sequence[str]) -> Section:
    """The list inside Excel, with what to do first above it, and what it leaves out."""
    findings = some_of_every_kind(report.findings, FINDINGS_IN_EXCEL)
    said = [*([] if report.findings else ["没有要改的地方。"]), *([cannot_tell] if cannot_tell else [])]
    to_do = [PointGroup([*map(Point, steps)], is_numbered=True, after=AGAIN, title=STEPS)] if steps else []
    left_out = [_left_out(report.findings, findings)] if len(findings) < len(report.findings) else []
    table = findings_table(LISTED_IN_EXCEL, library, findings)
    table = table._replace(sentences=left_out, cells=noted_cells(library, findings))
    return Section(RESULTS, widths_of(LISTED_IN_EXCEL), said, [table], Medium.EXCEL, groups=to_do)


def _left_out(findings: Sequence[Finding], shown: Sequence[Finding]) -> str:
    rest = Counter(finding.check.code for finding in findings)
    rest.subtract(finding.check.code for finding in shown)
    kinds = [f"{code} {count} 处" for code, count in rest.most_common() if count]
    named = listed(kinds, _MOST_KINDS, "种")
    return f"下面列出 {len(shown)} 处，每一种都有；没有列出的还有：{named}。改完再核对一次。"
