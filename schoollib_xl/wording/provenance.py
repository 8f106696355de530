"""Where a printed figure comes from: its meaning and the cells it was made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, Cell
from schoollib_xl.quotas.indicator import Source
from schoollib_xl.wording.findings import Address, address, column_letters


@dataclass(frozen=True)
class Figure:
    """One figure as a paper prints it. `sources` are the columns it was worked out from, `cells` the single
    cells it was copied from; `as_of` is the cut-off date.
    """

    name: str
    shown: str
    definition: str
    as_of: date
    sources: tuple[Source, ...] = ()
    cells: tuple[Cell, ...] = ()


def places(library: Library, figure: Figure) -> tuple[Address, ...]:
    """Every place a figure comes from, in order, each once: single cells first, then ranges of columns."""
    single = [address(library, cell) for cell in figure.cells]
    ranged = [found for source in figure.sources for found in column_ranges(library, source)]
    return tuple(dict.fromkeys([*single, *ranged]))


def column_ranges(library: Library, source: Source) -> Iterator[Address]:
    """The cells of a source, a range for each of its columns on each sheet: 借阅登记账!B2:B4001."""
    table = library[source.row_type]
    if not table.rows:
        return
    (first, top), (last, bottom) = table.place(table.rows[0].line), table.place(table.rows[-1].line)
    for part in table.parts:
        start = top if part is first else part.header_row + 1
        end = bottom if part is last else LINES_PER_SHEET - 1
        for name in source.fields:
            if name in part.columns:
                letter = column_letters(part.columns[name])
                yield Address(part.sheet_name, f"{letter}{start}:{letter}{end}")
