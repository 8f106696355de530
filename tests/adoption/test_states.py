"""状态 of an old program: what it says of a copy is kept, counted and asked, and never taken for an author."""

from datetime import date
from pathlib import Path

import pytest

from adoption.old_lists import OPENED_ON, copies, record_of, taken_over
from schoollib_xl.adoption.copies.losses import SEVERAL
from schoollib_xl.adoption.copies.states import CopyState, state_in
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.adoption.unclear.guesses import guesses
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

STATES = ("在馆", "丢失", "剔除", "借出", "修补")


@pytest.mark.parametrize("header", ["状态", "馆藏状态", "如今怎样"])
def test_what_became_of_a_copy_is_kept_counted_and_asked(tmp_path: Path, header: str) -> None:
    words = (*STATES[:4], "在馆")
    rows = [("登录号", "书名", header), *((f"010{at}", f"书{at}", word) for at, word in enumerate(words))]
    done = taken_over(tmp_path, {"书目": rows})
    assert [copy.remarks for copy in copies(done)] == [None, "状态：丢失", "状态：剔除", "状态：借出", None]
    assert [copy.withdrawn_on for copy in copies(done)] == [None, None, date(2025, 8, 31), None, None]
    assert (done.options.opening_day, done.ledger_set.rows[SummaryRow][0].copies) == (OPENED_ON, 4)
    assert ["“剔除”的 1 行记作注销" in one for one in done.journal.urgent] == [True, False, False]
    assert ["“丢失”的 1 行还算在馆藏里" in one for one in done.journal.urgent] == [False, True, False]
    assert "旧表里没有借阅记录" in done.journal.urgent[2]
    assert [guess for table in done.tables for guess in guesses(table)] == []


def test_a_state_nobody_knows_is_said_and_the_register_tells_of_what_is_lent(tmp_path: Path) -> None:
    rows = [("登录号", "书名", "状态"), ("000001", "红岩", "修补"), ("000002", "大山", "借出")]
    lent = [("借书日期", "姓名", "班级", "登录号", "归还日期"), ("2025.9.8", "林小满", "三（1）班", "000002", None)]
    done = taken_over(tmp_path, {"书目": rows, "借阅": lent})
    assert [copy.remarks for copy in copies(done)] == ["状态：修补", "状态：借出"]
    assert done.journal.urgent == []
    said = " ".join(done.journal.assumed)
    assert "“修补”的 1 行不知道算不算在馆" in said
    assert "和借阅记录对一对" in said


def test_ticks_say_what_their_header_asks(tmp_path: Path) -> None:
    rows = [("登录号", "书名", "单价"), *((f"00000{at}", f"书{at}", 9) for at in range(1, 5))]
    seen = [("登录号", "书名", "在架"), ("000001", "书1", "√"), ("000002", "书2", "×"), ("000003", "书3", "缺")]
    done = taken_over(tmp_path, {"书目": rows, "盘点": seen})
    assert [copy.remarks for copy in copies(done)] == [None, "在架：×", "状态：缺", None]
    assert ["“缺”的 1 行还算在馆藏里" in one for one in done.journal.urgent] == [True, False]
    assert "“在架：×”的 1 行是没有看到，还算在馆藏里" in done.journal.urgent[1]
    for said, day in (("√", date(2025, 8, 31)), ("2024.5.6", date(2024, 5, 6))):
        done = taken_over(tmp_path, {"书目": [(*rows[0], "报废"), rows[1], (*rows[2], said)]})
        assert [copy.withdrawn_on for copy in copies(done)] == [None, day]
    # How many copies of a title went is no state.
    counted = [("书名", "册数", "报废"), ("小河", 3, 1), ("大山", 3, 1)]
    assert [copy.withdrawn_on for copy in copies(taken_over(tmp_path, {"书目": counted}))] == [None] * 6


@pytest.mark.parametrize(("header", "is_gone"), [("withdrawn", True), ("itemlost", False), ("是否遗失", False)])
def test_a_flag_of_a_library_program_is_a_state(tmp_path: Path, header: str, is_gone: bool) -> None:
    rows = [("barcode", "title", "price", header), ("000001", "小河", 10, 0), ("000002", "大山", 12, 1)]
    done = taken_over(tmp_path, {"items": rows})
    assert [copy.withdrawn_on is not None for copy in copies(done)] == [False, is_gone]
    assert [copy.remarks for copy in copies(done)] == [None, f"{header}：1"]


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("已注销", CopyState.WRITTEN_OFF),
        ("报废", CopyState.WRITTEN_OFF),
        ("待剔除", None),
        ("遗失，已赔", CopyState.LOST),
        ("丢失赔偿", CopyState.LOST),
        ("未借出", CopyState.HERE),
        ("可外借", CopyState.HERE),
        ("外借", CopyState.OUT),
        ("已还", CopyState.HERE),
        ("林小满", None),
    ],
)
def test_words_about_a_copy(word: str, state: CopyState | None) -> None:
    assert state_in(word) is state


