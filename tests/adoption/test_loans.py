"""Loan lists and event logs."""

from datetime import date
from itertools import permutations
from pathlib import Path
from unittest.mock import patch

import pytest

from adoption.old_lists import Rows, record_of, taken_over, times
from schoollib_xl.adoption.adopting import Adoption
from schoollib_xl.adoption.forms.headers import HeaderFinder
from schoollib_xl.adoption.forms.tables import CLOSING
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.lending import events, loans
from schoollib_xl.adoption.transforms import (
    COPY_BY_BARCODE,
    COPY_BY_TITLE,
    DUE_BY_RULE,
    LOWEST_COPY,
    PAIRED,
    READER_FOUND,
    RETURNED,
)
from schoollib_xl.adoption.unclear.guesses import guessed_kind, guesses
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import LoanOutcome

BOOKS = [
    ("登录号", "书名", "条码号", "分类号"),
    ("000001", "城南旧事", "QH01", "I246.5"),
    ("000002", "草房子", "QH02", "I287.45"),
    ("000003", "草房子", "QH03", "I287.45"),
]
READERS = [
    ("学号", "姓名", "班级"),
    ("S1", "林小满", "三（1）班"),
    ("S2", "周小麦", "三（1）班"),
    ("S3", "周小麦", "三（2）班"),
]
LOG_HEADER = ("日期", "操作", "读者证号", "登录号")


def adopted(folder: Path, name: str, rows: Rows) -> Adoption:
    return taken_over(folder, {"书目": BOOKS, "名册": READERS, name: rows})


def rows_of(adoption: Adoption) -> list[LoanRow]:
    found: list[LoanRow] = adoption.ledger_set.rows.get(LoanRow, [])
    return found


def test_a_year_of_two_figures_makes_no_day_to_come_of_one_gone_by(tmp_path: Path) -> None:
    header = ("登录号", "借书证号", "借书日期", "应还日期", "还书日期")
    days = [("27-3-5", "27-4-5", None), ("25-9-5", "27-3-5", None), ("25-9-5", "26-3-5", "25-9-30")]
    done = adopted(tmp_path, "借阅", [header, *((at, "S1", *one) for at, one in enumerate(days, 1))])
    assert record_of(done, 2, "借阅") == (RowOutcome.ASIDE, loans.UNDATED)
    assert [(row.lent_on, row.returned_on) for row in rows_of(done)] == [
        (date(2025, 9, 5), None),
        (date(2025, 9, 5), date(2025, 9, 30)),
    ]
    unread = [(one.header, one.text) for one in done.journal.unread]
    assert unread == [("借书日期", "27-3-5"), ("应还日期", "27-4-5"), ("应还日期", "27-3-5")]


def test_a_year_that_is_a_slip_tells_no_other(tmp_path: Path) -> None:
    rows = [
        ("登录号", "借书证号", "借书日期"),
        (1, "S1", "2035-9-3"),
        (2, "S1", "9月5日"),
        (1, "S1", "2025-9-8"),
        (2, "S1", "9.9"),
    ]
    days = [row.lent_on for row in rows_of(adopted(tmp_path, "借阅", rows))]
    assert days == [date(2035, 9, 3), date(2025, 9, 5), date(2025, 9, 8), date(2025, 9, 9)]


def test_a_loan_list_is_taken_over_with_what_follows_from_it(tmp_path: Path) -> None:
    rows = [("借书日期", "借书证号", "姓名", "登录号", "还书日期"), ("2025.9.8", "S1", "林小满", 1, "2025-9-15")]
    done = adopted(tmp_path, "借阅", rows)
    (loan,) = rows_of(done)
    assert (loan.loan_no, loan.lent_on, loan.accession_no) == ("J000001", date(2025, 9, 8), "000001")
    assert (loan.due_on, loan.returned_on, loan.outcome) == (date(2025, 9, 22), date(2025, 9, 15), LoanOutcome.RETURNED)
    assert (times(done, DUE_BY_RULE), times(done, RETURNED)) == (1, 1)


