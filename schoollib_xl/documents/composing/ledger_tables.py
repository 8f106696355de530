"""账册核对 of a summary and of 迎检封面: each ledger with its figures and what the checks found."""

from collections.abc import Iterator

from schoollib_xl.checks.status import LedgerStatus, statuses
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.material import CheckedMaterial, SourceMaterial
from schoollib_xl.documents.filling.style_names import ITEM
from schoollib_xl.documents.papers.plan import PlanLine
from schoollib_xl.documents.papers.summary import LedgerOverview
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.quotas.indicator import SourceColumns
from schoollib_xl.wording.provenance import Figure

_COLUMNS = (
    ("行数", "这本账记了多少行。"),
    ("错误", "核对出的错误，已说明的不算。"),
    ("存疑", "核对出的存疑，已说明的不算。"),
    ("已说明", "已在差异说明里说明的处数。"),
)


def ledger_lines(material: CheckedMaterial, evidence: Evidence) -> tuple[LedgerOverview, ...]:
    """The ledgers the workbook has, each with its lines and findings."""
    found = statuses(material.library, material.report)
    return tuple(ledger_line(status, material, evidence) for status in found if status.present)


def ledger_line(status: LedgerStatus, material: SourceMaterial, evidence: Evidence) -> LedgerOverview:
    """One ledger with its lines and findings."""
    name = status.sheet.name
    values = (status.lines, status.errors, status.warnings, status.explained)
    source = (SourceColumns(status.sheet.row_type, (status.sheet.key,)),)
    shown = [
        evidence.show(Figure(f"{name}{column}", str(value), definition, material.cut_off, source))
        for (column, definition), value in zip(_COLUMNS, values, strict=True)
    ]
    return LedgerOverview(name, *shown)


def explained_lines(material: CheckedMaterial, evidence: Evidence) -> tuple[PlanLine, ...]:
    """What was found and explained, one item for each explanation that is in use."""
    return tuple(PlanLine(f"{number}．{text}", ITEM) for number, text in enumerate(_explained(material, evidence), 1))


def _explained(material: CheckedMaterial, evidence: Evidence) -> Iterator[str]:
    in_use = {
        (finding.check.code, finding.key): finding.check.title
        for finding in material.report.findings
        if finding.explained
    }
    for row in material.library[ExplanationRow]:
        title = in_use.get((row.code, row.number))
        if title and (text := evidence.quote(row.text, "差异说明", Cell(ExplanationRow, row.line, "text"))):
            number = evidence.quote(row.number, "差异说明的编号", Cell(ExplanationRow, row.line, "number"))
            yield f"{row.sheet_name}{number}（{title}）：{text}"
