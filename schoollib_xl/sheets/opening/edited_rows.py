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
    pairs = _unlike(before, now)
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


def _unlike(before: Iterable[bytes], now: Iterable[bytes]) -> Iterator[tuple[bytes | None, bytes | None]]:
    """What stands before the first row in both copies, then each row that is not the same in both; the last in any
    case, with all that follows it. What is alike is compared and passed over as it comes, many rows at once.
    """
    old = new = b""
    is_head = True
    for pieces in zip_longest(before, now, fillvalue=b""):
        old, new = old + pieces[0], new + pieces[1]
        if is_head and _ROW in old and _ROW in new:
            (old_head, _, old), (new_head, _, new) = old.partition(_ROW), new.partition(_ROW)
            yield old_head, new_head
            is_head = False
        if is_head:
            continue
        if old.startswith(new) or new.startswith(old):
            last = min(old, new, key=len).rfind(_ROW)
            alike = last + len(_ROW) if last >= 0 else 0
            old, new = old[alike:], new[alike:]
            continue
        olds, news = old.split(_ROW), new.split(_ROW)
        if abs(len(olds) - len(news)) > _MOST:
            # One copy has ended: the rows of the other need not be put together piece by piece.
            yield None, None
            return
        whole = min(len(olds), len(news)) - 1
        yield from (pair for pair in zip(olds[:whole], news[:whole], strict=True) if pair[0] != pair[1])
        old, new = _ROW.join(olds[whole:]), _ROW.join(news[whole:])
    if is_head:
        yield old, new
    else:
        yield from zip_longest(old.split(_ROW), new.split(_ROW))


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
