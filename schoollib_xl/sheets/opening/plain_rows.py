"""Rows of a worksheet's XML in which nothing hides, as most are: known by what they say besides their figures."""

import re
from collections.abc import Sequence

# What tells apart rows that are written alike: figures, and the bytes of signs beyond ASCII.
_FIGURES = bytes((*b"0123456789.,-", *range(128, 256)))
_ROW_BEGIN, _ROW_END = b'<row r=""', b"</row>"
# Two rows, one after the other: what is longer is found faster.
_BETWEEN = _ROW_END + _ROW_BEGIN
# A row without these, its beginning and its end, as office programs write it: cells up to column Z, each with a number,
# a text or nothing, every tag ended and closed; no error and no formula.
_PLAIN = re.compile(
    rb"""[^<>/']*>(?:<c r="[A-Z]"(?: s="")?(?: t="(?:n|s|str|b|inlineStr)")?"""
    rb"""(?:/>|>(?:<v>[^<>]*</v>|<is><t(?: xml:space="preserve")?>[^<>]*</t></is>)</c>))*"""
)
_MOST_KNOWN = 1 << 10
"""Rows that are remembered so; where texts are in Latin letters hardly two are alike."""
# The number of a row, or the letter of whatever is no cell above row 1,000,000: one below may be one that no sheet has.
# Cells, which are nearly all that begins so, are passed over without trying anything twice.
_NUMBER = re.compile(rb'r="(?![A-Z][0-9]{1,6}+")([0-9]{1,7}|[A-Z])')


class PlainRows:
    """Those of one worksheet: of all that are alike but for their figures one is looked through."""

    def __init__(self) -> None:
        self._known: set[bytes] = set()

    def numbers(self, piece: bytes) -> Sequence[bytes] | None:
        """The numbers of the rows; None where the piece is anything but such rows, each with its end."""
        figureless = piece.translate(None, _FIGURES)
        if not (figureless.startswith(_ROW_BEGIN) and figureless.endswith(_ROW_END)):
            return None
        rows = figureless[len(_ROW_BEGIN) : -len(_ROW_END)].split(_BETWEEN)
        unmet = {*rows} - self._known
        if not all(map(_PLAIN.fullmatch, unmet)):
            return None
        if len(self._known) < _MOST_KNOWN:
            self._known |= unmet
        numbers = _NUMBER.findall(piece)
        return numbers if len(numbers) == len(rows) and max(numbers) < b"A" else None
