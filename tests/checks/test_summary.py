"""总括登记账 by itself: numbering, dates, number ranges, sums, running totals."""

from datetime import date
from decimal import Decimal
from typing import Any

from make import findings, library, report, row, sentences
from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.parts import laid_as_declared
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, IncompleteRow, LedgerTable
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination

PRICE = Decimal("25.00")


def batch(serial: int, copies: int = 10, **changes: Any) -> SummaryRow:
    """The batch 2025-00n of ten copies at 25 yuan, its numbers and totals following the batch before."""
    last = serial * 10
    usual: dict[str, Any] = {
        "registered_on": date(2025, 9, serial),
        "batch_no": f"2025-{serial:03}",
        "copies": copies,
        "list_value": PRICE * copies,
        "paid_value": Decimal("20.00") * copies,
        "first_no": f"{last - 9:06}",
        "last_no": f"{last:06}",
        "running_copies": last,
        "running_value": PRICE * last,
    }
    return row(SummaryRow, **(usual | changes))


def withdrawal(serial: int, copies: int, left: int, **changes: Any) -> SummaryRow:
    usual: dict[str, Any] = {
        "flow": Flow.OUT,
        "source": SourceOrDestination.WEEDED,
        "paid_value": None,
        "first_no": None,
        "last_no": None,
        "running_copies": left,
        "running_value": PRICE * left,
    }
    return batch(serial, copies, **(usual | changes))


def opening(**changes: Any) -> SummaryRow:
    usual: dict[str, Any] = {"batch_no": "2025-000", "registered_on": date(2025, 8, 31), "flow": Flow.OPENING}
    return batch(1, **(usual | changes))


def incomplete(*rows: SummaryRow, **values: Any) -> Library:
    """A library whose 总括登记账 has these rows and a line between the first two that lacks a value."""
    lines = [one._replace(line=2 if index == 0 else index + 3) for index, one in enumerate(rows)]
    table: LedgerTable[SummaryRow] = LedgerTable(
        SHEETS[SummaryRow], lines, [IncompleteRow(3, values)], parts=[laid_as_declared(SHEETS[SummaryRow])]
    )
    return Library([table], EXAMPLE_SCHOOL, date(2026, 1, 23))


# -- numbering --------------------------------------------------------------------------------------


def test_batches_with_numbers_of_their_own_are_fine() -> None:
    assert findings("SUM001", batch(1), batch(2)) == []


def test_a_batch_number_used_again_is_found_at_each_later_line() -> None:
    again = batch(2, batch_no="2025-001")
    assert findings("SUM001", batch(1), again, again) == ["SUM001 总括登记账!B3", "SUM001 总括登记账!B4"]
    assert sentences("SUM001", batch(1), again) == ["总括登记号 2025-001 前面已经用过了。"]


def test_numbers_in_a_row_are_fine_in_whatever_order_the_lines_stand() -> None:
    assert findings("SUM002", batch(3), batch(1), batch(2)) == []


def test_each_year_begins_again_with_the_first_number() -> None:
    next_year = batch(2, batch_no="2026-001", registered_on=date(2026, 3, 2))
    assert findings("SUM002", batch(1), next_year) == []
    assert findings("SUM002", batch(1), next_year._replace(batch_no="2026-002")) == ["SUM002 总括登记账!B3"]


def test_a_number_left_out_is_found_at_the_line_after_it() -> None:
    assert findings("SUM002", batch(1), batch(4)) == ["SUM002 总括登记账!B3"]
    assert sentences("SUM002", batch(1), batch(4)) == ["2025-004 接在 2025-001 后面，中间缺 2 个号。"]


def test_a_book_may_begin_in_the_middle_of_a_year() -> None:
    assert findings("SUM002", batch(7), batch(8)) == []
    assert findings("SUM002", opening(), batch(7), batch(8)) == []


def test_a_number_left_out_is_not_claimed_where_a_line_could_not_be_read() -> None:
    books = incomplete(batch(1), batch(3), batch_no="2025-002")
    assert report("SUM002", books).findings == ()
    books = incomplete(batch(1), batch(3), batch_no=None)
    assert report("SUM002", books).findings == ()


def test_a_number_in_another_form_is_found_where_the_others_agree() -> None:
    odd = batch(3, batch_no="25-3")
    assert findings("SUM003", batch(1), batch(2), odd) == ["SUM003 总括登记账!B4"]
    assert sentences("SUM003", batch(1), batch(2), odd) == ["总括登记号“25-3”和别的行写法不一样。"]


def test_a_school_may_number_in_its_own_way_throughout() -> None:
    assert findings("SUM003", batch(1, batch_no="甲1"), batch(2, batch_no="甲2")) == []


