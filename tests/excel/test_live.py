"""The code behind the buttons: it reads a workbook that is open in a real spreadsheet program through xlwings, and what
it answers is done there by the macros.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import xlwings as xw
from macro_books import calc_with, clean, faulty, few_rows, free, short

import calc_engine
from calc import MISSING, Calc, run_macro
from calc import press as press_in_calc
from schoollib_xl.actions.checking import judge
from schoollib_xl.desk.request import next_number
from schoollib_xl.excel.answer import escaped
from schoollib_xl.excel.live import LiveBook, calling_book
from schoollib_xl.excel.press import press
from schoollib_xl.excel.steps import FINDINGS_NAME
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.sheets.cells import Merge
from schoollib_xl.sheets.desk import DeskField
from schoollib_xl.sheets.own_sheets import DESK, FRONT_PAGE, RESULTS
from schoollib_xl.sheets.reading.loading import load, read_books
from schoollib_xl.wording.answer import FINDINGS_IN_EXCEL
from schoollib_xl.wording.checking.findings import message_of
from schoollib_xl.wording.excel.buttons import MACRO_SENTENCES

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

# A day of the sample school's second term on which the library is open.
A_DAY = "2026-06-03"
READER, COPY = free(of_few_rows=True)
NEXT_LOAN = next_number([loan.loan_no for loan in few_rows().rows[LoanRow]], "")
HER_COLOUR = (255, 255, 0)
SHUT = "总括登记账"


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calc]:
    # Its macros start a Python that answers nothing; here Python is already running.
    folder = tmp_path_factory.mktemp("calc")
    with calc_with(folder, SCHOOLLIB_PYTHON="/bin/false", SCHOOLLIB_SECONDS="2") as running:
        calc_engine.attach(running.pipe)
        yield running


@pytest.fixture(scope="module")
def faulty_book(calc: Calc, tmp_path_factory: pytest.TempPathFactory) -> Iterator[xw.Book]:
    yield from _opened(calc, faulty(tmp_path_factory.mktemp("faulty")))


@pytest.fixture(scope="module")
def few_book(calc: Calc, tmp_path_factory: pytest.TempPathFactory) -> Iterator[xw.Book]:
    yield from _opened(calc, short(tmp_path_factory.mktemp("few")))


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
def few(few_book: xw.Book) -> xw.Book:
    """The workbook of few rows, open and calling; a test that enters something takes it back."""
    few_book.set_mock_caller()
    return few_book


@pytest.fixture
def right(calc: Calc, tmp_path: Path) -> Iterator[xw.Book]:
    """The right school, open and calling."""
    for book in _opened(calc, clean(tmp_path)):
        book.set_mock_caller()
        yield book


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


def test_her_own_colours_and_notes_come_back(opened: xw.Book) -> None:
    """First of all: LibreOffice's macros see a colour they gave a cell once in place of one that she gave it later,
    which Excel's do not.
    """
    loaded = load(Path(opened.fullname), None)
    places = [str(message_of(loaded.library, one).at) for one in judge(loaded).report.findings]
    hers, noted = cell(opened, places[0]), cell(opened, places[1])
    hers.color = HER_COLOUR
    noted.add_note("问过会计")
    pressed(opened, "CheckLedgers")
    assert hers.color != HER_COLOUR
    assert noted.note.text == "问过会计"
    cleared(opened)
    assert hers.color == HER_COLOUR
    assert noted.note.text == "问过会计"
    assert [place for place in places[1:] if cell(opened, place).color is not None] == []
    assert [place for place in places if place != places[1] and cell(opened, place).note is not None] == []
    hers.color = None
    noted.note.delete()


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


# -- 借还台 ---------------------------------------------------------------------------------------


def desk(book: xw.Book, field: DeskField) -> xw.Range:
    labels = [row[0] for row in book.sheets[DESK].range("B1:C30").value]
    return book.sheets[DESK].range(f"C{labels.index(field.value) + 1}")


def scan(book: xw.Book, reader: str, copy: str, act: str = "") -> None:
    for field, value in ((DeskField.READER, reader), (DeskField.COPY, copy), (DeskField.ACT, act)):
        desk(book, field).value = value


class Line(NamedTuple):
    """A line of 借阅登记账 by its headers, and where it is."""

    number: int
    cells: dict[str, Any]


def last_loan(book: xw.Book) -> Line:
    headers, *rows = book.sheets["借阅登记账"].used_range.value
    entered = [row for row in rows if row[0]]
    return Line(1 + len(entered), dict(zip(headers, entered[-1], strict=True)))


def test_the_desk_lends_takes_back_and_undoes(few: xw.Book) -> None:
    next_line = last_loan(few).number + 1
    scan(few, READER, COPY.lstrip("0"))
    pressed(few, "DeskAsk", "--day", A_DAY)
    assert desk(few, DeskField.VERDICT).value == "可借"
    assert "借阅规则!A2" in desk(few, DeskField.BASIS).value
    assert cell(few, f"借阅登记账!A{next_line}").value is None, "asking writes into no ledger"

    pressed(few, "DeskConfirm", "--day", A_DAY)
    lent = last_loan(few)
    assert lent.number == next_line
    assert [lent.cells[header] for header in ("借阅序号", "读者证号", "个别登记号", "应还日期", "归还情况")] == [
        NEXT_LOAN, READER, COPY, datetime(2026, 6, 17), None,
    ]  # fmt: skip
    assert desk(few, DeskField.COPY).value is None, "the desk waits for the next copy"
    steps = (Path(few.fullname).parent / "answer.txt").read_text("ascii").splitlines()
    # LibreOffice's macros know no tables; what they are asked to do is all that can be seen here.
    grown = next(index for index, step in enumerate(steps) if step == f"table\t{escaped('借阅登记账')}\t{lent.number}")
    entered = next(index for index, step in enumerate(steps) if step.startswith(f"row\t{escaped('借阅登记账')}\t"))
    assert grown < entered, "a new line is taken into the Excel table"

    scan(few, "", COPY.lstrip("0"))
    pressed(few, "DeskConfirm", "--day", "2026-06-10")
    ended = last_loan(few).cells
    assert (ended["归还日期"], ended["归还情况"]) == (datetime(2026, 6, 10), "已还")
    pressed(few, "DeskUndo", "--day", A_DAY)
    assert last_loan(few) == lent


def test_a_lost_copy_brings_its_compensation_and_the_line_for_the_list(few: xw.Book) -> None:
    line = last_loan(few).number
    scan(few, "", COPY.lstrip("0"), "遗失")
    pressed(few, "DeskConfirm", "--day", "2026-06-10")
    assert last_loan(few).cells["归还情况"] == "遗失"
    incident = few.sheets["赔偿登记账"].used_range.value[-1]
    assert COPY in incident
    assert "遗失" in incident
    assert COPY in desk(few, DeskField.DRAFT).value
    pressed(few, "DeskUndo", "--day", A_DAY)
    assert last_loan(few).cells["归还情况"] is None
    # Only one entry can be undone: the loan of before is taken off by hand.
    cell(few, f"借阅登记账!A{line}:N{line}").clear_contents()


def test_an_entry_that_was_changed_since_is_not_undone(few: xw.Book) -> None:
    scan(few, READER, COPY.lstrip("0"))
    pressed(few, "DeskConfirm", "--day", A_DAY)
    lent = last_loan(few)
    name = cell(few, f"借阅登记账!D{lent.number}")
    name.value = "改过的"
    said = pressed(few, "DeskUndo", "--day", A_DAY)
    assert "后来改过" in said
    assert name.value == "改过的"
    name.value = lent.cells["姓名"]
    pressed(few, "DeskUndo", "--day", A_DAY)
    assert cell(few, f"借阅登记账!A{lent.number}").value is None


def test_a_date_nobody_can_read_is_named(few: xw.Book) -> None:
    scan(few, READER, COPY.lstrip("0"))
    desk(few, DeskField.DAY).value = "上星期三"
    assert "看不懂" in pressed(few, "DeskAsk")
    desk(few, DeskField.DAY).value = None


def test_the_papers_and_quotas_are_made_beside_the_open_workbook(few: xw.Book) -> None:
    folder = Path(few.fullname).parent
    for button in ("Quotas", "WriteSummary"):
        assert str(folder) in pressed(few, button), button
    assert {"借阅定额.xlsx"} <= {path.name for path in folder.iterdir()}
    assert len(list(folder.glob("*.docx"))) == 1
    assert "还能借" in pressed(few, "AskReader", "--asked", READER, "--day", A_DAY)
    assert "没有证号" in pressed(few, "AskReader", "--asked", "X9", "--day", A_DAY)
    assert "直接读" in pressed(few, "About")


def test_cells_merged_over_several_rows_of_the_open_workbook_are_known(few: xw.Book) -> None:
    sheet = few.sheets["修补登记"]
    down, across = sheet.range("B30:C32"), sheet.range("D30:F30")
    down.value = across.value = "三行"
    for cells in (down, across):
        cells.api.merge(True)
    with LiveBook(calling_book()).opened() as source:
        assert source.merges("修补登记") == (Merge(30, 2, 32),)
    for cells in (down, across):
        cells.api.merge(False)
        cells.value = ""


def test_without_an_answer_a_button_gives_up_and_says_so(few: xw.Book) -> None:
    """Through its macro, whose Python ends without a word."""
    press_in_calc(few.api, FRONT_PAGE, "关于")
    assert run_macro(few.api, "Launcher.LastTold") == MACRO_SENTENCES["say_no_answer"]
