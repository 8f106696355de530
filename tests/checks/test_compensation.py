"""赔偿登记账 alone and against the loans, the withdrawals and the copies brought instead."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from make import EXAMPLE_SCHOOL, findings, library, report, row, sentences, with_incomplete, with_unreadable
from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.vocabulary import (
    Flow,
    Incident,
    LoanMode,
    LoanOutcome,
    ReaderKind,
    Settlement,
    SourceOrDestination,
    WithdrawalReason,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.wording.checking.findings import message_of

REPORTED = date(2025, 10, 15)
TERM_END = date(2026, 1, 23)
COPY = row(AccessionRow)
GONE = row(WithdrawalRow, reason=WithdrawalReason.LOST)
NEW = row(AccessionRow, accession_no="000002", batch_no="2025-002")
NEW_BATCH = row(SummaryRow, batch_no="2025-002", source=SourceOrDestination.REPLACEMENT)


def incident(**changes: Any) -> Any:
    return row(CompensationRow, **changes)


def replaced(**changes: Any) -> Any:
    given = {"settlement": Settlement.REPLACEMENT, "owed": Decimal("0.00"), "replacement_no": "000002"}
    return incident(paid=None, receipt_no=None, **(given | changes))


def repaired(**changes: Any) -> Any:
    given = {"incident": Incident.DAMAGED, "settlement": Settlement.REPAIR, "owed": Decimal("0.00")}
    return incident(paid=None, receipt_no=None, **(given | changes))


def lost_loan(**changes: Any) -> Any:
    return row(LoanRow, **({"returned_on": REPORTED, "outcome": LoanOutcome.LOST} | changes))


def rule(**changes: Any) -> Any:
    return row(CompensationRule, **changes)


_OWN = (11, 12, 13, 101, 102, 201, 202, *range(301, 311))
CODES = (*(f"CMP{number:03}" for number in _OWN), "CIR351")


def all_findings(*rows: Any, **kwargs: Any) -> list[str]:
    return [one for code in CODES for one in findings(code, *rows, **kwargs)]


def severities(code: str, *rows: Any, as_of: date | None = None) -> list[str]:
    return [one.severity.value for one in report(code, library(*rows, as_of=as_of)).findings]


def test_a_loss_that_was_paid_and_written_off_is_silent() -> None:
    assert all_findings(COPY, lost_loan(), incident(withdrawal_no="2026-001"), GONE) == []
    assert all_findings(COPY, lost_loan(), incident(), GONE) == []


def test_a_loss_that_was_replaced_is_silent() -> None:
    assert all_findings(COPY, NEW, NEW_BATCH, lost_loan(), replaced(), GONE) == []


def test_damage_that_was_mended_is_silent() -> None:
    assert all_findings(COPY, row(LoanRow, returned_on=REPORTED), repaired()) == []


def test_a_repair_that_was_over_before_the_damage_is_another_one() -> None:
    mended = incident(incident=Incident.DAMAGED, settlement=Settlement.REPAIR)
    before = [row(RepairRow, sent_on=REPORTED - timedelta(99), reshelved_on=REPORTED - timedelta(80))]
    assert sentences("CMP322", COPY, mended, *before) == [
        "P2025-001 的处理方式是修补，修补登记里没有 000001 这一次的送修。"
    ]
    for later in (row(RepairRow, line=3, sent_on=REPORTED), before[0]._replace(reshelved_on=None)):
        assert findings("CMP322", COPY, mended, *before, later) == []
    # Damage may be reported at the start of the next term.
    assert findings("CMP322", COPY, mended, before[0]._replace(reshelved_on=REPORTED - timedelta(50))) == []


def test_money_taken_without_a_receipt_is_found() -> None:
    assert findings("CMP011", incident(receipt_no=None)) == ["CMP011 赔偿登记账!M2"]
    assert findings("CMP011", incident(receipt_no=None, paid=None)) == ["CMP011 赔偿登记账!M2"]
    assert findings("CMP011", incident(receipt_no=None, paid=None, settled_on=None)) == []
    assert findings("CMP011", incident(receipt_no=None, paid=Decimal(0))) == []
    assert findings("CMP011", incident(receipt_no=None, paid=None, remarks="困难家庭，校长批准免赔")) == []
    assert findings("CMP011", replaced()) == []


def test_one_receipt_for_two_incidents_is_found_at_the_later_one() -> None:
    first, second = incident(), incident(incident_no="P2025-002", reader_no="S0002")
    assert findings("CMP012", first, second) == ["CMP012 赔偿登记账!M3"]
    assert severities("CMP012", first, second) == ["error"]
    assert findings("CMP012", replaced(), replaced(incident_no="P2025-002")) == []


def test_a_remark_is_asked_for_only_where_it_settles_the_matter() -> None:
    lost = incident(refunded_on=date(2025, 12, 1))
    for gone, asks in ((date(2025, 11, 3), True), (date(2026, 1, 20), False)):
        books = library(lost, row(WithdrawalRow, withdrawn_on=gone, reason=WithdrawalReason.LOST))
        [one] = report("CMP318", books).findings
        assert ("找回”和新号" in message_of(books, one).fix) is asks


def test_a_teachers_loss_is_of_the_class_that_the_loan_was_for() -> None:
    teacher = row(ReaderRow, kind=ReaderKind.TEACHER, class_name=None)
    classes = row(ClassRow), row(ClassRow, class_name="三（2）班", line=3)
    lent = row(LoanRow, mode=LoanMode.CLASS, outcome=LoanOutcome.LOST, returned_on=incident().registered_on)
    assert findings("CMP313", teacher, *classes, lent, incident()) == []
    other = incident(class_name="三（2）班")
    assert findings("CMP313", teacher, *classes, lent, other) == ["CMP313 赔偿登记账!E2"]
    assert findings("CMP313", teacher, *classes, other) == []


def test_one_receipt_for_two_copies_of_one_reader_is_only_a_doubt() -> None:
    assert severities("CMP012", incident(), incident(incident_no="P2025-002")) == ["warning"]


def test_one_copy_brought_for_two_incidents_is_found() -> None:
    rows = [replaced(), replaced(incident_no="P2025-002")]
    assert findings("CMP013", *rows) == ["CMP013 赔偿登记账!N3"]


def test_settlement_may_follow_on_the_day_but_not_come_before() -> None:
    assert findings("CMP101", incident(settled_on=REPORTED)) == []
    assert findings("CMP101", incident(settled_on=date(2025, 10, 14))) == ["CMP101 赔偿登记账!P2"]


def test_a_refund_may_follow_on_the_day_but_not_come_before() -> None:
    assert findings("CMP102", incident(refunded_on=date(2025, 10, 20))) == []
    assert findings("CMP102", incident(refunded_on=date(2025, 10, 19))) == ["CMP102 赔偿登记账!Q2"]


def test_another_price_is_found() -> None:
    assert findings("CMP201", COPY, incident(price=Decimal("25.01"))) == ["CMP201 赔偿登记账!H2"]
    assert findings("CMP201", incident(price=Decimal("25.01"))) == []


def test_a_gift_without_a_price_is_worth_what_was_settled() -> None:
    assert findings("CMP201", COPY._replace(price=None), incident(price=Decimal("25.01"))) == []


@pytest.mark.parametrize(
    ("rules", "owed"),
    [
        ([], "25.00"),
        ([rule(multiple=Decimal("2"), fee=Decimal("1.00"))], "51.00"),
        ([rule(minimum=Decimal("40.00"))], "40.00"),
        ([rule(multiple=Decimal("2")), rule(multiple=Decimal("3"), since=REPORTED)], "75.00"),
        ([rule(multiple=Decimal("3"), since=date(2025, 10, 16))], "25.00"),
        ([rule(multiple=Decimal("3"), incident=Incident.DAMAGED)], "25.00"),
    ],
)
def test_what_is_owed_follows_the_rule_in_force_on_the_day(rules: list[Any], owed: str) -> None:
    assert findings("CMP202", incident(owed=Decimal(owed)), *rules) == []
    assert findings("CMP202", incident(owed=Decimal(owed) + 1), *rules) == ["CMP202 赔偿登记账!K2"]


def test_a_replacement_owes_the_fee_alone() -> None:
    assert findings("CMP202", replaced(owed=Decimal("1.00")), rule(fee=Decimal("1.00"))) == []
    assert findings("CMP202", replaced(owed=Decimal("25.00"))) == ["CMP202 赔偿登记账!K2"]


def test_an_amount_nobody_filled_in_is_not_judged() -> None:
    assert findings("CMP202", incident(owed=None)) == []


def test_a_repair_that_costs_something_is_a_doubt_and_a_whole_set_a_hint() -> None:
    assert severities("CMP202", repaired(owed=Decimal("2.00"))) == ["warning"]
    assert severities("CMP202", incident(owed=Decimal("100.00")), rule(whole_set="是")) == ["hint"]
    assert severities("CMP202", incident(owed=Decimal("5.00")), rule(whole_set="是")) == ["error"]


def test_without_a_sheet_of_rules_the_price_is_owed() -> None:
    books = library(incident(owed=Decimal("30.00")))
    tables = [books[kind] for kind in (CompensationRow, AccessionRow)]
    lacking = type(books)(tables, books.school, books.as_of)
    assert len(report("CMP202", lacking).findings) == 1
    assert report("CMP202", lacking).unchecked == ()


def test_nothing_is_judged_by_rules_that_could_not_be_read() -> None:
    one = rule(fee=None)
    books = library(incident(owed=Decimal("26.00")), one)
    assert len(report("CMP202", books).findings) == 1
    assert report("CMP202", with_unreadable(books, one, "fee")).findings == ()
    assert report("CMP202", with_incomplete(books, CompensationRule, incident=Incident.LOST)).findings == ()


def test_an_unknown_copy_is_found_and_nothing_else_of_it() -> None:
    assert all_findings(COPY, incident(accession_no="000010")) == ["CMP301 赔偿登记账!F2"]
    incomplete = with_incomplete(library(incident()), AccessionRow, accession_no="000001")
    assert report("CMP301", incomplete).findings == ()


@pytest.mark.parametrize(
    "loan",
    [
        lost_loan(reader_no="S0002"),
        lost_loan(accession_no="000002"),
        lost_loan(lent_on=date(2025, 10, 16)),
        lost_loan(reader_no="T001", mode=LoanMode.CLASS, outcome=LoanOutcome.RETURNED),
    ],
)
def test_a_loss_without_a_loan_of_that_reader_and_copy_is_found(loan: Any) -> None:
    assert findings("CMP302", COPY, loan, incident()) == ["CMP302 赔偿登记账!F2"]
    assert findings("CMP303", COPY, loan, incident()) == []


def test_a_pupil_may_lose_a_copy_of_the_class_corner() -> None:
    corner = lost_loan(reader_no="T001", mode=LoanMode.CLASS)
    assert all_findings(COPY, corner, incident(), GONE) == []


def test_a_loss_whose_loan_is_not_closed_as_lost_is_found() -> None:
    for loan in (row(LoanRow), row(LoanRow, returned_on=REPORTED, outcome=LoanOutcome.RETURNED)):
        assert findings("CMP303", COPY, loan, incident()) == ["CMP303 赔偿登记账!I2"]
    assert sentences("CMP303", COPY, row(LoanRow), incident()) == [
        "P2025-001 记 000001 遗失，借阅账这一笔的归还情况是空白。"
    ]


def test_of_several_loans_of_the_reader_one_closed_as_lost_is_enough() -> None:
    earlier = row(LoanRow, lent_on=date(2025, 9, 2), returned_on=date(2025, 9, 5), outcome=LoanOutcome.RETURNED)
    assert findings("CMP303", COPY, earlier, lost_loan(), incident()) == []


def test_a_copy_that_came_to_light_needs_neither_lost_loan_nor_withdrawal() -> None:
    back = row(LoanRow, returned_on=date(2025, 11, 3), outcome=LoanOutcome.RETURNED)
    assert all_findings(COPY, back, incident(refunded_on=date(2025, 11, 3))) == []


def test_a_loss_of_an_earlier_year_may_lack_its_loan() -> None:
    early = incident(registered_on=date(2025, 8, 31))
    assert findings("CMP302", COPY, early) == []
    assert findings("CMP302", COPY, incident(registered_on=date(2025, 9, 1))) == ["CMP302 赔偿登记账!F2"]


@pytest.mark.parametrize("code", ["CMP302", "CMP303"])
def test_a_loss_is_not_judged_while_a_loan_of_its_copy_could_not_be_read(code: str) -> None:
    loans = [] if code == "CMP302" else [row(LoanRow)]
    books = library(COPY, incident(), *loans)
    assert len(report(code, books).findings) == 1
    assert report(code, with_incomplete(books, LoanRow, accession_no="000001")).findings == ()
    assert report(code, with_incomplete(books, LoanRow, reader_no="S0001")).findings == ()


def test_a_loss_not_written_off_is_a_hint_until_the_term_ends_and_then_an_error() -> None:
    rows = [COPY, lost_loan(), incident()]
    assert findings("CMP304", *rows) == ["CMP304 赔偿登记账!O2"]
    assert severities("CMP304", *rows, as_of=TERM_END) == ["hint"]
    assert severities("CMP304", *rows, as_of=date(2026, 1, 24)) == ["error"]


def test_each_loss_has_until_the_end_of_its_own_term() -> None:
    school = EXAMPLE_SCHOOL._replace(
        previous_start=date(2025, 2, 24),
        previous_end=date(2025, 7, 4),
        term_start=date(2025, 9, 1),
        term_end=TERM_END,
    )
    days = [date(2025, 7, 4), date(2025, 8, 1), date(2025, 9, 1)]
    incidents = [incident(registered_on=day) for day in days]
    books = library(COPY, *incidents, school=school, as_of=TERM_END)
    judged = {one.at.line: one.severity.value for one in report("CMP304", books).findings}
    assert judged == {2: "error", 3: "hint", 4: "hint"}


def test_without_a_term_a_loss_not_written_off_stays_a_hint() -> None:
    school = EXAMPLE_SCHOOL._replace(term_end=None)
    books = library(COPY, incident(), school=school, as_of=date(2030, 1, 1))
    assert [one.severity.value for one in report("CMP304", books).findings] == ["hint"]


def test_damage_need_not_be_written_off() -> None:
    assert findings("CMP304", COPY, incident(incident=Incident.DAMAGED)) == []


def test_a_withdrawal_that_could_not_be_read_is_not_missing() -> None:
    for code, one in (("CMP304", incident()), ("CMP305", incident(withdrawal_no="2026-001"))):
        books = library(COPY, one)
        assert len(report(code, books).findings) == 1
        assert report(code, with_incomplete(books, WithdrawalRow, accession_no="000001")).findings == ()
        assert report(code, with_incomplete(books, WithdrawalRow, withdrawal_no="2026-001")).findings == ()


def test_an_incident_may_name_a_withdrawal_of_older_books() -> None:
    old = row(AccessionRow, withdrawn_on=date(2025, 8, 20), withdrawal_no="2025-010")
    opening = row(SummaryRow, flow=Flow.OPENING)
    assert findings("CMP305", opening, old, incident(withdrawal_no="2025-010")) == []


def test_a_withdrawal_the_incident_names_and_nobody_made_is_found() -> None:
    rows = [COPY, lost_loan(), incident(withdrawal_no="2026-001")]
    assert all_findings(*rows) == ["CMP305 赔偿登记账!O2"]


def test_another_withdrawal_batch_is_found() -> None:
    assert findings("CMP306", incident(withdrawal_no="2026-010"), GONE) == ["CMP306 赔偿登记账!O2"]
    assert findings("CMP306", incident(), GONE) == []


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (WithdrawalReason.WORN_OUT, ["warning"]),
        (WithdrawalReason.WEEDED, ["warning"]),
        (WithdrawalReason.LOST, []),
        (WithdrawalReason.TRANSFERRED, []),
    ],
)
def test_a_mended_copy_written_off_is_doubted_unless_it_was_lost_or_handed_over(
    reason: WithdrawalReason, expected: list[str]
) -> None:
    assert severities("CMP307", repaired(), row(WithdrawalRow, reason=reason)) == expected


def test_a_repair_that_names_its_own_withdrawal_is_an_error() -> None:
    rows = [repaired(withdrawal_no="2026-001"), GONE]
    assert findings("CMP307", *rows) == ["CMP307 赔偿登记账!J2"]
    assert severities("CMP307", *rows) == ["error"]


def test_damage_paid_for_may_be_written_off() -> None:
    assert findings("CMP307", incident(incident=Incident.DAMAGED), GONE) == []


def test_a_replacement_has_a_number_once_it_is_settled() -> None:
    assert findings("CMP308", replaced(replacement_no=None)) == ["CMP308 赔偿登记账!N2"]
    assert findings("CMP308", replaced(replacement_no=None, settled_on=None)) == []
    assert findings("CMP308", incident()) == []


def test_a_replacement_that_is_not_in_the_register_is_found() -> None:
    assert findings("CMP309", COPY, replaced()) == ["CMP309 赔偿登记账!N2"]
    incomplete = with_incomplete(library(replaced()), AccessionRow, accession_no="000002")
    assert report("CMP309", incomplete).findings == ()


def test_a_replacement_from_another_source_is_found() -> None:
    bought = row(SummaryRow, batch_no="2025-002")
    assert findings("CMP310", NEW, bought, replaced()) == ["CMP310 赔偿登记账!N2"]
    assert findings("CMP310", NEW, NEW_BATCH, replaced()) == []
    assert findings("CMP310", NEW, bought._replace(source=None), replaced()) == []
    assert findings("CMP310", NEW, replaced()) == []


def test_a_replacement_of_earlier_years_is_in_the_opening_stock() -> None:
    opening = row(SummaryRow, batch_no="2025-002", flow=Flow.OPENING)
    assert findings("CMP310", NEW, opening, replaced(registered_on=NEW.held_from)) == []
    later = replaced(registered_on=NEW.held_from + timedelta(days=1))
    assert findings("CMP310", NEW, opening, later) == ["CMP310 赔偿登记账!N2"]


def test_a_loan_closed_as_lost_without_an_incident_is_found() -> None:
    assert findings("CIR351", COPY, lost_loan()) == ["CIR351 借阅登记账!L2"]
    assert findings("CIR351", COPY, lost_loan(), incident(reader_no="S0002")) == ["CIR351 借阅登记账!L2"]
    assert findings("CIR351", COPY, lost_loan(), repaired()) == ["CIR351 借阅登记账!L2"]
    assert findings("CIR351", COPY, lost_loan(), incident()) == []
    assert findings("CIR351", COPY, row(LoanRow)) == []


def test_a_lost_loan_is_not_judged_while_an_incident_of_its_copy_could_not_be_read() -> None:
    books = library(COPY, lost_loan())
    assert report("CIR351", with_incomplete(books, CompensationRow, accession_no="000001")).findings == ()
    assert report("CIR351", with_incomplete(books, CompensationRow, reader_no="S0001")).findings == ()
    assert len(report("CIR351", with_incomplete(books, CompensationRow, accession_no="000002")).findings) == 1


def test_a_copy_under_the_number_of_the_lost_one_is_unwise_where_the_remark_says_so_and_is_in_the_books_as_that() -> (
    None
):
    same = replaced(replacement_no="000001", remarks="赔同一种新书，沿用原号", settled_on=date(2025, 12, 1))
    lost = row(LoanRow, returned_on=REPORTED, outcome=LoanOutcome.LOST)
    again = row(LoanRow, loan_no="J000002", lent_on=date(2025, 12, 3))
    books = library(COPY, same, lost, again, as_of=TERM_END + timedelta(days=30))
    assert [one.severity for one in report("CMP315", books).findings] == [Severity.HINT]
    assert [report(code, books).findings for code in ("CMP304", "CIR314")] == [(), ()]
    slip = library(COPY, same._replace(remarks=None))
    assert [one.severity for one in report("CMP315", slip).findings] == [Severity.ERROR]


def test_a_word_for_a_receipt_is_no_number_that_two_incidents_share() -> None:
    one, other = (incident(incident_no=f"P2025-00{number}", receipt_no="收据") for number in (1, 2))
    assert findings("CMP012", one, other) == []
    assert sentences("CMP011", one) == ["P2025-001 赔款已经收了，收据号写的是“收据”。"]
