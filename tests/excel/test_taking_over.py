"""What the page's desk entered comes into the ledgers by a button, once, and only when she saves."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from macro_books import A_DAY, free, short
from openpyxl import load_workbook

from schoollib_xl.actions.desk import DeskBook
from schoollib_xl.desk.request import Request
from schoollib_xl.desk.scanning import DeskScan
from schoollib_xl.excel.press import steps_for
from schoollib_xl.excel.steps import GrowTable, Say, Step, Write
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.sheets.reading.loading import load

NOON = datetime.combine(A_DAY, time(12))


def performed(book: Path, steps: list[Step]) -> None:
    """Write what the steps write, and save."""
    opened = load_workbook(book, keep_vba=True)
    for step in steps:
        if isinstance(step, Write):
            opened[step.sheet][step.cell].value = step.lines[0][0]
    opened.save(book)


def scan(desk: DeskBook, books: Library, code: str, reader_no: str = "", minutes: int = 0) -> Any:
    return desk.scan(DeskScan(Request(books, A_DAY, reader_no, code, None, A_DAY), NOON + timedelta(minutes=minutes)))


def pressed(book: Path) -> list[Step]:
    return steps_for("DeskTakeOver", book, book, "")


def said(steps: list[Step]) -> str:
    return "".join(step.text for step in steps if isinstance(step, Say))


def test_what_was_lent_on_the_page_is_put_in_once(tmp_path: Path) -> None:
    book = short(tmp_path)
    books, desk = load(book, A_DAY).library, DeskBook(book)
    reader, copy = free(of_few_rows=True)
    assert "没有要抄的" in said(pressed(book))
    assert scan(desk, books, copy, reader).line
    before = len(books[LoanRow])

    for _ in range(2):  # pressed, closed without saving, pressed again
        steps = pressed(book)
        assert "抄了 1 笔" in said(steps)
        assert any(isinstance(step, GrowTable) for step in steps)
    performed(book, steps)
    saved = load(book, A_DAY).library
    assert len(saved[LoanRow]) == before + 1
    assert (saved[LoanRow].rows[-1].reader_no, saved[LoanRow].rows[-1].accession_no) == (reader, copy)
    assert "没有要抄的" in said(pressed(book))
    assert not desk.pending(saved, NOON).waiting

    # Brought back on the page: the cells of that very row.
    assert scan(desk, saved, copy, minutes=10).line
    steps = pressed(book)
    assert {step.sheet for step in steps if isinstance(step, Write)} == {"借阅登记账"}
    performed(book, steps)
    ended = load(book, A_DAY).library[LoanRow]
    assert (len(ended), ended.rows[-1].returned_on) == (before + 1, A_DAY)


def test_a_link_to_the_workbook_has_the_journal_of_the_workbook(tmp_path: Path) -> None:
    book = short(tmp_path)
    reader, copy = free(of_few_rows=True)
    assert scan(DeskBook(book), load(book, A_DAY).library, copy, reader).line
    (tmp_path / "桌面").mkdir()
    link = tmp_path / "桌面" / "账.xlsx"
    link.symlink_to(book)
    assert "抄了 1 笔" in said(pressed(link))
