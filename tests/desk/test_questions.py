"""What the desk's page asks before it enters anything, and what it says of a copy without a card."""

import dataclasses
from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest

from desk.test_decide import DAY, free_copy, free_reader, open_loan
from make import row as example
from schoollib_xl.desk.lines import DeskLine, LoanKey
from schoollib_xl.desk.request import Act, Request
from schoollib_xl.desk.scanning import DeskScan, Question, Response, respond
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.quotas.basis.stock import lendable, may_leave
from schoollib_xl.rules.copy_numbers import reader_of
from schoollib_xl.rules.shelves import Shelves
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.desk.desk_page import sentence_for

NOON = datetime.combine(DAY, time(12))


@pytest.fixture(scope="module")
def books() -> Library:
    """The sample school as its books stood on the day, with a copy that is being repaired."""
    whole = clean_school()
    lent = [loan for loan in whole.rows[LoanRow] if loan.lent_on <= DAY]
    is_over = [(loan.returned_on or DAY) <= DAY for loan in lent]
    loans = [
        loan if over else loan._replace(returned_on=None, outcome=None)
        for loan, over in zip(lent, is_over, strict=True)
    ]
    *_, last = lendable(whole.library(DAY), DAY)
    repairs = [example(RepairRow, accession_no=last.accession_no, sent_on=DAY, reshelved_on=None)]
    return dataclasses.replace(
        whole, rows={**whole.rows, StocktakeRow: [], LoanRow: loans, RepairRow: repairs}
    ).library(DAY)


def scanned(
    books: Library, code: str, reader_no: str = "", *, day: date = DAY, act: Act | None = None, sure: bool = False
) -> Response:
    at = datetime.combine(day, time(12))
    return respond(DeskScan(Request(books, day, reader_no, code, act, day), at, is_sure=sure), [])


def said(books: Library, code: str) -> str:
    return sentence_for(scanned(books, code), code, None)


def test_without_a_card_a_copy_that_may_be_lent_waits_for_one(books: Library) -> None:
    assert said(books, free_copy(books).accession_no).startswith("这一册在馆，先扫读者证再扫书。")


@pytest.mark.parametrize("kind", ["withdrawn", "lost", "reference", "repair"])
def test_without_a_card_a_copy_nobody_may_have_is_told_so(books: Library, kind: str) -> None:
    shelves = books.derive(Shelves)
    is_so = {
        "withdrawn": lambda copy: not shelves.in_force(copy, DAY),
        "lost": lambda copy: shelves.in_force(copy, DAY) and shelves.lost_since(copy.accession_no, DAY),
        "reference": lambda copy: shelves.in_force(copy, DAY) and not may_leave(copy),
        "repair": lambda copy: copy.accession_no in shelves.under_repair(DAY),
    }[kind]
    words = {"withdrawn": "不在册", "lost": "报失", "reference": "只供阅览", "repair": "送修"}[kind]
    copy = next(copy for copy in books.copies.values() if is_so(copy))
    sentence = said(books, copy.accession_no)
    assert sentence.startswith("不可借：")
    assert words in sentence
    assert "读者证" not in sentence


def test_a_renewal_with_another_card_is_asked_and_with_the_own_is_not(books: Library) -> None:
    loans = (
        loan
        for loan in books[LoanRow]
        if scanned(books, loan.accession_no, loan.reader_no, day=loan.lent_on + timedelta(1), act=Act.RENEW).is_entered
    )
    loan = next(loans)
    day, code = loan.lent_on + timedelta(days=1), loan.accession_no
    other = next(reader for reader in books[ReaderRow] if reader.reader_no != loan.reader_no)
    assert scanned(books, code, loan.reader_no, day=day, act=Act.RENEW).question is None
    assert scanned(books, code, "", day=day, act=Act.RENEW).question is None
    asked = scanned(books, code, other.reader_no, day=day, act=Act.RENEW)
    assert asked.question is Question.LENT_TO_ANOTHER
    assert f"这一册是 {loan.reader_no}" in sentence_for(asked, code, None)
    assert scanned(books, code, other.reader_no, day=day, act=Act.RENEW, sure=True).is_entered


def test_a_day_before_the_copy_came_is_named(books: Library) -> None:
    code, reader_no = free_copy(books).accession_no, free_reader(books).reader_no
    response = scanned(books, code, reader_no, day=date(2001, 1, 1), sure=True)
    assert "在 2001年1月1日不在册" in said_of(response)


def said_of(response: Response) -> str:
    return sentence_for(response, "0", None)


