"""Which list a paragraph or a table row repeats over, and what its items are called inside it."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from lxml import etree

from schoollib_xl.documents.filling.blanks import ORDINALS, STYLE, Value
from schoollib_xl.documents.filling.markup import W_TR, ancestor, paragraphs
from schoollib_xl.documents.filling.placeholders import placeholders
from schoollib_xl.ledgers.numerals import numeral

Scope: TypeAlias = Mapping[str, Value]
"""The values in force at one place of the paper, by full name."""


def items(name: str, scope: Scope) -> Sequence[object]:
    """Return the items of a list, none for anything that is not one."""
    value = scope.get(name)
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def is_list(value: object) -> bool:
    """Say whether a value is a list, so that its paragraph or row repeats."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def list_of(name: str, scope: Scope) -> str | None:
    """Return the list a name belongs to that is not yet being repeated, or None."""
    parts = name.split(".")
    prefixes = (".".join(parts[: length + 1]) for length in range(len(parts)))
    return next((prefix for prefix in prefixes if is_list(scope.get(prefix))), None)


def row_lists(row: etree._Element, scope: Scope) -> list[str]:
    """Return the lists used in the cells of a row, in order of first use; a table inside a cell has rows of its own."""
    cells = [paragraph for paragraph in paragraphs(row) if ancestor(paragraph, W_TR) is row]
    return list(dict.fromkeys(name for paragraph in cells for name in own_lists(paragraph, scope)))


def own_lists(paragraph: etree._Element, scope: Scope) -> list[str]:
    """Return the lists used by a paragraph itself, not by a text box in it."""
    found = (list_of(placeholder.name, scope) for placeholder in placeholders(paragraph))
    return list(dict.fromkeys(name for name in found if name is not None))


def bind(scope: Scope, name: str, item: object, number: int) -> Scope:
    """Return the scope inside one item of a list: its fields by full name, and its number."""
    inner = {**scope, ORDINALS[0]: number, ORDINALS[1]: numeral(number)}
    if isinstance(item, Mapping):
        del inner[name]
        return inner | {f"{name}.{field}": value for field, value in item.items()}
    return inner | {name: str(item)}


def style_wanted(paragraph: etree._Element, scope: Scope) -> str:
    """Return the style the item being written asks for, or an empty string."""
    for placeholder in placeholders(paragraph):
        style = scope.get(f"{placeholder.name.rpartition('.')[0]}.{STYLE}")
        if style:
            return str(style)
    return ""
