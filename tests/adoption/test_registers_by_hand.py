"""Registers as a hand keeps them: two days in a cell, ticks for 借 and 还, a page a reader, class corners."""

from datetime import date
from pathlib import Path

import pytest

from adoption.old_lists import TODAY, Rows, copies, loans, record_of, taken_over
from schoollib_xl.adoption.adopting import Adoption
from schoollib_xl.adoption.forms.reader_cards import ReaderOver, reader_over
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.lending import events
from schoollib_xl.adoption.lending.loans import NO_TEACHER, NOTHING_LENT
from schoollib_xl.adoption.readers.class_spellings import ClassSpellings
from schoollib_xl.adoption.report import settles_every_row
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import Incident, LoanMode, LoanOutcome, ReaderKind

BOOKS = [("登录号", "书名"), ("000001", "小河"), ("000002", "大山"), ("000003", "田野")]
MARCH = date(2025, 3, 1)


def adopted(folder: Path, rows: Rows, name: str = "Sheet2", as_of: date = TODAY) -> Adoption:
    return taken_over(folder, {"书目": BOOKS, name: rows}, as_of=as_of)


@pytest.mark.parametrize(
    ("header", "cell", "returned_on", "due_on"),
    [
        ("借还日期", "2025.3.1-2025.3.8", 8, None),
        ("借还日期", "2025-3-1—2025-3-8", 8, None),
        ("借阅时间", "2025年3月1日至8日", 8, None),
        ("借阅时间", "2025/3/1～3/8", 8, None),
        ("借阅日期", "2025.3.1-", None, None),
        ("借还时间", "2025.3.1-未还", None, None),
        ("起止日期", "2025.3.1 2025.3.8", 8, None),
    ],
)
def test_two_days_in_one_cell(
    tmp_path: Path, header: str, cell: str, returned_on: int | None, due_on: int | None
) -> None:
    rows = [("姓名", "班级", "书名", header), ("甲一", "三（1）班", "小河", cell)]
    done = adopted(tmp_path, rows)
    (loan,) = loans(done)
    assert (loan.lent_on, loan.returned_on) == (MARCH, returned_on and date(2025, 3, returned_on))
    assert any("起止两个日子" in one for one in done.journal.assumed) is bool(returned_on)


def test_a_register_that_numbers_its_books_names_them_by_that(tmp_path: Path) -> None:
    header = ("借书日期", "班级", "姓名", "编号", "归还日期")
    (loan,) = loans(adopted(tmp_path, [header, ("2025-3-1", "三（1）班", "甲一", "000002", "2025-3-8")]))
    assert (loan.accession_no, loan.returned_on) == ("000002", date(2025, 3, 8))


@pytest.mark.parametrize("cell", ["2025-3-1", "2025-03-01", "2025.3.1", "2025年3月1日 星期六", "2025-3-1 16:30"])
def test_one_day_stays_one(tmp_path: Path, cell: str) -> None:
    (loan,) = loans(adopted(tmp_path, [("姓名", "班级", "书名", "借书日期"), ("甲一", "三（1）班", "小河", cell)]))
    assert (loan.lent_on, loan.returned_on) == (MARCH, None)


def test_the_second_day_is_the_due_one_where_another_column_says_whether_it_is_back(tmp_path: Path) -> None:
    header = ("姓名", "班级", "书名", "借阅时间", "归还情况")
    rows = [("甲一", "三（1）班", "小河", "2025.3.1-3.8", "已还"), ("乙二", "三（1）班", "大山", "3.1-3.8", None)]
    one, other = loans(adopted(tmp_path, [header, *rows]))
    assert (one.returned_on, other.returned_on, other.due_on) == (date(2025, 3, 8), None, date(2025, 3, 8))


@pytest.mark.parametrize(
    ("lent", "back"), [("借", "还"), ("借书", "还书"), ("借（√）", "还（√）"), ("借出册数", "归还册数")]
)
@pytest.mark.parametrize("tick", ["√", "1", 1, "是"])
def test_what_is_ticked_is_what_was_done(tmp_path: Path, lent: str, back: str, tick: str | int) -> None:
    rows = [
        ("日期", "姓名", "班级", "书名", "登录号", lent, back),
        ("2025-3-1", "甲一", "三1", "小河", "000001", tick, None),
        ("2025-3-6", "甲一", "三1", "小河", "000001", None, tick),
        ("2025-3-7", "乙二", "三1", "小河", "000001", tick, None),
    ]
    one, other = loans(adopted(tmp_path, rows))
    assert (one.lent_on, one.returned_on, other.name, other.is_open) == (MARCH, date(2025, 3, 6), "乙二", True)
    assert one.remarks is None


def test_a_row_that_ticks_both_is_a_loan_that_is_over(tmp_path: Path) -> None:
    rows = [
        ("日期", "姓名", "班级", "书名", "借", "还"),
        ("2025-3-1", "甲一", "三1", "小河", "√", "√"),
        ("2025-3-6", "甲一", "三1", "大山", "√", None),
    ]
    one, other = loans(adopted(tmp_path, rows))
    assert (one.is_open, other.is_open) == (False, True)


def test_a_row_that_ticks_nothing_is_asked(tmp_path: Path) -> None:
    rows = [
        ("日期", "姓名", "班级", "书名", "借", "还"),
        ("2025-3-1", "甲一", "三1", "小河", "√", None),
        ("2025-3-6", "甲一", "三1", "小河", None, "√"),
        ("2025-3-7", "乙二", "三1", "大山", None, None),
    ]
    done = adopted(tmp_path, rows)
    assert record_of(done, 4, "Sheet2") == (RowOutcome.ASIDE, events.UNCLEAR)
    assert len(loans(done)) == 1


@pytest.mark.parametrize(
    ("sheet", "title"),
    [
        ("甲一", ("姓名：甲一", None, "班级：三（1）班")),
        ("Sheet2", ("姓名", "甲一", "班级", "三（1）班")),
        ("卡1", ("三（1）班甲一同学借阅卡",)),
        ("陈小雨", ("三（1）班",)),
    ],
)
def test_a_page_of_one_reader_is_lent_to_that_reader(tmp_path: Path, sheet: str, title: tuple[str | None, ...]) -> None:
    rows = [title, ("书名", "借书日期", "还书日期"), ("小河", "2025-3-1", "2025-3-8"), ("大山", "2025-3-8", None)]
    done = adopted(tmp_path, rows, sheet)
    name = "陈小雨" if sheet == "陈小雨" else "甲一"
    assert [(loan.name, loan.class_name, loan.is_open) for loan in loans(done)] == [
        (name, "三（1）班", False),
        (name, "三（1）班", True),
    ]
    assert [row.name for row in done.ledger_set.rows[ReaderRow]] == [name]


def test_pages_one_below_the_other_are_each_of_its_own_reader(tmp_path: Path) -> None:
    header = ("书名", "借书日期", "还书日期")
    rows = [
        *[("姓名：甲一", "三（1）班"), header, ("小河", "2025-3-1", None), header, ("大山", "2025-3-2", None), (None,)],
        *[("姓名：乙二", "三（1）班"), header, ("田野", "2025-3-1", None)],
    ]
    assert [(loan.name, loan.title) for loan in loans(adopted(tmp_path, rows))] == [
        ("甲一", "小河"),
        ("甲一", "大山"),
        ("乙二", "田野"),
    ]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("卡1 姓名：甲一 | 学号：0012", ReaderOver("甲一", "0012")),
        ("姓名 | 性别 | 班级", None),
        ("学生借阅登记表", None),
        ("姓名：甲一 姓名：乙二", None),
        ("管理员：甲一", None),
    ],
)
def test_the_reader_over_a_table(heading: str, found: ReaderOver | None) -> None:
    assert reader_over(heading) == found


def test_nobody_is_made_up_where_no_reader_is_named(tmp_path: Path) -> None:
    rows = [("书名", "借书日期", "还书日期"), ("小河", "2025-3-1", "2025-3-8")]
    done = adopted(tmp_path, rows)
    assert record_of(done, 2, "Sheet2") == (RowOutcome.ASIDE, events.NO_READER)


