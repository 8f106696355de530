"""Word comments (批注): at the faults of a template, and at the paragraphs where two versions disagree."""

from datetime import date
from pathlib import Path

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.fill import open_template
from schoollib_xl.documents.filling.markup import W_P, W_R, paragraphs
from schoollib_xl.documents.filling.packing import package_bytes
from schoollib_xl.saving import save

AUTHOR, INITIALS = "图书室助手", "助"


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
    number = str(document.comments.add_comment(text, AUTHOR, INITIALS).comment_id)
    part = document.part.part_related_by(RT.COMMENTS)
    if isinstance(part, XmlPart):
        part.element[-1].set(qn("w:date"), f"{on.isoformat()}T00:00:00Z")
    holder = [paragraph, *paragraph.iterancestors(W_P)][-1]  # Word has no comments inside a text box
    properties = holder.find(qn("w:pPr"))
    holder.insert(0 if properties is None else 1, holder.makeelement(qn("w:commentRangeStart"), {qn("w:id"): number}))
    holder.append(holder.makeelement(qn("w:commentRangeEnd"), {qn("w:id"): number}))
    mark = etree.SubElement(holder, W_R)
    etree.SubElement(mark, qn("w:commentReference")).set(qn("w:id"), number)
