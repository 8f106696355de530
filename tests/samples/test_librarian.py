"""A librarian does what the rules allow, writes it in every ledger it concerns, and refuses the rest."""

from datetime import date
from decimal import Decimal

import pytest

from samples.village import TITLES, village
from schoollib_xl.ledgers.vocabulary import (
    Circulation,
    LeavingReason,
    LoanMode,
    LoanOutcome,
    Settlement,
    Source,
    WithdrawalReason,
)
from schoollib_xl.samples.batches import Arrival
from schoollib_xl.samples.librarian import Librarian
from schoollib_xl.samples.refusal import NotAllowed
from schoollib_xl.samples.stock import Approval, SampleLot

WORN_OUT = Approval(WithdrawalReason.WORN_OUT, "图〔1〕号", "报废")
LOST = Approval(WithdrawalReason.LOST, "图〔2〕号", "核销")
PUPIL, OTHER_PUPIL, TEACHER = "S0010", "S0012", "T001"


def lendable(librarian: Librarian, nth: int = 0) -> str:
    copies = [copy for copy in librarian.stock.copies if copy.circulation is Circulation.LENDING]
    return copies[nth].accession_no


def reference(librarian: Librarian) -> str:
    return next(c.accession_no for c in librarian.stock.copies if c.circulation is Circulation.REFERENCE)


def test_a_loan_is_due_after_the_days_of_the_rule_on_an_open_day() -> None:
    librarian = village()
    librarian.wait_until(date(2025, 9, 19))
    loan = librarian.lend(PUPIL, lendable(librarian))
    # Fourteen days later is 3 October, in the National Day holidays; the library opens again on the 9th.
    assert loan.due_on == date(2025, 10, 9)


def test_a_renewed_loan_is_due_after_twice_the_days() -> None:
    librarian = village()
    copy = lendable(librarian)
    librarian.lend(PUPIL, copy)
    librarian.wait_until(date(2025, 9, 10))
    assert librarian.renew(copy).due_on == date(2025, 9, 29)
    with pytest.raises(NotAllowed):
        librarian.renew(copy)


def test_an_overdue_loan_is_not_renewed() -> None:
    librarian = village()
    loan = librarian.lend(PUPIL, lendable(librarian))
    librarian.wait_until(date(2025, 9, 16))
    assert loan.due_on == date(2025, 9, 15)
    with pytest.raises(NotAllowed):
        librarian.renew(loan.accession_no)


def test_a_pupil_takes_no_more_copies_than_the_rule_allows() -> None:
    librarian = village()
    librarian.lend(PUPIL, lendable(librarian))
    with pytest.raises(NotAllowed):
        librarian.lend(PUPIL, lendable(librarian, 1))
    librarian.take_back(lendable(librarian))
    librarian.lend(PUPIL, lendable(librarian, 1))
    assert librarian.desk.held(PUPIL) == (lendable(librarian, 1),)


def test_class_corners_do_not_count_against_the_teacher_and_are_due_at_the_end_of_term() -> None:
    librarian = village()
    row = librarian.cards.classes[0]
    for nth in range(8):
        loan = librarian.send_to_class(row.class_name, lendable(librarian, nth))
        assert (loan.mode, loan.name, loan.due_on) == (LoanMode.CLASS, row.teacher, date(2026, 1, 23))
    librarian.lend(loan.reader_no, lendable(librarian, 9))


def test_reference_copies_are_read_in_the_room_only() -> None:
    librarian = village()
    with pytest.raises(NotAllowed):
        librarian.lend(PUPIL, reference(librarian))
    loan = librarian.read_in_room(PUPIL, reference(librarian))
    assert (loan.due_on, loan.returned_on, loan.outcome) == (loan.lent_on, loan.lent_on, LoanOutcome.RETURNED)


@pytest.mark.parametrize("closed", [date(2025, 9, 6), date(2025, 10, 2), date(2026, 2, 3)])
def test_nothing_is_lent_on_a_closed_day(closed: date) -> None:
    librarian = village()
    librarian.wait_until(closed)
    with pytest.raises(NotAllowed):
        librarian.lend(PUPIL, lendable(librarian))


def test_a_make_up_saturday_is_an_open_day() -> None:
    librarian = village()
    librarian.wait_until(date(2025, 10, 11))
    assert librarian.lend(PUPIL, lendable(librarian)).lent_on == date(2025, 10, 11)


def test_a_lost_copy_is_paid_for_written_off_and_noted_in_every_ledger() -> None:
    librarian = village()
    copy = librarian.stock.copy(lendable(librarian))
    librarian.lend(PUPIL, copy.accession_no)
    librarian.wait_until(date(2025, 9, 8))
    incident = librarian.report_lost(copy.accession_no, Settlement.PAYMENT)
    before = librarian.cash.balance
    paid = librarian.take_payment(incident.incident_no)
    librarian.wait_until(date(2025, 9, 9))
    (gone,) = librarian.write_off([copy.accession_no], LOST)
    loan = librarian.desk.loans[-1]
    assert (loan.outcome, loan.returned_on) == (LoanOutcome.LOST, date(2025, 9, 8))
    assert (paid.owed, paid.paid, paid.settled_on) == (copy.price, copy.price, date(2025, 9, 8))
    assert librarian.cash.balance - before == copy.price
    assert librarian.cash.rows[-1].voucher_no == paid.receipt_no
    assert gone.withdrawal_no == librarian.incidents.rows[0].withdrawal_no == "2025-002"
    assert librarian.stock.withdrawals[-1].accession_no == copy.accession_no
    assert librarian.stock.batches.rows[-1].running_copies == len(librarian.stock.copies) - 1


