"""Steps as a file that the macros read: one a line, words parted by tabs, ASCII throughout since VBA reads files in
the code page of the machine.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import singledispatch
from pathlib import Path

from schoollib_xl.excel.steps import (
    NO_COLOUR,
    Formula,
    GrowTable,
    Look,
    Mark,
    Name,
    Page,
    Say,
    Sheet,
    Show,
    Step,
    Unmark,
    Value,
    Width,
    Write,
    is_mistakable,
    packed,
)
from schoollib_xl.saving import replace
from schoollib_xl.sheets.cells import letters_and_row

_EPOCH = date(1899, 12, 30)
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": None})
WANTS_COPY = "copy"
# A message box cuts off what is longer than some 1,024 characters.
_MOST_SAID = 1_000


def write_answer(steps: Iterable[Step], target: Path) -> None:
    """Write the steps; the file is there under its name only when it is complete. Raises CannotWrite."""
    replace(target, "".join(f"{line}\r\n" for step in steps for line in _lines(step)).encode("ascii"))


def ask_for_copy(target: Path) -> None:
    """Answer that the open workbook cannot be reached, and that a copy of it is wanted. Raises CannotWrite."""
    replace(target, f"{WANTS_COPY}\r\n".encode("ascii"))


def escaped(text: str) -> str:
    """The text in ASCII without tabs and line ends; what is outside ASCII as UTF-16 units \\uXXXX."""
    return "".join(map(_escaped, text.translate(_ESCAPES)))


def serial(day: date) -> int:
    """A day as spreadsheets count it."""
    return (day - _EPOCH).days


def day_of(number: float) -> date | None:
    """The day of a spreadsheet's number; None where it is none."""
    try:
        return _EPOCH + timedelta(days=int(number))
    except OverflowError:
        return None


def coded(value: Value) -> str:
    """A value as one word: its kind and its text."""
    match value:
        case None:
            return "-"
        case Formula(text):
            return f"f{escaped(text)}"
        case date():
            return f"d{serial(value)}"
        case int() | float():
            return f"n{value!r}"
        case _:
            return f"{'k' if is_mistakable(value) else 't'}{escaped(value)}"


def _escaped(character: str) -> str:
    if " " <= character <= "~":
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[index]:02X}{units[index + 1]:02X}" for index in range(0, len(units), 2))


@singledispatch
def _lines(step: Step) -> Iterator[str]:
    raise TypeError(f"no macro knows {step!r}")


@_lines.register
def _(step: Sheet) -> Iterator[str]:
    yield f"sheet\t{escaped(step.name)}"


@_lines.register
def _(step: Write) -> Iterator[str]:
    column, row = letters_and_row(step.cell)
    for offset, values in enumerate(step.lines):
        words = "\t".join(map(coded, values))
        yield f"row\t{escaped(step.sheet)}\t{column}{row + offset}\t{words}"


@_lines.register
def _(step: Width) -> Iterator[str]:
    yield f"width\t{escaped(step.sheet)}\t{step.cell}\t{step.characters}"


@_lines.register
def _(step: Look) -> Iterator[str]:
    ground, ink = (NO_COLOUR if colour is None else packed(colour) for colour in (step.ground, step.ink))
    yield f"look\t{escaped(step.sheet)}\t{step.cells}\t{step.bold:d}\t{ground}\t{ink}\t{step.wrapped:d}"


@_lines.register
def _(step: Name) -> Iterator[str]:
    yield f"name\t{step.name}\t{escaped(step.sheet)}\t{step.cells}"


@_lines.register
def _(step: Page) -> Iterator[str]:
    yield f"page\t{escaped(step.sheet)}\t{step.cells}"


@_lines.register
def _(step: Mark) -> Iterator[str]:
    yield f"mark\t{escaped(step.sheet)}\t{step.cell}\t{packed(step.colour)}\t{escaped(step.note)}"


@_lines.register
def _(step: Unmark) -> Iterator[str]:
    yield "unmark"


@_lines.register
def _(step: GrowTable) -> Iterator[str]:
    yield f"table\t{escaped(step.sheet)}\t{step.row}"


@_lines.register
def _(step: Show) -> Iterator[str]:
    yield f"show\t{escaped(step.sheet)}\t{step.cell}"


@_lines.register
def _(step: Say) -> Iterator[str]:
    said = step.text if len(step.text) <= _MOST_SAID else f"{step.text[:_MOST_SAID]}……"
    yield f"say\t{escaped(said)}"
