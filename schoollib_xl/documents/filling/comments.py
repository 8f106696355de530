"""Word comments (批注): at the faults of a template, and at the paragraphs where two versions disagree."""

from datetime import date
from pathlib import Path

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.markup import W_P, W_R, ancestor, paragraphs, pieces
from schoollib_xl.documents.filling.opening import open_template, package_bytes
from schoollib_xl.saving import save

AUTHOR, INITIALS = "图书室助手", "助"
_RANGE = ("w:commentRangeStart", "w:commentRangeEnd")


def annotate(template: Path, found: TemplateFaults, target: Path, on: date) -> Path:
    """Write a copy of the template with each fault as a comment where it stands; where it went, as an older copy
    may be open in Word.

    A fault outside the body (footer, chart, whole file) is told at the first paragraph, as Word keeps comments in
    the body only. Raises :class:`schoollib_xl.saving.CannotWrite`.
    """
    document = open_template(template)
    body = list(paragraphs(document.part.element))
    for fault in found.faults:
        in_body = fault.part == str(document.part.partname)
        comment_on(document, body[fault.paragraph if in_body else 0], fault.message, on)
    return save(target, lambda file: file.write(package_bytes(document)))


def comment_on(document: Document, paragraph: etree._Element, text: str, on: date) -> None:
    """Hang a comment on a whole paragraph, dated by the day all outputs of this run carry."""
    holder = [paragraph, *paragraph.iterancestors(W_P)][-1]  # Word has no comments inside a text box
    inner = [child for child in holder if child.tag != qn("w:pPr")]
    _hang(document, holder, inner[:1], inner[-1:], text, on)


def comment_at(document: Document, paragraph: etree._Element, start: int, end: int, text: str, on: date) -> None:
    """Hang a comment on what shows the characters from ``start`` to ``end`` of a paragraph."""
    found, position = [], 0
    for piece in pieces(paragraph):
        if position < end and position + len(piece.text) > start:
            found.append(_child_of(paragraph, piece.element))
        position += len(piece.text)
    if found and ancestor(paragraph, W_P) is None:
        _hang(document, paragraph, found[:1], found[-1:], text, on)
    else:
        comment_on(document, paragraph, text, on)


def _child_of(paragraph: etree._Element, element: etree._Element) -> etree._Element:
    return next(one for one in (element, *element.iterancestors()) if one.getparent() is paragraph)


def _hang(
    document: Document,
    holder: etree._Element,
    first: list[etree._Element],
    last: list[etree._Element],
    text: str,
    on: date,
) -> None:
    number = str(document.comments.add_comment(text, AUTHOR, INITIALS).comment_id)
    part = document.part.part_related_by(RT.COMMENTS)
    if isinstance(part, XmlPart):
        part.element[-1].set(qn("w:date"), f"{on.isoformat()}T00:00:00Z")
    start, end = (holder.makeelement(qn(tag), {qn("w:id"): number}) for tag in _RANGE)
    mark = holder.makeelement(W_R, {})
    etree.SubElement(mark, qn("w:commentReference")).set(qn("w:id"), number)
    if first and last:
        first[0].addprevious(start)
        last[0].addnext(end)
    else:
        holder.extend([start, end])
    end.addnext(mark)
