"""Sheets that come over as they are, one row for one row."""

from collections.abc import Callable, Iterable
from typing import Any

from schoollib_xl.adoption.fresh_numbers import numbers_from
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.records import Record
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


def take_rows(declared: DeclaredSheet, records: Iterable[Record], width: int, journal: Journal) -> list[Any]:
    """The records as rows of the sheet, numbers of copies at the school's width. A record without the number that
    names it is set aside, unless its register gives numbers itself.
    """
    records = list(records)
    make: Callable[..., Any] = declared.row_type
    used = {record.get(declared.key) for record in records}
    prefix = _PREFIXES.get(declared.row_type)
    fresh = numbers_from(1, 4, prefix or "", used=used)
    rows: list[Any] = []
    for record in records:
        values = {field.name: _value(field, record, width, journal) for field in declared.fields}
        if values[declared.key] is None and prefix:
            values[declared.key] = next(fresh)
            journal.did(NEW_NUMBER, record.place, declared.by_name[declared.key].header, "", values[declared.key])
        if values[declared.key] is None and not _has_enough(declared, values):
            header = declared.by_name[declared.key].header
            journal.aside(record.place, NAMELESS.format(header=header), record.text)
            continue
        if "remarks" in values:
            values["remarks"] = record.remarks
        rows.append(make(line=len(rows) + 2, **values))
        key = values[declared.key]
        journal.adopted(record.place, declared.name, ["" if key is None else str(key)])
    return rows


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
