"""Values of old lists: every shape that is read, and every one that is left alone."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from schoollib_xl.adoption import texts
from schoollib_xl.adoption.dates import day_of
from schoollib_xl.adoption.number_ranges import between, numbers_of
from schoollib_xl.adoption.prices import Price, price_of
from schoollib_xl.adoption.transforms import LEAKED, SHORT_YEAR
from schoollib_xl.sheets.cells import ErrorValue

TODAY = date(2025, 10, 8)
THE_DAY = date(2018, 3, 5)


@pytest.mark.parametrize(
    "written",
    [
        THE_DAY,
        datetime(2018, 3, 5, 10, 20),
        43164,
        "43164",
        "2018-3-5",
        "2018-03-05 00:00:00",
        "2018/3/5",
        "2018.03.05",
        "2018年3月5日",
        "2018 年 3 月 5 日",
        "２０１８年３月５日",
        "二〇一八年三月五日",
        "20180305",
        "2018,3,5",
        "2018、3、5",
        "2018-3-5 星期一",
        "2018/3/5 10:20",
        "18-3-5",
        "5-Mar-18",
        "Mar 5, 2018",
    ],
)
def test_a_day_is_read_in_every_shape_people_write(written: Any) -> None:
    assert day_of(written, TODAY).value == THE_DAY


@pytest.mark.parametrize("written", ["2018-3", "2018年", "3月5日", "2018-02-30", "去年秋天", "5/3", "12"])
def test_what_names_no_full_day_is_not_read(written: str) -> None:
    read = day_of(written, TODAY)
    assert (read.value, read.verbatim) == (None, written)


@pytest.mark.parametrize(("written", "year"), [("98-3-5", 1998), ("25-3-5", 2025), ("26-3-5", 1926)])
def test_a_year_of_two_digits_is_not_in_the_future_and_is_reported(written: str, year: int) -> None:
    read = day_of(written, TODAY)
    assert read.value == date(year, 3, 5)
    assert [step.transform for step in read.steps] == [SHORT_YEAR]


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("CNY16.80", "16.80"),
        ("28.80元", "28.80"),
        ("￥13.80", "13.80"),
        ("¥ 13.80", "13.80"),
        ("RMB 9.5", "9.50"),
        ("人民币12元", "12.00"),
        ("CNY590.00(精装)", "590.00"),
        ("CNY23.00,CNY23(精装)", "23.00"),
        ("1,280.00", "1280.00"),
        ("１２.５０元", "12.50"),
        ("5", "5.00"),
        (7.0, "7.00"),
        (16.799999999999997, "16.80"),
        ("0.5", "0.50"),
        ("定价：6.00元", "6.00"),
    ],
)
def test_a_price_is_read_in_yuan(written: Any, price: str) -> None:
    assert price_of(written).value == Price(Decimal(price))


@pytest.mark.parametrize(
    "written", ["EUR 50.84", "USD12.00", "CNY23.00,CNY28.00(精装)", "赠", "-5.00", "CN15.00", "12.00-15.00", "×23"]
)
def test_what_is_no_price_in_yuan_is_not_read(written: str) -> None:
    read = price_of(written)
    assert (read.value, read.verbatim) == (None, written)


@pytest.mark.parametrize(
    ("written", "copies", "shares"),
    [
        ("CNY366.00(全8册)", 32, ["45.75"] * 32),
        ("CNY43.00(全3册)", 3, ["14.34", "14.33", "14.33"]),
        ("CNY20.00(上下册)", 2, ["10.00", "10.00"]),
        ("CNY39.20(共四册)", 4, ["9.80"] * 4),
        ("7RMB×23", 23, ["7.00"] * 23),
    ],
)
def test_the_price_of_a_set_is_shared_to_the_cent(written: str, copies: int, shares: list[str]) -> None:
    assert price_of(written).value.shares(copies) == tuple(map(Decimal, shares))


def test_a_set_that_is_not_whole_has_no_price_for_each_volume() -> None:
    assert price_of("CNY50.00(全5册)").value.shares(1) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("978-7-02-002475-9", "9787020024759"),
        ("9787020024759.0", "9787020024759"),
        ("ISBN 7-80077-316-X", "780077316X"),
        ("７８００７７３１６７", "7800773167"),
        ("1234", "1234"),
    ],
)
def test_an_isbn_keeps_its_digits_only(written: str, read: str) -> None:
    assert texts.isbn(texts.text_of(written).value).value == read


def test_an_isbn_that_excel_rounded_is_not_read() -> None:
    assert texts.isbn("9.78702E+12").verbatim == "9.78702E+12"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A841.4 ", "A841.4"),
        ("Ｉ２４６．５", "I246.5"),
        ("i287.45", "I287.45"),
        ("K 827=52", "K827=52"),
        ("J238.2（712）", "J238.2(712)"),
    ],
)
def test_a_class_number_is_written_in_one_way(written: str, read: str) -> None:
    assert texts.class_no(texts.text_of(written).value).value == read


@pytest.mark.parametrize(
    ("written", "read"),
    [("《城南旧事》", "城南旧事"), ("《道德经》 -- 通俗读物", "《道德经》 -- 通俗读物"), ("《A》《B》", "《A》《B》")],
)
def test_only_marks_round_the_whole_title_go(written: str, read: str) -> None:
    assert texts.title(written).value == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2011-03-01 00:00:00", "2011"),
        ("2004-5", "2004"),
        ("1990.10", "1990"),
        ("2006年1月1日", "2006"),
        ("2001年6月", "2001"),
        ("[1998]", "1998"),
        ("2009, 2015重印", "2009, 2015重印"),
        ("1999重印", "1999重印"),
    ],
)
def test_a_year_of_publication_that_says_more_stays_as_it_is(written: str, read: str) -> None:
    assert texts.year(written).value == read


@pytest.mark.parametrize("leaked", ["nan", "NaN", "None", "null", "<NA>", "NaT", float("nan")])
def test_a_nan_that_leaked_is_a_blank_and_is_reported(leaked: Any) -> None:
    read = texts.text_of(leaked)
    assert (read.value, [step.transform for step in read.steps]) == (None, [LEAKED])


def test_an_error_value_is_not_read() -> None:
    assert texts.text_of(ErrorValue("#N/A")).verbatim == "#N/A"


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("20295403-5408", [str(number) for number in range(20295403, 20295409)]),
        ("000123", ["000123"]),
        ("000123,000125", ["000123", "000125"]),
        ("000123～000125", ["000123", "000124", "000125"]),
        ("000009-11；000020", ["000009", "000010", "000011", "000020"]),
    ],
)
def test_listed_numbers_are_written_out(written: str, numbers: list[str]) -> None:
    assert numbers_of(written) == tuple(numbers)


@pytest.mark.parametrize("written", ["TS0001", "5408-5403", "1-99999999", "12-123"])
def test_what_is_no_list_of_numbers_is_left_alone(written: str) -> None:
    assert numbers_of(written) is None


def test_a_range_of_two_cells_may_cut_its_end_short_too() -> None:
    assert between("000998", "1001") == ("000998", "000999", "001000", "001001")
