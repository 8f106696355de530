"""Steps as JSON, for the add-in of WPS: a list of objects, each named after its step with the step's own fields."""

from collections.abc import Iterable
from datetime import date
from functools import singledispatch
from typing import Any

from schoollib_xl.excel.answer import serial
from schoollib_xl.excel.steps import Formula, Look, Mark, Step, Value, Write, is_mistakable, packed


def steps_json(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """The steps in their order; colours are Excel's numbers."""
    return [{"step": type(step).__name__.lower(), **_fields(step)} for step in steps]


@singledispatch
def _fields(step: Step) -> dict[str, Any]:
    return step._asdict()


@_fields.register
def _(step: Write) -> dict[str, Any]:
    return {**step._asdict(), "lines": [[_value(value) for value in line] for line in step.lines]}


@_fields.register
def _(step: Look) -> dict[str, Any]:
    ground, ink = (None if colour is None else packed(colour) for colour in (step.ground, step.ink))
    return {**step._asdict(), "ground": ground, "ink": ink}


@_fields.register
def _(step: Mark) -> dict[str, Any]:
    return {**step._asdict(), "colour": packed(step.colour)}


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
