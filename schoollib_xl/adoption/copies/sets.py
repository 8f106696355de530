"""Lists that count sets: 2 套 of 三国（全4册） are eight copies, and the price is that of a set."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from schoollib_xl.adoption.copies.lots import Lot, stated_numbers, volumes_told
from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.transforms import SETS_APART
from schoollib_xl.ledgers.numerals import whole_number
from schoollib_xl.sheets.reading.prices import Price

_SET_UNITS = ("套", "函")
_PLAIN_UNITS = frozenset({"册", "本", "部"})
_COUNTED = re.compile(
    r"([\d一二两三四五六七八九十]{1,4})套(?:[(（,，]?(每套|一套|各|共|合计|计)?(\d{1,3})[册本][)）]?)?"
)
_OF_A_SET = re.compile(r"(\d{1,3})[册本]")
_EACH = ("每套", "一套", "各")
_OF_A_VOLUME = re.compile("[/每一][册本]")
APART = "按套记的 {count} 行照一套几册分成一册一册（第一处{first}），单价照一套的分到每册。"
UNTOLD = (
    "按套记的 {count} 行看不出一套几册（第一处{first}）：一套先记一册；一套几册写进书名，如（全4册），再接收，"
    "或者改成按册记。"
)
NUMBERED_AS_ONE = (
    "一套只编一个登记号的 {count} 行（第一处{first}）：一套记成一册，单价是一套的；书上一册一个号的，"
    "登记号写成 000001-000004 这样，再接收。"
)
MAY_BE_OF_SET = (
    "书名、备注写着全几册，单价没说是一册的还是一套的 {count} 行（第一处{first}）：照每册的记；"
    "是一套的价，单价后面写上“/套”，再接收。"
)
SHORT = "书名、备注写着全几册、册数没有这么多的 {count} 行（第一处{first}）：照册数记；几册都在的，改册数再接收。"


class _Sets(NamedTuple):
    """A record that counts sets: how many, and the volumes of each; None where nobody can tell."""

    record: Record
    sets: int
    volumes: int | None


def sets_apart(records: Sequence[Record], journal: Journal) -> None:
    """Make the records that count sets say how many copies they are, and of how many volumes the price is; say which
    they are, and of which nobody can tell.
    """
    as_one = [record for record in records if _is_numbered_as_one(record)]
    found = [one for record in records if (one := _sets(record))]
    _read_after_all([one.record for one in found if "held" in one.record.unread], journal)
    for one in found:
        _take_apart(one, journal)
    for record in records:
        unit = record.get("unit")
        if unit and unit not in _PLAIN_UNITS:
            record.notes.append(f"{record.header('unit')}：{unit}")
    apart = [(one.record.place, one.sets, one.sets * one.volumes) for one in found if one.volumes]
    journal.assumed += of_many(APART, [f"{place}：{sets} 套是 {copies} 册" for place, sets, copies in apart])
    journal.urgent += of_many(UNTOLD, [one.record.place for one in found if not one.volumes])
    journal.assumed += of_many(NUMBERED_AS_ONE, [record.place for record in as_one])
    journal.assumed += of_many(SHORT, [record.place for record in records if _is_short(record)])


def prices_in_doubt(lots: Iterable[Lot]) -> list[str]:
    """The sentence on whole sets, in a line or a volume a line, of which nothing says whether the price is that of a
    volume or of a set.
    """
    lots = [lot for lot in lots if volumes_told(lot.record) > 1]
    of_title = Counter[Any]()
    for lot in lots:
        of_title[_called(lot)] += lot.copies
    return of_many(MAY_BE_OF_SET, [lot.record.place for lot in lots if _may_be_of_set(lot, of_title[_called(lot)])])


def _called(lot: Lot) -> tuple[Any, Any]:
    return lot.record.get("title"), lot.record.get("price")


def _may_be_of_set(lot: Lot, of_title: int) -> bool:
    price: Price | None = lot.record.get("price")
    volumes = volumes_told(lot.record)
    is_told = lot.record.get("amount") is not None or _OF_A_VOLUME.search(
        f"{lot.record.header('price')}{lot.record.said('price')}"
    )
    is_whole = volumes > 1 and not (lot.copies % volumes and of_title % volumes)
    return is_whole and price is not None and price.volumes == 1 and price.yuan > 0 and not is_told


def _sets(record: Record) -> _Sets | None:
    """The sets a record counts; None where it counts copies, or numbers each set as one."""
    held = record.get("held")
    if "held" in record.unread:
        return _in_words(record, "".join(record.said("held").split()))
    if not (_says_sets(record) or (held is None and (record.get("volumes") or 0) > 1)) or held == 0:
        return None
    numbers = stated_numbers(record).numbers
    sets = 1 if held is None else held
    volumes = _volumes(record) or (len(numbers) // sets if len(numbers) % sets == 0 else None)
    is_numbered_otherwise = len(numbers) == sets or (volumes and len(numbers) != sets * volumes)
    return None if numbers and is_numbered_otherwise else _Sets(record, sets, volumes)


def _says_sets(record: Record) -> bool:
    unit = record.get("unit") or ""
    return any(one in unit for one in _SET_UNITS) or "套数" in record.header("held")


def _is_numbered_as_one(record: Record) -> bool:
    """Whether a record counts sets and gives each but one number."""
    return (
        _says_sets(record)
        and len(stated_numbers(record).numbers) == (record.get("held") or 1)
        and _volumes(record) != 1
    )


def _in_words(record: Record, text: str) -> _Sets | None:
    """The sets of a cell that says 2套, 1套（4本） or 2套（每套4本）; of 2套（8本） it is not told whether each or both
    have eight.
    """
    match = _COUNTED.fullmatch(text)
    sets = whole_number(match[1]) if match else None
    if match is None or not sets:
        return None
    stated = int(match[3]) if match[3] else None
    if stated is None or match[2] in _EACH:
        return _Sets(record, sets, stated or _volumes(record))
    is_of_all = match[2] or sets == 1 or not re.search("[(（]", text)
    return _Sets(record, sets, stated // sets) if is_of_all and stated % sets == 0 else None


def _volumes(record: Record) -> int | None:
    """The volumes of a set: its own column's, else those its unit, its title or its remark tells."""
    volumes: int | None = record.get("volumes")
    match = _OF_A_SET.search(record.get("unit") or "")
    return volumes or (int(match[1]) if match else 0) or volumes_told(record) or None


