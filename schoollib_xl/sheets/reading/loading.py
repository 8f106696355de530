"""A workbook file into a library: its sheets in the order they are read, and what the school is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS, SHEETS_BY_NAME
from schoollib_xl.ledgers.schema import SHEETS, Group
from schoollib_xl.ledgers.school import DEFAULT_WIDTH, SETTINGS, School
from schoollib_xl.ledgers.supporting.office import MappingRow, SettingRow
from schoollib_xl.ledgers.table import FlawedCell, LedgerTable, Oddity, OddPlace
from schoollib_xl.sheets.cells import Block, Grid
from schoollib_xl.sheets.opening.grids import Progress
from schoollib_xl.sheets.opening.one_state import of_one_state
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.workbook import OpenedWorkbook, open_workbook
from schoollib_xl.sheets.own_sheets import HOLD_NO_BOOKS
from schoollib_xl.sheets.reading.assigning import Assigned, assign
from schoollib_xl.sheets.reading.batch_numbers import with_batch_numbers
from schoollib_xl.sheets.reading.clock import computers_day, refuse_before_the_books, said_of_the_clock
from schoollib_xl.sheets.reading.columns import Columns
from schoollib_xl.sheets.reading.copied_sheets import without_copies
from schoollib_xl.sheets.reading.copy_numbers import with_copy_numbers, with_zeros
from schoollib_xl.sheets.reading.dittos import with_dittos
from schoollib_xl.sheets.reading.headerless import other_people
from schoollib_xl.sheets.reading.memory import Memory, remembered
from schoollib_xl.sheets.reading.own_names import with_slips, with_unmet_names
from schoollib_xl.sheets.reading.postal_codes import with_codes_of_the_paper
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, Names, plain
from schoollib_xl.sheets.reading.rows import PartRead, PartReader, join
from schoollib_xl.sheets.reading.terms import with_terms
from schoollib_xl.sheets.reading.tidy import Flawed, tidy
from schoollib_xl.sheets.reading.years import with_years


class Loaded(NamedTuple):
    """A library and what its file format or the computer's clock leaves in doubt ('' where nothing is)."""

    library: Library
    cannot_tell: str


def load(path: Path, as_of: date | None, progress: Progress | None = None, memory: Memory | None = None) -> Loaded:
    """Read every known sheet of the workbook; `as_of` defaults to 截止日期, else to today. With the memory of an
    earlier reading, the sheets that are as they were are not read again.

    Raises Unusable where the file cannot be read or holds none of the seven ledgers, or begins after `as_of` or long
    after the day of the computer.
    """

    def read(place: Path) -> Loaded:
        with open_workbook(place) as opened:
            return read_books(opened, as_of, progress, memory)

    return of_one_state(path, read)


def read_books(
    opened: OpenedWorkbook, as_of: date | None, progress: Progress | None = None, memory: Memory | None = None
) -> Loaded:
    """Read every known sheet of a workbook that is open; as `load`.

    Raises Unusable where a sheet cannot be read or none is one of the seven ledgers, or where they begin after
    `as_of`.
    """
    if memory:
        memory.turn_to(opened)
    reading = _Reading(opened, memory or Memory(), progress)
    names = _own_names(reading)
    assigned = assign(opened.sheet_names, reading.top, names)
    if not any(ledger.name in assigned.parts for ledger in LEDGERS):
        raise Unusable(
            f"《{opened.path.name}》里没有找到七本账中的任何一本；是还没有接收过的旧表、名单，先接收旧账；"
            "是账册，表名或栏名和本校的不一样时，加一张“账册对照”表。"
        )
    settings = reading.tables({SHEETS[SettingRow].name: assigned.parts.get("基本信息", [])}, 0, names)
    # An empty table is false, and yet it is there.
    settings_table, school = school_of(settings.get("基本信息", LedgerTable(SHEETS[SettingRow])))
    day = as_of or school.cut_off or computers_day()
    wanted = {name: parts for name, parts in assigned.parts.items() if name != "基本信息"}
    read = with_dittos(reading.tables(wanted, school.number_width, names).values())
    dated = with_terms(with_years(read, max(day, school.cut_off or day)), school.school_year)
    named = with_batch_numbers(with_copy_numbers(with_zeros(with_codes_of_the_paper(map(with_slips, dated)))))
    if assigned.notes:
        # Workbooks that hold nothing else need no such thing.
        from schoollib_xl.sheets.reading.unknown_tables import books_among

        assigned = assigned.telling(books_among(assigned.notes, named, reading.top))
    tables = with_unmet_names([settings_table, *named, *_missing(assigned)], opened.sheet_names, reading.top)
    left_over = other_people(assigned.left_over, tables, reading.top, names)
    if SHEETS[MappingRow].name in left_over:
        # Few workbooks have a sheet that nobody knows.
        from schoollib_xl.sheets.reading.other_entries import with_other_entries

        left_over = with_other_entries(left_over, tables, reading.top, names, school.number_width)
    library = Library(_with(left_over, tables), school, day)
    refuse_before_the_books(library, as_of)
    return Loaded(
        library, opened.cannot_tell + opened.said_of_damage(HOLD_NO_BOOKS) + said_of_the_clock(library, as_of)
    )


