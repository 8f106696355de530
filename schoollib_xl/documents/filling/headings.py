"""Headings in a template whose styles do not number them, or that has none: the numbers are typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.blanks import STYLE, Facts, Value
from schoollib_xl.documents.filling.style_names import HEADING, SUBHEADING
from schoollib_xl.documents.filling.stylebook import StyleBook
from schoollib_xl.ledgers.numerals import numeral


def typed_out(facts: Facts, document: Document, book: StyleBook) -> Facts:
    """Return the facts with typed numbers where the template does not number headings by itself: 一、指导思想."""
    bare = {name for name in (HEADING, SUBHEADING) if not _numbers(document, book.id_of(name))}
    return {name: _typed(value, bare) for name, value in facts.items()} if bare else facts


def _typed(value: Value, bare: set[str]) -> Any:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return value
    outer = inner = 0
    lines: list[Any] = []
    for line in value:
        style = line.get(STYLE) if isinstance(line, Mapping) else None
        if style == HEADING:
            outer, inner = outer + 1, 0
        elif style == SUBHEADING:
            inner += 1
        number = {HEADING: f"{numeral(outer)}、", SUBHEADING: f"（{numeral(inner)}）"}.get(str(style))
        is_typed = number is not None and style in bare and isinstance(line, Mapping)
        lines.append({**line, "内容": f"{number}{line['内容']}"} if is_typed and isinstance(line, Mapping) else line)
    return tuple(lines)


def _numbers(document: Document, identifier: str | None) -> bool:
    """Say whether a style, or one it is based on, numbers its paragraphs."""
    styles: dict[str, etree._Element] = {
        style.get(qn("w:styleId"), ""): style for style in document.styles.element.iterfind(qn("w:style"))
    }
    seen: set[str] = set()
    while identifier in styles and identifier not in seen:
        seen.add(identifier)
        style = styles[identifier]
        if style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None:
            return True
        based = style.find(qn("w:basedOn"))
        identifier = None if based is None else based.get(qn("w:val"))
    return False
