"""Cells merged over several rows on a sheet of an open workbook: Excel tells of a range whether it holds any."""

from collections.abc import Iterator
from typing import NamedTuple

import xlwings as xw

from schoollib_xl.sheets.cells import Merge

_MOST_ASKED = 400
"""Questions for one sheet; each takes Excel a millisecond or two, and a merge some thirty."""


class LiveMerges(NamedTuple):
    """The merges, and whether these are all."""

    found: tuple[Merge, ...]
    complete: bool


class _Area(NamedTuple):
    """Rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def halves(self) -> Iterator["_Area"]:
        """Two halves, by rows as long as there are several."""
        if self.top < self.bottom:
            middle = (self.top + self.bottom) // 2
            yield from (self._replace(bottom=middle), self._replace(top=middle + 1))
        elif self.left < self.right:
            middle = (self.left + self.right) // 2
            yield from (self._replace(right=middle), self._replace(left=middle + 1))

    def holds(self, other: "_Area") -> bool:
        """Whether the other lies within."""
        return (self.top <= other.top and other.bottom <= self.bottom) and (
            self.left <= other.left and other.right <= self.right
        )


def merges_of(sheet: xw.Sheet, rows: int, columns: int) -> LiveMerges:
    """The merges over several rows among the first rows and columns, looked for in ever smaller parts."""
    found: set[Merge] = set()
    left = [_Area(1, 1, rows, columns)]
    for _ in range(_MOST_ASKED):
        if not left:
            break
        area = left.pop()
        # None where some cells are merged and some are not.
        if sheet.range((area.top, area.left), (area.bottom, area.right)).merge_cells is False:
            continue
        merged = _merged_with(sheet, area)
        if merged.top < merged.bottom:
            found.add(Merge(merged.top, merged.left, merged.bottom))
        if not merged.holds(area):
            left += area.halves()
    return LiveMerges(tuple(sorted(found)), not left)


def _merged_with(sheet: xw.Sheet, area: _Area) -> _Area:
    """The cells merged with the first of the area; itself where it is not merged."""
    around = sheet.range((area.top, area.left)).merge_area
    rows, columns = around.shape
    return _Area(around.row, around.column, around.row + rows - 1, around.column + columns - 1)
