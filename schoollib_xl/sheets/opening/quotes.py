"""Quotes in a text table that open no field: typed inches, a quote forgotten. One of them would swallow the rows below.

RFC 4180, 2: a quoted field ends with a quote right before the next delimiter or line end, those inside are doubled.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from schoollib_xl.sheets.cells import CellValue

# Private to this module (Unicode, 23.5); no text of a school holds it.
_STRAY = "\uf8ff"
# A field longer than this is refused by the reader of such files.
_LONGEST_FIELD = 131_072
_FEWEST_DELIMITERS = 2


def with_strays_marked(text: str, delimiter: str) -> str:
    """The text with each quote that begins a field without being closed lawfully made a sign of its own; so is one
    whose field would be several whole rows.
    """
    begins, ends = rf"(?:(?<=[{re.escape(delimiter)}\r\n])|\A)", rf"[ \t]*(?=[{re.escape(delimiter)}\r\n]|\Z)"
    if not re.search(rf'{begins}"(?!(?:[^"\r\n]|"")*+"{ends})', text):
        return text
    usual = _usual_delimiters(text, delimiter)

    def settled(field: re.Match[str]) -> str:
        is_lawful = field["closed"] is not None and not _are_rows(field, delimiter, usual)
        return field[0] if is_lawful else field[0].replace('"', _STRAY)

    return re.sub(rf'{begins}"(?P<closed>(?:[^"]|""){{0,{_LONGEST_FIELD}}}+"{ends})?', settled, text)


def with_strays_read(rows: Iterable[list[CellValue]]) -> Iterator[list[CellValue]]:
    """The rows with the marked quotes as quotes again."""
    return ([cell.replace(_STRAY, '"') if isinstance(cell, str) else cell for cell in row] for row in rows)


def _usual_delimiters(text: str, delimiter: str) -> int:
    counts = [number for line in text.splitlines() if (number := line.count(delimiter))]
    return max(counts[0], Counter(counts).most_common(1)[0][0]) if counts else 0


def _are_rows(field: re.Match[str], delimiter: str, usual: int) -> bool:
    """Whether each line the field runs over is a whole row, with as many delimiters as the header and most lines."""
    if "\n" not in field[0] or usual < _FEWEST_DELIMITERS:
        return False
    start = field.string.rfind("\n", 0, field.start()) + 1
    end = field.string.find("\n", field.end())
    lines = field.string[start : end if end >= 0 else None].splitlines()
    return all(line.count(delimiter) == usual for line in lines)
