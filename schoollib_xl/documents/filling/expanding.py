"""Repeating and filling: lists become paragraphs or table rows, names become values, empty ones go."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.blanks import ORDINALS
from schoollib_xl.documents.filling.markup import (
    A_P,
    W_P,
    W_R,
    W_TBL,
    W_TC,
    W_TR,
    ancestor,
    own_text,
    paragraphs,
    remove,
)
from schoollib_xl.documents.filling.placeholders import (
    Scope,
    bind,
    items,
    list_of,
    own_lists,
    placeholders,
    row_lists,
    style_wanted,
    substitute,
    without_placeholders,
)
from schoollib_xl.documents.filling.stylebook import CAPTION, RANKS, StyleBook

_TEXT_BOX = qn("w:txbxContent")
# What makes a paragraph worth keeping although it shows no text.
_HOLDS_MORE = tuple(map(qn, ("w:drawing", "w:pict", "w:object", "w:sectPr", "w:fldChar", "w:fldSimple")))
# Names and ids that must not stand twice in one document.
_UNIQUE = tuple(map(qn, ("w:bookmarkStart", "w:bookmarkEnd")))
# Set on a table one of whose rows repeated, until the paper is tidied.
FILLED = "filled"
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def expand(root: etree._Element, scope: Scope, book: StyleBook) -> None:
    """Fill everything below the root, repeating what uses a list."""
    _expand_all(list(root), scope, book)


def _expand_all(elements: list[etree._Element], scope: Scope, book: StyleBook) -> None:
    for group, name in _groups(elements, scope):
        if name is None:
            _expand_one(group[0], scope, book)
        else:
            _repeat(group, name, scope, book)


def _expand_one(element: etree._Element, scope: Scope, book: StyleBook) -> None:
    if element.tag in (W_P, A_P):
        for box in element.iter(_TEXT_BOX):
            expand(box, scope, book)
        for paragraph in list(paragraphs(element)):
            if paragraph is element or paragraph.tag == A_P:  # a drawing in the text has paragraphs of its own
                _write(paragraph, scope, book)
    elif element.tag == W_TBL and _only_empty_lists(element, scope):
        _vanish_with_caption(element, book)
    else:
        expand(element, scope, book)


def _vanish_with_caption(table: etree._Element, book: StyleBook) -> None:
    """Take out a table and the caption above it, which would else name the picture that comes next; 图1 … names the
    picture before it.
    """
    above = table.getprevious()
    vanish(table)
    is_caption = above is not None and above.tag == W_P and book.name_of(above) == CAPTION
    if above is not None and is_caption and not own_text(above).lstrip().startswith("图"):
        vanish(above)


def _repeat(group: list[etree._Element], name: str, scope: Scope, book: StyleBook) -> None:
    """Put one filled copy of the group for each item in its place."""
    _detach_section(group[-1])
    if group[0].tag == W_TR and (table := ancestor(group[0], W_TBL)) is not None:
        table.set(FILLED, "1")
    for number, item in enumerate(items(name, scope), 1):
        copies = [deepcopy(element) for element in group]
        for copy in copies:
            if number > 1:
                _make_unique(copy)
            group[0].addprevious(copy)
        inner = bind(scope, name, item, number)
        if group[0].tag == W_TR:  # a list inside an item repeats its paragraph in the cell, not the row again
            for copy in copies:
                expand(copy, inner, book)
        else:
            _expand_all(copies, inner, book)
    for element in group:
        vanish(element)


def _groups(elements: list[etree._Element], scope: Scope) -> Iterator[tuple[list[etree._Element], str | None]]:
    """Yield neighbours that use the same list together, and everything else alone."""
    start = 0
    while start < len(elements):
        name = _repeats_over(elements[start], scope)
        end = start + 1
        if name is not None:
            for ahead in range(start + 1, len(elements)):
                if _repeats_over(elements[ahead], scope) == name:
                    end = ahead + 1
                elif not _is_blank(elements[ahead]):
                    break
        yield elements[start:end], name
        start = end


def _repeats_over(element: etree._Element, scope: Scope) -> str | None:
    if element.tag == W_P:
        return next(iter(own_lists(element, scope)), None)
    return next(iter(row_lists(element, scope)), None) if element.tag == W_TR else None


def _is_blank(element: etree._Element) -> bool:
    """Say whether this may stand inside a group without breaking it up."""
    if element.tag == W_P:
        return not own_text(element).strip() and next(element.iter(*_HOLDS_MORE), None) is None
    return element.tag in (*_UNIQUE, qn("w:proofErr"))


def _detach_section(paragraph: etree._Element) -> None:
    """Move a section break out of a paragraph that is about to be repeated."""
    section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if section is not None:
        holder = paragraph.makeelement(W_P, {})
        etree.SubElement(holder, qn("w:pPr")).append(section)
        paragraph.addnext(holder)


def _only_empty_lists(table: etree._Element, scope: Scope) -> bool:
    """Say whether a table would show nothing but its headings."""
    names = [placeholder.name for paragraph in paragraphs(table) for placeholder in placeholders(paragraph)]
    lists = {list_of(name, scope) for name in names if name not in ORDINALS}
    return bool(lists) and all(name is not None and not items(name, scope) for name in lists)


def _write(paragraph: etree._Element, scope: Scope, book: StyleBook) -> None:
    found = placeholders(paragraph)
    if not found:
        return
    values = {placeholder.name: _text(scope[placeholder.name]) for placeholder in found}
    _restyle(paragraph, style_wanted(paragraph, scope), book)
    empty = not without_placeholders(own_text(paragraph)).strip() and not any(v.strip() for v in values.values())
    substitute(paragraph, values.__getitem__)
    if empty and paragraph.tag == W_P and next(paragraph.iter(*_HOLDS_MORE), None) is None:
        vanish(paragraph)


def _embolden(paragraph: Any) -> None:
    for run in paragraph.iter(W_R):
        run.get_or_add_rPr().get_or_add_b()


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "、".join(str(item) for item in value)
    return "" if value is None else str(value)


def _restyle(paragraph: etree._Element, style: str, book: StyleBook) -> None:
    """Give a paragraph the look its item asks for, in place of the look it had in the template. Where the
    template has no such style, headings are at least bold.
    """
    if not style or book.name_of(paragraph) == style.casefold():
        return
    if book.id_of(style) is None:
        if style.casefold() in RANKS:
            _embolden(paragraph)
        return
    for properties in paragraph.findall(qn("w:pPr")):
        remove(properties)
    properties = paragraph.makeelement(qn("w:pPr"), {})
    paragraph.insert(0, properties)
    etree.SubElement(properties, qn("w:pStyle")).set(qn("w:val"), book.ids[style.casefold()])
    for looks in list(paragraph.iter(qn("w:rPr"))):
        remove(looks)


def vanish(element: etree._Element) -> None:
    """Take an element out, leaving an empty paragraph where Word needs one or two tables would run together."""
    parent, before, after = element.getparent(), element.getprevious(), element.getnext()
    if parent is None:
        return
    between_tables = before is not None and after is not None and before.tag == after.tag == W_TBL
    ends_cell = parent.tag in (W_TC, _TEXT_BOX) and (after is None and (before is None or before.tag != W_P))
    if element.tag in (W_P, W_TBL) and (between_tables or ends_cell):
        element.addprevious(_emptied(element))
    parent.remove(element)


def _emptied(element: etree._Element) -> etree._Element:
    blank = element.makeelement(W_P, {})
    properties = element.find(qn("w:pPr")) if element.tag == W_P else None
    if properties is not None:
        blank.append(deepcopy(properties))
    return blank


def _make_unique(copy: etree._Element) -> None:
    for element in list(copy.iter(*_UNIQUE)):
        remove(element)
    for element in copy.iter():
        for attribute in ("paraId", "textId"):
            element.attrib.pop(_WORD_2010 + attribute, "")
    for control in copy.iter(qn("w:sdtPr")):
        for identifier in control.findall(qn("w:id")):
            remove(identifier)
