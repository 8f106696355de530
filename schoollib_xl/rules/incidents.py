"""Which loan an incident is about, and which incident tells of a lost loan."""

from collections.abc import Iterator

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.vocabulary import Incident, LoanMode, LoanOutcome


def loans_of(library: Library, incident: CompensationRow) -> Iterator[LoanRow]:
    """Loans of the incident's copy that may be the one it tells of, by the day lent."""
    for loan in library.loans_by_copy.get(incident.accession_no, ()):
        if is_about(incident, loan) and loan.lent_on <= incident.registered_on:
            yield loan


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
