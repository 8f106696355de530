"""Copies that several lists number: a number with the same title is one copy, whatever else the lists say of it."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from schoollib_xl.adoption.copies.lots import Lot, complete
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import grouped
from schoollib_xl.ledgers.schema import SHEETS

# Two series of numbers that both begin with 1 share numbers, and now and then a title; two lists of one stock share
# nearly all titles of the numbers they share. Fewer than three may be slips of the pen.
_NEARLY_ALL, _HALF, _FEWEST = 0.8, 0.5, 3
# 小河（二）: behind the title that another list gives all the volumes.
_VOLUME = re.compile(r"\(?第?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[上中下])[册卷部集辑]?\)?")
_OF_A_LINE = ("accession_no", "batch_no", "title", "remarks")
_COMPARED = [field for field in SHEETS[AccessionRow].fields if field.name not in _OF_A_LINE]
DIFFERING = (
    "两份清单上号和书名都一样、别的写得不一样的 {count} 行（第一处{first}）：算一册，照头一份记，"
    "另一份写的在备注里，看看哪个对。"
)
TWO_OF_ONE = (
    "{one} 和 {other} 像是一张清单的两份：号和书名都一样的 {shared} 册算一遍，只在一份上的 {only} 册都收了"
    "（第一处{first}）；书已经不在的，去掉旧的那份再接收。"
)


class _Shared(NamedTuple):
    """A number that a lot has and another one had before, of another list."""

    number: str
    lot: Lot
    before: Lot

    @property
    def is_one_title(self) -> bool:
        """Whether both lists give the copy one title, a volume's or that of all its volumes."""
        one, other = (plain_title(lot.record.get("title") or "") for lot in (self.lot, self.before))
        return one == other or (one in other and _VOLUME.fullmatch(other.removeprefix(one)) is not None)


def join_same_numbers(lots: Iterable[Lot]) -> list[str]:
    """Leave each copy that several lists number in one of them, with what any says of it; in the others it is `listed`.
    What is to be asked, as sentences.
    """
    lots = list(lots)
    said: list[str] = []
    by_lists = grouped(_shared(lots), lambda one: (id(one.lot.record.table), id(one.before.record.table)))
    differing: list[Lot] = []
    for shared in by_lists.values():
        same = [one for one in shared if one.is_one_title]
        if len(same) < max(_FEWEST, _NEARLY_ALL * len(shared)):
            same = [one for one in same if not _differences(one.before, one.lot)]
        said += _of_two(lots, same)
        for _, of_lot in groupby(same, key=lambda one: id(one.lot)):
            differing += _join(list(of_lot))
    return [*said, *of_many(DIFFERING, [lot.record.place for lot in differing])]


def _of_two(lots: Iterable[Lot], shared: Sequence[_Shared]) -> list[str]:
    """A sentence on two lists that share nearly all their copies, and on those that but one of them has."""
    if not shared:
        return []
    tables = shared[0].before.record.table, shared[0].lot.record.table
    copies = [
        [(lot, number) for lot in lots if lot.record.table is table for number in lot.numbers] for table in tables
    ]
    both = {one.number for one in shared}
    # Of two years' lists each has copies alone: what went, what came. One that is part of the other states it twice.
    least = _NEARLY_ALL if len(both) == min(map(len, copies)) else _HALF
    if len(both) < least * max(map(len, copies)):
        return []
    alone = [lot.record.place for of_table in copies for lot, number in of_table if number not in both]
    one, other = (table.name for table in tables)
    return of_many(TWO_OF_ONE, alone, one=one, other=other, shared=len(both), only=len(alone))


def _shared(lots: Iterable[Lot]) -> Iterable[_Shared]:
    first: dict[str, Lot] = {}
    # What a line says of one copy goes before what another says of several.
    for lot in sorted((lot for lot in lots if lot.record.get("title")), key=lambda lot: len(lot.numbers) > 1):
        for number in lot.numbers:
            before = first.setdefault(number, lot)
            if before.record.table is not lot.record.table:
                yield _Shared(number, lot, before)


def _join(shared: Sequence[_Shared]) -> list[Lot]:
    """Take the shared numbers from a lot; the lot where it says something else of them."""
    lot = shared[0].lot
    numbers = {one.number for one in shared}
    lot.listed += len(numbers)
    if lot.listed < lot.copies:
        lot.numbers = tuple(number for number in lot.numbers if number not in numbers)
    others = list({id(one.before): one.before for one in shared}.values())
    said = False
    for other in others:
        notes = _differences(other, lot)
        said = said or bool(notes)
        kept = other.record.remarks or ""
        notes += [note for note in lot.record.notes if note not in kept]
        other.record.notes += [note for note in notes if note not in other.record.notes]
        complete(other.record, lot.record)
    return [lot] if said else []


def _differences(before: Lot, lot: Lot) -> list[str]:
    """What both say of a copy and not alike, in words."""
    both = ((field, before.record.get(field.name), lot.record.get(field.name)) for field in _COMPARED)
    return [
        f"{field.header}另一份清单写的是 {lot.record.said(field.name) or other}"
        for field, one, other in both
        if None not in (one, other) and one != other
    ]
