"""The cells of one table row in three versions, although she may have added, deleted or merged columns."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from schoollib_xl.documents.filling.markup import W_P, W_TC, own_text
from schoollib_xl.documents.regeneration.merging import MergeItem, pair

Lines = list[tuple[etree._Element, str, str]]
"""Paragraphs of her cell, each with what was and what is now generated in it."""


class CellRow(NamedTuple):
    """A row of hers; ``place`` says in which of her cells a generated column stands."""

    element: etree._Element
    base: tuple[str, ...]
    new: tuple[str, ...]
    place: dict[int, int]
    new_element: etree._Element

    def changed(self) -> Iterator[tuple[int, Lines | None]]:
        """Yield the columns that say something new, with their lines; None where her cells cannot be told apart."""
        for column in self._columns():
            if column not in self.place:
                if self._is_merged():
                    yield column, None
            elif (lines := self._lines(column)) is not None:
                yield column, lines

    def rewritten(self) -> Iterator[int]:
        """Yield the columns that have another number of lines now; her cell takes them as a whole."""
        return (column for column in self._columns() if column in self.place and self._lines(column) is None)

    def her_cell(self, column: int) -> etree._Element:
        """Return the cell of hers."""
        return list(self.element.iter(W_TC))[self.place[column]]

    def new_cell(self, column: int) -> etree._Element:
        """Return the cell generated now."""
        return list(self.new_element.iter(W_TC))[column]

    def _columns(self) -> list[int]:
        return [at for at, (old, new) in enumerate(zip(self.base, self.new, strict=False)) if old != new]

    def _is_merged(self) -> bool:
        return len(list(self.element.iter(W_TC))) < len(self.base)

    def _lines(self, column: int) -> Lines | None:
        paragraphs = list(self.her_cell(column).iter(W_P))
        old, new = self.base[column].split("⏎"), self.new[column].split("⏎")
        if len(paragraphs) == len(old) == len(new):
            return list(zip(paragraphs, old, new, strict=True))
        is_hers = [own_text(paragraph) for paragraph in paragraphs] != old
        return [(paragraphs[0], self.base[column], self.new[column])] if is_hers else None


def row_of(
    element: etree._Element,
    base: tuple[str, ...],
    new: tuple[str, ...],
    heads: tuple[Sequence[str], Sequence[str]],
    new_element: etree._Element,
) -> CellRow:
    """Find the generated columns in a row of hers, by the headings of both tables."""
    cells = len(list(element.iter(W_TC)))
    if cells == len(heads[1]):
        place = pair([MergeItem(head, head) for head in heads[0]], [MergeItem(head, head) for head in heads[1]])
    else:
        texts = ["⏎".join(own_text(p) for p in cell.iter(W_P)) for cell in element.iter(W_TC)]
        place = pair([MergeItem(cell, cell) for cell in base], [MergeItem(text, text) for text in texts])
    return CellRow(
        element, base, new, place if cells != len(base) or len(place) < len(base) else _same(base), new_element
    )


def _same(base: Sequence[str]) -> dict[int, int]:
    return {column: column for column in range(len(base))}
