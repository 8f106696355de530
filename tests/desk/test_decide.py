"""What the desk answers: every reason against, every remark, and entries that leave the books in order."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from make import row as example
from make import with_incomplete
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.desk.decide import decide
from schoollib_xl.desk.decision import Changed, Decision, NewRow, Reason, Remark
from schoollib_xl.desk.request import Act, Request, next_number
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import Circulation, LoanMode, ReaderKind, YesNo
from schoollib_xl.quotas.basis.stock import is_out, lendable
from schoollib_xl.quotas.borrowing.allowance import allowance
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.desk.replies import confirmed, copy_words, draft_words, reader_words, verdict_word, why_words

# The library is open on this day of the sample school's second term.
DAY = date(2026, 6, 3)


@pytest.fixture(scope="module")
def school() -> LedgerSet:
    """The sample school before it counted its shelves, which it did after this day."""
    whole = clean_school()
    return replace(whole, rows={**whole.rows, StocktakeRow: []})


@pytest.fixture(scope="module")
def books(school: LedgerSet) -> Library:
    return school.library(DAY)


def free_copy(books: Library) -> AccessionRow:
    """A copy that can be lent and that nobody ever borrowed."""
    return next(copy for copy in lendable(books, DAY) if copy.accession_no not in books.loans_by_copy)


def free_reader(books: Library) -> ReaderRow:
    """A reader in force who has nothing at home, and borrows nothing later."""
    busy = {loan.reader_no for loan in books[LoanRow] if is_out(loan, DAY) or loan.lent_on >= DAY}
    free = (reader for reader in books[ReaderRow] if reader.is_active(DAY) and reader.reader_no not in busy)
    return next(reader for reader in free if allowance(books, reader.reader_no, DAY).left)


def open_loan(books: Library) -> LoanRow:
    """A personal loan that is out on the day, of a copy nobody borrows later."""
    return next(
        loan
        for loan in books[LoanRow]
        if is_out(loan, DAY) and loan.is_personal and books.loans_by_copy[loan.accession_no][-1] is loan
    )


def not_yet_due(books: Library) -> LoanRow:
    """A personal loan that is out, was never renewed and need not be back yet."""
    return next(
        loan
        for loan in books[LoanRow]
        if is_out(loan, DAY) and loan.is_personal and not loan.renewals and loan.due_on >= DAY
    )


def asked(books: Library, reader: str, copy: str, act: Act | None = None, day: date = DAY) -> Decision:
    return decide(Request(books, day, reader, copy, act))


def reasons(decision: Decision) -> list[Reason | Remark]:
    return [one.what for one in decision.against]


def remarks(decision: Decision) -> list[Reason | Remark]:
    return [one.what for one in decision.remarks]


def with_rows(school: LedgerSet, *rows: Any) -> Library:
    """The school with these rows besides its own."""
    added = dict(school.rows)
    for row in rows:
        added[type(row)] = [*added.get(type(row), []), row]
    return replace(school, rows=added).library(DAY)


def entered(school: LedgerSet, decision: Decision) -> LedgerSet:
    """The school after the decision's entries."""
    rows = {row_type: list(own) for row_type, own in school.rows.items()}
    for entry in decision.entries:
        own = rows[type(entry.row)]
        if isinstance(entry, NewRow):
            own.append(entry.row)
        else:
            own[own.index(entry.row)] = entry.row._replace(**entry.values)
    return replace(school, rows=rows)


def errors(school: LedgerSet, day: date = DAY) -> list[str]:
    report = run(school.library(day), ALL.values())
    return [finding.check.code for finding in report.findings if finding.severity is Severity.ERROR]


def test_a_free_copy_may_be_lent_and_the_deciding_rule_is_named(books: Library) -> None:
    decision = asked(books, free_reader(books).reader_no, free_copy(books).accession_no)
    assert (decision.act, decision.is_allowed) == (Act.LEND, True)
    assert decision.rule is not None
    assert decision.due_on is not None
    assert decision.rule.basis in why_words(decision)


