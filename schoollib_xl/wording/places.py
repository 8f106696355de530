"""Where something stands in her workbook: a sheet's own name and an A1 reference."""

from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell


class Address(NamedTuple):
    """An Excel address: the sheet's own name and an A1 reference."""

    sheet: str
    a1: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.a1}"

    def as_json(self) -> dict[str, str]:
        """The address by the names other programs rely on."""
        return {"sheet": self.sheet, "cell": self.a1}


def address(library: Library, cell: Cell) -> Address:
    """Where a cell stands, as the sheet was found. A whole line is its first column; a sheet that is
    not there is its A1.
    """
    table = library[cell.row_type]
    if not table.present:
        return Address(table.declared.name, "A1")
    part, row = table.place(cell.line)
    column = part.columns.get(cell.field, 1)
    return Address(part.sheet_name, f"{column_letters(column)}{row}")


def column_letters(column: int) -> str:
    """The letters of a column counted from 1: 1 → A, 27 → AA."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters
