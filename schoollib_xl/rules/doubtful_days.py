"""Days of 盘点记录 that stand far from all others: slips of the pen, or the one spot check between two counts."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from schoollib_xl.ledgers.school import exchanged
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow
from schoollib_xl.rules.counts import ONE_STOCKTAKE, Count, days_of

# Of what was seen on a day that is another one, not more than one in so many parts was seen again about that one, and
# of so many parts so many should have been seen then and were not. So many copies are not lost at once: where they are
# half of the day, the others were counted on it and these were not.
_SEEN_AGAIN = 10
_PARTS, _LACKING = 4, 3
_MANY = 20


class DoubtfulDate(NamedTuple):
    """The scans of one day that stands far from all others. It `is_wrong` where the copies are just those that a
    stocktake did not see; `likely` is the day of that stocktake which was meant, where it can be told.
    """

    scans: tuple[StocktakeRow, ...]
    near_day: date
    is_wrong: bool
    likely: date | None

    @property
    def meant(self) -> date:
        """The day to take in place of a wrong one."""
        return self.likely or self.near_day


class GoneThrough(NamedTuple):
    """A place that was gone through on these days, or is said to have been, and the numbers nobody saw then."""

    days: frozenset[date]
    lacking: frozenset[str]

    @property
    def first_day(self) -> date:
        return min(self.days)

    def is_near(self, day: date) -> bool:
        """Whether what is seen on the day is of the same stocktake."""
        return self.first_day - ONE_STOCKTAKE <= day <= max(self.days) + ONE_STOCKTAKE


class StocktakeEvidence(NamedTuple):
    """What is asked where a day is far from others: the rows of 盘点范围 that say something, the places gone through,
    the numbers seen about a day in whatever place.
    """

    scopes: Sequence[StocktakeScopeRow]
    gone_through: Callable[[], Sequence[GoneThrough]]
    seen_about: Callable[[date], frozenset[str]]


def doubtful_dates(
    scans: Sequence[StocktakeRow], counts: Sequence[Count], known: StocktakeEvidence
) -> Iterator[DoubtfulDate]:
    """The doubtful days, in order. A day that 盘点范围 names is none."""
    days = sorted(days_of(scans))
    planned = {*days, *(day for row in known.scopes for day in _days(row))}
    for index, day in enumerate(days):
        neighbours = [other for other in days[max(0, index - 1) : index + 2] if other != day]
        is_alone = bool(neighbours) and not any(_is_near(other, day) for other in neighbours)
        # Where nothing was seen about a day that 盘点范围 has, that one may as well be the wrong one.
        likely = [one for one in _slips(day, planned) if not _is_near(one, day) and any(_is_near(one, d) for d in days)]
        if not (is_alone or likely) or any(_is_of(row, day) for row in known.scopes):
            continue
        own = tuple(scan for scan in scans if scan.counted_on == day)
        is_lone = is_alone and len(own) == 1
        doubt = _slip(own, likely, known) if likely else None
        if doubt := doubt or (_lone(day, own[0], counts) if is_lone else None):
            yield doubt


def _is_near(day: date, other: date) -> bool:
    return abs(day - other) <= ONE_STOCKTAKE


def _days(row: StocktakeScopeRow) -> Iterator[date]:
    """The days of a row that has its end."""
    last = min(row.ends_on, row.starts_on + ONE_STOCKTAKE) if row.ends_on else row.starts_on
    for number in range((last - row.starts_on).days + 1):
        yield row.starts_on + timedelta(days=number)


def _is_of(row: StocktakeScopeRow, day: date) -> bool:
    return row.starts_on <= day <= (row.ends_on or row.starts_on + ONE_STOCKTAKE)


def _slip(scans: tuple[StocktakeRow, ...], likely: Sequence[date], known: StocktakeEvidence) -> DoubtfulDate | None:
    """The scans of a day that was meant to be another: the stocktake of that one lacks just these copies. What was
    seen then as well may have been looked at on the day that is written.
    """
    numbers = {scan.accession_no for scan in scans}
    day = scans[0].counted_on
    for other in likely:
        near = [place for place in known.gone_through() if place.is_near(other) and not place.is_near(day)]
        lacking = numbers.intersection(*[frozenset().union(*(place.lacking for place in near))])
        again = numbers & known.seen_about(other)
        is_nearly_all = lacking and len(lacking) * _PARTS >= len(numbers) * _LACKING
        is_all = is_nearly_all and len(again) * _SEEN_AGAIN <= len(numbers)
        if is_all or (len(lacking) > _MANY and 2 * len(lacking) >= len(numbers)):
            own = tuple(scan for scan in scans if scan.accession_no not in again)
            return DoubtfulDate(own, min(place.first_day for place in near), True, other)
    return None


def _lone(day: date, scan: StocktakeRow, counts: Sequence[Count]) -> DoubtfulDate | None:
    """One scan far from all others; none where it makes up for what an earlier stocktake did not see."""
    for count in counts:
        is_lacking = count.finished and any(copy.accession_no == scan.accession_no for copy in count.missing)
        if is_lacking and day + ONE_STOCKTAKE < count.first_day:
            return DoubtfulDate((scan,), count.first_day, True, None)
    others = [count for count in counts if scan not in count.scans]
    if not others or scan.accession_no not in {seen.accession_no for other in others for seen in other.scans}:
        return None
    nearest = min(others, key=lambda count: min(abs(count.first_day - day), abs(count.last_day - day)))
    return DoubtfulDate((scan,), nearest.first_day, False, None)


def _slips(day: date, days: set[date]) -> list[date]:
    """The days that are one slip away: another year, month and day changed about, another month."""
    changed_about = exchanged(day)
    return sorted(
        other
        for other in days
        if (day.month == other.month) + (day.year == other.year) + (day.day == other.day) == 2 or other == changed_about
    )
