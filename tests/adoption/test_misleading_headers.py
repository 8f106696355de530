"""Headers that say one thing over cells that are another, and columns that are no remark of any row."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adoption.old_lists import copies, record_of, taken_over
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.lending import loans
from schoollib_xl.adoption.totals import OF_SCHOOL, sources_taken
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import Settlement

BOOKS = [("登录号", "书名", "ISBN"), *((f"0001023{at}", f"书{at}", "9787020024759") for at in range(1, 4))]


def test_headers_in_two_languages_are_read_by_both(tmp_path: Path) -> None:
    header = (
        "序号 No.",
        "登记号 Accession Number",
        "书名\nTitle",
        "Author/作者",
        "条码(ISBN)",
        "单价(元) Price",
        "册数/Qty",
    )
    first, second = (1, "000001", "小河", "甲", "9787020024759", 10, 1), (2, "000002", "大山", "乙", None, 12, 1)
    readers = [("姓名 Name", "班级 Class", "借书证号/Card No."), ("陈小雨", "三（1）班", "1001")]
    done = taken_over(tmp_path, {"书目": [header, first, header, second, (None,), *readers]})
    assert [(row.accession_no, row.title, row.author, row.isbn, row.price, row.remarks) for row in copies(done)] == [
        ("000001", "小河", "甲", "9787020024759", 10, None),
        ("000002", "大山", "乙", None, 12, None),
    ]
    assert [(row.reader_no, row.name) for row in done.ledger_set.rows[ReaderRow]] == [("1001", "陈小雨")]


def test_a_header_whose_languages_gainsay_each_other_names_nothing(tmp_path: Path) -> None:
    header = ("登记号", "书名", "单价 Author", "ID编号")
    done = taken_over(tmp_path, {"书目": [header, ("000001", "小河", "12", "7")]})
    assert [(row.author, row.price, row.remarks) for row in copies(done)] == [
        (None, None, "单价 Author：12；ID编号：7")
    ]


def register(folder: Path, *rows: tuple[Any, ...], title: str = "2025年秋季借阅") -> Any:
    header = ("班级", "姓名", "书名", "书号", "借期", "还期")
    return taken_over(folder, {"书目": BOOKS, "借阅": [(title,), header, *rows]})


def test_the_cells_tell_the_day_and_the_number_of_a_loan(tmp_path: Path) -> None:
    rows = [
        ("四（1）班", "陈小雨", "书1", "00010231", "9.15", "9.28"),
        ("四（1）班", "李一鸣", "书2", 10232, "9月20日", None),
    ]
    done = register(tmp_path, *rows)
    taken = [(row.lent_on, row.accession_no, row.returned_on) for row in done.ledger_set.rows[LoanRow]]
    assert taken == [
        (date(2025, 9, 15), "00010231", date(2025, 9, 28)),
        (date(2025, 9, 20), "00010232", None),
    ]


def test_days_of_a_loan_stay_days_and_an_isbn_stays_one(tmp_path: Path) -> None:
    header = ("借书日期", "班级", "姓名", "书号", "借期", "还期")
    rows = [("2025.9.8", "四（1）班", "陈小雨", "9787020024759", 15, None)]
    (loan,) = taken_over(tmp_path, {"书目": BOOKS, "借阅": [header, *rows]}).ledger_set.rows[LoanRow]
    assert (loan.accession_no, loan.due_on) == ("00010231", date(2025, 9, 23))


def test_numbers_on_books_under_the_header_of_the_isbn_are_kept(tmp_path: Path) -> None:
    rows = [("书号", "书名", "著者"), ("0131", "红岩", "甲"), ("0132", "大山", "乙"), ("0140", "小河", "丙")]
    done = taken_over(tmp_path, {"书目": rows})
    assert [(copy.accession_no, copy.isbn) for copy in copies(done)] == [("0131", None), ("0132", None), ("0140", None)]


def test_what_was_paid_for_may_be_lost_or_damaged(tmp_path: Path) -> None:
    row = ("四（1）班", "陈小雨", "书1", "00010231", "9.15", "赔18元")
    done = register(tmp_path, row)
    assert record_of(done, 3, "借阅") == (RowOutcome.ASIDE, loans.PAID_FOR.format(text="赔18元"))
    assert (done.journal.counts[What.RETURNS].came_in, done.journal.counts[What.RETURNS].aside) == (1, 1)


def test_the_code_of_the_school_is_no_remark_of_each_reader(tmp_path: Path) -> None:
    header = ("学校标识码", "班级", "姓名", "学号", "备注二", "就读点")
    rows = [
        ("3136001234", "四（1）班", name, no, "走读", "青石小学") for name, no in [("陈小雨", "01"), ("李一鸣", "02")]
    ]
    done = taken_over(tmp_path, {"在校生": [header, *rows]})
    assert [row.remarks for row in done.ledger_set.rows[ReaderRow]] == ["备注二：走读"] * 2
    assert sum("说的是学校，没有抄进每一行的备注" in one for one in done.journal.assumed) == 2
    (source,) = sources_taken(done.tables, done.journal)
    assert [column.taken_as for column in source.columns if column.header in ("学校标识码", "就读点")] == [
        OF_SCHOOL
    ] * 2


def test_two_schools_are_kept_apart_in_the_remarks(tmp_path: Path) -> None:
    rows = [("青石小学", "四（1）班", "陈小雨", "01"), ("红星教学点", "四（1）班", "李一鸣", "02")]
    done = taken_over(tmp_path, {"在校生": [("学校名称", "班级", "姓名", "学号"), *rows]})
    assert [row.remarks for row in done.ledger_set.rows[ReaderRow]] == ["学校名称：青石小学", "学校名称：红星教学点"]


def test_numbers_of_books_are_known_on_short_lists_where_the_books_have_them_from_one_to_another(
    tmp_path: Path,
) -> None:
    books = [("起始号", "终止号", "书名", "册数"), ("0101", "0103", "小河", 3), ("0104", "0104", "大山", 1)]
    week = [("班级", "姓名", "书号", "书名", "借书日", "还书日"), ("三1", "甲一", "0102", "小河", "2025-9-2", None)]
    paid = [("日期", "姓名", "班级", "书号", "书名", "损坏情况", "赔偿金额", "收据编号")]
    paid += [("2025-9-9", "甲一", "三1", "0102", "小河", "污损", 3, "S1")]
    paid += [("2025-9-10", "甲一", "三1", None, "大山", "遗失", 9, "S2")]
    done = taken_over(tmp_path, {"台账": books, "第1周": week, "赔偿": paid})
    assert [row.accession_no for row in (*done.ledger_set.rows[LoanRow], *done.ledger_set.rows[CompensationRow])] == [
        "0102", "0102", "0104",
    ]  # fmt: skip
    fines: list[CompensationRow] = done.ledger_set.rows[CompensationRow]
    assert {(row.reader_no, row.settlement, row.paid, row.receipt_no) for row in fines} == {
        ("S0001", Settlement.PAYMENT, 3, "S1"), ("S0001", Settlement.PAYMENT, 9, "S2"),
    }  # fmt: skip


def test_numbers_of_books_are_known_where_excel_made_days_of_them(tmp_path: Path) -> None:
    books = [("编号", "书名", "册数"), (date(2024, 1, 3), "小河", 3), (date(2024, 4, 5), "大山", 2)]
    week = [("班级", "姓名", "书号", "书名", "借书日"), ("三1", "甲一", "3", "小河", "2025-9-2")]
    week += [("三1", "乙二", "5", "大山", "2025-9-2")]
    done = taken_over(tmp_path, {"台账": books, "第1周": week})
    assert [row.accession_no for row in done.ledger_set.rows[LoanRow]] == ["000003", "000005"]


def test_a_number_of_a_book_that_no_list_has_is_kept_in_the_loan(tmp_path: Path) -> None:
    books = [("编号", "书名"), ("0001", "小河"), ("0002", "大山")]
    week = [("班级", "姓名", "书号", "书名", "借书日"), ("三1", "甲一", "901", "小河", "2025-9-2")]
    (loan,) = taken_over(tmp_path, {"台账": books, "第1周": week}).ledger_set.rows[LoanRow]
    assert (loan.accession_no, loan.remarks) == ("0001", "书号原写 901")


def test_money_of_another_currency_is_no_price_in_yuan(tmp_path: Path) -> None:
    for at, header in enumerate(("价格 USD", "定价（美元）", "Price (USD)")):
        (folder := tmp_path / str(at)).mkdir()
        (copy,) = copies(taken_over(folder, {"书目": [("登记号", "书名", header), ("000001", "小河", 10)]}))
        assert (copy.price, copy.remarks) == (None, f"{header}：10")


def test_the_number_of_the_property_is_not_that_of_the_copy_where_both_are_there(tmp_path: Path) -> None:
    rows = [("财产号", "登记号", "书名"), ("1001", "000001", "小河"), ("1002", "000002", "大山")]
    done = taken_over(tmp_path, {"书目": rows})
    assert [(copy.accession_no, copy.remarks) for copy in copies(done)] == [
        ("000001", "财产号：1001"),
        ("000002", "财产号：1002"),
    ]


@pytest.mark.parametrize(
    ("written", "location", "class_no"), [("B-2-{}", "B-2-1", None), ("3-2-{}", "3-2-1", None), ("B-4{}", None, "B-41")]
)
def test_a_place_on_the_shelves_is_no_call_number(
    tmp_path: Path, written: str, location: str | None, class_no: str | None
) -> None:
    rows = [("书名", "著者", "排架号"), *((title, "甲", written.format(n)) for n, title in enumerate("一二三", 1))]
    first = copies(taken_over(tmp_path, {"书目": rows}))[0]
    assert (first.location, first.class_no) == (location, class_no)


def test_words_under_a_header_of_classes_are_no_class_numbers(tmp_path: Path) -> None:
    rows = [("书名", "分类", "册数"), ("小河", "绘本", 1), ("大山", "科普百科", 1), ("田野", "儿童文学", 1)]
    done = taken_over(tmp_path, {"书目": rows})
    assert [(copy.class_no, copy.remarks) for copy in copies(done)] == [
        (None, "分类：绘本"), (None, "分类：科普百科"), (None, "分类：儿童文学")
    ]  # fmt: skip
