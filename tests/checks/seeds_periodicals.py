"""报刊登记账: one defect in the clean school per check."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from checks.books import Books
from checks.seeding import first, wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.vocabulary import Frequency

_DAY = timedelta(days=1)
_YUAN = Decimal("1.00")
_UNUSED = ("999998", "999999")


def _changed(books: Books, **changes: Any) -> PeriodicalRow:
    """The first magazine that was not bound, changed."""
    row = books.first(PeriodicalRow, lambda row: row.issn is not None and row.bound_volumes is None)
    changed: PeriodicalRow = books.edit(row, **changes)
    return changed


def _bound(books: Books) -> PeriodicalRow:
    return books.first(PeriodicalRow, lambda row: row.bound_volumes is not None)


def bound_number_used_twice(books: Books) -> list[str]:
    first = _bound(books)
    row = books.last(PeriodicalRow, lambda row: bool(row.bound_volumes) and row.title != first.title)
    row = books.edit(row, first_bound_no=first.first_bound_no, last_bound_no=first.last_bound_no)
    return [books.at("PER016", row, "first_bound_no")]


def missing_issues_are_not_explained(books: Books) -> list[str]:
    row = books.first(PeriodicalRow, lambda row: row.missing_note is not None)
    expired = books.first(ExplanationRow, lambda line: line.number == row.periodical_no)
    at = books.at("PER203", books.edit(row, missing_note=None), "missing_note")
    return [at, books.at("EXP101", expired, "valid_until")]


def due_issues_do_not_fit(books: Books) -> list[str]:
    row = _changed(books, due_issues=60, received_issues=60)
    return [books.at("PER204", row, "due_issues")]


def bound_number_is_another_book(books: Books) -> list[str]:
    first, second = [copy for copy in books.rows(AccessionRow) if copy.batch_no == "2025-002"][:2]
    row = books.edit(_bound(books), first_bound_no=first.accession_no, last_bound_no=second.accession_no)
    return [books.at("PER303", row, "first_bound_no")]


def copies_and_price_exchanged(books: Books) -> list[str]:
    """The order of the last paper is paid once more, with its two figures exchanged."""
    rows = books.rows(PeriodicalRow)
    row = next(
        row
        for row in rows
        if row.price == int(row.price) > 3 * row.copies
        and any(other.title == row.title and other.copies == row.copies and other is not row for other in rows)
    )
    row = books.edit(row, copies=int(row.price), price=Decimal(row.copies))
    return [books.at("PER210", row, "copies")]


wrong("PER101", _changed, ends_on=lambda row: row.starts_on - _DAY)
wrong("PER213", first(PeriodicalRow, frequency=Frequency.MONTHLY), ends_on=lambda row: row.ends_on + timedelta(days=2))


def period_of_another_year_than_its_order(books: Books) -> list[str]:
    """Every paper of an order a year too early, as the year of the last order was filled down."""
    number = books.last(PeriodicalRow).voucher_no
    rows = [row for row in books.rows(PeriodicalRow) if row.voucher_no == number]
    early = [
        books.edit(row, starts_on=row.starts_on - timedelta(365), ends_on=row.ends_on - timedelta(365)) for row in rows
    ]
    return [books.at("PER214", early[0], "starts_on")]


wrong("PER211", first(PeriodicalRow, lambda row: row.missing_note is not None), missing_note="缺第 7 期，已查询")
wrong("PER202", _changed, received_issues=lambda row: row.due_issues + 1)
wrong("PER205", _bound, "last_bound_no", bound_volumes=lambda row: (row.bound_volumes or 0) + 1)
wrong("PER301", _bound, first_bound_no=None, last_bound_no=None)
wrong("PER306", _bound, bound_volumes=None)
wrong("PER302", _bound, first_bound_no=_UNUSED[0], last_bound_no=_UNUSED[1])
wrong("PER011", _changed, postal_code="2106")
wrong("PER012", _changed, postal_code="2月6日")
wrong("PER013", _changed, issn="10022767")
wrong("PER014", _changed, issn="1002-2768")
wrong("PER015", _changed, cn="CN11-106/J")
wrong("PER201", _changed, "amount", price=lambda row: row.price + _YUAN)
