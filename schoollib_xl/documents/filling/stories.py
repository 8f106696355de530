"""The parts of a document that hold text: body, headers, footers, notes, chart titles, drawings; where they stand."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docx.document import Document
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

import schoollib_xl
from schoollib_xl.documents.filling.faults import nearest
from schoollib_xl.documents.filling.markup import A_P, W_P, W_TBL, W_TC, W_TR, ancestor, own_text, paragraphs
from schoollib_xl.documents.filling.stylebook import StyleBook
from schoollib_xl.names import is_unseen

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
OWN_TEMPLATES = "templates"
# What Word and WPS write; only the first is read.
_WRITER_FILES = (".docx", ".doc", ".dotx", ".dot", ".docm", ".wps", ".wpt")
_TEXT_BOX = qn("w:txbxContent")
_HEADING_LENGTH = 16


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


def place(story: Story, paragraph: etree._Element, book: StyleBook) -> str:
    """Return the place of a paragraph, such as ``正文第1个表格第2行第2列`` or ``正文第5段（“工作重点”下）``."""
    if paragraph.tag == A_P:
        return story.name
    box = ancestor(paragraph, _TEXT_BOX)
    holder = None if box is None else ancestor(box, W_P)
    if holder is not None:
        return place(story, holder, book) + "的文本框"
    return story.name + (_cell(story.root, paragraph) or _line(story.root, paragraph, book))


def _cell(root: etree._Element, paragraph: etree._Element) -> str:
    """Return the place by the outermost table, which is the one she sees."""
    cell = next(reversed(list(paragraph.iterancestors(W_TC))), None)
    if cell is None:
        return ""
    row, table = ancestor(cell, W_TR), ancestor(cell, W_TBL)
    return (
        f"第{_number(root, table, W_TBL, None)}个表格"
        f"第{_number(table, row, W_TR, table)}行第{_number(row, cell, W_TC, row)}列"
    )


def _number(
    within: etree._Element | None, element: etree._Element | None, tag: str, holder: etree._Element | None
) -> int:
    """Return which one it is, from 1, of the elements with this tag that the holder holds directly."""
    if within is None or element is None:
        return 0
    holder_tag = W_TBL if holder is None else str(holder.tag)
    return [peer for peer in within.iter(tag) if ancestor(peer, holder_tag) is holder].index(element) + 1


def _line(root: etree._Element, paragraph: etree._Element, book: StyleBook) -> str:
    number, heading = 0, ""
    for peer in root.iter(W_P):
        if ancestor(peer, W_TC, _TEXT_BOX) is not None:
            continue
        number += 1
        if peer is paragraph:
            break
        if book.rank(peer) is not None:
            heading = own_text(peer)[:_HEADING_LENGTH]
    return f"第{number}段" + (f"（“{heading}”下）" if heading else "")


def find_template(name: str, beside: Path) -> Path:
    """Return the template with this file name for a workbook.

    Looks beside the workbook, in ``templates`` beside it, in the installed package, and in the source checkout.
    Raises :class:`FileNotFoundError` for a name that is none of our papers.
    """
    folder = beside if beside.is_dir() else beside.parent
    for place in (folder, folder / OWN_TEMPLATES):
        if (place / name).is_file():
            return place / name
    ours = shipped_template(name)
    if ours is None:
        raise FileNotFoundError(name)
    return ours


def shipped_template(name: str) -> Path | None:
    """Return our own template with this file name; None for a name that is none of our papers."""
    return next((place / name for place in _shipped() if (place / name).is_file()), None)


def unused_templates(beside: Path) -> dict[str, str]:
    """Papers in ``templates`` beside a workbook that are called like none of ours and are therefore not used, each with
    the name it may have been meant to have ('' for none).
    """
    ours = sorted(path.name for place in _shipped() for path in place.glob("*.docx"))
    try:
        there = sorted((beside.parent / OWN_TEMPLATES).iterdir())
    except OSError:
        return {}
    names = [path.name for path in there if path.suffix.lower() in _WRITER_FILES and not is_unseen(path.name)]
    return {name: nearest(name, ours) for name in names if name not in ours}


def _shipped() -> tuple[Path, Path]:
    """Where our own templates lie: in the installed package, or in the source checkout."""
    package = Path(schoollib_xl.__file__).parent
    return package / OWN_TEMPLATES, package.parent / OWN_TEMPLATES
