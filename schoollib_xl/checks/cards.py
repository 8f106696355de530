"""帐卡相符 (CRD): every copy on the shelf has its catalogue card, book card, label and stamp."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.vocabulary import Presence
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.shelves import Shelves


class _Item(NamedTuple):
    """What a copy must carry: the code, the field that records it, and what to do where it is absent."""

    code: str
    field: str
    name: str
    why: str
    act: str


_ITEMS = (
    _Item("CRD001", "catalogue_card", "著录卡", "没有著录卡，从目录里就查不到这一册。", "补写著录卡"),
    _Item("CRD002", "book_card", "书袋卡", "没有书袋卡，借出时就没有凭据。", "补做书袋卡"),
    _Item("CRD003", "label", "书标", "没有书标，书就排不上架，也找不到位置。", "补贴书标"),
    _Item("CRD004", "stamp", "馆藏章", "没有馆藏章，就说不清是不是本馆的书。", "补盖馆藏章"),
)
_FIELDS = tuple(item.field for item in _ITEMS)


def _in_force(library: Library) -> list[StocktakeRow]:
    """The last scan of each copy that is in the books and not written off."""
    gone, latest = library.written_off_copies, library.derive(Shelves).latest_scans
    return [scan for number, scan in latest.items() if number in library.copies and number not in gone]


def _absent(field: str, library: Library) -> Iterator[Found]:
    for scan in library.derive(_in_force):
        if getattr(scan, field) is Presence.ABSENT:
            copy = library.copies[scan.accession_no]
            yield found(cell(scan, field), cell(copy, "accession_no"), accession_no=scan.accession_no)


for _item in _ITEMS:
    check(
        _item.code,
        title=f"没有{_item.name}",
        message=f"{{accession_no}} 盘点时没有{_item.name}。",
        why=_item.why,
        fix=f"先{_item.act}；补好以后，把这一格改成“有”。",
        severity=Severity.WARNING,
        reads={
            StocktakeRow: f"counted_on accession_no {_item.field}",
            AccessionRow: "accession_no withdrawn_on",
            WithdrawalRow: "accession_no withdrawn_on",
        },
    )(partial(_absent, _item.field))


@check(
    "CRD101",
    title="帐卡情况没有写",
    message="{accession_no} 的{items}空着，没有写有还是无。",
    why="空着就说不清帐和卡对不对得上。",
    fix="先把这一册拿出来看，再填有或无。",
    severity=Severity.WARNING,
    reads={
        StocktakeRow: f"counted_on accession_no {' '.join(_FIELDS)}",
        AccessionRow: "accession_no withdrawn_on",
        WithdrawalRow: "accession_no withdrawn_on",
    },
)
def not_recorded(library: Library) -> Iterator[Found]:
    blank_columns = library.derive(_blank_columns)
    recorded = [item for item in _ITEMS if item.field not in blank_columns]
    for scan in library.derive(_in_force):
        blank = [item for item in recorded if getattr(scan, item.field) is None]
        if blank:
            others = (cell(scan, item.field) for item in blank[1:])
            names = tuple(item.name for item in blank)
            yield found(cell(scan, blank[0].field), *others, accession_no=scan.accession_no, items=names)


@check(
    "CRD102",
    title="帐卡一栏从来没有填",
    message="盘点记录的“{item}”整栏空着，帐卡没有核对。",
    why="一册也没有记，就说不上帐卡相符。",
    fix="先抽看架上的书；看过一册填一册，有就填“有”，没有就填“无”。",
    severity=Severity.WARNING,
    reads={StocktakeRow: " ".join(_FIELDS)},
)
def never_recorded(library: Library) -> Iterator[Found]:
    for item in _ITEMS:
        if item.field in library.derive(_blank_columns):
            yield found(Cell(StocktakeRow, 0, item.field), item=item.name)


def _blank_columns(library: Library) -> frozenset[str]:
    """The fields nobody filled in any scan."""
    scans = library[StocktakeRow].rows
    return frozenset(field for field in _FIELDS if scans and all(getattr(scan, field) is None for scan in scans))