def test_a_replaced_copy_comes_in_a_batch_of_its_own() -> None:
    librarian = village()
    librarian.lend(PUPIL, lendable(librarian))
    incident = librarian.report_lost(lendable(librarian), Settlement.REPLACEMENT)
    (fresh,) = librarian.take_replacements([incident.incident_no])
    settled = librarian.incidents.rows[0]
    assert (settled.replacement_no, settled.owed, settled.receipt_no) == (fresh.accession_no, Decimal("0.00"), None)
    assert (fresh.title, fresh.price) == (settled.title, settled.price)
    assert librarian.stock.batches.rows[-1].source.value == "赔书"


def test_a_damaged_copy_is_mended_put_back_and_stays_in_the_books() -> None:
    librarian = village()
    copy = lendable(librarian)
    librarian.lend(PUPIL, copy)
    librarian.report_damaged(copy, "封面脱落", Settlement.REPAIR)
    assert not librarian.stock.on_shelf(copy)
    librarian.wait_until(date(2025, 9, 12))
    librarian.reshelve(copy)
    assert librarian.shelves.repairs[0].reshelved_on == librarian.incidents.rows[0].settled_on == date(2025, 9, 12)
    librarian.wait_until(date(2025, 9, 15))
    with pytest.raises(NotAllowed):
        librarian.write_off([copy], WORN_OUT)


def test_what_is_lent_out_lost_or_used_today_is_not_written_off_as_worn_out() -> None:
    librarian = village()
    lent, lost, read = (lendable(librarian, nth) for nth in range(3))
    librarian.lend(PUPIL, lent)
    librarian.lend(OTHER_PUPIL, lost)
    librarian.report_lost(lost, Settlement.PAYMENT)
    librarian.read_in_room(TEACHER, read)
    for number in (lent, lost, read):
        with pytest.raises(NotAllowed):
            librarian.write_off([number], WORN_OUT)
    assert librarian.stock.withdrawals == []


def test_a_written_off_copy_is_not_lent_and_its_number_not_used_again() -> None:
    librarian = village()
    last = librarian.stock.copies[-1].accession_no
    librarian.write_off([last], WORN_OUT)
    with pytest.raises(NotAllowed):
        librarian.lend(PUPIL, last)
    (fresh,) = librarian.accession([SampleLot(TITLES[0], 1)], Arrival(Source.DONATION))
    assert int(fresh.accession_no) == int(last) + 1


def test_batch_numbers_begin_again_with_the_calendar_year() -> None:
    librarian = village()
    librarian.accession([SampleLot(TITLES[0], 1)], Arrival(Source.DONATION))
    librarian.wait_until(date(2026, 1, 5))
    librarian.accession([SampleLot(TITLES[0], 1)], Arrival(Source.DONATION))
    assert [row.batch_no for row in librarian.stock.batches.rows] == ["2025-001", "2025-002", "2026-001"]


def test_a_batch_costs_no_more_than_there_is() -> None:
    librarian = village()
    with pytest.raises(NotAllowed):
        librarian.accession([SampleLot(TITLES[0], 1)], Arrival(Source.PURCHASE, "书店", "FP1", Decimal("5000.01")))
    assert len(librarian.stock.batches.rows) == 1


def test_a_card_is_stopped_only_for_a_reader_who_is_clear() -> None:
    librarian = village()
    before = {row.class_name: row.pupils for row in librarian.cards.classes}
    librarian.lend(PUPIL, lendable(librarian))
    with pytest.raises(NotAllowed):
        librarian.stop_card(PUPIL, LeavingReason.MOVED)
    librarian.wait_until(date(2025, 9, 8))
    librarian.take_back(lendable(librarian))
    with pytest.raises(NotAllowed):
        librarian.stop_card(PUPIL, LeavingReason.MOVED)
    librarian.wait_until(date(2025, 9, 9))
    librarian.stop_card(PUPIL, LeavingReason.MOVED)
    after = {row.class_name: row.pupils for row in librarian.cards.classes}
    left = librarian.cards.card(PUPIL).class_name or ""
    assert after == before | {left: before[left] - 1}
    with pytest.raises(NotAllowed):
        librarian.lend(PUPIL, lendable(librarian))


def test_time_does_not_run_backwards() -> None:
    librarian = village()
    librarian.wait_until(date(2025, 9, 9))
    with pytest.raises(NotAllowed):
        librarian.wait_until(date(2025, 9, 8))


def test_a_closed_period_takes_no_more_batches() -> None:
    librarian = village()
    librarian.close_period(date(2025, 9, 1))
    with pytest.raises(NotAllowed):
        librarian.accession([SampleLot(TITLES[0], 1)], Arrival(Source.DONATION))
