"""The holdings by class, and 分类统计账 as it is closed at the end of a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, CLASS_NAMES


@dataclass
class RunningAmount:
    """Copies and their list value in yuan."""

    copies: int = 0
    value: Decimal = NO_MONEY

    def add(self, price: Decimal) -> None:
        """Count one copy more."""
        self.copies += 1
        self.value += price


class RunningHoldings:
    """What is held, what came and what went since the last close, class by class."""

    def __init__(self) -> None:
        self.periods: list[ClassificationRow] = []
        self._opening = {letter: RunningAmount() for letter in CLASS_LETTERS}
        self._added = {letter: RunningAmount() for letter in CLASS_LETTERS}
        self._removed = {letter: RunningAmount() for letter in CLASS_LETTERS}
        self.copies = 0
        self.value = NO_MONEY

    def add(self, copies: Iterable[AccessionRow], *, opening: bool) -> None:
        """Count copies in, as opening stock or as an addition of the period."""
        into = self._opening if opening else self._added
        for copy in copies:
            into[copy.class_letter].add(copy.value)
            self.copies += 1
            self.value += copy.value

    def remove(self, copies: Iterable[AccessionRow]) -> None:
        """Count copies out."""
        for copy in copies:
            self._removed[copy.class_letter].add(copy.value)
            self.copies -= 1
            self.value -= copy.value

    def is_closed(self, day: date) -> bool:
        """Whether the day belongs to a period that is closed."""
        return bool(self.periods) and day <= self.periods[-1].ends_on

    def close(self, starts_on: date, ends_on: date) -> None:
        """Write the 22 lines of a period; its closing is the next one's opening."""
        for letter in CLASS_LETTERS:
            row = self._line(letter, starts_on, ends_on)
            self.periods.append(row)
            self._opening[letter] = RunningAmount(row.closing_copies, row.closing_value)
            self._added[letter], self._removed[letter] = RunningAmount(), RunningAmount()

    def _line(self, letter: str, starts_on: date, ends_on: date) -> ClassificationRow:
        opening, added, removed = self._opening[letter], self._added[letter], self._removed[letter]
        return ClassificationRow(
            len(self.periods) + 2,
            starts_on,
            ends_on,
            letter,
            CLASS_NAMES[letter],
            opening.copies,
            opening.value,
            added.copies,
            added.value,
            removed.copies,
            removed.value,
            opening.copies + added.copies - removed.copies,
            opening.value + added.value - removed.value,
            None,
        )
