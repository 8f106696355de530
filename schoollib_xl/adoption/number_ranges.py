"""Accession numbers as they are listed: one, several, or a range with its end cut short (20295403-5408)."""

import re

_WIDE = str.maketrans("０１２３４５６７８９－—–～至，、；", "0123456789---~~,,;")
_RANGE = re.compile(r"(\d+)\s*[-~]+\s*(\d+)")
# Copies of one title; a longer range is a slip of the pen.
_MOST = 10_000


def numbers_of(text: str) -> tuple[str, ...] | None:
    """The numbers the text lists, in order; None where a piece is neither a number nor a range."""
    numbers: list[str] = []
    for piece in re.split(r"[,;\s]+", re.sub(r"\s*([-~])\s*", r"\1", text.translate(_WIDE).strip())):
        listed = _range(piece) if re.search(r"[-~]", piece) else (piece,) if piece.isdecimal() else None
        if listed is None:
            return None
        numbers += listed
    return tuple(numbers)


def between(first: str, last: str) -> tuple[str, ...] | None:
    """The numbers from first to last, both included; the digits `last` leaves out are those of `first`."""
    if not (first.isdecimal() and last.isdecimal()) or len(last) > len(first):
        return None
    end = int(first[: len(first) - len(last)] + last)
    if not 0 <= end - int(first) < _MOST:
        return None
    return tuple(str(number).zfill(len(first)) for number in range(int(first), end + 1))


def _range(piece: str) -> tuple[str, ...] | None:
    match = _RANGE.fullmatch(piece)
    return between(match[1], match[2]) if match else None
