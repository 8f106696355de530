"""What follows from line to line: a running total, and the days of a book that is kept by them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from schoollib_xl.checks.check import Alike, Found, folded, found
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.rules.calendar import SchoolCalendar

T = TypeVar("T")
# What is written some weeks late is written late; by more it is the month that is wrong, or a line from elsewhere.
_LATE = 31
# What a row that stands elsewhere on purpose says: written late, or of another house.
_ELSEWHERE = r"补[记登录写入]|[漏迟后]记|分校|校区|教学点|村小"
# Of so many rows of a book that is kept by its days at most one is out of its place.
_ORDERLY = 10
# A ledger of so many rows is in order where of a hundred days at most two fall; a row is judged by so many below it.
_LONG_BOOK, _SELDOM, _BELOW = 50, 0.02, 10
# A pile of slips may wait for a week or two: what is further ahead is no day on which anything was written.
_AHEAD = 14
# So many days of school are a month of it. A book that has lines of fewer weeks, or of less than two thirds of them, is
# not kept from week to week.
_MONTH_OF_SCHOOL, _WEEKS, _MOSTLY = 20, 8, 2 / 3
_DAY = timedelta(days=1)


class Break(NamedTuple):
    """A running total that does not follow: what its line says and what the lines before lead to."""

    stated: Any
    expected: Any


def breaks(
    rows: Iterable[T | None],
    total: Callable[[T], Any],
    change: Callable[[T], Any],
    brought_forward: Any = None,
) -> Iterator[tuple[T, Break]]:
    """The rows whose running total follows neither from the total written before nor from the right one,
    so that a slip is named once, whether later lines carry it on or put it right.

    A None among the rows is a line that could not be read: the reckoning starts again after it, from the
    next total that is written, as it does at the first row where nothing is brought forward.
    """
    said = should = right = brought_forward
    for row in rows:
        if row is None or said is None:
            said = should = right = total(row) if row else None
            continue
        stated, moved = total(row), change(row)
        follows, should, right = said + moved, should + moved, right + moved
        if stated in (follows, right):
            should = stated
        elif stated is not None and stated != should:
            yield row, Break(stated, should)
        said = follows if stated is None else stated


class Fall(NamedTuple):
    """A row whose day is more than a month after that of the row below it, or before that of the row above it."""

    row: Any
    other: Any
    beside: str


def falls(table: Iterable[Any], day: Callable[[Any], date]) -> Iterator[Fall]:
    """The falls of a book that is kept by its days and would be in order without that row. A book sorted by anything
    else falls again and again, and has none; nor has one that does not rise without the row, or a row that says why.
    """
    rows = sorted(table, key=attrgetter("line"))
    at_fault = [at for at, (one, other) in enumerate(pairwise(rows)) if day(one) > day(other)]
    for at in at_fault if len(at_fault) <= max(1, len(rows) // _ORDERLY) else ():
        if fall := _fall(rows, at, day):
            others = [day(row) for row in rows if row is not fall.row]
            if _rises(others) and not _stands_elsewhere(fall.row):
                yield fall


def _fall(rows: Sequence[Any], at: int, day: Callable[[Any], date]) -> Fall | None:
    one, other = rows[at : at + 2]
    if (day(one) - day(other)).days <= _LATE:
        return None
    if at == 0 or day(rows[at - 1]) <= day(other):
        return Fall(one, other, "后面")
    if at + 2 == len(rows) or day(one) <= day(rows[at + 2]):
        return Fall(other, one, "前面")
    return None


def ahead(rows: Sequence[T], day: Callable[[T], date]) -> Iterator[tuple[T, T]]:
    """Each row, with the one below it, whose day had not come when the rows below were written: these are two weeks
    earlier or more, and go on from the rows above. What is written late is earlier than its neighbours, never later.
    A book that is not kept by its days has none.
    """
    days = [day(row) for row in rows]
    falls = [at for at, (one, then) in enumerate(pairwise(days)) if one > then]
    if len(days) < _LONG_BOOK or len(falls) > _SELDOM * len(days):
        return
    for at in falls:
        below = days[at + 1 : at + 1 + _BELOW]
        goes_on = len(below) == _BELOW and (not at or days[at - 1] <= below[0])
        if goes_on and (days[at] - max(below)).days > _AHEAD and not _stands_elsewhere(rows[at]):
            yield rows[at], rows[at + 1]


def _rises(days: Sequence[date]) -> bool:
    """Whether the days go up more often than down."""
    pairs = list(pairwise(days))
    return sum(first < then for first, then in pairs) > sum(first > then for first, then in pairs)


def _stands_elsewhere(row: Any) -> bool:
    return any(isinstance(text, str) and re.search(_ELSEWHERE, text) for text in row)


def _is_of_another_year(library: Library, day: date) -> bool:
    """Whether the day lies in a school year 基本信息 has no term of."""
    years = {first_year(term.start) for term in library.school.terms}
    return bool(years) and first_year(day) not in years


def of_another_year(library: Library, row_type: type[Any], field: str) -> Iterator[Found]:
    """The days in school years that 基本信息 has no term of, once for each year: the sheet was gone on with."""
    years: defaultdict[int, list[Any]] = defaultdict(list)
    for row in library[row_type]:
        if _is_of_another_year(library, getattr(row, field)):
            years[first_year(getattr(row, field))].append(row)
    for rows in years.values():
        yield found(*folded(rows, field), alike=Alike(len(rows) - 1))


def months_beside(library: Library, row_type: type[Any], field: str) -> Iterator[Found]:
    """The days that are months from those beside them; one of another year, or ahead, is told of by itself."""
    for row, other, beside in falls(library[row_type], attrgetter(field)):
        days = getattr(row, field), getattr(other, field)
        if max(days) <= library.as_of and not any(_is_of_another_year(library, day) for day in days):
            yield found(cell(row, field), cell(other, field), beside=beside, other=days[1])


def month_without_a_line(library: Library, row_type: type[Any], name: str) -> Iterator[Found]:
    """A month of school or more without a line, this day included, in a book that is kept from week to week."""
    table, calendar = library[row_type], library.derive(SchoolCalendar)
    days = sorted(day for day in table.distinct(name) if day is not None and day <= library.as_of)
    weeks = {day.toordinal() // 7 for day in days}
    is_read = not table.incomplete and not table.left_over
    if len(weeks) < _WEEKS or not is_read or not calendar.is_whole:
        return
    apart = [(one, other) for one, other in pairwise((*days, library.as_of)) if (other - one).days > _MONTH_OF_SCHOOL]
    away = {one: calendar.school_days(one + _DAY, other - _DAY) for one, other in apart}
    away = {one: school for one, school in away.items() if len(school) >= _MONTH_OF_SCHOOL}
    if len(away) == 1:
        ((last, school),) = away.items()
        others = len(calendar.school_days(days[0], library.as_of)) - len(school)
        if len(weeks) >= others / 5 * _MOSTLY:
            row = max(table.having(name, last), key=attrgetter("line"))
            yield found(cell(row, name), first=school[0], last=school[-1], count=len(school))
