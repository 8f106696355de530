"""Which rows of a worksheet are others than in an earlier copy of it, so that the rest need not be parsed again."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

_ROW = b"<row "
_NUMBER = re.compile(rb'(?:[^>]*\s)?r="([1-9][0-9]{0,6})"')
_CELL_NUMBER = re.compile(rb'<c(?:\s[^>]*)?\sr="[A-Z]+([1-9][0-9]{0,6})"')
# Where she looked last, and how wide the columns are: no value depends on it.
_LOOKS = re.compile(rb"<(sheetViews|cols)>.*?</\1>", re.DOTALL)
# A formula, a row that begins in another way, whatever may hide markup.
_MORE = re.compile(rb"<f|<row|<!")
_END = b"</sheetData>"
# More rows than this are no edit by hand: to read the whole sheet is as quick.
_MOST = 200


class EditedExcerpt(NamedTuple):
    """The numbers of the edited rows, rising, and a worksheet's XML that holds no others."""

    numbers: tuple[int, ...]
    xml: bytes


def edited_rows(before: Iterable[bytes], now: Iterable[bytes]) -> EditedExcerpt | None:
    """What differs between two copies of a worksheet's XML, each given in pieces; None where it is more than the cells
    of a few rows, or where the values of other rows may rest on it.
    """
    pairs = zip_longest(_at_rows(before), _at_rows(now))
    heads = next(pairs)
    rows: list[tuple[bytes, bytes]] = []
    tail = b""
    for old, new in pairs:
        if old is None or new is None or len(rows) > _MOST:
            return None
        if _END in new:
            (old, _, old_tail), (new, _, tail) = old.partition(_END), new.partition(_END)
            if old_tail != tail:
                return None
        if old != new:
            rows.append((old, new))
    numbers = [_number_of(*pair) for pair in rows]
    if None in numbers or not tail or b"mergeCell" in tail or _without_looks(heads[0]) != _without_looks(heads[1]):
        return None
    xml = b"".join((heads[1] or b"", *(_ROW + new for _, new in rows), _END, tail))
    return EditedExcerpt(tuple(number for number in numbers if number), xml)


def _at_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What stands before the first row, then each row; the last with all that follows it."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(_ROW)
        yield from whole
    yield rest


def _number_of(old: bytes, new: bytes) -> int | None:
    """The number of a row in both copies; None where it is not the same, where a cell says another, or where a formula
    might be shared with other rows.
    """
    if any(_MORE.search(row) or not row.endswith(b"</row>") for row in (old, new)):
        return None
    found = [_NUMBER.match(row) for row in (old, new)]
    numbers = {one[1] for one in found if one}.union(*map(_CELL_NUMBER.findall, (old, new)))
    return int(numbers.pop()) if all(found) and len(numbers) == 1 else None


def _without_looks(head: bytes | None) -> bytes:
    return _LOOKS.sub(b"", head or b"")
