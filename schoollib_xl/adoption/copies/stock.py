"""Title lists and copy lists into 个别登记账: one row per copy, numbered."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from schoollib_xl.adoption.copies.lots import (
    CopyNumbering,
    Lot,
    identity_of,
    is_unclear,
    price_a_set,
    price_by_amount,
    says_no_price,
    short_of_numbers,
    stated_numbers,
)
from schoollib_xl.adoption.copies.one_stock import join_lists
from schoollib_xl.adoption.copies.sets import prices_in_doubt, sets_apart
from schoollib_xl.adoption.copies.title_counts import copies_behind_titles
from schoollib_xl.adoption.fresh_numbers import numbers_from
from schoollib_xl.adoption.journal import Journal, Unread, What, of_many
from schoollib_xl.adoption.number_lists import at_width
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.texts import changed
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
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading.prices import Price
from schoollib_xl.sheets.reading.texts import call_number, class_number

_FIELDS = tuple(field.name for field in SHEETS[AccessionRow].fields)
NAMELESS = "没有书名，也没有书号和登记号"
NO_COPIES = "册数空着或读不出来，也没有登记号"
NOUGHT = "册数是 0"
LESS = "册数是 {held}，像是减去的；注销了的写进注销清单，再接收"
TOO_MANY = "册数是 {held}，多得不像真的"
UNCLEAR_NUMBERS = "登记号写的“{text}”看不出是哪几个号；书上是哪几个就写哪几个，如 000001、000003，再接收"
TOO_FEW_COPIES = "登记号有 {numbers} 个，册数写的是 {held}"
AGAIN = "和 {number} 是同一册，写了两遍"
LISTED = "这 {copies} 册在别的清单里，同一批书不算两遍"
# More copies of one title than any school has: a slip of the pen, such as an ISBN in the wrong column.
_MOST_COPIES = 10_000
# As many as the largest library the program is measured on: more are a column of other figures under 册数, and would
# take the memory of the computer.
_MOST_IN_ALL = 500_000
AMOUNT_DIFFERS = "有 {count} 行写的金额不是单价乘册数（第一处{first}）：单价照写的记，金额记在备注里，看看哪个对。"
NUMBERED = "有 {copies} 册原来没有登记号，编了新号，书上照着写。"
TOO_MANY_IN_ALL = (
    "各张表的册数加起来有 {copies} 册，一次最多接 {most} 册：先看“册数”一栏是不是别的数"
    "（最多的一行是{first}，{held} 册），改好再接收；真有这么多，分几次接。"
)
RENUMBERED = "有 {copies} 册的登记号读不出来或超过 15 位，编了新号，原来写的在备注里，书上照新号改。"


class Stock:
    """Takes over records of books; `rows` are the copies, `taken` the lots they are of, `renumbered` the new number of
    each by the long text that was its number, '' where several had it; `given` are the numbers that no list states,
    `dated_by_opening` the copies whose list has no 登记日期. `unstated` is how many copies a record is that says
    neither numbers nor copies where its list has a column for them; None: it is set aside.
    """

    def __init__(self, series: CopyNumbering, journal: Journal, unstated: int | None = None) -> None:
        self._series = series
        self._journal = journal
        self._unstated = unstated
        self.rows: list[AccessionRow] = []
        self.taken: list[Lot] = []
        self.priceless = 0
        self.set_aside: list[Record] = []
        self._differing: list[Record] = []
        self.renumbered: dict[str, str] = {}
        self.dated_by_opening: set[str] = set()
        self.given: set[str] = set()

    def lots(self, records: Sequence[Record]) -> list[Lot]:
        """The records as so many copies each, without those that are set aside; what several lists state is joined.
        Raises Unusable where they come to more copies than any school has.
        """
        copies_behind_titles(records, self._journal)
        sets_apart(records, self._journal)
        self._count_unread(records)
        lots = [lot for record in records for lot in self._lot(record)]
        _refuse_a_flood(lots)
        self._journal.assumed += prices_in_doubt(lots)
        said = join_lists(lots)
        self._journal.assumed += said.assumed
        self._journal.urgent += said.urgent
        return lots

    def take(self, lots: list[Lot]) -> None:
        """Take over all the lots there are: numbers are given once every number in use is known."""
        fresh = self._fresh_numbers(lots)
        seen: dict[str, Record] = {}
        for lot in lots:
            self._count(lot.record, came_in=lot.copies)
            first = seen.get(lot.numbers[0]) if len(lot.numbers) == 1 else None
            if first and (first.values == lot.record.values and first.notes == lot.record.notes):
                self._count(lot.record, merged=lot.copies)
                self._journal.merged(lot.record.place, AGAIN.format(number=lot.numbers[0]), lot.record.text)
                continue
            if lot.listed:
                self._count(lot.record, merged=lot.listed)
                lot.copies -= lot.listed
            if not lot.copies:
                self._journal.merged(lot.record.place, LISTED.format(copies=lot.listed), lot.record.text)
                continue
            seen |= dict.fromkeys(lot.numbers, lot.record)
            self._add(lot, fresh)
            self.taken.append(lot)
        self._journal.count(What.TITLES, aside=self.titles_left_behind())
        self._journal.assumed += of_many(AMOUNT_DIFFERS, [record.place for record in self._differing])
        given: Counter[str] = Counter()
        for lot in lots:
            sentence = RENUMBERED if "accession_no" in lot.record.unread else NUMBERED
            given[sentence] += 0 if lot.numbers else lot.copies
        self._journal.assumed += short_of_numbers(lots)
        self._journal.assumed += [sentence.format(copies=copies) for sentence, copies in given.items() if copies]

    def _count_unread(self, records: Iterable[Record]) -> None:
        """The records whose copies or price nobody can read: what they state is not known."""
        for record in records:
            copies_unread = "held" in record.unread
            if copies_unread:
                self._journal.unreadable(What.COPIES)
            price_unread = "price" in record.unread and not says_no_price(record)
            amount_unread = "amount" in record.unread and not record.get("price")
            if price_unread or amount_unread or (copies_unread and record.get("price")):
                self._journal.unreadable(What.MONEY)

    def _count(self, record: Record, *, came_in: int = 0, merged: int = 0, aside: int = 0) -> None:
        """So many copies at the record's price were stated, stated twice, or set aside."""
        copies = {"came_in": came_in, "merged": merged, "aside": aside}
        self._journal.count(What.COPIES, **copies)
        self._journal.count(What.MONEY, **{way: _cost(record, number) for way, number in copies.items()})

    def titles_left_behind(self) -> int:
        """How many titles have no copy at all in the books, because their records were set aside."""
        there = {identity_of(row.isbn, row.title) for row in self.rows}
        stated = {identity_of(record.get("isbn"), record.get("title")) for record in self.set_aside}
        return len({one for one in stated if any(one)} - there)

    def _lot(self, record: Record) -> Iterator[Lot]:
        """The record as so many copies; nothing where it is set aside."""
        held: int | None = record.get("held")
        if is_unclear(record):
            self._aside(record, UNCLEAR_NUMBERS.format(text=record.get("accession_no") or record.get("span")), held)
            return
        numbers = self._numbers(record)
        price_a_set(record, held or len(numbers) or 1)
        if not price_by_amount(record, held or len(numbers) or 1):
            self._differs(record)
        if not (record.get("title") or record.get("isbn") or numbers):
            self._aside(record, NAMELESS, held)
        elif held is None and "held" in record.table.columns and not numbers and self._unstated is None:
            self._aside(record, NO_COPIES, held)
        elif held is not None and held <= 0:
            self._aside(record, LESS.format(held=held) if held else NOUGHT, held)
        elif held is not None and held > _MOST_COPIES:
            self._aside(record, TOO_MANY.format(held=held), held)
        elif held is not None and len(numbers) > held:
            self._aside(record, TOO_FEW_COPIES.format(numbers=len(numbers), held=held), held)
        else:
            unstated = self._unstated if self._unstated and "held" in record.table.columns else 1
            yield Lot(record, numbers, held if held is not None else len(numbers) or unstated)

    def _differs(self, record: Record) -> None:
        """Money that is not price times copies: kept in words, and told."""
        record.notes.append(f"{record.header('amount', '金额')}：{record.said('amount')}")
        self._differing.append(record)

    def _aside(self, record: Record, reason: str, copies: int | None) -> None:
        stated = max(0, copies if copies is not None else 1)
        self._count(record, came_in=stated, aside=stated)
        self._journal.aside(record.place, reason, record.text)
        self.set_aside.append(record)

    def _numbers(self, record: Record) -> tuple[str, ...]:
        """The accession numbers the record states, at the school's width. What is no number is kept as it is."""
        text, listed = stated_numbers(record)
        if len(listed) > 1:
            self._journal.did(RANGE, record.place, "登记号", text, f"{listed[0]}–{listed[-1]}（{len(listed)} 册）")
        padded = tuple(at_width(one, self._series.width) for one in listed)
        if padded != listed:
            self._journal.did(ZEROS, record.place, "登记号", listed[0], padded[0])
        return padded

    def _fresh_numbers(self, lots: list[Lot]) -> Iterator[str]:
        used = {number for lot in lots for number in lot.numbers}
        highest = max((int(number) for number in used if number.isdecimal()), default=0)
        start = self._series.start if self._series.start is not None else highest + 1
        return numbers_from(start, self._series.width, used=used)

    def _add(self, lot: Lot, fresh: Iterator[str]) -> None:
        record = lot.record
        given = tuple(next(fresh) for _ in range(lot.copies - len(lot.numbers)))
        numbers = lot.numbers + given
        self.given |= set(given)
        if (written := record.written("accession_no")) and len(given) == 1:
            self.renumbered[written] = "" if written in self.renumbered else given[0]
        if given:
            ends = dict.fromkeys((given[0], given[-1]))
            self._journal.did(NEW_NUMBER, record.place, "个别登记号", "", "–".join(ends))
        if lot.copies > 1 and not lot.numbers:
            self._journal.did(COPIES_FROM_TITLE, record.place, "册数", f"{lot.copies} 册", f"{lot.copies} 行")
        prices = self._prices(lot)
        values = self._common(record, lot.numbers)
        if record.get("accessioned_on") is None:
            self.dated_by_opening |= set(numbers)
        for own, price in zip(record.of_each(numbers, values["remarks"]), prices, strict=True):
            self.rows.append(AccessionRow(**(values | own | {"line": len(self.rows) + 2, "price": price})))
        also = f"，另有 {lot.listed} 册在别的清单里" if lot.listed else ""
        self._journal.adopted(record.place, f"个别登记账{also}", numbers)

    def _prices(self, lot: Lot) -> tuple[Decimal | None, ...]:
        """The price of each copy; None where it is not said or cannot be told."""
        record = lot.record
        price: Price | None = record.get("price")
        shares = price.shares(lot.copies) if price else None
        if price is None or shares is None:
            self.priceless += lot.copies
            if price:
                self._unshared(record)
            return (None,) * lot.copies
        if price.volumes > 1:
            said = "、".join(str(one) for one in shares[: price.volumes])
            self._journal.did(SHARED_PRICE, record.place, "价格", f"{price.yuan}，全 {price.volumes} 册", said)
        return shares

    def _unshared(self, record: Record) -> None:
        """The price of a set whose volumes do not make whole sets: said in words instead."""
        header, text = record.header("price", "价格"), record.said("price")
        record.notes.append(f"{header}原记 {text}")
        self._journal.unread.append(Unread(record.place, header, text))
        self._journal.unreadable(What.MONEY)

    def _common(self, record: Record, numbers: Sequence[str]) -> dict[str, Any]:
        """What all copies of a record share; `numbers` are those it states."""
        values = {name: record.get(name) for name in _FIELDS}
        if (call_no := record.get("call_no")) and not values["class_no"]:
            values |= self._split(record, call_no)
        if values["barcode"] == values["isbn"]:
            # Printed on every copy, it is the label of none.
            values["barcode"] = None
        source, said = values["source"], record.said("source")
        if source and said and said not in (source, *source.synonyms):
            # Who gave it is no source, but hers to know.
            record.notes.append(f"{record.header('source')}：{said}")
        batches = self._series.batches
        batch_no = values["batch_no"] = values["batch_no"] or batches.of(numbers)
        batch = batches.by_number.get(batch_no or "")
        if batch is None:
            values["batch_no"] = self._series.opening_batch
            if batch_no:
                record.notes.append(f"原批号：{batch_no}")
                self._journal.did(INTO_OPENING, record.place, "总括登记号", batch_no, self._series.opening_batch)
        if values["accessioned_on"] is None and batch:
            values["accessioned_on"] = batch.registered_on
        if values["accessioned_on"] is None:
            values["accessioned_on"] = self._series.opened_on
            self._journal.did(OPENING_DATE, record.place, "登记日期", "", self._series.opened_on.isoformat())
        return values | {"remarks": record.remarks}

    def _split(self, record: Record, call_no: str) -> dict[str, Any]:
        """A call number as class number and book number."""
        first, book_no = call_number(call_no)
        read = changed(CLASS_FORM, first, class_number(first))
        header = record.header("call_no", "索书号")
        self._journal.took(record.place, header, read)
        if book_no:
            self._journal.did(CALL_NO, record.place, header, call_no, f"{read.value}，书次号 {book_no}")
        return {"class_no": read.value or None, "book_no": book_no or record.get("book_no")}


def _refuse_a_flood(lots: Sequence[Lot]) -> None:
    copies = sum(lot.copies for lot in lots)
    if copies > _MOST_IN_ALL:
        largest = max(lots, key=lambda lot: lot.copies)
        place, held = largest.record.place, largest.copies
        raise Unusable(TOO_MANY_IN_ALL.format(copies=copies, most=_MOST_IN_ALL, first=place, held=held))


def _cost(record: Record, copies: int) -> Decimal:
    """What so many copies cost at the record's price; nothing where they are no whole sets of those it is of."""
    price: Price | None = record.get("price")
    return price.yuan * copies / price.volumes if price and not copies % price.volumes else Decimal(0)
