"""The answer of `check` for the terminal: what to do today, the ledgers at a glance, then every kind."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.checks.status import statuses
from schoollib_xl.ledgers.library import Library
from schoollib_xl.wording.findings import message_of
from schoollib_xl.wording.first_steps import AGAIN, first_steps
from schoollib_xl.wording.summary import limits, not_settled, status_line, verdict
from schoollib_xl.wording.unchecked import unchecked_sentences
from schoollib_xl.wording.zh import SEVERITY

if TYPE_CHECKING:
    from schoollib_xl.causes.cause import Causes

# More of one kind than this is shown by number only; the workbook of results holds them all.
_SHOWN_OF_A_KIND = 20


def check_text(workbook: str, library: Library, report: Report, causes: "Causes | None" = None) -> Iterator[str]:
    """The lines of the answer; findings that a cause settles stand under it and not among the kinds."""
    rest = not_settled(report, causes)
    yield f"《{workbook}》{verdict(library, report)}"
    yield from limits(library, report)
    if causes:
        yield from _causes(library, report, causes)
    if steps := first_steps(rest):
        yield ""
        yield "再做这几件：" if causes and causes.found else "先做这几件："
        yield from (f"{number}. {step}" for number, step in enumerate(steps, 1))
    if steps or (causes and causes.found):
        yield AGAIN
    yield ""
    yield "七本账："
    yield from (f"　{status_line(status)}" for status in statuses(library, report))
    for _, kind in groupby(rest.findings, key=lambda finding: (finding.check.code, finding.severity)):
        yield ""
        yield from _of_a_kind(library, list(kind))
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


def _of_a_kind(library: Library, kind: list[Finding]) -> Iterator[str]:
    check = kind[0].check
    yield f"{check.code}　{check.title}（{SEVERITY[kind[0].severity]}，{len(kind)} 处）"
    yield f"　为什么要紧：{check.why}"
    for finding in kind[:_SHOWN_OF_A_KIND]:
        yield from _finding(library, finding)
    if len(kind) > _SHOWN_OF_A_KIND:
        yield f"　同样的问题还有 {len(kind) - _SHOWN_OF_A_KIND} 处，都在核对结果里。"
    yield f"　怎么改：{message_of(library, kind[0]).fix}"


def _finding(library: Library, finding: Finding) -> Iterator[str]:
    said = message_of(library, finding)
    explained = "（已说明）" if finding.explained else ""
    yield f"　{said.at}　{said.message}{explained}"
    if said.see_also:
        yield f"　　对照：{said.also}"
