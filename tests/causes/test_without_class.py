"""Copies that have no class yet are in the stock and in none of the 22 columns; a wrong figure beside them is found."""

from checks.books import Books
from schoollib_xl.causes.amounts import as_number
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow
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


def test_digits_without_end_are_no_number() -> None:
    assert as_number("9" * 5000) is None
    assert as_number("000123") == 123
