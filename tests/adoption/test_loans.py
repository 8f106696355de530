"""Loan lists and event logs."""

from datetime import date
from pathlib import Path

import pytest

from adoption.old_lists import Rows, fate_of, taken_over, times
from schoollib_xl.adoption import events, loans
from schoollib_xl.adoption.adopting import Adoption
from schoollib_xl.adoption.journal import Outcome
from schoollib_xl.adoption.transforms import COPY_BY_BARCODE, COPY_BY_TITLE, DUE_BY_RULE, PAIRED, READER_FOUND, RETURNED
from schoollib_xl.ledgers.circulation import LoanRow
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
    found: list[LoanRow] = adoption.booklet.rows.get(LoanRow, [])
    return found


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
        (("2025-9-8", None, "周小麦", "000001"), loans.NO_READER),
        (("2025-9-8", "S1", "林小满", None), loans.NO_COPY),
    ],
)
def test_a_loan_nobody_can_make_out_is_set_aside(tmp_path: Path, line: tuple[str, ...], reason: str) -> None:
    done = adopted(tmp_path, "借阅", [("借书日期", "借书证号", "姓名", "登录号"), line])
    assert fate_of(done, 2, "借阅") == (Outcome.ASIDE, reason)
    assert rows_of(done) == []


def test_lending_and_returning_are_paired_into_one_loan(tmp_path: Path) -> None:
    log = [LOG_HEADER, ("2025-9-8", "借书", "S1", "000001"), ("2025-9-30", "还书", "S1", "000001")]
    done = adopted(tmp_path, "流水", log)
    (loan,) = rows_of(done)
    assert (loan.lent_on, loan.returned_on, loan.outcome) == (date(2025, 9, 8), date(2025, 9, 30), LoanOutcome.RETURNED)
    assert fate_of(done, 3, "流水") == (Outcome.MERGED, "借阅登记账 J000001")
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
    assert fate_of(done, 3, "流水")[0] is Outcome.MERGED


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
    assert fate_of(done, 2, "流水") == (Outcome.ASIDE, events.NEVER_RETURNED.format(day="2025-09-20"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (("2025-9-8", "还书", "S1", "000001"), events.NOT_LENT),
        (("2025-9-8", "丢书", "S1", "000001"), events.NOT_LENT),
        (("某日", "借书", "S1", "000001"), events.UNDATED),
        (("2025-9-8", "预约", "S1", "000001"), events.UNCLEAR),
        (("2025-9-8", "借书", None, "000001"), loans.NO_READER),
        (("2025-9-8", "借书", "S1", None), loans.NO_COPY),
    ],
)
def test_an_event_that_belongs_to_no_loan_is_set_aside(tmp_path: Path, line: tuple[str, ...], reason: str) -> None:
    done = adopted(tmp_path, "流水", [LOG_HEADER, line])
    assert fate_of(done, 2, "流水") == (Outcome.ASIDE, reason)


def test_a_return_on_another_card_closes_the_loan_and_says_so(tmp_path: Path) -> None:
    log = [LOG_HEADER, ("2025-9-8", "借书", "S1", "000001"), ("2025-9-20", "还书", "S2", "000001")]
    (loan,) = rows_of(adopted(tmp_path, "流水", log))
    assert (loan.reader_no, loan.remarks) == ("S1", "还书记录上的证号是 S2")


def test_events_out_of_order_are_paired_by_their_days(tmp_path: Path) -> None:
    log = [LOG_HEADER, ("2025-9-15", "还书", "S1", "000001"), ("2025-9-8", "借书", "S1", "000001")]
    (loan,) = rows_of(adopted(tmp_path, "流水", log))
    assert (loan.lent_on, loan.returned_on) == (date(2025, 9, 8), date(2025, 9, 15))
