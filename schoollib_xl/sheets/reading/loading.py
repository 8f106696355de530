"""A workbook file into a library: which sheets to read, in which order, and what the school is."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS
from schoollib_xl.ledgers.schema import SHEETS, Group
from schoollib_xl.ledgers.school import SETTINGS, School
from schoollib_xl.ledgers.supporting.office import MappingRow, SettingRow
from schoollib_xl.ledgers.table import FlawedCell, Oddity, OddPlace, Table
from schoollib_xl.sheets.opening.vetting import Unusable
from schoollib_xl.sheets.opening.workbook import OpenedWorkbook, open_workbook
from schoollib_xl.sheets.reading.columns import Columns
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, Names, declared_for, plain, recognised_by_content
from schoollib_xl.sheets.reading.rows import PartReader, join
from schoollib_xl.sheets.reading.tidy import Flawed, tidy

_DEFAULT_WIDTH = 6
_FIRST = (MappingRow, SettingRow)
Progress = Callable[[str], None]


class Loaded(NamedTuple):
    """A library and what its file format cannot tell ('' where it tells everything)."""

    library: Library
    cannot_tell: str


class _Assigned(NamedTuple):
    """Which Excel sheets hold each ledger, in order, and which were left over as doubles."""

    parts: dict[str, list[str]]
    doubled: dict[str, list[str]]


def load(path: Path, as_of: date | None, progress: Progress | None = None) -> Loaded:
    """Read every known sheet of the workbook; `as_of` defaults to 截止日期, else to today.

    Raises Unusable where the file cannot be read or holds none of the seven ledgers.
    """
    with open_workbook(path) as opened:
        names = _own_names(opened)
        assigned = _assign(opened, names)
        settings = _read(opened, {SHEETS[SettingRow].name: assigned.parts.get("基本信息", [])}, 0, names)
        settings_table, school = _school(settings.get("基本信息") or Table(SHEETS[SettingRow]))
        width = school.accession_width or _DEFAULT_WIDTH
        wanted = {name: parts for name, parts in assigned.parts.items() if name != "基本信息"}
        read = _read(opened, wanted, width, names, progress)
    tables = [settings_table, *read.values(), *_missing(assigned)]
    library = Library(_with_doubles(tables, assigned), school, as_of or school.cut_off or date.today())
    return Loaded(library, opened.cannot_tell)


def _own_names(opened: OpenedWorkbook) -> Names:
    mapping = SHEETS[MappingRow]
    own = [name for name in opened.sheet_names if plain(name) == mapping.name]
    table = _read(opened, {mapping.name: own[:1]}, 0, Names()).get(mapping.name)
    return Names.of(table) if table else Names()


def _assign(opened: OpenedWorkbook, names: Names) -> _Assigned:
    numbered: dict[str, list[tuple[int, str]]] = defaultdict(list)
    doubled: dict[str, list[str]] = defaultdict(list)
    unknown: list[str] = []
    for sheet_name in opened.sheet_names:
        match = declared_for(sheet_name, names)
        if match is None:
            unknown.append(sheet_name)
        elif match[1] in {number for number, _ in numbered[match[0].name]}:
            doubled[match[0].name].append(sheet_name)
        else:
            numbered[match[0].name].append((match[1], sheet_name))
    parts = {name: [sheet for _, sheet in sorted(found)] for name, found in numbered.items() if found}
    return _Assigned(_with_recognised(opened, unknown, parts, names), dict(doubled))


def _with_recognised(
    opened: OpenedWorkbook, unknown: list[str], parts: dict[str, list[str]], names: Names
) -> dict[str, list[str]]:
    for sheet_name in unknown:
        missing = [sheet for sheet in ALL_SHEETS if sheet.name not in parts]
        declared = recognised_by_content(opened.first_rows(sheet_name, HEADER_DEPTH), missing, names)
        if declared:
            parts[declared.name] = [sheet_name]
    if not any(ledger.name in parts for ledger in LEDGERS):
        raise Unusable(
            f"《{opened.path.name}》里没有找到七本账中的任何一本；表名或栏名和本校的不一样时，加一张“账册对照”表。"
        )
    return parts


def _read(
    opened: OpenedWorkbook,
    wanted: dict[str, list[str]],
    width: int,
    names: Names,
    progress: Progress | None = None,
) -> dict[str, Table[Any]]:
    by_name = {sheet.name: sheet for sheet in ALL_SHEETS}
    columns = Columns(width)
    where = {sheet: (name, index) for name, sheets in wanted.items() for index, sheet in enumerate(sheets)}
    reads: dict[str, dict[int, Any]] = defaultdict(dict)
    for sheet_name, grid in opened.grids(list(where), progress):
        name, index = where[sheet_name]
        reads[name][index] = PartReader(by_name[name], columns, names).read(sheet_name, grid, index)
    return {name: join(by_name[name], [found[i] for i in sorted(found)]) for name, found in reads.items()}


def _school(table: Table[SettingRow]) -> tuple[Table[SettingRow], School]:
    """The settings as one value; a setting that cannot be read is a flawed cell of 基本信息."""
    values: dict[str, Any] = {}
    flaws: list[FlawedCell] = list(table.flaws)
    for row in table:
        setting = SETTINGS.get(row.item)
        if setting is None or row.value is None:
            continue
        taken = tidy(row.value, setting, _DEFAULT_WIDTH)
        if isinstance(taken, Flawed):
            flaws.append(FlawedCell(row.line, "value", taken.flaw, taken.text, taken.taken))
            taken = taken.taken
        if taken is not None:
            values[setting.name] = taken
    return replace(table, flaws=flaws), School(**values)


def _missing(assigned: _Assigned) -> Iterable[Table[Any]]:
    for declared in ALL_SHEETS:
        if declared.name not in assigned.parts and declared.group is not Group.OPTIONAL:
            yield Table(declared, oddities=[OddPlace(Oddity.MISSING_SHEET)])


def _with_doubles(tables: Iterable[Table[Any]], assigned: _Assigned) -> Iterable[Table[Any]]:
    for table in tables:
        doubles = [OddPlace(Oddity.DOUBLED_SHEET, 0, name) for name in assigned.doubled.get(table.declared.name, [])]
        yield replace(table, oddities=[*doubles, *table.oddities]) if doubles else table
