"""基本信息: a line for every setting of the school, each cell prompted as what it is."""

from collections.abc import Iterable
from typing import Any

from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import SETTINGS, School
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.sheets.building.lists import ChoiceLists
from schoollib_xl.sheets.building.prompts import validation

SHEET = SHEETS[SettingRow]


def setting_rows(school: School) -> list[SettingRow]:
    """The settings as the lines of 基本信息, in the order they are declared, blank ones included."""
    return [
        SettingRow(line, header, getattr(school, field.name), field.column.help or None)
        for line, (header, field) in enumerate(SETTINGS.items(), 2)
    ]


def prompt_settings(sheet: Any, rows: Iterable[SettingRow], lists: ChoiceLists, width: int) -> None:
    """Give the value cell of every known setting the prompt and the drop-down of that setting."""
    column = SHEET.positions["value"] - 1
    for row in rows:
        if field := SETTINGS.get(row.item):
            sheet.data_validation(row.line - 1, column, row.line - 1, column, validation(SHEET, field, lists, width))