def test_a_class_corner_is_lent_to_the_class(tmp_path: Path) -> None:
    header = ("班级", "书名", "册数", "配发日期", "收回日期", "班主任")
    rows = [
        ("三（1）班", "小河", 1, "2025.3.1", "2025.3.8", "谢老师"),
        ("三（2）班", "大山", 1, "2025.3.1", None, "洪老师"),
    ]
    done = adopted(tmp_path, [header, *rows], "图书角")
    assert [(loan.mode, loan.class_name, loan.name, loan.is_open) for loan in loans(done)] == [
        (LoanMode.CLASS, "三（1）班", "谢老师", False),
        (LoanMode.CLASS, "三（2）班", "洪老师", True),
    ]
    assert [row.kind for row in done.ledger_set.rows[ReaderRow]] == [ReaderKind.TEACHER] * 2


def test_a_line_written_beforehand_is_no_loan_that_was_left_behind(tmp_path: Path) -> None:
    header = ("姓名", "班级", "书名", "借书日期", "还书日期")
    rows = [("甲一", "三（1）班", "小河", "2025-3-1", None), ("乙二", "三（1）班", None, None, None)]
    done = adopted(tmp_path, [header, *rows])
    assert record_of(done, 3, "Sheet2") == (RowOutcome.ASIDE, NOTHING_LENT)
    assert (done.journal.counts[What.LOANS].came_in, len(loans(done))) == (1, 1)


@pytest.mark.parametrize("header", ["日期", "还书日期", "时间"])
def test_lending_and_returning_in_two_registers_are_one_log(tmp_path: Path, header: str) -> None:
    lent = [("日期", "姓名", "书名", "登录号"), ("2025.3.1", "甲一", "小河", "000001"), ("2025.3.2", "乙二", "大山", 2)]
    back = [(header, "姓名", "书名", "登录号"), ("2025.3.8", "甲一", "小河", "000001")]
    done = taken_over(tmp_path, {"书目": BOOKS, "借书登记": lent, "还书登记": back})
    assert [(loan.name, loan.returned_on) for loan in loans(done)] == [("甲一", date(2025, 3, 8)), ("乙二", None)]
    assert len(done.ledger_set.rows[ReaderRow]) == 2


def test_a_register_of_returns_alone_lends_nothing(tmp_path: Path) -> None:
    done = adopted(tmp_path, [("日期", "姓名", "书名"), ("2025.3.8", "甲一", "小河")], "还书登记")
    assert record_of(done, 2, "还书登记") == (RowOutcome.ASIDE, events.NOT_LENT)


@pytest.mark.parametrize(
    ("remarks", "is_open", "is_lost"),
    [("已还", False, False), ("丢失", False, True), ("还书时再续", True, False), ("3.8", True, False)],
)
def test_a_remark_says_the_end_of_a_loan_where_no_column_does(
    tmp_path: Path, remarks: str, is_open: bool, is_lost: bool
) -> None:
    rows = [("教师", "书名", "借出时间", "备注"), ("赵老师", "小河", "2025.3.1", remarks)]
    (loan,) = loans(adopted(tmp_path, rows))
    assert (loan.is_open, loan.is_lost, loan.remarks) == (is_open, is_lost, remarks)


def test_who_signs_is_who_borrows_where_no_column_names_a_reader(tmp_path: Path) -> None:
    rows = [("日期", "书名", "还书日期", "签名"), ("2025.3.1", "小河", "2025.3.8", "甲一")]
    (loan,) = loans(adopted(tmp_path, [("三（1）班借书登记",), *rows]))
    assert (loan.name, loan.class_name) == ("甲一", "三（1）班")


@pytest.mark.parametrize(
    ("title", "tab"), [(("姓名：赵一鸣", "", "班级：三年级"), "卡1"), (("三年级借书卡",), "赵一鸣")]
)
def test_on_the_page_of_a_reader_a_signature_is_no_other_reader(
    tmp_path: Path, title: tuple[str, ...], tab: str
) -> None:
    rows = [("书名", "借期", "还期", "签名"), ("小河", "25.9.3", "25.9.5", "赵"), ("大山", "25.9.5", "", "赵父")]
    first, second = loans(adopted(tmp_path, [title, *rows], tab))
    assert (first.name, first.class_name, first.remarks) == ("赵一鸣", "三年级", None)
    assert (second.name, second.remarks) == ("赵一鸣", "签名：赵父")


def test_the_year_over_a_table_of_pupils_by_days_is_that_of_the_days(tmp_path: Path) -> None:
    rows = [("四年级借书登记 2025年9月",), ("姓名", "9.3", "9.10"), ("孙大川", "小河", "大山")]
    first, second = loans(adopted(tmp_path, rows, "四年级"))
    assert [(row.lent_on, row.is_open) for row in (first, second)] == [
        (date(2025, 9, 3), False),
        (date(2025, 9, 10), True),
    ]


def test_nobody_is_two_readers_for_lists_that_leave_out_the_class(tmp_path: Path) -> None:
    one = [("姓名", "书名", "借书日期"), ("甲一", "小河", "2025-3-1")]
    other = [("姓名", "班级", "书名", "借书日期"), ("甲一", "三（1）班", "大山", "2025-3-2")]
    done = taken_over(tmp_path, {"书目": BOOKS, "甲": one, "乙": other}, as_of=date(2025, 4, 1))
    assert [row.class_name for row in done.ledger_set.rows[ReaderRow]] == ["三（1）班"]
    assert len({loan.reader_no for loan in loans(done)}) == 1


def test_books_of_a_class_without_a_teacher_are_asked(tmp_path: Path) -> None:
    rows = [("借阅班级", "书名", "借出", "收回"), ("三（1）班", "小河", "2025.3.1", "2025.3.8")]
    assert record_of(adopted(tmp_path, rows), 2, "Sheet2") == (RowOutcome.ASIDE, NO_TEACHER)


@pytest.mark.parametrize(
    ("name", "header", "is_in_room"),
    [
        ("室内阅览", ("日期", "姓名", "班级", "书名"), True),
        ("Sheet2", ("日期", "姓名", "班级", "书名", "离馆时间"), True),
        ("阅览室借书登记", ("日期", "姓名", "班级", "书名"), False),
        ("室内阅览", ("日期", "姓名", "班级", "书名", "还书日期"), False),
    ],
)
def test_what_was_read_in_the_room_is_not_out(
    tmp_path: Path, name: str, header: tuple[str, ...], is_in_room: bool
) -> None:
    row = ("2025.3.1", "甲一", "三（1）班", "小河", *[None] * (len(header) - 4))
    (loan,) = loans(adopted(tmp_path, [header, row], name))
    assert (loan.mode is LoanMode.IN_ROOM, loan.is_open) == (is_in_room, not is_in_room)


def test_a_column_that_holds_numbers_of_books_names_the_copies(tmp_path: Path) -> None:
    rows = [("甲一", "三（1）班", "田", 3, "2025-3-1"), ("乙二", "三（1）班", "山", 2, "2025-3-1")]
    rows = [("姓名", "班级", "书名", "编号", "借书日期"), *rows]
    assert [loan.accession_no for loan in loans(adopted(tmp_path, rows))] == ["000003", "000002"]


@pytest.mark.parametrize(("back", "is_open"), [(1, [False, True]), (2, [False, False]), (None, [False, False])])
def test_of_what_a_class_took_only_so_many_came_back(tmp_path: Path, back: int | None, is_open: list[bool]) -> None:
    header = ("日期", "班级", "书名", "借出册数", "归还册数", "归还日期", "班主任")
    done = adopted(tmp_path, [header, ("2025-3-1", "三（1）班", "草房子", 2, back, "2025-3-20", "谢老师")])
    assert [loan.is_open for loan in loans(done)] == is_open
    count = done.journal.counts[What.RETURNS]
    assert (count.came_in, count.aside) == (is_open.count(False), 0)


@pytest.mark.parametrize(
    ("row", "mode", "kinds"),
    [
        (("三（1）班", "谢林", "小河", 12), LoanMode.CLASS, [ReaderKind.TEACHER]),
        (("三（1）班", "谢林", "小河", 9), None, [ReaderKind.PUPIL]),
        (("语文组", "谢林", "小河", 12), None, [ReaderKind.TEACHER]),
    ],
)
def test_many_copies_of_a_book_are_lent_to_the_class_of_whoever_signs(
    tmp_path: Path, row: tuple[str | int, ...], mode: LoanMode | None, kinds: list[ReaderKind]
) -> None:
    done = adopted(tmp_path, [("日期", "班级", "领书人", "书名", "数量"), ("2025-3-1", *row)])
    assert [loan.mode for loan in loans(done)] == [mode] * int(row[-1])
    assert [reader.kind for reader in done.ledger_set.rows[ReaderRow]] == kinds
    assert any("当作全班用的" in one for one in done.journal.assumed) is (mode is not None)


