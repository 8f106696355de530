"""What she has put into a paper that is no text: pictures, notes, fields, tracked changes, comments."""

import re
from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.comments import AUTHOR
from schoollib_xl.documents.filling.markup import W_R, ancestor, remove

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


def holds_hers(element: etree._Element) -> bool:
    """Say whether an element holds something of hers that its text does not show."""
    if next(element.iter(*_HERS), None) is not None:
        return True
    breaks = (one.get(qn("w:type")) for one in element.iter(qn("w:br")))
    names = (one.get(qn("w:name"), "") for one in element.iter(qn("w:bookmarkStart")))
    return any(kind in ("page", "column") for kind in breaks) or any(not name.startswith(_WORDS_OWN) for name in names)


def drop_our_comments(document: Document) -> None:
    """Take out the comments of an earlier version; what still holds is told anew. Her replies stay by themselves."""
    part = next((one.target_part for one in document.part.rels.values() if one.reltype == RT.COMMENTS), None)
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


def _is_ours(comment: etree._Element) -> bool:
    text = "".join(piece.text or "" for piece in comment.iter(qn("w:t")))
    return comment.get(qn("w:author")) == AUTHOR and _OURS.match(text) is not None


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
    return (one.target_part for one in list(document.part.rels.values()) if one.reltype.endswith("/commentsExtended"))
