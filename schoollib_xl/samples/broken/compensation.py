"""赔偿登记账, and what 借阅登记账 says of it: one small broken example per check."""

from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Incident, LoanOutcome, Settlement
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.broken.example import Example

_INCIDENT = example(CompensationRow)
_SECOND = _INCIDENT._replace(incident_no="P2025-002", accession_no="000002")
_REPLACED = _INCIDENT._replace(
    settlement=Settlement.REPLACEMENT, owed=Decimal("0.00"), paid=None, receipt_no=None, replacement_no="000002"
)
_REPAIRED = _INCIDENT._replace(
    incident=Incident.DAMAGED, settlement=Settlement.REPAIR, owed=Decimal("0.00"), paid=None, receipt_no=None
)
_COPY = example(AccessionRow)
_NEW_COPY = example(AccessionRow, accession_no="000002", accessioned_on=date(2025, 10, 20))
_LOAN = example(LoanRow)
_LOST_LOAN = _LOAN._replace(returned_on=_INCIDENT.registered_on, outcome=LoanOutcome.LOST)
_WITHDRAWAL = example(WithdrawalRow)

EXAMPLES = {
    "CMP011": Example((_INCIDENT._replace(receipt_no=None),)),
    "CMP012": Example((_INCIDENT, _SECOND._replace(reader_no="S0002"))),
    "CMP013": Example((_REPLACED, _REPLACED._replace(incident_no="P2025-002", accession_no="000003"))),
    "CMP101": Example((_INCIDENT._replace(settled_on=date(2025, 10, 2)),)),
    "CMP102": Example((_INCIDENT._replace(refunded_on=date(2025, 10, 16)),)),
    "CMP201": Example((_COPY, _INCIDENT._replace(price=Decimal("52.00"), owed=Decimal("52.00")))),
    "CMP202": Example((_INCIDENT._replace(owed=Decimal("50.00")),)),
    "CMP301": Example((_INCIDENT._replace(accession_no="000010"),)),
    "CMP302": Example((_COPY, _LOST_LOAN._replace(reader_no="S0002"), _INCIDENT)),
    "CMP303": Example((_COPY, _LOAN, _INCIDENT)),
    "CMP304": Example((_COPY, _LOST_LOAN, _INCIDENT)),
    "CMP305": Example((_COPY, _LOST_LOAN, _INCIDENT._replace(withdrawal_no="2026-001"))),
    "CMP306": Example((_COPY, _INCIDENT._replace(withdrawal_no="2026-010"), _WITHDRAWAL)),
    "CMP307": Example((_COPY, _REPAIRED, _WITHDRAWAL)),
    "CMP308": Example((_REPLACED._replace(replacement_no=None),)),
    "CMP309": Example((_COPY, _REPLACED)),
    "CMP310": Example((example(SummaryRow), _COPY, _NEW_COPY, _REPLACED)),
    "CIR351": Example((_COPY, _LOST_LOAN)),
}
