"""总括登记账, by itself and against the copies: one defect in the clean school per check."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from checks.books import Books
from checks.seeding import batch_called, first, last, wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow, SourceOrDestination, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_DAY = timedelta(days=1)
_CENT = Decimal("0.01")
_YUAN = Decimal("1.00")


def _accession(row: SummaryRow) -> bool:
    return row.flow is Flow.IN


def _bought(books: Books, **changes: Any) -> SummaryRow:
    """The first accession, a purchase of many copies, changed."""
    changed: SummaryRow = books.edit(books.first(SummaryRow, _accession), **changes)
    return changed


def _donated(books: Books, **changes: Any) -> SummaryRow:
    """The first donation, changed."""
    row = books.first(SummaryRow, lambda row: row.source is SourceOrDestination.DONATION)
    changed: SummaryRow = books.edit(row, **changes)
    return changed


def _renumbered(books: Books, batch_no: str) -> SummaryRow:
    """The last accession under another number, which its copies carry as well."""
    row = books.last(SummaryRow, _accession)
    for copy in _copies(books, row):
        books.edit(copy, batch_no=batch_no)
    renumbered: SummaryRow = books.edit(row, batch_no=batch_no)
    return renumbered


def _copies(books: Books, batch: SummaryRow) -> list[AccessionRow]:
    return [copy for copy in books.rows(AccessionRow) if copy.batch_no == batch.batch_no]


def _moved(number: str | None, by: int) -> str:
    assert number is not None
    return str(int(number) + by).zfill(len(number))


def _totals(books: Books, code: str, field: str) -> list[str]:
    """The last line of each period of 分类统计账, where its total is judged."""
    last_of = {row.ends_on: row for row in books.rows(ClassificationRow)}
    return [books.at(code, row, field) for row in last_of.values()]


def batch_no_repeated(books: Books) -> list[str]:
    row = books.last(SummaryRow, _accession)
    copy = _copies(books, row)[0]
    before = books.last(SummaryRow, lambda other: other.line < row.line)
    row = books.edit(row, batch_no=before.batch_no)
    return [books.at("SUM001", row, "batch_no"), books.at("ACC301", copy, "batch_no")]


def batch_no_skipped(books: Books) -> list[str]:
    return [books.at("SUM002", _renumbered(books, "2026-099"), "batch_no")]


def batch_no_in_another_form(books: Books) -> list[str]:
    return [books.at("SUM003", _renumbered(books, "2026年11号"), "batch_no")]


def ranges_overlap(books: Books) -> list[str]:
    row = books.last(SummaryRow, _accession)
    copy = _copies(books, row)[-1]
    row = books.edit(row, first_no=_moved(row.first_no, -1), last_no=_moved(row.last_no, -1))
    return [books.at("SUM014", row, "first_no"), books.at("ACC303", copy, "accession_no")]


def numbers_left_out(books: Books) -> list[str]:
    row = books.last(SummaryRow, _accession)
    copy = _copies(books, row)[0]
    row = books.edit(row, first_no=_moved(row.first_no, 1), last_no=_moved(row.last_no, 1))
    return [books.at("SUM015", row, "first_no"), books.at("ACC303", copy, "accession_no")]


def registered_before_previous_batch(books: Books) -> list[str]:
    row = books.last(SummaryRow, lambda row: row.flow is Flow.OUT)
    before = books.last(SummaryRow, lambda other: other.line < row.line)
    row = books.edit(row, registered_on=before.registered_on - _DAY)
    withdrawal = books.first(WithdrawalRow, lambda one: one.withdrawal_no == row.batch_no)
    return [books.at("SUM101", row, "registered_on"), books.at("WDL102", withdrawal, "withdrawn_on")]


def paid_more_than_listed(books: Books) -> list[str]:
    row = books.first(SummaryRow, _accession)
    row = books.edit(row, paid_value=row.list_value + _CENT)
    payment = books.first(CashRow, lambda payment: payment.voucher_no == row.voucher_no)
    return [books.at("SUM221", row, "paid_value"), books.at("CSH301", payment, "spent")]


def copies_differ(books: Books) -> list[str]:
    row = books.first(SummaryRow, _accession)
    row = books.edit(row, copies=row.copies + 1)
    sums = {"SUM011": "last_no", "SUM201": "copies", "SUM211": "running_copies", "SUM301": "copies"}
    return [
        *(books.at(code, row, field) for code, field in sums.items()),
        *_totals(books, "CLS211", "closing_copies"),
    ]


def list_value_differs(books: Books) -> list[str]:
    row = books.first(SummaryRow, _accession)
    row = books.edit(row, list_value=row.list_value + _YUAN)
    sums = {"SUM212": "running_value", "SUM302": "list_value"}
    return [
        *(books.at(code, row, field) for code, field in sums.items()),
        *_totals(books, "CLS212", "closing_value"),
    ]


def class_copies_differ(books: Books) -> list[str]:
    row = books.first(SummaryRow, _accession)
    classes = row.by_class()
    row = books.edit(row, I=classes["I"] - 1, K=classes["K"] + 1)
    return [books.at("SUM304", row, "I"), books.at("SUM304", row, "K")]


def batch_without_copies(books: Books) -> list[str]:
    last = books.last(SummaryRow, _accession)
    assert last.running_copies is not None
    assert last.running_value is not None
    row = books.add(
        last._replace(
            batch_no=f"2026-{int(last.batch_no[-3:]) + 1:03}",
            copies=1,
            titles=1,
            list_value=_YUAN,
            I=1,
            first_no=None,
            last_no=None,
            running_copies=last.running_copies + 1,
            running_value=last.running_value + _YUAN,
        )
    )
    job = books.last(JobRow, lambda job: "装订" in job.task)
    return [
        books.at("ACT108", job, "done"),
        books.at("SUM305", row, "copies"),
        _totals(books, "CLS211", "closing_copies")[-1],
        _totals(books, "CLS212", "closing_value")[-1],
    ]


def all_copies_registered_earlier(books: Books) -> list[str]:
    row = books.first(SummaryRow, lambda row: row.source is SourceOrDestination.DONATION)
    row = _donated(books, registered_on=row.registered_on + _DAY)
    return [books.at("SUM307", row, "registered_on"), books.at("SUM103", row, "voucher_no")]


wrong("SUM011", first(SummaryRow, _accession), last_no=lambda row: _moved(row.last_no, 1))
wrong(
    "SUM012",
    first(SummaryRow, _accession),
    "last_no",
    first_no=lambda row: row.last_no,
    last_no=lambda row: row.first_no,
)
wrong("SUM202", first(SummaryRow, _accession), "copies", **dict.fromkeys(CLASS_LETTERS))
wrong("SUM201", first(SummaryRow, _accession), "copies", "SUM304 I", I=lambda row: row.by_class()["I"] + 1)
wrong(
    "SUM308",
    last(SummaryRow, _accession),
    "first_no",
    "SUM015 first_no",
    first_no=lambda row: _moved(row.first_no, row.copies),
    last_no=lambda row: _moved(row.last_no, row.copies),
)
wrong("SUM013", _bought, "first_no", last_no=None)
wrong("SUM211", first(SummaryRow, _accession), running_copies=lambda row: row.running_copies + 1)
wrong("SUM212", first(SummaryRow, _accession), running_value=lambda row: row.running_value - _CENT)
wrong("SUM303", first(SummaryRow, _accession), titles=lambda row: row.titles + 1)
wrong("SUM306", _donated, source=SourceOrDestination.SELF_MADE)

wrong("SUM019", batch_called("2025-004"), remarks="青禾镇政府捐赠")
wrong("SUM018", batch_called("2025-004"), voucher_no="DB20251022", supplier=None)
wrong("SUM007", batch_called("2025-003"), "source", supplier="县新华书店")
wrong("SUM017", batch_called("2026-005"), paid_value=Decimal("1.00"))
wrong("SUM004", batch_called("2025-005"), source=SourceOrDestination.PURCHASE)
wrong("SUM005", batch_called("2025-002"), received_by="苏晓禾")
wrong("SUM006", batch_called("2025-004"), voucher_no="DB20251022")
wrong("SUM016", batch_called("2025-005"), first_no="000012", last_no="000029")
# The first batch of a year, dated on the last day of the year before it.
wrong("SUM102", batch_called("2026-001"), registered_on=date(2025, 12, 31))
wrong("SUM103", batch_called("2025-004"), voucher_no=lambda row: f"{row.voucher_no[:-1]}0")
wrong("SUM222", batch_called("2026-004"), "titles", "SUM303 titles", titles=340)
wrong("SUM223", batch_called("2025-004"), paid_value=Decimal("100.00"), voucher_no=None)
wrong("SUM354", batch_called("2025-005"), titles=8)
wrong("SUM355", batch_called("2025-005"), source=SourceOrDestination.TRANSFERRED)
wrong("SUM356", first(WithdrawalRow, withdrawal_no="2025-005"), reason=WithdrawalReason.WORN_OUT)
