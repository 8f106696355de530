"""What a book may lack or be full of and a slip in it be found all the same: copies that have no class yet are in the
stock and in none of the 22 columns, gifts without a price are written off, days are typed as text.
"""

from checks.books import Books
from schoollib_xl.causes.amounts import as_number
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.broken.entry import Misread
from small_sample import small_sample


def test_the_wrong_number_of_copies_of_a_batch_is_named() -> None:
    books = Books(small_sample())
    batch = books.first(SummaryRow, lambda row: row.flow is Flow.IN)
    unclassed = [copy for copy in books.rows(AccessionRow) if copy.batch_no == batch.batch_no][:5]
    letter = unclassed[0].class_letter
    same = [copy for copy in unclassed if copy.class_letter == letter]
    for copy in same:
        books.edit(copy, class_no="")
    left_out = {letter: batch.by_class()[letter] - len(same)}
    wrong = books.edit(batch, copies=batch.copies + 10, **left_out)
    (first, *_) = causes_of(books.library(), books.report()).found
    (edit,) = first.correction.edits
    assert (edit.at, edit.should) == (Cell(SummaryRow, wrong.line, "copies"), batch.copies)


def test_a_gift_without_price_that_was_written_off_hides_no_wrong_class() -> None:
    books = Books(small_sample())
    gone = books.first(WithdrawalRow, lambda row: True)
    gift = books.first(AccessionRow, lambda row: row.accession_no == gone.accession_no)
    books.edit(gift, price=None)
    books.edit(gone, price=None)
    copy = books.first(AccessionRow, lambda row: row.class_letter == "I" and row.withdrawn_on is None)
    wrong = books.edit(copy, class_no="J" + copy.class_no[1:])
    (first, *_) = causes_of(books.library(), books.report()).found
    (edit,) = first.correction.edits
    assert (edit.at, edit.should) == (Cell(AccessionRow, wrong.line, "class_no"), copy.class_no)


def test_days_and_prices_typed_as_text_hide_no_wrong_price() -> None:
    books = Books(small_sample())
    incident = books.first(CompensationRow, lambda row: row.paid is not None)
    wrong = books.edit(incident, price=incident.price + 1)
    incidents = books.rows(CompensationRow)
    typed = (
        *((CompensationRow, row.line, "registered_on", str(row.registered_on)) for row in incidents),
        *((CompensationRow, row.line, "price", str(row.price)) for row in incidents[:5]),
    )
    everything = tuple(row for rows in books.ledger_set.rows.values() for row in rows)
    library = Misread(everything, books.ledger_set.school, raw=typed).library()
    (first, *_) = causes_of(library, run(library, ALL.values())).found
    (edit,) = first.correction.edits
    assert (edit.at, edit.should) == (Cell(CompensationRow, wrong.line, "price"), incident.price)


def test_a_day_typed_as_text_beside_it_hides_no_wrong_lending_period() -> None:
    books = Books(small_sample())
    rule = books.first(LendingRule, lambda row: row.reader_kind is None and row.grade is None)
    books.edit(rule, days=rule.days + 16)
    everything = tuple(row for rows in books.ledger_set.rows.values() for row in rows)
    typed = (LendingRule, rule.line, "since", str(rule.since))
    library = Misread(everything, books.ledger_set.school, raw=(typed,)).library()
    (first, *_) = causes_of(library, run(library, ALL.values())).found
    (edit,) = first.correction.edits
    assert (edit.at, edit.should) == (Cell(LendingRule, rule.line, "days"), rule.days)


def test_digits_without_end_are_no_number() -> None:
    assert as_number("9" * 5000) is None
    assert as_number("000123") == 123
