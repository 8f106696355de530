"""盘点范围: which part of the shelves a row is about, and from when to when."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from schoollib_xl.ledgers.supporting.shelves import StocktakeScopeRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS
from schoollib_xl.rules.places import Places

_EVERYTHING = ("全部", "全部藏书", "全馆", "所有")
_BETWEEN = re.compile(r"[、，,；;/\s]+")
# I, I类, A-H, A—H类; the letters are those of 中图法.
_CLASSES = re.compile(r"([A-Z])(?:[-—–~～至到]+([A-Z]))?类?")


class ShelfPart(NamedTuple):
    """A part of the shelves that is gone through in one: a 馆藏地 ('' for copies that have none), or classes."""

    place: str
    letters: str = ""

    @property
    def name(self) -> str:
        """书库, I类, J、K类; 没有写馆藏地的图书."""
        return f"{'、'.join(self.letters)}类" if self.letters else self.place or "没有写馆藏地的图书"


class Scope(NamedTuple):
    """One part as a row of 盘点范围 has it."""

    row: StocktakeScopeRow
    part: ShelfPart

    def is_closed(self, as_of: date) -> bool:
        """Whether the row says that the part has been gone through to its end by the day."""
        return self.row.ends_on is not None and self.row.ends_on <= as_of

    def takes_in(self, day: date) -> bool:
        """Whether what was seen on the day was seen while the part was gone through."""
        return self.row.starts_on <= day <= (self.row.ends_on or date.max)


def parts_of(scope: str, places: Places) -> tuple[ShelfPart, ...]:
    """The parts a 范围 names; none where it names no 馆藏地 and no class."""
    text = scope.strip()
    if text in _EVERYTHING:
        return tuple(ShelfPart(name) for name in (places.names or ("",)))
    if place := places.named(text):
        return (ShelfPart(place),)
    listed = [*_listed(text, places)]
    return () if None in listed else tuple(part for part in dict.fromkeys(listed) if part)


def _listed(text: str, places: Places) -> Iterator[ShelfPart | None]:
    """What each word of a list means; None for one that means nothing. Classes are one part together."""
    letters: set[str] = set()
    for word in filter(None, _BETWEEN.split(text)):
        if place := places.of(word):
            yield ShelfPart(place)
        elif classes := _letters(word):
            letters.update(classes)
        else:
            yield None
    if letters:
        yield ShelfPart("", "".join(sorted(letters)))


def _letters(word: str) -> str:
    match = _CLASSES.fullmatch(word.upper())
    if match is None:
        return ""
    first, last = match[1], match[2] or match[1]
    return "".join(letter for letter in CLASS_LETTERS if first <= letter <= last)


def is_upside_down(row: StocktakeScopeRow) -> bool:
    """Whether the row ends before it begins, so that it says nothing."""
    return row.ends_on is not None and row.ends_on < row.starts_on
