"""A paper read back as lines of text, for golden files and to compare two of them; and the skeleton of one."""

import re
from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn

from schoollib_xl.documents.filling.charts import charts_of
from schoollib_xl.documents.filling.markup import W_P, W_TBL, W_TR, own_text
from schoollib_xl.documents.filling.stories import stories
from schoollib_xl.documents.filling.stylebook import (
    HEADING,
    MONTH,
    PLAIN_HEADING,
    SIGNED_BY,
    SIGNED_ON,
    SUBHEADING,
    style_book,
)
from schoollib_xl.documents.regeneration.blocks import body_blocks, row_texts, shown_text
from schoollib_xl.ledgers.numerals import numeral

_ITEM_NUMBER = re.compile(r"(\d+[．.、]|（\d+）|注：)")
_HEADINGS = (HEADING, SUBHEADING, "heading 3", PLAIN_HEADING, MONTH)
_NO_PART_OF_OUTLINE = ("title", "subtitle", "表", "图", SIGNED_BY, SIGNED_ON)


class _Numbers:
    """Counts the automatically numbered headings as Word does."""

    def __init__(self) -> None:
        self._outer = self._inner = 0

    def next(self, style: str) -> str:
        if style == HEADING:
            self._outer, self._inner = self._outer + 1, 0
            return f"{numeral(self._outer)}、"
        if style == SUBHEADING:
            self._inner += 1
            return f"（{numeral(self._inner)}）"
        return ""


def dump(document: Document) -> list[str]:
    """Return one line for each paragraph and table row as ``style| text``, then page, footers and charts.

    Automatic heading numbers are written out; text in content controls, insertions and text boxes is seen.
    """
    lines = [f"{kind}| {text}" for kind, text in _lines(document) if text]
    return [*lines, _page(document), *_margins(document), *_figure_lines(document)]


def outline(document: Document) -> list[str]:
    """Return the skeleton of a paper between title and signature.

    Headings in full, items by their number, ``表：`` with its caption for a table, ¶ for a plain paragraph.
    """
    return [_mark(kind, text) for kind, text in _lines(document) if text and kind not in _NO_PART_OF_OUTLINE]


def _mark(kind: str, text: str) -> str:
    if kind in _HEADINGS:
        return text
    if kind == "caption":
        return f"表：{text}"
    number = _ITEM_NUMBER.match(text)
    return number[1] if number else "¶"


def _lines(document: Document) -> Iterator[tuple[str, str]]:
    book, numbers = style_book(document), _Numbers()
    pictures = {chart.frame: chart.alt for chart in charts_of(document)}
    for block in body_blocks(document.element.body):
        if block.tag == W_TBL:
            yield from (("表", " ¦ ".join(row_texts(row))) for row in block.iter(W_TR))
            continue
        name = book.name_of(block)
        text = shown_text(block)
        yield name, numbers.next(name) + text if text else ""
        yield from (
            ("图", pictures[frame]) for frame in block.iter(qn("wp:inline"), qn("wp:anchor")) if frame in pictures
        )


def _page(document: Document) -> str:
    section = document.element.body.find(qn("w:sectPr"))
    margins, grid = section.find(qn("w:pgMar")), section.find(qn("w:docGrid"))
    sides = " ".join(f"{side}={margins.get(qn(f'w:{side}'))}" for side in ("top", "bottom", "left", "right"))
    return f"页面| {sides} grid={'none' if grid is None else grid.get(qn('w:linePitch'))}"


def _margins(document: Document) -> Iterator[str]:
    for story in stories(document):
        if story.name.endswith(("页眉", "页脚")):
            text = "".join(own_text(p) for p in story.root.iter(W_P))
            yield f"{story.name}| {text}"


def _figure_lines(document: Document) -> Iterator[str]:
    for chart in charts_of(document):
        for series in chart.series():
            name, values = (
                [point.text or "" for point in series.iterfind(f"{qn(holder)}//{qn('c:v')}")]
                for holder in ("c:tx", "c:val")
            )
            yield f"图表“{chart.alt}”| {''.join(name)} = {', '.join(values)}"
