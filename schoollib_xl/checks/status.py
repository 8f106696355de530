"""How each ledger stands after a check: lines, last entry, and how many findings of each severity."""

from dataclasses import dataclass
from datetime import date

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.ledgers.schema import DeclaredSheet, Kind

# The day an entry was made, where it is not the first date of the line.
_ENTRY_DATES = {ClassificationRow: "ends_on"}


@dataclass(frozen=True)
class LedgerStatus:
    """One ledger at a glance. `entered_until` is its latest entry up to the day of the check; None where
    it has none. `unchecked` counts the checks that could not look at it, wholly or for some lines.
    """

    sheet: DeclaredSheet
    present: bool
    is_blank: bool
    lines: int
    entered_until: date | None
    errors: int
    warnings: int
    hints: int
    explained: int
    unchecked: int


def not_begun(library: Library) -> list[DeclaredSheet]:
    """The ledgers that are there and in which nothing stands."""
    return [ledger for ledger in LEDGERS if library[ledger.row_type].is_blank]


def statuses(library: Library, report: Report) -> tuple[LedgerStatus, ...]:
    """The seven ledgers, in the order of the workbook."""
    return tuple(_status(library, report, ledger) for ledger in LEDGERS)


def _status(library: Library, report: Report, ledger: DeclaredSheet) -> LedgerStatus:
    table = library[ledger.row_type]
    own = [finding for finding in report.findings if finding.at.row_type is ledger.row_type]
    open_findings = [finding.severity for finding in own if not finding.explained]
    return LedgerStatus(
        ledger,
        table.present,
        table.is_blank,
        len(table),
        _entered_until(library, ledger),
        open_findings.count(Severity.ERROR),
        open_findings.count(Severity.WARNING),
        open_findings.count(Severity.HINT),
        len(own) - len(open_findings),
        sum(ledger.row_type in unchecked.check.reads for unchecked in report.unchecked),
    )


def _entered_until(library: Library, ledger: DeclaredSheet) -> date | None:
    entry_date = _ENTRY_DATES.get(ledger.row_type) or next(f.name for f in ledger.fields if f.kind is Kind.DATE)
    days = (getattr(row, entry_date) for row in library[ledger.row_type])
    return max((day for day in days if day is not None and day <= library.as_of), default=None)
