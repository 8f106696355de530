"""Which rows an edit can bear on, so that a check that compares rows alike in one field need not look at the others."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell

Ties = Mapping[type[Any], str]
"""By sheet, the field in which rows must be alike to be compared; "line" where each row is judged alone."""


class TouchedPart(NamedTuple):
    """The library with none but the rows an edit can bear on, and the lines these have and had."""

    library: Library
    lines: frozenset[tuple[type[Any], int]]

    def holds(self, cells: Collection[Cell]) -> bool:
        """Whether any of the cells is on these lines."""
        return any((cell.row_type, cell.line) in self.lines for cell in cells)


class EditedRows:
    """The rows that were edited between two readings of the books, as they were and as they are."""

    def __init__(self, library: Library, before: Library, changed: Collection[type[Any]]) -> None:
        self._library = library
        self._rows = {row_type: library[row_type].edited_since(before[row_type]) for row_type in changed}
        self._parts: dict[frozenset[Any], TouchedPart] = {}

    def touched(self, ties: Ties, sheets: Collection[type[Any]]) -> TouchedPart | None:
        """The part of the library that edits of these sheets bear on; None where they are more than edits of rows, or
        the sheet is not tied.
        """
        if not all(row_type in ties and self._rows.get(row_type) for row_type in sheets):
            return None
        key = frozenset({*ties.items(), *sheets})
        if key not in self._parts:
            self._parts[key] = self._part(ties, sheets)
        return self._parts[key]

    def _part(self, ties: Ties, sheets: Collection[type[Any]]) -> TouchedPart:
        edited = [(row_type, row) for row_type in sheets for row in self._rows[row_type] or ()]
        values = {getattr(row, ties[row_type]) for row_type, row in edited}
        tables = [
            self._library[row_type].changed(rows=self._library[row_type].among(field, values))
            for row_type, field in ties.items()
        ]
        lines = {(row_type, row.line) for row_type, row in edited}
        lines |= {(table.declared.row_type, row.line) for table in tables for row in table}
        return TouchedPart(self._library.with_part(*tables), frozenset(lines))
