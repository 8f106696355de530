"""What a school has not said itself: rows a new workbook starts with, until she touches or confirms them."""

import tomllib
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow

_EVERYTHING = ("全部", "是", "已确认")
# The rules of a new workbook get the first day of its school year, which says nothing about who wrote them.
_DATED = "since"


@cache
def shipped() -> dict[str, list[dict[str, Any]]]:
    """The rows a new workbook starts with, by sheet: the values by field; a field left out is blank."""
    return tomllib.loads(files(__package__).joinpath("placeholders.toml").read_text(encoding="utf-8"))


def placeholders(library: Library, row_type: type[Any]) -> frozenset[int]:
    """The lines of a sheet that say what a new workbook says, and that she has not confirmed."""
    name = SHEETS[row_type].name
    said = (library.school.confirmed or "").strip()
    if name in said or said in _EVERYTHING:
        return frozenset()
    return frozenset(row.line for row in library[row_type] if _written(row) in shipped()[name])


def left_over(library: Library) -> tuple[str, ...]:
    """The sheets that still hold what is not the school's own: rules, targets, openings nobody changed."""
    kinds = (LendingRule, TargetRow, OpeningRow)
    return tuple(SHEETS[row_type].name for row_type in kinds if is_left_over(library, row_type))


def is_left_over(library: Library, row_type: type[Any]) -> bool:
    """Whether a sheet still holds what is not the school's own; openings are one timetable and count as a whole."""
    return is_untouched(library, row_type) if row_type is OpeningRow else bool(placeholders(library, row_type))


def is_untouched(library: Library, row_type: type[Any]) -> bool:
    """Whether a sheet holds nothing but rows of those a new workbook starts with, unconfirmed: one row changed, and
    she has seen to them all. Of old lists adoption keeps the days they tell, with hours that nobody gave.
    """
    return 0 < len(placeholders(library, row_type)) == len(library[row_type].rows)


def _written(row: Any) -> dict[str, Any]:
    values = {name: value for name, value in row._asdict().items() if name not in ("line", _DATED)}
    return {name: _plain(value) for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
