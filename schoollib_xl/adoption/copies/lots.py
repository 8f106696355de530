"""A record of books as so many copies with the numbers it states, and by what it is known in another list."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.adoption.copies.batches import KnownBatches
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.adoption.number_lists import SPANS, between, ends_of, follows, longest_range, numbers_of
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.ledgers.identifiers import is_isbn
from schoollib_xl.ledgers.school import DEFAULT_WIDTH
from schoollib_xl.sheets.reading.prices import WHOLE_SET, Price, prices_in, volumes_of

# Columns that number copies, and what of a title list is not a matter of its copies.
_NUMBERED = frozenset({"accession_no", "last_no"}) | SPANS
_OF_A_LIST = frozenset({"held", "remarks"})
_SHORT_OF_NUMBERS = (
    "有 {count} 行写的登记号比册数少（第一处{first}）：差的 {more} 册编了新号；"
    "先查是漏了号还是册数写多了，在旧表里改好再接收一次。"
)
_NO_PRICE = re.compile(r"[-—－–/、.]+|.*赠.*|捐.*|免费|无|[无未没][有标]?定?价格?|不详|不明|空")
_NUMBER_FIRST = re.compile(r"([A-Za-z]{0,4}\d{1,10})[\s、.．:：-]*(\D+.*)")
_VOLUMES = re.compile(
    r"[（(][全共]?(?:套)?(\d{1,2}|[一二三四五六七八九十]|上、?下|上、?中、?下)[册卷本集]?[)）]|全(\d{1,2})[册卷本]"
)
# A remark says it without brackets: 全4册, 一套4本, 每套三册.
_VOLUMES_OF_SET = re.compile(r"(?:全套?|[一每整]套)(?:共|有)?(\d{1,2}|[一二两三四五六七八九十])[册卷本]")
# A remark that the price is the whole set's: 套价, 全套定价, 一套的价.
_SET_PRICE = re.compile(r"(?<!不是)(?<!非)(?:套价|[全整一]套(?:的|书)*[定总原]?价)")

# Shorter numbers without any zero before them have lost their zeros.
_SHORTEST = 4


class StatedNumbers(NamedTuple):
    """The accession numbers of a record as they stand there, and the text that lists them; none: '' and ()."""

    text: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class CopyNumbering:
    """How copies are numbered: digits of a number, the first number to give (None: after the highest there is),
    the day the books are opened, the batch of what was there before, and the batches that are known.
    """

    width: int
    start: int | None
    opened_on: date
    opening_batch: str
    batches: KnownBatches


@dataclass
class Lot:
    """A record of a list of books with the numbers it states itself, and how many copies it is; `listed` of them
    stand in another list as well. `book` tells the book from others of these lists.
    """

    record: Record
    numbers: tuple[str, ...]
    copies: int
    listed: int = 0
    book: str = ""

    @property
    def own(self) -> int:
        """How many of its copies no other list states."""
        return self.copies - self.listed

    @property
    def unmarked(self) -> int:
        """How many of them another list does not say to be gone."""
        return self.own - sum(gone.copies for gone in self.record.gone)

    @property
    def is_of_copies(self) -> bool:
        """Whether it tells one copy, or several, from all others: by number, or by the label stuck on each."""
        return bool(self.numbers) or (self._has_labels and self.record.get("barcode") is not None)

    @property
    def is_of_titles(self) -> bool:
        """Whether it stems from a list of titles, which numbers no copies."""
        return not self.numbers and not self._has_labels and not _NUMBERED & self.record.table.columns.keys()

    @property
    def _has_labels(self) -> bool:
        """Whether the barcodes of its list are labels of copies: where it counts copies, or repeats the ISBN, they are
        printed on the books.
        """
        columns, barcode = self.record.table.columns, self.record.get("barcode")
        return "barcode" in columns and "held" not in columns and (barcode is None or not is_isbn(barcode))

    def is_titled_alike(self, other: "Lot") -> bool:
        """Whether two records of one ISBN or title may be the same book."""
        one, two = self.record.get("author"), other.record.get("author")
        return not one or not two or plain_title(one) == plain_title(two)


def short_of_numbers(lots: Iterable[Lot]) -> list[str]:
    """A sentence on the records that state fewer numbers than copies, the first of them by its place; none for none."""
    short = [lot for lot in lots if 0 < len(lot.numbers) < lot.copies]
    places = [f"{lot.record.place}，{lot.copies} 册只有 {len(lot.numbers)} 个号" for lot in short]
    return of_many(_SHORT_OF_NUMBERS, places, more=sum(lot.copies - len(lot.numbers) for lot in short))


def stated_numbers(record: Record) -> StatedNumbers:
    """The accession numbers a record states, from one to another or one by one. What is no number is one as it is."""
    first, last = record.get("first_no"), record.get("last_no")
    if first and last and (listed := between(first, last)):
        return StatedNumbers(f"{first}–{last}", listed)
    text = record.get("accession_no") or record.get("span") or first
    return StatedNumbers(text, _listed(record, text) or (text,)) if text else StatedNumbers("", ())


def _listed(record: Record, text: str) -> tuple[str, ...] | None:
    if record.table.has_dashed_numbers and ends_of(text):
        return (text,)
    return numbers_of(text, record.get("held"))


def count_between_neighbours(records: Sequence[Record]) -> None:
    """Count the copies of a record of a list that states none, where its numbers are a range (8-10) that begins right
    after those of the record above or ends right before those of the one below.
    """
    nothing = StatedNumbers("", ())
    stated = [nothing, *map(stated_numbers, records), nothing]
    for record, above, own, below in zip(records, stated, stated[1:], stated[2:], strict=False):
        numbers = longest_range(own.text)
        if record.get("held") or "held" in record.unread or numbers is None or len(numbers) <= len(own.numbers):
            continue
        is_after = above.numbers and follows(numbers[0], above.numbers[-1])
        if is_after or (below.numbers and follows(below.numbers[0], numbers[-1])):
            record.values["held"] = len(numbers)


def _volumes_in(title: str) -> int:
    """How many volumes a title tells: 三国（全4册）; 0 where it tells none."""
    match = _VOLUMES.search(title)
    return volumes_of((match[1] or match[2]).replace("、", "")) if match else 0


def volumes_told(record: Record) -> int:
    """How many volumes the title of a record tells, else its remark; 0 where neither does."""
    match = _VOLUMES_OF_SET.search(record.get("remarks") or "")
    return _volumes_in(record.get("title") or "") or (volumes_of(match[1].replace("两", "二")) if match else 0)


def price_a_set(record: Record, copies: int) -> None:
    """Where the price is said to be that of a whole set (43.00/套, under 套价, by a remark 套价 or 全套43元), make
    it one of so many volumes: those the title tells (全3册) or its own column, else all the copies of the record.
    """
    price: Price | None = record.get("price")
    remarks = record.said("remarks")
    is_said = "套" in record.header("price") or _SET_PRICE.search(remarks) is not None
    if price and not is_said:
        is_said = any(one.volumes != 1 and one.yuan == price.yuan for one in prices_in(remarks))
    if price and (price.volumes == WHOLE_SET or (price.volumes == 1 and is_said)):
        record.values["price"] = Price(price.yuan, volumes_told(record) or record.get("volumes") or copies)


def price_by_amount(record: Record, copies: int) -> bool:
    """Where only the money of all the copies is said, make it the price of a set of so many; whether it agrees with
    the price where that is said as well.
    """
    price: Price | None = record.get("price")
    amount: Price | None = record.get("amount")
    if amount is None or amount.volumes != 1 or copies <= 0:
        return amount is None
    # Of sets whose volumes are all there money that is as many prices is that of the sets.
    sets, more = divmod(copies, max(volumes_told(record), 1))
    is_of_set = price is not None and sets < copies and not more and price.yuan * sets == amount.yuan
    if price is None or is_of_set:
        if "price" not in record.unread and amount.yuan:
            record.values["price"] = Price(amount.yuan, copies)
        return True
    paid: Decimal | None = record.get("paid_value")
    if paid is not None and paid * copies == amount.yuan and paid * price.volumes < price.yuan:
        # 折后价 of a copy, and 金额 as it was paid.
        record.values["paid_value"] = amount.yuan
        return True
    return price.yuan * copies == amount.yuan * price.volumes


def says_no_price(record: Record) -> bool:
    """Whether the cell of the price says that there is none: a gift."""
    return bool(_NO_PRICE.fullmatch(record.said("price")))


def is_unclear(record: Record) -> bool:
    """Whether its numbers from one to another cannot be told: none is given in their place."""
    number, span = record.get("accession_no"), record.get("span")
    if text := number or span:
        first, last = ends_of(text) or (0, 0)
        is_list = last > first if number else not (text.isascii() and text.isalnum())
        return is_list and _listed(record, text) is None
    return False


def keys_of(record: Record) -> list[str]:
    """What a book may be known by in another list: its ISBN, then its title."""
    isbn, title = record.get("isbn"), record.get("title")
    return [*([isbn] if isbn else []), *([plain_title(title)] if title else [])]


def complete(copy: Record, title: Record) -> None:
    """What a copy's record lacks, as the record of its title has it."""
    for name, value in title.values.items():
        if copy.values.get(name) is None and name not in _OF_A_LIST:
            copy.values[name] = value
            if name == "state":
                # √ says what its own header asks.
                copy.values["state_header"] = title.header("state")


