"""基本信息 of the sources as one value, and the digits of their accession numbers."""

from collections.abc import Iterable
from typing import Any

from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.number_ranges import numbers_of
from schoollib_xl.adoption.records import Record
from schoollib_xl.ledgers.school import DEFAULT_WIDTH, SETTINGS, School
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.sheets.reading.tidy import Flawed, tidy

NAMELESS = "没有项目名称"


def take_settings(records: Iterable[Record], journal: Journal) -> list[SettingRow]:
    """The lines of 基本信息 as they stand, each value as what its setting holds."""
    rows: list[SettingRow] = []
    for record in records:
        item = record.get("item")
        if not item:
            journal.aside(record.place, NAMELESS, record.text)
            continue
        rows.append(SettingRow(len(rows) + 2, item, _value(item, record.get("value")), record.get("note")))
        journal.adopted(record.place, "基本信息", [item])
    return rows


def school_of(rows: Iterable[SettingRow]) -> School:
    """The settings as one value; one that is not of its kind is left out, and the check names it."""
    values = {SETTINGS[row.item].name: row.value for row in rows if row.item in SETTINGS and row.value is not None}
    sound = {name: taken for name, value in values.items() if (taken := _taken(name, value)) is not None}
    return School(**sound)


def _value(item: str, value: Any) -> Any:
    field = SETTINGS.get(item)
    if field is None or value is None:
        return value
    taken = tidy(value, field, DEFAULT_WIDTH)
    if isinstance(taken, Flawed):
        return value if taken.taken is None else taken.taken
    return taken


def _taken(name: str, value: Any) -> Any:
    field = next(field for field in SETTINGS.values() if field.name == name)
    taken = tidy(value, field, DEFAULT_WIDTH)
    return taken.taken if isinstance(taken, Flawed) else taken


def width_of(records: Iterable[Record]) -> int:
    """Digits of the accession numbers the records state where all have as many, so that they stay as they stand on
    the books; else of the longest, at least the usual width.
    """
    numbers = [
        number
        for record in records
        for name in ("accession_no", "first_no", "last_no")
        if (text := record.get(name))
        for number in numbers_of(text) or ()
    ]
    widths = set(map(len, numbers))
    has_zeros = any(number.startswith("0") for number in numbers)
    if len(widths) == 1 and (has_zeros or min(widths) >= _SHORTEST):
        return widths.pop()
    return max({*widths, DEFAULT_WIDTH})


# Shorter numbers without any zero before them have lost their zeros.
_SHORTEST = 4
