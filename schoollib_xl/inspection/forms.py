"""Evaluation forms: the school's own from the sheet 评估细则, else one of those shipped."""

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow
from schoollib_xl.rules.target_names import nearest


class UnknownForm(LookupError):
    """No form is called so; `nearest` is the name that was probably meant, None where none is near."""

    def __init__(self, name: str, near: str | None) -> None:
        super().__init__(name)
        self.name, self.nearest = name, near


class Form(NamedTuple):
    """A form: its name, what is to be said of it ('' for nothing), its items, and whether it is the school's own."""

    name: str
    note: str
    rows: tuple[EvaluationRow, ...]
    is_own: bool


@cache
def shipped_forms() -> tuple[Form, ...]:
    """Every form shipped; the first is taken where a school has none of its own."""
    text = files(__package__).joinpath("forms.toml").read_text(encoding="utf-8")
    return tuple(_form(entry) for entry in tomllib.loads(text)["form"])


def _form(entry: dict[str, Any]) -> Form:
    rows = (_row(line, values) for line, values in enumerate(entry["rows"], 2))
    return Form(entry["name"], entry["note"], tuple(rows), is_own=False)


def _row(line: int, values: Sequence[Any]) -> EvaluationRow:
    item, group, content, full, method, figure, standard, veto, evidence = values
    words = (method or None, figure or None, standard or None, veto or None, evidence or None)
    return EvaluationRow(line, item, group, content, Decimal(full), *words, None, None)


def form_of(library: Library, name: str | None = None) -> Form:
    """The form of this name; without one, the school's own, else the first shipped.

    Raises UnknownForm for a name that is none.
    """
    if name:
        return _called(name)
    own = library[EvaluationRow]
    return Form("评估细则", "", tuple(own), is_own=True) if len(own) else shipped_forms()[0]


def _called(name: str) -> Form:
    names = [form.name for form in shipped_forms()]
    found = next((form for form in shipped_forms() if form.name.startswith(name)), None)
    if found is None:
        raise UnknownForm(name, nearest(name, names))
    return found
