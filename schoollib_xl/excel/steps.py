"""What is done inside the open workbook, as data: every button's work is made of these few steps.

They are performed by the macros that read an answer file (`answer`), whether the workbook was read live or in a copy.
"""

import re
from datetime import date
from typing import NamedTuple

# The lines of the list of findings that the macros walk through, and where the walk has come to.
FINDINGS_NAME = "schoollib_findings"
POSITION_NAME = "schoollib_position"
# Columns of FINDINGS_NAME: a formula that refers to the cell, what is said of it.
REFERENCE, SAID = range(1, 3)
NO_COLOUR = -1

# Texts a spreadsheet would take for a formula, a number or a date.
_MISTAKABLE = re.compile(r"[=+\-@']|[\d.].*|true$|false$", re.IGNORECASE | re.DOTALL)

Colour = tuple[int, int, int]


class Formula(NamedTuple):
    """A formula, with its =."""

    text: str


Value = str | int | float | date | Formula | None
"""None empties a cell."""


class Sheet(NamedTuple):
    """Let there be an empty sheet of this name, the second one where it is new."""

    name: str


class Write(NamedTuple):
    """Write lines of values from a cell on."""

    sheet: str
    cell: str
    lines: tuple[tuple[Value, ...], ...]


class Width(NamedTuple):
    """Set how wide a cell's column is, in characters; 0 hides it."""

    sheet: str
    cell: str
    characters: int


class Look(NamedTuple):
    """How cells look: bold, on a ground, in an ink, or as sentences that run over several lines."""

    sheet: str
    cells: str
    bold: bool = False
    ground: Colour | None = None
    ink: Colour | None = None
    wrapped: bool = False


class Name(NamedTuple):
    """Give cells a name."""

    name: str
    sheet: str
    cells: str


class Page(NamedTuple):
    """Set a table up to be read, filtered and printed, its header first: in view, repeated, A4 across."""

    sheet: str
    cells: str


class Mark(NamedTuple):
    """Colour a cell and put a note to it that remembers its own colour; a cell with a note already stays as it is."""

    sheet: str
    cell: str
    colour: Colour
    note: str


class Unmark(NamedTuple):
    """Give every marked cell its own colour back and take our notes away, wherever the cells went."""


class GrowTable(NamedTuple):
    """Let the Excel table that ends just above the row take it in."""

    sheet: str
    row: int


class Show(NamedTuple):
    """Bring a cell into view and select it."""

    sheet: str
    cell: str


class Say(NamedTuple):
    """Say something in a message box, when everything else is done."""

    text: str


Step = Sheet | Write | Width | Look | Name | Page | Mark | Unmark | GrowTable | Show | Say


def is_mistakable(text: str) -> bool:
    """Whether a spreadsheet would take the text for something else, unless its cell is formatted as text."""
    return _MISTAKABLE.match(text) is not None


def packed(colour: Colour) -> int:
    """A colour as Excel counts it: red + 256 × green + 65536 × blue."""
    red, green, blue = colour
    return red + (green << 8) + (blue << 16)