def identity_of(isbn: str | None, title: str | None) -> tuple[str, str]:
    """What tells a title from others, as far as a list says it."""
    return isbn or "", plain_title(title or "")


def are_other_books(isbn: str | None, title: str | None, other_isbn: str | None, other_title: str | None) -> bool:
    """Whether two lines are of other books by their titles: one may say more than the other."""
    one, other = plain_title(title or ""), plain_title(other_title or "")
    if not one or not other or (isbn and isbn == other_isbn):
        return False
    return one not in other and other not in one


class NumberedTitle(NamedTuple):
    """A title and the number that stands before it."""

    number: str
    title: str


def numbered_title(text: str) -> NumberedTitle | None:
    """The number and the title of a cell such as 00035大山; only a copy of both tells it from 365夜."""
    match = _NUMBER_FIRST.fullmatch(text.strip())
    return NumberedTitle(*match.groups()) if match else None


def width_of(records: Iterable[Record], others: Iterable[Record] = ()) -> int:
    """Digits of the accession numbers the records state where all have as many, so that they stay as they stand on
    the books; else of the longest, at least the usual width. Where a table lost the zeros in front, the `others`,
    registers of the same copies, may have them.
    """
    numbers = _decimal_numbers(records)
    widths = set(map(len, numbers))
    has_zeros = any(number.startswith("0") for number in numbers)
    if not has_zeros:
        kept = {len(number) for number in _decimal_numbers(others) if number.lstrip("0") in numbers}
        if len(kept) == 1 and max(kept) > max(widths):
            return kept.pop()
    if len(widths) == 1 and (has_zeros or min(widths) >= _SHORTEST):
        return widths.pop()
    return max({*widths, DEFAULT_WIDTH})


def _decimal_numbers(records: Iterable[Record]) -> set[str]:
    """The accession numbers of the records that are figures alone."""
    return {
        number
        for record in records
        for name in ("accession_no", "span", "first_no", "last_no")
        if (text := record.get(name))
        for number in _listed(record, text) or ()
        if number.isdecimal()
    }
