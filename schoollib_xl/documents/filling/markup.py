"""The names of WordprocessingML that the other modules need, and the text of one paragraph."""

from collections.abc import Iterator
from typing import NamedTuple

from docx.oxml.ns import qn
from lxml import etree

W_P, W_R, W_T, W_TBL, W_TR, W_TC = (qn(f"w:{name}") for name in ("p", "r", "t", "tbl", "tr", "tc"))
A_P, A_T = qn("a:p"), qn("a:t")
PARAGRAPHS = (W_P, A_P)
TEXTS = (W_T, A_T, qn("m:t"))
_SPACES = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("a:br"): "\n"}
# A break that ends a page or a column is no character of the text.
_PAGE_ENDS = ("page", "column")
_GONE = (qn("w:moveFrom"), qn("w:del"))
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Piece(NamedTuple):
    """One element of a paragraph that shows text, and the text it shows."""

    element: etree._Element
    text: str


def pieces(paragraph: etree._Element) -> list[Piece]:
    """Return what the paragraph itself shows: no deleted text, nothing of a text box anchored in it."""
    return [
        Piece(element, _SPACES.get(str(element.tag)) or element.text or "")
        for element in paragraph.iter(*TEXTS, *_SPACES)
        if _belongs(element, paragraph) and element.get(qn("w:type")) not in _PAGE_ENDS
    ]


def own_text(paragraph: etree._Element) -> str:
    """Return the text of :func:`pieces` joined."""
    return "".join(piece.text for piece in pieces(paragraph))


def paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the element itself if it is a paragraph, and every paragraph inside it."""
    return root.iter(*PARAGRAPHS)


def style_id(paragraph: etree._Element) -> str:
    """Return the style a paragraph names, or an empty string."""
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else style.get(qn("w:val"), "")


def ancestor(element: etree._Element, *tags: str) -> etree._Element | None:
    """Return the nearest ancestor with one of these tags."""
    return next(element.iterancestors(*tags), None)


def remove(element: etree._Element) -> None:
    """Take the element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _belongs(element: etree._Element, paragraph: etree._Element) -> bool:
    for above in element.iterancestors():
        if above.tag in PARAGRAPHS:
            return above is paragraph
        if above.tag in _GONE or above.tag == qn("w:tabs"):
            return False
    return False
