"""Values of old lists: how each change is named, prices of sets, lists of numbers."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adoption.old_lists import copies, record_of, rows_of, taken_over
from schoollib_xl.adoption.forms.words import renewals_in
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.number_lists import between, numbers_of
from schoollib_xl.adoption.rows import texts
from schoollib_xl.adoption.rows.cells import CellReader, count_in, price_of
from schoollib_xl.adoption.transforms import (
    CLASS_FORM,
    ISBN_DASHES,
    LEAKED,
    PRICE,
    REAL_DATE,
    SAME_PRICE,
    SHORT_YEAR,
    UNSEEN,
    WORDING,
    Transform,
)
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.sheets.cells import ErrorValue
from schoollib_xl.sheets.reading.prices import Price


def reader(row_type: type[Any], name: str) -> CellReader:
    return CellReader(SHEETS[row_type].by_name[name], prices=name == "price")


@pytest.mark.parametrize(
    ("row_type", "name", "written", "transforms"),
    [
        (LoanRow, "lent_on", "25-3-5", [SHORT_YEAR]),
        (LoanRow, "lent_on", "2025.3.5", [REAL_DATE]),
        (LoanRow, "lent_on", "2025-03-05", []),
        (LoanRow, "returned_on", "未还", [WORDING]),
        (AccessionRow, "price", "CNY23.00,CNY23(精装)", [SAME_PRICE]),
        (AccessionRow, "price", "定价：6.00元", [PRICE]),
        (AccessionRow, "isbn", "978-7-02-002475-9", [ISBN_DASHES]),
        (AccessionRow, "class_no", "i287.45", [CLASS_FORM]),
        (AccessionRow, "source", "购买", [WORDING]),
    ],
)
def test_each_change_is_reported_by_its_name(
    row_type: type[Any], name: str, written: str, transforms: list[Transform]
) -> None:
    assert [step.transform for step in reader(row_type, name).read(written).steps] == transforms


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


@pytest.mark.parametrize("leaked", ["nan", "NaN", "None", "null", "<NA>", "NaT", float("nan"), "0000-00-00 00:00:00"])
def test_a_nan_that_leaked_is_a_blank_and_is_reported(leaked: Any) -> None:
    read = texts.text_of(leaked)
    assert (read.value, [step.transform for step in read.steps]) == (None, [LEAKED])


@pytest.mark.parametrize("written", ["小\x07河", "小_x0007_河"])
def test_a_sign_that_no_eye_sees_goes_and_is_reported(written: str) -> None:
    read = texts.text_of(written)
    assert (read.value, [step.transform for step in read.steps]) == ("小河", [UNSEEN])


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
        ("TS000001;TS000002", ["TS000001", "TS000002"]),
        ("TS000001/TS000002", ["TS000001", "TS000002"]),
        ("TS000001、2", ["TS000001", "TS000002"]),
        ("21-001~002", ["21-001", "21-002"]),
        ("21-001—21-002", ["21-001", "21-002"]),
        ("21-001-21-002", ["21-001", "21-002"]),
        ("21-001、002", ["21-001", "21-002"]),
        ("希小0001、0003-0004", ["希小0001", "希小0003", "希小0004"]),
        ("0001和0002", ["0001", "0002"]),
        ("第0001至0002号", ["0001", "0002"]),
        ("（0001-0002）", ["0001", "0002"]),
        ("№0001-0002", ["0001", "0002"]),
        ("998至1001", ["998", "999", "1000", "1001"]),
    ],
)
def test_listed_numbers_are_written_out(written: str, numbers: list[str]) -> None:
    assert numbers_of(written) == tuple(numbers)


@pytest.mark.parametrize(
    "written",
    [
        "TS0001",
        "5408-5403",
        "1-99999999",
        "12-123",
        "21-001",
        "2021-0001",
        "21-1001",
        "2021/0001",
        "0001.0002",
        "I247.5-53",
        "7-5063-2885-5",
        "000001-000003 缺000002",
        "000001～",
        "0001册",
    ],
)
def test_what_is_no_list_of_numbers_is_left_alone(written: str) -> None:
    assert numbers_of(written) is None


def test_two_numbers_scanned_into_one_cell_are_no_end_of_a_range(tmp_path: Path) -> None:
    rows = [("书名", "册数", "起始号", "终止号"), ("小河", 2, "000001", "00000200000300000200000300")]
    done = taken_over(tmp_path, {"书目": [*rows, ("大山", 1, "00000400000400000400000400", "000004")]})
    assert [len(copy.accession_no) for copy in copies(done)] == [6, 6, 6]
    assert any("读不出来的有 2 格" in said for said in done.journal.assumed)


def test_a_range_of_two_cells_may_cut_its_end_short_too() -> None:
    assert between("000998", "1001") == ("000998", "000999", "001000", "001001")


@pytest.mark.parametrize(
    ("first", "last", "numbers"),
    [("TS0001", "TS0002", "TS0001 TS0002"), ("998", "1001", "998 999 1000 1001"), ("21-001", "002", "21-001 21-002")],
)
def test_first_and_last_number_may_have_more_than_figures(first: str, last: str, numbers: str) -> None:
    assert between(first, last) == tuple(numbers.split())


def test_a_list_of_numbers_may_be_longer_than_a_number(tmp_path: Path) -> None:
    listed, two_long = "000001、000002、000003-000004", "110101201501010011、110101201501010038"
    done = taken_over(tmp_path, {"书目": [("登记号", "书名", "定价"), (listed, "小河", 10), (two_long, "大山", 9)]})
    assert [copy.accession_no for copy in copies(done)] == ["000001", "000002", "000003", "000004", "000005"]
    assert done.journal.counts[What.MONEY].came_in == 49


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("二十元五角", "20.50"), ("二十五块五", "25.50"), ("贰拾伍元整", "25.00"), ("25元零5分", "25.05"),
        ("五角", "0.50"), ("廿五元", "25.00"), ("一百零五元", "105.00"), ("十二", "12.00"), ("25元5角", "25.50"),
    ],
)  # fmt: skip
def test_a_price_in_numerals_or_in_jiao_and_fen_is_read(written: str, yuan: str) -> None:
    assert price_of(written).value == Price(Decimal(yuan))


@pytest.mark.parametrize("written", ["十角", "三五元", "25元15角", "一百二元", "很便宜", "元"])
def test_a_price_that_may_mean_two_things_is_not_read(written: str) -> None:
    assert price_of(written).verbatim == written


@pytest.mark.parametrize(
    ("written", "copies"),
    [
        ("十二", 12), ("两本", 2), ("壹", 1), ("贰册", 2), ("廿五", 25), ("一百一十本", 110), ("12本", 12),
        ("正正丅", 12), ("正", 5), ("正本", None), ("下", None),
        ("三五", None), ("一百二", None), ("两三本", None), ("两套", None), ("若干", None), ("", None),
    ],
)  # fmt: skip
def test_copies_in_numerals_are_counted(written: str, copies: int | None) -> None:
    assert count_in(written) == copies


@pytest.mark.parametrize("header", ["登录号起止", "起止号", "登记号范围", "财产号（起-止）", "起止登记号", "号儿"])
def test_a_number_on_a_book_is_kept_whatever_its_column_is_called(tmp_path: Path, header: str) -> None:
    rows = [
        (header, "题名", "册数"),
        ("000001-000002", "小河", 2),
        ("000005", "大山", 1),
        ("000007、000009", "海洋", 2),
    ]
    done = taken_over(tmp_path, {"书目": rows})
    assert [copy.accession_no for copy in copies(done)] == ["000001", "000002", "000005", "000007", "000009"]


@pytest.mark.parametrize(("header", "is_told"), [("登录号", False), ("颜色", True)])
def test_that_numbers_were_given_is_told_on_the_screen(tmp_path: Path, header: str, is_told: bool) -> None:
    done = taken_over(tmp_path, {"书目": [(header, "题名", "册数", "定价"), ("000001", "小河", 1, 10)]})
    assert ("有 1 册原来没有登记号，编了新号，书上照着写。" in done.journal.assumed) is is_told


def test_numbers_with_letters_are_listed_too_and_what_is_unclear_is_set_aside(tmp_path: Path) -> None:
    rows = [("登记号起止", "题名", "册数"), ("A001-A003", "小河", 3), ("见书", "大山", 1), ("1号至乙", "田野", 2)]
    done = taken_over(tmp_path, {"书目": rows})
    assert [copy.accession_no for copy in copies(done)][:3] == ["A001", "A002", "A003"]
    assert record_of(done, 4)[0] is RowOutcome.ASIDE


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("3月19日续", 1),
        ("3.19续、4.2续", 2),
        ("√", 1),
        ("续借两次", 2),
        ("2次", 2),
        ("否", 0),
        ("续至4月2日", None),
        ("不详", None),
    ],
)
def test_renewals_in_words(text: str, times: int | None) -> None:
    assert renewals_in(text) == times


def test_cells_nobody_can_read_are_said_on_the_screen(tmp_path: Path) -> None:
    rows = [("登记号", "书名", "登记日期"), ("000001", "小河", "2023年前后"), ("000002", "大山", "2023.13.1")]
    done = taken_over(tmp_path, {"书目": rows})
    assert [one for one in done.journal.assumed if one.startswith("读不出来的有 2 格（登记日期 2 格，第一处")]


def test_of_books_that_tell_but_a_month_the_day_is_assumed_and_told(tmp_path: Path) -> None:
    days = {
        "二三年九月": "2023-09-01", "2024年春": "2024-03-01", "2023.1": "2023-01-01", "09年3月份": "2009-03-01",
        # After the opening of 1 September, and in the month of it.
        "2025-10": "2025-10-01", "2025年秋": "2025-09-02",
        # January or October of a number; no month.
        2023.1: "2025-09-01", "2023.13": "2025-09-01", "旧书": "2025-09-01",
    }  # fmt: skip
    rows = [("登记号", "书名", "购入时间"), *((f"{at:06}", f"书{at}", day) for at, day in enumerate(days, 1))]
    done = taken_over(tmp_path, {"书目": rows})
    assert [str(copy.accessioned_on) for copy in copies(done)] == list(days.values())
    assert copies(done)[0].remarks == "购入时间原记 二三年九月"
    assert [(row.flow, row.copies) for row in rows_of(done, SummaryRow)] == [
        (Flow.OPENING, 7), (Flow.IN, 1), (Flow.IN, 1),
    ]  # fmt: skip
    assert any("只写到月份或学期的 6 行" in said for said in done.journal.assumed)
    assert any("读不出来的有 3 格" in said for said in done.journal.assumed)
