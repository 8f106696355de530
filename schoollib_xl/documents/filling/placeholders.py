"""Placeholders ``{{名称}}`` in a paragraph: found however Word cut them up, and values written in their place."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias, TypeGuard

from lxml import etree

from schoollib_xl.documents.filling.blanks import ORDINALS, STYLE, Value
from schoollib_xl.documents.filling.markup import W_TR, ancestor, own_text, paragraphs, write_span
from schoollib_xl.ledgers.numerals import numeral

_OPEN, _CLOSE = r"[{｛]\s*[{｛]", r"[}｝]\s*[}｝]"
_PLACEHOLDER = re.compile(rf"{_OPEN}([^{{}}｛｝]*){_CLOSE}")
_PAIR_MARK = re.compile(rf"{_OPEN}|{_CLOSE}|[{{｛]\s*%|%\s*[}}｝]")
_SINGLE = re.compile(r"[{｛]([^{}｛｝]+)[}｝]")
_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")
_DOTS = str.maketrans("．。·", "...")
# What XML 1.0 cannot hold, with the lone surrogates that would cut the document short.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Scope: TypeAlias = Mapping[str, Value]
"""The values in force at one place of the paper, by full name."""


class Placeholder(NamedTuple):
    """One placeholder: its name as meant, and where it stands in the paragraph's text."""

    name: str
    start: int
    end: int


def placeholders(paragraph: etree._Element) -> list[Placeholder]:
    """Return the complete placeholders of a paragraph in order; full-width braces count too."""
    return [Placeholder(meant(m[1]), m.start(), m.end()) for m in _PLACEHOLDER.finditer(own_text(paragraph))]


def named(text: str) -> list[str]:
    """Return the names of the placeholders in a text that is no paragraph."""
    return [meant(name) for name in _PLACEHOLDER.findall(text)]


def meant(name: str) -> str:
    """Return a name as meant: without spaces and line breaks, with 。 or ． read as a dot."""
    return _INVISIBLE.sub("", name).translate(_DOTS)


def unpaired(text: str) -> str:
    """Return the words around the first brace pair that is not closed or not opened, or an empty string."""
    rest = _PLACEHOLDER.sub(lambda match: "\0" * len(match[0]), text)
    mark = _PAIR_MARK.search(rest)
    if mark is None:
        return ""
    return rest[max(0, mark.start() - 8) : mark.end() + 8].strip("\0").replace("\0", "")


def single_braced(text: str) -> list[str]:
    """Return the names that stand between single braces, such as ``{学校}``."""
    return [meant(name) for name in _SINGLE.findall(_PLACEHOLDER.sub("", text))]


def without_placeholders(text: str) -> str:
    """Return the text a paragraph has besides its placeholders."""
    return _PLACEHOLDER.sub("", text)


def clean(value: str) -> str:
    """Return a value without the characters a Word file cannot hold."""
    return ILLEGAL.sub("", value).replace("\r\n", "\n").replace("\r", "\n")


def substitute(paragraph: etree._Element, value_of: Callable[[str], str]) -> None:
    """Write ``value_of(name)`` in place of every placeholder, with the look of its first character.

    Works from the right, so that a value is never searched for placeholders itself.
    """
    for placeholder in reversed(placeholders(paragraph)):
        write_span(paragraph, placeholder.start, placeholder.end, clean(value_of(placeholder.name)))


def items(name: str, scope: Scope) -> Sequence[object]:
    """Return the items of a list, none for anything that is not one."""
    value = scope.get(name)
    return value if _is_list(value) else ()


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Say whether a value is a list, so that its paragraph or row repeats."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def list_of(name: str, scope: Scope) -> str | None:
    """Return the list a name belongs to that is not yet being repeated, or None."""
    parts = name.split(".")
    prefixes = (".".join(parts[: length + 1]) for length in range(len(parts)))
    return next((prefix for prefix in prefixes if _is_list(scope.get(prefix))), None)


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