@pytest.mark.parametrize(
    ("header", "said", "returned_on", "outcome"),
    [
        ("归还情况", "已于9月20日归还", date(2025, 9, 20), LoanOutcome.RETURNED),
        ("归还情况", "9.22还", date(2025, 9, 22), LoanOutcome.RETURNED),
        ("归还情况", "书丢了已赔10元", None, LoanOutcome.LOST),
        ("还书日期", "9月15日 周一", date(2025, 9, 15), LoanOutcome.RETURNED),
        ("还书日期", "9.16（星期二）", date(2025, 9, 16), LoanOutcome.RETURNED),
        ("是否归还", True, None, LoanOutcome.RETURNED),
        ("是否归还", "FALSE", None, None),
    ],
)
def test_the_day_and_the_word_of_a_return_stand_in_one_cell(
    tmp_path: Path, header: str, said: object, returned_on: date | None, outcome: LoanOutcome | None
) -> None:
    rows = [("日期", "姓名", "班级", "书名", header), ("2025-9-8", "甲一", "三（1）班", "小河", said)]
    assert [(loan.returned_on, loan.outcome) for loan in loans(adopted(tmp_path, rows))] == [(returned_on, outcome)]


def test_days_that_lost_their_nought_are_told_by_the_order_of_lines_and_of_loans(tmp_path: Path) -> None:
    days = [(9.8, 9.1), (9.1, None), (9.12, 9.2), (9.2, None), (9.25, 9.3), (10.1, None)]
    rows = [
        ("日期", "姓名", "班级", "书名", "还"),
        *((lent, "林春", "三（1）班", f"书{lent}", back) for lent, back in days),
    ]
    done = adopted(tmp_path, rows, "2025年借书")
    assert [(loan.lent_on.day, loan.returned_on and loan.returned_on.day) for loan in loans(done)] == [
        (8, 10), (10, None), (12, 20), (20, None), (25, 30),
    ]  # fmt: skip
    assert any(
        "末尾的 0 看不见的 5 格（第一处《旧账.xlsx》2025年借书 第 3 行“9.1”定为 9月10日）" in one
        for one in done.journal.assumed
    )
    mixed = [rows[0], *(rows[at] for at in (3, 2, 1, 5))]
    assert [loan.lent_on.day for loan in loans(adopted(tmp_path, mixed, "2025年借书"))] == [12, 8, 25]


@pytest.mark.parametrize("sheet", ["9月", "九月份"])
def test_days_on_a_sheet_for_each_month_are_of_that_month(tmp_path: Path, sheet: str) -> None:
    rows = [(8, "三（1）班", "甲一", "小河", None), (9, "三（1）班", "乙二", "大山", None)]
    done = adopted(tmp_path, [("2025年借书登记",), ("日", "班级", "姓名", "书名", "还"), *rows], sheet)
    assert [loan.lent_on for loan in loans(done)] == [date(2025, 9, 8), date(2025, 9, 9)]


def test_cards_of_one_book_each_are_the_books_and_their_loans(tmp_path: Path) -> None:
    header = ("借出日期", "班级", "借书人", "归还日期")
    first = [("书名：红岩", None, "登记号：0001"), ("著者：甲一", "单价：10元"), header]
    first += [("2025.9.3", "三（1）班", "林春", "2025.9.9"), ("2025.9.12", "三（1）班", "周夏", None), ()]
    never_lent = [("书名：大山", None, "登记号：0002"), ("著者：乙二", "单价：8元")]
    third = [
        ("书袋卡",),
        ("书名：小河",),
        ("登记号：0003",),
        ("借书日期", "班级", "姓名", "还书日期"),
        ("2025.9.4", "三（1）班", "周夏", "2025.9.8"),
    ]
    cards = [*first, *never_lent, (), *third]
    # The list of the same books does not make them twice as many.
    listed = [("登记号", "书名"), ("0001", "红岩"), ("0002", "大山"), ("0003", "小河")]
    for name, more in (("甲", {}), ("乙", {"书目": listed})):
        (folder := tmp_path / name).mkdir()
        done = taken_over(folder, {"书袋卡": cards, **more})
        assert [(copy.accession_no, copy.title, copy.author, copy.price) for copy in copies(done)] == [
            ("0001", "红岩", "甲一", 10), ("0002", "大山", "乙二", 8), ("0003", "小河", None, None),
        ]  # fmt: skip
        loans = done.ledger_set.rows[LoanRow]
        assert sorted((row.accession_no, row.name, row.lent_on.day, row.returned_on is None) for row in loans) == [
            ("0001", "周夏", 12, True), ("0001", "林春", 3, False), ("0003", "周夏", 4, False),
        ]  # fmt: skip
        assert done.journal.counts[What.COPIES].aside == 0
    # Cards on sheets of their own of one line of the list, one of them a volume's.
    header = ("日期", "姓名", "班级", "还")
    sheets = {number: [("书名：红岩", f"登记号：{number}"), header] for number in ("0001", "0002")}
    lines = [("登记号", "书名", "册数"), ("0001-0003", "红岩", 3), ("0004", "大山（二）", 1)]
    (tmp_path / "丙").mkdir()
    volume = {"0004": [("书名：大山", "登记号：0004"), header]}
    done = taken_over(tmp_path / "丙", {"书目": lines, **sheets, **volume})
    assert sorted((copy.accession_no, copy.title) for copy in copies(done)) == [
        ("0001", "红岩"), ("0002", "红岩"), ("0003", "红岩"), ("0004", "大山（二）"),
    ]  # fmt: skip


def test_two_cards_side_by_side_are_told_and_not_guessed(tmp_path: Path) -> None:
    rows = [("书名：红岩", "书名：大山"), ("借出日期", "借书人", "归还日期"), ("2025.9.3", "林春", "2025.9.9")]
    done = taken_over(tmp_path, {"书袋卡": rows})
    assert record_of(done, 3)[0] is RowOutcome.ASIDE
    assert not copies(done)


def test_under_days_what_no_list_knows_is_told_and_no_loan(tmp_path: Path) -> None:
    header = ("学号", "姓名", "9月1日", "9月8日", "9月15日")
    rows = [
        ("三（1）班借书情况",),
        header,
        ("3101", "林春", "春晓", None, "鹿柴"),
        ("3102", "周夏", None, "静夜思", None),
    ]
    done = adopted(tmp_path, rows)
    (told,) = [said for said in done.journal.urgent if "一栏一个日期" in said]
    assert "从“9月1日”到“9月15日”的 3 栏" in told
    assert "共 3 格" in told
    assert [row.remarks for row in done.ledger_set.rows[ReaderRow]] == ["9月1日：春晓；9月15日：鹿柴", "9月8日：静夜思"]
    assert not loans(done)


@pytest.mark.parametrize(
    "header",
    [
        [("姓名", "第2周\n9.10", "第3周\n9.17", "第4周\n9.24")],
        [("姓名", date(2025, 9, 10), date(2025, 9, 17), date(2025, 9, 24))],
        [("姓名", "第2周", "第3周", "第4周"), (None, "9月10日", "9月17日", "9月24日")],
    ],
)
def test_pupils_by_days_are_loans_where_the_lists_know_the_books(tmp_path: Path, header: Rows) -> None:
    roster = [("班级", "姓名", "学号"), ("三（1）班", "林春", "3101"), ("三（1）班", "周夏", "3102")]
    grid = [("2025年秋",), *header, ("林春", "000001", "000002", "病假"), ("周夏", "000003", "000003", "000001")]
    done = taken_over(tmp_path, {"书目": BOOKS, "名单": roster, "三（1）班": [*grid, ("吴秋", None, None, None)]})
    assert [(one.name, one.accession_no, one.lent_on.day, one.outcome) for one in loans(done)] == [
        ("林春", "000001", 10, LoanOutcome.RETURNED),
        ("林春", "000002", 17, None),
        # The same copy below the next day is with the same pupil still.
        ("周夏", "000003", 10, LoanOutcome.RETURNED),
        ("周夏", "000001", 24, None),
    ]
    assert all(one.returned_on is None for one in loans(done))
    assert ["病假" in (row.remarks or "") for row in done.ledger_set.rows[ReaderRow]] == [True, False, False]
    assert "4 笔借出" in done.journal.urgent[0]
    assert "2 笔算已还" in done.journal.urgent[0]
    assert "1 格没有记成借阅" in done.journal.urgent[0]
    assert settles_every_row(done)


