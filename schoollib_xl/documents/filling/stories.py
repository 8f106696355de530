"""The parts of a document that hold text: body, headers, footers, notes, chart titles, drawings."""

from collections.abc import Iterator
from typing import NamedTuple

from docx.document import Document
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from schoollib_xl.documents.filling.markup import paragraphs

_NAMES = {
    "document.main+xml": "正文",
    "header+xml": "页眉",
    "footer+xml": "页脚",
    "footnotes+xml": "脚注",
    "endnotes+xml": "尾注",
    "drawingml.chart+xml": "图表",
    "drawingml.diagramData+xml": "图形",
    "drawingml.diagramDrawing+xml": "图形",
}
_PAGES = {"even": "偶数页", "first": "首页", "default": ""}


class Story(NamedTuple):
    """One part with text: what the librarian calls it, its XML, and the package part it came from."""

    name: str
    root: etree._Element
    part: Part


def stories(document: Document) -> Iterator[Story]:
    """Yield every part of the document that holds paragraphs, the body first."""
    pages = _pages(document)
    for part in document.part.package.iter_parts():
        if kind := story_name(part):
            root = part.element if isinstance(part, XmlPart) else parsed(part)
            if root is not None and next(paragraphs(root), None) is not None:
                yield Story(pages.get(str(part.partname), "") + kind, root, part)


def story_name(part: Part) -> str:
    """Return what the librarian calls a part with text, or an empty string."""
    return next((name for ending, name in _NAMES.items() if part.content_type.endswith(ending)), "")


def parsed(part: Part) -> etree._Element | None:
    """Return the XML of a part, or None where it is none: a damaged drawing does not keep the paper back."""
    try:
        return parse_xml(part.blob)
    except etree.XMLSyntaxError:
        return None


def store(document: Document, story: Story) -> None:
    """Put a story that python-docx does not keep as XML itself back into the package."""
    if not isinstance(story.part, XmlPart):
        swap(
            document,
            story.part,
            etree.tostring(story.root, xml_declaration=True, encoding="UTF-8", standalone=True),
        )


def swap(document: Document, old: Part, blob: bytes) -> Part:
    """Put a part with this content in the place of another, keeping all relationships to and from it."""
    new = Part(old.partname, old.content_type, blob, document.part.package)
    for relation_id, relation in old.rels.items():
        target = relation.target_ref if relation.is_external else relation.target_part
        new.load_rel(relation.reltype, target, relation_id, relation.is_external)
    for part in list(document.part.package.iter_parts()):
        for relation_id, relation in list(part.rels.items()):
            if not relation.is_external and relation.target_part is old:
                part.load_rel(relation.reltype, new, relation_id)
    return new


def _pages(document: Document) -> dict[str, str]:
    references = document.element.body.iter(qn("w:headerReference"), qn("w:footerReference"))
    return {
        str(part.partname): _PAGES.get(reference.get(qn("w:type"), ""), "")
        for reference in references
        if (part := document.part.related_parts.get(reference.get(qn("r:id"), "")))
    }