def _own_names(reading: "_Reading") -> Names:
    mapping = SHEETS[MappingRow]
    own = [name for name in reading.opened.sheet_names if plain(name).startswith(mapping.name)]
    table = reading.tables({mapping.name: sorted(own, key=len)[:1]}, 0, Names()).get(mapping.name)
    return Names.of(table) if table else Names()


class _Reading(NamedTuple):
    """A workbook being read: what it is, what is remembered of it, and who is told of each sheet."""

    opened: OpenedWorkbook
    memory: Memory
    progress: Progress | None

    def top(self, sheet: str) -> Grid:
        """The rows of a sheet among which its header must stand."""
        found: Grid | None = self.memory.find(sheet, "top")
        if found is None:
            found = self.opened.first_rows(sheet, HEADER_DEPTH)
            self.memory.keep(sheet, "top", found)
        return found

    def tables(self, wanted: dict[str, list[str]], width: int, names: Names) -> dict[str, LedgerTable[Any]]:
        """The ledgers wanted, each from its sheets."""
        where = {sheet: (name, index) for name, sheets in wanted.items() for index, sheet in enumerate(sheets)}
        reads: dict[str, dict[int, PartRead]] = defaultdict(dict)
        for sheet, read in self._parts(where, width, names):
            name, index = where[sheet]
            reads[name][index] = read
        parts = {name: without_copies([found[i] for i in sorted(found)]) for name, found in reads.items()}
        return {name: join(SHEETS_BY_NAME[name], own) for name, own in parts.items()}

    def _parts(self, where: Mapping[str, tuple[str, int]], width: int, names: Names) -> Iterator[tuple[str, PartRead]]:
        columns = Columns(width)
        readers = {sheet: PartReader(SHEETS_BY_NAME[name], columns, names) for sheet, (name, _) in where.items()}
        known = {
            sheet: remembered(self.opened, self.memory, sheet, (*place, width, names), readers[sheet])
            for sheet, place in where.items()
        }
        yield from ((sheet, read) for sheet, read in known.items() if read)

        def made(sheet: str, blocks: Iterator[Block]) -> PartRead:
            return readers[sheet].read(sheet, blocks, where[sheet][1], self.opened.merges(sheet))

        for sheet, read in self.opened.made_of([sheet for sheet in known if not known[sheet]], made, self.progress):
            self.memory.keep(sheet, (*where[sheet], width, names), read)
            yield sheet, read


def school_of(table: LedgerTable[SettingRow]) -> tuple[LedgerTable[SettingRow], School]:
    """The settings as one value, and the sheet as it was read; a setting that cannot be is a flawed cell of it."""
    values: dict[str, Any] = {}
    rows, flaws = list(table), list(table.flaws)
    for index, row in enumerate(table):
        setting = SETTINGS.get(row.item)
        if setting is None or row.value is None:
            continue
        taken = tidy(row.value, setting, DEFAULT_WIDTH)
        if isinstance(taken, Flawed):
            flaws.append(FlawedCell(row.line, "value", taken.flaw, taken.text, taken.taken))
            taken = taken.taken
        if taken is not None:
            values[setting.name] = taken
            read = float(taken) if isinstance(taken, Decimal) else taken
            rows[index] = row if read == row.value else row._replace(value=read)
    return table.changed(rows=rows, flaws=flaws), School(**values)


def _missing(assigned: Assigned) -> Iterable[LedgerTable[Any]]:
    for declared in ALL_SHEETS:
        if declared.name not in assigned.parts and declared.group is not Group.OPTIONAL:
            yield LedgerTable(declared, oddities=[OddPlace(Oddity.MISSING_SHEET)])
        elif declared.name not in assigned.parts and declared.name in assigned.left_over:
            yield LedgerTable(declared)


def _with(left_over: Mapping[str, list[OddPlace]], tables: Iterable[LedgerTable[Any]]) -> Iterable[LedgerTable[Any]]:
    for table in tables:
        odd = left_over.get(table.declared.name)
        yield table.changed(oddities=[*odd, *table.oddities]) if odd else table
