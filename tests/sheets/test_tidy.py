"""One cell, made into what its column holds."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS, Field
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence
from schoollib_xl.ledgers.table import Flaw
from schoollib_xl.ledgers.vocabulary import Flow, Frequency, LoanOutcome, Source
from schoollib_xl.sheets.cells import CellValue, ErrorValue, Uncalculated
from schoollib_xl.sheets.reading.tidy import Flawed, shown, tidy

SEPT_1 = date(2025, 9, 1)


def field(row_type: type[Any], name: str) -> Field:
    return SHEETS[row_type].by_name[name]


def read(value: CellValue, row_type: type[Any], name: str, width: int = 6) -> Any:
    return tidy(value, field(row_type, name), width)


# -- blanks and cells that say nothing --------------------------------------------------------------


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\u00a0\u3000 ", "\ufeff", "'"])
def test_white_space_of_every_kind_is_a_blank(blank: str) -> None:
    assert read(blank, AccessionRow, "author") is None
    assert read(blank, AccessionRow, "title") == Flawed(Flaw.BLANK, "")


def test_an_error_cell_keeps_its_text() -> None:
    assert read(ErrorValue("#N/A"), AccessionRow, "price") == Flawed(Flaw.ERROR_VALUE, "#N/A")
    # Pasted as a value it is a text, which Excel hands over like the error itself.
    for field in ("price", "title", "accession_no", "accessioned_on"):
        assert read(" #N/A", AccessionRow, field) == Flawed(Flaw.ERROR_VALUE, "#N/A")
    assert read(ErrorValue("#DIV/0!"), AccessionRow, "author") == Flawed(Flaw.ERROR_VALUE, "#DIV/0!")


def test_a_formula_without_a_result_is_not_a_blank() -> None:
    assert read(Uncalculated("SUM(A1:A2)"), SummaryRow, "titles") == Flawed(Flaw.UNCALCULATED, "SUM(A1:A2)")


# -- text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 城南旧事 ", "城南旧事"),
        ("\u3000城南旧事", "城南旧事"),
        ("城南\u3000旧事", "城南 旧事"),
        ("１９８４", "1984"),
        ("ＡＢＣ", "ABC"),
        (1984.0, "1984"),
        ("城南旧事_x000D_\n", "城南旧事"),
        ("'城南旧事", "城南旧事"),
        ("老人与海（双语版）", "老人与海（双语版）"),
        (date(2020, 5, 1), "2020-05-01"),
        (datetime(2020, 5, 1), "2020-05-01"),
        (True, "TRUE"),
    ],
)
def test_text_is_taken_as_it_reads(cell: CellValue, text: str) -> None:
    assert read(cell, AccessionRow, "title") == text


# -- identifiers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("000123", "000123"),
        (" ０００１２３ ", "000123"),
        (123456.0, "123456"),
        (123456, "123456"),
        ("'000123", "000123"),
    ],
)
def test_a_copy_number_keeps_its_zeros(cell: CellValue, number: str) -> None:
    assert read(cell, AccessionRow, "accession_no") == number


@pytest.mark.parametrize("cell", [123.0, 123, "123.0"])
def test_a_copy_number_stored_as_a_number_gets_its_zeros_back(cell: CellValue) -> None:
    assert read(cell, AccessionRow, "accession_no") == Flawed(Flaw.ZEROS_LOST, "123", "000123")
    assert read(cell, SummaryRow, "first_no", width=8) == Flawed(Flaw.ZEROS_LOST, "123", "00000123")


def test_a_short_number_typed_as_text_lost_nothing() -> None:
    assert read("123", AccessionRow, "accession_no") == "123"


def test_only_copy_numbers_have_a_width() -> None:
    assert read(12.0, LoanRow, "reader_no") == "12"


@pytest.mark.parametrize(
    ("cell", "batch"), [("2025－001", "2025-001"), ("２０２５—００１", "2025-001"), ("2025–001", "2025-001")]
)
def test_dashes_and_digits_of_every_kind_are_one(cell: str, batch: str) -> None:
    assert read(cell, SummaryRow, "batch_no") == batch


@pytest.mark.parametrize("cell", ["9787020024759", 9787020024759.0, 9787020024759, "9787020024759.0"])
def test_an_isbn_is_digits_however_it_is_stored(cell: CellValue) -> None:
    assert read(cell, AccessionRow, "isbn") == "9787020024759"


def test_a_code_that_excel_took_for_a_date_is_recognised() -> None:
    assert read(datetime(2025, 2, 6), PeriodicalRow, "postal_code") == Flawed(Flaw.DATE_FOR_TEXT, "2025-02-06", "2-6")
    assert read(date(1934, 12, 1), PeriodicalRow, "postal_code") == Flawed(Flaw.DATE_FOR_TEXT, "1934-12-01", "12-34")


# -- dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", [SEPT_1, datetime(2025, 9, 1), datetime(2025, 9, 1, 10, 30)])
def test_a_date_is_a_date(cell: CellValue) -> None:
    assert read(cell, LoanRow, "lent_on") == SEPT_1


@pytest.mark.parametrize(
    "cell",
    [
        "2025-9-1",
        "2025-09-01",
        "2025/9/1",
        "2025.9.1",
        "2025.9.1.",
        "2025年9月1日",
        "2025 年 9 月 1 日",
        "2025年9月1号",
        "2025年9月1",
        "20250901",
        "25.9.1",
        "２０２５－９－１",
        "2025．9．1",
        "2025，9，1",
        "2025、9、1",
        "2025 9 1",
        "2025-09-01 00:00:00",
        "2025-09-01T08:15:00",
        "2025-9-1 8:15",
        "2025。9。1",
        "20250901081500",
        "2025年9月1日 星期一",
        "2025-9-1（周一）",
        "二〇二五年九月一日",
        "二零二五年九月一日",
        20250901.0,
        20250901,
        45901.0,
        45901,
    ],
)
def test_a_date_typed_in_any_way_is_understood_and_worth_mending(cell: CellValue) -> None:
    found = read(cell, LoanRow, "lent_on")
    assert (found.flaw, found.taken) == (Flaw.TEXT_DATE, SEPT_1)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("二〇二五年十月十日", date(2025, 10, 10)),
        ("二〇二五年十二月三十一日", date(2025, 12, 31)),
        ("二〇二五年十一月二十日", date(2025, 11, 20)),
        ("二〇二五年一月二十五日", date(2025, 1, 25)),
        ("98.9.1", date(1998, 9, 1)),
        ("29.9.1", date(2029, 9, 1)),
        ("2024-2-29", date(2024, 2, 29)),
    ],
)
def test_other_days_are_understood_as_well(cell: str, day: date) -> None:
    assert read(cell, LoanRow, "lent_on").taken == day


@pytest.mark.parametrize(
    "cell",
    [
        "2025-9-31",
        "2025-2-29",
        "2025-13-1",
        "2025年0月1日",
        "20251301",
        "2025-9",
        "9月1日",
        "九月",
        "1/9/2025",
        "2025-9-1至2025-9-5",
        "2025-9-1 前后",
        "未还",
        "—",
        7.0,
        99999999.0,
        1e300,
        time(8, 15),
        True,
    ],
)
def test_an_impossible_or_half_a_date_is_not_guessed(cell: CellValue) -> None:
    found = read(cell, LoanRow, "lent_on")
    assert (found.flaw, found.taken) == (Flaw.NOT_A_DATE, None)


# -- money and counts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "money"),
    [
        (25.0, "25.00"),
        (25, "25.00"),
        (0.1 + 0.2, "0.30"),
        (2.675, "2.68"),
        (0.335 * 3, "1.01"),
        (1.005, "1.01"),
        (-3.5, "-3.50"),
    ],
)
def test_money_is_rounded_half_up_to_the_cent(cell: CellValue, money: str) -> None:
    assert read(cell, AccessionRow, "price") == Decimal(money)
    assert str(read(cell, AccessionRow, "price")) == money


@pytest.mark.parametrize(
    ("cell", "money"),
    [
        ("25", "25.00"),
        ("25.00", "25.00"),
        ("２５．００", "25.00"),
        ("CNY25.00", "25.00"),
        ("￥25.00", "25.00"),
        ("¥ 25", "25.00"),
        ("25元", "25.00"),
        ("25.00元整", "25.00"),
        ("RMB 25.00", "25.00"),
        ("1,234.50", "1234.50"),
        ("1，234.50", "1234.50"),
        (".5", "0.50"),
        ("+25", "25.00"),
    ],
)
def test_money_typed_as_text_is_understood_and_worth_mending(cell: str, money: str) -> None:
    found = read(cell, AccessionRow, "price")
    assert (found.flaw, found.taken) == (Flaw.TEXT_NUMBER, Decimal(money))


@pytest.mark.parametrize(
    "cell",
    [
        "约二十五元",
        "25.00(全2册)",
        "10RMB×12",
        "约25",
        "25.00-30.00",
        "12,34",
        "-",
        "无",
        SEPT_1,
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_single_figure_is_no_money(cell: CellValue) -> None:
    found = read(cell, AccessionRow, "price")
    assert (found.flaw, found.taken) == (Flaw.NOT_A_NUMBER, None)


@pytest.mark.parametrize("cell", [1e300, 1e12, -1e12, "9" * 40])
def test_a_figure_no_library_has_is_out_of_range(cell: CellValue) -> None:
    assert read(cell, AccessionRow, "price").flaw is Flaw.OUT_OF_RANGE
    assert read(cell, PeriodicalRow, "copies").flaw is Flaw.OUT_OF_RANGE


@pytest.mark.parametrize(("cell", "count"), [(3.0, 3), (3, 3), (0, 0), (3.0000000000000004, 3)])
def test_a_count_is_whole(cell: CellValue, count: int) -> None:
    assert read(cell, SummaryRow, "copies") == count


@pytest.mark.parametrize("cell", [1.5, "1.5册"])
def test_half_a_copy_is_not_whole(cell: CellValue) -> None:
    assert read(cell, SummaryRow, "copies").flaw is Flaw.NOT_WHOLE


@pytest.mark.parametrize("cell", ["3", "３", "3册", "3 本"])
def test_a_count_typed_as_text_is_understood(cell: str) -> None:
    found = read(cell, SummaryRow, "copies")
    assert (found.flaw, found.taken) == (Flaw.TEXT_NUMBER, 3)


def test_a_count_below_its_limit_is_out_of_range() -> None:
    assert read(-1.0, LoanRow, "renewals") == Flawed(Flaw.OUT_OF_RANGE, "-1")
    assert read(7.0, ClassRow, "grade") == Flawed(Flaw.OUT_OF_RANGE, "7")
    assert read("-1", LoanRow, "renewals") == Flawed(Flaw.OUT_OF_RANGE, "-1")
    assert read(6.0, ClassRow, "grade") == 6
    # A batch put right is written in red.
    assert read(-1.0, SummaryRow, "copies") == -1


def test_a_target_keeps_its_decimals() -> None:
    assert read(0.1 + 0.2, TargetRow, "value") == Decimal("0.3")


# -- choices, times, settings -----------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["购入", " 购入 ", "购 入", "购\u3000入"])
def test_a_word_from_the_list_is_taken(cell: str) -> None:
    assert read(cell, AccessionRow, "source") is Source.PURCHASE


@pytest.mark.parametrize(
    ("cell", "row_type", "field", "word"),
    [
        ("收", SummaryRow, "flow", Flow.IN),
        ("支", SummaryRow, "flow", Flow.OUT),
        ("上年结转", SummaryRow, "flow", Flow.OPENING),
        ("一月两期", PeriodicalRow, "frequency", Frequency.SEMIMONTHLY),
        ("丢了", LoanRow, "outcome", LoanOutcome.LOST),
        ("Y", StocktakeRow, "stamp", Presence.PRESENT),
    ],
)
def test_what_schools_write_for_a_word_is_the_word(cell: str, row_type: type, field: str, word: object) -> None:
    assert read(cell, row_type, field) is word


@pytest.mark.parametrize("cell", ["新华", "购入。", 1.0])
def test_a_word_that_is_not_in_the_list_is_named(cell: CellValue) -> None:
    assert read(cell, AccessionRow, "source") == Flawed(Flaw.NOT_IN_LIST, shown(cell))
    assert read("入藏", SummaryRow, "flow") is Flow.IN


@pytest.mark.parametrize(
    "cell",
    [
        time(11, 30),
        time(11, 30, 20),
        datetime(1899, 12, 31, 11, 30),
        timedelta(hours=11, minutes=30),
        0.4791666666666667,
        "11:30",
        "11：30",
        "11:30:00",
        "11时30分",
        "11点30",
        "１１：３０",
    ],
)
def test_a_time_is_hours_and_minutes(cell: CellValue) -> None:
    assert read(cell, OpeningRow, "starts_at") == time(11, 30)


def test_a_full_hour_needs_no_minutes() -> None:
    assert read("8点", OpeningRow, "starts_at") == time(8, 0)


@pytest.mark.parametrize("cell", ["中午", "25:00", "11:75", 11.5, timedelta(hours=26), "11.30"])
def test_what_is_no_time_of_day_is_named(cell: CellValue) -> None:
    assert read(cell, OpeningRow, "starts_at") == Flawed(Flaw.NOT_A_TIME, shown(cell))


def test_a_setting_may_hold_anything() -> None:
    assert read(datetime(2025, 9, 1), SettingRow, "value") == SEPT_1
    assert read(6.0, SettingRow, "value") == 6
    assert read("公文", SettingRow, "value") == "公文"


# -- what a message quotes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (9787020024759.0, "9787020024759"),
        (datetime(2025, 9, 1), "2025-09-01"),
        (datetime(2025, 9, 1, 10, 30, 15), "2025-09-01 10:30"),
        (timedelta(hours=26, minutes=5), "26:05"),
        (SEPT_1, "2025-09-01"),
    ],
)
def test_a_cell_is_quoted_as_excel_shows_it(cell: CellValue, text: str) -> None:
    assert shown(cell) == text


def test_an_error_and_a_formula_without_result_are_shown_as_excel_shows_them() -> None:
    assert shown(ErrorValue("#NAME?")) == "#NAME?"
    assert shown(Uncalculated("A1+1")) == "=A1+1"
