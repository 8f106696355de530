"""Where the figures of a paper stand, and on request a comment at each that leads to its line of 数据来源."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.comments import comment_at
from schoollib_xl.documents.filling.figure_marks import Spot
from schoollib_xl.documents.filling.markup import W_P, W_R, W_T, XML_SPACE, own_text, pieces
from schoollib_xl.documents.filling.stories import place, stories
from schoollib_xl.documents.filling.stylebook import style_book

LEAD = "来源："
"""How our comments at figures begin; by it they are known again and replaced."""


class Note(NamedTuple):
    """What is said at a figure, and where the rest of it stands: the end of a link after the file's name."""

    text: str
    anchor: str


def places_of(document: Document, spots: Sequence[Spot]) -> dict[int, list[str]]:
    """Where each figure stands in the words of someone looking at the page, by its number; figures in paragraphs she
    changed are not found.
    """
    body, book = next(stories(document)), style_book(document)
    said: dict[int, list[str]] = {}
    for paragraph, found in _located(document, spots):
        where = place(body, paragraph, book)
        for spot in found:
            said.setdefault(spot.number, []).append(where)
    return said


def comment_sources(document: Document, spots: Sequence[Spot], notes: Sequence[Note], book: str, on: date) -> None:
    """Hang a comment with a link into `book`, a file beside the paper, on every figure."""
    for paragraph, found in list(_located(document, spots)):
        for spot in sorted(found, key=lambda one: -one.start):
            _isolate(paragraph, spot.start, spot.end)
            comment_at(document, paragraph, spot.start, spot.end, f"{LEAD}{notes[spot.number].text}", on)
            _link(document, f"{quote(book)}{notes[spot.number].anchor}", book)


def _located(document: Document, spots: Sequence[Spot]) -> Iterator[tuple[etree._Element, list[Spot]]]:
    """The paragraphs that still read as they were filled, each with its figures."""
    waiting: dict[str, list[list[Spot]]] = {}
    for spot in spots:
        groups = waiting.setdefault(spot.text, [])
        if groups and groups[-1][-1].start < spot.start:
            groups[-1].append(spot)
        else:
            groups.append([spot])
    for paragraph in document.element.body.iter(W_P):
        if left := waiting.get(own_text(paragraph)):
            yield paragraph, left.pop(0)


def _isolate(paragraph: etree._Element, start: int, end: int) -> None:
    """Let the characters from start to end stand in a run of their own, as far as runs hold text alone."""
    for boundary in (end, start):
        position = 0
        for element, text in pieces(paragraph):
            if position < boundary < position + len(text) and element.tag == W_T:
                _split(element, boundary - position)
                break
            position += len(text)


def _split(text: etree._Element, at: int) -> None:
    run = text.getparent()
    if run is None or run.tag != W_R or len(run.findall("*")) - (run.find(qn("w:rPr")) is not None) != 1:
        return
    rest = deepcopy(run)
    run.addnext(rest)
    whole = text.text or ""
    for element, part in zip((text, *rest.iter(W_T)), (whole[:at], whole[at:]), strict=True):
        element.text = part
        element.set(XML_SPACE, "preserve")


def _link(document: Document, target: str, shown: str) -> None:
    """Add a link to the last comment."""
    part = document.part.part_related_by(RT.COMMENTS)
    comment = list(document.comments)[-1]
    link = etree.SubElement(comment.paragraphs[-1]._p, qn("w:hyperlink"))
    link.set(qn("r:id"), part.relate_to(target, RT.HYPERLINK, is_external=True))
    run = etree.SubElement(link, W_R)
    etree.SubElement(run, W_T).text = f"（{shown}）"