def _take_apart(one: _Sets, journal: Journal) -> None:
    values, volumes = one.record.values, one.volumes or 1
    values["held"] = one.sets * volumes
    if volumes == 1:
        return
    if (present := values.get("present")) is not None:
        values["present"] = present * volumes
    price: Price | None = values.get("price")
    amount: Price | None = values.get("amount")
    is_each = price is not None and amount is not None and amount.yuan == price.yuan * one.sets * volumes
    if price is not None and price.volumes == 1 and not is_each:
        values["price"] = Price(price.yuan, volumes)
    journal.did(SETS_APART, one.record.place, "册数", f"{one.sets} 套", f"{one.sets * volumes} 册")


def _read_after_all(records: Sequence[Record], journal: Journal) -> None:
    """What counts sets in words, 2套, has been read after all."""
    places = {(record.place, record.header("held")) for record in records}
    journal.unread[:] = [one for one in journal.unread if (one.place, one.header) not in places]
    for record in records:
        record.unread -= {"held"}


def _is_short(record: Record) -> bool:
    """Whether title or remark tells more volumes than the record states copies, which it does not number."""
    held, volumes = record.get("held"), volumes_told(record)
    is_numbered = stated_numbers(record).text
    return not is_numbered and isinstance(held, int) and volumes > 1 and held > 0 and held % volumes != 0
