"""A template's own tracked changes and comments: accepted and left out, so that no paper carries them."""

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.markup import W_P, W_TR, remove

_REMOVED = (
    *(
        "w:del",
        "w:moveFrom",
        "w:rPrChange",
        "w:pPrChange",
        "w:sectPrChange",
        "w:tblPrChange",
        "w:tblGridChange",
    ),
    *("w:trPrChange", "w:tcPrChange", "w:numberingChange", "w:cellIns", "w:cellDel", "w:cellMerge"),
    *("w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd"),
    *("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:annotationRef"),
)
_UNWRAPPED = ("w:ins", "w:moveTo")
_COMMENT_PARTS = ("/comments", "/commentsExtended", "/commentsIds", "/commentsExtensible", "/people")


def settle(root: etree._Element) -> None:
    """Accept every tracked change below the root and drop its comments."""
    for row in [row for row in root.iter(W_TR) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None]:
        remove(row)
    for paragraph in [p for p in root.iter(W_P) if _mark_deleted(p)]:
        _join_to_next(paragraph)
    for element in list(root.iter(*map(qn, _REMOVED))):
        remove(element)
    for element in list(root.iter(*map(qn, _UNWRAPPED))):
        _unwrap(element)


def drop_comments(document: Document) -> None:
    """Forget the parts that hold the template's comments."""
    relations = document.part.rels
    for relation_id in [key for key, relation in relations.items() if relation.reltype.endswith(_COMMENT_PARTS)]:
        del relations[relation_id]


def _mark_deleted(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def _join_to_next(paragraph: etree._Element) -> None:
    """Move the text of a paragraph whose end was deleted to the front of the next one."""
    following = paragraph.getnext()
    if following is None or following.tag != W_P:
        return
    first = 1 if following.find(qn("w:pPr")) is not None else 0
    for offset, child in enumerate([child for child in paragraph if child.tag != qn("w:pPr")]):
        following.insert(first + offset, child)
    remove(paragraph)


def _unwrap(element: etree._Element) -> None:
    for child in list(element):
        element.addprevious(child)
    remove(element)
