"""First and last touches on a filled paper: tracked changes accepted, nothing empty left, quotes in Chinese type."""

import re
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.annexes import is_annex, number_annexes
from schoollib_xl.documents.filling.charts import number_frames
from schoollib_xl.documents.filling.expanding import FILLED, vanish
from schoollib_xl.documents.filling.long_names import break_long_names
from schoollib_xl.documents.filling.markup import W_P, W_R, W_T, W_TBL, W_TC, W_TR, own_text, remove
from schoollib_xl.documents.filling.stylebook import (
    ANNEX_LIST,
    CAPTION,
    CLOSING,
    END_NOTE,
    SIGNED_BY,
    SIGNED_ON,
    StyleBook,
)

_SIGNATURES = (SIGNED_BY, SIGNED_ON)
# What follows the last section without belonging to it.
_AFTER_SECTIONS = (*_SIGNATURES, CLOSING, END_NOTE, ANNEX_LIST)
# What is too little to keep a signature company.
_TOO_SLIGHT = (END_NOTE, ANNEX_LIST, "顶格")
_SPANS = tuple(map(qn, ("w:gridSpan", "w:vMerge", "w:hMerge")))
_PICTURES = tuple(map(qn, ("w:drawing", "w:pict", "w:object")))
# Characters Word sets in the Latin font unless told otherwise (ECMA-376 part 1, 17.3.2.26).
_AMBIGUOUS = re.compile("[\u00a7\u00b0\u00b1\u00b7\u00d7\u00f7\u2010-\u2027\u2030-\u205e\u2460-\u24ff]")
# Paragraphs of text that go to the next page together with the signature.
_COMPANIONS = 2
# A table of no more rows and characters than this is kept on one page; of a longer one, so many rows at either end.
_FEW_ROWS, _LITTLE_TEXT, _ENDS = 9, 300, 3
# One that the signature stays with takes half a page with it when it goes: of more rows than its heading, a total and
# two others, which nobody parts, some stay.
_FEW_SIGNED = 4
# After a table at the end of an annex the page stays empty: there it keeps a third of its rows, as many as surely fit.
_MOST_AT_END = 8

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


def tidy(document: Document, book: StyleBook) -> None:
    """Apply every last touch to the body of the document."""
    body = document.element.body
    drop_hollow(body, book)
    number_annexes(body, book)
    for table in [table for table in body.iter(W_TBL) if table.attrib.pop(FILLED, "")]:
        _drop_empty_columns(table)
    signatures = [p for p in body.iter(W_P) if book.name_of(p) in _SIGNATURES]
    company = _company(signatures, book)
    for table in body.iterchildren(W_TBL):
        few = _FEW_SIGNED if table in company else _FEW_ROWS
        _keep_rows_together(table, few, ends_annex=_ends_annex(table, book))
    for paragraph in (*signatures[:-1], *(one for element in company for one in _end_of(element))):
        _keep_with_next(paragraph)
    break_long_names(document, book)
    for run in body.iter(W_R):
        _set_in_chinese_type(run)
    number_frames(body, 1)


def _drop_empty_columns(table: etree._Element) -> None:
    """Take out the columns of a filled table in which no row says anything."""
    rows = [row.findall(W_TC) for row in table.findall(W_TR)]
    grid = table.find(qn("w:tblGrid"))
    if len({len(row) for row in rows}) != 1 or len(rows) < 2 or next(table.iter(*_SPANS), None) is not None:
        return
    empty = [column for column in range(len(rows[0])) if all(_says_nothing(row[column]) for row in rows[1:])]
    if len(empty) == len(rows[0]):
        return
    for column in reversed(empty):
        for row in rows:
            remove(row[column])
        if grid is not None and column < len(grid):
            grid.remove(grid[column])
    if empty:
        _spread(table)


def _says_nothing(cell: etree._Element) -> bool:
    shown = "".join(own_text(paragraph) for paragraph in cell.iter(W_P)).strip()
    return shown in ("", "—") and next(cell.iter(*_PICTURES), None) is None


