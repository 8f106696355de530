"""Running totals: where one does not follow from the lines before it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Break(NamedTuple):
    """A running total that does not follow: what its line says and what the lines before lead to."""

    stated: Any
    expected: Any


def breaks(
    rows: Iterable[T | None],
    total: Callable[[T], Any],
    change: Callable[[T], Any],
    brought_forward: Any = None,
) -> Iterator[tuple[T, Break]]:
    """The rows whose running total follows neither from the total written before nor from the right one,
    so that a slip is named once, whether later lines carry it on or put it right.

    A None among the rows is a line that could not be read: the reckoning starts again after it, from the
    next total that is written, as it does at the first row where nothing is brought forward.
    """
    said = should = right = brought_forward
    for row in rows:
        if row is None or said is None:
            said = should = right = total(row) if row else None
            continue
        stated, moved = total(row), change(row)
        follows, should, right = said + moved, should + moved, right + moved
        if stated in (follows, right):
            should = stated
        elif stated is not None and stated != should:
            yield row, Break(stated, should)
        said = follows if stated is None else stated
