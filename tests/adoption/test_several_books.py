"""Several books in one row of a loan register: each is a loan of its own, or it is said that it may be."""

from datetime import date
from pathlib import Path

import pytest

from adoption.old_lists import Rows, record_of, taken_over
from schoollib_xl.adoption.adopting import Adoption
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.lending.several_books import titles_in
from schoollib_xl.adoption.totals import sources_taken
from schoollib_xl.ledgers.circulation import LoanRow

BOOKS = [("登记号", "书名"), *((f"00000{at}", title) for at, title in enumerate(("小河", "大山", "田野", "小河"), 1))]
HEADER = ("姓名", "班级", "借书日期", "书名", "还书日期")
CLASS = "三（1）班"


def lent(folder: Path, rows: Rows) -> Adoption:
    return taken_over(folder, {"书目": BOOKS, "借阅": rows})


def loans(done: Adoption) -> list[tuple[str | None, str | None, str | None]]:
    rows: list[LoanRow] = done.ledger_set.rows.get(LoanRow, [])
    return [(loan.name, loan.accession_no, loan.title) for loan in rows]


@pytest.mark.parametrize(
    "headers",
    [("书名1", "书名2"), ("书名", "书名"), ("第一本", "第二本"), ("所借图书", "书名2"), ("图书（1）", "图书（2）")],
)
def test_each_numbered_column_is_a_loan_under_a_title_that_says_the_class(
    tmp_path: Path, headers: tuple[str, str]
) -> None:
    rows = [
        ("三（1）班2025年9月借书登记",),
        ("姓名", "借书日期", *headers, "还书日期"),
        ("甲一", "9.8", "小河", "大山", "9.15"),
        ("乙二", "9.8", None, "田野", None),
    ]
    done = lent(tmp_path, rows)
    assert loans(done) == [("甲一", "000001", "小河"), ("甲一", "000002", "大山"), ("乙二", "000003", "田野")]
    back = [loan.returned_on for loan in done.ledger_set.rows[LoanRow]]
    assert back == [date(2025, 9, 15), date(2025, 9, 15), None]
    assert not [one for source in sources_taken(done.tables, done.journal) for one in source.unrecognised]


def test_what_stands_beside_each_book_is_of_that_book(tmp_path: Path) -> None:
    rows = [
        ("姓名", "班级", "借书日期", "书名1", "还书日期1", "书名2", "还书日期2"),
        ("甲一", CLASS, "2025-9-8", "小河", "2025-9-12", "大山", None),
    ]
    done = lent(tmp_path, rows)
    assert [loan.returned_on for loan in done.ledger_set.rows[LoanRow]] == [date(2025, 9, 12), None]


@pytest.mark.parametrize("cell", ["小河、大山", "《小河》《大山》", "1.小河 2.大山", "小河 大山", "小河；大山"])
def test_titles_in_one_cell_are_a_loan_each(tmp_path: Path, cell: str) -> None:
    done = lent(tmp_path, [HEADER, ("甲一", CLASS, "2025-9-8", cell, None)])
    assert loans(done) == [("甲一", "000001", "小河"), ("甲一", "000002", "大山")]
    assert done.journal.counts[What.LOANS].came_in == 2


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("000002、000004", "000002 000004"),
        ("000001、000002、000004", "000001 000002 000004"),
        ("000002、000077、000078", "000002 000077 000078"),
    ],
)
def test_numbers_in_one_cell_are_a_loan_each(tmp_path: Path, cell: str, numbers: str) -> None:
    header = ("姓名", "班级", "借书日期", "登记号", "还书日期")
    done = lent(tmp_path, [header, ("甲一", CLASS, "2025-9-8", cell, None)])
    assert [number for _, number, _ in loans(done)] == numbers.split()


@pytest.mark.parametrize(
    ("cell", "urgent", "assumed"), [("小河、海洋", 1, 0), ("海洋、星星", 0, 1), ("海洋（上、下）", 0, 0)]
)
def test_what_nobody_can_part_is_one_loan_and_said(tmp_path: Path, cell: str, urgent: int, assumed: int) -> None:
    done = lent(tmp_path, [HEADER, ("甲一", CLASS, "2025-9-8", cell, None)])
    assert len(loans(done)) == 1
    said = [sum("不止一本" in one for one in lines) for lines in (done.journal.urgent, done.journal.assumed)]
    assert said == [urgent, assumed]


def test_a_title_in_a_column_nobody_knows_is_said(tmp_path: Path) -> None:
    header = ("姓名", "班级", "借书日期", "书名", None, "还书日期")
    done = lent(tmp_path, [header, ("甲一", CLASS, "2025-9-8", "小河", "大山", None)])
    assert ["写着馆里的书名的有 1 行" in one for one in done.journal.urgent] == [True]


def test_an_event_of_several_books_is_said(tmp_path: Path) -> None:
    rows = [("日期", "操作", "姓名", "班级", "书名"), ("2025-9-8", "借书", "甲一", CLASS, "小河、大山")]
    done = lent(tmp_path, rows)
    assert sum("不止一本的有 1 行" in one for one in done.journal.urgent) == 1


def test_a_title_of_the_catalogue_is_never_parted(tmp_path: Path) -> None:
    books = [("登记号", "书名"), ("000001", "爸爸、妈妈和我"), ("000002", "爸爸"), ("000003", "妈妈和我")]
    rows = [HEADER, ("甲一", CLASS, "2025-9-8", "爸爸、妈妈和我", None)]
    done = taken_over(tmp_path, {"书目": books, "借阅": rows})
    assert loans(done) == [("甲一", "000001", "爸爸、妈妈和我")]


def test_copies_that_do_not_go_with_the_titles_are_asked(tmp_path: Path) -> None:
    rows = [(*HEADER, "册数"), ("甲一", CLASS, "2025-9-8", "小河、大山", None, 3)]
    outcome, detail = record_of(lent(tmp_path, rows), 2, "借阅")
    assert (outcome, "册数是 3" in detail) == (RowOutcome.ASIDE, True)


def test_who_borrowed_from_when_until_when_is_a_register_under_whatever_word_the_book_stands(tmp_path: Path) -> None:
    for title, expected in (("小河", [("甲一", "000001", "小河")]), ("没有的书", [])):
        (folder := tmp_path / title).mkdir()
        rows = [("三（1）班借书登记",), ("姓名", "借书日期", "看的书", "还书日期"), ("甲一", "2025-9-8", title, None)]
        done = lent(folder, rows)
        assert loans(done) == expected
        assert (done.journal.counts[What.LOANS].came_in, done.journal.counts[What.LOANS].aside) == (
            1,
            1 - len(expected),
        )


def test_titles_stand_apart_in_several_ways() -> None:
    assert [list(way) for way in titles_in("小河、Big Hill")] == [["小河", "Big Hill"], ["小河", "Big", "Hill"]]