def test_readers_and_copies_are_found_by_what_the_list_has(tmp_path: Path) -> None:
    rows = [
        ("借书日期", "姓名", "班级", "书名", "条码"),
        ("2025-9-8", "林小满", "三(1)班", "城南旧事", None),
        ("2025-9-9", "周小麦", "三（2）班", "草房子", "QH03"),
    ]
    done = adopted(tmp_path, "借阅", rows)
    assert [(loan.reader_no, loan.accession_no) for loan in rows_of(done)] == [("S1", "000001"), ("S3", "000003")]
    assert (times(done, READER_FOUND), times(done, COPY_BY_TITLE), times(done, COPY_BY_BARCODE)) == (2, 1, 1)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (("去年秋天", "S1", "林小满", "000001"), loans.UNDATED),
        (("2025-9-8", None, "周小麦", "000001"), events.NO_READER),
        (("2025-9-8", "S1", "林小满", None), events.NO_BOOK),
    ],
)
def test_a_loan_nobody_can_make_out_is_set_aside(tmp_path: Path, line: tuple[str, ...], reason: str) -> None:
    done = adopted(tmp_path, "借阅", [("借书日期", "借书证号", "姓名", "登录号"), line])
    assert record_of(done, 2, "借阅") == (RowOutcome.ASIDE, reason)
    assert rows_of(done) == []


def test_lending_and_returning_are_paired_into_one_loan(tmp_path: Path) -> None:
    log = [LOG_HEADER, ("2025-9-8", "借书", "S1", "000001"), ("2025-9-30", "还书", "S1", "000001")]
    done = adopted(tmp_path, "流水", log)
    (loan,) = rows_of(done)
    assert (loan.lent_on, loan.returned_on, loan.outcome) == (date(2025, 9, 8), date(2025, 9, 30), LoanOutcome.RETURNED)
    assert record_of(done, 3, "流水") == (RowOutcome.MERGED, "借阅登记账 J000001")
    assert times(done, PAIRED) == 1


def test_a_late_return_is_a_loan_like_any_other(tmp_path: Path) -> None:
    log = [LOG_HEADER, ("2025-9-8", "借书", "S1", "000001"), ("2025-12-30", "还书", "S1", "000001")]
    (loan,) = rows_of(adopted(tmp_path, "流水", log))
    assert loan.returned_on is not None
    assert loan.returned_on > loan.due_on


def test_a_lost_book_closes_its_loan_as_lost(tmp_path: Path) -> None:
    log = [LOG_HEADER, ("2025-9-8", "借书", "S1", "000001"), ("2025-9-20", "丢书", "S1", "000001")]
    (loan,) = rows_of(adopted(tmp_path, "流水", log))
    assert (loan.outcome, loan.returned_on) == (LoanOutcome.LOST, date(2025, 9, 20))


def test_a_renewal_is_counted_on_its_loan(tmp_path: Path) -> None:
    log = [LOG_HEADER, ("2025-9-8", "借书", "S1", "000001"), ("2025-9-20", "续借", "S1", "000001")]
    done = adopted(tmp_path, "流水", log)
    (loan,) = rows_of(done)
    assert (loan.renewals, loan.is_open) == (1, True)
    assert record_of(done, 3, "流水")[0] is RowOutcome.MERGED


def test_a_copy_lent_again_while_open_leaves_the_first_loan_aside(tmp_path: Path) -> None:
    log = [
        LOG_HEADER,
        ("2025-9-8", "借书", "S1", "000001"),
        ("2025-9-20", "借书", "S2", "000001"),
        ("2025-9-25", "还书", "S2", "000001"),
    ]
    done = adopted(tmp_path, "流水", log)
    (loan,) = rows_of(done)
    assert (loan.reader_no, loan.returned_on) == ("S2", date(2025, 9, 25))
    assert record_of(done, 2, "流水") == (RowOutcome.ASIDE, events.NEVER_RETURNED.format(day="2025-09-20"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (("2025-9-8", "还书", "S1", "000001"), events.NOT_LENT),
        (("2025-9-8", "丢书", "S1", "000001"), events.NOT_LENT),
        (("某日", "借书", "S1", "000001"), events.UNDATED),
        (("2025-9-8", "预约", "S1", "000001"), events.UNCLEAR),
        (("2025-9-8", "借书", None, "000001"), events.NO_READER),
        (("2025-9-8", "借书", "S1", None), events.NO_BOOK),
    ],
)
def test_an_event_that_belongs_to_no_loan_is_set_aside(tmp_path: Path, line: tuple[str, ...], reason: str) -> None:
    done = adopted(tmp_path, "流水", [LOG_HEADER, line])
    assert record_of(done, 2, "流水") == (RowOutcome.ASIDE, reason)