def test_a_class_of_an_earlier_year_means_who_is_grades_higher_now(tmp_path: Path) -> None:
    roster = [
        ("证号", "姓名", "班级"),
        ("0101", "林春", "五年级"),
        ("0201", "林春", "三年级"),
        ("0301", "周夏", "一年级"),
    ]
    register = [
        ("日期", "班级", "姓名", "登记号", "归还"),
        ("2023.9.13", "三年级", "林春", "000001", "2023.9.19"),
        ("2024.9.11", "二年级", "林春", "000001", "2024.9.19"),
        # Nobody of the first grade was in the third two years ago: another pupil of that name, who left.
        ("2023.9.20", "三年级", "周夏", "000001", "2023.9.26"),
        ("2025.9.10", "三", "林春", "000001", "2025.9.16"),
        ("2025.9.17", "1年级", "周夏", "000001", "2025.9.23"),
        ("2025.9.24", None, "周夏", "000001", "2025.9.26"),
    ]
    done = taken_over(tmp_path, {"书目": BOOKS, "名册": roster, "借阅": register})
    (former,) = done.ledger_set.rows[ReaderRow][3:]
    assert (former.name, former.class_name, former.stopped_on) == ("周夏", "三年级", date(2023, 9, 27))
    assert [loan.reader_no for loan in loans(done)] == ["0101", "0201", former.reader_no, "0201", "0301", "0301"]
    assert [loan.class_name for loan in loans(done)][3:5] == ["三年级", "一年级"]


def test_a_number_that_is_anothers_card_now_is_of_whom_the_line_names(tmp_path: Path) -> None:
    roster = [
        ("班级", "姓名", "证号", "上年"),
        ("三年级", "谭怡", "301", "201"),
        ("二年级", "向阳", "201", "101"),
        ("一年级", "段若", "101", None),
    ]
    register = [
        ("日期", "证号", "姓名", "登记号", "归还"),
        ("2024.10.10", "201", "谭怡", "000001", "2024.10.17"),
        ("2024.10.10", "101", "向阳", "000002", "2024.10.17"),
        ("2025.10.8", "201", "向阳", "000001", None),
    ]
    done = taken_over(tmp_path, {"书目": BOOKS, "名册": roster, "借阅": register})
    lent = [(loan.reader_no, loan.name, loan.remarks) for loan in loans(done)]
    assert lent == [("301", "谭怡", "证号原写 201"), ("201", "向阳", "证号原写 101"), ("201", "向阳", None)]
    assert any("证号现在是别人的或没人用的 2 笔" in said for said in done.journal.urgent)


def test_of_two_people_of_one_name_nobody_is_chosen_unless_a_card_is_named(tmp_path: Path) -> None:
    roster = [("证号", "姓名", "班级"), ("0101", "林春", "三（1）班"), ("0201", "林春", "三（2）班")]
    register = [("日期", "姓名", "登记号", "归还"), ("2025.9.3", "林春", "000001", "2025.9.9")]
    header = ("日期", "证号", "姓名", "登记号", "情况", "处理", "赔款")
    fines = [header, ("2025.9.24", "0201", "林春", "000002", "遗失", "赔款", 8)]
    done = taken_over(tmp_path, {"书目": BOOKS, "名册": roster, "借阅": register, "赔偿": fines})
    assert record_of(done, 2, "借阅") == (RowOutcome.ASIDE, events.NO_READER)
    assert any(
        "同名的不止一位的 1 行借阅没有接收（第一处《旧账.xlsx》借阅 第 2 行" in said for said in done.journal.urgent
    )
    (fine,) = done.ledger_set.rows[CompensationRow]
    assert (fine.reader_no, fine.accession_no, fine.incident) == ("0201", "000002", Incident.LOST)


def test_under_a_month_the_bare_figures_of_a_register_are_its_days(tmp_path: Path) -> None:
    header = ("日", "班级", "姓名", "书号", "还")
    said = [(3, "000001", 10), ("28", "000002", 2), (29, "000001", None), (40, "000001", None)]
    rows = [("2025年9月",), header, *((day, "三（1）班", "甲一", number, back) for day, number, back in said)]
    books = [("登记号", "书名"), ("000001", "小河"), ("000002", "大山")]
    done = taken_over(tmp_path, {"书目": books, "9月": rows})
    assert [(loan.accession_no, loan.lent_on, loan.returned_on) for loan in loans(done)] == [
        ("000001", date(2025, 9, 3), date(2025, 9, 10)),
        ("000001", date(2025, 9, 29), None),
    ]
    assert [record_of(done, row, "9月")[0] for row in (4, 6)] == [RowOutcome.ASIDE] * 2


def test_a_page_without_a_loan_has_its_reader_all_the_same(tmp_path: Path) -> None:
    header = ("书名", "借书日期", "还书日期")
    names = ("甲一", "乙二", "丙三")
    lent = {"乙二": [("田野", "2025-3-1", None)]}
    done = adopted(
        tmp_path,
        [line for name in names for line in ((f"姓名：{name}", "班级：三（1）班"), header, *lent.get(name, []))],
        as_of=MARCH,
    )
    found = done.ledger_set.rows[ReaderRow]
    assert sorted((row.name, row.class_name) for row in found) == sorted((name, "三（1）班") for name in names)
    assert [loan.name for loan in loans(done)] == ["乙二"]


def test_the_reader_of_a_card_is_entered_where_the_roster_lacks_him(tmp_path: Path) -> None:
    header = ("书名", "借书日期", "还书日期")
    cards = [("姓名：乙二", "班级：三（1）班"), header, ("小河", "2025-3-1", None)]
    cards += [("姓名：丙三", "班级：三（1）班"), header, ("姓名：甲一", "证号：0012", "班级：三（1）班"), header]
    cards += [("大山", "2025-3-2", None), ("姓名：丁四", "班级：三（3）班"), header]
    roster = [("姓名", "班级"), ("甲一", "三（1）班"), ("丁四", "三（1）班"), ("丁四", "三（2）班")]
    done = taken_over(tmp_path, {"书目": BOOKS, "名册": roster, "卡": cards})
    found = {(row.name, row.class_name): row.reader_no for row in done.ledger_set.rows[ReaderRow]}
    assert sorted(name for name, _ in found) == sorted(["甲一", "丁四", "丁四", "乙二", "丙三"])
    assert len(set(found.values())) == 5
    # The roster numbers nobody: the number on the card is the reader's.
    assert found["甲一", "三（1）班"] == "0012"
    assert [(loan.reader_no, loan.title) for loan in loans(done)] == [
        (found["乙二", "三（1）班"], "小河"),
        ("0012", "大山"),
    ]
    (added,) = [said for said in done.journal.urgent if "花名册上没有的 2 人" in said]
    assert "卡 第 3 行" in added
    assert any("同名的又不止一位的 1 人" in said for said in done.journal.urgent)
    numbered = [("证号", "姓名", "班级"), ("0001", "甲一", "三（1）班"), ("0012", "戊五", "三（1）班")]
    (folder := tmp_path / "乙").mkdir()
    done = taken_over(folder, {"书目": BOOKS, "名册": numbered, "卡": cards})
    assert [row.reader_no for row in done.ledger_set.rows[ReaderRow]][:2] == ["0001", "0012"]
    assert any("对不上的 1 人" in said for said in done.journal.urgent)


