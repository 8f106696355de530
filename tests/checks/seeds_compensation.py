"""赔偿登记账, and what 借阅登记账 says of it: one defect in the clean school per check."""

from datetime import timedelta
from decimal import Decimal

from checks.books import Books
from checks.seeding import wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Incident, LoanOutcome, Settlement
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_DAY = timedelta(days=1)
_YUAN = Decimal("1.00")
_UNUSED = "999999"


def _paid_loss(books: Books) -> CompensationRow:
    return _incident(books, Incident.LOST, Settlement.PAYMENT)


def _replaced_loss(books: Books) -> CompensationRow:
    return _incident(books, Incident.LOST, Settlement.REPLACEMENT)


def _repair(books: Books) -> CompensationRow:
    return _incident(books, Incident.DAMAGED, Settlement.REPAIR)


def _incident(books: Books, incident: Incident, settlement: Settlement) -> CompensationRow:
    return books.first(CompensationRow, lambda row: row.incident is incident and row.settlement is settlement)


def _lost_loan(books: Books, row: CompensationRow) -> LoanRow:
    return books.first(
        LoanRow,
        lambda loan: loan.accession_no == row.accession_no and loan.outcome is LoanOutcome.LOST,
    )


def _without_withdrawal(books: Books, row: CompensationRow) -> list[str]:
    """Leave the copy's line out of 注销登记账, and what the other ledgers then say of it."""
    gone = books.first(WithdrawalRow, lambda gone: gone.accession_no == row.accession_no)
    copy = books.first(AccessionRow, lambda copy: copy.accession_no == row.accession_no)
    batch = books.first(SummaryRow, lambda batch: batch.batch_no == gone.withdrawal_no)
    books.drop(gone)
    return [
        books.at("ACC351", copy, "withdrawn_on"),
        books.at("SUM351", batch, "copies"),
        books.at("SUM352", batch, "list_value"),
        books.at("SUM353", batch, copy.class_letter),
    ]


def receipt_used_twice(books: Books) -> list[str]:
    """经费登记 has the money of the first incident alone under that receipt, and of the other under its own."""
    first = _paid_loss(books)
    row = books.last(CompensationRow, lambda row: row.receipt_no is not None)
    row = books.edit(row, receipt_no=first.receipt_no)
    return [books.at("CMP012", row, "receipt_no")]


def replacement_used_twice(books: Books) -> list[str]:
    first = _replaced_loss(books)
    row = books.last(CompensationRow, lambda row: row.replacement_no is not None)
    row = books.edit(row, replacement_no=first.replacement_no)
    return [books.at("CMP013", row, "replacement_no")]


def lost_but_never_lent(books: Books) -> list[str]:
    """The incident names another reader: the reader's loan has no incident any more."""
    row = _paid_loss(books)
    loan = _lost_loan(books, row)
    other = _repair(books)
    row = books.edit(row, reader_no=other.reader_no, name=other.name, class_name=other.class_name)
    return [books.at("CMP302", row, "accession_no"), books.at("CIR351", loan, "outcome")]


def lost_but_loan_is_not(books: Books) -> list[str]:
    row = _paid_loss(books)
    books.edit(_lost_loan(books, row), outcome=LoanOutcome.RETURNED)
    return [books.at("CMP303", row, "incident")]


def lost_but_not_written_off(books: Books) -> list[str]:
    row = books.edit(_paid_loss(books), withdrawal_no=None)
    return [books.at("CMP304", row, "withdrawal_no"), *_without_withdrawal(books, row)]


def said_to_be_written_off(books: Books) -> list[str]:
    row = _paid_loss(books)
    return [books.at("CMP305", row, "withdrawal_no"), *_without_withdrawal(books, row)]


def replacement_is_from_another_source(books: Books) -> list[str]:
    bought = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-002")
    row = books.edit(_replaced_loss(books), replacement_no=bought.accession_no)
    return [books.at("CMP310", row, "replacement_no")]


def lost_without_incident(books: Books) -> list[str]:
    row = _replaced_loss(books)
    loan = _lost_loan(books, row)
    brought = books.first(AccessionRow, lambda copy: copy.accession_no == row.replacement_no)
    after = books.first(CompensationRow, lambda other: other.line > row.line)
    books.drop(row)
    lacking = [books.at("CIR351", loan, "outcome"), books.at("ACC311", brought, "source")]
    return [*lacking, books.at("CMP002", after, "incident_no")]


wrong("CMP011", _paid_loss, receipt_no=None)
wrong("CMP101", _replaced_loss, settled_on=lambda row: row.registered_on - _DAY)
wrong("CMP201", _repair, price=lambda row: row.price + _YUAN)
wrong("CMP202", _paid_loss, owed=lambda row: row.price + _YUAN)
wrong("CMP301", _repair, accession_no=_UNUSED)
wrong("CMP306", _paid_loss, withdrawal_no="2025-999")
wrong(
    "CMP307",
    lambda books: _incident(books, Incident.DAMAGED, Settlement.PAYMENT),
    "settlement",
    "CMP322 settlement",
    settlement=Settlement.REPAIR,
    owed=Decimal("0.00"),
    paid=None,
)
wrong("CMP308", _replaced_loss, replacement_no=None)
wrong("CMP309", _replaced_loss, replacement_no=_UNUSED)
wrong(
    "CMP102",
    lambda books: _incident(books, Incident.DAMAGED, Settlement.PAYMENT),
    "refunded_on",
    "CSH304 refunded_on",
    refunded_on=lambda row: row.settled_on - _DAY,
)
