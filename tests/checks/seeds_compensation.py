"""赔偿登记账, and what 借阅登记账 says of it: one defect in the clean school per check."""

from datetime import date, timedelta
from decimal import Decimal

from checks.books import Books
from checks.seeding import SEEDS, copy_numbered, first, repaired, replaced, wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.vocabulary import Incident, LoanOutcome, Settlement, WithdrawalReason
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


def _paid(books: Books) -> CompensationRow:
    return books.first(CompensationRow, lambda row: row.settlement is Settlement.PAYMENT)


def _loan_of(books: Books, row: CompensationRow) -> LoanRow:
    return books.first(LoanRow, lambda loan: loan.accession_no == row.accession_no and loan.outcome is LoanOutcome.LOST)


def _gone(books: Books, row: CompensationRow) -> WithdrawalRow:
    return books.first(WithdrawalRow, lambda gone: gone.accession_no == row.accession_no)


def incident_entered_twice(books: Books) -> list[str]:
    first = replaced(books)
    number = f"P{first.registered_on.year}-099"
    row = books.add(first._replace(incident_no=number, replacement_no=None, settled_on=None))
    return [books.at("CMP014", row, "accession_no"), books.at("CMP002", row, "incident_no")]


def registered_before_lent(books: Books) -> list[str]:
    row = _paid(books)
    loan = _loan_of(books, row)
    row = books.edit(row, registered_on=loan.lent_on - 2 * _DAY)
    return [books.at("CMP103", row, "registered_on"), books.at("CMP302", row, "accession_no")]


def registered_after_withdrawal(books: Books) -> list[str]:
    row = books.first(CompensationRow, lambda row: row.incident is Incident.DAMAGED and row.withdrawal_no is not None)
    row = books.edit(row, registered_on=date(2026, 7, 1), settled_on=date(2026, 7, 2))
    cash = books.first(CashRow, lambda cash: cash.voucher_no == row.receipt_no)
    return [books.at("CMP105", row, "registered_on"), books.at("CSH101", cash, "booked_on")]


def replacement_came_first(books: Books) -> list[str]:
    row = replaced(books)
    day = copy_numbered(books, row.replacement_no).accessioned_on + _DAY
    row = books.edit(row, registered_on=day, settled_on=day)
    return [books.at("CMP106", row, "replacement_no"), books.at("CMP104", row, "registered_on")]


def name_differs(books: Books) -> list[str]:
    row = _paid(books)
    return [books.at("CMP312", books.edit(row, name=repaired(books).name), "name")]


def class_differs(books: Books) -> list[str]:
    row = _paid(books)
    return [books.at("CMP313", books.edit(row, class_name=repaired(books).class_name), "class_name")]


def replaced_by_another_title(books: Books) -> list[str]:
    row = books.last(CompensationRow, lambda row: row.replacement_no is not None)
    books.edit(copy_numbered(books, row.replacement_no), title="新来的书", isbn=None)
    return [books.at("CMP316", row, "replacement_no")]


def refunded_but_written_off(books: Books) -> list[str]:
    row = _paid(books)
    assert row.settled_on is not None
    row = books.edit(row, refunded_on=row.settled_on + _DAY)
    return [books.at("CMP318", row, "refunded_on"), books.at("CSH304", row, "refunded_on")]


def lost_but_gone_otherwise(books: Books) -> list[str]:
    row = _paid(books)
    gone = books.edit(_gone(books, row), reason=WithdrawalReason.WEEDED)
    return [books.at("CMP319", row, "incident"), books.at("SUM356", gone, "reason")]


def damaged_but_never_lent(books: Books) -> list[str]:
    row, other = repaired(books), _paid(books)
    row = books.edit(row, reader_no=other.reader_no, name=other.name, class_name=other.class_name)
    return [books.at("CMP321", row, "reader_no")]


def mended_without_repair(books: Books) -> list[str]:
    row = repaired(books)
    books.drop(books.first(RepairRow, lambda repair: repair.accession_no == row.accession_no))
    return [books.at("CMP322", row, "settlement")]


wrong("CMP323", repaired, settled_on=lambda row: row.registered_on)
wrong("CMP108", first(CompensationRow), incident_no="P2026-009")
wrong("CMP104", _paid, registered_on=lambda row: row.registered_on - _DAY)
wrong("CMP203", repaired, paid=Decimal("8.00"))
wrong("CMP205", _paid, settled_on=None)
wrong("CMP311", repaired, reader_no="S9999")
SEEDS["CMP312"] = name_differs
SEEDS["CMP313"] = class_differs
wrong("CMP314", _paid, title="没有这本书")
wrong("CMP315", replaced, replacement_no=lambda row: row.accession_no)
wrong("CMP317", replaced, "replacement_no", "CMP322 settlement", settlement=Settlement.REPAIR)
SEEDS["CMP318"] = refunded_but_written_off
wrong("CMP320", _paid, withdrawal_no=None)
SEEDS["CSH304"] = refunded_but_written_off
wrong("CMP204", repaired, refunded_on=lambda row: row.settled_on + _DAY)
