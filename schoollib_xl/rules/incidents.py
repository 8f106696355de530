"""赔偿: which loan an incident is about, which tells of a lost loan, and those not settled yet with what is owed."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, untold
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.table import Flaw
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import Incident, LoanMode, LoanOutcome, Settlement
from schoollib_xl.rules.compensation import Reckoning, reckon_incident


class OpenIncident(NamedTuple):
    """One incident not settled by the day, its reckoning by the rule in force when it was registered, and
    what has been paid and is still to be paid in yuan. A payment that settles it after the day is none yet.
    """

    row: CompensationRow
    reckoning: Reckoning
    paid: Decimal
    outstanding: Decimal


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
    return tuple(_open_incident(library, row) for row in table if row.line not in unread and _is_open(row, day))


def undecided_incidents(library: Library, day: date) -> Iterator[OpenIncident]:
    """Incidents not settled by the day of which everything is said but 处理方式, left blank, and nothing was paid or
    brought: the reader may still choose. Reckoned as paid for.
    """
    table = library[CompensationRow]
    blank = {cell.line for cell in table.flaws if cell.field == "settlement" and cell.flaw is Flaw.BLANK}
    blank -= untold(table, "settled_on")
    others = {field.name for field in table.declared.fields} - {"settlement"}
    for row in table.seen_by(others) if blank else ():
        is_begun = row.paid or row.receipt_no or row.replacement_no
        if row.line in blank and not is_begun and _is_open(row, day):
            yield _open_incident(library, row._replace(settlement=Settlement.PAYMENT))


def perhaps_open(library: Library, day: date) -> tuple[Cell, ...]:
    """The lines of incidents that may be registered by the day and not settled by it, by a cell that keeps it back."""
    table = library[CompensationRow]
    unread = untold(table, "settled_on")
    lines = [(line.line, line.values) for line in table.incomplete]
    lines += [(row.line, row._asdict()) for row in table if row.line in unread] if unread else []
    first = dict(sorted(table.unreadable, reverse=True)) if lines else {}
    told = sorted(line for line, values in lines if _may_be_open(values, day))
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
