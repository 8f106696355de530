"""借阅登记账 in itself: dates, outcome, what is overdue or still out."""

from datetime import date
from typing import Any

from make import findings, library, report, row, sentences
from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome

TERM_END = date(2026, 1, 23)
BOTH_TERMS = EXAMPLE_SCHOOL._replace(
    term_start=date(2026, 2, 23), term_end=date(2026, 7, 3), previous_start=date(2025, 9, 1), previous_end=TERM_END
)


def loan(**changes: Any) -> LoanRow:
    """A loan of 8 September, due and returned on the 22nd."""
    usual = {"returned_on": date(2025, 9, 22), "outcome": LoanOutcome.RETURNED}
    return row(LoanRow, **(usual | changes))


def still_out(**changes: Any) -> LoanRow:
    return loan(**({"returned_on": None, "outcome": None} | changes))


def test_a_copy_returned_on_the_day_it_was_lent_is_in_order() -> None:
    assert findings("CIR102", loan(returned_on=date(2025, 9, 8))) == []


def test_a_return_before_the_loan_is_found_at_the_return() -> None:
    early = loan(returned_on=date(2025, 9, 7), line=5)
    assert findings("CIR102", early) == ["CIR102 借阅登记账!J5"]
    assert sentences("CIR102", early) == ["J000001 在 2025年9月7日 归还，可是 2025年9月8日 才借出。"]


def test_an_outcome_needs_the_day() -> None:
    assert findings("CIR107", loan(), still_out()) == []
    lost = loan(returned_on=None, outcome=LoanOutcome.LOST)
    assert findings("CIR107", lost) == ["CIR107 借阅登记账!J2"]
    assert sentences("CIR107", lost) == ["J000001 的归还情况是遗失，归还日期空着。"]


def test_a_register_that_ticks_returns_without_their_days_is_told_once() -> None:
    ticked = [loan(loan_no=f"J{n:06}", returned_on=None) for n in range(6)]
    lost = loan(loan_no="J000009", returned_on=None, outcome=LoanOutcome.LOST)
    found = report("CIR107", library(*ticked, lost)).findings
    assert [(one.at.line, one.severity) for one in found] == [(8, Severity.ERROR), (2, Severity.WARNING)]
    assert len(found[1].see_also) == 5
    (said,) = sentences("CIR107", *ticked)
    assert said == (
        "J000000 的归还情况是已还，归还日期空着：一共 6 笔这样，多半是当时没记日子；"
        "查得到的补上，查不到的写进“差异说明”。"
    )


def test_a_day_of_return_needs_an_outcome() -> None:
    silent = loan(loan_no="J000002", outcome=None)
    assert findings("CIR108", loan(), silent) == ["CIR108 借阅登记账!L3"]
    assert sentences("CIR108", loan(), silent) == ["J000002 在 2025年9月22日 归还，归还情况空着。"]


def test_a_school_that_never_fills_the_outcome_says_it_with_the_day_alone() -> None:
    assert findings("CIR108", loan(outcome=None), loan(outcome=None)) == []


def test_a_loan_is_overdue_from_the_day_after_it_was_due() -> None:
    assert findings("CIR902", still_out(), as_of=date(2025, 9, 22)) == []
    assert findings("CIR902", still_out(), as_of=date(2025, 9, 23)) == ["CIR902 借阅登记账!J2"]
    assert sentences("CIR902", still_out(), as_of=date(2025, 9, 23)) == [
        "000001 应在 2025年9月22日 归还，已逾期 1 天（读者证号 S0001）。"
    ]


def test_a_closed_loan_is_never_overdue() -> None:
    lost = loan(outcome=LoanOutcome.LOST, returned_on=date(2025, 10, 8))
    without_day = loan(returned_on=None)
    assert findings("CIR902", loan(), lost, without_day, as_of=date(2025, 12, 1)) == []


def severity_of(code: str, *rows: LoanRow, school: School = EXAMPLE_SCHOOL, as_of: date) -> list[str]:
    return [one.severity.value for one in report(code, library(*rows, school=school, as_of=as_of)).findings]


def test_what_is_overdue_is_a_hint_until_the_last_day_of_term_and_a_doubt_afterwards() -> None:
    assert severity_of("CIR902", still_out(), as_of=TERM_END) == ["hint"]
    assert severity_of("CIR902", still_out(), as_of=date(2026, 1, 24)) == ["warning"]


def test_what_was_lent_last_term_is_judged_by_the_end_of_last_term() -> None:
    assert severity_of("CIR902", still_out(), school=BOTH_TERMS, as_of=date(2026, 3, 2)) == ["warning"]
    this_term = still_out(lent_on=date(2026, 2, 24), due_on=date(2026, 3, 1))
    assert severity_of("CIR902", this_term, school=BOTH_TERMS, as_of=date(2026, 3, 2)) == ["hint"]


def test_without_a_term_what_is_overdue_is_a_hint() -> None:
    assert severity_of("CIR902", still_out(), school=School(), as_of=date(2026, 3, 2)) == ["hint"]


def test_a_personal_loan_is_back_when_the_term_is_over() -> None:
    late = still_out(lent_on=date(2026, 1, 19), due_on=date(2026, 2, 25))
    assert findings("CIR106", late, as_of=TERM_END) == []
    assert findings("CIR106", late, as_of=date(2026, 1, 24)) == ["CIR106 借阅登记账!J2"]
    assert sentences("CIR106", late, as_of=date(2026, 1, 24)) == [
        "学期在 2026年1月23日 结束，000001 还没有收回（读者证号 S0001，应还 2026年2月25日，没有逾期）。"
    ]


def test_a_loan_open_after_term_is_named_once() -> None:
    assert findings("CIR106", still_out(), as_of=date(2026, 1, 24)) == []
    assert findings("CIR902", still_out(), as_of=date(2026, 1, 24)) == ["CIR902 借阅登记账!J2"]


def test_a_class_corner_may_stay_open_after_term_until_it_is_overdue() -> None:
    corner = still_out(lent_on=date(2026, 1, 19), due_on=date(2026, 7, 3), mode=LoanMode.CLASS)
    assert findings("CIR106", corner, as_of=date(2026, 1, 24)) == []
