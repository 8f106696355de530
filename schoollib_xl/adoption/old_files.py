"""What stands in the old files: every table of every sheet, its columns known as far as they can be, and the lines of
the desk beside them.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.blocks import name_groups, parts_of
from schoollib_xl.adoption.class_blocks import carry_classes_down
from schoollib_xl.adoption.columns import recognise_by_content, recognise_of_school
from schoollib_xl.adoption.dated_columns import loans_by_day
from schoollib_xl.adoption.desk_lines import DeskLines, parted, read_journals
from schoollib_xl.adoption.finding import find_tables
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.misleading import correct_by_content
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.own_names import OwnNames
from schoollib_xl.adoption.own_numbers import take_own_numbers
from schoollib_xl.adoption.parameters import recognise_parameters
from schoollib_xl.adoption.privacy import hide_personal
from schoollib_xl.adoption.second_look import join_registers, take_for_copies, with_loans_apart
from schoollib_xl.adoption.serials import drop_serials
from schoollib_xl.adoption.several_books import find_further_columns
from schoollib_xl.adoption.slips import slips
from schoollib_xl.adoption.sources import SourceSheet, read_sources
from schoollib_xl.adoption.spread import join_prices, join_spread
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.adoption.ticked import join_ticks
from schoollib_xl.adoption.written_once import carry_down
from schoollib_xl.sheets.opening.grids import Progress


def tables_of(sources: Iterable[SourceSheet], names: OwnNames, journal: Journal) -> list[FoundTable]:
    """Every table of the sheets, with its columns known as far as they can be."""
    tables: list[FoundTable] = []
    for source in sources:
        tables += with_loans_apart(_tables(source, names))
        if source.remark and source.remark not in journal.assumed:
            journal.assumed.append(source.remark)
    for table in tables:
        take_for_copies(table)
        recognise_by_content(table)
        take_own_numbers(table)
        recognise_parameters(table)
    join_registers(tables)
    journal.assumed += drop_serials(tables)
    correct_by_content(tables)
    for table in tables:
        find_further_columns(table)
    journal.urgent += slips(names, tables)
    hide_personal(tables, journal)
    journal.urgent += loans_by_day(tables)
    journal.assumed += recognise_of_school(tables)
    journal.assumed += carry_classes_down(tables)
    journal.assumed += carry_down(tables)
    return tables


def _tables(source: SourceSheet, names: OwnNames) -> Iterable[FoundTable]:
    name_groups(source.grid)
    joined = join_spread(source.grid) | join_prices(source.grid) | join_ticks(source.grid)
    for label, grid in parts_of(source):
        for table in find_tables(source.file, label, grid, names):
            table.joined = joined
            yield table


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
