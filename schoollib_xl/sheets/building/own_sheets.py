"""Sheets of her own, written as they were read: values without their formats."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from schoollib_xl.ledgers.schema import Kind
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.styles import Styles


def add_own_sheets(book: Any, own: Mapping[str, Grid], styles: Styles) -> None:
    """A worksheet for each, at the end of the book."""
    for name, grid in own.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(grid):
            for column, value in enumerate(cells):
                if value != "":
                    _write(sheet, row, column, value, styles)


def _write(sheet: Any, row: int, column: int, value: CellValue, styles: Styles) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, styles.column(Kind.DATE))
    elif isinstance(value, time | timedelta):
        sheet.write_datetime(row, column, value, styles.column(Kind.TIME))
    else:
        sheet.write_string(row, column, shown(value))