def test_the_reader_of_a_line_is_entered_where_the_roster_lacks_him(tmp_path: Path) -> None:
    roster = [("姓名", "班级"), ("甲一", "三（1）班"), ("李小明", "三（1）班")]
    lent = [("姓名", "班级", "书名", "借书日期"), ("戊己", "三（1）班", "大山", "2025-9-3")]
    # A bare name, one that may be misspelled, and a class are asked.
    lent += [("庚辛", None, "小河", "2025-9-3"), ("李小名", "三（1）班", "小河", "2025-9-4")]
    lent += [("三（2）班", "三（2）班", "田野", "2025-9-5"), ("李小名", "二（1）班", "小河", "2025-3-5")]
    done = taken_over(tmp_path, {"书目": BOOKS, "名册": roster, "借阅": lent})
    found = {row.name: row.class_name for row in done.ledger_set.rows[ReaderRow]}
    assert found == {"甲一": "三（1）班", "李小明": "三（1）班", "戊己": "三（1）班"}
    assert [(loan.name, loan.title) for loan in loans(done)] == [("戊己", "大山")]
    assert [record_of(done, row, "借阅")[1] for row in (3, 4, 6)] == [events.NO_READER] * 3
    (added,) = [said for said in done.journal.urgent if "花名册上没有的 1 人" in said]
    assert "借阅 第 2 行" in added


def test_who_borrowed_only_in_years_before_the_rosters_has_left(tmp_path: Path) -> None:
    roster = [("姓名", "班级"), ("甲一", "三（1）班"), ("李小明", "三（1）班")]
    header = ("姓名", "班级", "书名", "借书日期", "还书日期")
    lent = [
        header,
        ("甲一", "一（1）班", "小河", "2024-3-5", "2024-3-9"),
        ("壬 癸", "五（1）班", "小河", "2024-3-5", None),
    ]
    lent += [("壬癸", "六（1）班", "大山", "2025-3-5", "2025-3-9"), ("孙小燕", None, "大山", "2024-5-6", "2024-5-8")]
    # Of one name in two classes of a year nobody is made up.
    lent += [("丙三", f"四（{number}）班", "小河", f"2024-3-1{number}", "2024-3-19") for number in (1, 2)]
    # A roster of the year after: who borrowed last year and is not on it has left as well.
    for name, this_year in (("本年", ("甲一", "三（1）班")), ("去年", ("甲一", "二（1）班"))):
        (folder := tmp_path / name).mkdir()
        day = "2025-9-3" if name == "本年" else "2025-5-3"
        register = [*lent, (*this_year, "田野", day, None)]
        done = taken_over(folder, {"书目": [*BOOKS, ("田野",)], "名册": roster, "借阅": register})
        former = [row for row in done.ledger_set.rows[ReaderRow] if row.stopped_on]
        assert [(row.name, row.class_name, row.stopped_on, row.stop_reason) for row in former] == [
            ("壬癸", "六（1）班", date(2025, 3, 10), None),
            ("孙小燕", None, date(2024, 5, 9), None),
        ]
        assert [(row.class_name, row.pupils) for row in done.ledger_set.rows[ClassRow]] == [("三（1）班", 2)]
        numbers = {row.name: row.reader_no for row in done.ledger_set.rows[ReaderRow]}
        assert sorted((loan.reader_no, loan.class_name or "") for loan in loans(done)) == sorted(
            (numbers[plain], class_name)
            for plain, classes in (
                ("甲一", ("一（1）班", this_year[1])),
                ("壬癸", ("五（1）班", "六（1）班")),
                ("孙小燕", ("",)),
            )
            for class_name in classes
        )
        assert any("算已经离校" in said for said in done.journal.urgent)
    # In autumn the roster of the year before is told; of two of one name and grade one is not the other.
    lent = [
        header,
        ("甲一", "三（1）班", "小河", "2025-5-6", None),
        *lent[-2:],
        ("丙三", "五（1）班", "大山", "2025-3-6", None),
    ]
    (folder := tmp_path / "两人").mkdir()
    done = taken_over(folder, {"书目": BOOKS, "名册": [*roster, ("丙三", "五（1）班")], "借阅": lent})
    assert [(one.name, one.class_name) for one in loans(done)] == [
        ("甲一", "三（1）班"), ("丙三", "四（1）班"), ("丙三", "五（1）班"),
    ]  # fmt: skip
    assert any("2024-2025 学年的" in said for said in done.journal.urgent)


def test_without_a_roster_nobody_is_entered_twice_and_who_has_left_is_in_no_class(tmp_path: Path) -> None:
    header = ("日期", "班级", "姓名", "动作", "书名")
    log = [
        ("2023-10-8", "三（1）班", "甲一", "借书", "小河"),
        ("2023-10-9", "三（1）班", "甲一", "还书", "小河"),
        ("2023-10-10", "三（2）班", "同名", "借书", "小河"),
        ("2023-10-11", "三（2）班", "同名", "还书", "小河"),
        ("2023-10-10", "三（1）班", "同名", "借书", "大山"),
        ("2023-10-11", "三（1）班", "同名", "还书", "大山"),
        ("2024-6-3", "六（1）班", "毕一", "借书", "小河"),
        ("2024-9-2", "六（1）班", "毕一", "还书", "小河"),
        ("2024-10-8", "四（1）班", "甲一", "借书", "小河"),
        ("2024-10-9", "六（1）班", "乙二", "借书", "大山"),
    ]
    done = taken_over(tmp_path, {"书目": BOOKS, "借阅": [header, *log]}, as_of=date(2024, 12, 1))
    readers = {(row.name, row.class_name, row.stopped_on) for row in done.ledger_set.rows[ReaderRow]}
    assert readers == {
        ("甲一", "四（1）班", None),
        ("乙二", "六（1）班", None),
        ("同名", "四（1）班", None),
        ("同名", "四（2）班", None),
        ("毕一", "六（1）班", date(2024, 9, 3)),
    }
    numbers = {(row.name, row.class_name): row.reader_no for row in done.ledger_set.rows[ReaderRow]}
    assert {(loan.class_name, loan.reader_no) for loan in loans(done) if loan.name == "同名"} == {
        ("三（1）班", numbers["同名", "四（1）班"]),
        ("三（2）班", numbers["同名", "四（2）班"]),
    }
    assert len(loans(done)) == 6


def test_a_roster_made_of_a_log_is_of_the_school_year_of_today(tmp_path: Path) -> None:
    header = ("借出日期", "证号", "班级", "姓名", "书名", "归还日期")
    last_year = [
        ("2023-10-9", "301", "三（1）班", "甲一"),
        ("2024-10-9", "401", "四（1）班", "甲一"),
        ("2023-10-9", None, "三（1）班", "同名"),
        ("2023-10-9", None, "三（2）班", "同名"),
        ("2024-10-9", None, "四（1）班", "同名"),
        ("2025-5-6", None, "2021级1班", "丙三"),
        ("2025-5-6", None, "四（1）班", "丁四"),
        ("2025-5-6", None, "三甲", "戊五"),
        ("2025-5-6", None, "六（1）班", "毕一"),
    ]
    lower = [("2025-5-6", None, "三年级", "己六"), ("2025-5-6", None, "二年级", "庚七")]
    found = {}
    for kind, lines, classes in (
        ("全校", last_year, ()),
        ("低年级", lower, ()),
        ("教学点", lower, [("班级", "年级", "学生人数"), ("三年级", 3, 1)]),
        ("完小", lower, [("班级", "年级", "学生人数"), ("六年级", 6, 9)]),
    ):
        (folder := tmp_path / kind).mkdir()
        sheets = {"书目": BOOKS, "借阅": [header, *((*line, "小河", line[0]) for line in lines)]}
        done = taken_over(folder, sheets | ({"班级": classes} if classes else {}))
        readers = {row.reader_no: row for row in done.ledger_set.rows[ReaderRow]}
        found[kind] = sorted((one.name, one.class_name, one.stopped_on is None) for one in readers.values())
        assert len(loans(done)) == len(lines)
        if kind == "全校":
            lent = [(one.name, one.class_name, readers[one.reader_no or ""].class_name) for one in loans(done)]
            assert {row.class_name: row.pupils for row in done.ledger_set.rows[ClassRow]} == {
                "四甲": 1, "五（1）班": 4, "五（2）班": 1,
            }  # fmt: skip
        assert any("最高到三年级" in said for said in done.journal.assumed) == (kind == "低年级")
    assert found["全校"] == [
        ("丁四", "五（1）班", True), ("丙三", "五（1）班", True), ("同名", "五（1）班", True),
        ("同名", "五（2）班", True), ("戊五", "四甲", True), ("毕一", "六（1）班", False), ("甲一", "五（1）班", True),
    ]  # fmt: skip
    assert [(then, now) for name, then, now in lent if name == "同名"] == [
        ("三（1）班", "五（1）班"), ("三（2）班", "五（2）班"), ("四（1）班", "五（1）班"),
    ]  # fmt: skip
    assert found["低年级"] == [("己六", None, True), ("庚七", "三年级", True)]
    assert found["教学点"] == [("己六", "三年级", False), ("庚七", "三年级", True)]
    assert found["完小"] == [("己六", "四年级", True), ("庚七", "三年级", True)]


