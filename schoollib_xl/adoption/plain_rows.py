"""Sheets that come over as they are, one row for one row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from schoollib_xl.adoption.fresh_numbers import numbers_from
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.adoption.transforms import NEW_NUMBER, ZEROS
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import DeclaredSheet, Field
from schoollib_xl.ledgers.supporting.promises import LendingRule

NAMELESS = "没有{header}，不成一条记录"
# Registers whose numbers the books give themselves.
_PREFIXES: dict[type[Any], str] = {PeriodicalRow: "BK", CompensationRow: "P"}
# What the first loan and the old system tell of a rule that does not say it.
_SUPPLIED: dict[type[Any], frozenset[str]] = {LendingRule: frozenset({"since", "basis"})}

# What is one incident where two lists tell it alike; of others nobody can tell one from two. A copy that nobody knows
# is told by its title.
_TELLING: dict[type[Any], tuple[str, ...]] = {CompensationRow: ("registered_on", "name", "accession_no|title")}


def take_rows(declared: DeclaredSheet, records: Iterable[Record], width: int, journal: Journal) -> list[Any]:
    """The records as rows of the sheet, numbers of copies at the school's width. A record without the number that
    names it is set aside, unless its register gives numbers itself; what two lists tell of one incident is one row.
    """
    records = list(records)
    make: Callable[..., Any] = declared.row_type
    used = {record.get(declared.key) for record in records}
    prefix = _PREFIXES.get(declared.row_type)
    fresh = numbers_from(1, 4, prefix or "", used=used)
    rows: list[Any] = []
    told = defaultdict[tuple[Any, ...], list[_ToldRow]](list)
    for record in records:
        values = {field.name: _value(field, record, width, journal) for field in declared.fields}
        incident = tuple(_said(values, names) for names in _TELLING.get(declared.row_type, ()))
        # Two lines of one list are two incidents, and so are those of another list that tells both.
        untold = [one for one in told[incident] if id(record.table) not in one.tables]
        same = next(((one, row) for one in untold if (row := _as_one(rows[one.at], values, declared.key))), None)
        if same:
            one, rows[one.at] = same
            one.tables.add(id(record.table))
            key = getattr(rows[one.at], declared.key)
            journal.merged(record.place, f"{declared.name} {key}（两份清单上都有）", record.text)
            continue
        if values[declared.key] is None and prefix:
            values[declared.key] = next(fresh)
            journal.did(NEW_NUMBER, record.place, declared.by_name[declared.key].header, "", values[declared.key])
        if values[declared.key] is None and not _has_enough(declared, values):
            header = declared.by_name[declared.key].header
            journal.aside(record.place, NAMELESS.format(header=header), record.text)
            continue
        if "remarks" in values:
            values["remarks"] = record.remarks
        if incident and None not in incident:
            told[incident].append(_ToldRow(len(rows), {id(record.table)}))
        rows.append(make(line=len(rows) + 2, **values))
        key = values[declared.key]
        journal.adopted(record.place, declared.name, ["" if key is None else str(key)])
    return rows


class _ToldRow(NamedTuple):
    """A row by its index, and the lists that tell of it."""

    at: int
    tables: set[int]


def _said(values: Mapping[str, Any], names: str) -> Any:
    """The first of the fields that says something; a title as it compares."""
    value = next(filter(None, map(values.get, names.split("|"))), None)
    return plain_title(value) if isinstance(value, str) else value


def _as_one(row: Any, values: dict[str, Any], key: str) -> Any:
    """A row with what another list says of it besides; None where the two gainsay each other."""
    said = {name: value for name, value in values.items() if value is not None and name not in (key, "remarks")}
    if any(getattr(row, name) not in (None, value) for name, value in said.items()):
        return None
    return row._replace(**said)


def _value(field: Field, record: Record, width: int, journal: Journal) -> Any:
    value = record.get(field.name)
    if value is None or not field.is_accession_no or not value.isdecimal() or len(value) >= width:
        return value
    journal.did(ZEROS, record.place, field.header, value, value.zfill(width))
    return value.zfill(width)


def _has_enough(declared: DeclaredSheet, values: dict[str, Any]) -> bool:
    """Whether a row without its key still says what it must: a payment without a voucher is a payment."""
    supplied = _SUPPLIED.get(declared.row_type, frozenset())
    return (declared.by_name[declared.key].nullable or declared.key in supplied) and all(
        values[field.name] is not None for field in declared.fields if not field.nullable and field.name not in supplied
    )
