"""Running numbers of loans, incidents and subscriptions: one left out of a whole series, one that is of no series."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from operator import lt
from typing import Any, NamedTuple

from schoollib_xl.checks.check import MOST_SHOWN, Found, Named, Severity, check, found
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS, cell, header_of
from schoollib_xl.ledgers.table import LedgerTable

_NUMBER = re.compile(r"(.*?)(\d{1,12})")
# P2025-001 tells its year.
_DATED = re.compile(r"\D*(\d{4})\D+\d+")
# Of a hundred numbers one or two are spoilt and written again; a ledger with more gaps was numbered elsewhere.
_FEW = 0.02
# A number further on than this is no gap but a slip of the hand.
_FAR = 100


class _Series(NamedTuple):
    """A ledger numbered line by line: of how many rows it is one, and what must stand on each side of a gap."""

    code: str
    field: str
    day: str
    least_rows: int
    beside: int


# Loans carried over from the year before have gaps of their own; incidents are few, and begin with 1 each year.
_GAPS = {LoanRow: _Series("CIR002", "loan_no", "", 50, 10), CompensationRow: _Series("CMP002", "incident_no", "", 5, 1)}
_FORMS = {
    LoanRow: _Series("CIR003", "loan_no", "lent_on", 20, 0),
    CompensationRow: _Series("CMP003", "incident_no", "registered_on", 5, 0),
    PeriodicalRow: _Series("PER002", "periodical_no", "starts_on", 5, 0),
}


def _is_whole(numbers: Sequence[str]) -> bool:
    """Whether the numbers are one unbroken series, which most ledgers are and which is quick to see."""
    if not numbers or sum(map(len, numbers)) != len(numbers) * len(numbers[0]):
        return False
    # In most ledgers the numbers rise from line to line, and to see that is far quicker than to gather them.
    if not all(map(lt, numbers, numbers[1:])) and len(set(numbers)) < len(numbers):
        return False
    first, last = _NUMBER.fullmatch(min(numbers)), _NUMBER.fullmatch(max(numbers))
    if not first or not last or first[1] != last[1]:
        return False
    return int(last[2]) - int(first[2]) + 1 == len(numbers)


def _left_out(series: _Series, row_type: type[Any], library: Library) -> Iterator[Found]:
    table = library[row_type]
    numbers = list(table.column(series.field))
    if len(numbers) < series.least_rows or _is_whole(numbers):
        return
    # One that stands twice is the one that is missing (CIR001, CMP001).
    if len(set(numbers)) < len(numbers) or not table.all_say(series.field):
        return
    stray = {getattr(row, series.field) for row, _ in _strays(_FORMS[row_type], table)}
    numbers += [row.values[series.field] for row in table.incomplete]
    gaps = _gaps([number for number in numbers if number not in stray], series.beside)
    # What a number that is of no series should be is missing too.
    missing = [number for _, left_out in gaps for number in left_out]
    are_few = len(missing) <= max(1, _FEW * len(numbers)) or (len(gaps) == 1 and _is_leap(numbers, *gaps[0]))
    if len(stray) < len(missing) and are_few:
        after = {number for number, _ in gaps}
        rows = table.among(series.field, after)[:MOST_SHOWN]
        if rows:
            places = [cell(row, series.field) for row in rows]
            yield found(*places, count=len(missing), numbers=Named(tuple(missing)))


def _gaps(numbers: Sequence[str], beside: int) -> list[tuple[str, list[str]]]:
    """Each gap as the number after it and those left out, where enough numbers stand on each side."""
    by_form = gathered(
        ((match[1], len(match[2])), int(match[2])) for number in numbers if (match := _NUMBER.fullmatch(number))
    )
    gaps = []
    for (prefix, digits), there in by_form.items():
        there.sort()
        for at, (one, other) in enumerate(pairwise(there), 1):
            stand = at >= beside and len(there) - at >= beside
            if other - one > 1 and stand and (beside > 1 or there[0] == 1):
                before, behind = there[at - beside : at], there[at : at + beside]
                is_run = before[-1] - before[0] < beside and behind[-1] - behind[0] < beside
                if is_run and (other - one < _FAR or not _begins_anew(other, other - one, len(there))):
                    left_out = [f"{prefix}{left:0{digits}}" for left in range(one + 1, other)]
                    gaps.append((f"{prefix}{other:0{digits}}", left_out))
    return gaps


def _begins_anew(number: int, leap: int, count: int) -> bool:
    """Whether a number so far on is where a book was begun at a round one, or comes from another numbering."""
    return number % _FAR <= 1 or leap >= count


def _is_leap(numbers: Sequence[str], after: str, left_out: Sequence[str]) -> bool:
    """Whether the two numbers beside a gap stand one below the other: a slip, or a page that was left out, however many
    numbers it had.
    """
    at = numbers.index(after)
    before, first = (_NUMBER.fullmatch(number) for number in (numbers[at - 1], left_out[0]))
    return at > 0 and before is not None and first is not None and int(before[2]) + 1 == int(first[2])


def _strays(series: _Series, table: LedgerTable[Any]) -> list[tuple[Any, Any]]:
    """The one row whose number is not of the form, the year or the size of all others, with the row above it."""
    rows = sorted(table, key=lambda row: row.line)
    if len(rows) <= series.least_rows:
        return []
    at = _of_another_form(rows, series.field)
    if at is None:
        at = _of_another_year(rows, series)
    if at is None:
        at = _far_on(rows, series.field)
    return [] if at is None else [(rows[at], rows[at - 1] if at else rows[1])]


def _only(at_fault: list[int], last: int) -> int | None:
    """The one place, unless it is where a book begins or goes on in another way."""
    return at_fault[0] if len(at_fault) == 1 and 0 < at_fault[0] < last else None


def _of_another_form(rows: Sequence[Any], field: str) -> int | None:
    by_form = gathered((re.sub(r"\d", "9", getattr(row, field)), at) for at, row in enumerate(rows))
    if len(by_form) != 2:
        return None
    return _only(min(by_form.values(), key=len), len(rows) - 1)


def _of_another_year(rows: Sequence[Any], series: _Series) -> int | None:
    dated = [_DATED.fullmatch(getattr(row, series.field)) for row in rows]
    days: list[date | None] = [getattr(row, series.day) for row in rows]
    if not all(dated) or not all(days):
        return None
    at_fault = [at for at, (match, day) in enumerate(zip(dated, days, strict=True)) if _is_far(match, day)]
    return at_fault[0] if len(at_fault) == 1 else None


def _is_far(match: re.Match[str] | None, day: date | None) -> bool:
    return match is not None and day is not None and abs(int(match[1]) - day.year) > 1


def _far_on(rows: Sequence[Any], field: str) -> int | None:
    """A number far above those of the rows beside it, which follow one on the other."""
    parts = [_NUMBER.fullmatch(getattr(row, field)) for row in rows]
    values = [int(match[2]) if match else 0 for match in parts]
    prefixes = [match[1] if match else None for match in parts]
    # In a ledger of twenty lines a number forty on is one.
    most = min(_FAR, len(rows))
    far = [
        at
        for at in range(1, len(values) - 1)
        if abs(values[at] - values[at - 1]) > most
        and 0 < values[at + 1] - values[at - 1] <= 2
        and prefixes[at - 1] == prefixes[at] == prefixes[at + 1]
    ]
    return far[0] if len(far) == 1 else None


def _of_no_series(series: _Series, row_type: type[Any], library: Library) -> Iterator[Found]:
    table = library[row_type]
    if _is_whole(table.column(series.field)):
        return
    for row, beside in _strays(series, table):
        at, other = cell(row, series.field), cell(beside, series.field)
        yield found(at, other, number=getattr(row, series.field), beside=getattr(beside, series.field))


def _register_gap(row_type: type[Any], series: _Series) -> None:
    header, ledger = header_of(row_type, series.field), SHEETS[row_type].name
    test: Callable[[Library], Iterator[Found]] = partial(_left_out, series, row_type)
    check(
        series.code,
        title=f"{header}断号",
        message=f"{header}中间缺 {{count}} 个号{{numbers}}，别的号都连着。",
        why="号一个接一个，缺了的多半是漏登的一笔，或者行被删了。",
        fix=f"先翻原来的记录，看缺的号记了什么；漏登的补登到{ledger}，作废的号不用动。",
        severity=Severity.HINT,
        reads={row_type: f"{series.field} {_FORMS[row_type].day}"},
    )(test)


def _register_form(row_type: type[Any], series: _Series) -> None:
    header = header_of(row_type, series.field)
    test: Callable[[Library], Iterator[Found]] = partial(_of_no_series, series, row_type)
    check(
        series.code,
        title=f"{header}和别的号接不上",
        message=f"{header} {{number}} 和别的号接不上，挨着的一行是 {{beside}}。",
        why="号抄错了，收据、卡片上的号就查不到这一行。",
        fix="先看原来的单子上是什么号；抄错了就改正，单子上就是这样就写进“差异说明”。",
        severity=Severity.WARNING,
        reads={row_type: f"{series.field} {series.day}"},
    )(test)


for _row_type, _one in _GAPS.items():
    _register_gap(_row_type, _one)
for _row_type, _one in _FORMS.items():
    _register_form(_row_type, _one)
