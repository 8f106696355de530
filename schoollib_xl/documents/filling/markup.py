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
_TYPE, _PROPERTIES, _STYLE, _VALUE = (qn(f"w:{name}") for name in ("type", "pPr", "pStyle", "val"))
# Text that was deleted or moved away, and the tab stops, whose elements are called like the tabs of a text.
_NO_TEXT = (qn("w:moveFrom"), qn("w:del"), qn("w:tabs"))
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
        if _belongs(element, paragraph) and element.get(_TYPE) not in _PAGE_ENDS
    ]


def own_text(paragraph: etree._Element) -> str:
    """Return the text of :func:`pieces` joined."""
    return "".join(piece.text for piece in pieces(paragraph))


def paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the element itself if it is a paragraph, and every paragraph inside it."""
    return root.iter(*PARAGRAPHS)


def style_id(paragraph: etree._Element) -> str:
    """Return the style a paragraph names, or an empty string."""
    style = paragraph.find(f"{_PROPERTIES}/{_STYLE}")
    return "" if style is None else style.get(_VALUE, "")


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
        if above.tag in _NO_TEXT:
            return False
    return False


def write_span(paragraph: etree._Element, start: int, end: int, value: str, *, in_parts: bool = False) -> None:
    """Write a value in place of the characters from ``start`` to ``end`` of the paragraph's own text.

    It takes the look of the first of them, or ``in_parts`` that of each stretch in turn, so that none is left without
    text; where nothing is replaced, that of the character before.
    """
    position, left = 0, value
    for element, text in pieces(paragraph) if start < end else []:
        first, last = max(position, start), min(position + len(text), end)
        offset, position = position, position + len(text)
        if first >= last:
            continue
        if element.tag in TEXTS:
            part = min(last - first, max(len(left) - 1, 1)) if in_parts and last < end else len(left)
            element.text = text[: first - offset] + left[:part] + text[last - offset :]
            left = left[part:]
            _settle(element)
        else:
            remove(element)
    if left:
        _insert(paragraph, start, left)


def _insert(paragraph: etree._Element, at: int, value: str) -> None:
    position = 0
    place: tuple[Piece, int] | None = None
    for piece in pieces(paragraph):
        offset, position = position, position + len(piece.text)
        if piece.element.tag in TEXTS and offset <= at <= position and (place is None or offset < at):
            place = (piece, at - offset)
    if place is None:
        run = etree.SubElement(paragraph, W_R)
        place = (Piece(etree.SubElement(run, W_T), ""), 0)
    (element, text), offset = place
    element.text = text[:offset] + value + text[offset:]
    _settle(element)


def _settle(element: etree._Element) -> None:
    """Keep outer spaces, turn line ends into breaks, and let the value stand in a content control."""
    if element.tag == W_T:
        element.set(XML_SPACE, "preserve")
        _break_lines(element)
        for control in element.iterancestors(qn("w:sdt")):
            for bound in control.iterfind(f"{qn('w:sdtPr')}/*"):
                if bound.tag in (qn("w:dataBinding"), qn("w:showingPlcHdr")):
                    remove(bound)


def _break_lines(element: etree._Element) -> None:
    first, *others = (element.text or "").split("\n")
    element.text = first
    for line in others:
        line_break = element.makeelement(qn("w:br"), {})
        text = element.makeelement(W_T, {XML_SPACE: "preserve"})
        text.text = line
        element.addnext(line_break)
        line_break.addnext(text)
        element = text
