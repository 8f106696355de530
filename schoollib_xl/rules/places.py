"""馆藏地: where copies belong, and which of them a written place means."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

# Two places whose names are less alike than this are two places, not one spelled two ways.
_ALIKE = 0.75


def place_key(text: str) -> str:
    """A place however it is spelled: 书 库（东） and 书库(东) are one."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


class Places:
    """The 馆藏地 of a library, each under the spelling most copies have."""

    def __init__(self, locations: Iterable[str | None]) -> None:
        counted = Counter(location for location in locations if location)
        self._names: dict[str, str] = {}
        for location, _ in counted.most_common():
            self._names.setdefault(place_key(location), location)
        self._keys = sorted(self._names, key=len)
        self._found: dict[str, str | None] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every 馆藏地 once, those with most copies first."""
        return tuple(self._names.values())

    def of(self, place: str) -> str | None:
        """The 馆藏地 a place lies in (书库 for 书库A3架); None where it begins with none of them."""
        if place not in self._found:
            written = place_key(place)
            fits = [key for key in self._keys if written.startswith(key)]
            self._found[place] = self._names[fits[-1]] if fits else None
        return self._found[place]

    def named(self, text: str) -> str | None:
        """The 馆藏地 of just this name, however it is spelled."""
        return self._names.get(place_key(text))

    def near(self, place: str) -> str | None:
        """The 馆藏地 a place that lies in none was probably meant to be."""
        from difflib import get_close_matches

        close = get_close_matches(place_key(place), self._keys, 1, _ALIKE)
        return self._names[close[0]] if close else None
