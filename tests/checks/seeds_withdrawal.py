"""注销登记账, and what the registers say of withdrawals: one defect in the clean school per check."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from checks.books import Books
from checks.seeding import SEEDS, last, wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.schema import key_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_DAY = timedelta(days=1)
_YUAN = Decimal("1.00")
_UNUSED = "999999"
_line = last(WithdrawalRow, reason=WithdrawalReason.WEEDED)


def _weeded(books: Books) -> tuple[WithdrawalRow, AccessionRow, SummaryRow]:
    """The copy weeded last: its line in 注销登记账, in 个别登记账, and its batch of withdrawals."""
    row = _line(books)
    return row, _copy(books, row), _batch(books, row)


def _copy(books: Books, row: WithdrawalRow) -> AccessionRow:
    return books.first(AccessionRow, lambda copy: copy.accession_no == row.accession_no)


def _batch(books: Books, row: WithdrawalRow) -> SummaryRow:
    return books.first(SummaryRow, lambda batch: key_of(batch) == row.withdrawal_no)


def _sums(books: Books, batch: SummaryRow, copy: AccessionRow) -> list[str]:
    """The sums of a batch that has a line more or less than it should."""
    fields = {"SUM351": "copies", "SUM352": "list_value", "SUM353": copy.class_letter}
    return [books.at(code, batch, field) for code, field in fields.items()]


def written_off_twice(books: Books) -> list[str]:
    row, copy, batch = _weeded(books)
    again = books.add(row)
    return [books.at("WDL001", again, "accession_no"), *_sums(books, batch, copy)]


def withdrawn_before_accession(books: Books) -> list[str]:
    row, copy, _ = _weeded(books)
    row = books.edit(row, withdrawn_on=copy.accessioned_on - _DAY)
    return [books.at("WDL101", row, "withdrawn_on")]


def price_differs(books: Books) -> list[str]:
    row, _, batch = _weeded(books)
    row = books.edit(row, price=row.price + _YUAN)
    return [books.at("WDL201", row, "price"), books.at("SUM352", batch, "list_value")]


def copy_is_unknown(books: Books) -> list[str]:
    row, copy, _ = _weeded(books)
    row = books.edit(row, accession_no=_UNUSED)
    return [books.at("WDL301", row, "accession_no"), books.at("ACC351", copy, "withdrawn_on")]


def batch_is_unknown(books: Books) -> list[str]:
    row, copy, batch = _weeded(books)
    row = books.edit(row, withdrawal_no="2025-999")
    return [books.at("WDL304", row, "withdrawal_no"), *_sums(books, batch, copy)]


def batch_is_no_withdrawal(books: Books) -> list[str]:
    row, copy, batch = _weeded(books)
    accession = books.first(SummaryRow, lambda batch: batch.flow is Flow.IN)
    row = books.edit(row, withdrawal_no=accession.batch_no)
    return [books.at("WDL305", row, "withdrawal_no"), *_sums(books, batch, copy)]


def marked_but_not_written_off(books: Books) -> list[str]:
    _, _, batch = _weeded(books)
    copy = books.last(AccessionRow, lambda copy: copy.withdrawn_on is None)
    copy = books.edit(copy, withdrawal_no=batch.batch_no)
    return [books.at("ACC351", copy, "withdrawal_no")]


def dates_of_withdrawal_differ(books: Books) -> list[str]:
    _, copy, batch = _weeded(books)
    copy = books.edit(copy, withdrawn_on=batch.registered_on + _DAY)
    return [books.at("ACC353", copy, "withdrawn_on")]


def withdrawn_copies_differ(books: Books) -> list[str]:
    _, _, batch = _weeded(books)
    batch = books.edit(batch, copies=batch.copies + 1)
    of_the_batch = {"SUM201": "copies", "SUM211": "running_copies", "SUM351": "copies"}
    return [
        books.at("CLS211", books.last(ClassificationRow), "closing_copies"),
        *(books.at(code, batch, field) for code, field in of_the_batch.items()),
    ]


def withdrawn_value_differs(books: Books) -> list[str]:
    _, _, batch = _weeded(books)
    batch = books.edit(batch, list_value=batch.list_value + _YUAN)
    return [
        books.at("CLS212", books.last(ClassificationRow), "closing_value"),
        books.at("SUM212", batch, "running_value"),
        books.at("SUM352", batch, "list_value"),
    ]


def withdrawn_class_copies_differ(books: Books) -> list[str]:
    """One copy of the batch stands in the column beside its own."""
    _, copy, batch = _weeded(books)
    letter, other = copy.class_letter, "X"
    counted = batch.by_class()
    batch = books.edit(batch, **{letter: counted[letter] - 1, other: counted[other] + 1})
    return [books.at("SUM353", batch, letter), books.at("SUM353", batch, other)]


SEEDS["WDL201"] = price_differs
SEEDS["WDL301"] = copy_is_unknown
wrong("WDL002", _line, approved_by=None)
wrong("WDL102", _line, withdrawn_on=lambda row: row.withdrawn_on + _DAY)
wrong("WDL302", _line, title="另一种书")
wrong("WDL303", _line, class_no="X1")
wrong("ACC352", lambda books: _weeded(books)[1], withdrawn_on=None, withdrawal_no=None)
wrong("ACC354", lambda books: _weeded(books)[1], withdrawal_no=None)


def _whole_batch(code: str, field: str, value: str, reason: WithdrawalReason) -> Callable[[Books], list[str]]:
    """One column of every line of a withdrawal batch."""

    def seed(books: Books) -> list[str]:
        first = books.first(WithdrawalRow, lambda row: row.reason is reason)
        for row in [one for one in books.rows(WithdrawalRow) if one.withdrawal_no == first.withdrawal_no]:
            books.edit(row, **{field: value})
        return [books.at(code, first, field)]

    return seed


def approved_by_the_librarian(books: Books) -> list[str]:
    librarian = books.ledger_set.school.librarian
    assert librarian
    return _whole_batch("WDL309", "approved_by", librarian, WithdrawalReason.WORN_OUT)(books)


SEEDS["WDL307"] = _whole_batch("WDL307", "approval_no", "青小图〔2022〕6号", WithdrawalReason.WORN_OUT)
SEEDS["WDL308"] = _whole_batch("WDL308", "disposal", "调拨交换", WithdrawalReason.LOST)
wrong("WDL306", last(WithdrawalRow, withdrawal_no="2025-005"), approval_no="青小图〔2025〕11号")


def one_approval_for_batches_months_apart(books: Books) -> list[str]:
    """The last batch has the number of the first."""
    number = books.last(WithdrawalRow).withdrawal_no
    own = [row for row in books.rows(WithdrawalRow) if row.withdrawal_no == number]
    for row in own:
        books.edit(row, approval_no=books.first(WithdrawalRow).approval_no)
    return [books.at("WDL310", own[0], "approval_no")]
