"""How high a row must be to show all that stands in its cells."""

import io

import pytest
from xlsxwriter import Workbook

from schoollib_xl.sheets.layout import LINE_HEIGHT, height, set_up_print, tab_name


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("借书册数", 9, 1),
        ("借书册数", 8, 2),
        ("一行\n两行", 10, 2),
        # LibreOffice and Excel begin a line with a run of Latin letters that does not fit on the one before.
        ("借阅登记账!B2:B4042、C2:C4042、E2:E4042、H2:H4042；班级!D2:D13", 40, 3),
        ("单价 B2:B4042", 10, 2),
        ("B" * 25, 10, 3),
    ],
)
def test_a_row_is_as_high_as_its_words_need(text: str, width: int, lines: int) -> None:
    assert height([text], [width]) == LINE_HEIGHT * lines


@pytest.mark.parametrize(
    ("name", "taken", "tab"),
    [
        ("三（1）班", (), "三（1）班"),
        ("二/1班", ("二：1班",), "二／1班"),
        ("[一]:*?\\'", (), "［一］：＊？＼"),
        ("班" * 40, (), "班" * 31),
        ("班" * 40, ("班" * 31,), "班" * 28 + "（2）"),
        ("A班", ("a班", "A班（2）"), "A班（3）"),
    ],
)
def test_a_tab_is_named_as_excel_takes_it(name: str, taken: tuple[str, ...], tab: str) -> None:
    assert tab_name(name, taken) == tab


@pytest.mark.filterwarnings("error")
def test_a_page_is_headed_however_long_the_name_of_the_school_is() -> None:
    with Workbook(io.BytesIO()) as book:
        sheet = book.add_worksheet()
        set_up_print(sheet, "&" * 300, "小学" * 200)
    assert sheet.header.endswith("小学" * 25)
