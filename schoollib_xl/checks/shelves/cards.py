"""账卡相符 (CRD): every copy on the shelf has its cards, label and stamp, and the label says what the books say."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

from schoollib_xl.checks.check import Found, Named, Severity, check, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.checks.shelves.stocktake import SEEN
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell, header_of
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.shelves import Sightings


class _Item(NamedTuple):
    """What a copy must carry: the code, the field that records it, and what to do where it is absent."""

    code: str
    field: str
    why: str
    act: str

    @property
    def name(self) -> str:
        return header_of(StocktakeRow, self.field)


_ITEMS = (
    _Item("CRD001", "catalogue_card", "没有著录卡，从目录里就查不到这一册。", "补写著录卡"),
    _Item("CRD002", "book_card", "没有书袋卡，借出时就没有凭据。", "补做书袋卡"),
    _Item("CRD003", "label", "没有书标，书就排不上架，也找不到位置。", "补贴书标"),
    _Item("CRD004", "stamp", "没有馆藏章，就说不清是不是本馆的书。", "补盖馆藏章"),
)
_FIELDS = tuple(item.field for item in _ITEMS)


def _in_force(library: Library, numbers: Iterable[str]) -> list[StocktakeRow]:
    """The last scan of each of these copies that is in the books and not written off."""
    gone, latest = library.written_off_copies, library.derive(Sightings).latest
    return [latest[number] for number in numbers if number in library.copies and number not in gone]


def _recorded(field: str, library: Library) -> dict[str, StocktakeRow]:
    """By copy, the last scan that says whether this one of the four is there: a scanner says nothing of it."""
    value_of, seen = attrgetter(field), library.derive(Sightings)
    if None not in seen.scans.column(field):
        return seen.latest
    return {scan.accession_no: scan for scan in seen.by_day if value_of(scan) is not None}


# One function for each of the four, by which it is worked out once.
_RECORDED = {field: partial(_recorded, field) for field in _FIELDS}


def _absent(field: str, library: Library) -> Iterator[Found]:
    said_so = library.derive(Sightings).scans.having(field, Presence.ABSENT)
    recorded = library.derive(_RECORDED[field]) if said_so else {}
    lacking = {scan.accession_no: scan for scan in said_so if recorded[scan.accession_no] is scan}
    copies = (library.copies[scan.accession_no] for scan in _in_force(library, lacking))
    told = (
        found(cell(lacking[copy.accession_no], field), cell(copy, "accession_no"), accession_no=copy.accession_no)
        for copy in copies
    )
    # A school that lends by the barcode makes no cards for the pockets of its books.
    yield from told_once(told, len(recorded))


for _item in _ITEMS:
    check(
        _item.code,
        title=f"没有{_item.name}",
        message=f"{{accession_no}} 盘点时没有{_item.name}{{alike}}。",
        why=_item.why,
        fix=f"先{_item.act}，把这一格改成“有”；本校不用{_item.name}的，写进“差异说明”。",
        severity=Severity.WARNING,
        reads={
            StocktakeRow: f"counted_on accession_no {_item.field}",
            AccessionRow: "accession_no withdrawn_on",
            WithdrawalRow: "accession_no",
        },
        may_read=SEEN,
    )(partial(_absent, _item.field))


@check(
    "CRD101",
    title="账卡情况没有写",
    message="{accession_no} 的{items}空着，没有写有还是无。",
    why="空着就说不清账和卡对不对得上。",
    fix="先把这一册拿出来看，再填有或无。",
    severity=Severity.WARNING,
    reads={
        StocktakeRow: f"counted_on accession_no {' '.join(_FIELDS)}",
        AccessionRow: "accession_no withdrawn_on",
        WithdrawalRow: "accession_no",
    },
    may_read=SEEN,
)
def not_recorded(library: Library) -> Iterator[Found]:
    blank_days, recorded = library.derive(_blank_days), {field: library.derive(_RECORDED[field]) for field in _FIELDS}
    latest = library.derive(Sightings).latest
    partly = set[str]().union(*(latest.keys() - known.keys() for known in recorded.values() if known is not latest))
    for scan in _in_force(library, partly):
        number = scan.accession_no
        blank = [
            item
            for item in _ITEMS
            if number not in recorded[item.field] and scan.counted_on not in blank_days[item.field]
        ]
        if blank:
            others = (cell(scan, item.field) for item in blank[1:])
            names = tuple(item.name for item in blank)
            yield found(cell(scan, blank[0].field), *others, accession_no=number, items=names)


@check(
    "CRD102",
    title="账卡一栏没有填",
    message="盘点记录的“{item}”{when}空着，账卡没有核对。",
    why="一册也没有记，就说不上账卡相符。",
    fix="先抽看架上的书；看过一册填一册，有就填“有”，没有就填“无”。",
    severity=Severity.WARNING,
    reads={StocktakeRow: f"counted_on accession_no {' '.join(_FIELDS)}"},
    may_read=SEEN,
)
def never_recorded(library: Library) -> Iterator[Found]:
    blank_days = library.derive(_blank_days)
    blank = [item for item in _ITEMS if blank_days[item.field] and not library.derive(_RECORDED[item.field])]
    if blank:
        cells = [Cell(StocktakeRow, 0, item.field) for item in blank]
        yield found(*cells, item="”“".join(item.name for item in blank), when="整栏")
    for item in _ITEMS:
        if item in blank:
            continue
        if rows := _never_recorded_on(library, item.field, blank_days[item.field]):
            when = f"有 {len(rows)} 册"
            yield found(cell(rows[0], item.field), item=item.name, when=when)


def _never_recorded_on(library: Library, field: str, days: frozenset[date]) -> list[StocktakeRow]:
    """The copies that were only seen on days when nobody filled the field."""
    recorded = library.derive(_RECORDED[field]) if days else {}
    latest = library.derive(Sightings).latest if days else {}
    numbers = [number for number, scan in latest.items() if scan.counted_on in days and number not in recorded]
    return _in_force(library, numbers)


def _blank_days(library: Library) -> dict[str, frozenset[date]]:
    """For each of the four, the days on which nobody filled it for any copy: scanned, and not looked at."""
    scans = library.derive(Sightings).scans
    days = scans.column("counted_on")
    return {field: scans.distinct("counted_on") - set(compress(days, scans.column(field))) for field in _FIELDS}


@check(
    "CRD201",
    title="书标和账上不一样",
    message="有 {copies} 册的书标是照原来的索书号印的，和账上不一样了{numbers}。",
    why="书标和账不一样，书就排错架，也查不到。",
    fix="先对照书和账；账改对了的重印书标贴上（印标签时选只印上次以后的），账改错了的把分类号、书次号改回来。",
    severity=Severity.HINT,
    reads={
        AccessionRow: "accession_no class_no book_no withdrawn_on",
        WithdrawalRow: "accession_no",
    },
)
def labels_outdated(library: Library) -> Iterator[Found]:
    printed, gone = library.kept.call_numbers, library.written_off_copies
    labelled = library[AccessionRow].among("accession_no", printed.keys() - gone.keys())
    outdated = [
        copy
        for copy in labelled
        if printed[copy.accession_no] != copy.call_number and library.copies[copy.accession_no] is copy
    ]
    if outdated:
        outdated.sort(key=lambda copy: copy.line)
        numbers = Named(tuple(copy.accession_no for copy in outdated))
        yield found(*(cell(copy, "class_no") for copy in outdated), copies=len(outdated), numbers=numbers)
