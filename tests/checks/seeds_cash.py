"""经费登记: one defect in the clean school per check."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from checks.books import Books
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.vocabulary import SourceOrDestination

_YUAN = Decimal("1.00")


def _payment(books: Books, word: str) -> CashRow:
    """The first line about this."""
    return books.first(CashRow, lambda row: word in row.summary)


def _misbooked(books: Books, word: str, field: str, code: str) -> list[str]:
    """One yuan too much on a line: it breaks the agreement with the ledger and the running balance."""
    row = _payment(books, word)
    row = books.edit(row, **{field: getattr(row, field) + _YUAN})
    return [books.at(code, row, field), books.at("CSH201", row, "balance")]


def booked_in_another_year(books: Books) -> list[str]:
    row = _payment(books, "订报刊")
    row = books.edit(row, booked_on=row.booked_on.replace(year=row.booked_on.year - 1))
    return [books.at("CSH102", row, "booked_on")]


def booked_months_late(books: Books) -> list[str]:
    row = books.rows(CashRow)[0]
    return [
        books.at("CSH103", books.edit(row, booked_on=books.rows(CashRow)[1].booked_on + timedelta(62)), "booked_on")
    ]


def balance_wrong(books: Books) -> list[str]:
    row = _payment(books, "订报刊")
    assert row.balance is not None
    return [books.at("CSH201", books.edit(row, balance=row.balance - _YUAN), "balance")]


def invoice_paid_with_another_amount(books: Books) -> list[str]:
    return _misbooked(books, "购图书", "spent", "CSH301")


def subscription_paid_with_another_amount(books: Books) -> list[str]:
    return _misbooked(books, "订报刊", "spent", "CSH302")


def compensation_booked_with_another_amount(books: Books) -> list[str]:
    return _misbooked(books, "赔款", "received", "CSH303")


def compensation_booked_as_spent(books: Books) -> list[str]:
    """With every balance after it carried on, as a book that is kept by its formula has them."""
    row = _payment(books, "赔款")
    assert row.received
    books.edit(row, received=None, spent=row.received)
    for later in [one for one in books.rows(CashRow) if one.line >= row.line]:
        if later.balance is not None:
            books.edit(later, balance=later.balance - 2 * row.received)
    return [books.at("CSH305", row, "spent")]


def invoice_not_booked(books: Books) -> list[str]:
    bought = books.first(SummaryRow, lambda row: row.source is SourceOrDestination.PURCHASE and bool(row.voucher_no))
    return [books.at("CSH311", books.edit(bought, voucher_no="FP99999999"), "voucher_no")]


def subscription_not_booked(books: Books) -> list[str]:
    number = books.last(CashRow, lambda row: "订报刊" in row.summary).voucher_no
    rows = [row for row in books.rows(PeriodicalRow) if row.voucher_no == number]
    renamed = [books.edit(row, voucher_no="YZ99999999") for row in rows]
    return [books.at("CSH312", renamed[0], "voucher_no")]


def compensation_not_booked(books: Books) -> list[str]:
    row = books.first(CompensationRow, lambda row: bool(row.receipt_no))
    return [books.at("CSH313", books.edit(row, receipt_no="SJ9999-999"), "receipt_no")]


def summary_of_another_batch(books: Books) -> list[str]:
    row = books.first(CashRow, lambda row: row.summary == "购图书（2025-002）")
    row = books.edit(row, summary="购图书（2026-004）")
    return [books.at("CSH204", row, "summary")]


def brought_forward_otherwise(books: Books) -> list[str]:
    row = books.first(CashRow, lambda row: "结转" in row.summary)
    return [books.at("CSH206", books.edit(row, received=row.received + 1), "received")]


def brought_forward_again(books: Books) -> list[str]:
    row = books.last(CashRow, lambda row: bool(row.received) and "经费" in row.summary)
    return [books.at("CSH205", books.edit(row, summary="上学年结转"), "summary")]


def settled_months_after_it_was_booked(books: Books) -> list[str]:
    row = books.first(CompensationRow, lambda row: row.receipt_no is not None)
    row = books.edit(row, settled_on=row.settled_on + timedelta(days=90))
    return [books.at("CMP107", row, "settled_on")]


SEEDS: dict[str, Callable[[Books], list[str]]] = {
    "CSH204": summary_of_another_batch,
    "CSH206": brought_forward_otherwise,
    "CSH205": brought_forward_again,
    "CMP107": settled_months_after_it_was_booked,
    "CSH102": booked_in_another_year,
    "CSH103": booked_months_late,
    "CSH201": balance_wrong,
    "CSH301": invoice_paid_with_another_amount,
    "CSH302": subscription_paid_with_another_amount,
    "CSH303": compensation_booked_with_another_amount,
    "CSH305": compensation_booked_as_spent,
    "CSH311": invoice_not_booked,
    "CSH312": subscription_not_booked,
    "CSH313": compensation_not_booked,
}
