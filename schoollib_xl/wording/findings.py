"""A finding in words: where it is, what it says, what to look at as well."""

from typing import NamedTuple

from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.wording.zh import listed, sentence


class Address(NamedTuple):
    """An Excel address: the sheet's own name and an A1 reference."""

    sheet: str
    a1: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.a1}"


class Message(NamedTuple):
    """A finding as it is shown: address, the three sentences, and the other cells."""

    at: Address
    message: str
    why: str
    fix: str
    see_also: tuple[Address, ...]

    @property
    def also(self) -> str:
        """The other cells in a line; of many the first, and how many there are."""
        return listed([str(place) for place in self.see_also], unit="处")


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


def message_of(library: Library, finding: Finding) -> Message:
    """The finding in words, every cell by its address."""
    check = finding.check
    see_also = tuple(dict.fromkeys(address(library, cell) for cell in finding.see_also))
    return Message(
        address(library, finding.at),
        sentence(check.message, finding.facts),
        check.why,
        sentence(check.fix, finding.facts),
        see_also,
    )
