"""What the add-in of WPS asks for: the steps of a button from a copy of the open workbook, and worksheet functions."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pydantic

from schoollib_xl.actions.lookups import (
    LENT_ON,
    LOOKUPS,
    READER_NO,
    Unanswered,
    due_day,
    known_reader,
    looked_up,
    meaning,
)
from schoollib_xl.excel.answer import steps_json
from schoollib_xl.excel.press import is_button, steps_for
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.units import day_of_serial, serial
from schoollib_xl.serve.replies import Asked, Refusal, in_json
from schoollib_xl.serve.room import Room
from schoollib_xl.serve.served import Served, ServedState
from schoollib_xl.serve.server import Reply
from schoollib_xl.wording.excel.functions import DUE, NOT_A_DAY, Function
from schoollib_xl.wording.page.serving import NO_COPY, NOT_READ_YET, NOT_UNDERSTOOD

_Value = str | int | float | bool
# By the name that is typed into a cell.
KNOWN: Mapping[str, Function] = {function.name: function for function in (*LOOKUPS, DUE)}

# A cell that is calculated while WPS opens the workbook waits so long for the first reading.
_SECONDS_TO_READ = 5
_ADDRESS = re.compile(r"(?P<key>[0-9a-f]{12})/(?P<what>copy|steps)(?:/(?P<button>\w+))?")


class Opened(Asked):
    """A workbook that is open in WPS, by where it lies."""

    path: str


class Pressed(Asked):
    """A pressed button: the number of the copy to read ('' for the saved workbook itself), and what she typed."""

    copy_number: str = pydantic.Field(default="", alias="copy")
    asked: str = ""


class FunctionCall(Asked):
    """What a worksheet function asks: the workbook in front, the function, and the cells it was given."""

    path: str
    name: str
    values: list[str | int | float | bool] = pydantic.Field(max_length=8)


def answer(room: Room, address: str, body: bytes) -> Reply | None:
    """Answer the add-in; None where there is no such address. Raises Unusable, Refusal."""
    if address == "open":
        return in_json({"key": room.open(Path(Opened.model_validate_json(body).path)).key})
    if address == "function":
        return _function(room, FunctionCall.model_validate_json(body))
    found = _ADDRESS.fullmatch(address)
    served = room.served(found["key"]) if found else None
    if found is None or served is None:
        return None
    return _DONE[found["what"]](room, served, found["button"] or "", body)


def _function(room: Room, asked: FunctionCall) -> Reply:
    served = room.open(Path(asked.path))
    if served.library is None:
        served.wait_for_change(ServedState(), _SECONDS_TO_READ)
    if served.library is None:
        raise Refusal(NOT_READ_YET)
    if asked.name not in KNOWN:
        raise Refusal(NOT_UNDERSTOOD)
    return in_json({"value": _value_of(served.library, served.today, KNOWN[asked.name], asked.values)})


def _copy(room: Room, served: Served, _button: str, _body: bytes) -> Reply:
    number, path = room.copies.new(served.workbook)
    return in_json({"number": number, "path": str(path)})


def _steps(room: Room, served: Served, button: str, body: bytes) -> Reply:
    pressed = Pressed.model_validate_json(body)
    if not is_button(button):
        raise Refusal(NOT_UNDERSTOOD)
    if not pressed.copy_number:
        return _steps_of(served, button, served.workbook, pressed.asked)
    with room.copies.taken(pressed.copy_number) as copy:
        if copy is None:
            raise Refusal(NO_COPY)
        return _steps_of(served, button, copy, pressed.asked)


def _steps_of(served: Served, button: str, copy: Path, asked: str) -> Reply:
    return in_json({"steps": steps_json(steps_for(button, served.workbook, copy, asked))})


_DONE: Mapping[str, Callable[[Room, Served, str, bytes], Reply]] = {"copy": _copy, "steps": _steps}


def _value_of(books: Library, today: date, function: Function, values: Sequence[_Value]) -> Any:
    """The value of a function for these cells: a day as its number, a sentence where there is no answer."""
    given = [*values, "", ""]
    try:
        found = _due(books, given[0], given[1]) if function is DUE else looked_up(function, books, today, given[0])
    except Unanswered as refusal:
        return str(refusal)
    return "" if found is None else found


def _due(books: Library, lent_on: _Value, reader_no: _Value) -> _Value:
    if str(lent_on).strip() == "" or str(reader_no).strip() == "":
        return ""
    day = day_of_serial(lent_on) if isinstance(lent_on, int | float) else meaning(lent_on, LENT_ON)
    if day is None:
        return NOT_A_DAY
    return serial(due_day(books, known_reader(books, meaning(reader_no, READER_NO) or ""), day, 0))
