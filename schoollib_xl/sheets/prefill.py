"""校历 as far as the State Council's notices tell it: public holidays and make-up days."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.vocabulary import DayKind
from schoollib_xl.rules.calendar import days

_MAKE_UP_NOTE = "补班日，照星期几上由学校定"


class Prefilled(NamedTuple):
    """Rows of 校历, and the years about which nothing is known yet."""

    rows: list[CalendarRow]
    unknown_years: tuple[int, ...]


class _Day(NamedTuple):
    day: date
    kind: DayKind
    name: str


def prefill(first: date, last: date) -> Prefilled:
    """What is known of the days from first to last, both included: never a guess. Terms and school holidays
    are the school's own and are not in it; the notice for a year comes out at the end of the year before.
    """
    unknown: set[int] = set()
    special: list[_Day] = []
    for day in days(first, last):
        if day.year in unknown:
            continue
        try:
            special += _special(day)
        except NotImplementedError:
            unknown.add(day.year)
    return Prefilled(list(_rows(special)), tuple(sorted(unknown)))


def _special(day: date) -> Iterator[_Day]:
    """The day where it is a public holiday or worked instead of one; nothing on any other day."""
    from chinese_calendar import Holiday, get_holiday_detail

    is_off, name = get_holiday_detail(day)
    if name is not None:
        yield _Day(day, DayKind.HOLIDAY if is_off else DayKind.MAKE_UP, Holiday(name).chinese)


def _rows(special: Iterable[_Day]) -> Iterator[CalendarRow]:
    for line, run in enumerate(_runs(special), 2):
        names = "、".join(dict.fromkeys(day.name for day in run))
        note = names if run[0].kind is DayKind.HOLIDAY else f"{names}{_MAKE_UP_NOTE}"
        yield CalendarRow(line, run[0].day, run[-1].day, run[0].kind, None, note)


def _runs(special: Iterable[_Day]) -> Iterator[list[_Day]]:
    """Days that follow one another and are of one kind, together."""
    listed = list(special)
    run = listed[:1]
    for before, day in pairwise(listed):
        if (day.day - before.day).days > 1 or day.kind is not before.kind:
            yield run
            run = []
        run.append(day)
    if run:
        yield run
