"""The rows of a workbook that is merged, as they stand, and which of two are one row that somebody edited."""

from collections import defaultdict
from collections.abc import Container, Mapping
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.schema import DeclaredSheet, Kind

# What a row that somebody edited may differ in more than once.
_FIGURES = frozenset({Kind.COUNT, Kind.MONEY, Kind.NUMBER, Kind.TIME})
Key = tuple[Any, ...]


class RawText(NamedTuple):
    """A cell nobody could read, as it stands."""

    text: str

    def __str__(self) -> str:
        return self.text


class MergedRow(NamedTuple):
    """A row by its fields; `line` is where it stood."""

    line: int
    values: dict[str, Any]


def read_rows(library: Library, sheet: DeclaredSheet, sums: Container[str]) -> list[MergedRow]:
    """The lines of a sheet, incomplete ones included, unreadable cells as their text; of `sums`, the columns that sum
    the lines above, only the figures.
    """
    table = library[sheet.row_type]
    unread: dict[int, dict[str, Any]] = defaultdict(dict)
    for cell in table.flaws:
        if not cell.flaw.understood and cell.text and cell.field not in sums:
            unread[cell.line][cell.field] = RawText(cell.text)
    names = [field.name for field in sheet.fields]
    sound = [MergedRow(row.line, {name: getattr(row, name) for name in names}) for row in table.rows]
    incomplete = [MergedRow(one.line, {name: one.values.get(name) for name in names}) for one in table.incomplete]
    rows = sorted([*sound, *incomplete], key=lambda row: row.line)
    return [row._replace(values=row.values | unread[row.line]) if row.line in unread else row for row in rows]


def only_ones(sheet: DeclaredSheet, rows: Mapping[Key, MergedRow]) -> dict[Key, Key]:
    """The keys of the rows that are the only ones of their name and days, by these."""
    days = [field.name for field in sheet.fields if field.kind is Kind.DATE and field.name != sheet.key]
    found = gathered(((row.values[sheet.key], *(row.values[name] for name in days)), key) for key, row in rows.items())
    return {name: keys[0] for name, keys in found.items() if name[0] is not None and len(keys) == 1}


def is_edited(sheet: DeclaredSheet, sums: Container[str], a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether two rows differ as one row does that somebody edited: in one word, or only in figures, or in what
    one of them leaves blank.
    """
    differing = [
        field.kind
        for field in sheet.fields
        if field.name not in sums and None not in (a[field.name], b[field.name]) and a[field.name] != b[field.name]
    ]
    words = [kind for kind in differing if kind not in _FIGURES]
    return len(words) <= (1 if len(words) == len(differing) else 0)
