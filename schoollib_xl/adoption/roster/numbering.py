"""New card numbers that go on where the school's own series ends."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import count
from typing import NamedTuple

from schoollib_xl.desk.numbers import NUMBERED

# Of a school without a card of this kind yet.
_FIRST_WIDTH = 4


class NumberSeries(NamedTuple):
    """What the numbers of one series have in common: what stands before the digits, and how many digits there are."""

    prefix: str
    width: int


def series_of(number: str) -> NumberSeries | None:
    """The series a number belongs to; None for one that does not end in digits."""
    match = NUMBERED.fullmatch(number)
    return NumberSeries(match[1], len(match[2])) if match else None


def following(numbers: Iterable[str], used: Collection[str], prefix: str) -> Iterator[str]:
    """Numbers after the highest of the series most of `numbers` are of, none of them used; the very first ones begin
    with `prefix`.
    """
    known = list(numbers)
    counted = Counter(filter(None, map(series_of, known)))
    series = max(counted, key=lambda one: (counted[one], one), default=NumberSeries(prefix, _FIRST_WIDTH))
    last = max((int(number[len(series.prefix) :]) for number in known if series_of(number) == series), default=0)
    fresh = (f"{series.prefix}{number:0{series.width}}" for number in count(last + 1))
    return (number for number in fresh if number not in used)