def test_a_return_on_another_card_is_not_that_loans(tmp_path: Path) -> None:
    log = [LOG_HEADER, ("2025-9-8", "借书", "S1", "000001"), ("2025-9-20", "还书", "S2", "000001")]
    done = adopted(tmp_path, "流水", log)
    (loan,) = rows_of(done)
    assert (loan.reader_no, loan.is_open) == ("S1", True)
    assert record_of(done, 3, "流水") == (RowOutcome.ASIDE, events.NOT_LENT)


def test_events_out_of_order_are_paired_by_their_days(tmp_path: Path) -> None:
    log = [LOG_HEADER, ("2025-9-15", "还书", "S1", "000001"), ("2025-9-8", "借书", "S1", "000001")]
    (loan,) = rows_of(adopted(tmp_path, "流水", log))
    assert (loan.lent_on, loan.returned_on) == (date(2025, 9, 8), date(2025, 9, 15))


NEWEST_FIRST = [
    ("时间", "姓名", "读者证号", "动作", "登录号"),
    ("2025-03-06 16:30:00", "周小麦", "S2", "还书", "000001"),
    ("2025-03-06 16:10:00", "周小麦", "S2", "借书", "000001"),
    ("2025-03-05 12:40:00", "林小满", "S1", "还书", "000001"),
    ("2025-03-05 12:10:00", "林小满", "S1", "借书", "000001"),
]


@pytest.mark.parametrize("order", list(permutations(range(1, 5))))
def test_a_log_with_times_may_stand_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    done = adopted(tmp_path, "流水", [NEWEST_FIRST[0], *(NEWEST_FIRST[line] for line in order)])
    assert [(loan.reader_no, loan.lent_on, loan.returned_on) for loan in rows_of(done)] == [
        ("S1", date(2025, 3, 5), date(2025, 3, 5)),
        ("S2", date(2025, 3, 6), date(2025, 3, 6)),
    ]


@pytest.mark.parametrize("lines", [[2, 1, 0], [0, 1, 2], [1, 2, 0]])
def test_of_one_day_without_times_a_copy_comes_back_before_it_goes_out_again(tmp_path: Path, lines: list[int]) -> None:
    log = [
        ("2025-9-8", "借书", "S1", "000001"),
        ("2025-9-20", "还书", "S1", "000001"),
        ("2025-9-20", "借书", "S2", "000001"),
    ]
    done = adopted(tmp_path, "流水", [LOG_HEADER, *(log[line] for line in lines)])
    assert [(loan.reader_no, loan.returned_on) for loan in rows_of(done)] == [("S1", date(2025, 9, 20)), ("S2", None)]


@pytest.mark.parametrize("by", ["书名", "ISBN"])
def test_of_several_copies_the_lowest_one_that_is_free_is_taken(tmp_path: Path, by: str) -> None:
    books = [
        ("登录号", "书名", "ISBN"),
        ("000007", "草房子", "9787020024759"),
        ("000009", "草房子", "9787020024759"),
    ]
    said = {"书名": "草房子", "ISBN": "978-7-02-002475-9"}[by]
    register = [
        ("借书日期", "借书证号", by, "还书日期"),
        ("2025-9-8", "S1", said, "2025-9-12"),
        ("2025-9-10", "S2", said, None),
        ("2025-9-12", "S3", said, None),
        ("2025-9-13", "S1", said, None),
    ]
    done = taken_over(tmp_path, {"书目": books, "名册": READERS, "登记簿": register})
    assert [(loan.reader_no, loan.accession_no) for loan in rows_of(done)] == [
        ("S1", "000007"),
        ("S2", "000009"),
        ("S3", "000007"),
        ("S1", None),
    ]
    assert times(done, LOWEST_COPY) == 3
    # With all copies out a loan is one all the same, of which nobody can tell the copy.
    assert rows_of(done)[-1].title == "草房子"
    assert loans.ALL_OUT.format(count=1, first="《旧账.xlsx》登记簿 第 5 行") in done.journal.urgent
    counted = done.journal.counts[What.LOANS]
    assert (counted.came_in, counted.aside) == (4, 0)