def test_zeros_not_typed_and_barcodes_are_understood(school: LedgerSet, books: Library) -> None:
    copy = free_copy(books)
    assert Request(books, DAY, "", copy.accession_no.lstrip("0")).copy == copy
    coded = copy._replace(barcode="TM-77")
    rows = {**school.rows, AccessionRow: [coded if row is copy else row for row in school.rows[AccessionRow]]}
    assert Request(replace(school, rows=rows).library(DAY), DAY, "", "TM-77").copy == coded


def test_who_and_what_nobody_knows(books: Library) -> None:
    decision = asked(books, "S9999", "999999")
    assert reasons(decision) == [Reason.NO_READER, Reason.NO_COPY]
    assert (reader_words(decision), copy_words(decision), verdict_word(decision)) == ("", "", "不可借")


def test_a_stopped_card_lends_nothing(school: LedgerSet, books: Library) -> None:
    reader = free_reader(books)._replace(stopped_on=DAY)
    rows = [reader if row.reader_no == reader.reader_no else row for row in school.rows[ReaderRow]]
    stopped = replace(school, rows={**school.rows, ReaderRow: rows}).library(DAY)
    decision = asked(stopped, reader.reader_no, free_copy(books).accession_no)
    assert reasons(decision) == [Reason.CARD_STOPPED]
    assert why_words(decision).startswith(f"{reader.name}：这张证 2026年6月3日停用")


def test_a_reader_with_all_the_rule_allows_gets_no_more(books: Library) -> None:
    found = (allowance(books, reader, DAY) for reader in books.readers)
    full = next(one.reader.reader_no for one in found if one.allowed and not one.left)
    decision = asked(books, full, free_copy(books).accession_no, Act.LEND)
    assert reasons(decision) == [Reason.LIMIT_REACHED]
    assert "册" in why_words(decision)


def test_a_pupil_whose_class_reads_in_the_room_gets_none_to_take_home(books: Library) -> None:
    reader = next(reader for reader in books.readers if allowance(books, reader, DAY).only_in_room)
    decision = asked(books, reader, free_copy(books).accession_no, Act.LEND)
    assert reasons(decision) == [Reason.ONLY_IN_ROOM]
    assert "只在室内阅览" in why_words(decision)


def test_overdue_copies_stop_the_next_loan_where_the_rule_says_so(school: LedgerSet, books: Library) -> None:
    rules = [rule._replace(overdue_stops=YesNo.YES, copies=9) for rule in school.rows[LendingRule]]
    strict = replace(school, rows={**school.rows, LendingRule: rules}).library(DAY)
    late = next(reader for reader in strict.readers if allowance(strict, reader, DAY).is_suspended)
    assert reasons(asked(strict, late, free_copy(strict).accession_no, Act.LEND)) == [Reason.SUSPENDED]


def test_without_a_rule_nothing_is_lent(school: LedgerSet, books: Library) -> None:
    ruleless = replace(school, rows={**school.rows, LendingRule: []}).library(DAY)
    assert reasons(asked(ruleless, free_reader(books).reader_no, free_copy(books).accession_no)) == [Reason.NO_RULE]
    unread = with_incomplete(ruleless, LendingRule, since=DAY, copies=2, basis="制度")
    assert reasons(asked(unread, free_reader(books).reader_no, free_copy(books).accession_no)) == [Reason.RULE_UNREAD]


def test_a_copy_that_is_out_is_not_lent_again(books: Library) -> None:
    loan = open_loan(books)
    decision = asked(books, free_reader(books).reader_no, loan.accession_no, Act.LEND)
    assert reasons(decision) == [Reason.ON_LOAN]
    assert str(loan.name) in why_words(decision)


def test_a_copy_in_a_class_corner_is_not_lent(books: Library) -> None:
    corner = next(loan for loan in books[LoanRow] if loan.mode is LoanMode.CLASS and is_out(loan, DAY))
    decision = asked(books, free_reader(books).reader_no, corner.accession_no, Act.LEND)
    assert reasons(decision) == [Reason.IN_CLASS]


def test_a_reference_copy_stays_in_the_room(books: Library) -> None:
    copy = next(copy for copy in books[AccessionRow] if copy.circulation is Circulation.REFERENCE)
    assert Reason.REFERENCE in reasons(asked(books, free_reader(books).reader_no, copy.accession_no, Act.LEND))


