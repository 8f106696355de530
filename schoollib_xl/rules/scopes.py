"""盘点范围: which part of the shelves a row is about, from when to when; 馆藏地 as it is written."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from schoollib_xl.ledgers.numerals import squeezed
from schoollib_xl.ledgers.supporting.shelves import StocktakeScopeRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS
from schoollib_xl.rules.reviews import EVERYTHING

# Two places whose names are less alike than this are two places, not one spelled two ways.
_ALIKE = 0.75
_BETWEEN = r"[、，,；;/\s]+"
# I, I类, A-H, A—H类; the letters are those of 中图法.
_CLASSES = r"([A-Z])(?:[-—–~～至到]+([A-Z]))?类?"


class Places:
    """The 馆藏地 of a library, each under the spelling most copies have."""

    def __init__(self, locations: Iterable[str | None]) -> None:
        counted = Counter(filter(None, locations))
        self._names: dict[str, str] = {}
        for location, _ in counted.most_common():
            self._names.setdefault(_place_key(location), location)
        self._keys = sorted(self._names, key=len)
        self._found: dict[str, str | None] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every 馆藏地 once, those with most copies first."""
        return tuple(self._names.values())

    def of(self, place: str) -> str | None:
        """The 馆藏地 a place lies in (书库 for 书库A3架); None where it begins with none of them."""
        if place not in self._found:
            written = _place_key(place)
            fits = [key for key in self._keys if written.startswith(key)]
            self._found[place] = self._names[fits[-1]] if fits else None
        return self._found[place]

    def named(self, text: str) -> str | None:
        """The 馆藏地 of just this name, however it is spelled."""
        return self._names.get(_place_key(text))

    def near(self, place: str) -> str | None:
        """The 馆藏地 a place that lies in none was probably meant to be."""
        from difflib import get_close_matches

        close = get_close_matches(_place_key(place), self._keys, 1, _ALIKE)
        return self._names[close[0]] if close else None


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
    if is_everything(scope):
        return tuple(ShelfPart(name) for name in (places.names or ("",)))
    if place := places.named(text):
        return (ShelfPart(place),)
    listed = [*_listed(text, places)]
    return () if None in listed else tuple(part for part in dict.fromkeys(listed) if part)


def is_everything(scope: str) -> bool:
    """Whether a 范围 is the whole library."""
    return scope.strip() in EVERYTHING


def _listed(text: str, places: Places) -> Iterator[ShelfPart | None]:
    """What each word of a list means; None for one that means nothing. Classes are one part together."""
    letters: set[str] = set()
    for word in filter(None, re.split(_BETWEEN, text)):
        if place := places.of(word):
            yield ShelfPart(place)
        elif classes := _letters(word):
            letters.update(classes)
        else:
            yield None
    if letters:
        yield ShelfPart("", "".join(sorted(letters)))


def _letters(word: str) -> str:
    match = re.fullmatch(_CLASSES, word.upper())
    if match is None:
        return ""
    first, last = match[1], match[2] or match[1]
    return "".join(letter for letter in CLASS_LETTERS if first <= letter <= last)


def is_upside_down(row: StocktakeScopeRow) -> bool:
    """Whether the row ends before it begins, so that it says nothing."""
    return row.ends_on is not None and row.ends_on < row.starts_on


def _place_key(text: str) -> str:
    """A place however it is spelled: 书 库（东） and 书库(东) are one."""
    return squeezed(text).casefold()
