"""Rows of a list of books that name several titles, one below the other or each in its marks."""

import re
from collections.abc import Iterable, Iterator

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.kinds import BOOKS
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.sheets.reading.tidy import shown

_SAID = (
    "书名一格里写着几种书的有 {count} 行（第一处{first}）：都照一种书收下，册数照写的；"
    "是几种的，在旧表里改成一种一行，再接收一次。"
)
_MARKED = re.compile(r"(?:《[^《》]+》[\s、，,；;和及与]*){2,}等?")
# Beside as many titles stand as many of these.
_OF_EACH = ("accession_no", "span", "barcode", "isbn", "price", "author", "held")


def said_of_several_titles(tables: Iterable[FoundTable]) -> list[str]:
    """A sentence on such rows; none for none."""
    places = [table.place_of(line) for table in tables if table.kind is BOOKS for line in _several(table)]
    return of_many(_SAID, places)


def _several(table: FoundTable) -> Iterator[FilledLine]:
    title = table.columns.get("title", 0)
    others = [table.columns[name] for name in _OF_EACH if name in table.columns]
    for line in table.lines:
        text = shown(line.cell(title))
        titles = _pieces(text)
        are_listed = titles > 1 and any(_pieces(shown(line.cell(at))) == titles for at in others)
        if are_listed or _MARKED.fullmatch(text.strip()):
            yield line


def _pieces(text: str) -> int:
    return sum(bool(piece.strip()) for piece in text.splitlines())
