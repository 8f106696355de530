"""How each ledger stands after a check: lines, last entry, and how many findings of each severity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS
from schoollib_xl.ledgers.schema import DeclaredSheet, Kind

# The day an entry was made, where it is not the first date of the line.
_ENTRY_DATES = {ClassificationRow: "ends_on"}


class Counts(NamedTuple):
    """How many findings of each severity nobody has explained, and how many are explained."""

    errors: int
    warnings: int
    hints: int
    explained: int


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


def beside_ledgers(library: Library, report: Report) -> tuple[int, Counts]:
    """The lines of all sheets beside the seven ledgers, and what was found there."""
    ledgers = {ledger.row_type for ledger in LEDGERS}
    lines = sum(len(library[sheet.row_type]) for sheet in ALL_SHEETS if sheet.row_type not in ledgers)
    return lines, _counts([finding for finding in report.findings if finding.at.row_type not in ledgers])


def _counts(findings: Sequence[Finding]) -> Counts:
    left = [finding.severity for finding in findings if not finding.explained]
    errors, warnings, hints = map(left.count, (Severity.ERROR, Severity.WARNING, Severity.HINT))
    return Counts(errors, warnings, hints, len(findings) - len(left))


def _status(library: Library, report: Report, ledger: DeclaredSheet) -> LedgerStatus:
    table = library[ledger.row_type]
    own = [finding for finding in report.findings if finding.at.row_type is ledger.row_type]
    return LedgerStatus(
        ledger,
        table.present,
        table.is_blank,
        len(table),
        _entered_until(library, ledger),
        *_counts(own),
        sum(ledger.row_type in unchecked.check.reads for unchecked in report.unchecked),
    )


def _entered_until(library: Library, ledger: DeclaredSheet) -> date | None:
    entry_date = _ENTRY_DATES.get(ledger.row_type) or next(f.name for f in ledger.fields if f.kind is Kind.DATE)
    days = (getattr(row, entry_date) for row in library[ledger.row_type])
    return max((day for day in days if day is not None and day <= library.as_of), default=None)
