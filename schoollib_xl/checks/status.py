"""How each ledger stands after a check: lines, last entry, and how many findings of each severity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS
from schoollib_xl.ledgers.schema import DeclaredSheet, Kind
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule
from schoollib_xl.ledgers.supporting.shelves import StocktakeScopeRow

# The day an entry was made, where it is not the first date of the line.
_ENTRY_DATES = {ClassificationRow: "ends_on"}
# What holds from a day on is laid down, not entered on that day; an explanation may be written whenever.
_NO_RECORDS = (CalendarRow, LendingRule, CompensationRule, StocktakeScopeRow, ExplanationRow)
Later = Mapping[type[Any], frozenset[int]]
"""The lines, by row type, of entries of later days than those that are told of."""
_NONE: Later = MappingProxyType({})


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


def entered_later(library: Library, day: date) -> Later:
    """The entries of the days after `day` that lie in a term of the books. A day beyond every term is more likely a
    slip than an entry to come.
    """
    last = max((term.end for term in library.school.terms), default=day)
    return {sheet.row_type: _entered_between(library, sheet, day, last) for sheet in ALL_SHEETS}


def _entered_between(library: Library, sheet: DeclaredSheet, day: date, last: date) -> frozenset[int]:
    field = _entry_date(sheet)
    if field is None:
        return frozenset()
    days = ((row.line, getattr(row, field)) for row in library[sheet.row_type])
    return frozenset(line for line, entered in days if entered is not None and day < entered <= last)


def _entry_date(sheet: DeclaredSheet) -> str | None:
    """The column that says when an entry was made; None for a sheet that is no record of what happened."""
    if sheet.row_type in _NO_RECORDS:
        return None
    return _ENTRY_DATES.get(sheet.row_type) or next((f.name for f in sheet.fields if f.kind is Kind.DATE), None)


def without_later(report: Report, later: Later) -> Report:
    """What was found, but for what is about later entries."""
    told = (one for one in report.findings if one.at.line not in later.get(one.at.row_type, ()))
    return report._replace(findings=tuple(told))


def not_begun(library: Library) -> list[DeclaredSheet]:
    """The ledgers that are there and in which nothing stands."""
    return [ledger for ledger in LEDGERS if library[ledger.row_type].is_blank]


def statuses(library: Library, report: Report, later: Later = _NONE) -> tuple[LedgerStatus, ...]:
    """The seven ledgers, in the order of the workbook; the lines of `later` entries are not counted."""
    return tuple(_status(library, report, ledger, later) for ledger in LEDGERS)


def beside_ledgers(library: Library, report: Report, later: Later = _NONE) -> tuple[int, Counts]:
    """The lines of all sheets beside the seven ledgers, those of `later` entries not counted, and what was found
    there.
    """
    ledgers = {ledger.row_type for ledger in LEDGERS}
    lines = sum(lines_of(library, sheet, later) for sheet in ALL_SHEETS if sheet.row_type not in ledgers)
    return lines, _counts([finding for finding in report.findings if finding.at.row_type not in ledgers])


def lines_of(library: Library, sheet: DeclaredSheet, later: Later) -> int:
    """The lines of a sheet but for those of later entries."""
    return len(library[sheet.row_type]) - len(later.get(sheet.row_type, ()))


def _counts(findings: Sequence[Finding]) -> Counts:
    left = [finding.severity for finding in findings if not finding.explained]
    errors, warnings, hints = map(left.count, (Severity.ERROR, Severity.WARNING, Severity.HINT))
    return Counts(errors, warnings, hints, len(findings) - len(left))


def _status(library: Library, report: Report, ledger: DeclaredSheet, later: Later) -> LedgerStatus:
    table = library[ledger.row_type]
    own = [finding for finding in report.findings if finding.at.row_type is ledger.row_type]
    return LedgerStatus(
        ledger,
        table.present,
        table.is_blank,
        lines_of(library, ledger, later),
        _entered_until(library, ledger),
        *_counts(own),
        sum(ledger.row_type in unchecked.check.reads for unchecked in report.unchecked),
    )


def _entered_until(library: Library, ledger: DeclaredSheet) -> date | None:
    field = _entry_date(ledger)
    days = (getattr(row, field) for row in library[ledger.row_type]) if field else ()
    return max((day for day in days if day is not None and day <= library.as_of), default=None)
