"""注销登记账 against the copies, the batches, and what 个别登记账 and 总括登记账 say of withdrawals."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from make import findings, library, report, row, sentences, with_incomplete, with_unreadable
from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.broken.every import EXAMPLES

DAY = date(2026, 1, 16)
PRICE = Decimal("25.00")


def copy(number: int = 1, **changes: Any) -> Any:
    """A copy that 个别登记账 marks as written off."""
    marks = {"withdrawn_on": DAY, "withdrawal_no": "2026-001"}
    return row(AccessionRow, accession_no=f"{number:06}", **(marks | changes))


def entry(number: int = 1, **changes: Any) -> Any:
    return row(WithdrawalRow, accession_no=f"{number:06}", **changes)


def batch(copies: int = 1, **changes: Any) -> Any:
    sums: dict[str, Any] = {"copies": copies, "list_value": copies * PRICE}
    given = {"registered_on": DAY, "batch_no": "2026-001", "flow": Flow.OUT, "I": copies}
    return row(SummaryRow, **(sums | given | changes))


OPENING = row(SummaryRow, flow=Flow.OPENING)


def all_findings(*rows: Any) -> list[str]:
    return [one for code in EXAMPLES if code.startswith(("WDL", "ACC35", "SUM35")) for one in findings(code, *rows)]


def test_withdrawals_the_ledgers_agree_on_are_silent() -> None:
    assert all_findings(batch(2), copy(1), copy(2), entry(1), entry(2)) == []


def test_a_copy_written_off_a_second_time_is_found_at_the_later_line() -> None:
    assert findings("WDL001", entry(1), entry(2), entry(1)) == ["WDL001 注销登记账!C4"]


def test_a_withdrawal_nobody_approved_is_found() -> None:
    assert findings("WDL002", entry(1), entry(2, approved_by=None)) == ["WDL002 注销登记账!H3"]


def test_an_approval_that_could_not_be_read_is_not_called_missing() -> None:
    one = entry(approved_by=None)
    assert report("WDL002", with_unreadable(library(one), one, "approved_by")).findings == ()


def test_a_copy_may_be_written_off_on_the_day_it_was_registered_but_not_before() -> None:
    registered = copy(accessioned_on=DAY)
    assert findings("WDL101", registered, entry()) == []
    assert findings("WDL101", registered, entry(withdrawn_on=date(2026, 1, 15))) == ["WDL101 注销登记账!A2"]


def test_a_date_that_is_not_the_batchs_is_found_once_for_all_its_copies() -> None:
    off = [entry(number, withdrawn_on=date(2026, 1, 6)) for number in (2, 3)]
    rows = [batch(3), *(copy(number) for number in (1, 2, 3)), entry(1), *off]
    assert findings("WDL102", *rows) == ["WDL102 注销登记账!A3"]
    assert sentences("WDL102", *rows) == [
        "注销日期填 2026年1月6日（000002、000003），总括账 2026-001 登记在 2026年1月16日。"
    ]


def test_a_date_before_the_copy_was_registered_is_told_once() -> None:
    early = entry(withdrawn_on=date(2025, 8, 31))
    assert all_findings(batch(), copy(), early) == ["WDL101 注销登记账!A2"]


def test_another_price_is_found() -> None:
    assert findings("WDL201", copy(), entry(price=Decimal("25.01"))) == ["WDL201 注销登记账!F2"]


def test_a_copy_that_is_not_in_the_register_is_found_and_nothing_else_of_it() -> None:
    stranger = entry(9, title="呼兰河传", price=Decimal("9.00"), class_no="K825")
    assert all_findings(batch(1, list_value=Decimal("9.00"), I=None, K=1), stranger) == ["WDL301 注销登记账!C2"]


def test_a_copy_on_a_line_that_could_not_be_read_is_known() -> None:
    books = library(entry(9))
    assert report("WDL301", with_incomplete(books, AccessionRow, accession_no="000009")).findings == ()
    assert report("WDL301", with_incomplete(books, AccessionRow, accession_no=None)).findings == ()
    assert len(report("WDL301", with_incomplete(books, AccessionRow, accession_no="000008")).findings) == 1


@pytest.mark.parametrize("title", [None, "城南旧事", "《城南旧事》", "城南 旧事"])
def test_the_same_title_may_be_written_in_several_ways(title: str | None) -> None:
    assert findings("WDL302", copy(), entry(title=title)) == []


def test_another_title_is_an_error_and_a_shortened_one_a_hint() -> None:
    assert findings("WDL302", copy(), entry(title="呼兰河传")) == ["WDL302 注销登记账!D2"]
    severities = [
        report("WDL302", library(copy(), entry(title=title))).findings[0].severity.value
        for title in ("呼兰河传", "城南")
    ]
    assert severities == ["error", "hint"]


def test_another_class_is_an_error_and_another_number_in_it_a_doubt() -> None:
    assert findings("WDL303", copy(), entry(class_no="K825")) == ["WDL303 注销登记账!E2"]
    assert findings("WDL303", copy(), entry(class_no=None)) == []
    assert findings("WDL303", copy(), entry(class_no="i246.5")) == []
    # A call number in the place of the class.
    assert findings("WDL303", copy(class_no="I246.5-12", book_no="12"), entry()) == []
    assert findings("WDL303", copy(class_no="I246.5-12", book_no="3"), entry()) == ["WDL303 注销登记账!E2"]
    severities = [
        report("WDL303", library(copy(), entry(class_no=class_no))).findings[0].severity.value
        for class_no in ("K825", "I247.5")
    ]
    assert severities == ["error", "warning"]


def test_a_batch_that_is_not_in_the_summary_is_found_once_for_all_its_copies() -> None:
    rows = [copy(1), copy(2), entry(1), entry(2)]
    assert findings("WDL304", *rows) == ["WDL304 注销登记账!B2"]
    assert sentences("WDL304", *rows) == ["注销批号 2026-001 在总括登记账里查不到（000001、000002）。"]


def test_a_batch_of_older_books_need_not_be_in_the_summary() -> None:
    old = {"withdrawn_on": date(2025, 6, 20), "withdrawal_no": "2025-010"}
    before = copy(accessioned_on=date(2020, 9, 1), **old)
    assert all_findings(OPENING, before, entry(**old)) == []
    assert findings("ACC351", OPENING, before) == []
    assert findings("ACC351", before) == ["ACC351 个别登记账!R2"]


def test_a_batch_on_a_line_that_could_not_be_read_is_known() -> None:
    books = library(entry())
    assert report("WDL304", with_incomplete(books, SummaryRow, batch_no="2026-001")).findings == ()
    assert report("WDL304", with_incomplete(books, SummaryRow, batch_no=None)).findings == ()


def test_a_batch_that_is_no_withdrawal_is_found() -> None:
    rows = [row(SummaryRow), copy(withdrawal_no="2025-001"), entry(withdrawal_no="2025-001")]
    assert all_findings(*rows) == ["WDL305 注销登记账!B2"]


def test_a_mark_without_a_line_in_the_withdrawals_is_found_at_what_is_filled() -> None:
    assert findings("ACC351", copy()) == ["ACC351 个别登记账!R2"]
    assert findings("ACC351", copy(withdrawn_on=None)) == ["ACC351 个别登记账!S2"]
    assert findings("ACC351", copy(withdrawn_on=None, withdrawal_no=None)) == []


def test_a_mark_is_not_doubted_while_a_withdrawal_could_not_be_read() -> None:
    books = library(copy())
    assert report("ACC351", with_incomplete(books, WithdrawalRow, accession_no="000001")).findings == ()
    assert report("ACC351", with_incomplete(books, WithdrawalRow, accession_no=None)).findings == ()


def test_a_withdrawn_copy_without_its_mark_is_found_once() -> None:
    unmarked = copy(withdrawn_on=None, withdrawal_no=None)
    assert all_findings(batch(), unmarked, entry()) == ["ACC352 个别登记账!R2"]


def test_another_day_than_in_the_withdrawals_is_found() -> None:
    assert findings("ACC353", batch(), copy(withdrawn_on=date(2026, 1, 6)), entry()) == ["ACC353 个别登记账!R2"]


def test_a_withdrawal_not_dated_as_its_batch_is_told_there_alone() -> None:
    rows = [batch(), copy(), entry(withdrawn_on=date(2026, 1, 6))]
    assert all_findings(*rows) == ["WDL102 注销登记账!A2"]


def test_another_batch_than_in_the_withdrawals_is_found_blank_or_not() -> None:
    assert findings("ACC354", batch(), copy(withdrawal_no="2026-010"), entry()) == ["ACC354 个别登记账!S2"]
    assert sentences("ACC354", batch(), copy(withdrawal_no=None), entry()) == [
        "000001 个别账的注销批号是“空白”，注销账是“2026-001”。"
    ]


def test_an_unknown_batch_in_the_withdrawals_is_not_held_against_the_copy() -> None:
    rows = [batch(), copy(), entry(withdrawal_no="2026-010")]
    assert findings("ACC354", *rows) == []


def test_too_few_lines_are_found_with_the_copy_that_has_none() -> None:
    rows = [batch(2), copy(1), copy(2), entry(1)]
    assert findings("SUM351", *rows) == ["SUM351 总括登记账!H2"]
    assert sentences("SUM351", *rows) == ["2026-001 总括账注销 2 册，注销账 1 册，注销账少 1 册（000002）。"]


def test_too_many_lines_are_found_with_the_copy_that_is_not_marked() -> None:
    rows = [batch(1), copy(1), copy(2, withdrawn_on=None, withdrawal_no=None), entry(1), entry(2)]
    assert sentences("SUM351", *rows) == ["2026-001 总括账注销 1 册，注销账 2 册，注销账多 1 册（000002）。"]


def test_copies_are_not_named_where_the_marks_do_not_explain_the_difference() -> None:
    rows = [batch(4), copy(1), copy(2), entry(1)]
    assert sentences("SUM351", *rows) == ["2026-001 总括账注销 4 册，注销账 1 册，注销账少 3 册。"]


def test_a_withdrawal_batch_without_any_line_is_found() -> None:
    assert findings("SUM351", batch(3)) == ["SUM351 总括登记账!H2"]
    assert findings("SUM351", row(SummaryRow, copies=3)) == []


def test_another_value_is_found_with_the_copy_priced_otherwise() -> None:
    rows = [batch(2), copy(1), copy(2), entry(1), entry(2, price=Decimal("52.00"))]
    assert findings("SUM352", *rows) == ["SUM352 总括登记账!I2"]
    assert sentences("SUM352", *rows) == [
        "2026-001 总括账注销码洋 50.00元，注销账单价合计 77.00元，注销账多 27.00 元（000002）。"
    ]


def test_classes_are_compared_one_by_one() -> None:
    rows = [batch(2, I=1, K=1), copy(1), copy(2), entry(1), entry(2)]
    assert findings("SUM353", *rows) == ["SUM353 总括登记账!S2", "SUM353 总括登记账!U2"]


def test_classes_nobody_filled_in_are_not_compared() -> None:
    assert findings("SUM353", batch(1, I=None), copy(), entry()) == []


def test_a_copy_counts_in_its_class_of_the_register() -> None:
    assert findings("SUM353", batch(), copy(), entry(class_no="K825")) == []
    assert findings("SUM353", batch(), copy(class_no="W825"), entry()) == []


@pytest.mark.parametrize("code", ["SUM351", "SUM352", "SUM353"])
def test_a_batch_with_an_unreadable_withdrawal_is_not_summed_up(code: str) -> None:
    books = library(batch(5, I=5), copy(), entry())
    assert report(code, books).findings
    assert report(code, with_incomplete(books, WithdrawalRow, withdrawal_no="2026-001")).findings == ()
    assert report(code, with_incomplete(books, WithdrawalRow, accession_no="000002")).findings == ()
    assert report(code, with_incomplete(books, WithdrawalRow, withdrawal_no="2026-002")).findings


@pytest.mark.parametrize("code", ["SUM351", "SUM352", "SUM353"])
def test_a_batch_number_used_twice_is_not_summed_up(code: str) -> None:
    assert findings(code, batch(5, I=5), batch(5, I=5), copy(), entry()) == []


def test_what_the_check_of_classes_says() -> None:
    assert sentences("SUM353", *EXAMPLES["SUM353"].rows) == [
        "2026-001 的 I 类总括账注销 0 册，注销账 1 册，注销账多 1 册（000001）。",
        "2026-001 的 K 类总括账注销 1 册，注销账 0 册，注销账少 1 册。",
    ]


def test_a_red_line_takes_back_a_copy_written_off_by_mistake() -> None:
    entered = entry()
    red = entered._replace(line=3, price=-entered.price, remarks="冲回")
    back = copy(withdrawn_on=None, withdrawal_no=None)
    for code in ("WDL001", "WDL201", "ACC352", "SUM351", "SUM352", "SUM353"):
        assert findings(code, back, entered, red) == [], code
    assert findings("ACC351", copy(), entered, red) == ["ACC351 个别登记账!R2"]
    again = red._replace(line=4, price=entered.price, remarks=None)
    assert findings("WDL001", copy(), entered, red, again) == []
    assert findings("WDL201", back, red) == ["WDL201 注销登记账!F3"]


def test_an_approval_used_again_months_later_is_asked_about_where_the_others_are_for_one_batch() -> None:
    def written_off(*batches: tuple[str, int]) -> list[str]:
        rows = (
            row(
                WithdrawalRow,
                line=at,
                withdrawal_no=f"2026-{at:03}",
                approval_no=number,
                withdrawn_on=date(2026, on, 9),
            )
            for at, (number, on) in enumerate(batches, 2)
        )
        return findings("WDL310", *rows)

    usual = ("1号", 1), ("2号", 3), ("3号", 4)
    assert len(written_off(*usual, ("1号", 6))) == 1
    # Two lists of one approval are dealt with in two months; a school may be given one for all.
    assert written_off(*usual, ("3号", 6)) == written_off(*usual) == []
    assert written_off(("1号", 1), ("1号", 4), ("1号", 6)) == written_off(*usual, ("1号", 6), ("2号", 6)) == []


def test_worn_out_and_weeded_are_two_words_for_what_is_scrapped() -> None:
    for reason, severity in ((WithdrawalReason.WEEDED, Severity.HINT), (WithdrawalReason.LOST, Severity.WARNING)):
        books = library(copy(), batch(source=SourceOrDestination.WORN_OUT), entry(reason=reason))
        assert [one.severity for one in report("SUM355", books).findings] == [severity], reason