def test_a_roster_of_pupils_does_not_say_that_a_teacher_has_left(tmp_path: Path) -> None:
    roster = [("姓名", "班级", "读者类别"), ("甲一", "三（1）班", "学生")]
    lent = [
        ("姓名", "班级", "书名", "借书日期"),
        ("甲一", "三（1）班", "小河", "2025-9-3"),
        ("王俊芳", "语文组", "大山", "2025-3-3"),
    ]
    for others, stopped in (([], None), ([("陶云川", "语文组", "教师")], date(2025, 3, 4))):
        (folder := tmp_path / str(len(others))).mkdir()
        done = taken_over(folder, {"书目": BOOKS, "名册": [*roster, *others], "借阅": lent})
        teacher = done.ledger_set.rows[ReaderRow][-1]
        assert (teacher.name, teacher.kind, teacher.stopped_on) == ("王俊芳", ReaderKind.TEACHER, stopped)


def test_a_roster_made_of_loans_of_several_years_is_of_whom_they_mean(tmp_path: Path) -> None:
    header = ("借出日期", "证号", "年级", "班级", "姓名", "书名", "归还日期")
    lines = [
        ("2023-10-8", "301", "三", "1班", "甲一"),
        ("2023-10-9", None, "三", "1班", "同名"),
        ("2023-10-9", None, "三", "1班", "孙老师"),
        ("2023-10-9", None, "五", "1班", "毕一"),
        ("2024-10-8", None, "三", "1班", "丙三"),
        ("2024-10-8", None, "学前班", None, "小四"),
        ("2024-10-9", None, "四", "1班", "同名"),
        ("2024-10-9", None, "四", "1班", "孙老师"),
        ("2025-10-7", "501", "五", "1班", "甲一"),
        ("2025-10-7", None, "三", "1班", "同名"),
        ("2025-10-7", None, None, None, "丙三"),
        ("2025-10-7", None, "2020级", "1班", "己六"),
    ]
    register = [header, *((*line, "小河", line[0]) for line in lines)]
    done = taken_over(tmp_path, {"书目": BOOKS, "借阅": register})
    readers = {row.reader_no: row for row in done.ledger_set.rows[ReaderRow]}
    assert {(row.name, row.class_name, row.stopped_on is None) for row in readers.values()} == {
        ("甲一", "五（1）班", True), ("同名", "五（1）班", True), ("同名", "三（1）班", True),
        ("丙三", "四（1）班", True),
        ("孙老师", "四（1）班", True), ("毕一", "五（1）班", False),
        ("小四", "一年级", True), ("己六", "2020级1班", True),
    }  # fmt: skip
    assert len(readers) == 8
    lent = {(loan.name, loan.class_name, readers[loan.reader_no or ""].class_name) for loan in loans(done)}
    assert {
        ("甲一", "三（1）班", "五（1）班"), ("同名", "三（1）班", "五（1）班"), ("同名", "四（1）班", "五（1）班"),
        ("同名", "三（1）班", "三（1）班"), ("丙三", None, "四（1）班"), ("小四", "学前班", "一年级"),
    } <= lent  # fmt: skip
    assert len(loans(done)) == len(lines)
    assert any("没借过书的学生不在里面" in said for said in done.journal.assumed)
    names = ClassSpellings([ClassRow._make((2, "2021级1班", 5, None, 1, None, None))], 2025)
    days = (date(2023, 10, 9), date(2025, 10, 9), None)
    assert [names.spelled("5年级1班", day) for day in days] == ["五（1）班", "2021级1班", "2021级1班"]


def test_a_bare_name_that_is_a_persons_is_entered_and_no_other_word(tmp_path: Path) -> None:
    roster = [("姓名", "班级"), ("赵一鸣", "三（1）班"), ("钱小满", "四（1）班")]
    names = ("孙小燕", "赵一名", "王老师", "三年级", "李明周涛", "甲一")
    lent = [("姓名", "书名", "借出日期"), *((name, "小河", f"2025-9-{at + 2}") for at, name in enumerate(names))]
    done = taken_over(tmp_path, {"书目": [("书名", "册数"), ("小河", 9)], "名册": roster, "借阅": lent})
    readers = [(row.name, row.class_name, row.kind) for row in done.ledger_set.rows[ReaderRow][2:]]
    assert readers == [("孙小燕", None, None)]
    assert [row.name for row in done.ledger_set.rows[LoanRow]] == ["孙小燕"]
    assert any("只写了姓名的 1 人" in said for said in done.journal.urgent)


def test_cards_side_by_side_are_each_their_own(tmp_path: Path) -> None:
    header = ("书名", "借书日期", "还书日期")
    readers = [
        ("姓名：甲一", "班级：三（1）班", None, None, "姓名：乙二", "班级：三（2）班"),
        (*header, None, *header),
        ("小河", "2025-9-3", "2025-9-9", None, "大山", "2025-9-4", None),
    ]
    done = taken_over(tmp_path, {"书目": BOOKS, "卡": readers})
    assert [(loan.name, loan.class_name, loan.accession_no, loan.is_open) for loan in loans(done)] == [
        ("甲一", "三（1）班", "000001", False),
        ("乙二", "三（2）班", "000002", True),
    ]
    lent = ("借出日期", "借书人", "归还日期")
    books = [
        ("书名：红岩", "登记号：0001", None, "书名：大山", "登记号：0002", None),
        lent * 2,
        ("2025.9.3", "林春", None, "2025.9.4", "周夏", "2025.9.8"),
    ]
    (folder := tmp_path / "乙").mkdir()
    done = taken_over(folder, {"书袋卡": books})
    assert [(copy.accession_no, copy.title) for copy in copies(done)] == [("0001", "红岩"), ("0002", "大山")]
    assert [(loan.name, loan.accession_no) for loan in loans(done)] == [("林春", "0001"), ("周夏", "0002")]


def test_each_page_of_a_register_is_of_its_own_month(tmp_path: Path) -> None:
    header = ("日", "班级", "姓名", "书号", "还")
    pages = [("2025年9月借书",), header, (3, "三（1）班", "甲一", "000001", 10)]
    pages += [("2025年10月借书",), header, (4, "三（1）班", "甲一", "000002", 5)]
    done = taken_over(tmp_path, {"借书": pages})
    # No list of books is there to tell what 书号 is: numbers so short are those on the books.
    assert [(loan.accession_no, loan.lent_on, loan.returned_on) for loan in loans(done)] == [
        ("000001", date(2025, 9, 3), date(2025, 9, 10)),
        ("000002", date(2025, 10, 4), date(2025, 10, 5)),
    ]


def test_class_or_number_and_name_in_one_cell_are_the_reader(tmp_path: Path) -> None:
    people = [("证号", "姓名", "班级"), ("104", "林春", "三（1）班"), ("105", "周夏", "三（2）班")]
    lent = [("借书日期", "借书人", "登记号", "归还日期"), ("2025-9-3", "三（2）班 周夏", "000001", None)]
    lent += [("2025-9-3", "104林春", "000002", None), ("2025-9-4", "周夏", "000003", None)]
    books = [("登记号", "书名"), ("000001", "小河"), ("000002", "大山"), ("000003", "田野")]
    done = taken_over(tmp_path, {"名册": people, "书目": books, "借书": lent})
    loans = done.ledger_set.rows[LoanRow]
    assert [(row.reader_no, row.name) for row in loans] == [("105", "周夏"), ("104", "林春"), ("105", "周夏")]
    assert len(done.ledger_set.rows[ReaderRow]) == 2


