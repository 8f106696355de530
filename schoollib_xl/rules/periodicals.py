"""What a subscription should have brought, and the numbers its bound volumes take."""

from datetime import date
from typing import NamedTuple

from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.vocabulary import Frequency

_MONTHS = 12
_A_YEAR = {
    Frequency.TEN_DAYS: 36,
    Frequency.SEMIMONTHLY: 24,
    Frequency.MONTHLY: 12,
    Frequency.BIMONTHLY: 6,
    Frequency.QUARTERLY: 4,
    Frequency.HALF_YEARLY: 2,
    Frequency.YEARLY: 1,
}
_A_WEEK = {Frequency.WEEKLY: 1, Frequency.HALF_WEEKLY: 2}
_WEEKDAYS = 5
# Without 装订册数 a longer range of numbers than this is taken for a slip of the pen.
_MOST_VOLUMES = 100


class Issues(NamedTuple):
    """The fewest and the most issues that may reasonably be due."""

    fewest: int
    most: int

    def __contains__(self, count: object) -> bool:
        return isinstance(count, int) and self.fewest <= count <= self.most


def issues_due(frequency: Frequency, first: date, last: date) -> Issues:
    """The issues due from first to last day, both included.

    Every calendar month (for weeklies every Monday week) the days touch counts as a whole one. The most is
    that number and one more, for an issue dated just outside. The fewest is one less or, where that is
    more, a third less: papers for children skip the school holidays or join issues (七、八月合刊), and an
    issue of a month may come out after the last day. So a monthly over five months is 5 ± 1. A daily comes
    out on seven days a week at most; its fewest is a third less than Monday to Friday, for it skips public
    holidays.
    """
    days = max(0, (last - first).days + 1)
    if frequency is Frequency.DAILY:
        return Issues(_at_the_fewest(_weekdays(first, days) * _MONTHS), days)
    twelfths = _twelfths(frequency, first, last) if days else 0
    return Issues(_at_the_fewest(twelfths), -(-twelfths // _MONTHS) + 1)


def _twelfths(frequency: Frequency, first: date, last: date) -> int:
    """The issues due, in twelfths of one: a yearly paper brings one of them each month."""
    if frequency in _A_WEEK:
        weeks = (last.toordinal() - 1) // 7 - (first.toordinal() - 1) // 7 + 1
        return weeks * _A_WEEK[frequency] * _MONTHS
    months = (last.year - first.year) * _MONTHS + last.month - first.month + 1
    return months * _A_YEAR[frequency]


def _at_the_fewest(twelfths: int) -> int:
    whole = twelfths // _MONTHS
    return max(0, whole - max(1, whole // 3))


def _weekdays(first: date, days: int) -> int:
    """Mondays to Fridays among so many days from the first one on."""
    weeks, rest = divmod(days, 7)
    begun = sum((first.weekday() + day) % 7 < _WEEKDAYS for day in range(rest))
    return weeks * _WEEKDAYS + begun


def volumes_spanned(row: PeriodicalRow) -> int | None:
    """How many numbers the bound volumes take from 合订本起号 to 合订本止号 (one where the latter is blank),
    below 1 where they are the wrong way round; None where there is no number to count from.
    """
    first, last = row.first_bound_no, row.last_bound_no or row.first_bound_no
    if not first or not last or not (first + last).isascii() or not (first + last).isdecimal():
        return None
    return int(last) - int(first) + 1


def bound_numbers(row: PeriodicalRow) -> tuple[str, ...]:
    """The 个别登记号 of the bound volumes: the whole range where it fits 装订册数, else none; what is no
    number is given back as it stands.
    """
    spanned = volumes_spanned(row)
    if spanned is None or row.first_bound_no is None:
        return tuple(text for text in (row.first_bound_no, row.last_bound_no) if text)
    if spanned != (row.bound_volumes or min(spanned, _MOST_VOLUMES)):
        return ()
    first, width = int(row.first_bound_no), len(row.first_bound_no)
    return tuple(str(number).zfill(width) for number in range(first, first + spanned))