def test_the_opening_line_may_be_called_anything() -> None:
    assert findings("SUM003", opening(batch_no="期初"), batch(1), batch(2)) == []


def test_a_school_that_numbers_in_its_own_way_is_read_line_by_line() -> None:
    rows = batch(1, batch_no="甲9"), withdrawal(2, 3, 7, batch_no="乙1"), batch(3, batch_no="甲2", running_copies=17)
    assert findings("SUM211", *rows) == []
    assert findings("SUM101", *rows) == []


# -- dates ------------------------------------------------------------------------------------------


def test_two_batches_on_one_day_are_fine() -> None:
    assert findings("SUM101", batch(1), batch(2, registered_on=date(2025, 9, 1))) == []


def test_a_batch_dated_before_the_one_before_it_is_found_at_its_date() -> None:
    early = batch(2, registered_on=date(2025, 8, 29))
    assert findings("SUM101", batch(1), early) == ["SUM101 总括登记账!A3"]
    assert sentences("SUM101", batch(1), early) == [
        "2025-002 登记在 2025年8月29日，比前一批 2025-001 的 2025年9月1日 还早。"
    ]
    # What is received from a school that is merged is no 期初.
    merged = batch(3, flow=Flow.OPENING, registered_on=date(2026, 2, 24))
    assert findings("SUM101", batch(1), batch(2), merged) == ["SUM101 总括登记账!A4"]
    assert sentences("SUM101", batch(1), batch(2), merged)[0].startswith(
        "2025-003 登记在 2026年2月24日，比它后面的一批 2025-001 的 2025年9月1日 还晚：期初只写开账那天的"
    )


# -- number ranges ----------------------------------------------------------------------------------


def test_a_range_as_long_as_the_batch_is_fine() -> None:
    assert findings("SUM011", batch(1)) == []


def test_a_range_longer_than_the_batch_is_found_at_its_end() -> None:
    assert findings("SUM011", batch(1, last_no="000012")) == ["SUM011 总括登记账!AH2"]
    assert sentences("SUM011", batch(1, last_no="000012")) == [
        "2025-001 从 000001 到 000012 是 12 个号，册数是 10 册，号多 2 个。"
    ]


def test_a_range_shorter_than_the_batch_is_found() -> None:
    assert findings("SUM011", batch(1, last_no="000009")) == ["SUM011 总括登记账!AH2"]


def test_opening_stock_and_withdrawals_are_not_measured_by_their_range() -> None:
    assert findings("SUM011", opening(last_no="000099"), withdrawal(2, 3, 7, first_no="1", last_no="9")) == []


def test_a_range_that_runs_backwards_is_found_once() -> None:
    backwards = batch(1, first_no="000010", last_no="000001")
    assert findings("SUM012", backwards) == ["SUM012 总括登记账!AH2"]
    assert sentences("SUM012", backwards) == ["2025-001 的止号 000001 比起号 000010 还小。"]
    assert findings("SUM011", backwards) == []


def test_a_range_of_one_number_is_fine() -> None:
    assert findings("SUM012", batch(1, 1, first_no="000001", last_no="000001")) == []


def test_a_batch_without_a_range_has_nothing_to_compare() -> None:
    assert findings("SUM013", batch(1, first_no=None, last_no=None)) == []


def test_a_range_of_numbers_behind_letters_says_from_where_to_where() -> None:
    assert findings("SUM013", batch(1, first_no="QH000001", last_no="QH000010")) == []
    assert findings("SUM013", batch(1, first_no="QH000001", last_no="HQ000010")) == ["SUM013 总括登记账!AG2"]


def test_half_a_range_is_found_at_its_beginning() -> None:
    assert findings("SUM013", batch(1, last_no=None)) == ["SUM013 总括登记账!AG2"]
    assert sentences("SUM013", batch(1, first_no="甲1")) == ["2025-001 的起号是甲1，止号是000010，看不出从几号到几号。"]


def test_a_number_scanned_twice_into_the_range_is_no_number() -> None:
    twice = batch(1, last_no="97870204240509787020424050")
    assert findings("SUM013", twice) == ["SUM013 总括登记账!AG2"]
    assert findings("SUM012", twice) == []


def test_ranges_that_follow_each_other_neither_overlap_nor_leave_a_gap() -> None:
    rows = batch(1), withdrawal(2, 3, 7), batch(3, first_no="000011", last_no="000020")
    assert findings("SUM014", *rows) == []
    assert findings("SUM015", *rows) == []


def test_overlapping_ranges_are_found_at_the_one_that_begins_too_early() -> None:
    overlapping = batch(2, first_no="000010", last_no="000019")
    assert findings("SUM014", batch(1), overlapping) == ["SUM014 总括登记账!AG3"]
    assert sentences("SUM014", batch(1), overlapping) == [
        "2025-002 从 000010 起，可是 2025-001 已经用到 000010，重了 1 个号。"
    ]


