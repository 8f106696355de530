"""What the add-in of WPS asks for: the steps of a button from a copy of the open workbook, and worksheet functions."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pydantic

from schoollib_xl.actions.lookups import (
    CLASS,
    CLASS_NO_FIELD,
    ISBN_FIELD,
    LENT_ON,
    READER_NO,
    Unanswered,
    class_mean,
    class_name,
    copies_left,
    due_day,
    known_reader,
    meaning,
    rule_in_words,
    term_of,
)
from schoollib_xl.excel.answer import steps_json
from schoollib_xl.excel.press import is_button, steps_for
from schoollib_xl.ledgers.identifiers import is_class_no, is_isbn
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Field
from schoollib_xl.ledgers.units import day_of_serial, serial
from schoollib_xl.serve.replies import Asked, Refusal, in_json
from schoollib_xl.serve.room import Room
from schoollib_xl.serve.served import Served, ServedState
from schoollib_xl.serve.server import Reply
from schoollib_xl.wording.functions import NOT_A_DAY, UNREADABLE
from schoollib_xl.wording.serving import NO_COPY, NOT_READ_YET, NOT_UNDERSTOOD

_Value = str | int | float | bool
_Answering = Callable[[Library, date, Any], _Value | None]

_OF_ONE: Mapping[str, tuple[Field, _Answering]] = {
    "LIB_LEFT": (READER_NO, lambda books, today, number: copies_left(books, number, today)),
    "LIB_RULE": (READER_NO, lambda books, today, number: rule_in_words(books, number, today)),
    "LIB_MEAN": (CLASS, lambda books, _, name: class_mean(books, term_of(books), name)),
    "LIB_ISBN": (ISBN_FIELD, lambda _books, _, isbn: is_isbn(isbn)),
    "LIB_CLASSNO": (CLASS_NO_FIELD, lambda _books, _, number: is_class_no(number)),
    "LIB_CLASSNAME": (CLASS_NO_FIELD, lambda _books, _, number: class_name(number)),
}
_DUE = "LIB_DUE"
NAMES = frozenset((*_OF_ONE, _DUE))

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
    if asked.name not in NAMES:
        raise Refusal(NOT_UNDERSTOOD)
    return in_json({"value": _value_of(served.library, served.today, asked.name, asked.values)})


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


def _value_of(books: Library, today: date, name: str, values: Sequence[_Value]) -> _Value:
    """The value of a function of NAMES for these cells: a day as its number, a sentence where there is no answer."""
    given = [*values, "", ""]
    try:
        found = _due(books, given[0], given[1]) if name == _DUE else _of_one(books, today, name, given[0])
    except Unanswered as refusal:
        return str(refusal)
    return "" if found is None else found


def _of_one(books: Library, today: date, name: str, value: _Value) -> _Value | None:
    field, answering = _OF_ONE[name]
    if str(value).strip() == "":
        return ""
    meant = meaning(value, field)
    return UNREADABLE if meant is None else answering(books, today, meant)


def _due(books: Library, lent_on: _Value, reader_no: _Value) -> _Value:
    if str(lent_on).strip() == "" or str(reader_no).strip() == "":
        return ""
    day = day_of_serial(lent_on) if isinstance(lent_on, int | float) else meaning(lent_on, LENT_ON)
    if day is None:
        return NOT_A_DAY
    return serial(due_day(books, known_reader(books, meaning(reader_no, READER_NO) or ""), day, 0))
