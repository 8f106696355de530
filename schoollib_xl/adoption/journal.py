"""What became of every source row, and of every value on the way: kept while taking over, told in the report."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from schoollib_xl.adoption.transforms import Read, Step, Transform

Amount = int | Decimal


class What(Enum):
    """What old lists are counted in."""

    COPIES = "册数"
    MONEY = "金额（元）"
    TITLES = "种数"
    READERS = "读者"
    LOANS = "借出"
    RETURNS = "归还"


@dataclass
class Count:
    """How much the sources state, how much of it was stated twice, and how much was set aside."""

    came_in: Decimal = Decimal(0)
    merged: Decimal = Decimal(0)
    aside: Decimal = Decimal(0)


class Place(NamedTuple):
    """A row of a source: file, sheet and row number (from 1); a MARC record counts as a row."""

    file: str
    sheet: str
    row: int


class Outcome(Enum):
    """Where a source row ended."""

    ADOPTED = "接收"
    MERGED = "并入"
    ASIDE = "没有接收"


class Fate(NamedTuple):
    """One source row: what became of it, where it went or why it did not, and its text. `is_record` tells rows
    that say something from titles, totals and the like.
    """

    place: Place
    outcome: Outcome
    detail: str
    text: str = ""
    is_record: bool = True


class Unread(NamedTuple):
    """A cell that could not be read: where, under which header, and its text, kept verbatim in 备注."""

    place: Place
    header: str
    text: str


class Change(NamedTuple):
    """A way in which a value was changed under one header: the transform, the text before and after."""

    transform: Transform
    header: str
    before: str
    after: str


@dataclass
class Journal:
    """Collects the report while the sources are taken over."""

    fates: dict[Place, Fate] = field(default_factory=dict)
    changes: Counter[Change] = field(default_factory=Counter)
    first_places: dict[Change, Place] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    urgent: list[str] = field(default_factory=list)
    counts: dict[What, Count] = field(default_factory=lambda: {what: Count() for what in What})
    notices: Counter[str] = field(default_factory=Counter)

    def adopted(self, place: Place, sheet: str, keys: Iterable[str]) -> None:
        """The row became these rows of a sheet."""
        self._settle(Fate(place, Outcome.ADOPTED, f"{sheet} {span(tuple(keys))}"))

    def merged(self, place: Place, into: str, text: str) -> None:
        """The row says something about a row that is already there."""
        self._settle(Fate(place, Outcome.MERGED, into, text))

    def aside(self, place: Place, reason: str, text: str, is_record: bool = True) -> None:
        """The row was not taken over."""
        self._settle(Fate(place, Outcome.ASIDE, reason, text, is_record))

    def count(self, what: What, *, came_in: Amount = 0, merged: Amount = 0, aside: Amount = 0) -> None:
        """So much was stated, was stated twice, or was set aside."""
        counted = self.counts[what]
        counted.came_in += came_in
        counted.merged += merged
        counted.aside += aside

    def noticed(self, sentence: str) -> None:
        """One more case of what is said once, with its count."""
        self.notices[sentence] += 1

    def changed(self, place: Place, header: str, steps: Iterable[Step]) -> None:
        """Values of the row were changed."""
        for step in steps:
            change = Change(step.transform, header, step.before, step.after)
            self.changes[change] += 1
            self.first_places.setdefault(change, place)

    def took(self, place: Place, header: str, read: Read) -> None:
        """A cell of the row was read."""
        if read.steps:
            self.changed(place, header, read.steps)

    def did(self, transform: Transform, place: Place, header: str, before: str, after: str) -> None:
        """One change, said out."""
        self.changed(place, header, (Step(transform, before, after),))

    def _settle(self, fate: Fate) -> None:
        if fate.place in self.fates:
            raise ValueError(f"{fate.place} is settled twice")
        self.fates[fate.place] = fate


def span(keys: tuple[str, ...]) -> str:
    """Keys as first–last."""
    if not keys:
        return ""
    return keys[0] if len(keys) == 1 else f"{keys[0]}–{keys[-1]}（{len(keys)} 行）"
