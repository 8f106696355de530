"""Excel's 借还台 and the page's desk on one workbook: neither lends what the other has lent, and both are told."""

from datetime import date, datetime
from pathlib import Path

import pytest

from schoollib_xl.actions.desk import DeskBook
from schoollib_xl.desk.request import Act, Request
from schoollib_xl.desk.scanning import DeskScan
from schoollib_xl.excel.desk import Desk
from schoollib_xl.excel.steps import Step, Write
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.sheets.cells import Grid, column_number, letters_and_row
from schoollib_xl.sheets.desk import DeskField
from schoollib_xl.sheets.own_sheets import DESK
from schoollib_xl.wording.desk.desk_journal import pending_answer, stray_sentences, taken_over

DAY = date(2026, 6, 3)
NOON = datetime(2026, 6, 3, 12)
FIRST, SECOND = example(ReaderRow), example(ReaderRow, 3, reader_no="S0002", name="陈小山")
COPY, OTHER = example(AccessionRow), example(AccessionRow, 3, accession_no="000099")


@pytest.fixture(scope="module")
def books() -> Library:
    """Two copies, two readers, nothing lent."""
    rule = example(LendingRule, reader_kind=None, grade=None, class_name=None, copies=5, since=date(2020, 1, 1))
    days = example(CalendarRow, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), kind=DayKind.SCHOOL)
    openings = [example(OpeningRow, 2 + day, weekday=weekday) for day, weekday in enumerate(Weekday)]
    return LedgerSet.of(COPY, OTHER, FIRST, SECOND, example(ClassRow), rule, days, *openings).library(DAY)


@pytest.fixture
def page(tmp_path: Path) -> DeskBook:
    return DeskBook(tmp_path / "七本账.xlsx")


def scanned(page: DeskBook, books: Library, copy: AccessionRow, reader: ReaderRow) -> bool:
    request = Request(books, DAY, reader.reader_no, copy.accession_no, Act.LEND, DAY)
    return page.scan(DeskScan(request, NOON)).line is not None


def lent(books: Library, copy: AccessionRow, reader: ReaderRow) -> Library:
    """The ledgers after Excel's desk has lent the copy and she has saved."""
    loan = example(LoanRow, accession_no=copy.accession_no, reader_no=reader.reader_no, name=reader.name,
                   lent_on=DAY, due_on=DAY, returned_on=None, outcome=None)  # fmt: skip
    return books.with_tables(books[LoanRow].changed(rows=[*books[LoanRow], loan]))


def in_excel(
    page: DeskBook, books: Library, copy: AccessionRow, reader: ReaderRow
) -> tuple[dict[str, object], set[str]]:
    """确认 pressed: what the desk says by its fields, and the ledgers that were written."""
    asked = {DeskField.READER: reader.reader_no, DeskField.COPY: copy.accession_no}
    grid: Grid = [["", field.value, asked.get(field, "")] for field in DeskField]
    cells = {f"C{number}": field for number, field in enumerate(DeskField, 1)}
    steps: list[Step] = list(Desk(books, grid, DAY, page.to_copy(books).waiting).confirm())
    writes = [step for step in steps if isinstance(step, Write)]
    said = {cells[step.cell]: step.lines[0][0] for step in writes if step.sheet == DESK}
    return said, {step.sheet for step in writes} - {DESK}


def test_excel_lends_nothing_that_the_page_has_lent(page: DeskBook, books: Library) -> None:
    assert scanned(page, books, COPY, FIRST)
    for copy, reader in ((COPY, SECOND), (OTHER, FIRST)):
        said, written = in_excel(page, books, copy, reader)
        assert (said[DeskField.VERDICT], written) == ("先抄流水", set())
        assert "还没有抄到账上" in str(said[DeskField.BASIS])
    said, written = in_excel(page, books, OTHER, SECOND)
    assert (str(said[DeskField.VERDICT])[:3], written) == ("已记：", {"借阅登记账"})
    copied = lent(books, COPY, FIRST)
    assert page.to_copy(copied).waiting == []
    assert "先抄流水" not in in_excel(page, copied, COPY, SECOND)[0].values()


