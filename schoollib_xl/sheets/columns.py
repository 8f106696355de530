"""Whole columns of cells, tidied: each distinct value once, and text that needs no tidying in one go."""

import re
from collections.abc import Hashable, Sequence
from typing import Any

from schoollib_xl.ledgers.schema import Field, Kind
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.tidy import Flawed, tidy

# What text may hold that `tidy` does not leave as it is; the rest it does.
_UNTIDY = {
    Kind.TEXT: re.compile("[\\s'_０-９Ａ-Ｚａ-ｚ\u200b\ufeff]"),
    Kind.IDENTIFIER: re.compile("[\\s'_.０-９Ａ-Ｚａ-ｚ\u200b\ufeff－—–．，：／（）]"),
}
# Stands in no XML, and so in no cell.
_BETWEEN = "\0"


class Columns:
    """Tidies the columns of one workbook; those that hold the same share what has been seen.

    `width` is the school's 个别登记号位数.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._seen: dict[Hashable, _Seen] = {}

    def tidied(self, cells: Sequence[CellValue], field: Field) -> tuple[list[Any], bool]:
        """What `tidy` makes of each cell, and whether any is `Flawed`."""
        distinct = set(cells)
        if not distinct.isdisjoint((0, 1)) and bool in set(map(type, cells)):
            # True equals 1 as a dictionary key, so a tick must not be looked up as a number.
            return self.tidied([str(cell).upper() if isinstance(cell, bool) else cell for cell in cells], field)
        seen = self._seen.get(field.nature) or self._seen.setdefault(field.nature, _Seen(field, self._width))
        seen.take_clean(distinct)
        values = [*map(seen.__getitem__, cells)]
        return values, not seen.flawed.isdisjoint(distinct)


class _Seen(dict[CellValue, Any]):
    """Each distinct value of the columns that are alike, tidied once."""

    def __init__(self, field: Field, width: int) -> None:
        super().__init__()
        self._field = field
        self._width = width
        self.flawed: set[CellValue] = set()
        # A blank is never text, wherever it is first met.
        self.__missing__("")

    def __missing__(self, value: CellValue) -> Any:
        made = self[value] = tidy(value, self._field, self._width)
        if isinstance(made, Flawed):
            self.flawed.add(value)
        return made

    def take_clean(self, values: set[CellValue]) -> None:
        """Take text that has nothing to tidy as it is, at a fraction of what asking one by one costs."""
        untidy = _UNTIDY.get(self._field.kind)
        if untidy is None:
            return
        texts = [value for value in values if value not in self and isinstance(value, str)]
        if untidy.search(_BETWEEN.join(texts)):
            texts = [text for text in texts if not untidy.search(text)]
        self.update(zip(texts, texts, strict=True))
