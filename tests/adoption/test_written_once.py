"""Registers that say once, or over the list, what holds for several lines, and loans that two lists state."""

from datetime import date
from pathlib import Path

from adoption.old_lists import loans, record_of, taken_over
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.ledgers.circulation import LoanRow

BOOKS = [("登录号", "书名"), *((f"00000{at}", title) for at, title in enumerate(["小河", "大山", "田野", "星空"], 1))]
CARDS = [("读者证号", "姓名", "班级"), ("1001", "甲一", "三（1）班"), ("1002", "乙二", "三（1）班")]


def days(loan: LoanRow) -> tuple[int, int | None]:
    return loan.lent_on.day, loan.returned_on and loan.returned_on.day


def test_a_day_or_a_reader_written_once_is_that_of_the_lines_below(tmp_path: Path) -> None:
    header = ("日期", "姓名", "班级", "登录号", "书名", "借/还")
    log = [header, ("2025-9-3", "甲一", "三（1）班", "000001", "小河", "借")]
    log += [
        (None, name, "三（1）班", f"00000{at}", title, "借")
        for name, at, title in (("乙二", 2, "大山"), ("乙二", 3, "田野"))
    ]
    log += [
        ("2025-9-4", "甲一", "三（1）班", "000001", "小河", "还"),
        (None, "乙二", "三（1）班", "000002", "大山", "还"),
    ]
    day_once = taken_over(tmp_path, {"书目": BOOKS, "流水": log})
    assert [(loan.name, loan.accession_no, *days(loan)) for loan in loans(day_once)] == [
        ("甲一", "000001", 3, 4), ("乙二", "000002", 3, 4), ("乙二", "000003", 3, None),
    ]  # fmt: skip
    lines = [("姓名", "登录号", "书名", "借书日期", "归还")]
    lines += [("甲一", "000001", "小河", "2025-9-3", "√"), (None, "000002", "大山", "2025-9-9", None)]
    lines += [
        ("乙二", "000003", "田野", "2025-9-3", None),
        (None, "000004", "星空", "2025-9-8", None),
        (None, "000001", "小河", "2025-9-9", None),
    ]
    done = taken_over(tmp_path, {"书目": BOOKS, "三（1）班": lines})
    assert [loan.name for loan in loans(done)] == ["甲一", "甲一", "乙二", "乙二", "乙二"]
    assert any("有 3 行空着，照上面一行的填了" in said for said in done.journal.assumed)


def test_what_stands_once_on_the_parts_of_a_sheet_is_told_once(tmp_path: Path) -> None:
    header = ("日期", "姓名", "登记号")
    page = [(*header, None, *header), ("2025-9-3", "甲一", "000001", None, "2025-9-10", "甲一", "000003")]
    page += [(None, "乙二", f"00001{one}", None, None, "丙三", f"00002{one}") for one in range(3)]
    done = taken_over(tmp_path, {"借阅": page})
    assert [loan.lent_on.day for loan in loans(done)] == [3] * 4 + [10] * 4
    assert sum("有 6 行空着" in said for said in done.journal.assumed) == 1


def test_a_reader_or_a_day_that_was_forgotten_is_not_that_of_the_line_above(tmp_path: Path) -> None:
    header = ("姓名", "班级", "登录号", "书名", "借书日期")
    lines = [("甲一", "三（1）班", "000001", "小河", "2025-9-3"), ("乙二", "三（1）班", "000002", "大山", "2025-9-3")]
    lines += [("甲一", "三（1）班", "000003", "田野", None)] * 3 + [(None, None, "000004", "星空", "2025-9-8")]
    done = taken_over(tmp_path, {"书目": BOOKS, "借阅": [header, *lines]})
    assert [loan.accession_no for loan in loans(done)] == ["000001", "000002"]
    assert done.journal.counts[What.LOANS].aside == 4


def test_a_loan_that_two_lists_state_is_one(tmp_path: Path) -> None:
    header = ("登录号", "书名", "读者证号", "借出时间", "归还时间")
    history = [
        header,
        ("000001", "小河", "1001", "2025-9-3", "2025-9-9"),
        ("000001", "小河", "1001", "2025-9-10", None),
    ]
    history += [("000002", "大山", "1002", "2025-9-3", "2025-9-8")]
    now = [("书名", "姓名", "班级", "借书日期", "应还日期"), ("小河", "甲一", "三（1）班", "2025-9-10", "2025-9-24")]
    # The other end makes it another loan.
    closed = [header, ("000002", "大山", "1002", "2025-9-3", "2025-9-5"), ("000001", "小河", "1001", "2025-9-3", None)]
    done = taken_over(tmp_path, {"书目": BOOKS, "名册": CARDS, "历史": history, "在借": now, "又一份": closed})
    assert sorted((loan.accession_no, *days(loan)) for loan in loans(done)) == [
        ("000001", 3, 9), ("000001", 10, None), ("000002", 3, 5), ("000002", 3, 8),
    ]  # fmt: skip
    assert next(loan.due_on for loan in loans(done) if loan.lent_on.day == 10) == date(2025, 9, 24)
    assert record_of(done, 2, "在借")[0] is RowOutcome.MERGED
    counts = done.journal.counts
    assert [(counts[what].came_in, counts[what].merged, counts[what].aside) for what in (What.LOANS, What.RETURNS)] == [
        (6, 2, 0), (3, 0, 0),
    ]  # fmt: skip


def test_a_register_is_one_by_its_days_and_readers_or_by_what_stands_over_it(tmp_path: Path) -> None:
    books = [("编号", "书名"), *((f"A000{at}", f"书{at}") for at in range(1, 5))]
    by_days = [("借书日期", "班级", "姓名", "书的编号", "还书日期"), ("2025-9-3", "三（1）班", "甲一", "A0001", "未还")]
    by_days += [("2025-9-3", "三（1）班", "乙二", "a0002", "9月9日")]
    corner = [
        ("三（1）班图书角借书单",),
        ("借书人：陈静", None, "借书日期：2025年9月10日"),
        ("编号", "书名", "归还日期"),
    ]
    corner += [("A0003", "书3", "12月8日")]
    month = [("2025年9月借书登记",), ("日", "班级", "姓名", "编号", "书名", "还书时间")]
    month += [("2日", "三（1）班", "甲一", "A0004", "书4", "9月5日")]
    done = taken_over(tmp_path, {"书目": books, "借书": by_days, "图书角": corner, "9月": month})
    assert [(loan.name, loan.accession_no, *days(loan)) for loan in loans(done)] == [
        ("甲一", "A0001", 3, None), ("乙二", "A0002", 3, 9), ("陈静", "A0003", 10, 8), ("甲一", "A0004", 2, 5),
    ]  # fmt: skip
    assert done.journal.counts[What.COPIES].came_in == 4
