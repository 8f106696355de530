"""The answer of `check` as JSON-ready values. The words of what a clean book lacks are not loaded for it."""

from typing import TYPE_CHECKING, Any

from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS

if TYPE_CHECKING:
    from schoollib_xl.causes.correction import Causes


def check_json(workbook: str, library: Library, report: Report, causes: "Causes | None" = None) -> dict[str, Any]:
    """Everything a run says, by the names other programs rely on."""
    present = [library[sheet.row_type] for sheet in ALL_SHEETS if library[sheet.row_type].present]
    return {
        "workbook": workbook,
        "as_of": library.as_of.isoformat(),
        "rows": {table.declared.name: len(table) for table in present},
        "checks_run": report.checks_run,
        "skipped": _skipped(library, report) if report.unchecked else [],
        "causes": _causes_json(library, causes),
        "findings": [_finding(library, finding) for finding in report.findings],
    }


def _causes_json(library: Library, causes: "Causes | None") -> list[dict[str, Any]]:
    if causes is None:
        return []
    from schoollib_xl.wording.checking.causes import causes_json

    return causes_json(library, causes)


def _skipped(library: Library, report: Report) -> list[dict[str, str]]:
    from schoollib_xl.wording.checking.unchecked import reason

    return [{"code": one.check.code, "reason": reason(library, one)} for one in report.unchecked]


def _finding(library: Library, finding: Finding) -> dict[str, Any]:
    from schoollib_xl.wording.checking.findings import message_of

    said = message_of(library, finding)
    return {
        "code": finding.check.code,
        "title": finding.check.title,
        "severity": finding.severity.value,
        **said.at.as_json(),
        "key": finding.key,
        "message": said.message,
        "why": said.why,
        "fix": said.fix,
        "explained": finding.explained,
        "see_also": [place.as_json() for place in said.see_also],
    }
