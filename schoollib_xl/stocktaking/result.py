"""What scans say of the shelves: place by place, in the order of 索书号, and what is not as it should be."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.vocabulary import LoanMode
from schoollib_xl.rules.counts import Count, rate
from schoollib_xl.rules.doubtful_days import DoubtfulDate
from schoollib_xl.rules.scopes import ShelfPart
from schoollib_xl.rules.shelves import Shelves
from schoollib_xl.rules.stocktakes import Stocktakes
from schoollib_xl.stocktaking.scans import ReadScan, Scan, understood, with_scans

_CallNumber = tuple[tuple[tuple[int, str], ...], tuple[int, str]]
"""The class number by its letters, figures and signs, and 书次号."""
_TOKEN = re.compile(r"[A-Z]+|\d+|.")
# 中图法: a number is filed figure by figure; of what may follow it, in this order: -, (), "", =, <>, then other signs.
_SIGNS = '-("=<>:+'

# Copies that stand side by side and were not seen, one after the other: a board was left out. Fewer are single books.
_LEAST_IN_A_ROW = 3
# Scans are in shelf order where so many in ten are; what stands out of it is then misplaced on its shelf.
_IN_ORDER, _LEAST_IN_ORDER = Decimal("0.8"), 10


class ClassSeen(NamedTuple):
    """One basic class in one place ('' for copies without): how many should be there, how many were seen."""

    letter: str
    expected: int
    seen: int


class UnseenStretch(NamedTuple):
    """Copies that stand side by side on the shelf and were none of them seen."""

    first: AccessionRow
    last: AccessionRow
    copies: int


@dataclass(frozen=True)
class PlaceResult:
    """One place: what was counted, by class, what does not belong there, and what to go through again first."""

    count: Count
    classes: tuple[ClassSeen, ...]
    misplaced: tuple[ReadScan, ...]
    stretches: tuple[UnseenStretch, ...]

    @property
    def name(self) -> str:
        return self.count.part.name


class OutOfOrder(NamedTuple):
    """A scan whose copy stands out of the order of call numbers, and the copy scanned before it."""

    read: ReadScan
    after: AccessionRow | None


@dataclass(frozen=True)
class StocktakeResult:
    """Everything the scans say. `library` is the workbook's with the scans as 盘点记录; `reads` are in their order."""

    library: Library
    reads: tuple[ReadScan, ...]
    places: tuple[PlaceResult, ...]

    @cached_property
    def _known(self) -> tuple[ReadScan, ...]:
        return tuple(read for read in self.reads if read.is_known)

    @cached_property
    def unknown(self) -> tuple[ReadScan, ...]:
        """Scans of numbers that no copy has."""
        return tuple(read for read in self.reads if not read.is_known)

    @cached_property
    def doubled(self) -> dict[str, list[ReadScan]]:
        """The copies scanned more than once, by number."""
        by_number = group_by((read.row for read in self.reads if read.is_known), "accession_no")
        return {no: [self.reads[row.line - 1] for row in rows] for no, rows in by_number.items() if len(rows) > 1}

    @cached_property
    def withdrawn(self) -> tuple[ReadScan, ...]:
        """Scans of copies that were written off before."""
        gone = {number: row.withdrawn_on for number, row in self.library.written_off_copies.items()}
        days = ((read, gone.get(read.row.accession_no)) for read in self._known)
        return tuple(read for read, day in days if day and day < read.row.counted_on)

    @cached_property
    def early(self) -> tuple[ReadScan, ...]:
        """Scans of copies that had not come into the books on that day."""
        known = ((read, self.library.copies[read.row.accession_no]) for read in self._known)
        return tuple(read for read, copy in known if read.row.counted_on < copy.held_from)

    @cached_property
    def lent(self) -> tuple[tuple[ReadScan, LoanRow], ...]:
        """Scans of copies that a reader should have; a class corner may be scanned where it stands."""
        out = self.library.derive(Shelves).lent_when_seen
        found = ((read, out.get(read.row.line)) for read in self._known)
        return tuple(
            (read, loan) for read, loan in found if loan and (loan.mode is not LoanMode.CLASS or read.is_placed)
        )

    @cached_property
    def lost(self) -> tuple[ReadScan, ...]:
        """Scans of copies that were reported lost and are not written off."""
        shelves, gone = self.library.derive(Shelves), self.library.written_off_copies
        return tuple(
            read
            for read in self._known
            if read.row.accession_no not in gone and shelves.lost_since(read.row.accession_no, read.row.counted_on)
        )

    @cached_property
    def out_of_order(self) -> tuple[OutOfOrder, ...]:
        """What stands out of order, of the files that were scanned along the shelf."""
        return tuple(_out_of_order(self))

    @property
    def misdated(self) -> tuple[DoubtfulDate, ...]:
        """The scans of days that are slips of the pen; they are taken for seen on the day that was meant."""
        doubtful = self.library.derive(Stocktakes).doubtful
        return tuple(doubt for doubt in doubtful if doubt.is_wrong and doubt.scans[0].line <= len(self.reads))

    @property
    def found_rate(self) -> Decimal | None:
        """帐物相符率 of the finished places; None where none is finished."""
        finished = [place.count for place in self.places if place.count.finished]
        return rate(sum(count.seen for count in finished), sum(count.expected for count in finished))

    @property
    def needs_attention(self) -> bool:
        """Whether anything is not as the books have it."""
        as_of = self.library.as_of
        missing = any(one.count.missing or one.misplaced or one.count.is_broken_off(as_of) for one in self.places)
        found = (self.misdated, self.unknown, self.doubled, self.withdrawn, self.early, self.lent, self.lost)
        return missing or any(map(bool, found))


