"""经费登记 (CSH): entries that no ledger knows, refunds and sales not booked, days of another year."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

from schoollib_xl.checks.check import Alike, Found, Nearest, Severity, check, folded, found
from schoollib_xl.checks.money.bills import (
    BILLED,
    booked_under,
    compensations,
    compensations_misplaced,
    not_booked,
    numbers_billed,
    numbers_in,
    payments,
    payments_misplaced,
    payments_not_booked,
)
from schoollib_xl.checks.money.purposes import COMPENSATION, SALES, is_for_something_else, purposes_told
from schoollib_xl.checks.running import falls
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.identifiers import DAY_IN_NUMBER
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import RED
from schoollib_xl.rules.likeness import says

_CASH = "booked_on summary voucher_no received spent"
_LETTERS = re.compile(r"[A-Za-z]+")

# What is late by more was entered late; a year too many or too few leaves months before or after every neighbour.
_FAR = 183
# More entries than this under numbers that no ledger knows, and none under one it does, are numbers of another kind.
_FEW = 3
# How 处理方式 says that a copy was sold, and by somebody else.
_SOLD = ("变卖", "卖废", "卖旧", "出售", "售出", "卖给")
_BY_OTHERS = ("总务", "后勤", "统一", "上交", "财务", "教育局", "中心校", "学区")
# An entry stands within a month of the bill it pays, once its year is right.
_NEAR = 31


@check(
    "CSH306",
    title="付了款，总括账的实洋空着",
    message="单据 {voucher_no} 经费登记支出 {spent}，总括账 {batch_no} 的实洋空着。",
    why="实洋空着，买书花的钱就少算了这一批，也没法和发票核对。",
    fix="先看发票，照实际付的钱补填实洋；几批书一张发票的，各批填各批的。",
    severity=Severity.WARNING,
    reads={SummaryRow: "batch_no flow source voucher_no paid_value", CashRow: "summary voucher_no spent"},
)
def paid_without_paid_value(library: Library) -> Iterator[Found]:
    bought = [
        row
        for row in library[SummaryRow]
        if row.flow is Flow.IN and row.source is SourceOrDestination.PURCHASE and row.voucher_no
    ]
    # A school that never fills the column has no figure to lack.
    keeps = any(row.paid_value is not None for row in bought)
    for row in bought:
        paid = [
            one for one in booked_under(library, row.voucher_no) if one.spent and not is_for_something_else(one.summary)
        ]
        if row.paid_value is None and paid:
            spent = sum((one.spent or NO_MONEY for one in paid), NO_MONEY)
            severity = None if keeps else Severity.HINT
            yield found(cell(row, "paid_value"), cell(paid[0], "spent"), severity=severity, spent=spent)


@check(
    "CSH314",
    title="经费登记的一笔，别的账里没有",
    message="“{summary}”单据 {number}，总括账、报刊账和赔偿账里都查不到{alike}。",
    why="花了钱没有入账的书，或者收了钱没有记的赔偿，都要查清。",
    fix="先找这张单据；书还没入账就补登，号写错了就改；先付钱后到书的，在摘要里写“预付”。",
    severity=Severity.WARNING,
    reads={CashRow: _CASH, **BILLED},
    may_read=RED,
)
def entry_of_no_ledger(library: Library) -> Iterator[Found]:
    known = numbers_billed(library)
    prefixes = _telling_prefixes(library, known)
    amounts = _unbooked_amounts(library)
    strange: dict[str, list[CashRow]] = {"spent": [], "received": []}
    for row in library[CashRow] if known else ():
        numbers = numbers_in(row.voucher_no or "")
        unknown = [number for number in numbers if number not in known]
        amount = row.spent or row.received
        # Of an entry that names a bill beside them, the sum is no copy of another's.
        is_told = len(unknown) < len(numbers) or amount not in amounts
        if unknown and amount and is_told and _is_ours(row, prefixes):
            strange["spent" if row.spent else "received"].append(row)
    for side, rows in strange.items():
        booked = (
            number for row in library[CashRow] if getattr(row, side) for number in numbers_in(row.voucher_no or "")
        )
        # Where no entry has a number of the ledgers, the book is numbered in its own way.
        is_own_series = len(rows) > _FEW and known.isdisjoint(booked)
        for alike in [rows] if is_own_series else [[row] for row in rows]:
            at, *others = folded(alike, "voucher_no")
            number = "、".join(one for one in numbers_in(alike[0].voucher_no or "") if one not in known)
            severity, told = Severity.HINT if is_own_series else None, Alike(len(alike) - 1)
            yield found(at, cell(alike[0], "summary"), *others, severity=severity, number=number, alike=told)


def _unbooked_amounts(library: Library) -> set[Decimal]:
    """The sums of bills that 经费登记 does not have: an entry of such a sum has its number copied wrong, which is
    told of there (CSH301 and CSH302, CSH311 to CSH313, CMP011, CMP012).
    """
    bills = {**library.derive(payments), **library.derive(compensations)}
    told = [
        *payments_not_booked(library, SummaryRow),
        *payments_not_booked(library, PeriodicalRow),
        *not_booked(library, library.derive(compensations)),
    ]
    sums = {sum((bill.amount or NO_MONEY for bill in bills[one.number]), NO_MONEY) for one in told}
    times = Counter(row.receipt_no for row in library[CompensationRow])
    unclear = (row for row in library[CompensationRow] if row.receipt_no is None or times[row.receipt_no] > 1)
    elsewhere = {**library.derive(payments_misplaced), **library.derive(compensations_misplaced)}
    misplaced = {amount for row in elsewhere.values() if (amount := row.spent or row.received)}
    return sums | misplaced | {row.paid for row in unclear if row.paid}


def _telling_prefixes(library: Library, known: set[str]) -> set[str]:
    """The letters that begin the numbers of bills, where they tell a bill: not those that begin every voucher, of what
    was received as of what was spent.
    """
    rows = [row for row in library[CashRow] if not is_for_something_else(row.summary)]
    spent, received = (
        {_letters(row.voucher_no) for row in rows if getattr(row, side)} for side in ("spent", "received")
    )
    return set(map(_letters, known)) - (spent & received) - {""}


def _letters(number: str | None) -> str:
    match = _LETTERS.match(number or "")
    return match[0] if match else ""


def _is_ours(row: CashRow, prefixes: set[str]) -> bool:
    """Whether an entry is about books, papers or compensation: its number is made like theirs, or it says so."""
    if is_for_something_else(row.summary):
        return False
    told = purposes_told(row.summary)
    is_told = told - {COMPENSATION} if row.spent else told & {COMPENSATION}
    return bool(is_told) or _letters(row.voucher_no) in prefixes


@check(
    "CSH101",
    title="赔款入账早于报失",
    message="收据 {receipt_no} 的赔款在 {booked_on} 入账，{incident_no} 到 {registered_on} 才登记。",
    why="先有赔偿，才有赔款，多半有一个日期写错了。",
    fix="先看收据存根的日期，再改写错的一个。",
    severity=Severity.WARNING,
    reads={CashRow: "booked_on voucher_no", CompensationRow: "incident_no registered_on receipt_no"},
)
def booked_before_the_incident(library: Library) -> Iterator[Found]:
    times = Counter(row.receipt_no for row in library[CompensationRow])
    for row in library[CompensationRow]:
        booked = booked_under(library, row.receipt_no)
        early = [one for one in booked if one.booked_on < row.registered_on]
        # A receipt of two incidents is told of there (CMP012).
        if early and len(early) == len(booked) and times[row.receipt_no] == 1:
            yield found(cell(early[0], "booked_on"), cell(row, "registered_on"))


@check(
    "CSH102",
    title="经费登记的年份不对",
    message="“{summary}”的日期是 {booked_on}，年份和{told}合不到一起{near}。",
    why="日期差了一年，这一笔就算到别的学年去了，结余的先后也乱了。",
    fix="先看单据上的日期，再改年份；真是那一年的，把这一行移到它的位置上。",
    severity=Severity.WARNING,
    reads={
        CashRow: "booked_on summary voucher_no",
        **BILLED,
    },
    may_read=RED,
)
def booked_in_another_year(library: Library) -> Iterator[Found]:
    by_number, told_elsewhere = _by_number(library), _told_elsewhere(library)
    by_order = _by_order(list(library[CashRow]))
    for row in library[CashRow]:
        meant = by_order.get(row.line) or by_number.get(row.line)
        if meant and row.line not in told_elsewhere and meant <= library.as_of >= row.booked_on:
            told = "前后各笔" if row.line in by_order else "单据"
            yield found(cell(row, "booked_on"), cell(row, "voucher_no"), told=told, near=Nearest(meant))


@check(
    "CSH103",
    title="经费登记的日期和前后各笔差了几个月",
    message="“{summary}”的日期是 {booked_on}，{beside}的一笔是 {other}，别的各笔都按先后记。",
    why="月份写错了，这一笔就算到别的月份里去了。",
    fix="先看单据上的日期，写错就改正；补记的一笔，按日期移到它的位置上。",
    severity=Severity.HINT,
    reads={CashRow: "booked_on summary voucher_no", **BILLED},
    may_read={CashRow: "remarks", **RED},
)
def booked_months_beside(library: Library) -> Iterator[Found]:
    rows = list(library[CashRow])
    told = {*_told_elsewhere(library), *_by_order(rows), *_by_number(library)}
    for row, other, beside in falls(rows, attrgetter("booked_on")):
        if not told & {row.line, other.line}:
            yield found(cell(row, "booked_on"), cell(other, "booked_on"), beside=beside, other=other.booked_on)


def _told_elsewhere(library: Library) -> set[int]:
    """Compensations booked before the incident (CSH101)."""
    bills = library.derive(compensations)
    return {
        row.line
        for number, found in bills.items()
        for row in booked_under(library, number)
        if row.booked_on < min(bill.on for bill in found)
    }


def _years_beside(day: date) -> list[date]:
    return [day.replace(year=day.year + years) for years in (1, -1) if (day.month, day.day) != (2, 29)]


def _by_order(rows: list[CashRow]) -> dict[int, date]:
    """What the rows above and below say of a day months away from both, in a book that is otherwise in order."""
    days = [row.booked_on for row in rows]
    meant = {
        index: day
        for index, (own, above, below) in enumerate(zip(days, [None, *days], [*days[1:], None], strict=False))
        for day in _years_beside(own)
        if _fits(own, day, above, below)
    }
    middle = sorted(days)[len(days) // 2] if days else None
    # Of two neighbours that differ by a year the one farther from all the others is wrong.
    for index in sorted(meant, key=lambda index: abs(days[index] - middle) if middle else 0):
        if meant.keys() & {index - 1, index + 1}:
            del meant[index]
    rest = [day for index, day in enumerate(days) if index not in meant]
    is_in_order = len(rest) > 1 and all(one <= other for one, other in pairwise(rest))
    return {rows[index].line: day for index, day in meant.items()} if is_in_order else {}


def _fits(is_: date, day: date, above: date | None, below: date | None) -> bool:
    """Whether the other year stands between both neighbours, and the one written out of their order by months."""
    if not (above or day) <= day <= (below or day):
        return False
    return bool((above and (above - is_).days > _FAR) or (below and (is_ - below).days > _FAR))


def _by_number(library: Library) -> dict[int, date]:
    """What the day in the voucher's own number says; of the first line also the bill it pays, since no line above
    tells whether it is a year early.
    """
    bills, rows = library.derive(payments), library[CashRow].rows
    meant: dict[int, date] = {}
    for row in rows:
        written = DAY_IN_NUMBER.findall(row.voucher_no or "")
        days = {bill.on for bill in bills.get(row.voucher_no or "", ()) if row is rows[0] and bill.on > row.booked_on}
        for day in _years_beside(row.booked_on):
            if f"{day:%Y%m%d}" in written or (days and all(abs((day - one).days) <= _NEAR for one in days)):
                meant[row.line] = day
    return meant


@check(
    "CSH315",
    title="卖了注销的书，经费登记里没有收入",
    message="{withdrawal_no} 的书写着“{disposal}”，经费登记里没有卖书的收入{alike}。",
    why="卖旧书的钱也是学校的钱，没有入账，查账时说不清。",
    fix="先问卖了多少钱、交到哪里；交到图书室的，补记在经费登记里，摘要写“变卖旧书”；没有卖，就改处理方式。",
    severity=Severity.HINT,
    reads={
        WithdrawalRow: "withdrawal_no withdrawn_on disposal",
        CashRow: "booked_on summary received",
    },
)
def sold_and_not_booked(library: Library) -> Iterator[Found]:
    told = [row for row in library[WithdrawalRow].saying("disposal") if says(row.disposal, *_SOLD)]
    sold = [row for row in told if not says(row.disposal, *_BY_OTHERS)]
    # A school whose fund is kept elsewhere books nothing here; waste is sold once for several batches.
    days = [row.booked_on for row in library[CashRow] if row.received and says(row.summary, *SALES)] if sold else []
    for rows in group_by(sold, "withdrawal_no").values() if any(library[CashRow].column("received")) else ():
        first = min(row.withdrawn_on for row in rows)
        if not any((first - day).days <= _NEAR for day in days):
            yield found(*folded(rows, "disposal"), alike=Alike(len(rows) - 1))
