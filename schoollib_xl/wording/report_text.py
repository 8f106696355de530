"""The answer of `check` for the terminal, what to do today first, and as JSON-ready values."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.checks.status import statuses
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.wording.answer import ON_TERMINAL
from schoollib_xl.wording.finding_kinds import FoundKind, finding_line, found_kinds
from schoollib_xl.wording.findings import Address, message_of
from schoollib_xl.wording.first_steps import AGAIN, STEPS, first_steps, numbered
from schoollib_xl.wording.summary import limits, not_settled, status_line, verdict
from schoollib_xl.wording.unchecked import reason, unchecked_sentences
from schoollib_xl.wording.zh import SEVERITY

if TYPE_CHECKING:
    from schoollib_xl.causes.correction import Causes


def check_text(workbook: str, library: Library, report: Report, causes: "Causes | None" = None) -> Iterator[str]:
    """The lines of the answer; findings that a cause settles stand under it and not among the kinds."""
    rest = not_settled(report, causes)
    yield f"《{workbook}》{verdict(library, report)}"
    yield from limits(library, report)
    if causes:
        yield from _causes(library, report, causes)
    if steps := first_steps(library, rest):
        yield ""
        yield "再做这几件：" if causes and causes.found else f"{STEPS}："
        yield from numbered(steps)
    if steps or (causes and causes.found):
        yield AGAIN
    yield ""
    yield "七本账："
    yield from (f"　{status_line(status)}" for status in statuses(library, report))
    for kind in found_kinds(library, rest.findings, ON_TERMINAL):
        yield ""
        yield from _of_a_kind(library, kind)
    if report.unchecked:
        yield ""
        yield "未核对："
        yield from (f"　{said}" for said in unchecked_sentences(library, report.unchecked))


def _causes(library: Library, report: Report, causes: "Causes") -> Iterator[str]:
    """What to correct first. The words are loaded only where there is something to say."""
    from schoollib_xl.wording.causes import FIRST, OUT_OF_TIME, first_lines

    if not causes.complete:
        yield OUT_OF_TIME
    if causes.found:
        yield from ("", f"{FIRST}：")
        yield from first_lines(library, report, causes)


def _of_a_kind(library: Library, kind: FoundKind) -> Iterator[str]:
    yield f"{kind.code}　{kind.title}（{SEVERITY[kind.severity]}，{kind.places} 处）"
    yield f"　为什么要紧：{kind.why}"
    for finding in kind.shown:
        line = finding_line(library, finding)
        yield f"　{line.at}　{line.message}{f'（{line.explained}）' if line.explained else ''}"
        yield from [f"　　{line.compared}"] if line.compared else []
    if kind.more:
        yield f"　{kind.more}，都在核对结果里。"
    yield f"　怎么改：{kind.fix}"


def check_json(workbook: str, library: Library, report: Report, causes: "Causes | None" = None) -> dict[str, Any]:
    """Everything a run says, by the names other programs rely on."""
    present = [library[sheet.row_type] for sheet in ALL_SHEETS if library[sheet.row_type].present]
    return {
        "workbook": workbook,
        "as_of": library.as_of.isoformat(),
        "rows": {table.declared.name: len(table) for table in present},
        "checks_run": report.checks_run,
        "skipped": [{"code": one.check.code, "reason": reason(library, one)} for one in report.unchecked],
        "causes": _causes_json(library, causes),
        "findings": [_finding(library, finding) for finding in report.findings],
    }


def _causes_json(library: Library, causes: "Causes | None") -> list[dict[str, Any]]:
    """The causes; where there are none, their words are not loaded."""
    if causes is None:
        return []
    from schoollib_xl.wording.causes import causes_json

    return causes_json(library, causes)


def _finding(library: Library, finding: Finding) -> dict[str, Any]:
    said = message_of(library, finding)
    return {
        "code": finding.check.code,
        "title": finding.check.title,
        "severity": finding.severity.value,
        **_cell(said.at),
        "key": finding.key,
        "message": said.message,
        "why": said.why,
        "fix": said.fix,
        "explained": finding.explained,
        "see_also": [_cell(place) for place in said.see_also],
    }


def _cell(place: Address) -> dict[str, str]:
    return {"sheet": place.sheet, "cell": place.a1}
