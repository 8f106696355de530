"""Every button pressed in a real spreadsheet program: button, macro, Python, and what is seen afterwards."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from macro_books import AWKWARD_FOLDER, calc_with, clean, faulty, few_rows, free, short, write_python

from calc import MISSING, Calc, buttons, press, run_macro
from schoollib_xl.desk.request import next_number
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.sheets.desk import DeskField
from schoollib_xl.sheets.own_sheets import DESK, FRONT_PAGE, RESULTS
from schoollib_xl.wording.excel.buttons import BUTTONS, DESK_BUTTONS, MACRO_SENTENCES

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

READER, COPY = free(of_few_rows=True)
HER_WORDS = " 问过会计"
NEXT_LOAN = next_number([loan.loan_no for loan in few_rows().rows[LoanRow]], "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp(AWKWARD_FOLDER)


@pytest.fixture(scope="module")
def python(folder: Path) -> Path:
    """The Python that the macros start."""
    return write_python(folder / "python")


@pytest.fixture(scope="module")
def calc(folder: Path, python: Path) -> Iterator[Calc]:
    with calc_with(folder, SCHOOLLIB_PYTHON=str(python)) as running:
        yield running


@pytest.fixture(scope="module")
def checked(calc: Calc, folder: Path) -> Iterator[Any]:
    """The faulty school after 核对账册 was pressed, read from a copy since nothing here reaches Excel."""
    document = calc.open(faulty(folder / "有错"))
    press(document, FRONT_PAGE, "核对账册")
    yield document
    document.close(True)


@pytest.fixture(scope="module")
def right(calc: Calc, folder: Path) -> Iterator[Any]:
    document = calc.open(short(folder / "无错"))
    yield document
    document.close(True)


def told(document: Any) -> str:
    return str(run_macro(document, "Launcher.LastTold"))


def place(document: Any, where: str) -> Any:
    sheet, _, address = where.partition("!")
    return document.Sheets.getByName(sheet).getCellRangeByName(address)


def places(document: Any) -> list[str]:
    found = document.Sheets.getByName(RESULTS).getCellRangeByName("B1:B89").getDataArray()
    return [one for (one,) in found if one and one != "哪里"]


def test_every_button_is_bound_to_its_sub(right: Any) -> None:
    for sheet, expected in ((FRONT_PAGE, BUTTONS), (DESK, DESK_BUTTONS)):
        bound = buttons(right, sheet)
        assert list(bound) == [button.caption for button in expected]
        for button in expected:
            assert f"Buttons.{button.macro}?" in bound[button.caption]


def test_the_reader_whose_number_is_selected_is_answered_without_a_question(right: Any) -> None:
    """Asked before another workbook is open: LibreOffice without a window goes by the last one opened."""
    sheet = right.Sheets.getByName("读者名册")
    row = next(row for row in range(1, 200) if sheet.getCellByPosition(0, row).String == READER)
    right.CurrentController.setActiveSheet(sheet)
    right.CurrentController.select(sheet.getCellByPosition(0, row))
    press(right, FRONT_PAGE, "查读者")
    assert READER in told(right)
    assert "册" in told(right)


@pytest.mark.parametrize(
    ("caption", "made"),
    [
        ("借阅定额", "借阅定额.xlsx"),
        ("工作总结", "*工作总结*.docx"),
    ],
)
def test_a_button_makes_its_file_beside_the_workbook(right: Any, folder: Path, caption: str, made: str) -> None:
    press(right, FRONT_PAGE, caption)
    assert list((folder / "无错").glob(made)), told(right)
    assert str(folder / "无错") in told(right)


def test_about_says_that_a_copy_was_read(right: Any) -> None:
    press(right, FRONT_PAGE, "关于")
    assert "副本" in told(right)


def test_the_desk_enters_and_undoes_through_its_buttons(right: Any) -> None:
    sheet = right.Sheets.getByName(DESK)
    labels = {sheet.getCellByPosition(1, row).String: row for row in range(20)}

    def field(name: DeskField) -> Any:
        return sheet.getCellByPosition(2, labels[name.value])

    field(DeskField.READER).String, field(DeskField.COPY).String = READER, COPY.lstrip("0")
    field(DeskField.DAY).FormulaLocal = "2026-06-03"
    press(right, DESK, "查一查")
    assert field(DeskField.VERDICT).String == "可借"
    press(right, DESK, "确认")
    ledger = right.Sheets.getByName("借阅登记账")
    row = next(row for row in range(1, 9999) if not ledger.getCellByPosition(0, row).String) - 1
    assert [ledger.getCellByPosition(column, row).String for column in (0, 1, 2, 5, 8)] == [
        NEXT_LOAN, "2026-06-03", READER, COPY, "2026-06-17",
    ]  # fmt: skip
    press(right, DESK, "撤销上一笔")
    assert ledger.getCellByPosition(0, row).String == ""
    assert "退回了" in field(DeskField.VERDICT).String


def test_walking_before_any_check_says_to_check_first(right: Any) -> None:
    press(right, FRONT_PAGE, "跳到下一处")
    assert told(right) == MACRO_SENTENCES["say_check_first"]


def test_a_workbook_opened_to_be_read_only_stays_as_it_is(calc: Calc, folder: Path) -> None:
    document = calc.open(clean(folder / "只读"), ReadOnly=True)
    press(document, FRONT_PAGE, "核对账册")
    assert told(document).startswith((MACRO_SENTENCES["say_failed"], "共核对"))
    document.close(True)


def test_a_workbook_that_was_never_saved_is_told_to_be_saved(calc: Calc, folder: Path) -> None:
    document = calc.open(short(folder / "模板"), AsTemplate=True)
    press(document, FRONT_PAGE, "核对账册")
    assert told(document) == MACRO_SENTENCES["say_not_saved"]
    document.close(True)


def test_without_python_a_button_says_so(right: Any, python: Path, folder: Path) -> None:
    python.unlink()
    press(right, FRONT_PAGE, "核对账册")
    assert told(right) == MACRO_SENTENCES["say_no_python"]
    assert not list(folder.glob("schoollib_*"))
    write_python(python)


# The faulty school comes last: while it is open, a press in another workbook takes three times as long.


def test_a_check_is_laid_down_in_the_workbook(checked: Any) -> None:
    assert "错误" in told(checked)
    assert len(places(checked)) > 20
    for where in places(checked):
        assert place(checked, where).CellBackColor != -1, where
        assert place(checked, where).Annotation.String.startswith("核对："), where


def test_the_next_button_walks_through_the_findings(checked: Any) -> None:
    walked = []
    for _ in range(3):
        press(checked, FRONT_PAGE, "跳到下一处")
        at = checked.CurrentSelection
        walked.append(f"{at.Spreadsheet.Name}!{at.AbsoluteName.rpartition('.')[2].replace('$', '')}")
    assert walked == places(checked)[:3]


def test_a_finding_on_a_hidden_sheet_is_said(checked: Any) -> None:
    where = places(checked)[3]
    sheet = place(checked, where).Spreadsheet
    sheet.IsVisible = False
    press(checked, FRONT_PAGE, "跳到下一处")
    assert told(checked) == f"{MACRO_SENTENCES['say_hidden_sheet']}{where}"
    sheet.IsVisible = True


def test_clearing_takes_colours_and_our_notes_away_and_leaves_what_she_wrote(checked: Any) -> None:
    marked = places(checked)
    first = place(checked, marked[0])
    words = first.Annotation.String + HER_WORDS
    first.Annotation.String = words
    press(checked, FRONT_PAGE, "清除标记")
    assert [one for one in marked if place(checked, one).CellBackColor != -1] == []
    assert [one for one in marked[1:] if place(checked, one).Annotation.String] == []
    assert first.Annotation.String == words


def test_checking_again_brings_all_back_lifts_her_filter_and_leaves_another_workbook_alone(
    checked: Any, right: Any
) -> None:
    marked = places(checked)
    sheet = checked.Sheets.getByName(RESULTS)
    sheet.Rows.getByIndex(len(marked)).IsVisible = False
    right.CurrentController.Frame.activate()
    press(checked, FRONT_PAGE, "核对账册")
    assert "错误" in told(checked)
    assert places(checked) == marked
    assert [one for one in marked[1:] if place(checked, one).CellBackColor == -1] == []
    assert place(checked, marked[0]).Annotation.String.endswith(HER_WORDS)
    names = checked.Sheets.ElementNames
    assert names.index(RESULTS) == names.index(FRONT_PAGE) + 1
    assert sheet.Rows.getByIndex(len(marked)).IsVisible
    assert not right.Sheets.hasByName(RESULTS)


def test_marks_are_found_again_when_the_list_is_gone_and_the_cell_was_moved(checked: Any) -> None:
    marked = [one for one in places(checked) if not one.startswith("借阅登记账!")]
    where = next(one for one in places(checked) if one.startswith("借阅登记账!"))
    ledger, cell = checked.Sheets.getByName("借阅登记账"), place(checked, where)
    free = ledger.getCellByPosition(30, 5)
    ledger.moveRange(free.CellAddress, ledger.getCellRangeByName(where.partition("!")[2]).RangeAddress)
    checked.Sheets.removeByName(RESULTS)
    press(checked, FRONT_PAGE, "清除标记")
    assert (free.CellBackColor, free.Annotation.String) == (-1, "")
    assert [one for one in marked if place(checked, one).CellBackColor != -1] == []
    ledger.moveRange(cell.CellAddress, free.RangeAddress)
    press(checked, FRONT_PAGE, "跳到下一处")
    assert told(checked) == MACRO_SENTENCES["say_check_first"]


def test_where_the_open_workbook_can_be_reached_the_button_reads_it_live(checked: Any, python: Path) -> None:
    write_python(python, live=True)
    press(checked, FRONT_PAGE, "核对账册")
    assert "错误" in told(checked)
    where = places(checked)[1]
    assert place(checked, where).Annotation.String.startswith("核对：")
    press(checked, FRONT_PAGE, "关于")
    assert "直接读" in told(checked)
    press(checked, FRONT_PAGE, "清除标记")
    assert place(checked, where).CellBackColor == -1
    write_python(python)


def test_nothing_of_a_press_is_left_in_the_folder_for_passing_things(checked: Any, folder: Path) -> None:
    assert [path.name for path in folder.iterdir() if path.name.startswith("schoollib_")] == []
