"""What comes in: the opening stock, and the lots of each batch of the year."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from random import Random

from schoollib_xl.ledgers.library import grouped
from schoollib_xl.ledgers.units import to_cents
from schoollib_xl.samples.stock import SampleLot
from schoollib_xl.samples.titles import Title

# Copies of each class in a hundred of the opening stock: 教育部 2018 年规程 asks for 64 % in C to K and 28 %
# in N to X; a real stock is never quite like that.
_SHARES = {
    "A": 1.5, "B": 2.0, "C": 1.2, "D": 1.8, "E": 1.6, "F": 0.9, "G": 9.0, "H": 7.5, "I": 36.0, "J": 5.5,
    "K": 6.5, "N": 4.0, "O": 3.6, "P": 3.6, "Q": 4.2, "R": 1.6, "S": 1.0, "T": 2.2, "U": 0.9, "V": 1.0,
    "X": 1.2, "Z": 3.2,
}  # fmt: skip
# The year after publication a book stood on the shelf; nothing in the opening stock came later than this.
_LAST_OLD_ENTRY = date(2025, 6, 20)


def opening_lots(rng: Random, titles: Iterable[Title], copies: int) -> list[SampleLot]:
    """The opening stock in the order it was once entered: at least one copy of every title not new."""
    shelves = grouped((title for title in titles if not title.is_new), lambda title: title.letter)
    whole = sum(_SHARES[letter] for letter in shelves)
    lots = [
        lot for letter, shelf in shelves.items() for lot in _spread(rng, shelf, round(copies * _SHARES[letter] / whole))
    ]
    rng.shuffle(lots)
    return sorted(lots, key=lambda lot: lot.entered_on or _LAST_OLD_ENTRY)


def _spread(rng: Random, shelf: list[Title], copies: int) -> list[SampleLot]:
    """Copies dealt out over the titles of a class; reference books come in ones and twos."""
    counts = dict.fromkeys(shelf, 1)
    common = [title for title in shelf if title.location != "阅览室"] or shelf
    for title in rng.choices(common, k=max(0, copies - len(shelf))):
        counts[title] += 1
    return [SampleLot(title, count, _entered_on(title)) for title, count in counts.items()]


def _entered_on(title: Title) -> date:
    return min(date(int(title.published or 0) + 1, 3, 16), _LAST_OLD_ENTRY)


class Booksellers:
    """Where new copies come from: the titles of the year first, then more of what is read most."""

    def __init__(self, rng: Random, titles: Iterable[Title]) -> None:
        self._rng = rng
        titles = list(titles)
        self._new = [title for title in titles if title.is_new]
        self._asked_for = [title for title in titles if title.letter in "IJKNQ" and title.location == "书库"]
        rng.shuffle(self._new)

    def lots(self, copies: int) -> list[SampleLot]:
        """A delivery: some new titles in several copies each, the rest more of old favourites."""
        fresh, self._new = self._new[: max(1, copies // 12)], self._new[max(1, copies // 12) :]
        counts: dict[Title, int] = {title: max(1, copies // (3 * len(fresh))) for title in fresh}
        while (short := copies - sum(counts.values())) > 0:
            title = self._rng.choice(self._asked_for)
            counts[title] = counts.get(title, 0) + min(short, self._rng.randint(2, 6))
        return [SampleLot(title, count) for title, count in counts.items()]


def paid_for(lots: Iterable[SampleLot], discount: Decimal) -> Decimal:
    """实洋: the list value at a discount, in yuan, rounded half up."""
    listed = sum((lot.title.price * lot.copies for lot in lots), Decimal(0))
    return to_cents(listed * discount)
