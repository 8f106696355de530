"""A filled row of a sheet, as adoption looks at it."""

from typing import NamedTuple

from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.tidy import shown


class FilledLine(NamedTuple):
    """A filled row of a sheet: its number there, from 1, and its cells."""

    row: int
    cells: list[CellValue]

    @property
    def text(self) -> str:
        """The row as it reads, cells parted by bars."""
        return " | ".join(text for text in (shown(value).strip() for value in self.cells) if text)

    def cell(self, at: int) -> CellValue:
        """The cell of a column, from 1; blank where the row has none."""
        return self.cells[at - 1] if 0 < at <= len(self.cells) else ""

    def said(self, at: int) -> str:
        """What stands in the cell of a column, from 1; '' where it holds nothing."""
        return shown(self.cell(at)).strip()

    @property
    def alone(self) -> str:
        """What stands in its only filled cell; '' where it has several, or none."""
        texts = (text for value in self.cells if (text := shown(value).strip()))
        # Most lines have several: the second is as far as one need look.
        first, second = next(texts, ""), next(texts, "")
        return "" if second else first

    @property
    def texts(self) -> dict[int, str]:
        """What stands in each filled cell, by column from 1."""
        return {at: text for at, value in enumerate(self.cells, 1) if (text := shown(value).strip())}
