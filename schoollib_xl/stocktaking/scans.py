"""Scans as a scanner or a phone gave them, and 盘点记录 as it would be with them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import new_row
from schoollib_xl.ledgers.parts import laid_as_declared
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.rules.copy_numbers import NumbersInTurn
from schoollib_xl.rules.counts import ONE_STOCKTAKE
from schoollib_xl.rules.shelves import Shelves

# How many scans before and after one are asked where they stand, and how many of them must agree: a shelf is walked
# along, so what stands between ten books of one place stands there too.
_AROUND, _AGREED = 5, 8


class Scan(NamedTuple):
    """One number as read: the file and row it stands in, the day and place where the file gives them, and what stands
    there in place of a day.
    """

    text: str
    file: str
    row: int
    day: date | None = None
    place: str | None = None
    unread_day: str = ""


class ReadScan(NamedTuple):
    """A scan and what it means: its row of 盘点记录, numbered in the order of the scans. It `is_placed` where somebody
    said where it was made.
    """

    scan: Scan
    row: StocktakeRow
    is_known: bool
    is_placed: bool


def understood(scans: Iterable[Scan], library: Library, place: str | None, day: date) -> tuple[ReadScan, ...]:
    """The scans in their order. `place` is where all of them were made, None where only the copies tell; `day` is
    when, where a file does not say.
    """
    numbers = NumbersInTurn(library)
    found: list[ReadScan] = []
    for line, scan in enumerate(scans, 1):
        number = numbers.next_of(scan.text)
        where = place or scan.place
        row = new_row(StocktakeRow, line, counted_on=scan.day or day, accession_no=number or scan.text, place=where)
        found.append(ReadScan(scan, row, number is not None, where is not None))
    return tuple(_placed(found, library))


def _placed(found: Sequence[ReadScan], library: Library) -> Iterator[ReadScan]:
    """The scans with the place of what stands around them, where nothing else says one: each file is a walk."""
    places = library.derive(Shelves).places
    for _, walk in groupby(found, lambda read: read.scan.file):
        reads = list(walk)
        copies = (library.copies.get(read.row.accession_no) for read in reads)
        own = [places.of(copy.location) if copy and copy.location else None for copy in copies]
        for index, read in enumerate(reads):
            where = read.row.place or _place_around(own, index)
            yield read._replace(row=read.row._replace(place=where))


def _place_around(own: Sequence[str | None], index: int) -> str | None:
    """Where a scan was made, by the places of the nearest ones, else that of its copy. Where a walk begins or ends all
    of them must agree: it may have begun with the last books of another shelf.
    """
    first = max(0, min(index - _AROUND, len(own) - 1 - 2 * _AROUND))
    around = (*own[first:index], *own[index + 1 : first + 2 * _AROUND + 1])
    place, times = _commonest(around) if around else (None, 0)
    needed = _AGREED if first == index - _AROUND else 2 * _AROUND
    return place if times >= needed else own[index]


@lru_cache(maxsize=4096)
def _commonest(around: tuple[str | None, ...]) -> tuple[str | None, int]:
    return Counter(around).most_common(1)[0]


def with_scans(library: Library, reads: Sequence[ReadScan]) -> Library:
    """The library as if 盘点记录 held these scans. Rows that stand there already are kept where the scans go on with
    them; where most of the copies stand there, the place is being counted anew.
    """
    rows = [read.row for read in reads]
    first = min((row.counted_on for row in rows), default=library.as_of)
    last = max((row.counted_on for row in rows), default=library.as_of)
    line = len(rows)
    scanned = {read.row.accession_no for read in reads if read.is_known}
    for number, row in enumerate(_continued(library, scanned, first), line + 1):
        rows.append(row._replace(line=number))
    scopes = [row for row in library[StocktakeScopeRow] if row.ends_on is None or row.ends_on >= first]
    replaced: dict[type[Any], list[Any]] = {StocktakeRow: rows, StocktakeScopeRow: scopes}
    tables = [_with_rows(library[sheet.row_type], replaced.get(sheet.row_type)) for sheet in ALL_SHEETS]
    return Library(tables, library.school, max(library.as_of, last))


def _continued(library: Library, scanned: Collection[str], first: date) -> list[StocktakeRow]:
    near = [row for row in library.derive(Shelves).scans if first - ONE_STOCKTAKE <= row.counted_on <= first]
    again = len({row.accession_no for row in near}.intersection(scanned))
    return [] if 2 * again >= len(scanned) else near


def _with_rows(table: LedgerTable[Any], rows: list[Any] | None) -> LedgerTable[Any]:
    """The table with these rows alone; laid as this program would where the workbook has no such sheet."""
    if rows is None:
        return table
    return LedgerTable(table.declared, rows, parts=table.parts or [laid_as_declared(table.declared)])