def test_a_register_with_a_column_of_copies_is_a_register(tmp_path: Path) -> None:
    books = [("登录号", "书名"), ("000001", "小河"), ("000002", "小河"), ("000003", "小河")]
    register = [
        ("日期", "借书班级", "借书人", "书名", "册数", "借书证", "还书日期", "经手人"),
        ("2025-03-05", "四（3）班", "甲一", "小河", "2", "1001", "2025-03-12", "丙"),
    ]
    done = taken_over(tmp_path, {"书目": books, "登记簿": register})
    assert [(loan.accession_no, loan.reader_no, loan.class_name) for loan in rows_of(done)] == [
        ("000001", "1001", "四（3）班"),
        ("000002", "1001", "四（3）班"),
    ]


def test_a_loan_of_a_book_nobody_listed_is_kept_without_its_number(tmp_path: Path) -> None:
    register = [("借书日期", "借书证号", "书名"), ("2025-9-8", "S1", "没有的书")]
    done = adopted(tmp_path, "登记簿", register)
    (loan,) = rows_of(done)
    assert (loan.title, loan.accession_no) == ("没有的书", None)
    assert any("借的书在书目里没有的 1 笔" in said for said in done.journal.urgent)


@pytest.mark.parametrize(
    ("held", "lent"),
    [
        ("西游记（少儿版）", "西游记(少儿版)"),
        ("小河：水的一生", "小河:水的一生"),
        ("“小河”的歌", '"小河"的歌'),
        ("居里夫人·传", "居里夫人・传"),
        ("ABC的故事——上", "ＡＢＣ的故事--上"),
        ("谁在敲门？", "谁在敲门?"),
    ],
)
def test_a_title_is_the_same_whatever_the_width_of_its_signs(held: str, lent: str, tmp_path: Path) -> None:
    lists = {"书目": [("登录号", "书名"), ("000007", held)], "借阅": [("借书日期", "借书证号", "书名")]}
    lists["借阅"] += [("2025-9-8", "S1", lent), ("2025-9-9", "S2", "另一本书")]
    done = taken_over(tmp_path, lists)
    assert [loan.accession_no for loan in rows_of(done)] == ["000007", None]
    assert sum("借的书在书目里没有的 1 笔" in said for said in done.journal.urgent) == 1


def test_registers_of_classes_one_below_the_other_are_each_their_own(tmp_path: Path) -> None:
    header = ("姓名", "书名", "借书日期")
    rows = [("三（1）班借阅登记",), header, ("周小麦", "城南旧事", "2025-9-8")]
    rows += [
        ("三（2）班借阅登记",),
        header,
        ("周小麦", "草房子", "2025-9-8"),
        ("周小麦", "三（1）班的故事", "2025-9-9"),
    ]
    found = [(loan.reader_no, loan.class_name) for loan in rows_of(adopted(tmp_path, "登记簿", rows))]
    assert found == [("S2", "三（1）班"), ("S3", "三（2）班"), ("S3", "三（2）班")]


def test_a_paper_register_is_read_as_it_stands(tmp_path: Path) -> None:
    register = [
        ("三（1）班 2025年3月借阅登记",),
        ("日期", "姓名", "书名", "还书日期"),
        ("3.5", "林小满", "城南旧事", "3.12"),
        ("〃", "周小麦", "草房子", "4月10日"),
        ("12日", "林小满", "〃", None),
        ("0314", "林小满", "城南旧事", 321),
        ("结束", None, None, None),
    ]
    done = adopted(tmp_path, "登记簿", register)
    assert [(loan.lent_on, loan.reader_no, loan.title, loan.returned_on) for loan in rows_of(done)] == [
        (date(2025, 3, 5), "S1", "城南旧事", date(2025, 3, 12)),
        (date(2025, 3, 5), "S2", "草房子", date(2025, 4, 10)),
        (date(2025, 3, 12), "S1", "草房子", None),
        (date(2025, 3, 14), "S1", "城南旧事", date(2025, 3, 21)),
    ]


def test_due_dates_of_a_year_that_is_over_are_not_moved(tmp_path: Path) -> None:
    rows = [("借书日期", "借书证号", "登录号"), ("2026-03-05", "S1", "000001"), ("2026-06-22", "S2", "000002")]
    sheets = {"书目": BOOKS, "名册": READERS, "借阅": rows}
    done = taken_over(tmp_path, sheets, as_of=date(2026, 9, 10))
    assert [loan.due_on for loan in rows_of(done)] == [date(2026, 3, 19), date(2026, 7, 6)]