def test_the_day_and_reason_of_a_withdrawal_are_known_by_other_words_too(tmp_path: Path) -> None:
    rows = [
        ("财产号", "书名", "状态", "注销时间", "注销原因"),
        ("000001", "小河", "在馆", None, None),
        ("000002", "大山", "已剔旧", "2024.5.10", "陈旧"),
    ]
    done = taken_over(tmp_path, {"书目": rows})
    assert [copy.withdrawn_on for copy in copies(done)] == [None, date(2024, 5, 10)]
    assert copies(done)[1].remarks == "状态：已剔旧；注销原因：陈旧"


def test_a_header_that_says_what_it_is_elsewhere_is_not_guessed_by_its_cells(tmp_path: Path) -> None:
    rows = [
        ("登记号", "书名", "批准人", "经手人"),
        *((f"00000{at}", f"书{at}", "林小满", "周小麦") for at in (1, 2, 3)),
    ]
    done = taken_over(tmp_path, {"书目": rows})
    assert [guess.standard for table in done.tables for guess in guesses(table)] == []


def test_a_header_that_says_what_is_there_already_is_not_guessed_by_its_cells(tmp_path: Path) -> None:
    rows = [("登记号", "书名", "单价", "实价"), *((f"00000{at}", f"书{at}", "10", "8") for at in (1, 2, 3))]
    done = taken_over(tmp_path, {"书目": rows})
    assert [guess.standard for table in done.tables for guess in guesses(table)] == []


@pytest.mark.parametrize(("present", "said"), [(2, "现存比册数少的有 1 行"), (3, ""), (4, "现存比册数多的有 1 行")])
def test_copies_still_there_that_differ_are_said_first(tmp_path: Path, present: int, said: str) -> None:
    rows = [("登录号起止", "题名", "册数", "现存"), ("000001-000003", "小河", 3, present)]
    done = taken_over(tmp_path, {"书目": rows})
    assert [one.startswith(said) for one in done.journal.urgent] == ([True] if said else [])
    assert len(copies(done)) == 3


def test_what_a_list_withdraws_by_title_is_gone_where_no_other_copy_can_be_meant(tmp_path: Path) -> None:
    books = [("书名", "册数", "定价"), ("小河", 2, "8"), ("大山", 1, "9"), ("田野", 3, "9")]
    header = ("注销时间", "书名", "册数", "原因", "批准人")
    gone = [header, ("2025.6.27", "小河", 2, "缺页", "高志远")]
    handled = [("时间", "书名", "册数", "处理意见"), ("2025.6.27", "大山", 1, "注销")]
    done = taken_over(tmp_path, {"目录": books, "注销清单": gone, "缺损图书处理表": handled})
    day = date(2025, 6, 27)
    assert [(copy.title, copy.withdrawn_on) for copy in copies(done)] == [
        *[("小河", day)] * 2, ("大山", None), *[("田野", None)] * 3
    ]  # fmt: skip
    rows = done.ledger_set.rows[WithdrawalRow]
    assert [(row.accession_no, row.withdrawn_on, row.approved_by) for row in rows] == [
        (number, day, "高志远") for number in ("000001", "000002")
    ]
    assert any("处理、清理或下架的 1 张" in said for said in done.journal.urgent)


def test_of_copies_without_numbers_any_so_many_are_gone(tmp_path: Path) -> None:
    books = [("书名", "册数", "定价"), ("田野", 4, "9")]
    header = ("注销时间", "书名", "册数", "原因")
    gone = [header, ("2025.6.27", "田野", 1, "虫蛀"), ("2025.6.28", "田野", 2, "缺页")]
    done = taken_over(tmp_path, {"目录": books, "注销清单": gone})
    assert [copy.withdrawn_on for copy in copies(done)] == [date(2025, 6, 27), *[date(2025, 6, 28)] * 2, None]
    rows = done.ledger_set.rows[WithdrawalRow]
    assert [(row.accession_no, row.reason) for row in rows] == [
        (f"00000{number}", WithdrawalReason.WORN_OUT) for number in (1, 2, 3)
    ]
    first = "第一处《旧账.xlsx》注销清单 第 2 行，4 册里的 000001"
    assert any(first in said and "都没有登记号" in said for said in done.journal.assumed)


