"""借还流水: nothing is lost, nothing is entered twice, whatever is cut off, copied, undone or corrected meanwhile."""

import errno
import os
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

import pytest

from schoollib_xl.actions.desk import DeskBook, Entered, NothingToUndo, OtherLines
from schoollib_xl.actions.filing import file_answer
from schoollib_xl.desk.decision import Reason
from schoollib_xl.desk.journal import beside
from schoollib_xl.desk.lines import DeskLine, DeskMark
from schoollib_xl.desk.replay import Replayed
from schoollib_xl.desk.request import Act, Request
from schoollib_xl.desk.scanning import DeskScan, Meant, Question
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.kept import DESK_JOURNAL
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.table import IncompleteRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome
from schoollib_xl.quotas.basis.stock import is_out, lendable
from schoollib_xl.quotas.borrowing.allowance import allowance
from schoollib_xl.samples.year import clean_school
from schoollib_xl.saving import CannotWrite
from schoollib_xl.wording.desk.desk_journal import line_words, pasteable, pending_answer, sheet_rows
from schoollib_xl.wording.desk.desk_page import sentence_for, unread_sentences

DAY = date(2026, 6, 3)
NOON = datetime(2026, 6, 3, 12)


@pytest.fixture(scope="module")
def books() -> Library:
    """The sample school as it stood on the day: nothing that happened later is known."""
    whole = clean_school()
    loans = [_as_of(loan) for loan in whole.rows[LoanRow] if loan.lent_on <= DAY]
    incidents = [row for row in whole.rows[CompensationRow] if row.registered_on <= DAY]
    rows = {**whole.rows, StocktakeRow: [], LoanRow: loans, CompensationRow: incidents}
    return LedgerSet(whole.school, rows).library(DAY)


def _as_of(loan: LoanRow) -> LoanRow:
    if loan.returned_on and loan.returned_on > DAY:
        return loan._replace(returned_on=None, outcome=None)
    return loan


@pytest.fixture
def desk(tmp_path: Path) -> DeskBook:
    return DeskBook(tmp_path / "七本账.xlsx")


@pytest.fixture(scope="module")
def copies(books: Library) -> list[AccessionRow]:
    return [copy for copy in lendable(books, DAY) if copy.accession_no not in books.loans_by_copy and copy.price]


@pytest.fixture(scope="module")
def readers(books: Library) -> list[ReaderRow]:
    return [one for one in books[ReaderRow] if one.is_active(DAY) and allowance(books, one.reader_no, DAY).left]


@pytest.fixture(scope="module")
def loan(books: Library) -> LoanRow:
    """A personal loan that is out and not yet due."""
    return next(
        one for one in books[LoanRow] if is_out(one, DAY) and one.is_personal and not one.renewals and one.due_on > DAY
    )


def scan(
    desk: DeskBook,
    books: Library,
    code: str,
    reader_no: str = "",
    act: Act | None = None,
    day: date = DAY,
    minutes: int = 0,
    *,
    sure: bool = False,
    meant: Meant | None = None,
) -> Entered:
    at = NOON + timedelta(minutes=minutes)
    return desk.scan(DeskScan(Request(books, day, reader_no, code, act, DAY), at, meant, is_sure=sure))


def pasted(books: Library, replayed: Replayed) -> Library:
    """The workbook after she has copied everything that was pending."""
    loans = [replayed.changed.get(row.line, row) for row in books[LoanRow]] + replayed.loans
    incidents = [*books[CompensationRow], *replayed.incidents]
    return books.with_tables(books[LoanRow].changed(rows=loans), books[CompensationRow].changed(rows=incidents))


def said(entered: Entered, code: str) -> str:
    return sentence_for(entered.response, code, None)


