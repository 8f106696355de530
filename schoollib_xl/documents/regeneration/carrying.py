"""Carrying paragraphs, rows and tables from one document into another that names its styles differently."""

from copy import deepcopy
from typing import NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.markup import W_P, remove

_STYLE_REFERENCES = tuple(map(qn, ("w:pStyle", "w:rStyle", "w:tblStyle")))
_NOTES = tuple(map(qn, ("w:footnoteReference", "w:endnoteReference", "w:bookmarkStart", "w:bookmarkEnd")))


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