def test_of_copies_without_numbers_no_more_are_gone_than_there_are(tmp_path: Path) -> None:
    books = [("书名", "册数", "定价"), ("田野", 3, "9")]
    gone = [("注销时间", "书名", "册数", "原因"), ("2025.6.27", "田野", 2, "虫蛀"), ("2025.6.28", "田野", 2, "缺页")]
    done = taken_over(tmp_path, {"目录": books, "注销清单": gone})
    assert [copy.withdrawn_on is not None for copy in copies(done)] == [True, True, True]
    assert "；".join(done.journal.urgent).count("只有 1 册") == 1


def test_of_copies_with_numbers_those_of_the_lowest_that_are_free_are_gone(tmp_path: Path) -> None:
    books = [("登记号", "书名"), ("0003", "田野"), ("0002", "田野"), ("0001", "田野"), ("0004", "大山")]
    gone = [("注销时间", "书名", "册数", "原因"), ("2025.6.27", "田野", 1, "虫蛀"), ("2025.6.28", "田野", 1, "缺页")]
    readers = [("借书证号", "姓名", "班级"), ("1001", "甲一", "三（1）班")]
    lent = [("登记号", "借书证号", "借书日期", "还书日期"), ("0001", "1001", "2025-06-20", None)]
    done = taken_over(tmp_path, {"目录": books, "注销清单": gone, "读者": readers, "借阅": lent})
    assert {copy.accession_no: copy.withdrawn_on for copy in copies(done)} == {
        "0001": None,
        "0002": date(2025, 6, 27),
        "0003": date(2025, 6, 28),
        "0004": None,
    }
    rows = done.ledger_set.rows[WithdrawalRow]
    assert [(row.accession_no, row.title) for row in rows] == [
        ("0002", "田野"), ("0003", "田野")
    ]  # fmt: skip
    assert any("只写书名的 2 行" in one and "3 册里的 0002" in one for one in done.journal.assumed)
    assert done.ledger_set.rows[LoanRow][0].accession_no == "0001"


def test_of_numbered_copies_without_so_many_free_ones_nobody_says_which_are_gone(tmp_path: Path) -> None:
    books = [("登记号", "书名", "ISBN"), ("0001", "田野", ""), ("0002", "田野", "")]
    gone = [("注销时间", "书名", "原因"), ("2025.6.27", "田野", "虫蛀")]
    readers = [("借书证号", "姓名", "班级"), ("1001", "甲一", "三（1）班")]
    lent = [
        ("登记号", "借书证号", "借书日期", "还书日期"),
        *((no, "1001", "2025-06-20", None) for no in ("0001", "0002")),
    ]
    done = taken_over(tmp_path, {"目录": books, "注销清单": gone, "读者": readers, "借阅": lent})
    assert [copy.withdrawn_on for copy in copies(done)] == [None, None]
    assert record_of(done, 2, "注销清单") == (RowOutcome.ASIDE, SEVERAL.format(word="注销", copies=2))


def test_of_two_books_of_one_title_nobody_says_which_is_gone_but_by_its_price(tmp_path: Path) -> None:
    books = [
        ("登记号", "书名", "作者", "单价"),
        ("0001", "田野", "乙", 8),
        ("0002", "田野", "乙", 8),
        ("0003", "田野", "甲", 9),
    ]
    gone = [("注销时间", "书名", "单价"), ("2025.6.27", "田野", ""), ("2025.6.28", "田野", 9)]
    done = taken_over(tmp_path, {"目录": books, "注销清单": gone})
    assert [copy.withdrawn_on for copy in copies(done)] == [None, None, date(2025, 6, 28)]
    assert record_of(done, 2, "注销清单")[0] is RowOutcome.ASIDE


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2025.6", date(2025, 6, 30)),
        ("2024年2月", date(2024, 2, 29)),
        ("2023年", date(2023, 12, 31)),
        ("2025-10", date(2025, 10, 8)),
        ("√", date(2025, 8, 31)),
        ("已注销", date(2025, 8, 31)),
        ("丢失", None),
        ("否", None),
    ],
)
def test_a_copy_that_went_on_no_certain_day_went_all_the_same(tmp_path: Path, cell: str, day: date | None) -> None:
    rows = [
        ("登记号", "书名", "注销日期"),
        ("0001", "小河", None),
        ("0002", "大山", cell),
        ("0003", "田野", "2024-3-1"),
    ]
    done = taken_over(tmp_path, {"书目": rows})
    assert [copy.withdrawn_on for copy in copies(done)] == [None, day, date(2024, 3, 1)]
    assert any(cell in said for said in [*done.journal.urgent, *done.journal.assumed]) == (cell != "否")
    assert cell in (copies(done)[1].remarks or "")
