"""〃 and 同上 stand for what the cell above says."""

import pytest

from make import library, row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell
from schoollib_xl.ledgers.vocabulary import LoanMode
from schoollib_xl.sheets.reading.dittos import with_dittos


@pytest.mark.parametrize(
    ("field", "mark", "said"),
    [
        ("publisher", "〃", "北京出版社"),
        ("author", "同上", "林海音"),
        ("location", "″", "A1"),
        ("batch_no", "〃", "2025-001"),
    ],
)
def test_a_mark_says_what_the_cell_above_says_all_the_way_down(field: str, mark: str, said: str) -> None:
    texts = enumerate((said, mark, mark, "别的", mark), 2)
    rows = [row(AccessionRow, line=line, accession_no=f"{line:06}", **{field: text}) for line, text in texts]
    [table] = with_dittos([library(*rows)[AccessionRow]])
    assert [getattr(copy, field) for copy in table] == [said, said, said, "别的", "别的"]


def test_a_mark_with_nothing_above_it_and_one_for_what_each_row_has_of_its_own_stay() -> None:
    rows = row(LoanRow, class_name="〃"), row(LoanRow, line=3, loan_no="J2", accession_no="〃", class_name=None)
    books = library(*rows)[LoanRow]
    [table] = with_dittos([books])
    assert list(table) == list(rows)


def test_a_choice_is_repeated_too_and_is_no_flaw() -> None:
    rows = row(LoanRow, mode=LoanMode.CLASS), row(LoanRow, line=3, loan_no="J2", mode=None)
    flaws = [FlawedCell(3, "mode", Flaw.NOT_IN_LIST, "〃")]
    [table] = with_dittos([library(*rows)[LoanRow].changed(flaws=flaws)])
    assert [loan.mode for loan in table] == [LoanMode.CLASS, LoanMode.CLASS]
    assert table.flaws == []


def test_books_without_marks_are_the_very_same() -> None:
    books = library(row(LoanRow))[LoanRow]
    assert next(with_dittos([books])) is books
