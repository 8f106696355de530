"""Columns of cells, tidied: each distinct value once, and text that needs no tidying all at once."""

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from schoollib_xl.ledgers.identifiers import BookNumber, ClassNumber
from schoollib_xl.ledgers.schema import Field, Kind
from schoollib_xl.sheets.cells import ERROR_TEXTS, CellValue
from schoollib_xl.sheets.reading.texts import HIDDEN_SIGNS, LEAKED, NOTHING, WHITE_SPACE, ZERO_WIDTH
from schoollib_xl.sheets.reading.tidy import Flawed, longest, tidy

# Whatever sign a text may hold that `tidy` does not leave as it is. A set of signs alone is searched for many times
# faster than with anything beside it, be it \s; words that say nothing are looked up by themselves.
_UNTIDY = {
    Kind.TEXT: re.compile(f"[{HIDDEN_SIGNS}{WHITE_SPACE}{ZERO_WIDTH}'_０-９Ａ-Ｚａ-ｚ]"),
    Kind.IDENTIFIER: re.compile(f"[{HIDDEN_SIGNS}{WHITE_SPACE}{ZERO_WIDTH}'_.０-９Ａ-Ｚａ-ｚ－—–．，：／（）]"),
}
_LONGEST_NOTHING = max(map(len, NOTHING))
# Whatever sign does not belong to a book's number as it is written; cells are parted by bars.
_UNFORMED = re.compile(r"[^0-9X|]")


class Tidied(NamedTuple):
    """What a column holds, and by its place in the column what was flawed."""

    values: Sequence[Any]
    flawed: dict[int, Flawed]


class Columns:
    """Tidies the columns of one workbook; those that hold the same share what has been seen.

    `width` is the school's 个别登记号位数.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._seen: dict[Hashable, _Seen] = {}
        # Each text that needed no tidying, held in memory once: the reader makes another of every cell. Not so numbers
        # of copies, which are too many: to look each of a million up takes longer than what it saves.
        self._texts: defaultdict[Hashable, dict[CellValue, CellValue | None]] = defaultdict(lambda: {"": None})

    def tidied(self, cells: Sequence[CellValue], field: Field) -> Tidied:
        """What `tidy` makes of each cell; where it is `Flawed`, the value taken."""
        if field.nullable and not any(cells) and cells.count("") == len(cells):
            return Tidied([None] * len(cells), {})
        if (texts := self._tidy_texts(cells, field)) is not None:
            return Tidied(texts, {})
        if field.nature not in self._seen:
            self._seen[field.nature] = _Seen(field, self._width)
        seen = self._seen[field.nature]
        values = [*map(seen.__getitem__, cells)]
        if (0 in seen or 1 in seen) and bool in set(map(type, cells)):
            # True equals 1 as a dictionary key, so a tick must not be looked up as a number.
            return self.tidied([str(cell).upper() if isinstance(cell, bool) else cell for cell in cells], field)
        has_flawed = bool(seen.flawed) and not seen.flawed.isdisjoint(cells)
        return Tidied(values, _taken_out(values) if has_flawed else {})

    def _tidy_texts(self, cells: Sequence[CellValue], field: Field) -> Sequence[Any] | None:
        """The cells where all are texts that `tidy` would leave as they are, None for a blank; else None."""
        if field.kind not in _UNTIDY or isinstance(field.identifies, ClassNumber) or field.is_bounded:
            return None
        if field.column.unique or field.is_accession_no:
            is_tidy = _are_tidy(cells, field)
            return (cells if all(cells) else [text or None for text in cells]) if is_tidy else None
        known = self._texts[field.name, field.kind]
        before = len(known)
        values = [*map(known.setdefault, cells, cells)]
        unmet = [*islice(reversed(known), len(known) - before)]
        if not (field.nullable or all(values)) or not _are_tidy(unmet, field):
            for text in unmet:
                del known[text]
            return None
        return values


class _Seen(dict[CellValue, Any]):
    """Each distinct value of the columns that are alike, tidied once."""

    def __init__(self, field: Field, width: int) -> None:
        super().__init__()
        self._field = field
        self._width = width
        self.flawed: set[CellValue] = set()

    def __missing__(self, value: CellValue) -> Any:
        made = tidy(value, self._field, self._width)
        if not isinstance(value, bool):
            self[value] = made
        if isinstance(made, Flawed):
            self.flawed.add(value)
        return made


def _are_tidy(cells: Collection[Any], field: Field) -> bool:
    """Whether all are texts that `tidy` would leave as they are (or blanks where the field may be blank)."""
    if field.column.blanks or ("" in cells and not field.nullable):
        return False
    try:
        text = "|".join(cells)
    except TypeError:  # not all are texts
        return False
    is_book_number = isinstance(field.identifies, BookNumber)
    untidy = _UNFORMED if is_book_number else _UNTIDY[field.kind]
    if untidy.search(text) or ("#" in text and not ERROR_TEXTS.isdisjoint(cells)):
        return False
    if is_book_number:
        return True
    if field.kind is Kind.IDENTIFIER:
        lengths = set(map(len, cells))
        if max(lengths, default=0) > longest(field):
            return False
        # Hardly a number is so short.
        if min(lengths, default=0) <= _LONGEST_NOTHING and not NOTHING.isdisjoint(cells):
            return False
    # There is an n in every word that leaks in for a blank, and hardly one in a book's Chinese.
    return not ("n" in text or "N" in text) or LEAKED.isdisjoint(map(str.lower, cells))


def _taken_out(values: list[Any]) -> dict[int, Flawed]:
    """Put the value taken in place of each flawed one, and name these."""
    flawed = {index: value for index, value in enumerate(values) if isinstance(value, Flawed)}
    for index, value in flawed.items():
        values[index] = value.taken
    return flawed
