"""经费登记 (CSH): days that its own order, its numbers or the bills say are of another year."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from schoollib_xl.checks.bills import BILLED, cash_by_number, compensations, payments
from schoollib_xl.checks.check import Found, Nearest, Severity, check, found
from schoollib_xl.ledgers.identifiers import DAY_IN_NUMBER
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.money import CashRow

# What is late by more was entered late; a year too many or too few leaves months before or after every neighbour.
_FAR = 183
# An entry stands within a month of the bill it pays, once its year is right.
_NEAR = 31


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
)
def booked_in_another_year(library: Library) -> Iterator[Found]:
    by_number, told_elsewhere = _by_number(library), _told_elsewhere(library)
    by_order = _by_order(list(library[CashRow]))
    for row in library[CashRow]:
        meant = by_order.get(row.line) or by_number.get(row.line)
        if meant and row.line not in told_elsewhere and meant <= library.as_of >= row.booked_on:
            told = "前后各笔" if row.line in by_order else "单据"
            yield found(cell(row, "booked_on"), cell(row, "voucher_no"), told=told, near=Nearest(meant))


def _told_elsewhere(library: Library) -> set[int]:
    """Compensations booked before the incident (CSH101)."""
    bills = library.derive(compensations)
    cash = library.derive(cash_by_number)
    return {
        row.line
        for number, found in bills.items()
        for row in cash.get(number, ())
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
