"""The code behind the buttons: it reads a workbook that is open in a real spreadsheet program through xlwings, and what
it answers is done there by the macros.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from macro_books import calc_with, clean, faulty, free

import calc_engine
from calc import MISSING, Calc, run_macro
from schoollib_xl.actions.checking import judge
from schoollib_xl.desk.numbers import next_number
from schoollib_xl.excel.answer import escaped
from schoollib_xl.excel.live import LiveBook, calling_book
from schoollib_xl.excel.press import press
from schoollib_xl.excel.steps import FINDINGS_NAME
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.sheets.desk import DeskField
from schoollib_xl.sheets.layout import DESK, RESULTS
from schoollib_xl.sheets.reading.loading import load, read_books
from schoollib_xl.wording.answer import FINDINGS_IN_EXCEL
from schoollib_xl.wording.findings import message_of
from small_sample import tiny_sample

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

# A day of the sample school's second term on which the library is open.
A_DAY = "2026-06-03"
READER, COPY = free()
NEXT_LOAN = next_number([loan.loan_no for loan in tiny_sample().rows[LoanRow]], "")
HER_COLOUR = (255, 255, 0)
SHUT = "总括登记账"


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calc]:
    with calc_with(tmp_path_factory.mktemp("calc")) as running:
        calc_engine.attach(running.pipe)
        yield running


@pytest.fixture(scope="module")
def faulty_book(calc: Calc, tmp_path_factory: pytest.TempPathFactory) -> Iterator[xw.Book]:
    yield from _opened(calc, faulty(tmp_path_factory.mktemp("faulty")))


@pytest.fixture(scope="module")
def right_book(calc: Calc, tmp_path_factory: pytest.TempPathFactory) -> Iterator[xw.Book]:
    yield from _opened(calc, clean(tmp_path_factory.mktemp("right")))


@pytest.fixture
def opened(faulty_book: xw.Book) -> xw.Book:
    """The faulty school, open and calling."""
    faulty_book.set_mock_caller()
    return faulty_book


@pytest.fixture(scope="module")
def answered(faulty_book: xw.Book) -> str:
    """What was said when the faulty school was checked while its 总括登记账 was protected."""
    faulty_book.set_mock_caller()
    protected = faulty_book.sheets[SHUT].api
    protected.protect("")
    said = pressed(faulty_book, "CheckLedgers")
    protected.unprotect("")
    return said


@pytest.fixture
def right(right_book: xw.Book) -> xw.Book:
    """The right school, open and calling; a test that enters something takes it back."""
    right_book.set_mock_caller()
    return right_book


def _opened(calc: Calc, path: Path) -> Iterator[xw.Book]:
    document = calc.open(path)
    yield next(book for book in xw.engines["libreoffice"].apps[1].books if book.fullname == str(path))
    document.close(True)


def pressed(book: xw.Book, button: str, *words: str) -> str:
    """Press a button as its macro would in Excel; what it says."""
    path = Path(book.fullname)
    answer = path.parent / "answer.txt"
    assert press([button, "--book", str(path), "--answer", str(answer), "--from_xl", "1", *words]) == 0
    return str(run_macro(book.api, "Answer.Perform", str(answer)))


def cleared(book: xw.Book) -> None:
    """Press 清除标记."""
    run_macro(book.api, "Buttons.ClearMarks")


def listed(book: xw.Book) -> list[list[Any]]:
    """The lines of the list of findings: 程度, 哪里, 说的是什么, 怎么改, 为什么要紧, 编码, 已说明."""
    rows = book.sheets[RESULTS].range("A1:G90").value
    header = next(index for index, row in enumerate(rows) if row[0] == "程度")
    return [row for row in rows[header + 1 :] if row[0]]


def cell(book: xw.Book, place: str) -> xw.Range:
    sheet, _, address = place.partition("!")
    return book.sheets[sheet].range(address)


def test_the_open_workbook_reads_like_its_file(opened: xw.Book) -> None:
    with LiveBook(calling_book()).opened() as source:
        live = read_books(source, None).library
    filed = load(Path(opened.fullname), None).library
    assert live.school == filed.school
    for sheet in ALL_SHEETS:
        ours, theirs = live[sheet.row_type], filed[sheet.row_type]
        assert list(ours) == list(theirs), sheet.name
        assert (ours.flaws, ours.oddities, ours.incomplete) == (theirs.flaws, theirs.oddities, theirs.incomplete), (
            sheet.name
        )


def test_a_check_lists_what_it_finds_and_colours_the_cells(opened: xw.Book, answered: str) -> None:
    lines = listed(opened)
    assert "错误" in answered
    assert 20 < len(lines) <= FINDINGS_IN_EXCEL
    for _, where, message, *_ in lines:
        if not where.startswith(f"{SHUT}!"):
            marked = cell(opened, where)
            assert marked.color is not None, where
            assert marked.note is not None, where
            assert message in marked.note.text


def test_a_protected_sheet_keeps_its_looks_and_the_finding_is_listed(opened: xw.Book, answered: str) -> None:
    places = [line[1] for line in listed(opened) if line[1].startswith(f"{SHUT}!")]
    assert places, answered
    assert all(cell(opened, place).color is None for place in places)


def test_marks_are_found_again_after_rows_were_put_in_and_the_list_after_its_sheet_was_deleted(
    opened: xw.Book, answered: str
) -> None:
    before = listed(opened)
    where = next(line[1] for line in before if line[1].startswith("借阅登记账!"))
    sheet, _, address = where.partition("!")
    opened.sheets[sheet].api.Rows.insertByIndex(1, 3)
    moved = cell(opened, f"{sheet}!{address[0]}{int(address[1:]) + 3}")
    assert moved.color is not None, answered
    cleared(opened)
    assert moved.color is None
    assert moved.note is None
    opened.sheets[sheet].api.Rows.removeByIndex(1, 3)

    opened.api.Sheets.removeByName(RESULTS)
    pressed(opened, "CheckLedgers")
    assert [line[1:3] for line in listed(opened)] == [line[1:3] for line in before]
    assert opened.names[FINDINGS_NAME].refers_to_range.shape[0] == len(before)


def test_unsaved_cells_count_text_stays_text_and_a_correction_empties_the_list(right: xw.Book) -> None:
    price, title = cell(right, "个别登记账!M2"), cell(right, "个别登记账!D2")
    kept = price.value, title.value
    price.value, title.value = kept[0] + 1, "=1+1"
    pressed(right, "CheckLedgers")
    assert any("多 1.00 元" in line[2] for line in listed(right))
    assert any("=1+1" in str(line[2]) for line in listed(right))
    assert title.value == "=1+1"
    price.value, title.value = kept
    assert "都对得上" in pressed(right, "CheckLedgers")
    assert [line for line in listed(right) if line[0] in ("错误", "存疑")] == []
    assert price.color is None


@pytest.fixture
def unmarked(calc: Calc, tmp_path: Path) -> Iterator[xw.Book]:
    """The faulty school with cells no macro has coloured yet: LibreOffice's macros see a colour they gave a cell once
    in place of one that she gave it later, which Excel's do not.
    """
    for book in _opened(calc, faulty(tmp_path)):
        book.set_mock_caller()
        yield book


def test_her_own_colours_and_notes_come_back(unmarked: xw.Book) -> None:
    loaded = load(Path(unmarked.fullname), None)
    places = [str(message_of(loaded.library, one).at) for one in judge(loaded).report.findings]
    hers, noted = cell(unmarked, places[0]), cell(unmarked, places[1])
    hers.color = HER_COLOUR
    noted.add_note("问过会计")
    pressed(unmarked, "CheckLedgers")
    assert hers.color != HER_COLOUR
    assert noted.note.text == "问过会计"
    cleared(unmarked)
    assert hers.color == HER_COLOUR
    assert noted.note.text == "问过会计"
    assert [place for place in places[1:] if cell(unmarked, place).color is not None] == []
    assert [place for place in places if place != places[1] and cell(unmarked, place).note is not None] == []


# -- 借还台 ---------------------------------------------------------------------------------------


def desk(book: xw.Book, field: DeskField) -> xw.Range:
    labels = [row[0] for row in book.sheets[DESK].range("B1:C30").value]
    return book.sheets[DESK].range(f"C{labels.index(field.value) + 1}")


def scan(book: xw.Book, reader: str, copy: str, act: str = "") -> None:
    for field, value in ((DeskField.READER, reader), (DeskField.COPY, copy), (DeskField.ACT, act)):
        desk(book, field).value = value


def loans(book: xw.Book) -> list[Any]:
    with LiveBook(calling_book()).opened() as source:
        library = read_books(source, None).library
    return list(library[LoanRow])


def test_the_desk_lends_takes_back_and_undoes(right: xw.Book) -> None:
    before = loans(right)
    scan(right, READER, COPY.lstrip("0"))
    pressed(right, "DeskAsk", "--day", A_DAY)
    assert desk(right, DeskField.VERDICT).value == "可借"
    assert "借阅规则!A2" in desk(right, DeskField.BASIS).value
    assert cell(right, f"借阅登记账!A{before[-1].line + 1}").value is None, "asking writes into no ledger"

    pressed(right, "DeskConfirm", "--day", A_DAY)
    lent = loans(right)[-1]
    assert (lent.loan_no, lent.reader_no, lent.accession_no) == (NEXT_LOAN, READER, COPY)
    assert (lent.line, lent.due_on.isoformat(), lent.outcome) == (before[-1].line + 1, "2026-06-17", None)
    assert desk(right, DeskField.COPY).value is None, "the desk waits for the next copy"
    steps = (Path(right.fullname).parent / "answer.txt").read_text("ascii").splitlines()
    # LibreOffice's macros know no tables; what they are asked to do is all that can be seen here.
    grown = next(index for index, step in enumerate(steps) if step == f"table\t{escaped('借阅登记账')}\t{lent.line}")
    entered = next(index for index, step in enumerate(steps) if step.startswith(f"row\t{escaped('借阅登记账')}\t"))
    assert grown < entered, "a new line is taken into the Excel table"

    scan(right, "", COPY.lstrip("0"))
    pressed(right, "DeskConfirm", "--day", "2026-06-10")
    ended = loans(right)[-1]
    assert (ended.returned_on.isoformat(), ended.outcome.value) == ("2026-06-10", "已还")
    pressed(right, "DeskUndo", "--day", A_DAY)
    assert loans(right)[-1] == lent


def test_a_lost_copy_brings_its_compensation_and_the_line_for_the_list(right: xw.Book) -> None:
    line = loans(right)[-1].line
    scan(right, "", COPY.lstrip("0"), "遗失")
    pressed(right, "DeskConfirm", "--day", "2026-06-10")
    assert loans(right)[-1].outcome.value == "遗失"
    incident = right.sheets["赔偿登记账"].used_range.value[-1]
    assert COPY in incident
    assert "遗失" in incident
    assert COPY in desk(right, DeskField.DRAFT).value
    pressed(right, "DeskUndo", "--day", A_DAY)
    assert loans(right)[-1].outcome is None
    # Only one entry can be undone: the loan of before is taken off by hand.
    cell(right, f"借阅登记账!A{line}:N{line}").clear_contents()


def test_an_entry_that_was_changed_since_is_not_undone(right: xw.Book) -> None:
    scan(right, READER, COPY.lstrip("0"))
    pressed(right, "DeskConfirm", "--day", A_DAY)
    lent = loans(right)[-1]
    name = cell(right, f"借阅登记账!D{lent.line}")
    name.value = "改过的"
    said = pressed(right, "DeskUndo", "--day", A_DAY)
    assert "后来改过" in said
    assert name.value == "改过的"
    name.value = lent.name
    pressed(right, "DeskUndo", "--day", A_DAY)
    assert cell(right, f"借阅登记账!A{lent.line}").value is None


def test_a_date_nobody_can_read_is_named(right: xw.Book) -> None:
    scan(right, READER, COPY.lstrip("0"))
    desk(right, DeskField.DAY).value = "上星期三"
    assert "看不懂" in pressed(right, "DeskAsk")
    desk(right, DeskField.DAY).value = None


def test_the_papers_and_quotas_are_made_beside_the_open_workbook(right: xw.Book) -> None:
    folder = Path(right.fullname).parent
    for button in ("Quotas", "WriteSummary"):
        assert str(folder) in pressed(right, button), button
    assert {"借阅定额.xlsx"} <= {path.name for path in folder.iterdir()}
    assert len(list(folder.glob("*.docx"))) == 1
    assert "还能借" in pressed(right, "AskReader", "--asked", READER, "--day", A_DAY)
    assert "没有证号" in pressed(right, "AskReader", "--asked", "X9", "--day", A_DAY)
    assert "直接读" in pressed(right, "About")
