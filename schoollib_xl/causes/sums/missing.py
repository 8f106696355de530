"""Copies that 个别登记账 should have and has not: which number, which title, what price; one, or several in a batch."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from schoollib_xl.causes.amounts import Proposal, Vector, as_number
from schoollib_xl.causes.correction import Addition, Correction, Slip, SlipKind
from schoollib_xl.causes.sums.balance import Balance
from schoollib_xl.checks.stock.batches import stated_range
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.vocabulary import Source
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.titles import as_title, count_titles

# A batch may lack so many numbers, three pages of a ledger, before that they were left out is no explanation any more.
_MOST_GAPS = 120
# So many missing copies are looked at one by one.
_MOST_LEFT_OUT = 12
# A book of which nothing is known but its number, its class and its price.
_UNKNOWN = ("author", "publisher", "published", "edition", "pages", "isbn", "book_no")
_OF_NO_TITLE: dict[str, Any] = {**dict.fromkeys(_UNKNOWN), "title": "（书名待查）"}
# A title that the copies beside it have, or that a loan names, makes a row likelier by so much.
_TOLD = 0.05
# Dearer than two rows that the copies beside them tell, so that these are told; cheaper than any three.
_COST = 1.55
_OWN: dict[str, Any] = dict.fromkeys(("barcode", "remarks", "withdrawn_on", "withdrawal_no"))
_UNTOLD = ("title", "author", "publisher", "published", "edition", "pages", "isbn", "book_no", "price", "location")


class MissingCopies:
    """Rows that 个别登记账 may lack. `absent` are the numbers that it lacks, with the row of another book that names
    each, None where none does.
    """

    def __init__(self, balance: Balance, absent: dict[str, Any]) -> None:
        self._balance = balance
        self._library = balance.library
        self._absent = absent
        self._by_kind: dict[str, dict[tuple[str, Decimal | None], list[AccessionRow]]] = {}
        self._titles: dict[str, int] = {}

    def __call__(self, batch_no: str, letters: tuple[str, ...], prices: tuple[Decimal, ...]) -> Iterator[Proposal]:
        """A copy the batch should have: a number its range lacks, or one that another book names."""
        batch = self._library.batches[batch_no]
        if batch.sign < 0:
            return
        near = [number for number in self._absent if self._is_near(number, batch_no)]
        for number in list(dict.fromkeys([*gaps(self._library, batch), *near, *self._absent]))[:_MOST_LEFT_OUT]:
            yield from (self._entered(number, like) for like in self._likely(number, batch, letters, prices))

    def _likely(
        self, number: str, batch: SummaryRow, letters: tuple[str, ...], prices: tuple[Decimal, ...]
    ) -> Iterator[AccessionRow]:
        """What the copy may be: of a title next to it, or a title of the class and price that are lacking."""
        value, width = as_number(number) or 0, len(number)
        beside = [self._library.copies.get(str(value + step).zfill(width)) for step in (-1, 1)]
        nearest = [copy for copy in beside if copy is not None and copy.batch_no == batch.batch_no]
        fitting = [copy for copy in nearest if not letters or copy.class_letter in letters]
        # Between two copies of one title there was a third.
        if len(fitting) == 2 and as_title(fitting[0]) == as_title(fitting[1]):
            yield fitting[0]
            return
        yield from fitting
        held = self._held(batch.batch_no)
        for letter in letters or tuple(copy.class_letter for copy in nearest[:1]):
            for price in prices:
                alike = held.get((letter, price), ())
                known = min(alike, key=lambda copy: _apart(copy, number), default=None)
                if known is not None and not self._lacks_titles(batch):
                    yield known
                else:
                    like = nearest or self._library.copies_by_batch.get(batch.batch_no) or self._of_other_batches(batch)
                    yield from (one._replace(price=price, **_OF_NO_TITLE, class_no=letter) for one in like[:1])

    def _of_other_batches(self, batch: SummaryRow) -> list[AccessionRow]:
        """For a batch without any row, such as a book given for a lost one: what a row of its day and source has."""
        like = next(iter(self._library[AccessionRow]), None)
        source = Source.__members__.get(batch.source.name) if batch.source else None
        return (
            [like._replace(batch_no=batch.batch_no, accessioned_on=batch.registered_on, source=source)] if like else []
        )

    def _held(self, batch_no: str) -> dict[tuple[str, Decimal | None], list[AccessionRow]]:
        """The batch's copies by class and price."""
        if batch_no not in self._by_kind:
            kinds: dict[tuple[str, Decimal | None], list[AccessionRow]] = defaultdict(list)
            for copy in self._library.copies_by_batch.get(batch_no, ()):
                kinds[copy.class_letter, copy.price].append(copy)
            self._by_kind[batch_no] = kinds
        return self._by_kind[batch_no]

    def _lacks_titles(self, batch: SummaryRow) -> bool:
        if batch.batch_no not in self._titles:
            self._titles[batch.batch_no] = count_titles(self._library.copies_by_batch.get(batch.batch_no, ()))
        return batch.titles is not None and self._titles[batch.batch_no] < batch.titles

    def _is_near(self, number: str, batch_no: str) -> bool:
        """Whether the numbers before and after are the batch's."""
        value, width = as_number(number) or 0, len(number)
        beside = (self._library.copies.get(str(value + step).zfill(width)) for step in (-1, 1))
        return any(copy is not None and copy.batch_no == batch_no for copy in beside)

    @cached_property
    def _seen_in(self) -> dict[str, str | None]:
        """Where a copy was seen last."""
        return {scan.accession_no: scan.place for scan in self._library[StocktakeRow]}

    def _entered(self, number: str, like: AccessionRow) -> Proposal:
        values: dict[str, Any] = {"accession_no": number, "withdrawn_on": None, "withdrawal_no": None}
        named = getattr(self._absent.get(number), "title", None)
        if named and like.title == _OF_NO_TITLE["title"]:
            values["title"] = named
        if place := self._seen_in.get(number):
            values["location"] = place
        row = self._library.withdrawals.get(number)
        if row:
            values |= {"withdrawn_on": row.withdrawn_on, "withdrawal_no": row.withdrawal_no}
        # Of a batch without any row nothing but the sums is known.
        hidden = () if self._library.copies_by_batch.get(like.batch_no) else ("title", "location", "circulation")
        addition = Addition(like._replace(barcode=None, remarks=None, **values), hidden)
        effect = dict(self._balance.copy_terms(addition.row, row))
        if number in self._absent:
            effect["absent", number] = -1
        if row:
            effect["orphan", number] = -1
        is_told = like.title != _OF_NO_TITLE["title"] and (_apart(like, number) <= 1 or named == like.title)
        cost = Slip.NUMBER_LEFT_OUT.cost - (_TOLD if is_told else 0)
        correction = Correction(SlipKind.MISSING, (addition,), Slip.NUMBER_LEFT_OUT, cost)
        return Proposal(correction, effect)


