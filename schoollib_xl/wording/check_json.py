"""The answer of `check` as JSON-ready values."""

from typing import TYPE_CHECKING, Any

from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.wording.findings import message_of
from schoollib_xl.wording.places import Address
from schoollib_xl.wording.unchecked import reason

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
