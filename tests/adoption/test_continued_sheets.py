"""Pages of a list of which the first alone has the header."""

from pathlib import Path
from typing import Any

import pytest

from adoption.old_lists import Rows, copies, old_book, rows_of, taken_over
from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow

BOOKS = [("登记号", "书名", "单价"), ("000001", "小河", 10), ("000002", "大山", 20), ("", "本页合计", 30)]
LOANS = [("借书日期", "班级", "姓名", "书名", "还书日期"), ("2025-09-08", "三（1）班", "林小满", "小河", "2025-09-15")]


def test_a_page_without_a_header_goes_on_with_the_list(tmp_path: Path) -> None:
    pages: dict[str, Rows] = {
        "第1页": BOOKS,
        "第2页": [("登记册（续）",), ("000003", "田野", 5), ("000004", "草地", 5), ("", "本页合计", 10)],
        "第3页": [("000005", "山谷", 5)],
    }
    done = taken_over(tmp_path, pages)
    assert [copy.title for copy in copies(done)] == ["小河", "大山", "田野", "草地", "山谷"]
    assert any("第2页 等 2 张没有栏名" in said for said in done.journal.assumed)


def test_numbers_of_rows_that_go_on_tell_a_further_page(tmp_path: Path) -> None:
    pages: dict[str, Rows] = {
        "Sheet1": [("序号", "书名", "册数", "单价"), (1, "小河", 2, 10), (2, "大山", 1, 20)],
        "Sheet2": [(3, "田野", 3, 5)],
    }
    assert len(copies(taken_over(tmp_path, pages))) == 6


def test_a_price_one_higher_than_the_last_tells_no_further_page(tmp_path: Path) -> None:
    pages: dict[str, Rows] = {
        "Sheet1": [("序号", "书名", "单价"), (1, "小河", 10), (2, "大山", 20)],
        "Sheet2": [(1, "田野", 21)],
    }
    assert [copy.title for copy in copies(taken_over(tmp_path, pages))] == ["小河", "大山"]


def test_a_mark_at_the_top_of_a_page_means_what_stands_at_the_foot_of_the_one_before(tmp_path: Path) -> None:
    pages: dict[str, Rows] = {
        "借1": [("借书日期", "班级", "姓名", "书名"), ("2025-09-08", "三（1）班", "林小满", "小河")],
        "借2": [("〃", "〃", "高远", "大山"), ("2025-09-09", "〃", "王芳", "田野")],
    }
    made = rows_of(taken_over(tmp_path, pages), LoanRow)
    assert [(str(loan.lent_on), loan.class_name) for loan in made] == [
        ("2025-09-08", "三（1）班"), ("2025-09-08", "三（1）班"), ("2025-09-09", "三（1）班"),
    ]  # fmt: skip


def test_days_in_eight_figures_tell_a_further_page(tmp_path: Path) -> None:
    pages: dict[str, Rows] = {
        "借1": [("借书日期", "班级", "姓名", "书名"), ("20250908", "三（1）班", "林小满", "小河")],
        "借2": [("20250909", "三（1）班", "高远", "大山")],
    }
    assert [str(loan.lent_on) for loan in rows_of(taken_over(tmp_path, pages), LoanRow)] == ["2025-09-08", "2025-09-09"]


def test_titles_with_their_isbn_tell_a_further_page(tmp_path: Path) -> None:
    pages: dict[str, Rows] = {
        "藏书1": [("书名", "ISBN", "册数"), ("小河", "9787020024759", 2)],
        "藏书2": [("大山", "9787020008735", 3)],
    }
    assert len(copies(taken_over(tmp_path, pages))) == 5


def test_the_year_over_the_first_page_is_that_of_the_others(tmp_path: Path) -> None:
    pages: dict[str, Rows] = {
        "借1": [("2024年秋季借阅登记",), ("借书日期", "姓名", "班级", "书名"), ("9.8", "林小满", "三（1）班", "小河")],
        "借2": [("9.9", "谢老师", "教师", "大山")],
    }
    assert [str(loan.lent_on) for loan in rows_of(taken_over(tmp_path, pages), LoanRow)] == ["2024-09-08", "2024-09-09"]


def test_days_of_loans_and_cards_of_readers_tell_a_further_page(tmp_path: Path) -> None:
    pages: dict[str, Rows] = {
        "书": BOOKS,
        "借1": LOANS,
        "借2": [("2025-09-22", "三（1）班", "高远", "大山", "")],
        "名册1": [("学号", "姓名", "班级"), ("1001", "林小满", "三（1）班")],
        "名册2": [("1002", "高远", "三（1）班")],
    }
    done = taken_over(tmp_path, pages)
    assert [(loan.name, loan.is_open) for loan in rows_of(done, LoanRow)] == [("林小满", False), ("高远", True)]
    assert [reader.reader_no for reader in rows_of(done, ReaderRow)] == ["1001", "1002"]


@pytest.mark.parametrize(
    "rows",
    [
        [("000001", "林小满", 45)],  # The same numbers: marks of pupils.
        [("000003", "田野", "暂缺")],  # A word where the list has prices.
        [("000003", "田野", 5, "另一栏")],
        [("3", "田野", 5)],  # No number like those of the books.
    ],
)
def test_what_may_be_another_list_stays_aside_and_no_total_speaks_for_it(
    rows: Rows, tmp_path: Path, capsys: Any
) -> None:
    old = old_book(tmp_path / "旧账.xlsx", {"第1页": BOOKS, "第2页": rows})
    assert main(["adopt", str(old), "--into", str(tmp_path / "新.xlsx"), "--as-of", "2025-10-08"]) == 1
    assert "册数：旧表 2，接收 2，认出来的一致" in capsys.readouterr().out


def test_a_page_under_another_name_is_another_list(tmp_path: Path) -> None:
    assert len(copies(taken_over(tmp_path, {"图书": BOOKS, "报废": [("000003", "田野", 5)]}))) == 2


@pytest.mark.parametrize("number", ["000003—000004", "000003-000004", "000003、000005"])
def test_numbers_of_several_copies_go_on_as_those_of_one(tmp_path: Path, number: str) -> None:
    pages: dict[str, Rows] = {
        "第1页": [("登记号", "书名", "册数"), ("000001", "小河", 1), ("000002", "大山", 1)],
        "第2页": [(number, "田野", 2)],
    }
    assert len(copies(taken_over(tmp_path, pages))) == 4


def test_a_column_of_numbers_that_nobody_knows_yet_goes_on_as_well(tmp_path: Path) -> None:
    pages: dict[str, Rows] = {
        "第1页": [("书的编号", "书名", "单价"), *((f"TS000{n}", "小河", 10) for n in range(1, 5))],
        "第2页": [("TS0005", "大山", 20)],
    }
    assert [copy.title for copy in copies(taken_over(tmp_path, pages))] == ["小河"] * 4 + ["大山"]