def test_a_copy_not_in_the_holdings_is_not_lent(books: Library) -> None:
    gone = next(copy for copy in books[AccessionRow] if copy.withdrawn_on and copy.withdrawn_on <= DAY)
    assert Reason.NOT_IN_FORCE in reasons(asked(books, free_reader(books).reader_no, gone.accession_no, Act.LEND))


def test_a_copy_under_repair_or_lost_is_not_lent(school: LedgerSet, books: Library) -> None:
    copy, reader = free_copy(books), free_reader(books)
    sent = example(RepairRow, line=9000, sent_on=DAY - timedelta(days=2), accession_no=copy.accession_no)
    assert reasons(asked(with_rows(school, sent), reader.reader_no, copy.accession_no)) == [Reason.UNDER_REPAIR]
    loan = open_loan(books)
    lost = entered(school, asked(books, loan.reader_no, loan.accession_no, Act.LOSE)).library(DAY)
    assert reasons(asked(lost, reader.reader_no, loan.accession_no, Act.LEND)) == [Reason.LOST]


def test_lending_on_a_closed_day_is_remarked_and_not_refused(books: Library) -> None:
    sunday = date(2026, 6, 7)
    decision = asked(books, free_reader(books).reader_no, free_copy(books).accession_no, day=sunday)
    assert Remark.CLOSED in remarks(decision)


def test_a_day_that_comes_after_the_term_is_said_when_the_copy_goes_out(school: LedgerSet) -> None:
    """By its rule the loan is due in the holidays; the books call it no fault of the reader's."""
    day, last = date(2026, 6, 24), date(2026, 7, 3)
    books = school.library(day)
    decision = asked(books, free_reader(books).reader_no, free_copy(books).accession_no, day=day)
    assert decision.due_on
    assert decision.due_on > last
    assert [one.facts for one in decision.remarks if one.what is Remark.DUE_AFTER_TERM] == [{"last_open": last}]
    earlier = asked(books, free_reader(books).reader_no, free_copy(books).accession_no, day=DAY)
    assert Remark.DUE_AFTER_TERM not in remarks(earlier)


def test_from_the_day_on_which_the_school_stops_lending_that_is_remarked(school: LedgerSet) -> None:
    stops = date(2026, 6, 20)
    for told, day in ((stops, stops), (None, stops), (stops, date(2026, 6, 18))):
        books = replace(school, school=school.school._replace(lending_stops=told)).library(day)
        decision = asked(books, free_reader(books).reader_no, free_copy(books).accession_no, day=day)
        assert (Remark.LENDING_STOPPED in remarks(decision)) is (told == day)


def test_a_copy_that_is_out_comes_back_whoever_brings_it(school: LedgerSet, books: Library) -> None:
    loan = not_yet_due(books)
    decision = asked(books, free_reader(books).reader_no, loan.accession_no)
    assert (decision.act, remarks(decision)) == (Act.RETURN, [Remark.OTHER_READER])
    back = entered(school, decision).library(DAY).loans_by_copy[loan.accession_no][-1]
    assert (back.returned_on, str(back.outcome)) == (DAY, "已还")


def test_of_a_copy_that_two_readers_have_by_the_ledger_the_own_loan_ends_and_the_other_is_told(
    books: Library,
) -> None:
    """Nobody had entered the first return when it was lent again."""
    first, reader = not_yet_due(books), free_reader(books)
    again = first._replace(line=first.line + 1, loan_no="J999999", reader_no=reader.reader_no, lent_on=DAY)
    both = books.with_tables(books[LoanRow].changed(rows=[*books[LoanRow].rows, again]))
    for card, ended, other in (
        (first.reader_no, first, again),
        (reader.reader_no, again, first),
        ("", again, first),
    ):
        for act in (Act.RETURN, Act.RENEW, Act.LOSE):
            decision = asked(both, card, first.accession_no, act)
            assert decision.is_allowed
            assert decision.request.loan == ended
            told = [one.facts["who"] for one in decision.remarks if one.what is Remark.ALSO_OUT]
            assert [one.split()[0] for one in told] == [other.reader_no]


def test_a_late_return_says_how_late(books: Library) -> None:
    loan = open_loan(books)
    decision = asked(books, loan.reader_no, loan.accession_no, day=loan.due_on + timedelta(days=3))
    assert [dict(one.facts) for one in decision.remarks if one.what is Remark.RETURNED_LATE] == [{"days": 3}]


