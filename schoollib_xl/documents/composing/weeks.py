"""Months of a term and the school weeks they own."""

from collections import Counter

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.numerals import numeral
from schoollib_xl.ledgers.school import Term
from schoollib_xl.rules.calendar import SchoolCalendar, week_number
from schoollib_xl.wording.zh import runs_said


def months_of(term: Term) -> tuple[int, ...]:
    """The months a term touches, in its own order: 9, 10, 11, 12, 1."""
    return tuple(dict.fromkeys(part.start.month for part in term.by_month()))


def weeks_by_month(library: Library, term: Term) -> dict[int, tuple[int, ...]]:
    """The weeks of each month: a month owns a Monday week with most of its school days, the earlier of two
    with as many. Weeks without school belong to none.
    """
    by_week: dict[int, Counter[tuple[int, int]]] = {}
    for day in library.derive(SchoolCalendar).school_days(*term):
        by_week.setdefault(week_number(term, day), Counter())[day.year, day.month] += 1
    owned: dict[int, list[int]] = {}
    for week, months in sorted(by_week.items()):
        (_, month), _ = max(sorted(months.items()), key=lambda item: item[1])
        owned.setdefault(month, []).append(week)
    return {month: tuple(weeks) for month, weeks in owned.items()}


def weeks_said(weeks: tuple[int, ...]) -> str:
    """第1—4周, or 第1—2、5周 where there is a gap; '' for none."""
    return f"第{runs_said(weeks)}周" if weeks else ""


def in_term_order(months: set[int], term: Term | None) -> list[int]:
    """Months in the order of the term; those outside it, and all without a term, as a school year has them."""
    order = months_of(term) if term else ()
    return sorted(months, key=lambda month: (order.index(month) if month in order else len(order), (month - 8) % 12))


def month_name(month: int) -> str:
    """九月份, as a heading."""
    return f"{numeral(month)}月份"