class LackingCopies(NamedTuple):
    """What a batch lacks: copies, copies by class, cents by class."""

    copies: int
    by_letter: tuple[tuple[str, int], ...]
    cents: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, off: Vector, batch_no: str, moves: Iterable[tuple[str, int]]) -> "LackingCopies":
        """As the sums say; `moves` are the cents that classes lack at the end of a period."""
        letters = {key[2]: -amount for key, amount in off.items() if key[:2] == ("batch_class", batch_no)}
        by_letter = tuple((letter, copies) for letter, copies in sorted(letters.items()) if copies > 0)
        cents = {letter: move for letter, move in sorted(moves) if letter in letters and move > 0}
        if len(by_letter) == 1:
            cents = {by_letter[0][0]: max(0, -off.get(("value", batch_no), 0))}
        return cls(-off[("copies", batch_no)], by_letter, tuple(cents.items()))


class CopiesLeftOut:
    """The rows of a batch that are left out together. `absent` are numbers that 个别登记账 lacks."""

    def __init__(self, balance: Balance, absent: dict[str, Any]) -> None:
        self._balance = balance
        self._library = balance.library
        self._absent = absent

    def __call__(self, batch_no: str, lacking: LackingCopies) -> Iterator[Proposal]:
        """All numbers that the batch lacks, where there are as many as the copies it lacks."""
        batch = self._library.batches[batch_no]
        held = self._library.copies_by_batch.get(batch_no)
        numbers = gaps(self._library, batch) if batch.sign > 0 and lacking.copies > 1 else []
        if not held or len(numbers) != lacking.copies:
            return
        told = {number: copy for number in numbers if (copy := _between_two_of_one_title(number, held))}
        gone = {number: row for number in numbers if (row := self._library.withdrawals.get(number))}
        written_off = {number: _as_written_off(told.get(number, held[0]), row) for number, row in gone.items()}
        unknown = [number for number in numbers if number not in told and number not in written_off]
        others = {copy.title for copy in written_off.values()}.difference(copy.title for copy in held)
        titles = (batch.titles or 0) - count_titles(held) - len(others)
        known = [copy for number, copy in told.items() if number not in written_off]
        fillers = dict(zip(unknown, _fillers(held, known, [*written_off.values()], lacking, titles), strict=False))
        if len(fillers) < len(unknown):
            return
        hidden = _UNTOLD if len(lacking.by_letter) == 1 else (*_UNTOLD, "class_no")
        rows = {number: copy._replace(**_OWN) for number, copy in (told | fillers).items()} | written_off
        edits = [
            Addition(rows[number]._replace(accession_no=number), hidden if number in fillers or number in gone else ())
            for number in numbers
        ]
        correction = Correction(SlipKind.MISSING, tuple(edits), Slip.NUMBER_LEFT_OUT, _COST)
        yield Proposal(correction, self._effect(correction, numbers))

    def _effect(self, correction: Correction, numbers: list[str]) -> Vector:
        found = {("absent", number): -1 for number in numbers if number in self._absent}
        return self._balance.change_by(correction) | found