def test_a_return_before_the_loan_and_of_what_is_not_out_is_refused(books: Library) -> None:
    loan = open_loan(books)
    early = asked(books, "", loan.accession_no, Act.RETURN, loan.lent_on - timedelta(days=1))
    assert reasons(early) == [Reason.NOT_ON_LOAN]
    assert reasons(asked(books, "", free_copy(books).accession_no, Act.RETURN)) == [Reason.NOT_ON_LOAN]
    assert reasons(asked(books, "", "999999", Act.RETURN)) == [Reason.NO_COPY]


def test_a_renewal_moves_the_due_day_once_and_no_further(school: LedgerSet, books: Library) -> None:
    loan = not_yet_due(books)
    decision = asked(books, loan.reader_no, loan.accession_no, Act.RENEW)
    assert decision.is_allowed
    assert decision.due_on is not None
    assert decision.due_on > loan.due_on
    again = entered(school, decision).library(DAY)
    assert reasons(asked(again, loan.reader_no, loan.accession_no, Act.RENEW)) == [Reason.NO_RENEWAL_LEFT]


def test_an_overdue_loan_and_a_class_corner_are_not_renewed(books: Library) -> None:
    day = timedelta(days=1)
    loan = next(
        loan
        for loan in books[LoanRow]
        if loan.is_personal and not loan.renewals and (loan.returned_on or date.min) > loan.due_on + day
    )
    late = asked(books, loan.reader_no, loan.accession_no, Act.RENEW, loan.due_on + day)
    assert reasons(late) == [Reason.OVERDUE]
    corner = next(loan for loan in books[LoanRow] if loan.mode is LoanMode.CLASS and is_out(loan, DAY))
    assert reasons(asked(books, "", corner.accession_no, Act.RENEW)) == [Reason.NOT_RENEWABLE]


def test_a_loan_that_fell_due_on_a_closed_day_is_late_from_the_next_open_one_on(school: LedgerSet) -> None:
    loan = not_yet_due(school.library(DAY))
    closed = example(CalendarRow, starts_on=loan.due_on, ends_on=loan.due_on, kind=DayKind.HOLIDAY)
    loans = [one._replace(returned_on=None, outcome=None) if one == loan else one for one in school.rows[LoanRow]]
    rows = {**school.rows, LoanRow: loans, CalendarRow: [*school.rows[CalendarRow], closed._replace(line=999)]}
    books = replace(school, rows=rows).library(DAY)
    opens = books.derive(SchoolCalendar).next_open(loan.due_on, ReaderKind.PUPIL)
    assert opens > loan.due_on
    assert asked(books, loan.reader_no, loan.accession_no, Act.RENEW, opens).is_allowed
    assert Remark.RETURNED_LATE not in remarks(asked(books, "", loan.accession_no, Act.RETURN, opens))


def test_a_loss_closes_the_loan_and_opens_its_compensation(school: LedgerSet, books: Library) -> None:
    loan = open_loan(books)
    decision = asked(books, loan.reader_no, loan.accession_no, Act.LOSE)
    assert remarks(decision) == [Remark.OWES, Remark.LIST_LATER]
    incident = entered(school, decision).rows[CompensationRow][-1]
    assert (incident.accession_no, incident.reader_no, incident.owed) == (
        loan.accession_no, loan.reader_no, decision.owed,
    )  # fmt: skip
    assert loan.accession_no in draft_words(decision)
    assert "注销原因 丢失" in draft_words(decision)


def test_a_withdrawal_is_only_a_line_for_the_next_list(books: Library) -> None:
    decision = asked(books, "", free_copy(books).accession_no, Act.WITHDRAW)
    assert (decision.is_allowed, decision.entries) == (True, ())
    assert "注销原因 破损" in draft_words(decision)
    assert reasons(asked(books, "", open_loan(books).accession_no, Act.WITHDRAW)) == [Reason.ON_LOAN]
    assert reasons(asked(books, "", "999999", Act.WITHDRAW)) == [Reason.NO_COPY]