def result(scans: Sequence[Scan], library: Library, place: str | None, day: date) -> StocktakeResult:
    """What the scans say; `place` is where they were all made, `day` when, both where the files do not say."""
    reads = understood(scans, library, place, day)
    with_them = with_scans(library, reads)
    stocktakes = with_them.derive(Stocktakes)
    counts: dict[ShelfPart, Count] = {}
    for count in stocktakes.counts:
        # What was looked for again later on does not take the place of the count.
        if count.scans[0].line <= len(reads) and (count.finished or not _is_finished(counts.get(count.part))):
            counts[count.part] = count
    elsewhere = [*_misplaced(reads, with_them)]
    return StocktakeResult(with_them, reads, tuple(_place(stocktakes, count, elsewhere) for count in counts.values()))


def _is_finished(count: Count | None) -> bool:
    return count is not None and count.finished


def _misplaced(reads: Sequence[ReadScan], library: Library) -> Iterator[tuple[str, ReadScan]]:
    """The copies scanned in another place than their own, each once with the place it was scanned in first."""
    shelves, gone = library.derive(Shelves), library.written_off_copies
    first: dict[tuple[str, str | None], ReadScan] = {}
    for read in reads:
        first.setdefault((read.row.accession_no, read.row.place), read)
    for read in first.values():
        copy = library.copies.get(read.row.accession_no)
        if copy is None or not copy.location or not read.row.place or copy.accession_no in gone:
            continue
        where, own = shelves.places.of(read.row.place), shelves.places.of(copy.location)
        if where and where != own and read.row.line not in shelves.lent_when_seen:
            yield where, read


def _place(stocktakes: Stocktakes, count: Count, elsewhere: Sequence[tuple[str, ReadScan]]) -> PlaceResult:
    expected = sorted(stocktakes.expected_of(count.part, count.scans), key=lambda copy: (call_number(copy), copy.line))
    unseen = {copy.accession_no for copy in (count.missing if count.finished else count.unseen)}
    letters = Counter(copy.class_letter for copy in expected)
    lacking = Counter(copy.class_letter for copy in expected if copy.accession_no in unseen)
    return PlaceResult(
        count,
        tuple(ClassSeen(letter, held, held - lacking[letter]) for letter, held in sorted(letters.items())),
        tuple(read for where, read in elsewhere if where == count.part.place),
        tuple(_stretches(expected, unseen)),
    )


def _stretches(shelf: Sequence[AccessionRow], unseen: set[str]) -> Iterator[UnseenStretch]:
    """Where most copies side by side were not seen, the longest first."""
    runs = (list(run) for is_unseen, run in groupby(shelf, lambda copy: copy.accession_no in unseen) if is_unseen)
    long = [run for run in runs if len(run) >= _LEAST_IN_A_ROW]
    for run in sorted(long, key=len, reverse=True):
        yield UnseenStretch(run[0], run[-1], len(run))


def _out_of_order(found: StocktakeResult) -> Iterator[OutOfOrder]:
    copies = found.library.copies
    known = [read for read in found.reads if read.is_known]
    places = found.library.derive(Shelves).places
    for _, group in groupby(known, lambda read: (read.scan.file, read.row.place)):
        shelf = [read for read in group if places.of(copies[read.row.accession_no].location or "") == read.row.place]
        wrong = out_of_order([call_number(copies[read.row.accession_no]) for read in shelf])
        if len(shelf) < _LEAST_IN_ORDER or len(shelf) - len(wrong) < _IN_ORDER * len(shelf):
            continue
        for index in wrong:
            yield OutOfOrder(shelf[index], copies[shelf[index - 1].row.accession_no] if index else None)


def call_number(copy: AccessionRow) -> _CallNumber:
    """What a copy is filed by: the class number figure by figure (I246.5 before I25), then 书次号 as a number."""
    book_no = copy.book_no or ""
    digits = re.match(r"\d+", book_no)
    return _class_number(copy.class_no), (int(digits[0]) if digits else 0, book_no)


def _class_number(class_no: str) -> tuple[tuple[int, str], ...]:
    tokens = _TOKEN.findall(class_no.upper().replace(".", "").replace(" ", ""))
    return tuple((_rank(token), token) for token in tokens)


def _rank(token: str) -> int:
    """Signs stand before figures, so that I24-6 is filed before I246; letters stand first of all."""
    if token.isalpha():
        return 0
    return 100 if token.isdigit() else 1 + (_SIGNS.find(token) if token in _SIGNS else len(_SIGNS))


def out_of_order(keys: Sequence[_CallNumber]) -> list[int]:
    """The positions that must be taken out so that the rest are in order: the fewest possible."""
    tails: list[_CallNumber] = []
    at_tail: list[int] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        place = bisect_right(tails, key)
        before.append(at_tail[place - 1] if place else -1)
        tails[place : place + 1] = [key]
        at_tail[place : place + 1] = [index]
    kept: set[int] = set()
    index = at_tail[-1] if at_tail else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return [index for index in range(len(keys)) if index not in kept]
