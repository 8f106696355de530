"""Where a worksheet has its cells: whether the quick reader can be given it, in which order its XML has them, and
whether it has one twice.
"""

import re
from collections.abc import Iterable
from operator import ge, gt
from pathlib import Path

from schoollib_xl.sheets.opening.markup import FILLED, MAX_COLUMN, MAX_ROW, ROW_NUMBER, Markup, at_cell_ends
from schoollib_xl.sheets.opening.refusing import unsafe

MAX_AREA = MAX_ROW * 27
"""Cells, empty ones included, that the quick reader may lay out; it takes 24 bytes for each."""
_MOST_COMPARED = 2_000_000
"""Cells out of order of which it is asked whether one is written twice; no hand moves so many."""


def is_beyond(markup: Markup) -> bool:
    """Whether a cell stands where no sheet has any."""
    return markup.rows > MAX_ROW or markup.columns > MAX_COLUMN


def is_dangerous(markup: Markup) -> bool:
    """Whether the quick reader might need too much memory for the sheet."""
    return not markup.addressed or markup.rows * markup.columns > max(MAX_AREA, markup.size // 10)


def rows_in_order(path: Path, pieces: Iterable[bytes]) -> bool:
    """Whether the rows, and the cells that hold something, come one after the other, no row twice, as every office
    program writes them.
    """
    last_cell = last_row = 0
    for _, piece in at_cell_ends(path, pieces):
        cells = [last_cell, *(int(digits) for _, digits in re.findall(FILLED, piece))]
        rows = [last_row, *map(int, ROW_NUMBER.findall(piece))]
        if any(map(gt, cells, cells[1:])) or any(map(ge, rows, rows[1:])):
            return False
        last_cell, last_row = cells[-1], rows[-1]
    return True


def written_twice(path: Path, pieces: Iterable[bytes]) -> int | None:
    """The row of the first cell that is written once more, of which readers keep one and drop the other without a word;
    None where there is none. Raises Unusable where there are too many to tell.
    """
    met: set[tuple[bytes, bytes]] = set()
    for _, piece in at_cell_ends(path, pieces):
        for cell in re.findall(FILLED, piece):
            if cell in met:
                return int(cell[1])
            met.add(cell)
        if len(met) > _MOST_COMPARED:
            raise unsafe(path)
    return None
