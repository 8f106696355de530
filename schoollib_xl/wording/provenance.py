"""Where a printed figure comes from: its meaning and the cells it was made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, Cell
from schoollib_xl.quotas.indicator import SourceColumns
from schoollib_xl.wording.places import Address, address, column_letters
from schoollib_xl.wording.zh import runs_said


class Counted(NamedTuple):
    """Rows of one sheet that were counted, or one of whose columns was added up (`adds`, a field's name), with the
    filter that finds them, in words.
    """

    row_type: type[Any]
    lines: tuple[int, ...]
    words: str
    adds: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure as a paper prints it. `sources` are the columns it was worked out from, `cells` the single
    cells it was copied from, `counted` the very rows; `as_of` is the cut-off date.
    """

    name: str
    shown: str
    definition: str
    as_of: date
    sources: tuple[SourceColumns, ...] = ()
    cells: tuple[Cell, ...] = ()
    counted: tuple[Counted, ...] = ()


def places(library: Library, figure: Figure) -> tuple[Address, ...]:
    """Every place a figure comes from, in order, each once: single cells first, then ranges of columns."""
    single = [address(library, cell) for cell in figure.cells]
    ranged = [found for source in figure.sources for found in column_ranges(library, source)]
    return tuple(dict.fromkeys([*single, *ranged]))


class RowRanges(NamedTuple):
    """The rows counted on one sheet: 2—30、35, runs put together; how many they are, and the first of them."""

    sheet: str
    runs: str
    number: int
    first: int


def row_ranges(library: Library, counted: Counted) -> list[RowRanges]:
    """The rows counted, sheet by sheet of the ledger."""
    table = library[counted.row_type]
    by_sheet: dict[str, list[int]] = {}
    for line in counted.lines:
        part, row = table.place(line)
        by_sheet.setdefault(part.sheet_name, []).append(row)
    return [RowRanges(sheet, runs_said(rows), len(rows), min(rows)) for sheet, rows in by_sheet.items()]


def source_sentence(library: Library, figure: Figure) -> str:
    """What a figure means, and the rows it was counted from: 人均借书：…借阅登记账1799行（借出日期在…）。"""
    told = [f"{figure.name}：{figure.definition}"]
    counted = [(rows, one.words) for one in figure.counted for rows in row_ranges(library, one)]
    told += [f"{rows.sheet}{rows.number}行（{words}）。" for rows, words in counted]
    if not figure.counted:
        told += [f"{place}。" for place in places(library, figure)]
    return "".join(told)


def counted_header(library: Library, counted: Counted) -> str:
    """The header of the column that was added up, '' where rows were counted."""
    return library[counted.row_type].declared.by_name[counted.adds].header if counted.adds else ""


def column_ranges(library: Library, source: SourceColumns) -> Iterator[Address]:
    """The cells of a source, a range for each of its columns on each sheet: 借阅登记账!B2:B4001."""
    table = library[source.row_type]
    if not table.rows:
        return
    (first, top), (last, bottom) = table.place(table.rows[0].line), table.place(table.rows[-1].line)
    for part in table.parts:
        start = top if part.sheet_name == first.sheet_name else part.header_row + 1
        end = bottom if part.sheet_name == last.sheet_name else LINES_PER_SHEET - 1
        for name in source.fields:
            for upper, lower, columns in part.stretches(start, end):
                if name in columns:
                    letter = column_letters(columns[name])
                    yield Address(part.sheet_name, f"{letter}{upper}:{letter}{lower}")
