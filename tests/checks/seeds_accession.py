"""个别登记账: one defect in the clean school per check."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

from checks.books import Books
from checks.seeding import batch_called, copy_numbered, first, replaced, wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import Flow, Settlement, Source

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


def isbn_of_two_titles(books: Books) -> list[str]:
    one = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-002")
    other = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-003" and copy.title != one.title)
    one = books.edit(one, isbn=other.isbn)
    return [books.at("ACC015", one, "title"), books.at("SUM303", batch_called("2025-002")(books), "titles")]


def isbn_of_another_length(books: Books) -> list[str]:
    copy = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-002")
    twins = [one for one in books.rows(AccessionRow) if (one.title, one.isbn) == (copy.title, copy.isbn)]
    edited = [books.edit(one, isbn="978708364243") for one in twins]
    return [books.at("ACC016", edited[0], "isbn")]


def isbn_described_two_ways(books: Books) -> list[str]:
    times = Counter(copy.isbn for copy in books.rows(AccessionRow))
    copy = books.last(AccessionRow, lambda copy: copy.isbn is not None and times[copy.isbn] > 2)
    return [books.at("ACC017", books.edit(copy, publisher="别的书局"), "publisher")]


def registered_long_after_batch(books: Books) -> list[str]:
    lent = {loan.accession_no for loan in books.rows(LoanRow)}
    copy = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-002" and copy.accession_no not in lent)
    copy = books.edit(copy, accessioned_on=copy.accessioned_on + timedelta(days=200))
    return [books.at("ACC102", copy, "accessioned_on")]


def replacement_of_nothing(books: Books) -> list[str]:
    row = replaced(books)
    copy = copy_numbered(books, row.replacement_no)
    paid = {"settlement": Settlement.PAYMENT, "owed": row.price, "paid": row.price, "receipt_no": "SJ2025-099"}
    row = books.edit(row, replacement_no=None, **paid)
    return [books.at("ACC311", copy, "source"), books.at("CSH313", row, "receipt_no")]


def bound_from_nothing(books: Books) -> list[str]:
    row = books.first(PeriodicalRow, lambda row: row.bound_volumes is not None)
    numbers = (row.first_bound_no, row.last_bound_no)
    books.edit(row, bound_volumes=None, first_bound_no=None, last_bound_no=None)
    return [books.at("ACC312", copy, "source") for copy in books.rows(AccessionRow) if copy.accession_no in numbers]


def elsewhere_by_its_remarks_alone(books: Books) -> list[str]:
    mended = {row.accession_no for row in books.rows(RepairRow)}
    copy = books.first(AccessionRow, lambda copy: copy.withdrawn_on is None and copy.accession_no not in mended)
    return [books.at("ACC313", books.edit(copy, remarks="2026年6月送修"), "remarks")]


def book_no_differs_within_title(books: Books) -> list[str]:
    copy = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-002")
    twins = [one for one in books.rows(AccessionRow) if (one.title, one.isbn) == (copy.title, copy.isbn)]
    assert len(twins) > 2
    return [books.at("ACC905", books.edit(twins[-1], book_no="99"), "book_no")]


def _one_of_three(books: Books) -> AccessionRow:
    """A copy of which the school has two more."""
    of_title = Counter((copy.title, copy.isbn) for copy in books.rows(AccessionRow))
    return books.first(AccessionRow, lambda copy: bool(copy.isbn) and of_title[copy.title, copy.isbn] > 2)


wrong("ACC014", first(AccessionRow), published="2062")
wrong("ACC907", _one_of_three, pages="1")
wrong("ACC906", first(AccessionRow), pages="23500")
wrong(
    "ACC018",
    first(AccessionRow, lambda copy: copy.published is not None and copy.withdrawn_on is None),
    published="42125",
)
wrong("ACC019", first(AccessionRow, lambda copy: copy.pages is not None), pages="0")
