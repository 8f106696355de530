"""Corrections of a period of 分类统计账: its first or last day, written alike on the lines of all classes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from schoollib_xl.causes.amounts import Vector
from schoollib_xl.causes.balance import Balance
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind, corrected
from schoollib_xl.causes.proposal import Proposal
from schoollib_xl.causes.slips import cost_of, slip_between
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.rules.class_periods import ClassPeriod

# What a day moves is counted in 册数 and 金额, of what came or went and of what is held, and for the next period too;
# fewer sums than this are a figure's doing.
_LEAST_OFF = 4
# The term meant is the one nearest: a day is not wrong by half a year.
_A_TERM = timedelta(120)
# Each is tried by adding up the corrected books.
_MOST_TRIED = 6


def period_proposals(balance: Balance) -> list[Proposal]:
    """The corrections of whole periods with what each does to every sum."""
    off = Counter(key[1] for key in balance.off if key[0] == "period")
    if not balance.periods:
        return []
    after = [*(period.span.starts_on for period in balance.periods[1:]), None]
    amiss = [pair for index, pair in enumerate(zip(balance.periods, after, strict=True)) if off[index] >= _LEAST_OFF]
    found = [one for period, following in amiss for one in _dated(balance.library, period, following)]
    return [Proposal(one, _effect(balance, one)) for one in found[:_MOST_TRIED]]


def _dated(library: Library, period: ClassPeriod, following: date | None) -> Iterator[Correction]:
    """The period from the first day of a term of 校历 to the last of one; or to the day before the next, which begins
    on `following`.
    """
    terms = [row for row in library[CalendarRow] if row.kind is DayKind.SCHOOL]
    for field in ("ends_on", "starts_on"):
        is_ = getattr(period.span, field)
        days = {day for row in terms if abs((day := getattr(row, field)) - is_) < _A_TERM}
        if field == "ends_on" and following:
            days.add(following - timedelta(1))
        for day in sorted(days - {is_}):
            slip = slip_between(is_, day)
            slip = Slip.OTHER_BOOK if slip is Slip.PLAIN else slip
            cells = (Cell(type(row), row.line, field) for row in period.rows if getattr(row, field) == is_)
            yield Correction(SlipKind.DATE, tuple(Change(at, day) for at in cells), slip, cost_of(slip))


def _effect(balance: Balance, correction: Correction) -> Vector:
    after = Balance(corrected(balance.library, [correction]), balance.suspects)
    effect = Counter(after.off)
    effect.subtract(balance.off)
    return {key: amount for key, amount in effect.items() if amount}
