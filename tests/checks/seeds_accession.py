"""个别登记账: one defect in the clean school per check."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

from checks.books import Books
from checks.seeding import wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.vocabulary import Flow, Source

_DAY = timedelta(days=1)
_CENT = Decimal("0.01")
_UNUSED = "009999"
_SET = "中国儿童大百科全书"


def _bought(books: Books, **changes: Any) -> AccessionRow:
    """The last copy that was bought, a book of class I with sister copies, changed."""
    copy = books.last(AccessionRow, lambda copy: copy.source is Source.PURCHASE and copy.class_letter == "I")
    changed: AccessionRow = books.edit(copy, **changes)
    return changed


def _batch(books: Books, batch_no: str) -> SummaryRow:
    return books.first(SummaryRow, lambda batch: batch.batch_no == batch_no)


def _scan(books: Books, accession_no: str) -> StocktakeRow:
    return books.first(StocktakeRow, lambda scan: scan.accession_no == accession_no)


def _class_sums(books: Books, letter: str, **fields: str) -> list[str]:
    """The findings in the last period of a class, by code."""
    row = books.last(ClassificationRow, lambda row: row.class_letter == letter)
    return [books.at(code, row, field) for code, field in fields.items()]


def number_repeated(books: Books) -> list[str]:
    scan = _scan(books, _bought(books).accession_no)
    copy = _bought(books, accession_no=books.first(AccessionRow).accession_no)
    return [books.at("ACC001", copy, "accession_no"), books.at("STK301", scan, "accession_no")]


def number_reused(books: Books) -> list[str]:
    scan = _scan(books, _bought(books).accession_no)
    gone = books.first(AccessionRow, lambda copy: copy.withdrawn_on is not None)
    copy = _bought(books, accession_no=gone.accession_no)
    return [books.at("ACC002", copy, "accession_no"), books.at("STK301", scan, "accession_no")]


def number_of_another_width(books: Books) -> list[str]:
    number = _bought(books).accession_no
    scan = _scan(books, number)
    copy = _bought(books, accession_no=number[1:])
    return [
        books.at("ACC003", copy, "accession_no"),
        books.at("STK201", copy, "accession_no"),
        books.at("STK301", scan, "accession_no"),
    ]


def barcode_twice(books: Books) -> list[str]:
    books.edit(books.first(AccessionRow), barcode="QH000001")
    return [books.at("ACC005", _bought(books, barcode="QH000001"), "barcode")]


def entered_on_another_day(books: Books) -> list[str]:
    """A copy that nobody borrowed, in the middle of its batch."""
    lent = {loan.accession_no for loan in books.rows(LoanRow)}
    copies = [copy for copy in books.rows(AccessionRow) if copy.batch_no == "2025-002"]
    copy = next(copy for copy in copies[20:-20] if copy.accession_no not in lent)
    row = books.edit(copy, accessioned_on=copy.accessioned_on and copy.accessioned_on + _DAY)
    return [books.at("ACC103", row, "accessioned_on")]


def _kept_apart(books: Books, **changes: Any) -> AccessionRow:
    """A copy whose ISBN no other copy has: it is compared with none."""
    copies = books.rows(AccessionRow)
    counted = Counter(copy.isbn for copy in copies)
    changed: AccessionRow = books.edit(next(copy for copy in copies if counted[copy.isbn] == 1), **changes)
    return changed


def barcode_of_another(books: Books) -> list[str]:
    return [books.at("ACC006", _bought(books, barcode=books.first(AccessionRow).accession_no), "barcode")]


def class_letter_unknown(books: Books) -> list[str]:
    copy = _bought(books, class_no="W22")
    sums = {"CLS205": "added_copies", "CLS206": "added_value", "CLS209": "closing_copies", "CLS210": "closing_value"}
    return [books.at("ACC011", copy, "class_no"), *_class_sums(books, "I", **sums)]


def isbn_wrong(books: Books) -> list[str]:
    isbn = _bought(books).isbn
    assert isbn is not None
    wrong = f"{isbn[:-1]}{(int(isbn[-1]) + 1) % 10}"
    copies = [books.edit(copy, isbn=wrong) for copy in books.rows(AccessionRow) if copy.isbn == isbn]
    return [books.at("ACC013", copies[0], "isbn")]


def registered_before_batch(books: Books) -> list[str]:
    batch = _batch(books, _bought(books).batch_no)
    return [books.at("ACC101", _bought(books, accessioned_on=batch.registered_on - _DAY), "accessioned_on")]


def price_negative(books: Books) -> list[str]:
    copy = _bought(books, price=-_CENT)
    sums = {"CLS206": "added_value", "CLS210": "closing_value"}
    return [
        books.at("ACC201", copy, "price"),
        books.at("SUM302", _batch(books, copy.batch_no), "list_value"),
        *_class_sums(books, "I", **sums),
    ]


def bought_for_nothing(books: Books) -> list[str]:
    copy = _bought(books, price=0 * _CENT)
    sums = {"CLS206": "added_value", "CLS210": "closing_value"}
    return [
        books.at("ACC203", copy, "price"),
        books.at("SUM302", _batch(books, copy.batch_no), "list_value"),
        *_class_sums(books, "I", **sums),
    ]


def given_for_nothing(books: Books) -> list[str]:
    copy = books.last(AccessionRow, lambda row: row.source is Source.DONATION and row.withdrawn_on is None)
    copy = books.edit(copy, price=0 * _CENT)
    sums = {"CLS206": "added_value", "CLS210": "closing_value"}
    return [
        books.at("ACC204", copy, "price"),
        books.at("SUM302", _batch(books, copy.batch_no), "list_value"),
        *_class_sums(books, copy.class_letter, **sums),
    ]


def _moved_to(books: Books, batch_no: str) -> tuple[AccessionRow, list[str]]:
    """The copy under another batch, and the sums of its own batch that lack it."""
    batch = _batch(books, _bought(books).batch_no)
    sums = {"SUM301": "copies", "SUM302": "list_value", "SUM304": "I"}
    return _bought(books, batch_no=batch_no), [books.at(code, batch, field) for code, field in sums.items()]


def batch_unknown(books: Books) -> list[str]:
    copy, sums = _moved_to(books, "2026-099")
    return [books.at("ACC301", copy, "batch_no"), *sums]


def batch_is_a_withdrawal(books: Books) -> list[str]:
    copy, sums = _moved_to(books, books.last(SummaryRow, lambda batch: batch.flow is Flow.OUT).batch_no)
    return [books.at("ACC302", copy, "batch_no"), *sums]


def number_outside_the_range(books: Books) -> list[str]:
    scan = _scan(books, _bought(books).accession_no)
    copy = _bought(books, accession_no=_UNUSED)
    return [
        books.at("ACC303", copy, "accession_no"),
        books.at("STK201", copy, "accession_no"),
        books.at("STK301", scan, "accession_no"),
    ]


def _opening_sums(books: Books, copy: AccessionRow) -> list[str]:
    """The sums that a price in the opening stock breaks: its batch's, and its class's at the end of each period."""
    periods = [row for row in books.rows(ClassificationRow) if row.class_letter == copy.class_letter]
    return [
        books.at("SUM302", _batch(books, copy.batch_no), "list_value"),
        *(books.at("CLS210", row, "closing_value") for row in periods),
    ]


def price_outlying(books: Books) -> list[str]:
    times = Counter(copy.title for copy in books.rows(AccessionRow))
    alone = books.first(AccessionRow, lambda copy: times[copy.title] == 1)
    copy = books.edit(alone, price=100 * alone.price)
    return [books.at("ACC901", copy, "price"), *_opening_sums(books, copy)]


def price_differs_within_title(books: Books) -> list[str]:
    copy = _bought(books, price=_bought(books).price + 1)
    sums = {"CLS206": "added_value", "CLS210": "closing_value"}
    return [
        books.at("ACC902", copy, "price"),
        books.at("SUM302", _batch(books, copy.batch_no), "list_value"),
        *_class_sums(books, "I", **sums),
    ]


def set_price_on_every_volume(books: Books) -> list[str]:
    volumes = [copy for copy in books.rows(AccessionRow) if copy.title.startswith(_SET)]
    whole = sum((copy.price for copy in volumes), Decimal(0))
    for copy in volumes:
        books.edit(copy, isbn=volumes[0].isbn, price=whole)
    return [books.at("ACC904", volumes[0], "price"), *_opening_sums(books, volumes[0])]


wrong("ACC021", _kept_apart, publisher="2014")
wrong("ACC022", _kept_apart, edition="136")
wrong("ACC007", _bought, barcode="QH900001")
wrong("ACC012", _bought, class_no=lambda row: f"{row.class_no}/12")
wrong("ACC304", _bought, source=Source.DONATION)
wrong("ACC903", _bought, class_no="I17")
