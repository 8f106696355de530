"""Filling a template: checked first, then repeated and filled, then tidied; all or nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.blanks import STYLE, Content, Facts, Value
from schoollib_xl.documents.filling.charts import chart_shortcomings, draw
from schoollib_xl.documents.filling.checking import template_faults
from schoollib_xl.documents.filling.expanding import expand
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.figure_marks import Spot, take_marks
from schoollib_xl.documents.filling.opening import damage_told, open_template
from schoollib_xl.documents.filling.out_of_reach import lists_left_out, unfilled
from schoollib_xl.documents.filling.stories import store, stories
from schoollib_xl.documents.filling.stylebook import HEADING, SUBHEADING, StyleBook, style_book
from schoollib_xl.documents.filling.tidying import drop_comments, settle, tidy
from schoollib_xl.ledgers.numerals import numeral


class Filled(NamedTuple):
    """A paper in memory, sentences about what its template has no place for, and where its figures stand."""

    document: Document
    notes: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()


def fill(template: Path, content: Content) -> Filled:
    """Return the paper.

    Raises :class:`TemplateFaults` with every fault of the template at once, before anything is filled.
    """
    document = open_template(template)
    with damage_told(template):
        found = template_faults(document, content)
        if found:
            raise TemplateFaults(template.name, found)
        told = (
            *chart_shortcomings(document, content.charts),
            *lists_left_out(template, document, content.facts),
            *unfilled(document),
        )
        notes = tuple(f"{template.name}：{sentence}" for sentence in told)
        spots = tuple(_fill(document, content))
    return Filled(document, notes, spots)


def _fill(document: Document, content: Content) -> list[Spot]:
    book = style_book(document)
    spots: list[Spot] = []
    facts = _typed_out(content.facts, document, book)
    for story in list(stories(document)):
        settle(story.root)
        expand(story.root, facts, book)
        spots += take_marks(story.root)
        store(document, story)
    drop_comments(document)
    draw(document, content.charts)
    tidy(document, book)
    return spots


# -- headings whose styles do not number them: the numbers are typed --------------------------------------


def _typed_out(facts: Facts, document: Document, book: StyleBook) -> Facts:
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
