"""What is not back in time, and what is owed for what is lost or damaged."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from small_school import lent, pupil, school_class, small_school, teacher

from make import row, with_incomplete, with_unreadable, without_column
from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.promises import CompensationRule
from schoollib_xl.ledgers.vocabulary import Incident, LoanMode, LoanOutcome, Settlement
from schoollib_xl.quotas.basis.shortfall import Obstacle
from schoollib_xl.quotas.borrowing.overdue import by_class, overdue_loans, perhaps_late, was_late
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.rules.incidents import OpenIncident, open_incidents
from schoollib_xl.wording.handover import Handover, handover_answer
from schoollib_xl.wording.quotas.obstacles import not_computed
from schoollib_xl.wording.quotas.quota_answer import quota_answer
from schoollib_xl.wording.quotas.verdicts import reckoning_words, rule_basis

TODAY = date(2025, 10, 15)
OUT: dict[str, Any] = {"returned_on": None, "outcome": None}


def out(number: str, due_on: date, **more: Any) -> Any:
    return lent(number, date(2025, 9, 8), due_on=due_on, **OUT, **more)


def test_overdue_loans_come_by_class_then_reader_with_teachers_last() -> None:
    books = small_school(
        school_class("四（1）班", 4), school_class(), pupil("乙"), pupil("甲", "四（1）班"), teacher("丁"),
        out("乙", date(2025, 10, 13)), out("丁", date(2025, 10, 10)), out("甲", date(2025, 10, 14)),
        out("乙", date(2025, 10, 1)), out("甲", TODAY), lent("甲", date(2025, 9, 8), due_on=date(2025, 9, 1)),
    )  # fmt: skip
    found = overdue_loans(books, TODAY)
    assert [(one.class_name, one.loan.reader_no, one.days) for one in found] == [
        ("四（1）班", "甲", 1),
        ("三（1）班", "乙", 14),
        ("三（1）班", "乙", 2),
        ("", "丁", 5),
    ]
    assert {name: len(late) for name, late in by_class(found).items()} == {"四（1）班": 1, "三（1）班": 2}


def test_an_overdue_pupil_is_listed_in_the_class_the_pupil_is_in_now() -> None:
    books = small_school(
        school_class(), school_class("四（1）班", 4), pupil("甲", "四（1）班"), out("甲", date(2025, 10, 13))
    )
    assert [one.class_name for one in overdue_loans(books, TODAY)] == ["四（1）班"]


def test_a_loan_is_late_from_the_day_after_it_was_due_until_it_came_back() -> None:
    back_late = lent("甲", date(2025, 9, 8), due_on=date(2025, 9, 15), returned_on=date(2025, 9, 16))
    back_in_time = lent("甲", date(2025, 9, 8), due_on=date(2025, 9, 15), returned_on=date(2025, 9, 15))
    books = small_school(school_class(), pupil("甲"), back_late, back_in_time)
    assert [was_late(books, loan, TODAY) for loan in (back_late, back_in_time)] == [True, False]
    assert was_late(books, back_late, date(2025, 9, 15)) is False


def test_where_no_column_says_what_came_back_nobody_is_called_late() -> None:
    day = date(2025, 9, 22)
    books = small_school(school_class(), pupil("甲"), pupil("乙"), out("甲", day), lent("乙", day), as_of=TODAY)
    for lacking, late in (("outcome", 1), ("returned_on", None)):
        books = without_column(books, LoanRow, lacking)
        quotas = statement(books)
        (rate,) = (one.numerator for one in quotas.indicators if one.name == "逾期率")
        done = Handover(books, Report((), (), 0), quotas, promises(books, quotas))
        said = next(section.sentences for section in handover_answer(done).sections if section.name == "没有办完的")
        assert (len(quotas.overdue), rate) == (late or 0, late)
        assert str(said[0]).startswith("逾期未还 1 册；" if late else "逾期未还 0 册，另有 2 册是不是逾期算不出来；")


def test_how_many_came_back_late_is_not_told_where_a_return_has_no_day() -> None:
    day = date(2025, 9, 22)
    late, undated = lent("甲", day, due_on=date(2025, 9, 15)), lent("乙", day, returned_on=None)
    for loans, told in (((late,), 1), ((late, undated), None)):
        quotas = statement(small_school(school_class(), pupil("甲"), pupil("乙"), *loans))
        assert [one.numerator for one in quotas.indicators if one.name == "逾期率"] == [told]


@pytest.mark.parametrize(
    ("values", "may_be_late"),
    [
        ({}, True),
        ({"returned_on": TODAY}, False),
        ({"returned_on": date(2025, 10, 16)}, True),
        ({"outcome": LoanOutcome.LOST}, False),
        ({"lent_on": TODAY}, True),
        ({"lent_on": date(2025, 10, 16)}, False),
        ({"due_on": TODAY}, True),
        ({"due_on": date(2025, 10, 16)}, False),
    ],
)
def test_a_line_that_cannot_be_read_may_be_late_unless_what_it_says_is_against_it(
    values: dict[str, Any], *, may_be_late: bool
) -> None:
    books = with_incomplete(small_school(school_class(), as_of=TODAY), LoanRow, **values)
    assert bool(perhaps_late(books, TODAY)) is may_be_late


def test_a_class_corner_is_overdue_after_the_end_of_term_only() -> None:
    corner = out("丁", date(2026, 1, 2), mode=LoanMode.CLASS)
    books = small_school(school_class(), teacher("丁"), corner)
    assert overdue_loans(books, date(2026, 1, 2)) == ()
    assert [one.days for one in overdue_loans(books, date(2026, 1, 5))] == [3]


def incident(**more: Any) -> CompensationRow:
    usual = {"price": Decimal("25.00"), "settled_on": None, "paid": None, "registered_on": date(2025, 10, 8)}
    return row(CompensationRow, **{**usual, **more})


def opened(*rows: Any) -> list[OpenIncident]:
    return list(open_incidents(small_school(*rows), TODAY))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "照价 25.00元，还欠 25.00元。"),
        ({"paid": Decimal("25.00")}, "照价 25.00元，已经交清，结清日期还空着。"),
        ({"settlement": Settlement.REPLACEMENT}, "赔书，书还没有赔来。"),
        ({"settlement": Settlement.REPAIR, "incident": Incident.DAMAGED}, "修补，还没有修好。"),
    ],
)
def test_whoever_owes_no_money_is_told_what_else_is_awaited(given: dict[str, Any], said: str) -> None:
    books = small_school(school_class(), incident(**given), as_of=TODAY)
    answer = quota_answer(books, statement(books))
    [told] = [one for one in answer.sections if one.name == "没有结清的赔偿 1 件"]
    assert str(told.tables[0].rows[0][0]).endswith(said)


def test_without_a_rule_the_price_is_owed() -> None:
    [one] = opened(incident())
    assert one.outstanding == Decimal("25.00")
    assert reckoning_words(one) == "照价 25.00元"
    assert rule_basis(one) == "没有赔偿规则，照价赔偿"


def test_the_reckoning_shows_multiple_minimum_and_fee() -> None:
    double = row(CompensationRule, multiple=Decimal(2), fee=Decimal("1.00"))
    least = row(CompensationRule, multiple=Decimal(1), minimum=Decimal("30.00"), since=date(2025, 10, 1))
    [one] = opened(incident(), double)
    assert reckoning_words(one) == "25.00元 × 2 + 加工费 1.00元 = 51.00元"
    [one] = opened(incident(), double, least)
    assert reckoning_words(one) == "25.00元，不到最低额，按 30.00元算"
    dear = row(CompensationRule, multiple=Decimal(1), minimum=Decimal("30.00"), fee=Decimal("1.00"))
    [one] = opened(incident(), dear)
    assert reckoning_words(one) == "25.00元，不到最低额，按 30.00元 + 加工费 1.00元 = 31.00元"


def test_a_replacement_owes_the_fee_alone_and_a_repair_nothing() -> None:
    fee = row(CompensationRule, fee=Decimal("1.00"))
    damage = row(CompensationRule, fee=Decimal("1.00"), incident=Incident.DAMAGED)
    [replaced] = opened(incident(settlement=Settlement.REPLACEMENT), fee)
    [mended] = opened(incident(incident=Incident.DAMAGED, settlement=Settlement.REPAIR), damage)
    assert reckoning_words(replaced) == "赔书，加工费 1.00元"
    assert mended.outstanding == Decimal("0.00")


def test_where_it_is_not_decided_how_to_pay_the_incident_is_open_and_nothing_is_owed_yet() -> None:
    line = incident(receipt_no=None, replacement_no=None)._asdict()
    values = {name: value for name, value in line.items() if name not in ("line", "settlement")}
    books = with_incomplete(small_school(as_of=TODAY), CompensationRow, **values)
    [one] = open_incidents(books, TODAY)
    assert (one.is_undecided, one.outstanding, one.reckoning.owed) == (True, Decimal(0), Decimal("25.00"))
    assert open_matters(books) == (1, "没有结清的赔偿 1 件")
    [told] = [one for one in quota_answer(books, statement(books)).sections if one.name == "没有结清的赔偿 1 件"]
    assert str(told.tables[0].rows[0][0]).endswith("照价 25.00元，怎么赔还没有定。")
    begun = with_incomplete(small_school(as_of=TODAY), CompensationRow, **values | {"receipt_no": "SJ0009"})
    assert open_incidents(begun, TODAY) == ()
    assert open_matters(begun)[0] == 0


def test_what_has_been_paid_is_taken_off_and_what_is_settled_is_not_listed() -> None:
    [one] = opened(
        incident(paid=Decimal("10.00")),
        incident(incident_no="P2025-002", settled_on=TODAY),
        incident(incident_no="P2025-003", registered_on=date(2025, 10, 16)),
    )
    assert (one.row.incident_no, one.outstanding) == ("P2025-001", Decimal("15.00"))


def open_matters(books: Library) -> tuple[int, str]:
    """How many incidents are called open, and what 移交清册 says of all of them."""
    quotas = statement(books)
    done = Handover(books, Report((), (), 0), quotas, promises(books, quotas))
    said = next(section.sentences for section in handover_answer(done).sections if section.name == "没有办完的")
    return len(quotas.incidents), str(said[0]).split("；")[1].rstrip("。")


def test_of_whom_nobody_can_tell_whether_he_settled_nobody_says_that_he_owes() -> None:
    owed, settled = incident(), incident(incident_no="P2025-002", settled_on=TODAY)
    books = small_school(school_class(), owed, settled, as_of=TODAY)
    assert open_matters(books) == (1, "没有结清的赔偿 1 件，还欠 25.00元")
    assert open_matters(small_school(school_class(), settled, as_of=TODAY)) == (0, "没有欠着的赔偿")
    of_all = without_column(books, CompensationRow, "settled_on")
    assert open_matters(of_all) == (0, "没有结清的赔偿 0 件，另有 2 件结清了没有看不出来")
    of_one = with_unreadable(books, books[CompensationRow].rows[0], "settled_on")
    assert open_matters(of_one) == (0, "没有结清的赔偿 0 件，另有 1 件结清了没有看不出来")
    in_part = with_incomplete(books, CompensationRow, incident_no="P2025-003", registered_on=date(2025, 10, 8))
    assert open_matters(in_part) == (1, "没有结清的赔偿 1 件，还欠 25.00元，另有 1 件结清了没有看不出来")
    [told] = [one for one in statement(of_all).not_computed if one.obstacle is Obstacle.SETTLEMENT_UNREADABLE]
    assert not_computed(of_all, told)[0] == "2 件赔偿结清了没有"
