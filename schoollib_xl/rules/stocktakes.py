"""What was counted: which scans are one stocktake of a place, and what it found of what should be there."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import filterfalse
from operator import attrgetter

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.identifiers import isbn_core
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.rules.copy_numbers import ScannedIsbns
from schoollib_xl.rules.counts import LOST_ONE_BY_ONE, ONE_STOCKTAKE, Count, Stocktake, days_of
from schoollib_xl.rules.doubtful_days import DoubtfulDate, GoneThrough, StocktakeEvidence, doubtful_dates
from schoollib_xl.rules.scan_groups import ScanGroup, ScanGroups, chained
from schoollib_xl.rules.scopes import Scope, ShelfPart
from schoollib_xl.rules.shelves import Shelves

# So long a new book may lie where it is catalogued before it comes to its shelf: written down one afternoon, stamped
# and labelled the next day. What is not there after that is looked for.
_CATALOGUING = timedelta(days=2)
_LINE, _NUMBER = attrgetter("line"), attrgetter("accession_no")


class Stocktakes:
    """The stocktakes in 盘点记录 up to the day the books are judged on; or in these scans, of which some, `redated`,
    have another day than there.
    """

    def __init__(
        self, library: Library, scans: Sequence[StocktakeRow] | None = None, redated: frozenset[int] = frozenset()
    ) -> None:
        self._library, self._redated = library, redated
        self._shelves, self._scan_groups = library.derive(Shelves), library.derive(ScanGroups)
        self._all, self.scopes = self._scan_groups.scans if scans is None else scans, self._scan_groups.scopes
        self._on_day = self._shelves.seen.on_day if scans is None else _numbers_by_day(scans)
        self._seen_on_days: dict[tuple[date, ...], frozenset[str]] = {}

    @cached_property
    def doubtful(self) -> tuple[DoubtfulDate, ...]:
        """Days of 盘点记录 that stand far from all others."""
        begun = (scope.row for scope in self.scopes if scope.row.starts_on <= self._library.as_of)
        known = StocktakeEvidence(
            [*dict.fromkeys(begun)], lambda: self._gone_through, lambda day: self._seen_about({day})
        )
        return tuple(doubtful_dates(self._all, self._first_counts, known))

    @cached_property
    def misdated(self) -> frozenset[int]:
        """The lines whose 盘点日期 is most likely wrong: their copies were seen, on another day."""
        return frozenset(scan.line for doubt in self.doubtful if doubt.is_wrong for scan in doubt.scans)

    @cached_property
    def scans(self) -> Sequence[StocktakeRow]:
        """盘点记录 without the misdated lines, each row with the 个别登记号 it stands for."""
        misdated = self.misdated
        return [scan for scan in self._all if scan.line not in misdated] if misdated else self._all

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """What was counted of each place, in the order of their last days."""
        return self._judged._first_counts

    @cached_property
    def stocktakes(self) -> tuple[Stocktake, ...]:
        """The stocktakes by their days: scans with no more than 31 days between two of them."""
        return tuple(self._stocktake(scans) for scans in chained(self._judged._all))

    @property
    def _judged(self) -> "Stocktakes":
        # One that kept itself would be freed by the garbage collector alone, and the books with it.
        return self._as_meant or self

    @cached_property
    def _as_meant(self) -> "Stocktakes | None":
        """The same with the misdated lines on the days that were meant; None where there are none."""
        days = {scan.line: doubt.meant for doubt in self.doubtful if doubt.is_wrong for scan in doubt.scans}
        if not days:
            return None
        scans = [scan._replace(counted_on=days.get(scan.line, scan.counted_on)) for scan in self._all]
        return Stocktakes(self._library, scans, self.misdated)

    def _stocktake(self, scans: tuple[StocktakeRow, ...]) -> Stocktake:
        lines = {count.scans[-1].line for count in self.counts}.intersection(map(_LINE, scans))
        nameless_away = self._shelves.nameless_away(max(days_of(scans)))
        return Stocktake(scans, tuple(one for one in self.counts if one.scans[-1].line in lines), nameless_away)

    @cached_property
    def _first_counts(self) -> tuple[Count, ...]:
        counts = map(self._count, self._scan_groups.of(self._all) if self._redated else self._scan_groups.of_all)
        return tuple(sorted(counts, key=lambda count: (count.last_day, count.scans[0].line)))

    @cached_property
    def _gone_through(self) -> tuple[GoneThrough, ...]:
        """The places that 盘点范围 closes or that were finished, and what nobody saw there."""
        counted = {(count.scope.line, count.part) for count in self._first_counts if count.scope}
        places = [
            GoneThrough(frozenset(days_of(count.scans)), frozenset(map(_NUMBER, count.missing or count.unseen)))
            for count in self._first_counts
            if count.finished or (count.scope and count.scope.ends_on)
        ]
        for scope in self.scopes:
            day = scope.row.ends_on
            if day and day <= self._library.as_of and (scope.row.line, scope.part) not in counted:
                about = self._seen_about({day})
                lacking = frozenset(map(_NUMBER, self._to_be_seen(scope.part, day, about))) - about
                places.append(GoneThrough(frozenset((scope.row.starts_on, day)), lacking))
        return tuple(places)

    def left_out(self, stocktake: Stocktake) -> dict[str, int]:
        """By the name of a place, how many copies should have been there on the last day of a stocktake, are of no part
        it went through to the end, and were not seen either.
        """
        parts = [count.part for count in stocktake.finished]
        within = {copy.accession_no for part in parts for copy in self._scan_groups.copies_in(part)}
        known = within | self._shelves.away(stocktake.last_day) | self._judged._seen_about(days_of(stocktake.scans))
        rest = (copy for copy in self._shelves.held(stocktake.last_day) if copy.accession_no not in known)
        return dict(Counter(ShelfPart(self._shelves.places.of(copy.location or "") or "").name for copy in rest))

    # -- judging ----------------------------------------------------------------------------------

    def _count(self, group: ScanGroup) -> Count:
        last_day = max(group.days)
        about = self._seen_about(group.days)
        expected = self._to_be_seen(group.part, last_day, about)
        unseen = tuple(map(self._library.copies.__getitem__, filterfalse(about.__contains__, map(_NUMBER, expected))))
        finished = self._is_finished(group, len(expected), unseen)
        never = (copy for copy in unseen if self._last_seen(copy) < last_day)
        return Count(
            group.part,
            group.scope.row if group.scope else None,
            group.scans,
            len(expected),
            unseen,
            tuple(never) if finished else (),
            finished,
            sum(group.is_near(day) for day in self._days_without_number),
            tuple(isbn for isbn, day in self._isbns if group.is_near(day)) if unseen else (),
        )

    def expected_of(self, part: ShelfPart, scans: tuple[StocktakeRow, ...]) -> list[AccessionRow]:
        """The copies of a part that these scans, made there, should show on their last day."""
        days, judged = days_of(scans), self._judged
        return judged._to_be_seen(part, max(days), judged._seen_about(days))

    def _to_be_seen(self, part: ShelfPart, day: date, about: frozenset[str]) -> list[AccessionRow]:
        """The copies that should be there, or were seen before they went away. One that was seen though it should be
        in a reader's hands, or is lost, counts for nothing.
        """
        passed_over = (self._shelves.away(day) - about) | (self._seen_while_out & about)
        return self._held_in(part, day, passed_over)

    def _last_seen(self, copy: AccessionRow) -> date:
        """The day a copy was last seen on, days after the day of judging as well."""
        scan = self._shelves.seen.latest.get(copy.accession_no)
        return scan.counted_on if scan else date.min

    def _is_finished(self, group: ScanGroup, expected: int, unseen: Sequence[AccessionRow]) -> bool:
        # Nine in ten: the contract's rule for a place nobody has closed.
        if 10 * (expected - len(unseen)) >= 9 * expected:
            return True
        if not (group.scope and group.scope.is_closed(self._library.as_of)):
            return False
        # One that is closed with less than half seen is taken at its scans: the count was broken off, or they are not
        # all written down yet. What was written off since, after a fire, has been dealt with; a few books can be
        # looked for one by one.
        lacking = sum(not self._library.written_off(copy) for copy in unseen)
        return (2 if lacking > LOST_ONE_BY_ONE else 4) * (expected - lacking) >= expected

    def _seen_about(self, days: set[date]) -> frozenset[str]:
        """What was seen about these days, in whatever place; a row without a readable day may be of any day."""
        start, end = min(days) - ONE_STOCKTAKE, max(days) + ONE_STOCKTAKE
        return self._seen_on(tuple(day for day in self._on_day if start <= day <= end))

    def _seen_on(self, days: tuple[date, ...]) -> frozenset[str]:
        if days not in self._seen_on_days:
            near = map(self._on_day.__getitem__, days)
            self._seen_on_days[days] = self._numbers_of_incomplete_rows.union(*near)
        return self._seen_on_days[days]

    def _held_in(self, part: ShelfPart, day: date, passed_over: frozenset[str]) -> list[AccessionRow]:
        """The copies of a part that are in the holdings on the day, but for those passed over."""
        gone, always = self._library.written_off_copies, date.min
        return [
            copy
            for copy in self._scan_groups.copies_in(part)
            if (copy.accessioned_on or always) <= day
            and (number := copy.accession_no) not in passed_over
            and (number not in gone or self._shelves.in_force(copy, day))
        ]

    def came_back(self, count: Count, copy: AccessionRow) -> bool:
        """Whether the copy came to the shelf while the place was being gone through, or was so new that it may still
        have lain where it is catalogued.
        """
        loans = self._library.loans_by_copy.get(copy.accession_no, ())
        repairs = self._repairs.get(copy.accession_no, ())
        batch = self._library.batches.get(copy.batch_no or "")
        # What was there when the books were opened lay on its shelf already.
        is_opening = batch is not None and batch.flow is Flow.OPENING
        since = count.first_day if is_opening else count.first_day - _CATALOGUING
        if since <= copy.held_from <= count.last_day:
            return True
        days = [*(loan.returned_on for loan in loans), *(row.reshelved_on for row in repairs)]
        return any(day and count.first_day <= day <= count.last_day for day in days)

    @cached_property
    def _repairs(self) -> dict[str, list[RepairRow]]:
        return group_by(self._library[RepairRow], "accession_no")

    def was_seen(self, scope: Scope, last_day: date) -> bool:
        """Whether nine in ten of the copies of a part were seen on its days, whatever place the scans are of."""
        days = scope.row.starts_on, last_day
        seen = self._seen_on(tuple(day for day in self._on_day if days[0] <= day <= days[1]))
        expected = self._to_be_seen(scope.part, last_day, seen)
        return 10 * sum(copy.accession_no in seen for copy in expected) >= 9 * len(expected)

    def expected_in(self, part: ShelfPart, day: date) -> int:
        """How many copies of a part should have been on its shelves on the day, and have not been written off since."""
        held = self._held_in(part, day, self._shelves.away(day))
        return sum(not self._library.written_off(copy) for copy in held)

    @cached_property
    def _seen_while_out(self) -> frozenset[str]:
        out, losses = self._shelves.lent_when_seen, self._shelves.losses
        scans, lost_since = self._shelves.scans, self._shelves.lost_since
        lost = [row for row in scans.among("accession_no", losses) if lost_since(row.accession_no, row.counted_on)]
        doubtful = (*scans.among("line", out), *lost)
        by_then = (scan for scan in doubtful if scan.counted_on <= self._library.as_of)
        return frozenset(scan.accession_no for scan in by_then if scan.line not in self._redated)

    @cached_property
    def _numbers_of_incomplete_rows(self) -> frozenset[str]:
        incomplete = self._library[StocktakeRow].incomplete
        return frozenset(filter(None, (row.values.get("accession_no") for row in incomplete)))

    @cached_property
    def _days_without_number(self) -> list[date]:
        incomplete = self._library[StocktakeRow].incomplete
        days = (row.values.get("counted_on") for row in incomplete if not row.values.get("accession_no"))
        return [day for day in days if day]

    @cached_property
    def _isbns(self) -> list[tuple[str | None, date]]:
        """The ISBNs of held books that stand in place of numbers, and when."""
        unknown = self._shelves.scans.distinct("accession_no") - self._library.known_copies
        of = self._library.derive(ScannedIsbns).of
        scans = self._shelves.scans.among("accession_no", {number for number in unknown if of(number)})
        return [(isbn_core(scan.accession_no), scan.counted_on) for scan in scans]


def _numbers_by_day(scans: Sequence[StocktakeRow]) -> dict[date, frozenset[str]]:
    """By day, the numbers of the copies that were seen."""
    seen: defaultdict[date, list[str]] = defaultdict(list)
    for scan in scans:
        seen[scan.counted_on].append(scan.accession_no)
    return {day: frozenset(numbers) for day, numbers in seen.items()}