def test_a_loan_that_is_undone_below_which_others_stand_leaves_a_blank_line_which_is_said(books: Library) -> None:
    grid: Grid = [["", field.value, ""] for field in DeskField]
    rows = {field: number for number, field in enumerate(DeskField)}
    grid[rows[DeskField.READER]][2], grid[rows[DeskField.COPY]][2] = FIRST.reader_no, COPY.accession_no
    ledger: Grid = [["" for _ in range(20)] for _ in range(3)]
    for step in Desk(books, grid, DAY, ()).confirm():
        if isinstance(step, Write):
            letters, row = letters_and_row(step.cell)
            (grid if step.sheet == DESK else ledger)[row - 1][column_number(letters) - 1] = step.lines[0][0] or ""

    def undone() -> str:
        steps = Desk(books, grid, DAY, ()).undo({"借阅登记账": ledger})
        (said,) = (step for step in steps if isinstance(step, Write) and step.cell == f"C{rows[DeskField.VERDICT] + 1}")
        return str(said.lines[0][0])

    assert undone().startswith("退回了")
    assert "空着" not in undone()
    ledger.append(["J000009"])
    assert "“借阅登记账”第 2 行空着" in undone()
    # Where only the return is taken back, or she has written beside the loan, the line is not blank.
    ledger[1][18] = "她写的"
    assert "空着" not in undone()


def test_a_copy_that_both_lent_to_one_reader_is_booked_once(page: DeskBook, books: Library) -> None:
    assert scanned(page, books, COPY, FIRST)
    done = page.pending(lent(books, COPY, FIRST), NOON)
    assert (done.waiting, done.misfits, done.loans) == ([], [], [])


def test_a_copy_that_both_lent_to_two_readers_is_set_aside_and_said(page: DeskBook, books: Library) -> None:
    """The page judges by what was saved: Excel's desk had lent the copy and she had not saved yet."""
    assert scanned(page, books, COPY, FIRST)
    assert scanned(page, books, OTHER, FIRST)
    saved = lent(books, COPY, SECOND)
    done = page.pending(saved, NOON)
    assert [row.accession_no for row in done.loans] == [OTHER.accession_no]
    assert [line.accession_no for line in done.misfits] == [COPY.accession_no]
    assert [section.name for section in pending_answer(done).sections] == ["新借的", "对不上的"]
    assert "有 1 笔和账上对不上" in taken_over(len(done.waiting), len(done.misfits))
    out = [loan.reader_no for loan in done.library[LoanRow] if loan.accession_no == COPY.accession_no]
    assert out == [SECOND.reader_no]
    # Brought back, it is nobody's: the loan that was set aside does not come up again.
    assert page.scan(DeskScan(Request(saved, DAY, "", COPY.accession_no, Act.RETURN, DAY), NOON, is_sure=True)).line
    after = page.pending(saved, NOON)
    assert not [loan for loan in after.library[LoanRow] if loan.accession_no == COPY.accession_no and loan.is_open]


def test_a_journal_whose_workbook_got_another_name_is_said(page: DeskBook, books: Library, tmp_path: Path) -> None:
    assert scanned(page, books, COPY, FIRST)
    (tmp_path / "七本账.xlsx").write_bytes(b"")
    assert DeskBook(tmp_path / "去年的账.xlsx").strays() == ()
    (tmp_path / "七本账.xlsx").rename(tmp_path / "七本账2026.xlsx")
    renamed = DeskBook(tmp_path / "七本账2026.xlsx")
    assert renamed.strays() == ("借还流水_七本账.jsonl",)
    (said,) = stray_sentences(renamed.strays(), renamed.journal.path.name)
    assert "借还流水_七本账2026.jsonl" in said
    page.journal.path.rename(renamed.journal.path)
    assert renamed.strays() == ()
    assert len(renamed.pending(books, NOON).waiting) == 1