@pytest.mark.parametrize(
    ("header", "cell", "choices", "days"),
    [
        ("还书期限", "15", {}, 15),
        ("应还日期", "2025-9-18", {}, 10),
        ("备注", "", {"days": 20}, 20),
        ("备注", "", {}, 14),
    ],
)
def test_the_days_of_a_loan_are_what_the_old_system_or_the_option_says(
    tmp_path: Path, header: str, cell: str, choices: dict[str, int], days: int
) -> None:
    rows = [("借书日期", "借书证号", "登录号", header), ("2025-9-8", "S1", "000001", cell)]
    done = taken_over(tmp_path, {"书目": BOOKS, "名册": READERS, "借阅": rows}, **choices)
    assert done.ledger_set.rows[LendingRule][0].days == days


def test_a_day_without_any_year_says_what_is_missing(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"借书": [("日期", "班级", "姓名", "书名"), ("9.5", "三（1）班", "甲一", "小河")]})
    assert record_of(done, 2) == (RowOutcome.ASIDE, loans.YEARLESS)


def test_a_number_that_may_be_two_days_says_so(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"2025年10月": [("日期", "班级", "姓名", "书名"), (10.1, "三（1）班", "甲一", "小河")]})
    assert record_of(done, 2) == (RowOutcome.ASIDE, loans.DOUBTFUL.format(text="10.1"))


RETURNS_HEADER = ("借书日期", "借书证号", "姓名", "登录号", "归还日期")


@pytest.mark.parametrize(
    ("written", "outcome", "day", "remarks"),
    [
        *((tick, LoanOutcome.RETURNED, None, None) for tick in ("√", "已还", "还了", "已归还。", "V", "还清")),
        ("已还，破损", LoanOutcome.RETURNED, None, "归还日期原记 已还，破损"),
        ("9月12日还", LoanOutcome.RETURNED, date(2025, 9, 12), None),
        ("已还2025.9.12", LoanOutcome.RETURNED, date(2025, 9, 12), None),
        ("2025年9月", LoanOutcome.RETURNED, None, "归还日期原记 2025年9月"),
        ("丢失", LoanOutcome.LOST, None, None),
        ("丢了，已赔", LoanOutcome.LOST, None, "归还日期原记 丢了，已赔"),
        ("2025.9.12丢了", LoanOutcome.LOST, date(2025, 9, 12), None),
        *((word, None, None, None) for word in ("未还", "还没还", "×", "否", None)),
    ],
)
def test_a_tick_or_a_word_in_the_column_of_returns_says_how_the_loan_ended(
    tmp_path: Path, written: str | None, outcome: LoanOutcome | None, day: date | None, remarks: str | None
) -> None:
    done = adopted(tmp_path, "借阅", [RETURNS_HEADER, ("2025.9.8", "S1", "林小满", 1, written)])
    (loan,) = rows_of(done)
    assert (loan.outcome, loan.returned_on, loan.remarks) == (outcome, day, remarks)
    counted = done.journal.counts[What.RETURNS]
    assert (counted.came_in, counted.aside) == (outcome is not None, 0)


@pytest.mark.parametrize(
    "word", ["转学", "下周还", "还1本", "没丢", "丢了又找到", "损坏，已赔", "已还，未还", "3.12前还", 1]
)
@pytest.mark.parametrize("header", ["归还日期", "归还情况"])
def test_a_word_about_the_return_that_nobody_understands_is_no_loan_still_out(
    tmp_path: Path, word: str | int, header: str
) -> None:
    rows = [(*RETURNS_HEADER[:-1], header), ("2025.9.8", "S1", "林小满", 1, word)]
    done = adopted(tmp_path, "借阅", rows)
    assert rows_of(done) == []
    assert record_of(done, 2, "借阅") == (RowOutcome.ASIDE, loans.UNCLEAR_END.format(text=word))
    counted = done.journal.counts[What.RETURNS]
    assert (counted.came_in, counted.aside) == (1, 1)


def test_another_column_tells_what_a_word_does_not(tmp_path: Path) -> None:
    header = (*RETURNS_HEADER, "归还情况")
    rows = [header, ("2025.9.8", "S1", "林小满", 1, "转学", "已还"), ("2025.9.9", "S2", "周小麦", 2, "9月12日", "破损")]
    done = adopted(tmp_path, "借阅", rows)
    assert [loan.outcome for loan in rows_of(done)] == [LoanOutcome.RETURNED] * 2
    assert [loan.remarks for loan in rows_of(done)] == ["归还日期原记 转学", "归还情况原记 破损"]


