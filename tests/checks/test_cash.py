"""经费登记: its running balance, and its amounts against the ledgers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from make import findings, flat, library, report, row, sentences, with_incomplete
from schoollib_xl.checks.money.bills import numbers_in
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL, LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.parts import laid_as_declared
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.table import IncompleteRow, LedgerTable
from schoollib_xl.ledgers.vocabulary import Flow, Settlement, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import says

CODES = ("CSH201", "CSH301", "CSH302", "CSH303", "CSH305", "CSH311", "CSH312", "CSH313")


def cash(voucher_no: str | None = None, *, spent: str = "", received: str = "", **changes: Any) -> CashRow:
    """A line of 20 October without a balance."""
    usual: dict[str, Any] = {
        "booked_on": date(2025, 10, 20),
        "voucher_no": voucher_no,
        "spent": Decimal(spent) if spent else None,
        "received": Decimal(received) if received else None,
        "balance": None,
    }
    return row(CashRow, **(usual | changes))


def batch(voucher_no: str | None = "FP0001", paid: str | None = "20.00", **changes: Any) -> SummaryRow:
    usual: dict[str, Any] = {"voucher_no": voucher_no, "paid_value": Decimal(paid) if paid else None}
    return row(SummaryRow, **(usual | changes))


def subscription(voucher_no: str = "BK0001", **changes: Any) -> PeriodicalRow:
    return row(PeriodicalRow, **({"voucher_no": voucher_no} | changes))


def compensation(receipt_no: str = "SJ0001", **changes: Any) -> CompensationRow:
    return row(CompensationRow, **({"receipt_no": receipt_no} | changes))


# The cash book covers the whole term.
FIRST = cash("FP0000", spent="5.00", booked_on=date(2025, 9, 1))
LAST = cash("FP9999", spent="5.00", booked_on=date(2026, 1, 20))
OLD = batch("FP0000", "5.00", batch_no="2025-000")


def test_a_cash_book_that_agrees_is_silent() -> None:
    rows = [
        *(OLD, batch(), subscription(), compensation()),
        *(FIRST, cash("FP0001", spent="20.00"), cash("BK0001", spent="60.00"), cash("SJ0001", received="25.00"), LAST),
    ]
    assert [code for code in CODES if findings(code, *rows)] == []


# -- the running balance ----------------------------------------------------------------------------


def balances(*figures: str | None) -> list[CashRow]:
    """Lines that each spend 10 yuan, with these balances."""
    return [cash(spent="10.00", balance=Decimal(figure) if figure else None) for figure in figures]


@pytest.mark.parametrize("figures", [("90.00", "80.00", "70.00"), ("90.00", None, "70.00"), (None, "80.00", "70.00")])
def test_a_balance_that_follows_is_fine(figures: tuple[str | None, ...]) -> None:
    assert findings("CSH201", *balances(*figures)) == []


def test_money_received_adds_to_the_balance() -> None:
    rows = cash(spent="10.00", balance=Decimal("90.00")), cash(received="25.00", balance=Decimal("115.00"))
    assert findings("CSH201", *rows) == []


def test_a_balance_that_does_not_follow_is_found_once() -> None:
    assert findings("CSH201", *balances("90.00", "80.01", "70.00")) == ["CSH201 经费登记!F3"]
    assert findings("CSH201", *balances("90.00", "80.01", "70.01")) == ["CSH201 经费登记!F3"]
    assert sentences("CSH201", *balances("90.00", "80.01")) == [
        "结余写的是 80.01元，从前一笔推算是 80.00元，写的多 0.01 元。"
    ]


def test_the_first_balance_is_brought_forward() -> None:
    assert findings("CSH201", *balances("1234.56", "1224.56")) == []


def with_incomplete_line(*rows: Any, line: int, **values: Any) -> Library:
    """The rows as they are, and in 经费登记 one more line that lacks a value."""
    books = LedgerSet.of(*rows).library()
    table: LedgerTable[CashRow] = LedgerTable(
        SHEETS[CashRow], books[CashRow].rows, [IncompleteRow(line, values)], parts=[laid_as_declared(SHEETS[CashRow])]
    )
    others = (books[row_type] for row_type in (SummaryRow, PeriodicalRow, CompensationRow))
    return Library([*others, table], EXAMPLE_SCHOOL, date(2026, 1, 23))


def test_the_balance_starts_again_after_a_line_that_could_not_be_read() -> None:
    first, second = balances("90.00", "55.00")
    books = with_incomplete_line(first, second._replace(line=4), line=3)
    assert report("CSH201", books).findings == ()


# -- amounts by number ------------------------------------------------------------------------------


def test_an_invoice_paid_with_another_amount_is_found_at_the_expense() -> None:
    rows = batch(), cash("FP0001", spent="25.00")
    assert findings("CSH301", *rows) == ["CSH301 经费登记!E2"]
    assert sentences("CSH301", *rows) == ["单据 FP0001 经费登记支出 25.00元，总括账实洋 20.00元，经费登记多 5.00 元。"]


def test_one_invoice_may_stand_for_several_batches_and_be_paid_in_parts() -> None:
    batches = batch(), batch(batch_no="2025-002", paid="30.00")
    assert findings("CSH301", *batches, cash("FP0001", spent="40.00"), cash("FP0001", spent="10.00")) == []
    assert findings("CSH301", *batches, cash("FP0001", spent="40.00")) == ["CSH301 经费登记!E2"]


def test_two_invoices_of_one_batch_may_stand_in_one_cell_of_either_book() -> None:
    both, other = "FP0001、FP0002", cash("FP0002", spent="8.00")
    parted = [batch(paid="12.00"), batch("FP0002", "8.00", batch_no="2025-002")]
    for batches, entries in (
        ([batch(both)], [cash("FP0001", spent="12.00"), other]),
        (parted, [cash(both, spent="20.00")]),
        # Of an invoice that no batch names, it is not known how much of the sum is its own.
        (parted[:1], [cash(both, spent="21.00")]),
    ):
        for code in ("CSH301", "CSH311"):
            assert findings(code, OLD, *batches, FIRST, *entries) == [], code
    assert findings("CSH314", OLD, *parted, FIRST, cash(both, spent="20.00")) == []
    (sentence,) = sentences("CSH314", OLD, parted[0], FIRST, cash(both, spent="21.00"))
    assert "单据 FP0002，" in sentence
    # A run of them names all.
    assert findings("CSH301", *parted, cash("FP0001-FP0002", spent="20.00")) == []
    assert findings("CSH301", *parted, cash("FP0001-FP0002", spent="21.00")) == ["CSH301 经费登记!E2"]
    assert findings("CSH301", *parted, cash(both, spent="21.00")) == ["CSH301 经费登记!E2"]
    assert sentences("CSH301", *parted, cash(both, spent="21.00")) == [
        "单据 FP0001、FP0002 经费登记支出 21.00元，总括账实洋 20.00元，经费登记多 1.00 元。"
    ]
    assert findings("CSH301", batch(both), cash("FP0001", spent="13.00"), other) == ["CSH301 经费登记!E2"]
    assert findings("CSH311", OLD, batch(both), FIRST, cash("FP0001", spent="12.00"), LAST) == ["CSH311 总括登记账!F3"]


def test_one_invoice_may_be_for_books_and_periodicals() -> None:
    rows = batch(), subscription("FP0001")
    assert findings("CSH301", *rows, cash("FP0001", spent="80.00")) == []
    assert findings("CSH301", *rows, cash("FP0001", spent="60.00")) == ["CSH301 经费登记!E2"]
    assert findings("CSH302", *rows, cash("FP0001", spent="60.00")) == []


def test_money_given_back_under_the_same_number_counts() -> None:
    rows = batch(), cash("FP0001", spent="25.00"), cash("FP0001", received="5.00")
    assert findings("CSH301", *rows) == []


def test_a_gift_has_a_number_and_no_price() -> None:
    gift = batch("JZ0001", None, source=SourceOrDestination.DONATION)
    assert findings("CSH301", gift, cash("JZ0001", spent="8.00")) == []


def test_withdrawals_are_no_expense() -> None:
    sold = batch("DC0001", "20.00", flow=Flow.OUT, source=SourceOrDestination.TRANSFERRED)
    assert findings("CSH301", sold, cash("DC0001", received="3.00")) == []


def test_a_subscription_paid_with_another_amount_is_found() -> None:
    rows = subscription(), cash("BK0001", spent="66.00")
    assert findings("CSH302", *rows) == ["CSH302 经费登记!E2"]
    assert sentences("CSH302", *rows) == ["单据 BK0001 经费登记支出 66.00元，报刊账金额 60.00元，经费登记多 6.00 元。"]


def test_a_compensation_booked_with_another_amount_is_found() -> None:
    rows = compensation(), cash("SJ0001", received="20.00")
    assert findings("CSH303", *rows) == ["CSH303 经费登记!D2"]
    assert sentences("CSH303", *rows) == ["收据 SJ0001 经费登记收入 20.00元，赔偿账实赔 25.00元，经费登记少 5.00 元。"]


def test_a_compensation_that_was_refunded_is_fine() -> None:
    rows = compensation(), cash("SJ0001", received="25.00"), cash("SJ0001", spent="25.00")
    assert findings("CSH303", *rows) == []


def test_a_sum_on_the_other_side_is_told_once_where_it_stands() -> None:
    bought = batch(), cash("FP0001", received="20.00")
    paid = compensation(), cash("SJ0001", spent="25.00")
    assert findings("CSH305", *bought) == ["CSH305 经费登记!D2"]
    assert findings("CSH305", *paid) == ["CSH305 经费登记!E2"]
    assert sentences("CSH305", *paid) == ["单据 SJ0001 的 25.00元 记在支出栏，照别的账它是收入。"]
    assert [findings(code, *rows) for code in ("CSH301", "CSH303") for rows in (bought, paid)] == [[]] * 4


def test_a_part_on_the_other_side_is_another_sum() -> None:
    rows = batch(), cash("FP0001", spent="12.00"), cash("FP0001", received="8.00")
    assert findings("CSH301", *rows) == ["CSH301 经费登记!E2"]
    assert findings("CSH305", *rows) == []


def test_a_replacement_copy_brings_no_money() -> None:
    replaced = compensation(settlement=Settlement.REPLACEMENT)
    assert findings("CSH303", replaced, cash("SJ0001", received="5.00")) == []


def test_numbers_of_lines_that_could_not_be_read_are_not_compared() -> None:
    rows = batch(), cash("FP0001", spent="15.00")
    assert len(report("CSH301", with_incomplete_line(*rows, line=3, voucher_no="FP0002")).findings) == 1
    assert report("CSH301", with_incomplete_line(*rows, line=3, voucher_no="FP0001")).findings == ()
    assert report("CSH301", with_incomplete_line(*rows, line=3, voucher_no=None)).findings == ()


# -- the year ------------------------------------------------------------------------------------------


def days(*written: str, numbers: tuple[str | None, ...] = ()) -> list[CashRow]:
    numbered = numbers or (None,) * len(written)
    return [
        cash(number, spent="1.00", booked_on=date.fromisoformat(day))
        for day, number in zip(written, numbered, strict=True)
    ]


def test_a_day_that_only_another_year_brings_between_its_neighbours_is_told() -> None:
    rows = days("2025-09-01", "2024-10-08", "2025-11-20", "2025-12-05")
    assert findings("CSH102", *rows) == ["CSH102 经费登记!A3"]
    assert sentences("CSH102", *rows) == [
        "“购图书”的日期是 2024年10月8日，年份和前后各笔合不到一起，可能是 2025年10月8日。"
    ]


def test_of_two_neighbours_a_year_apart_the_one_far_from_all_others_is_told() -> None:
    rows = days("2025-09-01", "2024-09-02", "2025-10-08", "2025-11-20")
    assert findings("CSH102", *rows) == ["CSH102 经费登记!A3"]


def test_a_day_in_the_number_of_the_voucher_tells_its_year() -> None:
    assert findings("CSH102", *days("2024-09-01", "2025-10-08", numbers=("FP20250901", None))) == ["CSH102 经费登记!A2"]


@pytest.mark.parametrize(
    "rows",
    [
        days("2023-09-01", "2024-09-10", "2025-09-05"),
        days("2025-09-01", "2025-12-20", "2025-10-08", "2025-12-25"),
        days("2025-09-01", "2024-10-08", "2025-11-20", "2025-10-02", "2025-12-05"),
        days("2025-09-03", numbers=("FP20240830",)),
        [batch(registered_on=date(2024, 12, 1)), *days("2025-11-20", "2025-12-01", numbers=("FP0001", None))],
    ],
    ids=["years apart", "entered late", "in no order", "number of another day", "paid a year later"],
)
def test_what_an_orderly_hand_may_have_written_is_of_its_year(rows: list[Any]) -> None:
    assert findings("CSH102", *rows) == []


def test_a_day_months_beside_its_neighbours_in_an_orderly_book_is_a_hint() -> None:
    rows = days("2025-09-01", "2026-01-08", "2025-10-20", "2025-11-05")
    assert findings("CSH103", *rows) == ["CSH103 经费登记!A3"]
    assert sentences("CSH103", *rows) == [
        "“购图书”的日期是 2026年1月8日，后面的一笔是 2025年10月20日，别的各笔都按先后记。"
    ]
    assert findings("CSH103", *days("2025-09-01", "2025-12-20", "2025-09-08", "2025-12-25", "2025-09-09")) == []
    assert findings("CSH103", *days("2025-09-01", "2025-10-20", "2025-10-02")) == []
    assert findings("CSH103", *days("2025-09-01", "2025-10-20", "2025-06-02")) == ["CSH103 经费登记!A4"]


# -- what is not booked -----------------------------------------------------------------------------


def test_an_invoice_that_is_not_booked_is_found_in_the_summary_register() -> None:
    rows = OLD, batch(), FIRST, LAST
    assert findings("CSH311", *rows) == ["CSH311 总括登记账!F3"]
    assert sentences("CSH311", *rows) == ["总括账的单据 FP0001，实洋 20.00元，经费登记里查不到。"]


def test_a_cash_book_that_has_no_invoice_at_all_is_not_about_books() -> None:
    assert findings("CSH311", batch(), cash("SJ0001", received="25.00"), LAST) == []
    assert findings("CSH311", batch()) == []


def test_what_was_bought_outside_the_days_of_the_cash_book_is_not_expected_in_it() -> None:
    rows = OLD, FIRST, LAST
    assert findings("CSH311", *rows, batch(registered_on=date(2025, 8, 31))) == []
    assert findings("CSH311", *rows, batch(registered_on=date(2026, 1, 21))) == []
    assert findings("CSH311", *rows, batch(registered_on=date(2026, 1, 20))) == ["CSH311 总括登记账!F3"]


def test_a_batch_without_a_number_or_without_a_price_is_not_expected_in_it() -> None:
    assert findings("CSH311", OLD, batch(None), batch("JZ0001", None), batch("JZ0002", "0.00"), FIRST, LAST) == []


def test_a_number_may_stand_on_a_line_that_could_not_be_read() -> None:
    assert report("CSH311", with_incomplete_line(OLD, batch(), FIRST, LAST, line=4, voucher_no=None)).findings == ()


def test_of_an_entry_without_a_bill_it_is_told_beside_a_line_that_could_not_be_read() -> None:
    books = library(OLD, FIRST, cash("FP0001", spent="20.00"), cash("FP0002", spent="8.00"))
    named, nameless = (with_incomplete(books, SummaryRow, **values) for values in ({"voucher_no": "FP0001"}, {}))
    assert flat(named, report("CSH314", named).findings) == ["CSH314 经费登记!C4"]
    assert report("CSH314", nameless).findings == ()


def test_the_only_invoice_under_another_number_is_told_at_the_entry() -> None:
    first = cash("BK0001", spent="60.00", booked_on=date(2025, 9, 1))
    entries = (first, cash("XX9", spent="20.00", summary="购书", booked_on=date(2026, 1, 20)))
    assert findings("CSH311", batch(), subscription(), *entries) == []
    assert findings("CSH314", batch(), subscription(), *entries) == ["CSH314 经费登记!C3"]


def test_a_cash_book_with_numbers_of_its_own_is_one_remark() -> None:
    own = [cash(str(number), spent=f"{number}.00", summary="购书", line=number) for number in range(2, 7)]
    books = library(batch(paid="999.00"), *own)
    assert [one.severity.value for one in report("CSH314", books).findings] == ["hint"]
    assert len(findings("CSH314", batch(paid="20.00"), *own, cash("FP0001", spent="20.00", line=9))) == 5


def test_a_bill_under_the_number_of_another_is_told_at_its_number() -> None:
    own, other = batch("FP0002"), batch("FP0002", "30.00", batch_no="2025-002")
    entries = cash("FP0001", spent="20.00"), cash("FP0002", spent="30.00")
    assert findings("CSH301", own, other, *entries) == ["CSH301 总括登记账!F2"]
    (sentence,) = sentences("CSH301", own, other, *entries)
    assert sentence.endswith("经费登记少 20.00 元；其中一笔 20.00 元，经费登记的 FP0001 正好这么多，可能就是它。")
    assert findings("CSH314", own, other, *entries) == []
    assert findings("CSH301", own, other, entries[1]) == ["CSH301 经费登记!E2"]
    books = entries[0]._replace(summary="购作文选30本")
    assert findings("CSH301", own, other, books, entries[1]) == ["CSH301 总括登记账!F2"]
    for summary in ("购办公用品", "印借书证", "购书架"):
        paper = entries[0]._replace(summary=summary)
        assert findings("CSH301", own, other, paper, entries[1]) == ["CSH301 经费登记!E3"], summary
        assert findings("CSH314", own, other, paper, entries[1]) == [], summary
    incidents = compensation("SJ0002"), compensation("SJ0002", incident_no="P2025-009", paid=Decimal("18.00"))
    received = cash("SJ0001", received="25.00"), cash("SJ0002", received="18.00")
    assert findings("CMP012", *incidents, *received) == ["CMP012 赔偿登记账!M2"]
    assert findings("CMP012", *incidents) == ["CMP012 赔偿登记账!M3"]
    assert findings("CSH303", *incidents, *received) == []


def test_a_prefix_of_every_voucher_tells_no_bill() -> None:
    grant = cash("FP0002", received="500.00", summary="秋季图书经费")
    cards = cash("FP0003", spent="8.00", summary="货款")
    entries = (cash("FP0001", spent="20.00"), cards)
    assert findings("CSH314", batch(), *entries) == ["CSH314 经费登记!C3"]
    assert findings("CSH314", batch(), grant, *entries) == []
    assert findings("CSH314", batch(), grant, *entries, cash("FP0004", spent="9.00", summary="购书")) == [
        "CSH314 经费登记!C5"
    ]


def test_a_subscription_that_is_not_booked_is_a_hint() -> None:
    rows = subscription("FP0000", amount=Decimal("5.00")), subscription(), FIRST, LAST
    assert findings("CSH312", *rows) == ["CSH312 报刊登记账!L3"]
    assert sentences("CSH312", *rows) == ["报刊账的单据 BK0001，金额 60.00元，经费登记里查不到。"]


def test_a_compensation_that_is_not_booked_is_a_hint() -> None:
    rows = compensation("FP0000"), compensation(), FIRST, LAST
    assert findings("CSH313", *rows) == ["CSH313 赔偿登记账!M3"]
    assert sentences("CSH313", *rows) == ["赔偿账的收据 SJ0001，实赔 25.00元，经费登记里查不到。"]


def test_a_red_entry_takes_money_back_and_another_figure_below_nought_is_told() -> None:
    incident = row(
        CompensationRow,
        settlement=Settlement.PAYMENT,
        paid=Decimal("25.00"),
        receipt_no="SJ0001",
        settled_on=date(2025, 10, 20),
        refunded_on=date(2025, 10, 27),
    )
    paid = row(CashRow, summary="赔款", voucher_no="SJ0001", received=Decimal("25.00"), spent=None, balance=None)
    back = paid._replace(line=3, summary="冲：书找到了，退款", received=Decimal("-25.00"))
    for code in ("CSH303", "CSH304", "FMT209"):
        assert findings(code, incident, paid, back) == []
    assert sentences("FMT209", paid, back._replace(summary="赔款")) == [
        "“收入”填的是 -25.00元，是负数；没有写更正的是哪一笔。"
    ]


def test_money_booked_before_the_day_of_its_voucher_is_a_hint() -> None:
    early = cash("FP20251210", spent="5.00", booked_on=date(2025, 11, 10))
    assert findings("CSH106", early) == ["CSH106 经费登记!A2"]
    assert sentences("CSH106", early) == [
        "单据 FP20251210 的号里写着 2025年12月10日，经费登记是 2025年11月10日，早了 30 天。"
    ]
    for day in (date(2025, 12, 5), date(2026, 1, 10), date(2024, 12, 10)):
        assert findings("CSH106", early._replace(booked_on=day)) == [], day
    assert findings("CSH106", early._replace(voucher_no="20251340")) == []


def test_a_run_of_vouchers_may_leave_the_letters_of_its_end_out() -> None:
    assert numbers_in("FP0301-FP0303") == numbers_in("FP0301-0303") == ["FP0301", "FP0302", "FP0303"]
    assert [numbers_in(one) for one in ("FP2026-12", "2025-001", "FP0303-0301")] == [
        ["FP2026-12"],
        ["2025-001"],
        ["FP0303-0301"],
    ]


@pytest.mark.parametrize(
    ("side", "summary", "is_told"),
    [
        *(("spent", said, True) for said in ("购书", "购新书", "买书", "购置图书", "订报", "订阅杂志")),
        *(
            ("spent", said, False)
            for said in ("订阅费", "购书包", "买书法用品", "购图书室窗帘", "购报夹", "购书签", "买书架")
        ),
        *(("spent", said, False) for said in ("购书作奖品", "订阅网络课程", "订阅数字图书", "预付购书款")),
        *(("received", said, True) for said in ("赔款", "赔书款", "图书赔偿款", "王小明赔25元", "遗失图书赔偿")),
        *(("received", said, False) for said in ("赔玻璃款", "赔偿桌椅", "赔图书室玻璃", "保险理赔款")),
    ],
)
def test_an_entry_of_no_ledger_is_told_where_its_summary_says_books_papers_or_compensation(
    side: str, summary: str, is_told: bool
) -> None:
    known = batch(paid="30.00"), cash("FP0001", spent="30.00")
    entry = cash("XX9", summary=summary, **{side: "20.00"})
    assert bool(findings("CSH314", *known, entry)) == is_told


def test_whom_the_summary_pays_and_what_it_calls_given_are_held_to_the_batch() -> None:
    batch = row(SummaryRow, supplier="县新华书店", voucher_no="FP0001")
    entry = row(CashRow, voucher_no="FP0001")

    def told(summary: str, **changes: Any) -> list[str]:
        return findings("CSH204", batch._replace(**changes), entry._replace(summary=summary))

    assert sentences("CSH204", batch, entry._replace(summary="付县教育书店书款")) == [
        "摘要“付县教育书店书款”说的是县教育书店，这一笔的单据是县新华书店的。"
    ]
    assert told("在湘南图书发行有限公司购图书") != []
    assert told("付县新华书店书款") == told("付青禾县新华书店有限责任公司书款") == []
    # What the books are by, or who pays for whom, is no seller; a batch may not name its own.
    assert told("购少年儿童出版社图书") == told("付县教育书店代付书款") == told("付县教育书店书款", supplier=None) == []
    assert told("捐赠图书一批") != []
    assert told("购图书", source=SourceOrDestination.DONATION) == ["CSH204 经费登记!B2"]
    assert told("在网上书城购图书") == []
    assert told("用捐款购图书", source=SourceOrDestination.DONATION) == []
    assert told("付图书运费", source=SourceOrDestination.ALLOCATION) == []
    assert told("捐赠款购图书") == told("捐赠图书一批", source=SourceOrDestination.DONATION) == []


def test_books_that_were_sold_bring_something_in() -> None:
    sold = [row(WithdrawalRow, line=line, accession_no=f"00000{line}", disposal="变卖") for line in (2, 3)]
    fund = cash("SR0001", received="2600.00", summary="图书经费")
    assert sentences("CSH315", *sold, fund) == [
        "2026-001 的书写着“变卖”，经费登记里没有卖书的收入，这一栏还有 1 格也是这样。"
    ]
    paid = cash("SJ0009", received="12.50", summary="处理旧书收入", booked_on=sold[0].withdrawn_on)
    assert findings("CSH315", *sold, fund, paid) == []
    # It was sold long before; nothing is booked that comes in; nothing was sold.
    assert findings("CSH315", *sold, fund, paid._replace(booked_on=date(2024, 6, 1))) != []
    assert findings("CSH315", *sold) == []
    for elsewhere in ("化浆", "交总务处统一变卖"):
        assert findings("CSH315", sold[0]._replace(disposal=elsewhere), fund) == []


@pytest.mark.parametrize(
    "summary", ["购六一奖励学生图书", "教师节奖励教师图书", "卖废报纸", "收校友捐款购书用", "付送书车费"]
)
def test_money_for_prizes_or_from_others_is_of_no_ledger(summary: str) -> None:
    side = "spent" if says(summary, "奖", "付") else "received"
    assert findings("CSH314", batch(), cash("FP0009", **{side: "7.00"}, summary=summary)) == []
