"""Filling a template: checked first, then repeated and filled, then tidied; all or nothing. What it leaves out is
said: placeholders where nothing is filled, and lists that ours shows and hers has no place for.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from docx.document import Document
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling import faults
from schoollib_xl.documents.filling.blanks import STYLE, Content, Facts, Value
from schoollib_xl.documents.filling.charts import chart_shortcomings, draw
from schoollib_xl.documents.filling.checking import template_faults
from schoollib_xl.documents.filling.expanding import expand
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.figure_marks import Spot, take_marks
from schoollib_xl.documents.filling.markup import A_P, PARAGRAPHS, W_P, ancestor, paragraphs
from schoollib_xl.documents.filling.opening import damage_told, open_template
from schoollib_xl.documents.filling.placeholders import items, named, own_lists
from schoollib_xl.documents.filling.stories import parsed, shipped_template, store, stories, story_name
from schoollib_xl.documents.filling.stylebook import HEADING, SUBHEADING, StyleBook, style_book
from schoollib_xl.documents.filling.tidying import drop_comments, settle, tidy
from schoollib_xl.ledgers.numerals import numeral

# What the attributes are called where she types them; any other is a setting.
_ATTRIBUTES = {
    "descr": "图片的替代文字",
    "title": "图片的替代文字",
    "alt": "图片的替代文字",
    "{urn:schemas-microsoft-com:office:office}title": "图片的替代文字",
    qn("w:tooltip"): "链接的提示",
}
_PROPERTIES, _SETTING, _LINK, _IN_CHART = "文件的属性", "不显示的设置", "链接的地址", "图表的数据"
# What is never in the paper: comments on a template are taken out of it, and the shelf of building blocks is no text.
_LEFT_OUT = ("comments", "people.xml", "/glossary/", "/customXml/")
# What every paper is given of its own.
_STAMPED = (qn("dc:title"), qn("dc:creator"), qn("dc:description"), qn("cp:lastModifiedBy"))
# Old WordArt shows such an attribute, which is a fault of its own.
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"


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


def unfilled(document: Document) -> list[str]:
    """Return a sentence for each placeholder that stays as it is because no text of the paper holds it."""
    parts = document.part.package.iter_parts()
    found = (
        place for part in parts if not any(name in str(part.partname) for name in _LEFT_OUT) for place in _in(part)
    )
    return list(dict.fromkeys(faults.OUT_OF_REACH.format(where=where, name=name) for where, name in found))


def _in(part: Part) -> Iterator[tuple[str, str]]:
    for relation in part.rels.values():
        if relation.is_external:
            yield from ((_LINK, name) for name in named(unquote(relation.target_ref)))
    root = part.element if isinstance(part, XmlPart) else parsed(part) if part.content_type.endswith("xml") else None
    if root is not None:
        story = story_name(part)
        for element in root.iter(etree.Element):
            yield from _in_attributes(element, story)
            yield from _in_text(element, story)


def _in_attributes(element: etree._Element, story: str) -> Iterator[tuple[str, str]]:
    if element.tag != _WORD_ART:
        for attribute, value in element.attrib.items():
            yield from ((f"{story}{_ATTRIBUTES.get(str(attribute), _SETTING)}", name) for name in named(str(value)))


def _in_text(element: etree._Element, story: str) -> Iterator[tuple[str, str]]:
    """Text that belongs to no paragraph: the names and figures a chart keeps, the properties of the file."""
    if element.tag not in (*PARAGRAPHS, *_STAMPED) and ancestor(element, W_P, A_P) is None:
        for name in named(element.text or ""):
            yield {"": _PROPERTIES, "图表": _IN_CHART}.get(story, story), name


def lists_left_out(template: Path, document: Document, facts: Facts) -> Iterator[str]:
    """Yield a sentence about the lists of our template of this name that hold something and do not stand in hers."""
    ours = shipped_template(template.name)
    if ours is None or ours.samefile(template):
        return
    there = _lists(document, facts)
    if missing := [name for name in _lists(open_template(ours), facts) if name not in there and items(name, facts)]:
        yield faults.lists_missing(missing)


def _lists(document: Document, facts: Facts) -> list[str]:
    """The lists used anywhere in a template, in reading order."""
    used = (paragraph for story in stories(document) for paragraph in paragraphs(story.root))
    return list(dict.fromkeys(name for paragraph in used for name in own_lists(paragraph, facts)))
