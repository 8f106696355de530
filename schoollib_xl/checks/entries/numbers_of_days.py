"""总括登记账 (SUM), 经费登记 (CSH): a 单据号 that holds a day, where such numbers hold the day of their own line."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.identifiers import DAY_IN_NUMBER
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell, header_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow

# So many numbers, and such a part of all that hold a day, are how the school numbers its vouchers.
_FEWEST, _MOST = 5, 0.8
# Days. What is months off, or booked a week before its voucher, is told elsewhere (SUM101, CSH102 to CSH106).
_A_WEEK, _A_MONTH = 7, 31


class _Numbered(NamedTuple):
    code: str
    day: str


_LEDGERS: dict[type[Any], _Numbered] = {
    SummaryRow: _Numbered("SUM103", "registered_on"),
    CashRow: _Numbered("CSH107", "booked_on"),
}


def _odd_ones(row_type: type[Any], name: str, library: Library) -> Iterator[Found]:
    """The few numbers that hold another day than that of their line, or one that no month has."""
    told = [
        (row, numbers[0])
        for row in library[row_type].saying("voucher_no")
        if len(numbers := DAY_IN_NUMBER.findall(row.voucher_no)) == 1
    ]
    odd = [(row, digits) for row, digits in told if digits != f"{getattr(row, name):%Y%m%d}"]
    if len(told) < _FEWEST or len(told) - len(odd) < _MOST * len(told):
        return
    times = Counter(row.voucher_no for row, _ in told)
    for row, digits in odd:
        day: date = getattr(row, name)
        said, late = f"“{digits}”，没有这一天", 0
        with suppress(ValueError):
            written = date.fromisoformat(digits)
            said, late = f"{written.year}年{written.month}月{written.day}日", (day - written).days
        # One voucher for two batches is of the day of one of them.
        if -_A_WEEK <= late <= _A_MONTH and times[row.voucher_no] == 1:
            yield found(cell(row, "voucher_no"), cell(row, name), said=said, day=day)


def _register(row_type: type[Any], one: _Numbered) -> None:
    header = header_of(row_type, one.day)
    test: Callable[[Library], Iterator[Found]] = partial(_odd_ones, row_type, one.day)
    check(
        one.code,
        title=f"单据号里的日子和{header}不一样",
        message=f"单据 {{voucher_no}} 的号里写着 {{said}}，{header}是 {{day}}；别的单据号都和自己那一行是同一天。",
        why="号抄错了，就找不到这张单据；日期抄错了，这一笔就算到别的日子去。",
        fix=f"先看单据；号抄错就改单据号，日期抄错就改{header}；真是隔天入账的不用动。",
        severity=Severity.HINT,
        reads={row_type: f"{one.day} voucher_no"},
    )(test)


for _row_type, _one in _LEDGERS.items():
    _register(_row_type, _one)
