"""The shortest way to say a library in a test, and its findings as short text."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from schoollib_xl.causes.correction import Cause
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Finding, Report, run
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL, LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example as row
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import Row, cell
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.table import Flaw, FlawedCell, IncompleteRow, LedgerTable
from schoollib_xl.wording.checking.findings import message_of
from schoollib_xl.wording.places import address

__all__ = [
    "EXAMPLE_SCHOOL",
    "at",
    "findings",
    "flat",
    "library",
    "report",
    "row",
    "sentences",
    "with_flaw",
    "with_incomplete",
    "with_unreadable",
    "without_column",
]


def library(*rows: Any, school: School = EXAMPLE_SCHOOL, as_of: date | None = None) -> Library:
    """A library of these rows; every other sheet is there and empty."""
    return LedgerSet.of(*rows, school=school).library(as_of)


def report(code: str, books: Library) -> Report:
    """One check run over the books; what it finds is no worse than it says it may be."""
    came_to = run(books, [ALL[code]])
    order = list(Severity)
    assert all(order.index(one.severity) >= order.index(ALL[code].at_worst) for one in came_to.findings), code
    return came_to


def findings(code: str, *rows: Any, school: School = EXAMPLE_SCHOOL, as_of: date | None = None) -> list[str]:
    """What one check finds in these rows, as `CIR101 借阅登记账!B2`."""
    books = library(*rows, school=school, as_of=as_of)
    return flat(books, report(code, books).findings)


def sentences(code: str, *rows: Any, school: School = EXAMPLE_SCHOOL, as_of: date | None = None) -> list[str]:
    """The messages of one check over these rows."""
    books = library(*rows, school=school, as_of=as_of)
    return [message_of(books, finding).message for finding in report(code, books).findings]


def flat(books: Library, found: Iterable[Finding]) -> list[str]:
    """Findings as code and address, in report order."""
    return [f"{one.check.code} {address(books, one.at)}" for one in found]


def at(books: Library, code: str, row: Row, field: str) -> str:
    """How `flat` shows a finding of this code at this row's cell."""
    return f"{code} {address(books, cell(row, field))}"


def with_incomplete(books: Library, row_type: type[Any], **values: Any) -> Library:
    """The books with one more line on a sheet, of which only these values could be read; its other cells are blank."""
    table = books[row_type]
    line = 999 + len(table.incomplete)
    needed = (field.name for field in table.declared.fields if field.required)
    blank = [FlawedCell(line, name, Flaw.BLANK, "") for name in needed if values.get(name) is None]
    incomplete = [*table.incomplete, IncompleteRow(line, values)]
    return _with(books, table.changed(incomplete=incomplete, flaws=[*table.flaws, *blank]))


def without(books: Library, row_type: type[Any]) -> Library:
    """The books without a sheet."""
    return _with(books, LedgerTable(books[row_type].declared))


def without_column(books: Library, row_type: type[Any], field: str) -> Library:
    """The books with a sheet that lacks a column."""
    table = books[row_type]
    parts = [part._replace(columns={k: v for k, v in part.columns.items() if k != field}) for part in table.parts]
    return _with(books, table.changed(rows=[row._replace(**{field: None}) for row in table], parts=parts))


def with_unreadable(books: Library, row: Row, field: str) -> Library:
    """The books with one cell of a row that nobody could read."""
    return with_flaw(books, row, field, Flaw.ERROR_VALUE)


def with_flaw(books: Library, row: Row, field: str, flaw: Flaw) -> Library:
    """The books with one cell of a row that was written in an odd way."""
    return _with(books, books[type(row)].changed(flaws=[FlawedCell(row.line, field, flaw, "#N/A")]))


def _with(books: Library, table: LedgerTable[Any]) -> Library:
    tables = [table if sheet is table.declared else books[sheet.row_type] for sheet in ALL_SHEETS]
    return Library(tables, books.school, books.as_of)


def explained(ledger_set: LedgerSet) -> tuple[Report, tuple[Cause, ...]]:
    """What all checks find in these books, and the causes that are named for it."""
    books = ledger_set.library()
    found = run(books, ALL.values())
    return found, causes_of(books, found).found