def test_a_lent_copy_waits_to_be_copied_and_is_known_once_it_was(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    entered = scan(desk, books, copies[0].accession_no, readers[0].reader_no)
    assert entered.line is not None
    pending = desk.pending(books, NOON)
    assert [(row.accession_no, row.reader_no) for row in pending.loans] == [
        (copies[0].accession_no, readers[0].reader_no)
    ]
    after = pasted(books, pending)
    assert desk.pending(after, NOON).waiting == []
    # Copied and then corrected by hand: what is booked is never offered again.
    rows = [row._replace(reader_no="S9999") if row.line == pending.loans[0].line else row for row in after[LoanRow]]
    corrected = after.with_tables(after[LoanRow].changed(rows=rows))
    assert desk.pending(corrected, NOON).waiting == []
    assert DeskBook(desk.journal.path.parent / "七本账.xlsx").pending(corrected, NOON).waiting == []


def test_what_is_entered_for_an_earlier_day_says_which(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    today, before = (one.accession_no for one in copies[:2])
    assert "补记" not in said(scan(desk, books, today, readers[0].reader_no), today)
    entered = scan(desk, books, before, readers[1].reader_no, day=date(2026, 6, 2))
    assert said(entered, before).startswith("借出（补记 2026年6月2日 的）：")


def test_a_queue_comes_out_as_one_row_a_loan(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    copy, reader = copies[0].accession_no, readers[0].reader_no
    scan(desk, books, copy, reader)
    scan(desk, books, copy, reader, minutes=5)
    scan(desk, books, copy, readers[1].reader_no, minutes=10)
    pending = desk.pending(books, NOON)
    assert [(row.reader_no, row.returned_on) for row in pending.loans] == [(reader, DAY), (readers[1].reader_no, None)]
    assert (
        len({row.loan_no for row in pending.loans} | {row.loan_no for row in books[LoanRow]}) == len(books[LoanRow]) + 2
    )
    assert desk.pending(pasted(books, pending), NOON).waiting == []


def test_a_return_a_renewal_and_a_loss_change_their_own_cells_only(
    desk: DeskBook, books: Library, loan: LoanRow
) -> None:
    assert scan(desk, books, loan.accession_no, act=Act.RENEW).line
    renewed = desk.pending(books, NOON)
    assert renewed.changes()[0].values.keys() == {"renewals", "due_on"}
    asked = scan(desk, books, loan.accession_no, act=Act.LOSE, minutes=5)
    assert asked.response.question is Question.REALLY_LOST
    assert asked.line is None
    assert scan(desk, books, loan.accession_no, act=Act.LOSE, minutes=5, sure=True).line
    pending = desk.pending(books, NOON)
    assert pending.changed[loan.line].outcome is LoanOutcome.LOST
    assert [row.accession_no for row in pending.incidents] == [loan.accession_no]
    assert desk.pending(pasted(books, pending), NOON).waiting == []


def test_a_refusal_says_why_and_where_the_rule_stands_and_no_more(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    reader = readers[0]
    for copy in copies:
        entered = scan(desk, books, copy.accession_no, reader.reader_no)
        if not entered.line:
            break
    left = allowance(books, reader.reader_no, DAY).allowed
    sentence = said(entered, copy.accession_no)
    assert sentence.endswith(f"{reader.name}手里已有 {left} 册，规则是 {left} 册。（借阅规则!A2）")
    # No rule of lending decides whether a copy is there at all.
    gone = next(copy for copy in books[AccessionRow] if copy.withdrawn_on and copy.withdrawn_on < DAY)
    entered = scan(desk, books, gone.accession_no, readers[1].reader_no)
    assert said(entered, gone.accession_no).endswith("不在册（还没有登记，或者已经注销）。")


def test_a_loss_of_which_half_is_copied_is_not_undone_at_the_desk(
    desk: DeskBook, books: Library, loan: LoanRow
) -> None:
    scan(desk, books, loan.accession_no, act=Act.LOSE, sure=True)
    ended = desk.pending(books, NOON).changed
    half = books.with_tables(books[LoanRow].changed(rows=[ended.get(row.line, row) for row in books[LoanRow]]))
    assert len(desk.pending(half, NOON).incidents) == 1
    with pytest.raises(NothingToUndo) as refusal:
        desk.undo(half, NOON)
    assert refusal.value.is_booked


def test_a_reader_who_had_one_copy_three_times_on_a_day_is_told_apart_by_number(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    copy, reader = copies[0].accession_no, readers[0].reader_no
    for minutes in range(0, 25, 5):
        scan(desk, books, copy, reader, minutes=minutes)
    after = pasted(books, desk.pending(books, NOON))
    *others, first, second, third = after[LoanRow]
    swapped = [*others, third._replace(line=first.line), second, first._replace(line=third.line)]
    assert desk.pending(after.with_tables(after[LoanRow].changed(rows=swapped)), NOON).waiting == []


def test_a_book_of_another_reader_comes_back_and_is_lent_only_after_asking(
    desk: DeskBook, books: Library, loan: LoanRow, readers: list[ReaderRow]
) -> None:
    """D3: whose loan it was is said; neither that scan nor the next lends it."""
    other = next(one.reader_no for one in readers if one.reader_no != loan.reader_no)
    first = scan(desk, books, loan.accession_no, other)
    assert (first.response.after, first.response.decision and first.response.decision.act) == (
        Question.LEND_AFTER_RETURN,
        Act.RETURN,
    )
    assert str(loan.name) in said(first, loan.accession_no)
    again = scan(desk, books, loan.accession_no, other)
    assert (again.response.question, again.line) == (Question.SAME_COPY_AGAIN, None)
    lent = scan(desk, books, loan.accession_no, other, Act.LEND, sure=True)
    assert lent.line is not None
    assert [row.reader_no for row in desk.pending(books, NOON).loans] == [other]


def test_a_past_day_is_judged_until_now_and_a_future_one_refused(
    desk: DeskBook, books: Library, loan: LoanRow, readers: list[ReaderRow]
) -> None:
    """D4."""
    reader = next(one.reader_no for one in readers if one.reader_no != loan.reader_no)

    def reasons(entered: Entered) -> set[object]:
        assert entered.line is None
        assert entered.response.decision is not None
        return {one.what for one in entered.response.decision.against}

    before = loan.lent_on - timedelta(1)
    assert Reason.ON_LOAN in reasons(scan(desk, books, loan.accession_no, reader, Act.LEND, before))
    future = scan(desk, books, loan.accession_no, reader, day=DAY + timedelta(1))
    assert reasons(future) == {Reason.FUTURE}
    again = next(
        found[-2:]
        for found in books.loans_by_copy.values()
        if len(found) > 1
        and all(one.is_personal and one.returned_on for one in found)
        and found[-1].lent_on > found[-2].lent_on + timedelta(2)
    )
    early, late = again
    between = scan(desk, books, early.accession_no, reader, Act.LEND, late.lent_on - timedelta(1))
    assert Reason.LENT_SINCE in reasons(between)
    # The same where the desk was opened for that day, and the computer knows a later one.
    opened_for = late.lent_on - timedelta(1)
    asked = Request(books, opened_for, reader, early.accession_no, Act.LEND, opened_for, late.lent_on)
    assert Reason.LENT_SINCE in reasons(desk.scan(DeskScan(asked, NOON)))
    returned = early.returned_on
    assert returned is not None
    if returned > early.lent_on:
        ended = scan(desk, books, early.accession_no, "", Act.RETURN, early.lent_on)
        assert reasons(ended) == {Reason.RETURNED_SINCE}
        # The same where the desk was opened for that day: it would be marked as booked at once.
        asked = Request(books, early.lent_on, "", early.accession_no, Act.RETURN, early.lent_on)
        assert reasons(desk.scan(DeskScan(asked, NOON))) == {Reason.RETURNED_SINCE}


def test_a_loan_that_cannot_be_read_keeps_its_copy_from_being_lent_twice(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    line = IncompleteRow(99_999, {"accession_no": copies[0].accession_no, "loan_no": "J9"})
    unread = books.with_tables(books[LoanRow].changed(incomplete=[line]))
    entered = scan(desk, unread, copies[0].accession_no, readers[0].reader_no)
    assert entered.line is None
    assert "读不全" in said(entered, copies[0].accession_no)


def test_the_last_line_is_undone_and_the_one_before(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    scan(desk, books, copies[0].accession_no, readers[0].reader_no)
    scan(desk, books, copies[1].accession_no, readers[1].reader_no)
    scan(desk, books, copies[1].accession_no, act=Act.RETURN, minutes=30, sure=True)
    returned = line_words(desk.undo(books, NOON), books)
    assert f"{readers[1].name} 归还 {copies[1].accession_no}《{copies[1].title}》" in returned
    desk.undo(books, NOON)
    assert [row.accession_no for row in desk.pending(books, NOON).loans] == [copies[0].accession_no]
    desk.undo(books, NOON)
    with pytest.raises(NothingToUndo):
        desk.undo(books, NOON)
    scan(desk, books, copies[1].accession_no, readers[1].reader_no)
    after = pasted(books, desk.pending(books, NOON))
    with pytest.raises(NothingToUndo) as refusal:
        desk.undo(after, NOON)
    assert refusal.value.is_booked


def test_a_torn_line_is_dropped_and_said_wherever_the_power_went(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow], tmp_path: Path
) -> None:
    scan(desk, books, copies[0].accession_no, readers[0].reader_no)
    whole = desk.journal.path.read_bytes()
    scan(desk, books, copies[1].accession_no, readers[1].reader_no)
    both = desk.journal.path.read_bytes()
    for end in {*range(len(whole), len(both), 37), len(both) - 1}:
        desk.journal.path.write_bytes(both[:end])
        again = DeskBook(tmp_path / "七本账.xlsx")
        assert [row.accession_no for row in again.pending(books, NOON).loans] == [copies[0].accession_no]
        assert bool(list(unread_sentences(again.journal.unread))) == (end > len(whole))
        entered = scan(again, books, copies[2].accession_no, readers[2].reader_no)
        assert entered.line is not None
        third = DeskBook(tmp_path / "七本账.xlsx")
        assert [row.accession_no for row in third.pending(books, NOON).loans] == [
            copies[0].accession_no,
            copies[2].accession_no,
        ]
        assert list(unread_sentences(third.journal.unread)) == []
        # Saved once by an editor that ends lines as Windows does.
        third.journal.path.write_bytes(third.journal.path.read_bytes().replace(b"\n", b"\r\n"))
        fourth = DeskBook(tmp_path / "七本账.xlsx")
        assert fourth.pending(books, NOON).loans == third.pending(books, NOON).loans
        assert list(unread_sentences(fourth.journal.unread)) == []


def test_a_header_that_was_torn_is_begun_anew(
    books: Library, copies: list[AccessionRow], readers: list[ReaderRow], tmp_path: Path
) -> None:
    path = beside(tmp_path / "七本账.xlsx", DESK_JOURNAL)
    path.write_bytes(b'{"ki')
    assert scan(DeskBook(tmp_path / "七本账.xlsx"), books, copies[0].accession_no, readers[0].reader_no).line
    assert len(DeskBook(tmp_path / "七本账.xlsx").pending(books, NOON).loans) == 1


def test_a_damaged_line_is_said_and_the_others_stand(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow], tmp_path: Path
) -> None:
    for index in range(3):
        scan(desk, books, copies[index].accession_no, readers[index].reader_no)
    lines = desk.journal.path.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b'"what"', b'"wh')
    desk.journal.path.write_bytes(b"\n".join(lines))
    again = DeskBook(tmp_path / "七本账.xlsx")
    assert len(again.pending(books, NOON).loans) == 2
    assert ["1 行" in sentence for sentence in unread_sentences(again.journal.unread)] == [True]


def test_what_stands_in_the_journal_twice_was_done_once(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow], tmp_path: Path
) -> None:
    for index in range(3):
        scan(desk, books, copies[index].accession_no, readers[index].reader_no)
    scan(desk, books, copies[0].accession_no, act=Act.RETURN, minutes=5)
    desk.journal.path.write_bytes(desk.journal.path.read_bytes() * 2)
    again = DeskBook(tmp_path / "七本账.xlsx")
    replayed = again.pending(books, NOON)
    assert (len(replayed.loans), len(replayed.waiting), replayed.misfits) == (3, 4, [])
    assert list(unread_sentences(again.journal.unread)) == []


@pytest.mark.parametrize("hers", ["我的记录\n".encode(), "我的记录".encode(), b"[1]\n", b"5\n",
                                  '{"kind": "借还流水"}\n'.encode("utf-16")])  # fmt: skip
def test_a_file_of_that_name_that_is_hers_is_left_alone(
    hers: bytes, desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    desk.journal.path.write_bytes(hers)
    with pytest.raises(CannotWrite, match="没有动它"):
        scan(desk, books, copies[0].accession_no, readers[0].reader_no)
    assert desk.journal.path.read_bytes() == hers


def test_nothing_is_entered_where_nothing_can_be_written(
    books: Library, copies: list[AccessionRow], readers: list[ReaderRow], tmp_path: Path
) -> None:
    gone = DeskBook(tmp_path / "没有这个文件夹" / "七本账.xlsx")
    with pytest.raises(CannotWrite, match="这一笔没有记"):
        scan(gone, books, copies[0].accession_no, readers[0].reader_no)


def test_a_full_disk_in_the_middle_of_a_line_enters_nothing(
    desk: DeskBook,
    books: Library,
    copies: list[AccessionRow],
    readers: list[ReaderRow],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    scan(desk, books, copies[0].accession_no, readers[0].reader_no)
    write = os.write

    def full(handle: int, content: bytes) -> int:
        if len(content) > 20:
            return write(handle, content[:20])
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(CannotWrite, match="这一笔没有记"):
            scan(desk, books, copies[1].accession_no, readers[1].reader_no)
    assert scan(desk, books, copies[1].accession_no, readers[1].reader_no).line
    for one in (desk, DeskBook(tmp_path / "七本账.xlsx")):
        lent = [row.accession_no for row in one.pending(books, NOON).loans]
        assert lent == [copies[0].accession_no, copies[1].accession_no]


def test_a_queue_of_forty_needs_its_scans_and_nothing_else(desk: DeskBook, books: Library) -> None:
    """D5: a card, a book brought back, a book taken: 120 scans, no confirmation, at most 0.15 s each, not counting what
    else the machine does meanwhile.
    """
    out = [one for one in books[LoanRow] if is_out(one, DAY) and one.is_personal][:40]
    free = [one.accession_no for one in lendable(books, DAY) if one.accession_no not in books.loans_by_copy]
    seconds, entered = [], 0
    for loan, copy_no in zip(out, free, strict=False):
        for code, reader_no in ((loan.reader_no, ""), (loan.accession_no, loan.reader_no), (copy_no, loan.reader_no)):
            begun = time.process_time()
            done = scan(desk, books, code, reader_no)
            seconds.append(time.process_time() - begun)
            assert done.response.question is None
            entered += done.line is not None
    assert len(out) == 40
    assert entered == len(desk.pending(books, NOON).waiting)
    assert entered >= 75
    assert median(seconds) <= 0.15


def test_two_desks_on_one_workbook_lend_a_copy_once(
    books: Library, copies: list[AccessionRow], readers: list[ReaderRow], tmp_path: Path
) -> None:
    one, other = DeskBook(tmp_path / "七本账.xlsx"), DeskBook(tmp_path / "七本账.xlsx")
    assert scan(one, books, copies[0].accession_no, readers[0].reader_no).line
    second = scan(other, books, copies[0].accession_no, readers[1].reader_no, Act.LEND)
    assert second.line is None
    assert scan(other, books, copies[1].accession_no, readers[1].reader_no).line
    numbers = [row.loan_no for row in one.pending(books, NOON).loans]
    assert len(set(numbers)) == 2


def test_what_excel_entered_meanwhile_is_not_entered_again(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow], loan: LoanRow
) -> None:
    """Both desks at once: Excel took the next number, and entered the same return."""
    scan(desk, books, copies[0].accession_no, readers[0].reader_no)
    scan(desk, books, loan.accession_no)
    mine = desk.pending(books, NOON).loans[0]
    excels = mine._replace(reader_no=readers[1].reader_no, accession_no=copies[1].accession_no)
    rows = [
        row._replace(returned_on=DAY, outcome=LoanOutcome.RETURNED) if row.line == loan.line else row
        for row in books[LoanRow]
    ]
    after = books.with_tables(books[LoanRow].changed(rows=[*rows, excels]))
    pending = desk.pending(after, NOON)
    assert pending.changed == {}
    (row,) = pending.loans
    assert (row.accession_no, row.line) == (copies[0].accession_no, excels.line + 1)
    assert row.loan_no not in {one.loan_no for one in after[LoanRow]}


def test_a_line_whose_loan_is_gone_is_said_and_not_guessed(desk: DeskBook, books: Library, loan: LoanRow) -> None:
    scan(desk, books, loan.accession_no)
    without = books.with_tables(books[LoanRow].changed(rows=[row for row in books[LoanRow] if row is not loan]))
    pending = desk.pending(without, NOON)
    assert [line.accession_no for line in pending.misfits] == [loan.accession_no]
    assert [section.name for section in pending_answer(pending).sections] == ["对不上的"]


def test_the_list_is_ready_to_paste_and_written_as_a_workbook(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow], tmp_path: Path
) -> None:
    scan(desk, books, copies[0].accession_no, readers[0].reader_no)
    pending = desk.pending(books, NOON)
    headers, lines = sheet_rows(books, LoanRow, pending.loans)
    pieces = dict(zip(headers, pasteable(lines).split("\t"), strict=True))
    assert pieces["个别登记号"] == copies[0].accession_no
    assert pieces["借出日期"] == "2026-06-03"
    assert pieces["归还日期"] == ""
    assert file_answer(pending_answer(pending), books.school, tmp_path).name == "借还流水_待抄.xlsx"


@pytest.mark.parametrize("code", ["wide", "case"])
def test_a_card_is_known_as_a_scanner_or_an_input_method_writes_it(
    desk: DeskBook, books: Library, readers: list[ReaderRow], code: str
) -> None:
    number = readers[0].reader_no
    typed = number.translate({ord(one): ord(one) + 0xFEE0 for one in number}) if code == "wide" else number.lower()
    assert scan(desk, books, f" {typed} ").response.reader_no == number


@pytest.mark.parametrize("around", ["\u202e{}\u202c", "\ufeff{}", "{}\x1d", "\x02{}\x03", "\u200b{}"])
def test_what_no_eye_sees_is_no_part_of_a_code(
    desk: DeskBook, books: Library, readers: list[ReaderRow], around: str
) -> None:
    assert scan(desk, books, around.format(readers[0].reader_no)).response.reader_no == readers[0].reader_no


def test_a_code_that_is_a_card_and_a_copy_is_asked_for(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    number = copies[0].accession_no
    table = books[ReaderRow]
    twin = books.with_tables(
        table.changed(rows=[readers[0]._replace(reader_no=number), *(row for row in table if row is not readers[0])])
    )
    assert scan(desk, twin, number).response.question is Question.CARD_OR_COPY
    assert scan(desk, twin, number, meant=Meant.READER).response.reader_no == number
    assert scan(desk, twin, number, meant=Meant.COPY).response.decision is not None


def test_a_code_of_another_school_is_no_copy_of_ours(desk: DeskBook, books: Library) -> None:
    entered = scan(desk, books, "9787020000000X")
    assert entered.line is None
    assert "别的学校" in said(entered, "9787020000000X")


def test_a_line_says_no_more_than_the_ledger_asks_for(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    line = scan(desk, books, copies[0].accession_no, readers[0].reader_no).line
    assert line is not None
    assert DeskLine.model_validate_json(line.model_dump_json()) == line
    assert line.row is not None
    assert set(line.row) <= set(sheet_rows(books, LoanRow, [])[0])


@pytest.mark.parametrize("state", ["taken away", "an older one", "cut in a line", "another school's"])
def test_a_journal_that_is_changed_under_the_running_desk_keeps_every_line(
    state: str, desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow], tmp_path: Path
) -> None:
    numbers = [copy.accession_no for copy in copies]
    elsewhere = DeskBook(tmp_path / "别处.xlsx")
    scan(elsewhere, books, numbers[3], readers[3].reader_no)
    scan(desk, books, numbers[0], readers[0].reader_no)
    older = desk.journal.path.read_bytes()
    scan(desk, books, numbers[1], readers[1].reader_no)
    if state == "taken away":
        desk.journal.path.unlink()
    else:
        cut, others = desk.journal.path.read_bytes()[:-9], elsewhere.journal.path.read_bytes()
        there = {"an older one": older, "cut in a line": cut, "another school's": others}[state]
        desk.journal.path.write_bytes(there)
    # What was lent stays lent, and the next line makes the file whole again.
    known = numbers[3:4] if state == "another school's" else numbers[:2]
    assert [row.accession_no for row in desk.pending(books, NOON).loans] == known
    assert scan(desk, books, numbers[2], readers[2].reader_no).line
    for one in (desk, DeskBook(tmp_path / "七本账.xlsx")):
        assert [row.accession_no for row in one.pending(books, NOON).loans] == [*known, numbers[2]]


def test_a_journal_that_cannot_be_read_is_said(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    desk.journal.path.mkdir()
    for ask in (desk.pending, lambda books, _: scan(desk, books, copies[0].accession_no, readers[0].reader_no)):
        with pytest.raises(CannotWrite, match="借还流水读不出来，这一笔没有记"):
            ask(books, NOON)


def test_lines_of_another_school_are_said_and_never_entered(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    """Every school's workbook has one name: in a journal copied along the same numbers are others'."""
    scan(desk, books, copies[0].accession_no, readers[0].reader_no)
    is_here = {AccessionRow: copies[0], ReaderRow: readers[0]}
    corrected = {AccessionRow: {"title": "别的书"}, ReaderRow: {"name": "别的人"}}

    def with_others(*types: type[AccessionRow | ReaderRow], gone: bool = False) -> Library:
        tables = []
        for kind in types:
            rows = [row for row in books[kind] if row is not is_here[kind]]
            rows += [] if gone else [is_here[kind]._replace(**corrected[kind])]
            tables.append(books[kind].changed(rows=rows))
        return books.with_tables(*tables)

    for known in (with_others(AccessionRow), with_others(ReaderRow)):
        assert len(desk.to_copy(known).waiting) == 1
    foreign = [with_others(AccessionRow, gone=True), with_others(ReaderRow, gone=True)]
    for other in (with_others(AccessionRow, ReaderRow), *foreign):
        found = desk.to_copy(other)
        assert (found.loans, found.waiting, len(found.misfits)) == ([], [], 1)
        assert "别的学校" in str(pending_answer(found).sections[0])


def test_an_older_copy_of_the_ledger_put_back_is_said_and_a_row_she_deleted_is_not(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow], loan: LoanRow
) -> None:
    lent, borrower = copies[0].accession_no, readers[0].reader_no
    scan(desk, books, lent, borrower)
    scan(desk, books, loan.accession_no, act=Act.RETURN)
    new = pasted(books, desk.pending(books, NOON))
    assert desk.pending(new, NOON).lost == []
    # Another loan came after it: she deletes one and takes the other one's return back, in the ledger that is known.
    row = new[LoanRow].rows[-1]
    later = row._replace(line=row.line + 1, loan_no="J999999", accession_no=copies[1].accession_no)
    ended = later._replace(line=row.line + 2, loan_no="J999998", returned_on=DAY, outcome=LoanOutcome.RETURNED)
    kept = [loan if one.line == loan.line else one for one in new[LoanRow] if one is not row]
    deleted = new.with_tables(new[LoanRow].changed(rows=[*kept, later, ended]))
    corrected = new.with_tables(new[LoanRow].changed(rows=[*new[LoanRow].rows[:-1], row._replace(reader_no="S9999")]))
    # Or last year's loans are gone from it, or the column of the numbers cannot be read for the moment.
    few = new.with_tables(new[LoanRow].changed(rows=[later]))
    unread = [IncompleteRow(row.line, {"loan_no": row.loan_no}) for row in new[LoanRow]]
    garbled = new.with_tables(new[LoanRow].changed(rows=[], incomplete=unread))
    for known in (deleted, corrected, few, garbled):
        assert (desk.pending(known, NOON).lost, desk.pending(known, NOON).waiting) == ([], [])
    # The older copy: both are said, neither is entered, and the copy is asked for before somebody else gets it.
    older = desk.pending(books, NOON)
    assert ([line.accession_no for line in older.lost], older.waiting) == ([lent, loan.accession_no], [])
    assert "换回了旧的一份账" in str(pending_answer(older).sections)
    again = scan(desk, books, lent, readers[1].reader_no, minutes=9)
    assert (again.response.question, again.line) == (Question.LENT_IN_LOST, None)
    assert "抄到过账上" in said(again, lent)
    with pytest.raises(OtherLines):
        desk.settle(books, NOON, 1, DeskMark.DROPPED)
    journal = desk.journal.path.read_bytes()
    desk.settle(books, NOON, 2, DeskMark.DROPPED)
    assert (desk.pending(books, NOON).lost, desk.pending(books, NOON).waiting) == ([], [])
    desk.journal.path.write_bytes(journal)
    fresh = DeskBook(desk.journal.path.parent / "七本账.xlsx")
    fresh.settle(books, NOON, 2, DeskMark.REOPENED)
    offered = fresh.pending(books, NOON)
    assert [row.accession_no for row in offered.loans] == [lent]
    assert list(offered.changed) == [loan.line]
    assert fresh.pending(pasted(books, offered), NOON).waiting == []


def test_one_loan_that_is_gone_is_told_until_she_says_that_she_deleted_it(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow], loan: LoanRow
) -> None:
    """A row she deleted looks as an older copy does that lacks it, also one that was saved once more."""
    for copy, reader in zip(copies[:2], readers, strict=False):
        scan(desk, books, copy.accession_no, reader.reader_no)
    scan(desk, books, loan.accession_no, act=Act.RETURN)
    new = pasted(books, desk.pending(books, NOON))
    assert desk.pending(new, NOON).waiting == []
    rows = new[LoanRow].rows
    without = new.with_tables(new[LoanRow].changed(rows=rows[:-1]))
    still_out = new.with_tables(
        new[LoanRow].changed(rows=[loan if row.line == loan.line else row for row in rows[:-1]])
    )
    for _ in range(2):
        assert [line.accession_no for line in desk.pending(without, NOON).lost] == [rows[-1].accession_no]
    desk.settle(without, NOON, 1, DeskMark.DROPPED)
    assert desk.pending(without, NOON).lost == []
    assert [line.accession_no for line in desk.pending(still_out, NOON).lost] == [loan.accession_no]


def test_workbooks_of_one_name_share_a_journal_and_are_named(desk: DeskBook) -> None:
    folder = desk.journal.path.parent
    for name in ("七本账.xlsx", "七本账.xlsm", "七本账.docx", "别的.xlsx"):
        (folder / name).touch()
    assert desk.twins() == ("七本账.xlsm",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_in_the_place_of_the_journal_or_its_lock_is_not_waited_for(desk: DeskBook, books: Library) -> None:
    for path in (desk.journal.path, desk.journal.path.with_name(f".{desk.journal.path.stem}.lock")):
        os.mkfifo(path)
        with pytest.raises(CannotWrite):
            desk.undo(books, NOON)
        path.unlink()


def test_a_line_that_lacks_what_its_row_needs_fits_nowhere(
    desk: DeskBook, books: Library, copies: list[AccessionRow], readers: list[ReaderRow]
) -> None:
    scan(desk, books, copies[0].accession_no, readers[0].reader_no)
    with desk.journal.alone():
        desk.journal.append([desk.journal.lines[0].model_copy(update={"id": "1", "row": {}})])
    assert [line.id for line in desk.to_copy(books).misfits] == ["1"]
