"""Sheets under other names whose rows tell what they are: without a header, or below one that many lists have."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import SHEETS, DeclaredSheet, Field, Group, Kind
from schoollib_xl.ledgers.school import DEFAULT_WIDTH, SETTINGS
from schoollib_xl.ledgers.supporting.office import MappingRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.table import LedgerTable, Oddity, OddPlace
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.recognising import (
    LEAST_COLUMNS,
    Names,
    almost_only_its,
    called,
    find_header,
    missing_columns,
    recognised_by_content,
)
from schoollib_xl.sheets.reading.tidy import Flawed, shown, tidy

# Text may say anything; what is a day, a price, a word of a list or the number of a book is told by its form.
_FORMED = frozenset({Kind.DATE, Kind.TIME, Kind.CHOICE, Kind.COUNT, Kind.MONEY, Kind.NUMBER})
# A sheet that bears the ledger's name needs no more; a row of two days alone might be of anything.
_FEWEST_UNDER_ITS_NAME, _FEWEST = 2, 3
# What is said of the whole school and of its sheets has headers that any note may have.
_OF_THE_WORKBOOK = (SettingRow, MappingRow)
# Of 基本信息 so many items are told by their names.
_FEWEST_SETTINGS = 3

ColumnsByField = Mapping[str, int]
LeftOver = Mapping[str, list[OddPlace]]


def continues(top: Sequence[Sequence[CellValue]], declared: DeclaredSheet, columns: ColumnsByField) -> bool:
    """Whether most rows of a sheet named after the ledger are entries of it, in the columns of its first sheet."""
    return _telling(top, declared, columns) >= _FEWEST_UNDER_ITS_NAME


def whose_rows(
    top: Sequence[Sequence[CellValue]], ledgers: Iterable[tuple[DeclaredSheet, ColumnsByField]]
) -> DeclaredSheet | None:
    """The ledger most rows of a sheet of any name are entries of; None where there is none, or where words stand
    above the rows: they say of what they are.
    """
    filled = [row for row in top if not is_blank([*row])]
    if not filled or any(map(_is_of_words, filled)):
        return None
    fits = [
        (_telling(top, declared, columns), declared)
        for declared, columns in ledgers
        if declared.group is Group.LEDGER or _holds_nothing_else(filled, declared, columns)
    ]
    most, declared = max(fits, key=lambda fit: fit[0])
    return declared if most >= _FEWEST else None


def stands_in(
    sheet_name: str, top: Sequence[Sequence[CellValue]], missing: Sequence[DeclaredSheet], names: Names
) -> DeclaredSheet | None:
    """Which of the sheets that the workbook has not this one is: by its header, or by a name that schools give it and
    most of the header.
    """
    if declared := recognised_by_content(top, missing, names) or _with_its_rows(top, missing, names):
        return declared
    if declared := _with_settings(top, missing, names):
        return declared
    so_called = [declared for declared in missing if declared is called(sheet_name)]
    found = next((one for one in so_called if missing_columns(top, one, names) is not None), None)
    return found or _lacking_one(top, missing, names)


def _lacking_one(
    top: Sequence[Sequence[CellValue]], missing: Iterable[DeclaredSheet], names: Names
) -> DeclaredSheet | None:
    """The ledger whose header this is but for one column that it asks for, with hardly anything else."""
    fits: list[tuple[int, DeclaredSheet]] = []
    for declared in missing:
        header = almost_only_its(top, declared, names) if declared.group is Group.LEDGER else None
        if header and len(missing_columns(top, declared, names) or ()) == 1:
            fits.append((len(header.columns), declared))
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _with_its_rows(
    top: Sequence[Sequence[CellValue]], missing: Iterable[DeclaredSheet], names: Names
) -> DeclaredSheet | None:
    """The sheet whose header this is, with all that it asks and hardly anything else, where most rows below are entries
    of it: lists of people, books or jobs are copied out for many uses.
    """
    fits: list[tuple[int, DeclaredSheet]] = []
    for declared in missing:
        header = None if declared.row_type in _OF_THE_WORKBOOK else almost_only_its(top, declared, names)
        asked = {field.name for field in declared.fields if field.required}
        if header and asked <= header.columns.keys() and _telling(top[header.row :], declared, header.columns):
            fits.append((len(header.columns), declared))
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def whose_people(top: Sequence[Sequence[CellValue]], missing: Iterable[DeclaredSheet]) -> DeclaredSheet | None:
    """Which of 基本信息, 班级 and 读者名册 the rows of a sheet are of, where the workbook has no such name: lists of
    people are copied out for many uses. None where no word of a list and no setting tells.
    """
    lacking = {declared.row_type: declared for declared in missing}
    if SettingRow in lacking and _holds_settings(top, 1):
        return lacking[SettingRow]
    people = (lacking[row_type] for row_type in (ClassRow, ReaderRow) if row_type in lacking)
    return next((declared for declared in people if continues(top, declared, declared.positions)), None)


def _with_settings(
    top: Sequence[Sequence[CellValue]], missing: Iterable[DeclaredSheet], names: Names
) -> DeclaredSheet | None:
    """基本信息, which has a header that any note may have, by the items below it."""
    declared = next((declared for declared in missing if declared.row_type is SettingRow), None)
    header = find_header(top, declared, names) if declared else None
    if not declared or not header or not {"item", "value"} <= header.columns.keys():
        return None
    return declared if _holds_settings(top[header.row :], header.columns["item"]) else None


def _holds_settings(top: Sequence[Sequence[CellValue]], position: int) -> bool:
    """Whether a column names items of 基本信息."""
    return sum(shown(row[position - 1]).strip() in SETTINGS for row in top if len(row) >= position) >= _FEWEST_SETTINGS


def other_people(
    left_over: LeftOver,
    tables: Iterable[LedgerTable[Any]],
    top: Callable[[str], Grid],
    names: Names,
) -> LeftOver:
    """What is to be said of the sheets left over, where one that nobody knows is another 读者名册. Lists of people are
    copied out for many uses, but not of people who borrow and are not on the roster that was read.
    """
    by_row = {table.declared.row_type: table for table in tables}
    readers, loans = by_row.get(ReaderRow), by_row.get(LoanRow)
    if readers is None or loans is None:
        return left_over
    rostered = {row.reader_no for row in readers}.union(row.values.get("reader_no") for row in readers.incomplete)
    strangers = {number for number in loans.distinct("reader_no") if number not in rostered}
    unknown, people = SHEETS[MappingRow].name, SHEETS[ReaderRow].name
    theirs = [
        odd
        for odd in left_over.get(unknown, ())
        if odd.oddity is Oddity.UNKNOWN_SHEET and not strangers.isdisjoint(_cards(top(odd.name), names))
    ]
    if not theirs:
        return left_over
    told = [odd._replace(oddity=Oddity.UNREAD_RECORDS) for odd in theirs]
    others = [odd for odd in left_over[unknown] if odd not in theirs]
    return {**left_over, unknown: others, people: [*left_over.get(people, ()), *told]}


def _cards(top: Grid, names: Names) -> Iterable[str]:
    header = almost_only_its(top, SHEETS[ReaderRow], names)
    at = header.columns.get("reader_no", 0) if header else 0
    return [shown(row[at - 1]).strip() for row in top[header.row :] if len(row) >= at] if header and at else []


def _holds_nothing_else(rows: Iterable[Sequence[CellValue]], declared: DeclaredSheet, columns: ColumnsByField) -> bool:
    """Whether every filled cell stands in a column of the sheet, which has few: one more is another list's."""
    own = frozenset(columns.values())
    return declared.row_type not in _OF_THE_WORKBOOK and all(
        at in own for row in rows for at, value in enumerate(row, 1) if not is_blank([value])
    )


