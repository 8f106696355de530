"""Writing into a stretch of a paragraph's text: the characters change, runs and all that stands among them stay."""

from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.markup import TEXTS, W_R, W_T, XML_SPACE, Piece, pieces, remove


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
