"""赔偿: which loan an incident is about, which tells of a lost loan, and those not settled yet with what is owed."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, untold
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.table import Flaw, LedgerTable
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import Incident, LoanMode, LoanOutcome, Settlement
from schoollib_xl.rules.compensation import Reckoning, reckon_incident


class OpenIncident(NamedTuple):
    """One incident not settled by the day, its reckoning by the rule in force when it was registered, and
    what has been paid and is still to be paid in yuan. A payment that settles it after the day is none yet. Of one
    that is undecided 处理方式 is blank and nothing was paid or brought, so that the reader may still choose: it is
    reckoned as paid for, and nothing is outstanding yet.
    """

    row: CompensationRow
    reckoning: Reckoning
    paid: Decimal
    outstanding: Decimal
    is_undecided: bool = False


def loans_of(library: Library, incident: CompensationRow) -> Iterator[LoanRow]:
    """Loans of the incident's copy that may be the one it tells of, by the day lent."""
    for loan in library.loans_by_copy.get(incident.accession_no, ()):
        if is_about(incident, loan) and loan.lent_on <= incident.registered_on:
            yield loan


def with_loans_read(library: Library) -> Iterator[CompensationRow]:
    """The incidents of copies of which every loan could be read."""
    loans = library[LoanRow]
    incomplete = {line.values.get("accession_no") for line in loans.incomplete}
    for row in library[CompensationRow] if loans.all_say("accession_no") else ():
        if row.accession_no not in incomplete:
            yield row


def is_about(incident: CompensationRow, loan: LoanRow) -> bool:
    """Whether the incident can be about this loan of its copy: to the same reader, or to a class corner,
    which is on the teacher's card while a pupil may have lost the copy.
    """
    in_a_corner = loan.mode is LoanMode.CLASS and loan.outcome is not LoanOutcome.RETURNED
    return incident.reader_no == loan.reader_no or in_a_corner


def loss_of(library: Library, loan: LoanRow) -> CompensationRow | None:
    """The 遗失 incident that tells of a loan closed as lost, or None."""
    incidents = library.incidents_by_copy.get(loan.accession_no, ())
    return next((row for row in incidents if row.incident is Incident.LOST and is_about(row, loan)), None)


def open_incidents(library: Library, day: date) -> tuple[OpenIncident, ...]:
    """Incidents registered by the day and not settled by it, in line order; none that may as well be settled."""
    table = library[CompensationRow]
    unread = untold(table, "settled_on")
    found = [_open_incident(library, row) for row in table if row.line not in unread and _is_open(row, day)]
    for row in _undecided(table, day):
        made = _open_incident(library, row._replace(settlement=Settlement.PAYMENT))
        found.append(made._replace(outstanding=NO_MONEY, is_undecided=True))
    return tuple(sorted(found, key=lambda one: one.row.line))


def _undecided(table: LedgerTable[CompensationRow], day: date) -> list[CompensationRow]:
    """The lines of incidents not settled by the day that say everything but how they are."""
    blank = {cell.line for cell in table.flaws if cell.field == "settlement" and cell.flaw is Flaw.BLANK}
    blank -= untold(table, "settled_on")
    others = {field.name for field in table.declared.fields} - {"settlement"}
    rows = [row for row in table.seen_by(others) if row.line in blank] if blank else []
    return [row for row in rows if _is_open(row, day) and not (row.paid or row.receipt_no or row.replacement_no)]


def perhaps_open(library: Library, day: date) -> tuple[Cell, ...]:
    """The lines of incidents that may be registered by the day and not settled by it, by a cell that keeps it back."""
    table = library[CompensationRow]
    unread = untold(table, "settled_on")
    lines = [(line.line, line.values) for line in table.incomplete]
    lines += [(row.line, row._asdict()) for row in table if row.line in unread] if unread else []
    first = dict(sorted(table.unreadable, reverse=True)) if lines else {}
    open_all_the_same = {row.line for row in _undecided(table, day)}
    told = sorted(line for line, values in lines if line not in open_all_the_same and _may_be_open(values, day))
    return tuple(Cell(CompensationRow, line, first.get(line, "registered_on")) for line in told)


def _may_be_open(values: Mapping[str, Any], day: date) -> bool:
    settled_on = values.get("settled_on")
    return (values.get("registered_on") or day) <= day and (settled_on is None or settled_on > day)


def open_lines(library: Library, day: date) -> tuple[int, ...] | None:
    """The lines of the incidents registered by the day and not settled by it, whatever else a line lacks; None where
    the day of one, or that of its settlement, cannot be read.
    """
    table = library[CompensationRow].seen_by({"registered_on"})
    if table.incomplete or untold(table, "settled_on"):
        return None
    return tuple(row.line for row in table if _is_open(row, day))


def _is_open(row: CompensationRow, day: date) -> bool:
    return row.registered_on <= day and (row.settled_on is None or row.settled_on > day)


def _open_incident(library: Library, row: CompensationRow) -> OpenIncident:
    reckoning = reckon_incident(library, row)
    paid = Decimal(0) if row.paid is None or row.settled_on else row.paid
    return OpenIncident(row, reckoning, paid, max(NO_MONEY, reckoning.owed - paid))