def _is_of_words(row: Sequence[CellValue]) -> bool:
    said = [shown(value) for value in row if not is_blank([value])]
    return len(said) >= LEAST_COLUMNS and not any(sign.isdigit() for text in said for sign in text)


def _telling(top: Sequence[Sequence[CellValue]], declared: DeclaredSheet, columns: ColumnsByField) -> int:
    """How many cells of known form most of the filled rows hold at least; 0 where most rows are no entries."""
    counts = sorted((_formed(row, declared, columns) for row in top if not is_blank([*row])), reverse=True)
    return counts[len(counts) // 2] if counts else 0


def _formed(row: Sequence[CellValue], declared: DeclaredSheet, columns: ColumnsByField) -> int:
    """How many cells of known form a row holds; 0 where it is no entry, or some cell is not what its column holds."""
    formed = 0
    for field in declared.fields:
        position = columns.get(field.name, 0)
        value = row[position - 1] if 0 < position <= len(row) else ""
        if is_blank([value]):
            if field.holds_up:
                return 0
            continue
        if not _is_read(value, field):
            return 0
        formed += field.kind in _FORMED or field.is_accession_no
    return formed


def _is_read(value: CellValue, field: Field) -> bool:
    taken = tidy(value, field, DEFAULT_WIDTH)
    if isinstance(taken, Flawed) and not taken.flaw.understood:
        return False
    return not field.is_accession_no or any(sign.isdigit() for sign in shown(value))
