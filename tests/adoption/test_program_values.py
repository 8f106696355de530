"""What programs write where they have nothing, how they say yes and no, and cells that hold more than one thing."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adoption.old_lists import Rows, copies, loans, record_of, rows_of, taken_over
from schoollib_xl.adoption.forms import bare_rows
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome

BOOKS: Rows = [("登记号", "书名"), ("000001", "小河"), ("000002", "大山")]


def lent(folder: Path, header: str, *said: Any) -> Any:
    """The loans of a register of two, by what it says of their end."""
    rows = [("2025-9-8", "王小禾", "三（1）班", "小河", said[0]), ("2025-9-9", "张雨桐", "三（1）班", "大山", said[1])]
    return loans(taken_over(folder, {"书": BOOKS, "借": [("借书日期", "姓名", "班级", "书名", header), *rows]}))


@pytest.mark.parametrize(
    "blank", [datetime(1900, 1, 1), "1900-01-01 00:00:00.000", "1899/12/30 0:00", "1900/1/1", "0001-01-01"]
)
def test_the_first_day_of_a_calendar_is_a_day_left_blank(tmp_path: Path, blank: Any) -> None:
    back, out = lent(tmp_path, "归还日期", "2025-9-15", blank)
    assert back.returned_on is not None
    assert out.is_open


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("是否归还", 1, 0),
        ("归还标志", "T", "F"),
        ("Returned", "Yes", "No"),
        ("是否已还", "是", "否"),
        ("是否还书", "Y", "N"),
    ],
)
def test_a_header_that_asks_is_answered_yes_or_no(tmp_path: Path, header: str, yes: Any, no: Any) -> None:
    back, out = lent(tmp_path, header, yes, no)
    assert back.outcome is LoanOutcome.RETURNED
    assert out.is_open


def test_figures_are_no_answer_below_a_header_that_asks_nothing(tmp_path: Path) -> None:
    assert lent(tmp_path, "归还情况", "1", "2") == []


@pytest.mark.parametrize("price", ["10\n12", "10 12", "10元\n12元"])
def test_two_prices_in_a_cell_are_none(tmp_path: Path, price: str) -> None:
    done = taken_over(
        tmp_path, {"书": [("登记号", "书名", "单价"), ("000001", "小河", price), ("000002", "大山", "1 250.00")]}
    )
    assert [copy.price for copy in copies(done)] == [None, Decimal("1250.00")]


@pytest.mark.parametrize("price", [-5, 1e20, float("nan")])
def test_a_figure_that_is_no_price_is_unread(tmp_path: Path, price: float) -> None:
    done = taken_over(tmp_path, {"书": [("登记号", "书名", "单价"), ("000001", "小河", price), ("000002", "大山", 5)]})
    assert [copy.price for copy in copies(done)] == [None, Decimal(5)]


def test_an_isbn_among_barcodes_is_the_label_of_no_copy(tmp_path: Path) -> None:
    isbn = "9787020024759"
    done = taken_over(tmp_path, {"书": [("条码", "ISBN", "书名"), *[(isbn, isbn, "小河")] * 2]})
    assert [(copy.barcode, copy.isbn) for copy in copies(done)] == [(None, isbn)] * 2


def test_two_counts_in_a_cell_are_none(tmp_path: Path) -> None:
    assert copies(taken_over(tmp_path, {"书": [("书名", "册数"), ("小河", "1\n2"), ("大山", "3")]}))[0].title == "大山"


@pytest.mark.parametrize(
    "row", [("《小河》《大山》", "", "2"), ("《小河》、《大山》等", "", "30"), ("小河\n大山", "10\n12", "2")]
)
def test_rows_of_several_titles_are_told(tmp_path: Path, row: tuple[str, ...]) -> None:
    done = taken_over(tmp_path, {"书": [("书名", "单价", "册数"), row, ("田野", "5", "1")]})
    assert [line for line in done.journal.urgent if "书名一格里写着几种书的有 1 行" in line]


def test_a_title_that_wraps_is_one(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书": [("书名", "单价", "册数"), ("小河\n（上）", "5", "1")]})
    assert not done.journal.urgent


def test_class_and_name_in_one_column_are_the_reader_and_no_signature(tmp_path: Path) -> None:
    register = [("日期", "班级姓名", "书名", "签名"), ("2025-9-8", "三（1）班王小禾", "小河", "王")]
    done = taken_over(tmp_path, {"书": BOOKS, "借": register})
    assert [(reader.name, reader.class_name) for reader in rows_of(done, ReaderRow)] == [("王小禾", "三（1）班")]


def test_month_and_day_of_both_ends_are_two_days(tmp_path: Path) -> None:
    header = ("月", "日", "姓名", "班级", "书名", "还书月", "还书日")
    register = [("2025年秋借阅登记",), header, (9, 8, "王小禾", "三（1）班", "小河", 9, 15)]
    (loan,) = loans(taken_over(tmp_path, {"书": BOOKS, "借": register}))
    assert (loan.lent_on.isoformat(), str(loan.returned_on)) == ("2025-09-08", "2025-09-15")


def test_year_month_and_day_repeated_on_a_second_header_row_are_one_day(tmp_path: Path) -> None:
    above = ("年", "月", "日", "登记号", "书名", "价格", "出版", "出版")
    below = ("年", "月", "日", "登记号", "书名", "价格", "社名", "年份")
    done = taken_over(tmp_path, {"书": [above, below, (2020, 3, 1, "000001", "小河", 5, "人文社", 2019)]})
    assert [copy.accessioned_on.isoformat() for copy in copies(done)] == ["2020-03-01"]


def test_a_total_below_two_halves_of_a_page_adds_up_both(tmp_path: Path) -> None:
    half = ("登记号", "书名", "单价")
    rows = [
        (*half, "", *half),
        ("000001", "小河", 25, "", "000003", "星空", 30),
        ("000002", "大山", 18, "", "", "合计", 73),
    ]
    done = taken_over(tmp_path, {"书": rows})
    assert len(copies(done)) == 3
    assert not [line for line in done.journal.urgent + done.journal.assumed if "看看哪个对" in line]


def test_a_second_flag_of_a_program_is_told(tmp_path: Path) -> None:
    rows = [("barcode", "title", "withdrawn", "itemlost"), ("000001", "小河", "0", "1"), ("000002", "大山", "0", "0")]
    done = taken_over(tmp_path, {"书": rows})
    assert [line for line in done.journal.urgent if "状态写着“itemlost：1”的 1 行还算在馆藏里" in line]


@pytest.mark.parametrize("words", [("本柜合计", "A类小计"), ("文学小计", "科普小计"), ("第一批合计：", "第二批合计：")])
def test_what_a_part_of_the_list_comes_to_is_no_book(tmp_path: Path, words: tuple[str, str]) -> None:
    rows = [
        ("书名", "册数", "单价"),
        ("小河", 2, 25),
        ("大山", 1, 10),
        (words[0], 3, 60),
        ("田野", 1, 5),
        (words[1], 1, 5),
    ]
    assert len(copies(taken_over(tmp_path, {"书": rows}))) == 4


@pytest.mark.parametrize("row", [("会计小计", 1, 10, ""), ("我的一年级合计", 4, 10, "甲一")])
def test_a_book_may_be_called_like_a_total(tmp_path: Path, row: tuple[Any, ...]) -> None:
    done = taken_over(
        tmp_path, {"书": [("书名", "册数", "单价", "作者"), ("小河", 2, 25, "甲"), row, ("田野", 1, 5, "乙")]}
    )
    assert row[0] in [copy.title for copy in copies(done)]


def test_a_note_below_a_list_is_no_copy(tmp_path: Path) -> None:
    rows = [
        ("登记号", "书名", "单价"),
        ("000001", "小河", 25),
        ("（续）", "", ""),
        ("000002", "大山", 10),
        ("备注：", "000001 破损", ""),
    ]
    done = taken_over(tmp_path, {"书": rows})
    assert [copy.accession_no for copy in copies(done)] == ["000001", "000002"]


def test_days_and_ticks_together_say_which_copies_went(tmp_path: Path) -> None:
    rows = [("登记号", "书名", "注销"), ("000001", "小河", ""), ("000002", "大山", "2024.6.1"), ("000003", "田野", "√")]
    gone = [copy.withdrawn_on is not None for copy in copies(taken_over(tmp_path, {"书": rows}))]
    assert gone == [False, True, True]


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (("03/01/20", "03/15/20"), "2020-03-01"),
        (("9/8/25", "18/9/25"), "2025-08-09"),
        (("25/9/8", "25/9/18"), "2025-09-08"),
    ],
)
def test_years_of_two_figures_behind_their_day_are_told_by_the_column(
    tmp_path: Path, days: tuple[str, str], first: str
) -> None:
    rows = [("登记号", "书名", "登记日期"), *((f"00000{n}", f"书{n}", day) for n, day in enumerate(days, 1))]
    assert copies(taken_over(tmp_path, {"书": rows}))[0].accessioned_on.isoformat() == first


def test_a_list_of_all_copies_that_says_who_has_some_is_one_of_books_and_one_of_loans(tmp_path: Path) -> None:
    header = ("编号", "书名", "作者", "定价", "借阅人", "借出日期", "归还日期")
    rows = [
        header,
        ("0001", "小河", "甲", 25, "三1王小禾", "2025-9-8", "2025-9-15"),
        ("0002", "大山", "乙", 18, "", "", ""),
        ("0003", "田野", "丙", 10, "李老师", "2025-9-9", ""),
    ]
    done = taken_over(tmp_path, {"书": rows})
    assert [copy.accession_no for copy in copies(done)] == ["0001", "0002", "0003"]
    assert [(loan.name, loan.class_name) for loan in loans(done)] == [("王小禾", "三（1）班"), ("李老师", None)]


def test_a_register_that_lends_a_copy_twice_is_none_of_books(tmp_path: Path) -> None:
    header = ("编号", "书名", "定价", "借阅人", "借出日期")
    lent = [
        ("0001", "小河", 25, "王小禾", "2025-9-8"),
        ("0002", "大山", 18, "张雨桐", "2025-9-9"),
        ("0001", "小河", 25, "陈晨", "2025-9-20"),
    ]
    done = taken_over(tmp_path, {"书": [("登记号", "书名"), ("0001", "小河"), ("0002", "大山")], "借": [header, *lent]})
    assert (len(copies(done)), len(loans(done))) == (2, 3)


def test_who_made_the_list_is_no_copy(tmp_path: Path) -> None:
    rows = [("登记号", "书名", "单价"), ("A1", "小河", 25), ("A2", "大山", 18), ("制表人", "李静", "")]
    assert [copy.accession_no for copy in copies(taken_over(tmp_path, {"书": rows}))] == ["A1", "A2"]


@pytest.mark.parametrize("rest", ["——儿童诗选", "：诗选"])
def test_the_rest_of_a_title_on_a_line_of_its_own_is_no_copy(tmp_path: Path, rest: str) -> None:
    rows = [("登记号", "书名", "单价"), ("000001", "小河", 25), ("", rest, ""), ("000002", "大山", 10)]
    done = taken_over(tmp_path, {"书": rows})
    assert [copy.title for copy in copies(done)] == ["小河", "大山"]
    assert record_of(done, 3) == (RowOutcome.ASIDE, bare_rows.REST_OF_A_TITLE)


def test_volumes_are_no_number_of_copies(tmp_path: Path) -> None:
    rows = [("登记号", "书名", "册次"), ("000001", "三国", "上"), ("000002", "三国", "2/2")]
    assert len(copies(taken_over(tmp_path, {"书": rows}))) == 2


def test_a_price_in_english_may_name_its_money(tmp_path: Path) -> None:
    rows = [("Barcode", "Title", "Price(RMB)"), ("000001", "小河", "25.00"), ("000002", "大山", "18.50")]
    assert sum(copy.price or 0 for copy in copies(taken_over(tmp_path, {"书": rows}))) == Decimal("43.50")
