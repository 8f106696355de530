"""Which copy a reader takes from the shelf."""

from itertools import accumulate
from random import Random

from schoollib_xl.ledgers.vocabulary import Circulation
from schoollib_xl.samples.stock import SampleStock

# How often each class is asked for against the others: children read stories first.
PUPILS_TASTE = {
    "I": 100, "J": 18, "N": 14, "K": 14, "Z": 10, "G": 10, "O": 6, "P": 6, "Q": 6, "E": 4, "H": 4, "B": 2,
    "V": 2, "T": 2, "X": 2, "A": 1, "C": 1, "D": 1, "F": 1, "R": 1, "S": 1, "U": 1,
}  # fmt: skip
TEACHERS_TASTE = {"G": 50, "I": 20, "K": 10, "H": 10, "B": 5, "J": 5}
# A reader gives up after so many books that are out.
_LOOKS = 20


class Browsing:
    """The copies readers may come upon, drawn by class letter as readers of this taste would draw them."""

    def __init__(self, rng: Random, stock: SampleStock, taste: dict[str, int]) -> None:
        self._rng = rng
        self._stock = stock
        self._letters = tuple(taste)
        self._weights = tuple(accumulate(taste.values()))
        self._lending: dict[str, list[str]] = {letter: [] for letter in taste}
        self._reference: list[str] = []
        self._seen = 0
        self.look()

    def look(self) -> None:
        """See what has come in since the last look; what has gone is not found on the shelf."""
        for copy in self._stock.copies[self._seen :]:
            if copy.circulation is Circulation.REFERENCE:
                self._reference.append(copy.accession_no)
            elif copy.class_letter in self._lending:
                self._lending[copy.class_letter].append(copy.accession_no)
        self._seen = len(self._stock.copies)

    def pick(self, reference: bool = False) -> str | None:
        """A copy that is on the shelf, or None where a few looks found none."""
        for _ in range(_LOOKS):
            shelf = self._reference if reference else self._a_shelf()
            if shelf and self._stock.on_shelf(accession_no := self._rng.choice(shelf)):
                return accession_no
        return None

    def _a_shelf(self) -> list[str]:
        letter = self._rng.choices(self._letters, cum_weights=self._weights)[0]
        return self._lending[letter]
