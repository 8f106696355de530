"""索书号: in which order books stand on a shelf, and which of those scanned stand out of it."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from schoollib_xl.ledgers.accession import AccessionRow

CallNumber = tuple[tuple[tuple[int, str], ...], tuple[int, str]]
"""The class number by its letters, figures and signs, and 书次号."""
_TOKEN = re.compile(r"[A-Z]+|\d+|.")
# 中图法: a number is filed figure by figure; of what may follow it, in this order: -, (), "", =, <>, then other signs.
_SIGNS = '-("=<>:+'


def call_number(copy: AccessionRow) -> CallNumber:
    """What a copy is filed by: the class number figure by figure (I246.5 before I25), then 书次号 as a number."""
    book_no = copy.book_no or ""
    digits = re.match(r"\d+", book_no)
    return _class_number(copy.class_no), (int(digits[0]) if digits else 0, book_no)


def _class_number(class_no: str) -> tuple[tuple[int, str], ...]:
    tokens = _TOKEN.findall(class_no.upper().replace(".", "").replace(" ", ""))
    return tuple((_rank(token), token) for token in tokens)


def _rank(token: str) -> int:
    """Signs stand before figures, so that I24-6 is filed before I246; letters stand first of all."""
    if token.isalpha():
        return 0
    return 100 if token.isdigit() else 1 + (_SIGNS.find(token) if token in _SIGNS else len(_SIGNS))


def out_of_order(keys: Sequence[CallNumber]) -> list[int]:
    """The positions that must be taken out so that the rest are in order: the fewest possible."""
    tails: list[CallNumber] = []
    at_tail: list[int] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        place = bisect_right(tails, key)
        before.append(at_tail[place - 1] if place else -1)
        tails[place : place + 1] = [key]
        at_tail[place : place + 1] = [index]
    kept: set[int] = set()
    index = at_tail[-1] if at_tail else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return [index for index in range(len(keys)) if index not in kept]
