"""Numbers that are given anew: after those in use, in the manner of most of them."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from itertools import count
from typing import NamedTuple

from schoollib_xl.desk.request import NUMBERED

# Of a school without a number of this kind yet.
_FIRST_WIDTH = 4


class NumberSeries(NamedTuple):
    """What the numbers of one series have in common: what stands before the digits, and how many digits there are."""

    prefix: str
    width: int


def series_of(number: str) -> NumberSeries | None:
    """The series a number belongs to; None for one that does not end in digits."""
    match = NUMBERED.fullmatch(number)
    return NumberSeries(match[1], len(match[2])) if match else None


def numbers_from(first: int, width: int, prefix: str = "", *, used: Container[str]) -> Iterator[str]:
    """The numbers of a series from the first on, but for those in use when each is asked for."""
    numbers = (f"{prefix}{number:0{width}}" for number in count(first))
    return (number for number in numbers if number not in used)


def following(numbers: Iterable[str], used: Container[str], prefix: str) -> Iterator[str]:
    """Numbers after the highest of the series most of `numbers` are of, none of them used; the very first ones begin
    with `prefix`.
    """
    known = list(numbers)
    counted = Counter(filter(None, map(series_of, known)))
    series = max(counted, key=lambda one: (counted[one], one), default=NumberSeries(prefix, _FIRST_WIDTH))
    last = max((int(number[len(series.prefix) :]) for number in known if series_of(number) == series), default=0)
    return numbers_from(last + 1, series.width, series.prefix, used=used)