def test_a_range_inside_another_leaves_no_gap_after_it() -> None:
    inside = batch(2, 1, first_no="000003", last_no="000003")
    rows = batch(1), inside, batch(3, first_no="000011", last_no="000020")
    assert findings("SUM014", *rows) == ["SUM014 总括登记账!AG3"]
    assert findings("SUM015", *rows) == []


def test_a_line_written_twice_is_a_repeated_number_and_no_overlap() -> None:
    assert findings("SUM014", batch(1), batch(1)) == []


def test_a_wrong_end_is_not_reported_again_as_an_overlap() -> None:
    assert findings("SUM014", batch(1, last_no="000012"), batch(2)) == []


def test_numbers_left_out_between_batches_are_found_at_the_later_one() -> None:
    assert findings("SUM015", batch(1), batch(3)) == ["SUM015 总括登记账!AG3"]
    assert sentences("SUM015", batch(1), batch(3)) == [
        "2025-001 到 000010 为止，2025-003 从 000021 起，中间空 10 个号。"
    ]


def test_numbers_left_out_are_explained_by_a_remark_on_either_side() -> None:
    assert findings("SUM015", batch(1), batch(3, remarks="000011–000020 作废")) == []
    assert findings("SUM015", batch(1, remarks="后面空号 10 个"), batch(3)) == []
    assert findings("SUM015", batch(1), batch(3, remarks="世纪书店送货")) == ["SUM015 总括登记账!AG3"]


def test_numbers_after_the_opening_stock_may_begin_anywhere() -> None:
    assert findings("SUM015", opening(), batch(3)) == []


def test_numbers_left_out_are_not_claimed_where_a_batch_between_says_no_range() -> None:
    assert findings("SUM015", batch(1), batch(2, first_no=None, last_no=None), batch(3)) == []
    assert report("SUM015", incomplete(batch(1), batch(3), batch_no="2025-002")).findings == ()


# -- sums -------------------------------------------------------------------------------------------


def test_classes_that_add_up_are_fine() -> None:
    assert findings("SUM201", batch(1, I=7, K=3)) == []


def test_classes_that_do_not_add_up_are_found_at_the_copies() -> None:
    assert findings("SUM201", batch(1, I=7, K=2)) == ["SUM201 总括登记账!H2"]
    assert sentences("SUM201", batch(1, I=7, K=2)) == [
        "2025-001 二十二类合计 9 册，册数写的是 10 册，各类合计少 1 册。"
    ]


def test_copies_without_a_class_are_told_of_where_they_stand_and_not_at_the_batch() -> None:
    unclassed = row(AccessionRow, batch_no="2025-001", class_no="")
    assert findings("SUM201", batch(1, I=7, K=2), unclassed) == []
    assert findings("SUM201", batch(1, I=7, K=3), unclassed) == []
    assert findings("SUM201", batch(1, I=7, K=1), unclassed) == ["SUM201 总括登记账!H2"]


def test_classes_left_blank_have_nothing_to_compare() -> None:
    assert findings("SUM201", batch(1)) == []


def test_classes_with_an_unreadable_cell_are_not_added_up() -> None:
    declared = SHEETS[SummaryRow]
    flaw = FlawedCell(2, "K", Flaw.ERROR_VALUE, "#N/A")
    table: LedgerTable[SummaryRow] = LedgerTable(
        declared, [batch(1, I=7)], flaws=[flaw], parts=[laid_as_declared(declared)]
    )
    found = report("SUM201", Library([table], EXAMPLE_SCHOOL, date(2026, 1, 23)))
    assert found.findings == ()
    assert [one.columns[0].lines for one in found.unchecked] == [(2,)]


def test_running_totals_that_follow_are_fine() -> None:
    rows = opening(), batch(2), withdrawal(3, 4, 16), batch(4, running_copies=26, running_value=PRICE * 26)
    assert findings("SUM211", *rows) == []
    assert findings("SUM212", *rows) == []


def test_a_running_total_mistyped_once_is_found_once() -> None:
    rows = batch(1), batch(2, running_copies=21), batch(3)
    assert findings("SUM211", *rows) == ["SUM211 总括登记账!AK3"]
    assert sentences("SUM211", *rows) == ["2025-002 累计册数写的是 21 册，从前面推算是 20 册，写的多 1 册。"]


def test_a_slip_that_later_lines_carry_on_is_found_once() -> None:
    rows = batch(1), batch(2, running_copies=21), batch(3, running_copies=31), batch(4, running_copies=41)
    assert findings("SUM211", *rows) == ["SUM211 总括登记账!AK3"]