@pytest.mark.parametrize(("day", "is_asked"), [(date(2099, 1, 1), True), (DAY, False), (date(2026, 8, 20), False)])
def test_a_day_long_after_all_entries_is_asked(books: Library, day: date, *, is_asked: bool) -> None:
    loan = open_loan(books)
    response = scanned(books, loan.accession_no, day=day, act=Act.RETURN)
    assert (response.question is Question.RIGHT_DAY) is is_asked
    if is_asked:
        assert "今天是 2099年1月1日吗？" in said_of(response)
        assert scanned(books, loan.accession_no, day=day, act=Act.RETURN, sure=True).is_entered


@pytest.mark.parametrize(("after", "is_asked"), [(366, False), (367, True)])
def test_a_year_without_an_entry_is_no_question_and_a_day_more_is_one(
    books: Library, after: int, *, is_asked: bool
) -> None:
    assert books.ends_on
    day = books.ends_on + timedelta(days=after)
    response = scanned(books, open_loan(books).accession_no, day=day, act=Act.RETURN)
    assert (response.question is Question.RIGHT_DAY) is is_asked


def test_a_clock_that_went_back_is_asked(books: Library) -> None:
    loan = open_loan(books)
    later = NOON + timedelta(days=40)
    last = DeskLine(id="1", at=later, what=Act.RETURN, day=later.date())
    response = respond(DeskScan(Request(books, DAY, "", loan.accession_no, Act.RETURN, DAY), NOON), [last])
    assert response.question is Question.RIGHT_DAY


def test_a_clock_behind_the_books_is_asked(books: Library) -> None:
    early = date(2026, 3, 11)
    loan = next(loan for loan in books[LoanRow] if loan.lent_on <= early and loan.returned_on is None)
    assert scanned(books, loan.accession_no, day=early, act=Act.RETURN).question is Question.RIGHT_DAY
    back_dated = DeskScan(Request(books, early, "", loan.accession_no, Act.RETURN, DAY), NOON)
    assert respond(back_dated, []).question is None
    # Whoever has entered something for the day has said that it is today; for the next it is asked again.
    scan = DeskScan(Request(books, early, "", loan.accession_no, Act.RETURN, early), NOON)
    for at, is_asked in ((NOON - timedelta(minutes=5), False), (NOON - timedelta(days=1), True)):
        entered = DeskLine(id="1", at=at, what=Act.RETURN, day=early)
        assert (respond(scan, [entered]).question is Question.RIGHT_DAY) is is_asked


def test_what_stands_against_a_loan_on_a_wrong_day_is_no_reason_before_the_day_is_confirmed(books: Library) -> None:
    stopped, code, reader_no = date(2024, 1, 1), free_copy(books).accession_no, free_reader(books).reader_no
    assert "今天是 2024年1月1日吗？" in said_of(scanned(books, code, reader_no, day=stopped))
    assert said_of(scanned(books, code, reader_no, day=stopped, sure=True)).startswith("不可借：")


def test_of_a_code_that_is_no_number_of_ours_the_beginning_is_said(books: Library) -> None:
    code = f"https://example.org/{'a' * 900}"
    assert f"“{code[:40]}……”" in sentence_for(scanned(books, code), code, None)


def test_the_asterisks_of_code_39_are_no_part_of_a_number(books: Library) -> None:
    copy, reader = free_copy(books), free_reader(books)
    for code in (copy.accession_no, copy.barcode):
        found = scanned(books, f"*{code}*", reader.reader_no).decision
        assert found is not None
        assert found.request.copy == copy
    assert reader_of(books, f"*{reader.reader_no}*") == reader
    assert reader_of(books, "*") is None


@pytest.mark.parametrize(
    ("reader_at", "act", "is_asked"), [(0, None, True), (1, Act.LEND, False), (0, Act.LEND, True), (1, None, True)]
)
def test_a_copy_that_went_through_a_moment_ago_is_asked_for_whatever_came_between(
    books: Library, reader_at: int, act: Act | None, *, is_asked: bool
) -> None:
    copy = free_copy(books) if act else books.copies[open_loan(books).accession_no]
    free = free_copy(books).accession_no
    readers = [*islice((one for one in books[ReaderRow] if scanned(books, free, one.reader_no).is_entered), 2)]
    key = LoanKey(loan_no="J1", reader_no=readers[0].reader_no, accession_no=copy.accession_no, lent_on=DAY)
    other = key.model_copy(update={"accession_no": "000001"})
    lines = [
        DeskLine(id=f"{seconds}", at=NOON - timedelta(seconds=seconds), what=Act.RETURN, day=DAY, loan=loan)
        for seconds, loan in ((40, key), (20, other))
    ]
    scan = DeskScan(Request(books, DAY, readers[reader_at].reader_no, copy.accession_no, act, DAY), NOON)
    assert (respond(scan, lines).question is Question.SAME_COPY_AGAIN) is is_asked
    # Two minutes on, or an hour back where the clock was put right.
    for at in (NOON + timedelta(minutes=2), NOON - timedelta(hours=1)):
        assert respond(dataclasses.replace(scan, at=at), lines).question is None
