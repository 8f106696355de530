"""Several copies that 个别登记账 lacks in one batch: their numbers are known, what each of them is often is not."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.causes.amounts import Vector
from schoollib_xl.causes.balance import Balance
from schoollib_xl.causes.correction import Addition, Correction, Slip, SlipKind, corrected
from schoollib_xl.causes.missing import gaps
from schoollib_xl.causes.proposal import Proposal
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.rules.titles import as_title, count_titles

# Dearer than two rows that the copies beside them tell, so that these are told; cheaper than any three.
_COST = 1.55
_OWN: dict[str, Any] = dict.fromkeys(("barcode", "remarks", "withdrawn_on", "withdrawal_no"))
_UNKNOWN = ("title", "author", "publisher", "published", "edition", "pages", "isbn", "book_no", "price", "location")


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
        unknown = [number for number in numbers if number not in told]
        titles = (batch.titles or 0) - count_titles(held)
        fillers = dict(zip(unknown, _fillers(held, [*told.values()], lacking, titles), strict=False))
        if len(fillers) < len(unknown):
            return
        hidden = _UNKNOWN if len(lacking.by_letter) == 1 else (*_UNKNOWN, "class_no")
        edits = [
            Addition((told.get(number) or fillers[number])._replace(accession_no=number, **_OWN), hidden)
            if number in fillers
            else Addition(told[number]._replace(accession_no=number, **_OWN))
            for number in numbers
        ]
        correction = Correction(SlipKind.MISSING, tuple(edits), Slip.NUMBER_LEFT_OUT, _COST)
        yield Proposal(correction, self._effect(correction, numbers))

    def _effect(self, correction: Correction, numbers: list[str]) -> Vector:
        after = Balance(corrected(self._library, [correction]), self._balance.suspects)
        effect = Counter(after.off)
        effect.subtract(self._balance.off)
        effect.update({("absent", number): -1 for number in numbers if number in self._absent})
        return {key: amount for key, amount in effect.items() if amount}


def _between_two_of_one_title(number: str, held: list[AccessionRow]) -> AccessionRow | None:
    """A copy between two of one title is one more of them."""
    before = max((one for one in held if one.accession_no < number), key=_number, default=None)
    behind = min((one for one in held if one.accession_no > number), key=_number, default=None)
    return before if before and behind and as_title(before) == as_title(behind) else None


def _number(copy: AccessionRow) -> str:
    return copy.accession_no


def _fillers(
    held: list[AccessionRow], told: list[AccessionRow], lacking: LackingCopies, titles: int
) -> Iterator[AccessionRow]:
    """Rows of which only the sums are known: so many of each class, together worth what it lacks, of so many titles."""
    letters = Counter(dict(lacking.by_letter))
    letters.subtract(copy.class_letter for copy in told)
    cents = Counter(dict(lacking.cents))
    for copy in told:
        cents[copy.class_letter] -= int(copy.value * 100)
    for letter, copies in letters.items():
        like = next((one for one in held if one.class_letter == letter), held[0]._replace(class_no=letter))
        for index in range(copies):
            title = f"（书名待查{titles}）" if titles > 0 else like.title
            price = Decimal(cents[letter] if index == 0 else 0).scaleb(-2)
            yield like._replace(title=title, price=price, location=None)
            titles -= 1
