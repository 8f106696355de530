"""校历 as far as the State Council's notices tell it: public holidays and make-up days."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.rules.calendar import days, weekday_of
from schoollib_xl.rules.national_days import by_law

_UNTOLD = "法定假日，调休还没有公布"


class Prefilled(NamedTuple):
    """Rows of 校历, and the years about which nothing is known yet."""

    rows: list[CalendarRow]
    unknown_years: tuple[int, ...]


class _Day(NamedTuple):
    day: date
    kind: DayKind
    name: str


def prefill(first: date, last: date) -> Prefilled:
    """What is known of the days from first to last, both included. Terms and school holidays are the school's
    own and are not in it; the notice for a year comes out at the end of the year before. Of a year to come
    without one the days are told that are off by law on the same day every year, and nothing else is guessed.
    """
    from chinese_calendar import holidays

    told = range(min(holidays).year, max(holidays).year + 1)
    asked = list(days(first, last))
    lawful = frozenset(by_law(first, last))
    untold = {day: _Day(day, DayKind.HOLIDAY, _UNTOLD) for day in lawful if day.year >= told.stop}
    special = [one for day in asked for one in ([untold[day]] if day in untold else _special(day))]
    return Prefilled(list(_rows(special)), tuple(sorted({day.year for day in asked if day.year not in told})))


def _special(day: date) -> Iterator[_Day]:
    """The day where it is a public holiday or worked instead of one; nothing on any other day."""
    # Asked for one day, the library looks through all its years: its tables are asked instead.
    from chinese_calendar import Holiday, holidays, workdays

    if name := workdays.get(day):
        yield _Day(day, DayKind.MAKE_UP, Holiday(name).chinese)
    elif name := holidays.get(day):
        yield _Day(day, DayKind.HOLIDAY, Holiday(name).chinese)


def _rows(special: Iterable[_Day]) -> Iterator[CalendarRow]:
    for line, run in enumerate(_runs(special), 2):
        first, last, kind = run[0].day, run[-1].day, run[0].kind
        names = "、".join(dict.fromkeys(day.name for day in run))
        made_up = _made_up_for(first) if kind is DayKind.MAKE_UP else None
        follows = weekday_of(made_up) if made_up else None
        yield CalendarRow(line, first, last, kind, follows, _note(names, kind, made_up))


def _note(names: str, kind: DayKind, made_up: date | None) -> str:
    if kind is DayKind.HOLIDAY:
        return names
    lessons = f"补 {made_up.month}月{made_up.day}日的课；学校另有安排的照学校改" if made_up else "照星期几上由学校定"
    return f"{names}补班日，{lessons}"


def _made_up_for(day: date) -> date | None:
    """The day off that a make-up day is worked for: the first for the first, the second for the second. The
    notices name both sets and not the pairs; None where the sets are not of one size.
    """
    from chinese_calendar import in_lieu_days, workdays

    name = workdays[day]
    worked, off = (
        sorted(other for other, its_name in days_of.items() if its_name == name and other.year == day.year)
        for days_of in (workdays, in_lieu_days)
    )
    return off[worked.index(day)] if len(worked) == len(off) else None


def _runs(special: Iterable[_Day]) -> Iterator[list[_Day]]:
    """Holidays that follow one another together, each make-up day by itself."""
    listed = list(special)
    run = listed[:1]
    for before, day in pairwise(listed):
        if (day.day - before.day).days > 1 or DayKind.MAKE_UP in (day.kind, before.kind):
            yield run
            run = []
        run.append(day)
    if run:
        yield run