def test_a_copy_that_came_back_nobody_knows_when_may_be_lent_again(tmp_path: Path) -> None:
    header = ("借书日期", "借书证号", "姓名", "书名", "归还日期")
    rows = [header, ("2025.9.8", "S1", "林小满", "城南旧事", "√"), ("2025.9.15", "S2", "周小麦", "城南旧事", "已还")]
    done = adopted(tmp_path, "借阅", rows)
    assert [loan.accession_no for loan in rows_of(done)] == ["000001", "000001"]


def test_what_came_back_nobody_knows_when_is_told_once(tmp_path: Path) -> None:
    rows = [RETURNS_HEADER, ("2025.9.8", "S1", "林小满", 1, "√"), ("2025.9.9", "S2", "周小麦", 2, "丢失")]
    (said,) = [one for one in adopted(tmp_path, "借阅", rows).journal.assumed if "没写哪天的 2 笔" in one]
    assert "借阅 第 2 行" in said


@pytest.mark.parametrize(("lent", "back"), [("借", "还"), ("借书", "还书"), ("借阅", "归还")])
def test_a_register_may_head_its_days_with_one_word_each(tmp_path: Path, lent: str, back: str) -> None:
    rows = [
        ("三（1）班借书", None, None, None),
        ("借书人", "书名", lent, back),
        ("林小满", "城南旧事", "2025.9.8", "2025.9.15"),
        ("周小麦", "草房子", "2025.9.9", None),
        ("共2人次", None, None, None),
    ]
    done = adopted(tmp_path, "借书", rows)
    assert [(loan.name, loan.lent_on, loan.returned_on) for loan in rows_of(done)] == [
        ("林小满", date(2025, 9, 8), date(2025, 9, 15)),
        ("周小麦", date(2025, 9, 9), None),
    ]
    assert record_of(done, 5, "借书") == (RowOutcome.ASIDE, CLOSING)
    assert (done.journal.counts[What.LOANS].came_in, done.journal.counts[What.LOANS].aside) == (2, 0)


def test_registers_side_by_side_with_one_word_headers_are_two_registers(tmp_path: Path) -> None:
    half = ("借书人", "书名", "借", "还")
    line = ("林小满", "城南旧事", "2025.9.8", "2025.9.15", "周小麦", "草房子", "2025.9.9", None)
    done = adopted(tmp_path, "三（1）班", [("三（1）班", *[None] * 7), (*half, *half), line])
    assert [(loan.name, loan.returned_on) for loan in rows_of(done)] == [
        ("林小满", date(2025, 9, 15)),
        ("周小麦", None),
    ]


@pytest.mark.parametrize("lent", ["借出日期", "日期"])
def test_the_word_for_a_return_beside_the_day_of_the_loan_is_the_day_of_it(tmp_path: Path, lent: str) -> None:
    rows = [("借书人", "书名", lent, "还"), ("林小满", "城南旧事", "2025.9.8", "2025.9.15")]
    (loan,) = rows_of(adopted(tmp_path, "本子", rows))
    assert (loan.lent_on, loan.returned_on) == (date(2025, 9, 8), date(2025, 9, 15))


def test_tables_side_by_side_that_nobody_knows_are_offered_as_nothing(tmp_path: Path) -> None:
    half = ("谁", "啥", "哪天")
    rows = [
        (*half, *half),
        *[("林小满", f"城南旧事{n}", "2025.9.8", "周小麦", f"草房子{n}", "2025.9.9") for n in "甲乙丙"],
    ]
    (table,) = [table for table in adopted(tmp_path, "本子", rows).tables if table.sheet == "本子"]
    assert (guessed_kind(table), guesses(table)) == (None, [])


def test_a_renewal_in_words_counts_and_moves_the_due_date(tmp_path: Path) -> None:
    rows = [
        ("借书日期", "借书证号", "姓名", "登录号", "续借"),
        ("2025.9.8", "S1", "林小满", "000001", "9月22日续"),
        ("2025.9.8", "S1", "林小满", "000002", "问过老师"),
    ]
    done = adopted(tmp_path, "借阅", rows)
    # Two terms of 14 days end in the National Day holidays.
    renewed, unclear = rows_of(done)
    assert (renewed.renewals, renewed.due_on, unclear.renewals) == (1, date(2025, 10, 9), None)
    assert ["续借一栏看不懂的 1 行" in one and "问过老师" in one for one in done.journal.urgent] == [True]


