"""What stands in the old files: every table of every sheet, its columns known as far as they can be, and the lines of
the desk beside them.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.files.blocks import join_pupils, name_groups, parts_of
from schoollib_xl.adoption.files.colours import said_of_colours
from schoollib_xl.adoption.files.desk_lines import DeskLines, parted, read_journals
from schoollib_xl.adoption.files.sources import SourceSheet, read_sources
from schoollib_xl.adoption.forms.finding import find_tables
from schoollib_xl.adoption.forms.legends import write_out_signs
from schoollib_xl.adoption.forms.own_names import OwnNames
from schoollib_xl.adoption.forms.privacy import hide_personal
from schoollib_xl.adoption.forms.slips import slips
from schoollib_xl.adoption.forms.tables import CORRECTION, FoundTable
from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.lending.several_books import find_further_columns
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.rows.written_once import carry_down
from schoollib_xl.adoption.settings.parameters import recognise_forms
from schoollib_xl.adoption.unclear.card_numbers import recognise_cards
from schoollib_xl.adoption.unclear.columns import recognise_by_content, recognise_of_school
from schoollib_xl.adoption.unclear.continued import said_of_continued, with_header_before
from schoollib_xl.adoption.unclear.cut_days import settle_cut_days
from schoollib_xl.adoption.unclear.dashed_numbers import settle_dashed_numbers
from schoollib_xl.adoption.unclear.dated_columns import with_grids_apart
from schoollib_xl.adoption.unclear.days_turned import settle_turned_days
from schoollib_xl.adoption.unclear.decimal_commas import settle_decimal_commas
from schoollib_xl.adoption.unclear.further_borrowers import with_further_borrowers
from schoollib_xl.adoption.unclear.how_many import drop_counts_of_titles, said_of_uncounted, take_counts
from schoollib_xl.adoption.unclear.misleading import correct_by_content, take_own_numbers
from schoollib_xl.adoption.unclear.row_numbers import said_of_gaps
from schoollib_xl.adoption.unclear.second_look import (
    join_registers,
    take_for_copies,
    take_for_logs,
    take_for_rosters,
    with_loans_apart,
)
from schoollib_xl.adoption.unclear.serials import drop_serials
from schoollib_xl.adoption.unclear.several_titles import said_of_several_titles
from schoollib_xl.adoption.unclear.spread import join_prices, join_spread
from schoollib_xl.adoption.unclear.ticked import join_ticks
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import Progress
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH

_FIGURE = re.compile(r"\d")
_CORRECTED = "旧表里更正、作废的话 {count} 行（第一处{first}），没有照着改：先在旧表里改好那一行，再接收一次。"


def tables_of(sources: Iterable[SourceSheet], names: OwnNames, journal: Journal) -> list[FoundTable]:
    """Every table of the sheets, with its columns known as far as they can be. Each stage leaves as it is what those
    before it have settled.
    """
    tables: list[FoundTable] = []
    continued: list[FoundTable] = []
    for source in sources:
        parts = with_header_before(_tables(source, names), tables, continued)
        found = [*with_further_borrowers(with_loans_apart(parts))]
        tables += found
        urgent, assumed = said_of_colours(source, found)
        journal.urgent += urgent
        journal.assumed += assumed
        told = journal.urgent if source.is_refused else journal.assumed
        if source.remark and source.remark not in told:
            told.append(source.remark)
    journal.assumed += said_of_continued(continued)
    settle_kinds(tables)
    write_out_signs(tables, journal)
    journal.assumed += settle_columns(tables)
    tables = list(with_grids_apart(tables, journal))
    # What nobody may see is gone before anything is said of a cell, or carried to another.
    hide_personal(tables, journal)
    journal.assumed += settle_cells(tables)
    journal.urgent += [
        *slips(names, tables),
        *_corrections(tables),
        *said_of_uncounted(tables),
        *said_of_several_titles(tables),
    ]
    return tables


def _corrections(tables: Iterable[FoundTable]) -> list[str]:
    lines = [
        f"{table.place_of(one.line)}“{one.line.text}”"
        for table in tables
        for one in table.non_entries
        if one.reason == CORRECTION
    ]
    return of_many(_CORRECTED, lines)


def settle_kinds(tables: Sequence[FoundTable]) -> None:
    """Settle which list each table is. Each way looks at tables of another kind, so that none waits for another."""
    take_for_copies(tables)
    take_for_rosters(tables)
    take_for_logs(tables)
    join_registers(tables)
    recognise_forms(tables)


def settle_columns(tables: Sequence[FoundTable]) -> list[str]:
    """Settle which column holds which field; what is said of them. First a column tells by its own cells, then beside
    the others of its table, then by the other lists; what is left may be of further books of the row.
    """
    recognise_by_content(tables)
    recognise_cards(tables)
    take_own_numbers(tables)
    said = list(drop_serials(tables))
    correct_by_content(tables)
    said += settle_decimal_commas(tables)
    take_counts(tables)
    said += drop_counts_of_titles(tables)
    find_further_columns(tables)
    settle_dashed_numbers(tables)
    return [*said, *said_of_gaps(tables)]


def settle_cells(tables: Sequence[FoundTable]) -> list[str]:
    """Settle what blank cells mean, which columns say nothing of their line, and, once no day is left blank, which days
    numbers mean; what is said of them.
    """
    said = [*recognise_of_school(tables), *settle_turned_days(tables)]
    return [*said, *carry_down(tables), *settle_cut_days(tables)]


def _tables(source: SourceSheet, names: OwnNames) -> Iterable[FoundTable]:
    name_groups(source.grid)
    join_pupils(source.grid)
    joined = _join(source.grid)
    for label, grid in parts_of(source):
        for table in find_tables(source.file, label, grid, names):
            table.joined = joined
            yield table


def _join(grid: Grid) -> dict[int, int]:
    """Put together what stands on several columns, under the headers of every page of a list; each column that was put
    into another (from 1), and that one.
    """
    rows = [_as_header(row, above) for above, row in pairwise([[], *grid])]
    first = {row: at for at, row in reversed([*enumerate(rows[:HEADER_DEPTH])]) if row}
    before = [[*row] for row in grid[:HEADER_DEPTH]]
    joined = join_spread(grid) | join_prices(grid) | join_ticks(grid)
    for page, row in enumerate(rows) if joined else ():
        if (of := first.get(row, page)) < page:
            for at, (was, now) in enumerate(zip(before[of], grid[of], strict=False)):
                if was != now and at < len(grid[page]):
                    grid[page][at] = now
    return joined


def _as_header(row: Sequence[CellValue], above: Sequence[CellValue]) -> tuple[CellValue, ...]:
    """The cells of a row that may be headers, those merged with the row above left out; none of others."""
    own = tuple("" if at < len(above) and above[at] == value else value for at, value in enumerate(row))
    words = [value for value in own if value != ""]
    return own if len(words) > 1 and all(isinstance(one, str) and not _FIGURE.search(one) for one in words) else ()


class FoundTables(NamedTuple):
    """What stands in the old files: tables, and lines of the desk that are not in any ledger yet; `journal` knows how
    the files were read.
    """

    tables: list[FoundTable]
    desks: list[DeskLines]
    journal: Journal


def find(paths: Sequence[Path], options: Options, progress: Progress | None = None) -> FoundTables:
    """Look at the files; `progress` is told each sheet as it begins.

    Raises Unusable for a file that cannot be read.
    """
    journal = Journal()
    files, journals = parted(paths)
    tables = tables_of(read_sources(files, progress), options.names, journal)
    return FoundTables(tables, read_journals(journals, paths, journal), journal)