def _spread(table: etree._Element) -> None:
    """Give the width of columns taken out to those that are left."""
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    width = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    left = [int(column.get(qn("w:w"), "0")) for column in columns]
    whole = int(width.get(qn("w:w"), "0")) if width is not None and width.get(qn("w:type")) == "dxa" else 0
    if not whole or not sum(left):
        return
    spread = [round(whole * one / sum(left)) for one in left]
    for column, new in zip(columns, spread, strict=True):
        column.set(qn("w:w"), str(new))
    for row in table.findall(W_TR):
        for cell, new in zip(row.findall(W_TC), spread, strict=True):
            for own in cell.iterfind(f"{qn('w:tcPr')}/{qn('w:tcW')}"):
                own.set(qn("w:w"), str(new))


def drop_hollow(body: etree._Element, book: StyleBook) -> None:
    """Take out headings with nothing below them and captions with nothing to name, the innermost first."""
    for paragraph in [p for p in body.iter(W_P) if _announces(p, book)][::-1]:
        following = _next_shown(paragraph)
        if _is_hollow(paragraph, following, book):
            vanish(paragraph)


def _announces(paragraph: etree._Element, book: StyleBook) -> bool:
    return book.rank(paragraph) is not None or book.name_of(paragraph) == CAPTION


def _next_shown(paragraph: etree._Element) -> etree._Element | None:
    following = paragraph.getnext()
    while following is not None and following.tag != W_TBL and not _shows(following):
        following = following.getnext()
    return following


def _shows(element: etree._Element) -> bool:
    if element.tag == W_P:
        return bool(own_text(element).strip()) or next(element.iter(*_PICTURES), None) is not None
    return next(element.iter(W_T), None) is not None


def _is_hollow(paragraph: etree._Element, following: etree._Element | None, book: StyleBook) -> bool:
    above = paragraph.getprevious()
    is_caption = book.name_of(paragraph) == CAPTION
    if is_caption and above is not None and next(above.iter(*_PICTURES), None) is not None:
        return False
    if following is None:
        return True
    if is_caption:
        return following.tag == W_P and next(following.iter(*_PICTURES), None) is None
    if following.tag != W_P:
        return False
    rank, next_rank = book.rank(paragraph), book.rank(following)
    closes = rank is not None and next_rank is not None and next_rank <= rank
    return closes or book.name_of(following) in _AFTER_SECTIONS


def _company(signatures: Sequence[etree._Element], book: StyleBook) -> list[etree._Element]:
    """What stays on one page with the signature: the blank line and the end of the text, of a table only where no text
    follows it.
    """
    found: list[etree._Element] = []
    companions, before = 0, signatures[0].getprevious() if signatures else None
    while before is not None and companions < _COMPANIONS and not (companions and before.tag == W_TBL):
        found.append(before)
        companions += _shows(before) and book.name_of(before) not in _TOO_SLIGHT
        before = before.getprevious()
    return found


def _ends_annex(table: etree._Element, book: StyleBook) -> bool:
    following = _next_shown(table)
    return following is not None and is_annex(following, book)


def _keep_rows_together(table: etree._Element, few: int, *, ends_annex: bool) -> None:
    """Keep a short table on one page, no row of a longer one alone below its headings, and on the page it ends on
    enough of them to be worth one.
    """
    rows = table.findall(W_TR)
    is_short = len(rows) <= few and sum(len(text.text or "") for text in table.iter(W_T)) <= _LITTLE_TEXT
    # Of few high rows the two ends must not meet: what cannot be parted leaves the page before it empty.
    ends = min(_ENDS, len(rows) // 3)
    at_end = min(_MOST_AT_END, max(ends, len(rows) // 3)) if ends_annex else ends
    for row in rows[:-1] if is_short else (*rows[:ends], *rows[-at_end:-1]):
        for paragraph in row.iter(W_P):
            _keep_with_next(paragraph)


def _end_of(element: etree._Element) -> list[etree._Element]:
    """A paragraph, or those in the last row of a table."""
    if element.tag == W_P:
        return [element]
    rows = element.findall(W_TR)
    return list(rows[-1].iter(W_P)) if rows else []


def _keep_with_next(paragraph: Any) -> None:
    paragraph.get_or_add_pPr().get_or_add_keepNext().attrib.clear()


def _set_in_chinese_type(run: Any) -> None:
    if _AMBIGUOUS.search("".join(text.text or "" for text in run.findall(W_T))):
        run.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


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
