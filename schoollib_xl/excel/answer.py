"""Steps as JSON for the add-in of WPS, and as a file that the macros read: one a line, words parted by tabs, ASCII
throughout since VBA reads files in the code page of the machine.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

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
from schoollib_xl.ledgers.units import serial
from schoollib_xl.saving import replace
from schoollib_xl.sheets.cells import letters_and_row

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": None})
WANTS_COPY = "copy"
# A message box cuts off what is longer than some 1,024 characters.
MOST_SAID = 1_000


def write_answer(steps: Iterable[Step], target: Path) -> None:
    """Write the steps, and last what is said, which is shown in one message box; the file is there under its name only
    when it is complete. Raises CannotWrite.
    """
    steps = list(steps)
    said = "".join(step.text for step in steps if isinstance(step, Say))
    lines = [line for step in steps for line in _lines(step)]
    lines += [f"say\t{escaped(said if len(said) <= MOST_SAID else f'{said[:MOST_SAID]}……')}"] if said else []
    replace(target, "".join(f"{line}\r\n" for line in lines).encode("ascii"))


def steps_json(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """The steps in their order for the add-in of WPS, an object each, named after its step and with the step's own
    fields; colours are Excel's numbers.
    """
    return [{"step": type(step).__name__.lower(), **_fields(step)} for step in steps]


def ask_for_copy(target: Path) -> None:
    """Answer that the open workbook cannot be reached, and that a copy of it is wanted. Raises CannotWrite."""
    replace(target, f"{WANTS_COPY}\r\n".encode("ascii"))


def escaped(text: str) -> str:
    """The text in ASCII without tabs and line ends; what is outside ASCII as UTF-16 units \\uXXXX."""
    return "".join(map(_escaped, text.translate(_ESCAPES)))


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


def _lines(step: Step) -> Iterator[str]:
    match step:
        case Sheet(name):
            yield f"sheet\t{escaped(name)}"
        case Write(sheet, cell, lines):
            column, row = letters_and_row(cell)
            for line, values in enumerate(lines, row):
                words = "\t".join(map(coded, values))
                yield f"row\t{escaped(sheet)}\t{column}{line}\t{words}"
        case Width(sheet, cell, characters):
            yield f"width\t{escaped(sheet)}\t{cell}\t{characters}"
        case Look(sheet, cells, bold, ground, ink, wrapped):
            colours = "\t".join(str(NO_COLOUR if colour is None else packed(colour)) for colour in (ground, ink))
            yield f"look\t{escaped(sheet)}\t{cells}\t{bold:d}\t{colours}\t{wrapped:d}"
        case Name(name, sheet, cells):
            yield f"name\t{name}\t{escaped(sheet)}\t{cells}"
        case Page(sheet, cells):
            yield f"page\t{escaped(sheet)}\t{cells}"
        case Mark(sheet, cell, colour, note):
            yield f"mark\t{escaped(sheet)}\t{cell}\t{packed(colour)}\t{escaped(note)}"
        case Unmark():
            yield "unmark"
        case GrowTable(sheet, row):
            yield f"table\t{escaped(sheet)}\t{row}"
        case Show(sheet, cell):
            yield f"show\t{escaped(sheet)}\t{cell}"
        case Say():
            pass  # said last


def _fields(step: Step) -> dict[str, Any]:
    fields = step._asdict()
    match step:
        case Write():
            return {**fields, "lines": [[_value(value) for value in line] for line in step.lines]}
        case Look():
            ground, ink = (None if colour is None else packed(colour) for colour in (step.ground, step.ink))
            return {**fields, "ground": ground, "ink": ink}
        case Mark():
            return {**fields, "colour": packed(step.colour)}
        case _:
            return fields


def _value(value: Value) -> Any:
    """What a cell is given: an object where the value alone would not say what it is."""
    match value:
        case Formula(text):
            return {"formula": text}
        case date():
            return {"day": serial(value)}
        case str() if is_mistakable(value):
            return {"text": value}
        case _:
            return value
