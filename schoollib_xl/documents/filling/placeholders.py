"""Placeholders ``{{名称}}`` in a paragraph: found however Word cut them up, and values written in their place."""

import re
from collections.abc import Callable
from typing import NamedTuple

from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.markup import A_T, W_T, XML_SPACE, own_text, pieces, remove

_OPEN, _CLOSE = r"[{｛]\s*[{｛]", r"[}｝]\s*[}｝]"
_PLACEHOLDER = re.compile(rf"{_OPEN}([^{{}}｛｝]*){_CLOSE}")
_PAIR_MARK = re.compile(rf"{_OPEN}|{_CLOSE}|[{{｛]\s*%|%\s*[}}｝]")
_SINGLE = re.compile(r"[{｛]([^{}｛｝]+)[}｝]")
_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")
_DOTS = str.maketrans("．。·", "...")
# What XML 1.0 cannot hold, with the lone surrogates that would cut the document short.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Placeholder(NamedTuple):
    """One placeholder: its name as meant, and where it stands in the paragraph's text."""

    name: str
    start: int
    end: int


def placeholders(paragraph: etree._Element) -> list[Placeholder]:
    """Return the complete placeholders of a paragraph in order; full-width braces count too."""
    return [Placeholder(meant(m[1]), m.start(), m.end()) for m in _PLACEHOLDER.finditer(own_text(paragraph))]


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
    return _ILLEGAL.sub("", value).replace("\r\n", "\n").replace("\r", "\n")


def substitute(paragraph: etree._Element, value_of: Callable[[str], str]) -> None:
    """Write ``value_of(name)`` in place of every placeholder, with the look of its first character.

    Works from the right, so that a value is never searched for placeholders itself.
    """
    for placeholder in reversed(placeholders(paragraph)):
        _write(paragraph, placeholder, clean(value_of(placeholder.name)))


def _write(paragraph: etree._Element, placeholder: Placeholder, value: str) -> None:
    position, left = 0, value
    for element, text in pieces(paragraph):
        start, end = max(position, placeholder.start), min(position + len(text), placeholder.end)
        offset, position = position, position + len(text)
        if start >= end:
            continue
        if element.tag in (W_T, A_T):
            element.text = text[: start - offset] + left + text[end - offset :]
            left = ""
            _settle(element)
        else:
            remove(element)  # a soft return typed inside the braces


def _settle(element: etree._Element) -> None:
    """Keep outer spaces, turn line ends into breaks, and let the value stand in a content control."""
    if element.tag == W_T:
        element.set(XML_SPACE, "preserve")
        _break_lines(element)
        for control in element.iterancestors(qn("w:sdt")):
            for bound in control.iterfind(f"{qn('w:sdtPr')}/*"):
                if bound.tag in (qn("w:dataBinding"), qn("w:showingPlcHdr")):
                    remove(bound)


def _break_lines(element: etree._Element) -> None:
    first, *others = (element.text or "").split("\n")
    element.text = first
    for line in others:
        line_break = element.makeelement(qn("w:br"), {})
        text = element.makeelement(W_T, {XML_SPACE: "preserve"})
        text.text = line
        element.addnext(line_break)
        line_break.addnext(text)
        element = text
