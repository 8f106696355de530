"""经费登记 (CSH): what a line says in two of its cells, and which way; money brought forward."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.identifiers import DAY_IN_NUMBER
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.rules.likeness import says

# Days. What differs by more than the half of a year is nearer to another one.
_A_WEEK, _HALF_A_YEAR = 7, 182
_BROUGHT_FORWARD = ("结转", "承前", "上年结余")


@check(
    "CSH205",
    title="结转的一笔不在最前面",
    message="“{summary}”收入 {received}，前面已经有 {count} 笔，结余 {balance} 是接着算下来的。",
    why="结转的是前面剩下的钱，接在中间又算作收入，结余就多算了一遍。",
    fix="先看这一笔是不是新拨的经费；是新拨的改摘要，是结转的把收入清空，重算结余；新的一年另起的，结余从这一笔算起。",
    severity=Severity.HINT,
    reads={CashRow: "summary received balance"},
)
def brought_forward_in_the_middle(library: Library) -> Iterator[Found]:
    for index, row in enumerate(library[CashRow]):
        # Where a year is begun anew its balance is what was brought forward.
        goes_on = row.balance is not None and row.balance != row.received
        if index and row.received and goes_on and says(row.summary, *_BROUGHT_FORWARD):
            yield found(cell(row, "summary"), cell(row, "received"), cell(row, "balance"), count=index)


@check(
    "CSH206",
    title="结转的数和结余不一样",
    message="第一笔“{summary}”结转 {received}，结余写的是 {balance}。",
    why="结转来的钱就是这本账开始时的结余，差了，后面的结余都从这里错起。",
    fix="先看上一年的账最后剩多少，再改写错的一个。",
    severity=Severity.WARNING,
    reads={CashRow: "summary received spent balance"},
)
def brought_forward_is_not_the_balance(library: Library) -> Iterator[Found]:
    for row in library[CashRow].rows[:1]:
        is_forward = says(row.summary, *_BROUGHT_FORWARD) and row.received is not None and not row.spent
        if is_forward and row.balance is not None and row.balance != row.received:
            yield found(cell(row, "received"), cell(row, "balance"))


@check(
    "CSH106",
    title="单据还没有开就入了账",
    message="单据 {voucher_no} 的号里写着 {on}，经费登记是 {booked_on}，早了 {days} 天。",
    why="收付款照单据入账，单据还没有开，多半是日期写错了。",
    fix="先看单据上的日期，再改写错的一个；先付款后开票的不用动。",
    severity=Severity.HINT,
    reads={CashRow: "booked_on voucher_no"},
)
def booked_before_its_voucher(library: Library) -> Iterator[Found]:
    for row in library[CashRow].saying("voucher_no"):
        written = DAY_IN_NUMBER.findall(row.voucher_no or "")
        with suppress(ValueError):  # 20251301 is no day
            days = {date.fromisoformat(one) for one in written}
            # An invoice comes some days after the money; one of another year is CSH103.
            early = [(day - row.booked_on).days for day in days]
            if len(early) == 1 and _A_WEEK < early[0] <= _HALF_A_YEAR:
                yield found(cell(row, "booked_on"), cell(row, "voucher_no"), on=days.pop(), days=early[0])


@check(
    "CSH202",
    title="这一笔没有收入也没有支出",
    message="“{summary}”这一笔，收入和支出都空着。",
    why="没有数，就不知道这一笔动了多少钱。",
    fix="先找单据，再填收入或支出；作废的一笔填 0。",
    severity=Severity.WARNING,
    reads={CashRow: "summary received spent"},
)
def entry_without_amount(library: Library) -> Iterator[Found]:
    for row in library[CashRow]:
        if row.received is None and row.spent is None and not says(row.summary, "结转", "承前", "余额"):
            yield found(cell(row, "spent"), cell(row, "received"))


@check(
    "CSH203",
    title="一笔又收又支",
    message="“{summary}”这一笔，收入 {received}，支出 {spent}。",
    why="一笔只有一个方向，多半是数填错了栏。",
    fix="先看单据；填错栏的清空，真是一收一支就分两行记。",
    severity=Severity.WARNING,
    reads={CashRow: "summary received spent"},
)
def received_and_spent_at_once(library: Library) -> Iterator[Found]:
    for row in library[CashRow]:
        if row.received and row.spent:
            yield found(cell(row, "spent"), cell(row, "received"))