def test_two_slips_are_found_at_both_lines() -> None:
    rows = batch(1), batch(2, running_copies=21), batch(3, running_copies=31), batch(4, running_copies=40)
    assert findings("SUM211", *rows) == ["SUM211 总括登记账!AK3"]
    rows = batch(1), batch(2, running_copies=21), batch(3, running_copies=31), batch(4, running_copies=44)
    assert findings("SUM211", *rows) == ["SUM211 总括登记账!AK3", "SUM211 总括登记账!AK5"]


def test_a_first_line_that_is_not_the_opening_stock_starts_from_nothing() -> None:
    assert findings("SUM211", batch(1, running_copies=15)) == ["SUM211 总括登记账!AK2"]


def test_a_blank_running_total_is_reckoned_across() -> None:
    assert findings("SUM211", batch(1), batch(2, running_copies=None), batch(3)) == []
    assert findings("SUM211", batch(1), batch(2, running_copies=None), batch(3, running_copies=31)) == [
        "SUM211 总括登记账!AK4"
    ]


def test_a_withdrawal_entered_as_an_addition_is_found() -> None:
    rows = batch(1), withdrawal(2, 3, 13)
    assert findings("SUM211", *rows) == ["SUM211 总括登记账!AK3"]


def test_running_totals_start_again_after_a_line_that_could_not_be_read() -> None:
    books = incomplete(batch(1), batch(3), batch(4, running_copies=41), batch_no="2025-002", flow=Flow.IN)
    assert [one.at.line for one in report("SUM211", books).findings] == [5]


def test_a_running_value_that_does_not_follow_is_found_to_the_cent() -> None:
    rows = batch(1), batch(2, running_value=Decimal("499.99"))
    assert findings("SUM212", *rows) == ["SUM212 总括登记账!AL3"]
    assert sentences("SUM212", *rows) == ["2025-002 累计金额写的是 499.99元，从前面推算是 500.00元，写的少 0.01 元。"]


def test_paying_the_list_price_or_less_is_fine() -> None:
    assert findings("SUM221", batch(1, paid_value=PRICE * 10), batch(2, paid_value=None)) == []


def test_paying_more_than_the_list_price_is_found_at_the_amount_paid() -> None:
    dear = batch(1, paid_value=Decimal("250.01"))
    assert findings("SUM221", dear) == ["SUM221 总括登记账!J2"]
    assert sentences("SUM221", dear) == ["2025-001 实洋 250.01元，码洋 250.00元，实洋多 0.01 元。"]


def test_a_batch_without_classes_among_others_that_have_them_is_found() -> None:
    classed = [batch(serial, I=10) for serial in (2, 3)]
    bare = batch(1)
    assert findings("SUM202", bare, *classed) == ["SUM202 总括登记账!H2"]
    assert sentences("SUM202", bare, *classed) == ["2025-001 有 10 册，二十二类都空着，别的入藏批次分了类。"]
    assert findings("SUM202", bare._replace(remarks="期初没有分类"), *classed) == []
    assert findings("SUM202", bare, batch(2), batch(3, I=10)) == []
    withdrawn = batch(4, flow=Flow.OUT)
    assert findings("SUM202", *classed, batch(1, I=10), withdrawn) == []
    # Since a day a school may part its withdrawals: those before it need not be parted, one after it is asked about.
    parted = batch(5, flow=Flow.OUT, I=10)
    assert findings("SUM202", withdrawn, parted) == []
    asked = report("SUM202", library(parted, withdrawn)).findings
    assert [(one.at.line, one.severity) for one in asked] == [(3, Severity.HINT)]
    opening = report("SUM202", library(bare._replace(flow=Flow.OPENING), *classed)).findings
    assert [one.severity for one in opening] == [Severity.HINT]


def test_who_gave_the_books_is_the_one_they_came_from() -> None:
    gift = batch(1, source=SourceOrDestination.DONATION, supplier="青禾村村民委员会")

    def told(remarks: str, supplier: str | None = gift.supplier) -> list[str]:
        return findings("SUM019", gift._replace(remarks=remarks, supplier=supplier))

    assert told("青禾镇政府捐赠") == told("县新华书店赠书") == ["SUM019 总括登记账!AM2"]
    assert told("青禾村村委会捐赠") == told("村委会捐赠") == told("青禾镇政府捐赠", None) == []
    assert told("校友会捐赠", "青禾小学校友会") == told("98届校友会捐赠", "青禾小学校友") == []
    # By way of another, by several, by a person, or of another kind.
    for lawful in ("镇政府转校友会捐赠", "镇政府、村委会捐赠", "王大山捐赠", "镇政府配套"):
        assert told(lawful) == [], lawful
    assert findings("SUM019", gift._replace(remarks="镇政府捐赠", source=SourceOrDestination.PURCHASE)) == []
