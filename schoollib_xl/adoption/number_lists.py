"""Numbers of copies as lists write them: one, several, or from one to another."""

import re

_WIDE = str.maketrans("０１２３４５６７８９－—–～至，、；", "0123456789---~~,,;")
_RANGE = re.compile(r"([A-Za-z]{0,4})(\d+)\s*[-~]+\s*(?:\1)(\d+)|([A-Za-z]{1,4})(\d+)\s*[-~]+\s*(\d+)")
_ONE = re.compile(r"[A-Za-z]{0,4}\d+")
# Copies of one title; a longer range is a slip of the pen.
_MOST = 10_000
# The columns that number several copies of a line of a list of books.
SPANS = frozenset({"first_no", "span"})


def numbers_of(text: str) -> tuple[str, ...] | None:
    """The numbers the text lists, in order; None where a piece is neither a number nor a range."""
    numbers: list[str] = []
    for piece in re.split(r"[,;\s]+", re.sub(r"\s*([-~])\s*", r"\1", text.translate(_WIDE).strip())):
        listed = _range(piece) if re.search(r"[-~]", piece) else (piece,) if _ONE.fullmatch(piece) else None
        if listed is None:
            return None
        numbers += listed
    # A lone number with letters is a number as it stands.
    return tuple(numbers) if len(numbers) > 1 or text.strip().isdecimal() else None


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
    if match is None:
        return None
    letters, first, last = match.groups()[:3] if match[2] else match.groups()[3:]
    numbers = between(first, last)
    return tuple(f"{letters}{number}" for number in numbers) if numbers else None
