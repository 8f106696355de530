"""赔偿: incidents not settled yet, with what is owed for each and how it is reckoned."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.rules.compensation import Reckoning, reckon_incident


@dataclass(frozen=True)
class OpenIncident:
    """One incident not settled by the day, its reckoning by the rule in force when it was registered, and
    what has been paid and is still to be paid in yuan. A payment that settles it after the day is none yet.
    """

    row: CompensationRow
    reckoning: Reckoning
    paid: Decimal
    outstanding: Decimal


def open_incidents(library: Library, day: date) -> tuple[OpenIncident, ...]:
    """Incidents registered by the day and not settled by it, in line order."""
    return tuple(_open_incident(library, row) for row in library[CompensationRow] if _is_open(row, day))


def _is_open(row: CompensationRow, day: date) -> bool:
    return row.registered_on <= day and (row.settled_on is None or row.settled_on > day)


def _open_incident(library: Library, row: CompensationRow) -> OpenIncident:
    reckoning = reckon_incident(library, row)
    paid = Decimal(0) if row.paid is None or row.settled_on else row.paid
    return OpenIncident(row, reckoning, paid, max(Decimal("0.00"), reckoning.owed - paid))
