"""What was read of a workbook, kept for when the workbook has been saved again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from schoollib_xl.sheets.opening.workbook import OpenedWorkbook

if TYPE_CHECKING:
    from schoollib_xl.sheets.opening.imprint import Imprint
    from schoollib_xl.sheets.opening.zip_entry import PackedPart


class Former(NamedTuple):
    """What a sheet held before it was edited, and the part of the file it was read from."""

    value: Any
    part: "PackedPart"


class Memory:
    """What the sheets of one workbook held when it was last read, by how each was read; what was not asked for in
    a reading is forgotten with the next.
    """

    def __init__(self) -> None:
        self._imprint: Imprint | None = None
        self._before: dict[str, list[tuple[Any, Any]]] = {}
        self._edited: dict[str, list[tuple[Any, Any]]] = {}
        self._former: Mapping[str, PackedPart] = {}
        self._now: dict[str, list[tuple[Any, Any]]] = {}

    def turn_to(self, opened: OpenedWorkbook) -> None:
        """Begin another reading: forget every sheet that is not exactly as it was. Raises Unusable."""
        imprint = opened.imprint()
        unchanged, self._former = imprint.since(self._imprint) if imprint and self._imprint else (frozenset[str](), {})
        self._before = {sheet: kept for sheet, kept in self._now.items() if sheet in unchanged}
        self._edited = {sheet: kept for sheet, kept in self._now.items() if sheet in self._former}
        self._now, self._imprint = {}, imprint

    def find(self, sheet: str, how: object) -> Any:
        """What the sheet held when it was last read in this way; None where that is not known any more."""
        for known, value in self._before.get(sheet, ()):
            if known == how:
                self.keep(sheet, how, value)
                return value
        return None

    def find_former(self, sheet: str, how: object) -> Former | None:
        """What a sheet that was edited since held when it was last read in this way."""
        values = (value for known, value in self._edited.get(sheet, ()) if known == how)
        return next((Former(value, self._former[sheet]) for value in values), None)

    def keep(self, sheet: str, how: object, value: Any) -> None:
        """Remember what the sheet holds, read in this way."""
        self._now.setdefault(sheet, []).append((how, value))