@pytest.mark.parametrize(
    ("books", "chosen"),
    [(["草房子", "草房子"], 2), (["草房子", "城南旧事"], 1), (["城南旧事"], 0), (["没有的书"], 0)],
)
def test_how_many_copies_were_chosen_is_said_on_the_screen(tmp_path: Path, books: list[str], chosen: int) -> None:
    lines = [("2025.9.8", f"S{at}", book, "2025.9.9") for at, book in enumerate(books, 1)]
    done = adopted(tmp_path, "借阅", [("借书日期", "借书证号", "书名", "还书日期"), *lines])
    said = [loans.CHOSEN.format(loans=chosen)] if chosen else []
    assert [line for line in done.journal.assumed if "号最小的一册" in line] == said


def test_rows_of_a_log_are_tried_as_headers_by_kinds_that_know_their_words_only(tmp_path: Path) -> None:
    """借书 and 三（1）班 end as headers do, so that every row is tried: 5,000 lines took a minute for 30 kinds each."""
    header = ("时间", "借书证号", "姓名", "班级", "动作", "书名")
    log = [("2025-09-01 12:00", f"{line}", "甲一", "三（1）班", "借书", f"小河{line}") for line in range(100)]
    with patch.object(HeaderFinder, "columns", autospec=True, side_effect=HeaderFinder.columns) as asked:
        taken_over(tmp_path, {"流水": [header, *log]})
    assert asked.call_count < 10 * len(log)


def test_a_number_just_given_to_another_book_is_not_the_one_a_loan_means(tmp_path: Path) -> None:
    books = [("书名", "单价", "册数"), ("小河", 10, 2), ("大山", 12, 1)]
    header = ("借书人", "班级", "登记号", "书名", "借出日期", "归还日期")
    said = [("000002", "田野"), ("000002", "大山"), ("000001", "《小河》"), ("000002", None)]
    register = [header, *(("甲一", "三（1）班", *one, "2025.9.3", "2025.9.4") for one in said)]
    done = taken_over(tmp_path, {"书目": books, "借阅": register})
    assert [(row.accession_no, row.title, row.remarks) for row in rows_of(done)] == [
        ("000003", "大山", "登记号原写 000002"),
        ("000001", "小河", None),
        ("000002", None, None),
    ]
    outcome, why = record_of(done, 2, "借阅")
    assert (outcome, why.startswith("登记号 000002 书目里原来没有，是新编给《小河》的")) == (RowOutcome.ASIDE, True)
    assert [sentence.partition("（")[0] for sentence in done.journal.urgent] == [
        "借阅里有 1 行没有接收",
        "只写了登记号、没写书名的 1 行借阅",
    ]
    assert any("编给了别的书的 1 行借阅" in sentence for sentence in done.journal.assumed)
    log = [("日期", "操作", *header[:4]), *(("2025.9.3", word, "甲一", "三（1）班", *said[0]) for word in "借还")]
    logged = taken_over(tmp_path, {"书目": books, "流水": [*log, ("2025.9.3", "借", "甲一", "三（1）班", *said[1])]})
    assert [row.accession_no for row in rows_of(logged)] == ["000003"]
    assert [logged.journal.counts[what].aside for what in (What.LOANS, What.RETURNS)] == [1, 1]


def test_a_day_of_return_that_cannot_be_told_is_said_and_not_guessed(tmp_path: Path) -> None:
    days = [
        ("9月30日", "9月2日"),
        ("3月5日", "1月2日"),
        ("12月30日", "1月2日"),
        ("2024-9-5", "6月20日"),
        ("2024-9-3", "27-3-6"),
        ("2024-9-3", "17日"),
        ("2024-9-3", "2日"),
    ]
    rows = [(*RETURNS_HEADER,), *((lent, "S1", "林小满", 1, back) for lent, back in days)]
    done = adopted(tmp_path, "2024年借阅", rows)
    assert [(row.returned_on, row.outcome, row.remarks) for row in rows_of(done)] == [
        (None, LoanOutcome.RETURNED, "归还日期原记 9月2日"),
        (None, LoanOutcome.RETURNED, "归还日期原记 1月2日"),
        (date(2025, 1, 2), LoanOutcome.RETURNED, None),
        (date(2025, 6, 20), LoanOutcome.RETURNED, None),
        (None, LoanOutcome.RETURNED, "归还日期原记 27-3-6"),
        (date(2024, 9, 17), LoanOutcome.RETURNED, None),
    ]
    assert [one.text for one in done.journal.unread] == ["9月2日", "1月2日", "27-3-6", "2日"]
    assert any("读不出来的有 4 格（归还日期 4 格" in said for said in done.journal.assumed)


