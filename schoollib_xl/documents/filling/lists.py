"""Which list a paragraph or a table row repeats over, and what its items are called inside it."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from lxml import etree

from schoollib_xl.documents.filling.blanks import ORDINALS, STYLE, Value
from schoollib_xl.documents.filling.markup import W_TR, ancestor, paragraphs
from schoollib_xl.documents.filling.placeholders import placeholders

Scope: TypeAlias = Mapping[str, Value]
"""The values in force at one place of the paper, by full name."""

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千", "万")


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
    inner = {**scope, ORDINALS[0]: number, ORDINALS[1]: chinese_numeral(number)}
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


def chinese_numeral(number: int) -> str:
    """Return a number from 1 to 99999 as headings count: 一, 十, 十一, 二十, 一百零一."""
    said = ""
    for power, digit in reversed(list(enumerate(reversed(str(number))))):
        if digit != "0":
            said += _DIGITS[int(digit)] + _UNITS[power]
        elif not said.endswith("零"):
            said += "零"
    return said.rstrip("零").removeprefix("一") if 10 <= number < 20 else said.rstrip("零")
