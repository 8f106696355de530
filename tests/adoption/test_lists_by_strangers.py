"""Lists of other schools: logs under words of their own, numbers in groups or with strokes, shelves that look like
classes.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adoption.old_lists import TODAY, copies, loans, old_book, record_of, rows_of, taken_over
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.journal import SourceRow
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.unclear.guesses import guesses
from schoollib_xl.adoption.unclear.turned import turned
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind


def _ends(lent: list[LoanRow]) -> list[tuple[str | None, str | None]]:
    return [(loan.name, loan.returned_on.isoformat() if loan.returned_on else None) for loan in lent]


@pytest.mark.parametrize("header", ["事由", "备注", "情况", "做了什么"])
def test_a_log_is_known_by_what_one_line_lends_and_another_brings_back(tmp_path: Path, header: str) -> None:
    rows = [
        ("日期", "时间", header, "证号", "姓名", "登记号"),
        ("2025-09-08", "下午1:10", "还", "1001", "林小满", "000001"),
        ("2025-09-08", "上午9:10", "借", "1001", "林小满", "000001"),
        ("2025-09-08", "下午2:10", "借", "1002", "高远", "000001"),
    ]
    lent = loans(taken_over(tmp_path, {"Sheet1": rows}))
    assert _ends(lent) == [("林小满", "2025-09-08"), ("高远", None)]


def test_words_for_the_state_of_each_loan_are_no_log(tmp_path: Path) -> None:
    rows = [
        ("日期", "姓名", "登记号", "书名", "状态"),
        ("2025-9-8", "林小满", "001", "小河", "已还"),
        ("2025-9-20", "林小满", "001", "小河", "借出"),
    ]
    lent = loans(taken_over(tmp_path, {"Sheet1": rows}))
    assert [(loan.lent_on.day, loan.outcome) for loan in lent] == [(8, "已还"), (20, None)]


@pytest.mark.parametrize("headers", [("业务时间", "业务"), ("何时", "动作内容")])
def test_a_log_under_strange_headers_is_no_list_of_books(tmp_path: Path, headers: tuple[str, str]) -> None:
    day, action = headers
    rows = [
        ("记录号", day, "证号", "姓名", "登记号", "书名", action),
        (1, "20250908083000", "01", "林小满", "001", "小河", "借书(自助)"),
        (2, "20250908084500", "01", "林小满", "001", "小河", "还书(自助)"),
        (3, "20250908090000", "02", "高远", "001", "小河", "借书(自助)"),
    ]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert (copies(done), _ends(loans(done))) == ([], [("林小满", "2025-09-08"), ("高远", None)])


def test_the_one_column_of_days_of_a_register_says_when_books_were_lent(tmp_path: Path) -> None:
    rows = [("何时", "证号", "姓名", "登记号", "书名"), ("2025-9-8", "01", "林小满", "001", "小河")]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert (copies(done), [loan.lent_on.isoformat() for loan in loans(done)]) == ([], ["2025-09-08"])


def test_figures_parted_by_blanks_are_one_number_unless_they_are_of_books_side_by_side(tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "书": [("登记号", "书名", "册数"), ("00 0001", "小河", 1), ("000002", "大山", 1), ("000004 000003", "田野", 2)],
        "名册": [("借书证", "姓名", "班级"), ("2025 0101", "林小满", "二（1）班"), ("20250102", "高远", "二（1）班")],
        "借书": [
            ("借书证", "登记号", "借书日期"),
            ("20250101", "000001", "2025-9-8"),
            ("2025 0102", "00 0002", "2025-9-8"),
        ],
    }
    done = taken_over(tmp_path, sheets)
    assert [copy.accession_no for copy in copies(done)] == ["000001", "000002", "000004", "000003"]
    assert [row.reader_no for row in rows_of(done, ReaderRow)] == ["20250101", "20250102"]
    assert [(loan.reader_no, loan.accession_no) for loan in loans(done)] == [
        ("20250101", "000001"),
        ("20250102", "000002"),
    ]


def test_numbers_with_a_stroke_below_book_number_are_the_numbers_on_the_books(tmp_path: Path) -> None:
    rows = [("书号", "书名", "定价"), ("3-0001", "小河", 10), ("3-0002", "大山", 20), ("4-0001", "田野", 30)]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert [(copy.accession_no, copy.isbn) for copy in copies(done)] == [
        ("3-0001", None),
        ("3-0002", None),
        ("4-0001", None),
    ]


def test_stamped_numbers_below_a_vague_header_say_which_copy_was_lent(tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "书目": [("编号", "书名", "单价"), ("001", "小河", 10), ("002", "小河", 10), ("003", "大山", 10)],
        "借书": [
            ("借书日期", "姓名", "编号", "书名"),
            ("2025-9-8", "林小满", "001", "小河"),
            ("2025-9-8", "高远", "002", "小河"),
        ],
    }
    done = taken_over(tmp_path, sheets)
    assert [(loan.name, loan.accession_no, loan.remarks) for loan in loans(done)] == [
        ("林小满", "001", None),
        ("高远", "002", None),
    ]


def test_a_barcode_is_found_whatever_its_case(tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "书目": [("登记号", "条形码", "书名"), ("001", "B1001", "小河"), ("002", "B1002", "大山")],
        "借书": [("条码", "姓名", "借书时间"), ("b1002", "林小满", "2025-9-8")],
    }
    assert [loan.accession_no for loan in loans(taken_over(tmp_path, sheets))] == ["002"]


@pytest.mark.parametrize(
    ("header", "cells"), [("分类", ("A架", "B架", "C架")), ("区域", ("A区", "B区", "C区")), ("书架", ("A", "B", "C"))]
)
def test_a_shelf_is_no_class(tmp_path: Path, header: str, cells: tuple[str, ...]) -> None:
    books = zip(("小河", "大山", "田野"), ("甲", "乙", "丙"), cells, (10, 20, 30), strict=True)
    done = taken_over(tmp_path, {"Sheet1": [("书名", "著者", header, "单价"), *books]})
    assert [copy.class_no for copy in copies(done)] == [None] * 3


def test_a_district_may_be_a_place_and_no_numbers(tmp_path: Path) -> None:
    done = taken_over(
        tmp_path, {"Sheet1": [("书名", "区", "单价"), ("小河", "A", 10), ("大山", "B", 20), ("田", "C", 3)]}
    )
    assert [copy.class_no for copy in copies(done)] == [None] * 3
    assert [guess.standard for guess in guesses(done.tables[0])] == ["馆藏地"]


def test_who_wrote_a_book_that_was_lent_is_not_offered_as_who_lent_it(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"借书": [("借书日期", "姓名", "书名", "作者"), ("2025-9-8", "林小满", "小河", "甲")]})
    assert guesses(done.tables[0]) == []


def test_rules_of_several_sorts_of_readers_are_told_apart(tmp_path: Path) -> None:
    rows = [("类型", "借书册数", "借期(天)", "续借次数"), ("学生", 2, 15, 1), ("教师", 5, 60, 2)]
    done = taken_over(tmp_path, {"读者类型": rows, "借书": [("借书日期", "姓名", "书名"), ("2025-9-8", "甲", "小河")]})
    rules = {rule.reader_kind: rule.days for rule in rows_of(done, LendingRule)}
    assert rules == {None: 15, ReaderKind.TEACHER: 60}


def test_the_price_of_a_set_below_its_own_header_is_shared_out(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"Sheet1": [("书名", "套数", "每套册数", "每套单价"), ("三国", 2, 3, 43)]})
    assert sum(copy.price or 0 for copy in copies(done)) == 86


@pytest.mark.parametrize("mark", ["——完——", "===结束===", "（完）"])
def test_a_mark_of_the_end_is_no_loan(tmp_path: Path, mark: str) -> None:
    rows = [("借书日期", "姓名", "书名"), ("2025-9-8", "林小满", "小河"), (mark, None, None)]
    done = taken_over(tmp_path, {"借书": rows})
    assert (len(loans(done)), done.journal.row_records[SourceRow("旧账.xlsx", "借书", 3)].is_record) == (1, False)


def test_an_isbn_that_no_list_has_is_named(tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "书目": [("书名", "ISBN"), ("小河", "9787020145218")],
        "借书": [("借书日期", "姓名", "ISBN"), ("2025-9-8", "林小满", "9787544777872")],
    }
    done = taken_over(tmp_path, sheets)
    assert record_of(done, 2, "借书")[1] == "书目里没有书号 9787544777872，又没有写登记号和书名"


def test_the_class_in_the_name_of_a_file_is_that_of_a_roster_without_one(tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "Sheet1": [("学 生 花 名 册",), ("座号", "姓  名"), (1, "林小满"), (2, "高 远（班长）")],
        "教师名单": [("编号", "姓名"), ("T01", "谢老师")],
        "全校名册": [("学号", "姓名"), ("3", "陆平")],
    }
    done = adopt([old_book(tmp_path / "三年级1班.xlsx", sheets)], Options(as_of=TODAY))
    assert [(row.name, row.kind, row.class_name) for row in rows_of(done, ReaderRow)] == [
        ("林小满", ReaderKind.PUPIL, "三（1）班"),
        ("高 远", ReaderKind.PUPIL, "三（1）班"),
        ("谢老师", ReaderKind.TEACHER, None),
        ("陆平", None, None),
    ]


def test_one_number_on_two_lines_of_one_title_is_told_as_such(tmp_path: Path) -> None:
    rows = [("登记号", "书名", "单价"), ("000001", "小河", 10), ("000001", "小河", 12)]
    assert any("000001 《小河》 有 2 行" in said for said in taken_over(tmp_path, {"Sheet1": rows}).journal.urgent)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("三（1）班借书2025.9.8", "2025-09-08"),
        ("三（1）班借书2025年9月8日", "2025-09-08"),
        ("三（1）班借书2025.9.8-9.12", None),
        ("三（1）班借书 制表日期2025.9.8", None),
        ("三（1）班借书未还 2025.9.30", None),
        ("三（1）班借书清单 2025年9月30日整理", None),
    ],
)
def test_the_day_in_the_title_of_a_register_without_days_is_that_of_its_loans(
    tmp_path: Path, title: str, day: str | None
) -> None:
    rows = [(title,), ("姓名", "借的书", "还"), ("林小满", "小河", "9.15"), ("高远", "大山", None)]
    lent = loans(taken_over(tmp_path, {"Sheet1": rows}))
    assert [loan.lent_on.isoformat() for loan in lent] == ([day, day] if day else [])
    assert _ends(lent) == ([("林小满", "2025-09-15"), ("高远", None)] if day else [])


def test_the_day_in_a_title_fills_no_blank_among_days(tmp_path: Path) -> None:
    rows = [("借书2025.9.8",), ("日期", "姓名", "书名"), ("2025.9.9", "林小满", "小河"), (None, "高远", "大山")]
    assert [loan.name for loan in loans(taken_over(tmp_path, {"Sheet1": rows}))] == ["林小满"]


def test_a_list_of_copies_with_their_readers_under_the_headers_of_dp2(tmp_path: Path) -> None:
    rows = [
        ("册条码号", "书目摘要", "登录号", "价格", "借者", "借阅时间"),
        ("B001", "小溪流的歌 / 严文井著", "001", "CNY26.00", "R001", "2025-09-08"),
        ("B002", "昆虫记 / 法布尔著", "002", "CNY32.80", "", ""),
    ]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert [(copy.barcode, copy.title, copy.author) for copy in copies(done)] == [
        ("B001", "小溪流的歌", "严文井著"),
        ("B002", "昆虫记", "法布尔著"),
    ]
    assert [(loan.reader_no, loan.accession_no) for loan in loans(done)] == [("R001", "001")]


@pytest.mark.parametrize(
    ("prices", "total"),
    [(("32,80", "12,5", "7"), "52.30"), (("32,80", "12.50", "7"), "19.50"), (("32,80", "5", "7"), "12")],
)
def test_a_column_of_prices_with_commas_before_the_cents(tmp_path: Path, prices: tuple[str, ...], total: str) -> None:
    rows = [("登记号", "书名", "单价"), *((f"00{at}", f"书{at}", price) for at, price in enumerate(prices))]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert sum(copy.price or 0 for copy in copies(done)) == Decimal(total)
    assert any("逗号当作小数点" in said for said in done.journal.assumed) == (total == "52.30")


def test_a_table_the_other_way_round_is_told_with_what_turns_it(tmp_path: Path) -> None:
    rows = [("书名", "小河", "大山"), ("作者", "甲", "乙"), ("单价", 10, 20), ("册数", 1, 2)]
    done = taken_over(tmp_path, {"Sheet1": rows, "借书": [("借书日期", "姓名", "书名"), ("2025-9-8", "高远", "小河")]})
    (said,) = turned(done.tables)
    assert "转置" in said
    assert "Sheet1" in said


def test_a_list_of_gifts_with_days_and_classes_is_no_register(tmp_path: Path) -> None:
    rows = [
        ("东河小学接受捐赠图书登记表",),
        ("捐赠人", "班级", "书名", "册数", "单价", "日期"),
        ("林小满", "三（1）班", "小河", 1, 10, "2025.9.8"),
        ("高远", "三（1）班", "大山", 2, 20, "2025.9.8"),
    ]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert ([copy.title for copy in copies(done)], loans(done)) == (["小河", "大山", "大山"], [])


def test_a_day_of_lending_goes_before_a_day_of_anything(tmp_path: Path) -> None:
    rows = [("日期", "姓名", "书名", "还书日期", "借书日期"), ("", "林小满", "小河", "2025-9-15", "2025-9-8")]
    (loan,) = loans(taken_over(tmp_path, {"Sheet1": rows}))
    assert (loan.lent_on.day, loan.returned_on.day if loan.returned_on else 0) == (8, 15)


def test_the_name_of_a_class_behind_its_letter_is_none_of_the_number(tmp_path: Path) -> None:
    rows = [("书名", "分类", "单价"), ("小河", "I 文学", 10), ("大山", "G62、教育", 20), ("田野", "I287.45", 30)]
    assert [copy.class_no for copy in copies(taken_over(tmp_path, {"Sheet1": rows}))] == ["I", "G62", "I287.45"]


def test_a_reason_without_a_day_is_told(tmp_path: Path) -> None:
    rows = [
        ("登记号", "书名", "注销日期", "注销原因"),
        ("1", "小河", None, None),
        ("2", "大山", "2025.6.30", "破损"),
        ("3", "田野", None, "丢失"),
    ]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert any(
        "丢失或注销的 1 行（第一处《旧账.xlsx》Sheet1 第 4 行）" in said
        for said in [*done.journal.urgent, *done.journal.assumed]
    )


def test_a_number_without_its_stroke_is_that_of_the_copy(tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "书目": [("图书编号", "书名"), ("TS-0001", "小河"), ("TS-0002", "大山")],
        "借书": [("图书编号", "姓名", "借书日期"), ("TS0001", "林小满", "2025-9-8"), ("ts-0002", "高远", "2025-9-8")],
    }
    assert [loan.accession_no for loan in loans(taken_over(tmp_path, sheets))] == ["TS-0001", "TS-0002"]


def test_a_class_with_the_names_of_its_pupils_in_one_cell(tmp_path: Path) -> None:
    done = taken_over(
        tmp_path, {"Sheet1": [("班级", "学生名单"), ("三（1）班", "林小满、高远"), ("三（2）班", "王芳")]}
    )
    assert [(row.name, row.class_name) for row in rows_of(done, ReaderRow)] == [
        ("林小满", "三（1）班"),
        ("高远", "三（1）班"),
        ("王芳", "三（2）班"),
    ]


@pytest.mark.parametrize(("counts", "held"), [((3, 3, 3, 1), 4), ((3, 1, 1, 1), 6)])
def test_how_many_there_are_of_a_title_on_the_line_of_each_copy_counts_no_copies_of_the_line(
    tmp_path: Path, counts: tuple[int, ...], held: int
) -> None:
    titles = ("小河", "小河", "小河", "大山")
    lines = [(f"000{at}", title, 10, count) for at, (title, count) in enumerate(zip(titles, counts, strict=True), 1)]
    done = taken_over(tmp_path, {"Sheet1": [("登记号", "书名", "单价", "复本数"), *lines]})
    assert len(copies(done)) == held
    assert any("一共几册" in said for said in done.journal.assumed) == (held == 4)


@pytest.mark.parametrize("name", ["三（1）班", "三1", "301"])
def test_many_copies_for_a_class_are_its_own_however_it_is_written(tmp_path: Path, name: str) -> None:
    rows = [("班级", "领取人", "书名", "册数", "领取日期"), (name, "谢老师", "小河", 12, "2025.9.1")]
    lent = loans(taken_over(tmp_path, {"领书": rows}))
    assert {loan.mode for loan in lent} == {LoanMode.CLASS}


def test_several_borrowers_beside_one_another_on_the_line_of_a_book(tmp_path: Path) -> None:
    again = ("借阅人", "借阅时间", "归还时间")
    rows = [
        ("编号", "书名", *again, *again),
        ("001", "小河", "林小满", "2025.9.1", "2025.9.8", "高远", "2025.9.9", None),
        ("002", "大山", "王芳", "2025.9.1", None, None, None, None),
    ]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert [(loan.title, *end) for loan, end in zip(loans(done), _ends(loans(done)), strict=True)] == [
        ("小河", "林小满", "2025-09-08"),
        ("大山", "王芳", None),
        ("小河", "高远", None),
    ]


@pytest.mark.parametrize("header", ["编号", "图书编号", "登记号"])
def test_an_isbn_under_a_header_of_numbers_is_no_number_on_a_book(tmp_path: Path, header: str) -> None:
    rows = [
        (header, "书名", "定价"),
        ("9787020002207", "小河", "10"),
        ("978-7-02-000220-7", "小河", "10"),
        ("9787020008735", "大山", "12"),
    ]
    held = copies(taken_over(tmp_path, {"书": rows}))
    assert [(copy.accession_no, copy.isbn) for copy in held] == [
        ("000001", "9787020002207"), ("000002", "9787020002207"), ("000003", "9787020008735"),
    ]  # fmt: skip


def test_numbers_of_ten_figures_on_books_stay_what_they_are(tmp_path: Path) -> None:
    rows = [("编号", "书名"), ("7020002207", "小河"), ("7020002208", "大山")]
    assert [copy.accession_no for copy in copies(taken_over(tmp_path, {"书": rows}))] == ["7020002207", "7020002208"]