def test_loans_by_former_numbers_of_copies_are_of_these_copies(tmp_path: Path) -> None:
    books = [("旧登记号", "新登记号", "书名"), (1, 3, "小河"), (2, 1, "大山"), (3, 2, "田野"), (70, 4, "雪山")]
    header = ("日期", "班级", "姓名", "登记号", "书名")
    said = [(2, "大山"), (2, "田野"), (70, None), (3, None)]
    log = [header, *(("2025-9-8", "三（1）班", name, *one) for name, one in zip("甲乙丙丁", said, strict=True))]
    done = taken_over(tmp_path, {"书目": books, "借书": log})
    assert [loan.accession_no for loan in rows_of(done)] == ["000001", "000002", "000004", "000003"]
    assert rows_of(done)[0].remarks == "登记号原写 2"
    told = "".join(done.journal.assumed)
    assert "写的是旧登记号的 2 行（第一处《旧账.xlsx》借书 第 2 行）" in told
    assert "又没写名字的 1 行（第一处《旧账.xlsx》借书 第 5 行）：都当作新号" in told


def test_the_author_on_a_loan_tells_which_of_two_books_of_one_title(tmp_path: Path) -> None:
    books = [("登录号", "书名", "作者"), ("000001", "小河", "高远著"), ("000002", "小河", "林晚")]
    lent = [
        ("借书日期", "姓名", "班级", "书名", "作者"),
        ("2025-9-8", "林小满", "三（1）班", "小河", "林晚"),
        ("2025-9-8", "周小麦", "三（1）班", "小河", "高远"),
        ("2025-9-9", "谢谢", "三（1）班", "小河", "何人"),
    ]
    made = rows_of(taken_over(tmp_path, {"书目": books, "借阅": lent}))
    assert [(loan.accession_no, loan.remarks) for loan in made] == [
        ("000002", None), ("000001", None), (None, "作者：何人"),
    ]  # fmt: skip


def test_a_book_without_an_author_may_be_the_one_that_was_lent(tmp_path: Path) -> None:
    books = [("登录号", "书名", "作者"), ("000001", "小河", ""), ("000002", "小河", "林晚"), ("000003", "小河", "何人")]
    lent = [
        ("借书日期", "姓名", "班级", "书名", "作者"),
        ("2025-9-8", "林小满", "三（1）班", "小河", "林晚"),
        ("2025-9-8", "周小麦", "三（1）班", "小河", "林晚"),
    ]
    made = rows_of(taken_over(tmp_path, {"书目": books, "借阅": lent}))
    assert [loan.accession_no for loan in made] == ["000002", "000001"]


@pytest.mark.parametrize(("held", "written"), [("9787020002207", "7-02-000220-X"), ("702000220X", "9787020002207")])
def test_an_isbn_of_ten_figures_is_the_book_of_the_one_of_thirteen(tmp_path: Path, held: str, written: str) -> None:
    books = [("登录号", "书名", "ISBN"), ("000001", "小河", held), ("000002", "大山", "9787020008735")]
    lent = [("借书日期", "姓名", "班级", "ISBN"), ("2025-9-8", "林小满", "三（1）班", written)]
    assert [loan.accession_no for loan in rows_of(taken_over(tmp_path, {"书": books, "借": lent}))] == ["000001"]


def test_a_figure_of_a_rule_that_nobody_said_is_told_as_the_programs_own(tmp_path: Path) -> None:
    lent = [("借书日期", "姓名", "班级", "书名", "应还日期"), ("2025-9-8", "林小满", "三（1）班", "小河", "2025-9-29")]
    (said,) = (one for one in taken_over(tmp_path, {"借": lent}).journal.assumed if one.startswith("借阅规则照"))
    assert "各类读者借期 21 天、1 册（没有说，先照自带的）" in said
    assert "教师没有说，先照自带的借期 30 天、5 册" in said
