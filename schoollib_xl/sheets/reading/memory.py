"""What was read of a workbook, kept for when the workbook has been saved again."""

from typing import TYPE_CHECKING, Any

from schoollib_xl.sheets.opening.workbook import OpenedWorkbook

if TYPE_CHECKING:
    from schoollib_xl.sheets.opening.imprint import Imprint


class Memory:
    """What the sheets of one workbook held when it was last read, by how each was read; what was not asked for in
    a reading is forgotten with the next.
    """

    def __init__(self) -> None:
        self._imprint: Imprint | None = None
        self._before: dict[str, list[tuple[Any, Any]]] = {}
        self._now: dict[str, list[tuple[Any, Any]]] = {}

    def turn_to(self, opened: OpenedWorkbook) -> None:
        """Begin another reading: forget every sheet that is not exactly as it was. Raises Unusable."""
        imprint = opened.imprint()
        unchanged = imprint.unchanged_since(self._imprint) if imprint and self._imprint else frozenset()
        self._before = {sheet: kept for sheet, kept in self._now.items() if sheet in unchanged}
        self._now, self._imprint = {}, imprint

    def find(self, sheet: str, how: object) -> Any:
        """What the sheet held when it was last read in this way; None where that is not known any more."""
        for known, value in self._before.get(sheet, ()):
            if known == how:
                self.keep(sheet, how, value)
                return value
        return None

    def keep(self, sheet: str, how: object, value: Any) -> None:
        """Remember what the sheet holds, read in this way."""
        self._now.setdefault(sheet, []).append((how, value))
