"""The annexes of a paper: numbered as they are left, and listed above the signature (GB/T 9704-2012, 7.3.4)."""

import re
from collections.abc import Sequence
from copy import deepcopy

from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.expanding import vanish
from schoollib_xl.documents.filling.markup import W_P, own_text, remove, write_span
from schoollib_xl.documents.filling.stylebook import ANNEX_LIST, StyleBook

_ANNEX = re.compile(r"附件(\d+)\s*")
_OWN_LAYOUT = tuple(map(qn, ("w:spacing", "w:ind")))


def is_annex(paragraph: etree._Element, book: StyleBook) -> bool:
    """Whether the paragraph is the heading of an annex."""
    return book.rank(paragraph) == 0 and _ANNEX.match(own_text(paragraph)) is not None


def number_annexes(body: etree._Element, book: StyleBook) -> None:
    """Number the annexes that are left, 附件1, 附件2 …, one alone not at all, and list them behind the word 附件： ."""
    headings = [p for p in body.iterchildren(W_P) if is_annex(p, book)]
    marks = [str(number) for number in range(1, len(headings) + 1)] if len(headings) > 1 else [""]
    names: list[str] = []
    for mark, paragraph in zip(marks, headings, strict=False):
        text = own_text(paragraph)
        if found := _ANNEX.match(text):
            names.append(f"{mark and f'{mark}．'}{text[found.end() :].strip()}")
            write_span(paragraph, found.start(1), found.end(1), mark)
    for paragraph in [p for p in body.iterchildren(W_P) if book.name_of(p) == ANNEX_LIST]:
        _list(paragraph, names)


def _list(first: etree._Element, names: Sequence[str]) -> None:
    """The first name stands behind the template's word, each other on a line of its own, laid out as the style says."""
    if not names:
        vanish(first)
        return
    opening = len(own_text(first))
    others = [deepcopy(first) for _ in names[1:]]
    for line, name in zip(others, names[1:], strict=True):
        write_span(line, 0, opening, name)
        for layout in [one for one in line.iterfind(f"{qn('w:pPr')}/*") if one.tag in _OWN_LAYOUT]:
            remove(layout)
    write_span(first, opening, opening, names[0])
    for line in reversed(others):
        first.addnext(line)
