"""Marks around the figures of a paper while it is filled, by which each is found again where it came to stand.

A mark is made of characters of private use that no school types; none of them is left in a filled paper.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from schoollib_xl.documents.filling.markup import own_text, paragraphs, write_span

_BEGIN, _SHOWN, _END, _ZERO = "\U000f0000", "\U000f0001", "\U000f0002", 0xF0010
_MARK = re.compile(f"{_BEGIN}([{chr(_ZERO)}-{chr(_ZERO + 9)}]+){_SHOWN}(.*?){_END}", re.DOTALL)


class Spot(NamedTuple):
    """Where a figure stands: its number among the paper's figures, the paragraph's whole text, from where to where."""

    number: int
    text: str
    start: int
    end: int


def marked(text: str, number: int) -> str:
    """The text with a mark that says which figure it is."""
    return f"{_BEGIN}{''.join(chr(_ZERO + int(digit)) for digit in str(number))}{_SHOWN}{text}{_END}"


def unmarked(text: str) -> str:
    """The text without its marks."""
    return _MARK.sub(r"\2", text)


def take_marks(root: etree._Element) -> Iterator[Spot]:
    """Take every mark out of the paragraphs below the root; where each figure stands from now on."""
    for paragraph in paragraphs(root):
        text = own_text(paragraph)
        found = list(_MARK.finditer(text))
        for match in reversed(found):
            write_span(paragraph, match.end(2), match.end(), "")
            write_span(paragraph, match.start(), match.start(2), "")
        yield from _spots(unmarked(text), found)


def _spots(text: str, found: list[re.Match[str]]) -> Iterator[Spot]:
    gone = 0
    for match in found:
        start = match.start() - gone
        yield Spot(_number(match[1]), text, start, start + len(match[2]))
        gone += len(match[0]) - len(match[2])


def _number(digits: str) -> int:
    return int("".join(str(ord(digit) - _ZERO) for digit in digits))
