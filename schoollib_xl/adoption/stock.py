"""Title lists and copy lists into 个别登记账: one row per copy, numbered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from schoollib_xl.adoption.journal import Journal, Unread
from schoollib_xl.adoption.number_ranges import between, numbers_of
from schoollib_xl.adoption.records import Record
from schoollib_xl.adoption.texts import changed
from schoollib_xl.adoption.transforms import (
    CALL_NO,
    CLASS_FORM,
    COPIES_FROM_TITLE,
    INTO_OPENING,
    NEW_NUMBER,
    OPENING_DATE,
    RANGE,
    SHARED_PRICE,
    ZEROS,
)
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.sheets.reading.prices import Price
from schoollib_xl.sheets.reading.texts import class_number

_FIELDS = tuple(field.name for field in SHEETS[AccessionRow].fields)
NAMELESS = "没有书名，也没有书号"
NO_COPIES = "册数空着或读不出来"
NOUGHT = "册数是 0"
TOO_MANY = "册数是 {held}，多得不像真的"
TOO_FEW_COPIES = "登记号有 {numbers} 个，册数写的是 {held}"
AGAIN = "和 {number} 是同一册，写了两遍"
# More copies of one title than any school has: a slip of the pen, such as an ISBN in the wrong column.
_MOST_COPIES = 10_000


@dataclass(frozen=True)
class Series:
    """How copies are numbered: digits of a number, the first number to give (None: after the highest there is),
    the day the books are opened and the batches that are known.
    """

    width: int
    start: int | None
    opened_on: date
    opening_batch: str
    known_batches: frozenset[str]


@dataclass
class Stated:
    """What the sources say there is: copies and yuan, of the rows that were taken over; and copies of rows that
    were not.
    """

    copies: int = 0
    yuan: Decimal = Decimal("0.00")
    copies_aside: int = 0
    priceless: int = 0


@dataclass
class _Lot:
    """A record of a list of books with the numbers it states itself, and how many copies it is."""

    record: Record
    numbers: tuple[str, ...]
    copies: int


class Stock:
    """Takes over records of books; `rows` are the copies, `stated` what the sources said."""

    def __init__(self, series: Series, journal: Journal) -> None:
        self._series = series
        self._journal = journal
        self.rows: list[AccessionRow] = []
        self.stated = Stated()

    def take(self, records: Iterable[Record]) -> None:
        """Take over all the records there are: numbers are given once every number in use is known."""
        lots = [lot for record in records for lot in self._lot(record)]
        fresh = self._fresh_numbers(lots)
        seen: dict[str, Record] = {}
        for lot in lots:
            first = seen.get(lot.numbers[0]) if len(lot.numbers) == 1 else None
            if first and _says_the_same(first, lot.record):
                self._journal.merged(lot.record.place, AGAIN.format(number=lot.numbers[0]), lot.record.text)
                continue
            seen |= dict.fromkeys(lot.numbers, lot.record)
            self._add(lot, fresh)

    def _lot(self, record: Record) -> Iterator[_Lot]:
        """The record as so many copies; nothing where it is set aside."""
        numbers, held = self._numbers(record), self._held(record)
        if not (record.get("title") or record.get("isbn")):
            self._aside(record, NAMELESS, held)
        elif held is None and "held" in record.table.columns and not numbers:
            self._aside(record, NO_COPIES, held)
        elif held is not None and held <= 0:
            self._aside(record, NOUGHT if held == 0 else NO_COPIES, held)
        elif held is not None and held > _MOST_COPIES:
            self._aside(record, TOO_MANY.format(held=held), held)
        elif held is not None and len(numbers) > held:
            self._aside(record, TOO_FEW_COPIES.format(numbers=len(numbers), held=held), held)
        else:
            yield _Lot(record, numbers, held if held is not None else max(1, len(numbers)))

    def _aside(self, record: Record, reason: str, copies: int | None) -> None:
        self.stated.copies_aside += max(0, copies or 0)
        self._journal.aside(record.place, reason, record.text)

    def _held(self, record: Record) -> int | None:
        held: int | None = record.get("held")
        return held

    def _numbers(self, record: Record) -> tuple[str, ...]:
        """The accession numbers the record states, at the school's width. What is no number is kept as it is."""
        first, last = record.get("first_no"), record.get("last_no")
        if first and last and (listed := between(first, last)):
            return self._expanded(record, f"{first}–{last}", listed)
        text = record.get("accession_no") or first
        if not text:
            return ()
        return self._expanded(record, text, numbers_of(text) or (text,))

    def _expanded(self, record: Record, text: str, listed: tuple[str, ...]) -> tuple[str, ...]:
        if len(listed) > 1:
            self._journal.did(RANGE, record.place, "登记号", text, f"{listed[0]}–{listed[-1]}（{len(listed)} 册）")
        padded = tuple(one.zfill(self._series.width) if one.isdecimal() else one for one in listed)
        if padded != listed:
            self._journal.did(ZEROS, record.place, "登记号", listed[0], padded[0])
        return padded

    def _fresh_numbers(self, lots: list[_Lot]) -> Iterator[str]:
        used = {number for lot in lots for number in lot.numbers}
        highest = max((int(number) for number in used if number.isdecimal()), default=0)
        start = self._series.start if self._series.start is not None else highest + 1
        numbers = (str(number).zfill(self._series.width) for number in count(start))
        return (number for number in numbers if number not in used)

    def _add(self, lot: _Lot, fresh: Iterator[str]) -> None:
        record = lot.record
        given = tuple(next(fresh) for _ in range(lot.copies - len(lot.numbers)))
        numbers = lot.numbers + given
        if given:
            self._journal.did(NEW_NUMBER, record.place, "个别登记号", "", _span(given))
        if lot.copies > 1 and not lot.numbers:
            self._journal.did(COPIES_FROM_TITLE, record.place, "册数", f"{lot.copies} 册", f"{lot.copies} 行")
        prices = self._prices(lot)
        values = self._common(record)
        for number, price in zip(numbers, prices, strict=True):
            line = len(self.rows) + 2
            self.rows.append(AccessionRow(line=line, **(values | {"accession_no": number, "price": price})))
        self._journal.adopted(record.place, "个别登记账", numbers)

    def _prices(self, lot: _Lot) -> tuple[Decimal | None, ...]:
        """The price of each copy; None where it is not said or cannot be told."""
        record = lot.record
        price: Price | None = record.get("price")
        self.stated.copies += lot.copies
        shares = price.shares(lot.copies) if price else None
        if price is None or shares is None:
            self.stated.priceless += lot.copies
            if price:
                self._unshared(record)
            return (None,) * lot.copies
        self.stated.yuan += price.yuan * lot.copies / price.volumes
        if price.volumes > 1:
            said = "、".join(str(one) for one in shares[: price.volumes])
            self._journal.did(SHARED_PRICE, record.place, "价格", f"{price.yuan}，全 {price.volumes} 册", said)
        return shares

    def _unshared(self, record: Record) -> None:
        """The price of a set whose volumes do not make whole sets: said in words instead."""
        at = record.table.columns["price"]
        header = record.table.headers.get(at, "价格")
        text = _cell_text(record, at)
        record.notes.append(f"{header}原记 {text}")
        self._journal.unread.append(Unread(record.place, header, text))

    def _common(self, record: Record) -> dict[str, Any]:
        """What all copies of a record share."""
        values = {name: record.get(name) for name in _FIELDS}
        if (call_no := record.get("call_no")) and not values["class_no"]:
            values |= self._split(record, call_no)
        batch_no = values["batch_no"]
        if batch_no not in self._series.known_batches:
            values["batch_no"] = self._series.opening_batch
            if batch_no:
                record.notes.append(f"原批号：{batch_no}")
                self._journal.did(INTO_OPENING, record.place, "总括登记号", batch_no, self._series.opening_batch)
        if values["accessioned_on"] is None:
            values["accessioned_on"] = self._series.opened_on
            self._journal.did(OPENING_DATE, record.place, "登记日期", "", self._series.opened_on.isoformat())
        return values | {"remarks": record.remarks}

    def _split(self, record: Record, call_no: str) -> dict[str, Any]:
        """A call number as class number and, after the stroke, book number."""
        first, stroke, rest = call_no.partition("/")
        read = changed(CLASS_FORM, first, class_number(first))
        header = record.table.headers.get(record.table.columns["call_no"], "索书号")
        self._journal.took(record.place, header, read)
        if stroke:
            self._journal.did(CALL_NO, record.place, header, call_no, f"{read.value}，书次号 {rest.strip()}")
        return {"class_no": read.value or None, "book_no": rest.strip() or record.get("book_no")}


def _cell_text(record: Record, at: int) -> str:
    line = next(line for line in record.table.lines if line.row == record.place.row)
    return str(line.cells[at - 1]).strip()


def _says_the_same(one: Record, other: Record) -> bool:
    return one.values == other.values and one.notes == other.notes


def _span(numbers: tuple[str, ...]) -> str:
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
