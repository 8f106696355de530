"""A paper cut into what she can change: paragraphs, tables with their rows, charts."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.charts import EmbeddedChart, charts_of
from schoollib_xl.documents.filling.markup import PARAGRAPHS, W_P, W_TBL, W_TC, W_TR, own_text
from schoollib_xl.documents.regeneration.merging import MergeItem
from schoollib_xl.documents.regeneration.weaving import Private

_CONTAINERS = (qn("w:sdt"), qn("w:sdtContent"))
PARAGRAPH, TABLE, CHART = "段", "表", "图"
_FIGURES = re.compile(r"\d+(?:\.\d+)?")


class Block(NamedTuple):
    """One paragraph, table or chart of a body, as far as it is compared and recorded.

    ``text`` is what it says (a chart: its figures); ``name`` what a table or chart is called when spoken of.
    """

    kind: str
    name: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()

    def texts(self) -> tuple[str, ...]:
        """Return the cells of a table, or the text of anything else."""
        return tuple(cell for row in self.rows for cell in row) if self.rows else (self.text,)

    def masked(self, private: Private) -> "Block":
        """Return the block without the names a record must not hold."""
        rows = tuple(tuple(private.masked(cell) for cell in row) for row in self.rows)
        return Block(self.kind, private.masked(self.name), private.masked(self.text), rows)


class BlockOutcome(Enum):
    """What became of one paragraph, table, row or chart of her paper."""

    TAKEN = "更新"
    KEPT = "保留"
    CLASHED = "两边都改"
    ADDED = "新增"
    DROPPED = "删去"
    REDONE = "重做"


class BlockChange(NamedTuple):
    """One thing done to her paper: what it is called or says, and for a clash what it should now say."""

    outcome: BlockOutcome
    text: str
    wanted: str = ""


def blocks(document: Document) -> list[tuple[Block, etree._Element]]:
    """Return the blocks of a document in order with their elements, blank paragraphs left out."""
    frames = {chart.frame: chart for chart in charts_of(document)}
    caption = ""
    found: list[tuple[Block, etree._Element]] = []
    for element in body_blocks(document.element.body):
        for block in _cut(element, frames, caption):
            found.append((block, element))
            caption = block.text if block.kind == PARAGRAPH else ""
    return found


def item(block: Block) -> MergeItem:
    """Return a block as an item to merge: figures do not count when a paragraph is looked for, and a table goes by
    its caption and its headings.
    """
    if block.kind == PARAGRAPH:
        return MergeItem(_FIGURES.sub("0", block.text), block.text)
    return MergeItem(f"{block.kind}:{block.name}{' ¦ '.join(block.rows[0]) if block.rows else ''}", block.text)


def row_item(row: tuple[str, ...]) -> MergeItem:
    """Return a table row as an item to merge: it is recognised by its first cell that is not a number."""
    label = next((cell for cell in row if cell and not _FIGURES.fullmatch(cell)), "")
    return MergeItem(label, " ¦ ".join(row))


def table_block(name: str, rows: tuple[tuple[str, ...], ...]) -> Block:
    """Return a table as a block."""
    return Block(TABLE, name, "\n".join(" ¦ ".join(row) for row in rows), rows)


def _cut(element: etree._Element, frames: dict[etree._Element, EmbeddedChart], caption: str) -> Iterator[Block]:
    if element.tag == W_TBL:
        yield table_block(caption, tuple(tuple(row_texts(row)) for row in element.iter(W_TR)))
        return
    charts = [frames[frame] for frame in element.iter(qn("wp:inline"), qn("wp:anchor")) if frame in frames]
    for chart in charts:
        yield Block(CHART, chart.alt, _figures(chart))
    text = own_text(element)
    if text.strip() and not charts:
        yield Block(PARAGRAPH, "", text)


def _figures(chart: EmbeddedChart) -> str:
    return "\n".join(" ".join(_points(series)) for series in chart.series())


def _points(series: etree._Element) -> Iterator[str]:
    """Yield what a series shows, numbers in one spelling: another program writes 3 where we write 3.0."""
    for value in series.iter(qn("c:v")):
        text = value.text or ""
        yield f"{float(text):g}" if _FIGURES.fullmatch(text) else text


def body_blocks(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a body in order, those inside content controls included."""
    for element in root:
        if element.tag in _CONTAINERS:
            yield from body_blocks(element)
        elif element.tag in (W_P, W_TBL):
            yield element


def row_texts(row: etree._Element) -> list[str]:
    """Return the text of each cell of a row, lines joined by ⏎."""
    return ["⏎".join(shown_text(p) for p in cell.iter(W_P)) for cell in row.iter(W_TC)]


def shown_text(paragraph: etree._Element) -> str:
    """Return what a paragraph shows on one line, text boxes in it in brackets."""
    boxes = [own_text(inner) for inner in paragraph.iter(*PARAGRAPHS) if inner is not paragraph]
    return "".join([own_text(paragraph), *(f"［{text}］" for text in boxes)]).replace("\n", "⏎").replace("\t", "⇥")