def test_what_the_desk_enters_leaves_the_books_in_order(school: LedgerSet, books: Library) -> None:
    before = errors(school)
    loan, fresh = open_loan(books), not_yet_due(books)
    acts = [
        asked(books, free_reader(books).reader_no, free_copy(books).accession_no),
        asked(books, fresh.reader_no, fresh.accession_no),
        asked(books, fresh.reader_no, fresh.accession_no, Act.RENEW),
        asked(books, loan.reader_no, loan.accession_no, Act.LOSE),
    ]
    for decision in acts:
        assert decision.is_allowed, decision.act
        assert errors(entered(school, decision)) == before, decision.act


def test_every_entry_is_said_in_one_line(books: Library) -> None:
    reader, copy = free_reader(books), free_copy(books)
    said = confirmed(asked(books, reader.reader_no, copy.accession_no))
    assert all(word in said for word in ("2026年6月3日", reader.name, "借出", copy.accession_no, "应还"))


def test_numbers_go_on_in_their_own_manner() -> None:
    assert next_number(["J000001", "J000009"], "x") == "J000010"
    assert next_number(["P2025-001", "P2026-007"], "x") == "P2026-008"
    assert next_number([], "J000001") == "J000001"
    assert next_number(["甲"], "J1") == "J1"


def test_an_entry_changes_only_what_it_says(books: Library) -> None:
    loan = open_loan(books)
    (entry,) = asked(books, loan.reader_no, loan.accession_no).entries
    assert isinstance(entry, Changed)
    assert set(entry.values) == {"returned_on", "outcome"}


def test_what_was_entered_names_whose_loan_it_was(books: Library) -> None:
    """D3: somebody else's card lies on the desk."""
    loan, other = open_loan(books), free_reader(books)
    line = confirmed(asked(books, other.reader_no, loan.accession_no))
    assert loan.name is not None
    assert loan.name in line
    assert other.name not in line


def test_a_day_that_has_not_come_is_refused_for_every_act(books: Library) -> None:
    """D4."""
    loan = open_loan(books)
    for act in Act:
        late = Request(books, DAY + timedelta(1), loan.reader_no, loan.accession_no, act, DAY)
        assert reasons(decide(late)) == [Reason.FUTURE]


def test_a_barcode_on_several_copies_is_no_copy(school: LedgerSet) -> None:
    rows = dict(school.rows)
    first, second, *others = rows[AccessionRow]
    rows[AccessionRow] = [first._replace(barcode="TM-7"), second._replace(barcode="TM-7"), *others]
    decision = asked(replace(school, rows=rows).library(DAY), "", "TM-7", Act.RETURN)
    assert reasons(decision) == [Reason.SEVERAL_COPIES]
    assert first.accession_no in why_words(decision)


def test_a_copy_without_a_price_is_neither_lost_nor_written_off(school: LedgerSet, books: Library) -> None:
    loan, free = open_loan(books), free_copy(books)
    rows = dict(school.rows)
    priced = {loan.accession_no, free.accession_no}
    rows[AccessionRow] = [
        copy._replace(price=None) if copy.accession_no in priced else copy for copy in rows[AccessionRow]
    ]
    there = replace(school, rows=rows).library(DAY)
    assert reasons(asked(there, "", loan.accession_no, Act.LOSE)) == [Reason.NO_PRICE]
    assert reasons(asked(there, "", free.accession_no, Act.WITHDRAW)) == [Reason.NO_PRICE]


@pytest.mark.parametrize("act", [Act.RETURN, Act.RENEW, Act.LOSE])
def test_nothing_ends_before_it_began_and_nothing_that_is_in_can_end(
    school: LedgerSet, books: Library, act: Act
) -> None:
    loan = next(loan for loan in books[LoanRow] if loan.lent_on == max(row.lent_on for row in books[LoanRow]))
    rows = dict(school.rows)
    rows[LoanRow] = [row._replace(returned_on=None, outcome=None) if row == loan else row for row in rows[LoanRow]]
    there = replace(school, rows=rows).library(DAY)
    early = asked(there, "", loan.accession_no, act, loan.lent_on - timedelta(days=1))
    assert reasons(early) == [Reason.BEFORE_LENDING]
    assert reasons(asked(books, "", free_copy(books).accession_no, act)) == [Reason.NOT_ON_LOAN]