def test_a_cell_of_class_and_name_and_one_of_number_and_title_are_told_apart(tmp_path: Path) -> None:
    people = [("证号", "姓名", "班级"), ("104", "林春", "三（1）班"), ("105", "林春", "三（2）班")]
    books = [("登记号", "书名"), ("00001", "小河"), ("00002", "小河"), ("00003", "365夜")]
    lent = [("借书日期", "班级姓名", "图书", "归还"), ("2025-9-3", "三（2）班 林春", "00002小河", None)]
    # The number tells which copy only where it has that title.
    lent += [("2025-9-4", "三（1）班林春", "365夜", None), ("2025-9-4", "三（1）班 林春", "00003小河", None)]
    loans = taken_over(tmp_path, {"名册": people, "书目": books, "借书": lent}).ledger_set.rows[LoanRow]
    assert [(row.reader_no, row.name, row.class_name) for row in loans] == [
        ("105", "林春", "三（2）班"),
        *2 * [("104", "林春", "三（1）班")],
    ]
    assert [(row.accession_no, row.title) for row in loans] == [
        ("00002", "小河"),
        ("00003", "365夜"),
        (None, "00003小河"),
    ]


def test_a_column_that_says_how_loans_ended_is_known_by_its_words(tmp_path: Path) -> None:
    header = ("借书日期", "证号", "姓名", "书名", "还书日期", "情况")
    rows = [("2025-9-3", "1", "林春", "小河", "2025-9-9", "已还"), ("2025-9-3", "2", "周夏", "大山", None, None)]
    rows += [
        ("2025-9-4", "3", "何秋", "田野", "2025-9-20", "丢失"),
        ("2025-9-5", "4", "许冬", "海", "2025-9-9", "已还"),
    ]
    loans = adopted(tmp_path, [header, *rows]).ledger_set.rows[LoanRow]
    assert [row.outcome for row in loans] == [LoanOutcome.RETURNED, None, LoanOutcome.LOST, LoanOutcome.RETURNED]


@pytest.mark.parametrize(("word", "back"), [("借的书", "还书"), ("看了啥", "归还")])
def test_days_and_names_are_a_register_under_whatever_word_the_book_stands(
    tmp_path: Path, word: str, back: str
) -> None:
    rows = [("日期", "班级", "姓名", word, back), ("2025-3-1", "三（1）班", "甲一", "小河", "2025-3-8")]
    done = adopted(tmp_path, [*rows, ("2025-3-9", "三（1）班", "甲一", "大山", "")])
    assert [(loan.accession_no, loan.returned_on) for loan in loans(done)] == [
        ("000001", date(2025, 3, 8)),
        ("000002", None),
    ]
    assert [row.name for row in done.ledger_set.rows[ReaderRow]] == ["甲一"]


def test_who_reads_is_told_by_a_column_of_pupils_and_teachers(tmp_path: Path) -> None:
    rows = [("借书日期", "证号", "姓名", "类型", "书名"), ("2025-3-1", "01", "甲一", "学生", "小河")]
    more = [("2025-3-3", "02", "林老", "教师", "大山"), ("2025-3-3", "03", "丙三", "学生", "田野")]
    done = adopted(tmp_path, [*rows, *more])
    kinds = [row.kind for row in done.ledger_set.rows[ReaderRow]]
    assert kinds == [ReaderKind.PUPIL, ReaderKind.TEACHER, ReaderKind.PUPIL]


def test_who_brought_a_book_back_is_not_who_borrowed_it(tmp_path: Path) -> None:
    rows = [("书名", "借出人", "借出日", "还书人", "还书日"), ("小河", "甲一", "2025-3-1", "乙二", "2025-3-8")]
    (loan,) = loans(adopted(tmp_path, rows))
    assert (loan.name, loan.remarks) == ("甲一", "还书人：乙二")


def test_under_days_another_reader_of_a_title_has_that_copy_only_where_there_is_one(tmp_path: Path) -> None:
    grid = [("2025年秋",), ("姓名", "9.10", "9.17"), ("林春", "小河", None), ("周夏", "大山", None)]
    grid += [("吴秋", None, "小河"), ("郑冬", None, "大山")]
    held = {"书目": [("书名", "册数"), ("小河", 2), ("大山", 1)]}
    on_two_lists = {"书目": BOOKS, "新书": [("登录号", "书名"), ("000004", "小河")]}
    for books in (held, on_two_lists):
        done = taken_over(tmp_path, {**books, "三（1）班": grid})
        assert [(one.name, one.outcome) for one in loans(done)] == [
            *(("林春", None), ("周夏", LoanOutcome.RETURNED), ("吴秋", None), ("郑冬", None)),
        ]
    # Where lines go from number to number, each may be of several.
    spans = [("登记号起止", "书名"), ("000001-000002", "小河"), ("000003", "大山")]
    done = taken_over(tmp_path, {"书目": spans, "三（1）班": grid})
    assert {one.name: one.outcome for one in loans(done)} == dict.fromkeys(("林春", "周夏", "吴秋", "郑冬"))


def test_what_is_counted_under_days_is_no_number_of_a_copy_unless_the_list_speaks_of_lending(tmp_path: Path) -> None:
    books = [("登录号", "书名"), *((f"{number:06}", f"书{number}") for number in range(100, 170))]
    grid = [("姓名", "9.10", "9.17"), ("林春", 120, 135), ("周夏", 101, 144)]
    for title, lent in (("2025年秋跳绳", 0), ("2025年秋借书", 4)):
        done = taken_over(tmp_path, {"书目": books, "三（1）班": [(title,), *grid]})
        assert len(loans(done)) == lent
        assert "一栏一个日期" in done.journal.urgent[0]


def test_what_a_page_adds_up_is_no_loan(tmp_path: Path) -> None:
    header, one = ("日", "姓名", "书名", "还"), ("2025.9.3", "林春", "小河", "2025.9.9")
    ends = [("本页共借",), ("本页共借：", 12), ("本月借书12册，还10册",), ("本页合计", 12), ("过次页", None, 12)]
    done = adopted(tmp_path, [header, *(row for end in ends for row in (one, end))])
    assert len(loans(done)) == len(ends)
    assert (done.journal.counts[What.LOANS].came_in, done.journal.unread) == (len(ends), [])


def test_a_grid_of_weeks_is_told_and_its_numbers_are_kept(tmp_path: Path) -> None:
    books = [("登记号", "书名", "单价"), ("000001", "小河", 10), ("000002", "大山", 12)]
    roster = [("班级", "姓名", "学号"), ("三年级", "林春", "001"), ("三年级", "周夏", "002")]
    grid = [("三年级学生借书表",), ("姓名", "第2周", "第3周"), ("林春", "000001", "000002"), ("周夏", "000002", None)]
    done = taken_over(tmp_path, {"书目": books, "三年级名单": roster, "三年级借书": grid})
    assert [row.remarks for row in done.ledger_set.rows[ReaderRow]] == [
        "第2周：000001；第3周：000002", "第2周：000002",
    ]  # fmt: skip
    assert any("像是一周一栏的借书表" in one for one in done.journal.urgent)


def test_grades_side_by_side_have_their_own_classes_pages_and_days(tmp_path: Path) -> None:
    classes = ("一年级（4人）", None, None, None, "二年级（4人）", None, None)
    roster = [
        classes,
        ("序号", "姓名", "性别", None) * 2,
        *((n, f"甲{one}", "男", None, n, f"乙{one}", "女") for n, one in enumerate("一二三四", 1)),
        ("三年级（1人）", None, None, None, "四年级（1人）", None, None),
        ("序号", "姓名", "性别", None) * 2,
        (1, "丙一", "男", None, 1, "丁一", "女"),
    ]
    header = ("日期", "姓名", "书号", "归还", None) * 2
    register = [
        ("2024年秋季借阅登记（一至二年级）",),
        ("一年级", None, None, None, None, "二年级", None, None, None),
        header,
        ("9月11日", "甲一", 1, "9月18日", None, "9月12日", "乙一", 2, "9月19日"),
        (None, "甲二", 3, "9月18日", None, "小计", "1册", None, None),
        ("小计", "2册", None, None, None, None, None, None, None),
        ("2025年秋季借阅登记（一至二年级）",),
        ("一年级", None, None, None, None, "二年级", None, None, None),
        header,
        ("9月8日", "甲一", 1, "9月15日", None, "9月9日", "乙一", 2, "9月16日"),
        *(
            (day, f"甲{one}", 3, None, None, day, f"乙{one}", 3, None)
            for day, one in ((None, "二"), ("〃", "三"), (None, "四"))
        ),
    ]
    done = taken_over(tmp_path, {"书目": BOOKS, "名册": roster, "借阅": register})
    named = {row.name: row.class_name for row in done.ledger_set.rows[ReaderRow]}
    assert (named["甲一"], named["乙四"], named["丙一"], named["丁一"]) == ("一年级", "二年级", "三年级", "四年级")
    lent = {(loan.name, loan.class_name, str(loan.lent_on), str(loan.returned_on)) for loan in loans(done)}
    assert {
        ("甲一", "一年级", "2024-09-11", "2024-09-18"),
        ("乙一", "二年级", "2024-09-12", "2024-09-19"),
        ("甲一", "一年级", "2025-09-08", "2025-09-15"),
        ("乙一", "二年级", "2025-09-09", "2025-09-16"),
        *((f"甲{one}", "一年级", "2025-09-08", "None") for one in "二三四"),
        *((f"乙{one}", "二年级", "2025-09-09", "None") for one in "二三四"),
    } <= lent


