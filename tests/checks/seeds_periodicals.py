"""报刊登记账: one defect in the clean school per check."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from checks.books import Books
from checks.seeding import SEEDS, first, wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow
from schoollib_xl.ledgers.vocabulary import Frequency, PeriodicalKind

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


_YEAR = timedelta(days=365)


def _second_paper(books: Books) -> PeriodicalRow:
    first = books.rows(PeriodicalRow)[0]
    return books.last(PeriodicalRow, lambda row: row.title == first.title)


def code_of_two_titles(books: Books) -> list[str]:
    papers = books.rows(PeriodicalRow)
    row = books.edit(papers[1], cn=papers[0].cn)
    later = books.last(PeriodicalRow, lambda paper: paper.title == row.title)
    return [books.at("PER017", row, "cn"), books.at("PER018", later, "cn")]


def periods_overlap(books: Books) -> list[str]:
    row = _second_paper(books)
    row = books.edit(row, starts_on=date(2025, 12, 1), voucher_no=None)
    cash = books.first(CashRow, lambda cash: cash.voucher_no == "YZ20251210")
    return [books.at("PER102", row, "starts_on"), books.at("CSH302", cash, "spent")]


def bound_volume_of_another_title(books: Books) -> list[str]:
    """The bound volumes of two magazines, swapped."""
    one, other = [row for row in books.rows(PeriodicalRow) if row.bound_volumes][:2]
    one, other = (
        books.edit(row, first_bound_no=swapped.first_bound_no, last_bound_no=swapped.last_bound_no)
        for row, swapped in ((one, other), (other, one))
    )
    return [books.at("PER304", row, "first_bound_no") for row in (one, other)]


def bound_before_the_first_issue(books: Books) -> list[str]:
    """The number of the first term's volumes stands beside the second term's issues."""
    first = books.first(PeriodicalRow, lambda row: row.bound_volumes is not None)
    row = books.last(PeriodicalRow, lambda row: row.title == first.title)
    numbers = {"first_bound_no": first.first_bound_no, "last_bound_no": first.last_bound_no}
    row = books.edit(row, starts_on=date(2026, 2, 1), **numbers)
    return [books.at("PER305", row, "first_bound_no"), books.at("PER213", row, "starts_on")]


def named_for_another_frequency(books: Books) -> list[str]:
    weekly = books.first(PeriodicalRow, lambda row: row.frequency is Frequency.WEEKLY)
    rows = [row for row in books.rows(PeriodicalRow) if row.title == weekly.title]
    return [books.at("PER212", books.edit(row, title="少年科学月刊"), "frequency") for row in rows]


wrong(
    "PER209",
    first(PeriodicalRow, lambda row: bool(row.bound_volumes)),
    "bound_volumes",
    received_issues=0,
    missing_note=lambda row: f"缺{row.due_issues}期，邮局停投",
)
wrong("PER018", _second_paper, postal_code="2-101")
SEEDS["PER102"] = periods_overlap


def taken_again_after_it_stopped(books: Books) -> list[str]:
    row = books.first(PeriodicalRow, lambda row: row.kind is PeriodicalKind.NEWSPAPER)
    return [books.at("PER104", books.edit(row, remarks="年底停刊"), "remarks")]


SEEDS["PER104"] = taken_again_after_it_stopped
wrong("PER103", _second_paper, ends_on=lambda row: row.ends_on + _YEAR)
wrong("PER206", first(PeriodicalRow, lambda row: row.missing_note is not None), missing_note="缺两期，已查询")
wrong("PER207", _second_paper, missing_note="缺最后一期")
wrong("PER208", _second_paper, "issn", kind=PeriodicalKind.NEWSPAPER, issn="1003-2398")
