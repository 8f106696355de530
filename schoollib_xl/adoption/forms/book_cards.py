"""Cards of one book each, as they stand in its pocket: 书名：红岩 | 登记号：0001, and below who borrowed it when."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schoollib_xl.adoption.forms.headers import has_header
from schoollib_xl.adoption.forms.kinds import BOOKS
from schoollib_xl.adoption.forms.reader_cards import reader_over
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.recognising import plain_header

_LABELLED = re.compile(r"\s*([^\s:：]{2,8})\s*[:：]\s*(\S.*?)\s*")
_TELLING = ("accession_no", "title")
# What a card says of its book stands on so many lines at most.
_MOST_LINES = 4


class BookCards(NamedTuple):
    """A sheet of cards as two: the loans with the book of each, and the books, each on the row its loans begin at."""

    loans: Grid
    books: Grid


class _Card(NamedTuple):
    """A card: the index of its first row, that of the header of its loans, or of its last row where it has none."""

    first: int
    place: int
    has_loans: bool
    said: dict[str, str]


def book_cards(grid: Grid) -> BookCards | None:
    """The two sheets that a sheet of cards is; None for any other. Rows stay where they were."""
    cards = list(_cards(grid))
    if not any(card.has_loans for card in cards) or cards[0].place == cards[0].first:
        return None
    labels = list(dict.fromkeys(label for card in cards for label in card.said))
    telling = [label for label in labels if _field(label) in _TELLING]
    width = max(map(len, grid))
    loans = [list(row) for row in grid]
    books: Grid = [[] for _ in grid]
    books[cards[0].first] = list(labels)
    ends = [*(card.first for card in cards[1:]), len(grid)]
    for card, end in zip(cards, ends, strict=True):
        books[card.place] = [card.said.get(label, "") for label in labels]
        begin = card.place if card.has_loans else card.place + 1
        loans[card.first : begin] = [[] for _ in range(card.first, begin)]
        for at in range(begin, end):
            if card.has_loans and not is_blank(loans[at]):
                own = telling if at == begin else [card.said.get(label, "") for label in telling]
                loans[at] = [*loans[at], *[""] * (width - len(loans[at])), *own]
    return BookCards(loans, books)


def _cards(grid: Grid) -> Iterator[_Card]:
    at = 0
    while at < len(grid):
        said = _said(grid[at])
        below = at + 1
        if any(_field(label) in _TELLING for label in said):
            while below < len(grid) and below - at < _MOST_LINES and (more := _said(grid[below])):
                said |= more
                below += 1
            has_loans = below < len(grid) and _heads_loans(grid[below])
            yield _Card(at, below if has_loans else below - 1, has_loans, said)
        at = below


def _said(row: Sequence[CellValue]) -> dict[str, str]:
    """What a row says of one book, by label; nothing where it says anything else as well."""
    said: dict[str, str] = {}
    for value in row:
        if value == "":
            continue
        match = _LABELLED.fullmatch(value) if isinstance(value, str) else None
        if match is None or match[1] in said:
            return {}
        said[match[1]] = match[2]
    return said


def heads_card(header: Sequence[CellValue], above: Grid) -> bool:
    """Whether a row heads the loans of a card, whose reader or book stands above."""
    said = [" | ".join(value for value in row if isinstance(value, str) and value) for row in above]
    is_of_reader = any(map(reader_over, said)) and has_header([*header, "姓名"], "")
    is_of_book = any(_field(label) in _TELLING for row in above for label in _said(row)) and _heads_loans(header)
    return is_of_reader or is_of_book


def _heads_loans(row: Sequence[CellValue]) -> bool:
    """Whether a row heads loans that lack nothing but the book."""
    return not has_header(row, "") and has_header([*row, "书名"], "")


def _field(label: str) -> str:
    return next(iter(BOOKS.called(plain_header(label))), "")
