"""经费登记: one defect in the clean school per check."""

from datetime import date, timedelta
from decimal import Decimal

from checks.books import Books
from checks.seeding import again, batch_called, first, last, wrong
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.vocabulary import SourceOrDestination, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_YUAN = Decimal("1.00")


def _payment(books: Books, word: str) -> CashRow:
    """The first line about this."""
    return books.first(CashRow, lambda row: word in row.summary)


def _misbooked(books: Books, word: str, field: str, code: str) -> list[str]:
    """One yuan too much on a line: it breaks the agreement with the ledger and the running balance."""
    row = _payment(books, word)
    row = books.edit(row, **{field: getattr(row, field) + _YUAN})
    return [books.at(code, row, field), books.at("CSH201", row, "balance")]


def booked_months_beside(books: Books) -> list[str]:
    row = books.rows(CashRow)[0]
    return [
        books.at("CSH103", books.edit(row, booked_on=books.rows(CashRow)[1].booked_on + timedelta(62)), "booked_on")
    ]


def spent_differs_from_paid_value(books: Books) -> list[str]:
    return _misbooked(books, "购图书", "spent", "CSH301")


def spent_differs_from_subscriptions(books: Books) -> list[str]:
    return _misbooked(books, "订报刊", "spent", "CSH302")


def received_differs_from_compensation(books: Books) -> list[str]:
    return _misbooked(books, "赔款", "received", "CSH303")


def received_taken_for_spent(books: Books) -> list[str]:
    """With every balance after it carried on, as a book that is kept by its formula has them."""
    row = _payment(books, "赔款")
    assert row.received
    books.edit(row, received=None, spent=row.received)
    for later in [one for one in books.rows(CashRow) if one.line >= row.line]:
        if later.balance is not None:
            books.edit(later, balance=later.balance - 2 * row.received)
    return [books.at("CSH305", row, "spent")]


def subscription_not_booked(books: Books) -> list[str]:
    number = books.last(CashRow, lambda row: "订报刊" in row.summary).voucher_no
    rows = [row for row in books.rows(PeriodicalRow) if row.voucher_no == number]
    renamed = [books.edit(row, voucher_no="YZ99999999") for row in rows]
    return [books.at("CSH312", renamed[0], "voucher_no")]


wrong("CSH204", first(CashRow, summary="购图书（2025-002）"), summary="购图书（2026-004）")
wrong("CSH206", first(CashRow, lambda row: "结转" in row.summary), received=lambda row: row.received + 1)
wrong("CSH205", last(CashRow, lambda row: bool(row.received) and "经费" in row.summary), summary="上学年结转")
wrong(
    "CMP107",
    first(CompensationRow, lambda row: row.receipt_no is not None),
    settled_on=lambda row: row.settled_on + timedelta(days=90),
)
wrong(
    "CSH102",
    lambda books: _payment(books, "订报刊"),
    booked_on=lambda row: row.booked_on.replace(year=row.booked_on.year - 1),
)
wrong(
    "CSH311",
    first(SummaryRow, lambda row: row.source is SourceOrDestination.PURCHASE and bool(row.voucher_no)),
    voucher_no="FP99999999",
)
wrong("CSH313", first(CompensationRow, lambda row: bool(row.receipt_no)), receipt_no="SJ9999-999")
wrong("CSH201", lambda books: _payment(books, "订报刊"), balance=lambda row: row.balance - _YUAN)


def entry_of_no_ledger(books: Books) -> list[str]:
    last = books.rows(CashRow)[-1]
    bill = {"voucher_no": "FP20260501", "received": None, "spent": Decimal("100.00")}
    row = books.add(last._replace(summary="购图书", balance=(last.balance or 0) - Decimal("100.00"), **bill))
    return [books.at("CSH314", row, "voucher_no")]


def booked_before_its_voucher(books: Books) -> list[str]:
    row = books.edit(books.first(CashRow, lambda row: row.voucher_no == "YZ20251210"), booked_on=date(2025, 11, 10))
    job = books.first(JobRow, lambda job: "征订" in job.task)
    return [books.at("CSH106", row, "booked_on"), books.at("ACT110", job, "done")]


wrong("CSH306", batch_called("2026-004"), paid_value=None)
wrong("CSH107", first(CashRow, voucher_no="SR20260302"), voucher_no="SR20260303")
wrong("CSH101", first(CashRow, voucher_no="SJ2025-001"), booked_on=date(2025, 10, 10))
wrong("CSH203", lambda books: books.rows(CashRow)[1], "spent", "CSH201 balance", spent=Decimal("0.01"))
again("CSH202", lambda books: books.rows(CashRow)[-1], "spent", voucher_no=None, received=None)
wrong("CSH315", first(WithdrawalRow, reason=WithdrawalReason.WEEDED), disposal="变卖")
