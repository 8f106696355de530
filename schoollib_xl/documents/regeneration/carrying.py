"""Carrying what she has put into a paper (text, tables, pictures, notes, fields, comments) into another."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.comments import AUTHOR
from schoollib_xl.documents.filling.markup import W_P, W_R, ancestor, remove

_STYLE_REFERENCES = tuple(map(qn, ("w:pStyle", "w:rStyle", "w:tblStyle")))
_NOTES = tuple(map(qn, ("w:footnoteReference", "w:endnoteReference", "w:bookmarkStart", "w:bookmarkEnd")))
_HERS = tuple(
    map(
        qn,
        (
            *("w:drawing", "w:pict", "w:object", "w:footnoteReference", "w:endnoteReference", "w:commentReference"),
            *("w:fldChar", "w:fldSimple", "w:hyperlink", "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:sectPr"),
            *("w:sdt", "m:oMath"),
        ),
    )
)
# Bookmarks Word sets by itself: where the cursor was, where a table of contents points.
_WORDS_OWN = ("_GoBack", "_Toc")
_OURS = re.compile("数据更新后|更新后|来源：")
_MARKS = tuple(map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")))
_COMMENTS_EXTENDED = "http://schemas.microsoft.com/office/word/2012/wordml"
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"


class _Style(NamedTuple):
    kind: str
    name: str


class Carrier:
    """Copies parts of one document so that they fit into another; missing styles come along."""

    def __init__(self, source: Document, target: Document) -> None:
        """Look both style sheets up once."""
        self._source = {element.get(qn("w:styleId"), ""): element for element in _styles(source)}
        self._target = {_style(element): element.get(qn("w:styleId"), "") for element in _styles(target)}
        self._sheet: etree._Element = target.styles.element

    def copy(self, element: etree._Element) -> etree._Element:
        """Return a copy that uses the target's styles and refers to nothing the target lacks."""
        copy = deepcopy(element)
        for reference in copy.iter(*_STYLE_REFERENCES):
            reference.set(qn("w:val"), self._style_in_target(reference.get(qn("w:val"), "")))
        for link in list(copy.iter(qn("w:hyperlink"))):
            for run in list(link):
                link.addprevious(run)
            remove(link)
        for note in list(copy.iter(*_NOTES)):
            remove(note)
        return copy

    def rewrite_cell(self, cell: etree._Element, wanted: etree._Element) -> None:
        """Give a table cell the paragraphs of another, each looking as its own first one does."""
        old = cell.findall(W_P)
        look = old[0].find(qn("w:pPr")) if old else None
        for paragraph in wanted.findall(W_P):
            copy = self.copy(paragraph)
            if look is not None:
                for own in copy.findall(qn("w:pPr")):
                    remove(own)
                copy.insert(0, deepcopy(look))
            cell.append(copy)
        for paragraph in old:
            remove(paragraph)

    def _style_in_target(self, identifier: str) -> str:
        element = self._source.get(identifier)
        if element is None:
            return identifier
        style = _style(element)
        if style not in self._target:
            self._target[style] = self._bring(element)
        return self._target[style]

    def _bring(self, element: etree._Element) -> str:
        """Add a style the target lacks; it stands alone, as its relatives may look different there."""
        copy = deepcopy(element)
        identifier = f"{copy.get(qn('w:styleId'))}{len(self._target)}"
        copy.set(qn("w:styleId"), identifier)
        for relative in list(copy.iter(*map(qn, ("w:basedOn", "w:next", "w:link", "w:numPr")))):
            remove(relative)
        self._sheet.append(copy)
        return identifier


def _styles(document: Document) -> list[etree._Element]:
    return list(document.styles.element.iterfind(qn("w:style")))


def _style(element: etree._Element) -> _Style:
    name = element.find(qn("w:name"))
    return _Style(element.get(qn("w:type"), ""), "" if name is None else name.get(qn("w:val"), "").casefold())


def holds_hers(element: etree._Element) -> bool:
    """Say whether an element holds something of hers that its text does not show."""
    if next(element.iter(*_HERS), None) is not None:
        return True
    breaks = (one.get(qn("w:type")) for one in element.iter(qn("w:br")))
    names = (one.get(qn("w:name"), "") for one in element.iter(qn("w:bookmarkStart")))
    return any(kind in ("page", "column") for kind in breaks) or any(not name.startswith(_WORDS_OWN) for name in names)


def drop_our_comments(document: Document) -> list[str]:
    """Take out the comments of an earlier version, and return their texts; what still holds is told anew. Her replies
    stay by themselves.
    """
    part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype == RT.COMMENTS), None)
    root = getattr(part, "element", None)
    ours = [] if root is None else [comment for comment in root if _is_ours(comment)]
    numbers = {comment.get(qn("w:id")) for comment in ours}
    paragraphs = {p.get(_PARAGRAPH_ID) for comment in ours for p in comment.iter(qn("w:p"))} - {None}
    for comment in ours:
        remove(comment)
    for mark in [one for one in document.element.body.iter(*_MARKS) if one.get(qn("w:id")) in numbers]:
        run = ancestor(mark, W_R)
        remove(mark if run is None or len(run) > 1 + (run.find(qn("w:rPr")) is not None) else run)
    _free_replies(document, paragraphs)
    return [_words(comment) for comment in ours]


def _is_ours(comment: etree._Element) -> bool:
    return comment.get(qn("w:author")) == AUTHOR and _OURS.match(_words(comment)) is not None


def _words(comment: etree._Element) -> str:
    return "".join(piece.text or "" for piece in comment.iter(qn("w:t")))


def _free_replies(document: Document, gone: set[str | None]) -> None:
    from schoollib_xl.documents.filling.stories import swap

    for part in _extended(document):
        root = etree.fromstring(part.blob)
        for entry in list(root):
            if entry.get(f"{{{_COMMENTS_EXTENDED}}}paraId") in gone:
                root.remove(entry)
            elif entry.get(f"{{{_COMMENTS_EXTENDED}}}paraIdParent") in gone:
                del entry.attrib[f"{{{_COMMENTS_EXTENDED}}}paraIdParent"]
        swap(document, part, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _extended(document: Document) -> Iterator[Part]:
    return (rel.target_part for rel in list(document.part.rels.values()) if rel.reltype.endswith("/commentsExtended"))
