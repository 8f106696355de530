"""经费登记 (CSH): its running balance, and its amounts against the ledgers by 单据号 and 收据号."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from schoollib_xl.checks.check import Found, Gap, Severity, check, found
from schoollib_xl.checks.money.bills import (
    PAID_IN,
    PAID_OUT,
    Bill,
    Bills,
    Disagreement,
    booked_under,
    compensations,
    compensations_misplaced,
    disagreements,
    not_booked,
    on_the_other_side,
    payments,
    payments_misplaced,
    payments_not_booked,
)
from schoollib_xl.checks.running import breaks
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import Cell, cell, header_of
from schoollib_xl.ledgers.school import months_apart
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import Settlement
from schoollib_xl.rules.corrections import RED
from schoollib_xl.rules.likeness import says

_CASH = "voucher_no received spent"
# Fewer receipts booked the day they were settled are no practice.
_AT_ONCE = 3
_PAYMENTS: dict[type[Any], str] = {CashRow: _CASH, **PAID_OUT}
_COMPENSATIONS: dict[type[Any], str] = {CashRow: _CASH, **PAID_IN}


@check(
    "CSH201",
    title="结余推算不出来",
    message="结余写的是 {stated}，从前一笔推算是 {expected}，写的{gap}。",
    why="结余等于前一笔的结余加收入、减支出，错一行，后面的都不对。",
    fix="先核对这一笔的收入和支出；都没错，就重算结余。",
    reads={CashRow: "booked_on received spent balance"},
)
def balance_does_not_follow(library: Library) -> Iterator[Found]:
    table = library[CashRow]
    rows = {row.line: row for row in table}
    as_written = [rows.get(line) for line in sorted([*rows, *table.incomplete_lines])]
    # A book sorted by voucher still follows by its days, as long as every line could be read.
    by_day = as_written if table.incomplete else sorted(table, key=lambda row: (row.booked_on, row.line))
    orders = [list(breaks(order, lambda row: row.balance, _moved)) for order in (as_written, by_day)]
    for row, (stated, expected) in min(orders, key=len):
        gap = Gap(stated - expected, "元")
        at, *others = (cell(row, name) for name in ("balance", "received", "spent"))
        yield found(at, *others, stated=stated, expected=expected, gap=gap)


def _moved(row: CashRow) -> Decimal:
    return (row.received or NO_MONEY) - (row.spent or NO_MONEY)


@check(
    "CSH301",
    title="支出和实洋对不上",
    message="单据 {number} 经费登记支出 {booked}，总括账实洋 {stated}，经费登记{gap}{meant}。",
    why="一张发票，付出去的钱和总括账的实洋要一样。",
    fix="先看发票上的号和金额；哪一边写错就改哪一边。",
    reads=_PAYMENTS,
    may_read={**RED, CashRow: "summary"},
)
def spent_differs_from_paid_value(library: Library) -> Iterator[Found]:
    for disagreement in disagreements(library, library.derive(payments), "spent"):
        if _concerns(disagreement.bills, SummaryRow):
            yield _differing(disagreement, "spent", library.derive(payments_misplaced))


@check(
    "CSH302",
    title="支出和报刊金额对不上",
    message="单据 {number} 经费登记支出 {booked}，报刊账金额 {stated}，经费登记{gap}{meant}。",
    why="一张订单，付出去的钱和报刊账的金额要一样。",
    fix="先看订单上的号和金额；哪一边写错就改哪一边。",
    reads=_PAYMENTS,
    may_read={**RED, CashRow: "summary"},
)
def spent_differs_from_subscriptions(library: Library) -> Iterator[Found]:
    for disagreement in disagreements(library, library.derive(payments), "spent"):
        if not _concerns(disagreement.bills, SummaryRow):
            yield _differing(disagreement, "spent", library.derive(payments_misplaced))


@check(
    "CSH303",
    title="收入和赔款对不上",
    message="收据 {number} 经费登记收入 {booked}，赔偿账实赔 {stated}，经费登记{gap}。",
    why="收了多少赔款，就要入多少账。",
    fix="先看收据存根；哪一边写错就改哪一边。",
    reads=_COMPENSATIONS,
    may_read={CashRow: "summary"},
)
def received_differs_from_compensation(library: Library) -> Iterator[Found]:
    # Of a receipt that has an incident too many CMP012 tells.
    elsewhere = library.derive(compensations_misplaced).keys()
    for disagreement in disagreements(library, library.derive(compensations), "received"):
        if elsewhere.isdisjoint(bill.number_cell for bill in disagreement.bills):
            yield _differing(disagreement, "received", {})


@check(
    "CSH304",
    title="退了款，经费登记没有支出",
    message="{incident_no} 在 {refunded_on} 退款 {paid}，经费登记里收据 {receipt_no} 没有退的一笔。",
    why="退出去的钱不记，结余就比实际多。",
    fix="先找退款签字；退了就补记一笔支出，单据号写收据号；没有退就把退款日期清空。",
    severity=Severity.WARNING,
    reads={CashRow: "summary voucher_no received spent", CompensationRow: "incident_no receipt_no paid refunded_on"},
)
def refund_not_booked(library: Library) -> Iterator[Found]:
    # A sum nobody can read may be the one that was given back.
    is_read = not library[CashRow].incomplete and "spent" not in library[CashRow].unread_lines
    refunds = [one for one in library[CashRow] if says(one.summary, "退")]
    for row in library[CompensationRow] if is_read else ():
        booked = booked_under(library, row.receipt_no)
        others = (refund for refund in refunds if refund.spent == row.paid and refund not in booked)
        spent = sum((one.spent or NO_MONEY for one in (*booked, *others)), NO_MONEY)
        is_red = any((one.received or NO_MONEY) < 0 for one in booked)
        if row.refunded_on and booked and row.paid and not spent and not is_red:
            yield found(cell(row, "refunded_on"), cell(booked[0], "received"))


@check(
    "CSH305",
    title="收入和支出填反了",
    message="单据 {number} 的 {stated} 记在{booked_as}栏，照别的账它是{meant}。",
    why="收的钱记成支出，或者付的钱记成收入，结余就差两倍，总结里的收支也是错的。",
    fix="先看单据；填反了就把数移到{meant}栏，再重算后面的结余。",
    reads={**_PAYMENTS, **_COMPENSATIONS},
    may_read=RED,
)
def received_taken_for_spent(library: Library) -> Iterator[Found]:
    for bills, meant, booked in ((payments, "spent", "received"), (compensations, "received", "spent")):
        for disagreement in on_the_other_side(library, library.derive(bills), meant):
            first = next(row for row in disagreement.cash if getattr(row, booked))
            yield found(
                cell(first, booked),
                cell(first, meant),
                *(bill.amount_cell for bill in disagreement.bills),
                number=disagreement.number,
                stated=disagreement.stated,
                booked_as=header_of(CashRow, booked),
                meant=header_of(CashRow, meant),
            )


@check(
    "CSH311",
    title="经费登记里没有这张发票",
    message="总括账的单据 {number}，实洋 {amount}，经费登记里查不到。",
    why="别的发票都入了经费登记，这一张没有，可能漏记了一笔支出。",
    fix="先找付款凭证；已经付了就补记一笔，号写错了就改正。",
    severity=Severity.WARNING,
    reads=_PAYMENTS | {CashRow: "booked_on voucher_no spent"},
    may_read=RED,
)
def accession_not_booked(library: Library) -> Iterator[Found]:
    return _missing(library, SummaryRow)


@check(
    "CSH312",
    title="经费登记里没有这张报刊订单",
    message="报刊账的单据 {number}，金额 {amount}，经费登记里查不到。",
    why="报刊款没有入经费登记，结余会多出来；上学期付的款不在这里也有可能。",
    fix="先找付款凭证；这学期付的就补记一笔，号写错了就改正。",
    severity=Severity.HINT,
    reads=_PAYMENTS | {CashRow: "booked_on voucher_no spent"},
    may_read=RED,
)
def subscription_not_booked(library: Library) -> Iterator[Found]:
    return _missing(library, PeriodicalRow)


@check(
    "CSH313",
    title="经费登记里没有这张赔款收据",
    message="赔偿账的收据 {number}，实赔 {amount}，经费登记里查不到。",
    why="赔款收了要入账；几张收据并成一笔上交的，也要查得到。",
    fix="先看收据存根；还没入账就补记一笔，并成一笔的就写进“差异说明”。",
    severity=Severity.HINT,
    reads=_COMPENSATIONS | {CashRow: "booked_on voucher_no received"},
)
def compensation_not_booked(library: Library) -> Iterator[Found]:
    bills = library.derive(compensations)
    for bill in not_booked(library, bills):
        yield _unbooked(library, bill, "received", bills)


def _concerns(bills: list[Bill], row_type: type[Any]) -> bool:
    return any(issubclass(bill.amount_cell.row_type, row_type) for bill in bills)


def _differing(disagreement: Disagreement, column: str, elsewhere: dict[Cell, CashRow]) -> Found:
    """At the entry, or at the number of the bill that another entry pays."""
    first, *others = disagreement.cash
    see_also = [*(cell(row, column) for row in others), *(bill.amount_cell for bill in disagreement.bills)]
    see_also += [cell(first, "voucher_no"), *(bill.number_cell for bill in disagreement.bills)]
    bill = next((bill for bill in disagreement.bills if bill.number_cell in elsewhere), None)
    entry = elsewhere[bill.number_cell] if bill else None
    cells = [bill.number_cell, cell(entry, "voucher_no")] if bill and entry else []
    return found(
        *cells,
        cell(first, column),
        *see_also,
        meant=f"；其中一笔 {bill.amount} 元，经费登记的 {entry.voucher_no} 正好这么多，可能就是它"
        if bill and entry
        else "",
        number=disagreement.number,
        booked=disagreement.booked,
        stated=disagreement.stated,
        gap=Gap(disagreement.booked - disagreement.stated, "元"),
    )


def _missing(library: Library, row_type: type[Any]) -> Iterator[Found]:
    bills = library.derive(payments)
    for bill in payments_not_booked(library, row_type):
        yield _unbooked(library, bill, "spent", bills)


def _unbooked(library: Library, bill: Bill, column: str, bills: Bills) -> Found:
    """A number without an entry; an entry of its sum under a number that no bill has may be meant."""
    amount = sum((one.amount or NO_MONEY for one in bills[bill.number]), NO_MONEY)
    others = (row for row in library[CashRow] if row.voucher_no and row.voucher_no not in bills)
    meant = [cell(row, "voucher_no") for row in others if getattr(row, column) == amount]
    return found(bill.number_cell, *meant, number=bill.number, amount=amount)


@check(
    "CMP107",
    title="结清日期和经费登记对不上",
    message="{incident_no} 的结清日期是 {settled_on}，收据 {receipt_no} 的钱在 {booked_on} 全部入账。",
    why="赔款收齐就是结清，两本账说的日子差得远，可能有一个写错了。",
    fix="先看收据存根的日期，再改写错的一个；收了钱等到期末才一起结清的不用动。",
    severity=Severity.HINT,
    reads={
        CashRow: "booked_on voucher_no received",
        CompensationRow: "incident_no registered_on settlement receipt_no paid settled_on",
    },
)
def settled_long_after_it_was_booked(library: Library) -> Iterator[Found]:
    settled = [] if library[CashRow].incomplete else list(_settled_and_booked(library))
    at_once = sum(row.settled_on == last.booked_on for row, last in settled)
    for row, last in settled:
        later = months_apart(last.booked_on, row.settled_on)
        is_month_amiss = abs(later) == 1 and row.settled_on.day == last.booked_on.day
        # Cash is closed by the month (会计基础工作规范, article 64): until the end of the next one both belong to one
        # closing, unless the month alone differs where all others are booked the day they are settled.
        is_amiss = later > 1 or (is_month_amiss and at_once == len(settled) - 1 >= _AT_ONCE)
        # Booked before the incident is CSH101.
        if is_amiss and last.booked_on >= row.registered_on:
            yield found(cell(row, "settled_on"), cell(last, "booked_on"), booked_on=last.booked_on)


def _settled_and_booked(library: Library) -> Iterator[tuple[Any, CashRow]]:
    """The incidents paid for in money, with the last line of 经费登记 by which all of it is booked."""
    for row in library[CompensationRow]:
        booked = booked_under(library, row.receipt_no)
        received = sum((one.received or NO_MONEY for one in booked), NO_MONEY)
        if row.settlement is Settlement.PAYMENT and row.settled_on and booked and received == row.paid:
            yield row, max(booked, key=lambda one: one.booked_on)
