"""Days of 盘点记录 that stand far from all others: slips of the pen, and the one spot check between two counts."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.rules.counts import ONE_STOCKTAKE, Count, days_of


class DoubtfulDate(NamedTuple):
    """The scans of one day that stands far from all others. It `is_wrong` where the copies are just those that a
    finished stocktake did not see; `likely` is the day of that stocktake which was meant, where it can be told.
    """

    scans: tuple[StocktakeRow, ...]
    near_day: date
    is_wrong: bool
    likely: date | None


def doubtful_dates(scans: Sequence[StocktakeRow], counts: Sequence[Count]) -> Iterator[DoubtfulDate]:
    """The doubtful days, in order."""
    days = sorted(days_of(scans))
    for index, day in enumerate(days):
        neighbours = [other for other in days[max(0, index - 1) : index + 2] if other != day]
        is_alone = bool(neighbours) and all(abs(other - day) > ONE_STOCKTAKE for other in neighbours)
        far = [one for one in counts if not one.first_day - ONE_STOCKTAKE <= day <= one.last_day + ONE_STOCKTAKE]
        own = [scan for scan in scans if scan.counted_on == day] if far or is_alone else []
        if own and (doubt := _doubt(day, own, counts, far, is_lone=is_alone and len(own) == 1)):
            yield doubt


def _doubt(
    day: date, scans: list[StocktakeRow], counts: Sequence[Count], far: Sequence[Count], *, is_lone: bool
) -> DoubtfulDate | None:
    numbers = {scan.accession_no for scan in scans}
    for count in far:
        if not count.finished:
            continue
        if not numbers <= {copy.accession_no for copy in count.missing}:
            continue
        likely = _meant(day, {scan.counted_on for scan in count.scans})
        if likely or (is_lone and day < count.first_day):
            return DoubtfulDate(tuple(scans), count.first_day, True, likely)
    return _lone(day, scans[0], counts) if is_lone else None


def _lone(day: date, scan: StocktakeRow, counts: Sequence[Count]) -> DoubtfulDate | None:
    """One scan far from all others; none where it makes up for what an earlier stocktake did not see."""
    others = [count for count in counts if scan not in count.scans]
    if not others or scan.accession_no not in {seen.accession_no for other in others for seen in other.scans}:
        return None
    nearest = min(others, key=lambda count: min(abs(count.first_day - day), abs(count.last_day - day)))
    return DoubtfulDate((scan,), nearest.first_day, False, None)


def _meant(day: date, days: set[date]) -> date | None:
    """The day of a stocktake that is one slip away: another year, month and day changed about, another month."""
    for other in sorted(days):
        same = (day.month == other.month) + (day.year == other.year) + (day.day == other.day)
        if same == 2 or day == _changed_about(other):
            return other
    return None


def _changed_about(day: date) -> date | None:
    """The day with its month and day in each other's place; None where there is none."""
    with suppress(ValueError):
        return date(day.year, day.day, day.month)
    return None
