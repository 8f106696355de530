"""Names too long for a line of a title or a signature are broken where a reader would pause, not at any character."""

import re
import unicodedata
from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.styles.style import ParagraphStyle
from lxml import etree

from schoollib_xl.documents.filling.markup import W_P, W_T
from schoollib_xl.documents.filling.stylebook import COVER_TITLE, SIGNED_BY, TITLE, StyleBook

_NAMES = (TITLE, COVER_TITLE, SIGNED_BY)
# After a place (云岭省｜白水河县｜松岗乡, but 景德镇市 and 自治区 as they are), before or after the kind of school.
_PAUSES = re.compile(
    "(?<=[省市州盟县区旗乡镇村])(?![省市州盟县区旗乡镇村])"
    "|(?<=学校)|(?<=小学)|(?<=中学)|(?<=教学点)|(?=九年一贯制)|(?=中心小学)|(?=民族小学)|(?=希望小学)|(?=教学点)|(?=图书室)"
)
_WIDE = ("W", "F", "A")


def break_long_names(document: Document, book: StyleBook) -> None:
    """Break every line of a title or signature that its page cannot hold; one without a pause is left to Word."""
    for paragraph in document.element.body.iter(W_P):
        if book.name_of(paragraph) in _NAMES:
            room = _room(document, book.name_of(paragraph))
            for text in [*paragraph.iter(W_T)] if room else ():
                _break(text, room)


def _room(document: Document, style_name: str) -> float:
    """How many Chinese characters a line of the style holds; 0 where that cannot be told."""
    section, style = document.sections[0], _style(document, style_name)
    size = next((Length(one.font.size) for one in _with_bases(style) if one.font.size), None)
    if size is None or section.page_width is None:
        return 0
    sides = (section.left_margin, section.right_margin)
    indents = (
        next((value for one in _with_bases(style) if (value := getattr(one.paragraph_format, side)) is not None), 0)
        for side in ("left_indent", "right_indent")
    )
    return (section.page_width - sum(map(int, filter(None, sides))) - sum(map(int, indents))) / max(size, Pt(1))


def _style(document: Document, name: str) -> ParagraphStyle | None:
    found = (one for one in document.styles if isinstance(one, ParagraphStyle))
    return next((one for one in found if (one.element.name_val or "").casefold() == name), None)


def _with_bases(style: ParagraphStyle | None) -> Iterator[ParagraphStyle]:
    while isinstance(style, ParagraphStyle):
        yield style
        base = style.base_style
        style = base if isinstance(base, ParagraphStyle) else None


def _break(text: etree._Element, room: float) -> None:
    """Put line breaks into one piece of text."""
    lines = broken(text.text or "", room)
    if len(lines) < 2:
        return
    text.text, *others = lines
    last = text
    for line in others:
        following = text.makeelement(W_T, {})
        following.text = line
        last.addnext(following)
        last.addnext(text.makeelement(qn("w:br"), {}))
        last = following


def broken(name: str, room: float) -> list[str]:
    """The lines of a name, each as long as the others as far as its pauses allow; one line where it has none that
    helps.
    """
    if _width(name) <= room:
        return [name]
    pauses = [one.start() for one in _PAUSES.finditer(name) if 0 < one.start() < len(name)]
    fitting = [at for at in pauses if _width(name[:at]) <= room]
    if not fitting:
        return [name]
    lines = -(-_width(name) // room)
    ends = [at for at in fitting if _width(name[at:]) <= room * (lines - 1)] or fitting[-1:]
    at = min(ends, key=lambda end: abs(_width(name[:end]) - _width(name) / lines))
    return [name[:at], *broken(name[at:], room)]


def _width(text: str) -> float:
    return sum(1 if unicodedata.east_asian_width(one) in _WIDE else 0.5 for one in text)