def _apart(copy: AccessionRow, number: str) -> int:
    return abs((as_number(copy.accession_no) or 0) - (as_number(number) or 0))


def gaps(library: Library, batch: SummaryRow) -> list[str]:
    """Numbers of the batch's range that no copy has; without a range, those between its first and its last copy."""
    held = [copy.accession_no for copy in library.copies_by_batch.get(batch.batch_no, ())]
    known = sorted(number for value in held if (number := as_number(value)) is not None)
    numbers = stated_range(batch) or (range(known[0], known[-1] + 1) if known else ())
    width = len(batch.first_no or (held[0] if held else ""))
    if len(numbers) - len(held) > _MOST_GAPS:
        return []
    return [text for number in numbers if (text := str(number).zfill(width)) not in library.copies]


def absent_numbers(balance: Balance, rows: Iterable[Any]) -> dict[str, Any]:
    """Numbers that rows of other books name and 个别登记账 lacks, each with the first row that names it."""
    known = balance.library.known_copies
    absent: dict[str, Any] = {}
    lacking = [key[1] for key, amount in balance.off.items() if key[0] == "copies" and amount < 0]
    for batch_no in lacking:
        batch = balance.library.batches[batch_no]
        absent.update(dict.fromkeys(gaps(balance.library, batch) if batch.sign > 0 else ()))
    for row in rows:
        number = getattr(row, "accession_no", None)
        if number and number not in known and not isinstance(row, AccessionRow):
            absent[number] = absent.get(number) or row
    return absent


def _between_two_of_one_title(number: str, held: list[AccessionRow]) -> AccessionRow | None:
    """A copy between two of one title is one more of them."""
    before = max((copy for copy in held if copy.accession_no < number), key=_number, default=None)
    behind = min((copy for copy in held if copy.accession_no > number), key=_number, default=None)
    return before if before and behind and as_title(before) == as_title(behind) else None


def _number(copy: AccessionRow) -> str:
    return copy.accession_no


def _as_written_off(like: AccessionRow, row: WithdrawalRow) -> AccessionRow:
    """A copy of which 注销登记账 tells the title, the class and the price."""
    words: dict[str, Any] = {
        "title": row.title or like.title,
        "class_no": row.class_no or like.class_no,
        "price": row.price,
    }
    marks: dict[str, Any] = {"withdrawn_on": row.withdrawn_on, "withdrawal_no": row.withdrawal_no}
    return like._replace(barcode=None, remarks=None, **words, **marks)


def _fillers(
    held: list[AccessionRow],
    told: list[AccessionRow],
    written_off: list[AccessionRow],
    lacking: LackingCopies,
    titles: int,
) -> Iterator[AccessionRow]:
    """Rows of which only the sums are known: so many of each class, together worth what it lacks, of so many titles.
    What a class lacks at the end of a period is without the copies written off; what a batch lacks is with them.
    """
    letters = Counter(dict(lacking.by_letter))
    letters.subtract(copy.class_letter for copy in (*told, *written_off))
    cents = Counter(dict(lacking.cents))
    for copy in (*told, *(written_off if len(lacking.by_letter) == 1 else ())):
        cents[copy.class_letter] -= int(copy.value * 100)
    for letter, copies in letters.items():
        like = next((one for one in held if one.class_letter == letter), held[0]._replace(class_no=letter))
        for index in range(copies):
            title = f"（书名待查{titles}）" if titles > 0 else like.title
            price = Decimal(cents[letter] if index == 0 else 0).scaleb(-2)
            yield like._replace(title=title, price=price, location=None)
            titles -= 1