def test_a_page_begins_with_its_own_term_whatever_the_first_was_called(tmp_path: Path) -> None:
    header = ("日期", "姓名", "班级", "书号", "归还")
    rows = [
        ("青山小学2023年秋季借阅登记",),
        header,
        ("9月11日", "甲一", "三（1）班", "000001", "9月18日"),
        ("青山小学2024年春季图书借阅登记",),
        header,
        ("3月4日", "甲一", "三（1）班", "000001", "3月11日"),
    ]
    done = adopted(tmp_path, rows)
    assert [str(loan.lent_on) for loan in loans(done)] == ["2023-09-11", "2024-03-04"]
    assert done.journal.counts[What.LOANS].came_in == 2


def test_a_card_of_a_book_is_kept_in_order_and_says_what_it_is_under_plain_headers(tmp_path: Path) -> None:
    days = [
        ("2023.10.26", "11.2"), ("2024.3.6", "3.13"), ("9.5", "9.12"), ("9.2", "9.9"),
        ("10.16", "10.30"), ("2025.3.4", "3.7"), ("9.3", None),
    ]  # fmt: skip
    card = [("书袋卡",), ("书名：小河", None, "登记号：0001"), ("日期", "姓名", "班级", "还")]
    readers = ["甲一", "乙二", "丙三", "丁四", "戊五", "己六", "庚七"]
    card += [(lent, name, "三（1）班", back) for name, (lent, back) in zip(readers, days, strict=True)]
    card[1] = ("书名：老师回家", None, "登记号：0001")
    roster = [("姓名", "班级"), *((name, "三（1）班") for name in ("庚七", "辛八", "壬九"))]
    done = taken_over(tmp_path, {"花名册": roster, "老师回家": card}, as_of=date(2025, 12, 1))
    assert ReaderKind.TEACHER not in {row.kind for row in done.ledger_set.rows[ReaderRow]}
    assert [(loan.lent_on, loan.returned_on) for loan in sorted(loans(done), key=lambda loan: loan.lent_on)] == [
        (date(2023, 10, 26), date(2023, 11, 2)), (date(2024, 3, 6), date(2024, 3, 13)),
        (date(2024, 9, 2), date(2024, 9, 9)), (date(2024, 9, 5), date(2024, 9, 12)),
        (date(2024, 10, 16), date(2024, 10, 30)), (date(2025, 3, 4), date(2025, 3, 7)), (date(2025, 9, 3), None),
    ]  # fmt: skip


def test_what_is_said_of_all_loans_above_ends_them_and_a_correction_is_told(tmp_path: Path) -> None:
    header = ("日期", "借书人", "班级", "登录号", "书名")
    rows = [
        header,
        ("2023.9.12", "甲一", "三（1）班", "000001", "小河"),
        ("2023.9.13", "乙二", "三（1）班", "000002", "大山"),
        ("2023.9.20", "丙三", "三（1）班", "000001", "小河"),
        ("以上图书2024年1月8日全部归还。",),
        ("2024.3.5", "甲一", "三（1）班", "000003", "田野"),
        ("以上图书应于6月28日归还。",),
        ("更正：9.13 乙二借的是000003号，不是000002号。",),
        ("此页作废",),
    ]
    done = adopted(tmp_path, rows)
    back = "2024-01-08"
    assert sorted((loan.accession_no, str(loan.returned_on or ""), loan.is_open) for loan in loans(done)) == [
        ("000001", "", False), ("000001", back, False), ("000002", back, False), ("000003", "", True),
    ]  # fmt: skip
    assert any("更正、作废的话 2 行" in one for one in done.journal.urgent)


def test_the_number_under_shuhao_is_the_copy_and_a_card_names_its_reader_between_class_and_card(tmp_path: Path) -> None:
    assert reader_over("五年级　尤一 借书卡　（2025年下学期）") == ReaderOver("尤一", None)
    assert reader_over("三（1）班 图书 借阅证") is None
    books = [("登录号", "书名"), ("000001", "小河"), ("000002", "小河")]
    card = [("五年级　尤一　借书卡",), ("借书日期", "书号", "书名"), ("2025.9.3", "2", "小河")]
    done = taken_over(tmp_path, {"书目": books, "尤一": card})
    assert [(loan.name, loan.accession_no) for loan in loans(done)] == [("尤一", "000002")]


def test_a_line_between_the_loans_says_the_year_of_those_below(tmp_path: Path) -> None:
    rows = [
        ("日期", "姓名", "班级", "书名", "还书日期"),
        ("2024年",),
        ("3.5", "甲一", "二年级", "小河", "3.12"),
        ("12.30", "甲一", "三年级", "大山", "1.6"),
        ("2025年春",),
        ("3.6", "甲一", "三年级", "田野", "3.20"),
    ]
    done = adopted(tmp_path, rows)
    assert [(str(row.lent_on), str(row.returned_on)) for row in loans(done)] == [
        ("2024-03-05", "2024-03-12"),
        ("2024-12-30", "2025-01-06"),
        ("2025-03-06", "2025-03-20"),
    ]
    assert done.journal.counts[What.LOANS].came_in == 3


def test_the_year_stands_over_several_classes(tmp_path: Path) -> None:
    rows = [
        ("日期", "姓名", "书名", "还书日期"),
        ("2024年秋",),
        ("三年级",),
        ("9.5", "甲一", "小河", "9.12"),
        ("四年级",),
        ("9.6", "乙二", "大山", "9.12"),
        ("2025年春",),
        ("3.6", "乙二", "田野", "3.20"),
    ]
    done = adopted(tmp_path, rows, as_of=date(2025, 4, 1))
    found = [(row.class_name, str(row.lent_on)) for row in loans(done)]
    assert found == [("三年级", "2024-09-05"), ("四年级", "2024-09-06"), ("四年级", "2025-03-06")]


def test_a_book_called_by_a_year_is_a_book(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": [("书名", "册数"), ("2024年", None), ("小河", 1)]}, held=1)
    assert [row.title for row in copies(done)] == ["2024年", "小河"]


@pytest.mark.parametrize(
    "written", ["赵一鸣（三（1）班）", "赵一鸣(三1)", "赵一鸣 三1班", "赵一鸣-三年级1班", "赵一鸣（301）"]
)
def test_a_class_may_stand_behind_the_name(tmp_path: Path, written: str) -> None:
    roster = [("证号", "姓名", "班级"), ("S1", "赵一鸣", "三（1）班"), ("S2", "赵一鸣", "四（1）班")]
    rows = [("日期", "借书人", "书名"), ("2025-9-3", written, "小河")]
    done = taken_over(tmp_path, {"书目": BOOKS, "名册": roster, "借书": rows})
    assert [(row.reader_no, row.class_name) for row in loans(done)] == [("S1", "三（1）班")]


@pytest.mark.parametrize("written", ["赵一鸣、钱小雨", "赵一鸣（代借）", "赵一鸣 钱小雨"])
def test_what_is_no_class_behind_a_name_is_none(tmp_path: Path, written: str) -> None:
    rows = [("日期", "借书人", "书名"), ("2025-9-3", written, "小河")]
    roster = [("证号", "姓名", "班级"), ("S1", "赵一鸣", "三（1）班")]
    assert not loans(taken_over(tmp_path, {"书目": BOOKS, "名册": roster, "借书": rows}))
