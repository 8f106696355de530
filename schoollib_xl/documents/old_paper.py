"""The lines of somebody's Word paper, as they stand: text, headings, numbered items, tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docx.document import Document
from docx.oxml.ns import qn

from schoollib_xl.documents.filling.opening import damage_told, open_template
from schoollib_xl.sheets.cells import CellValue, Grid, Merge

# Ways of numbering that count in Chinese figures: 一、二、三、
_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting")
# A table of Word has no more columns (Word's specifications and limits): a cell that spans more is damage, or a trap.
_MOST_COLUMNS = 63
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class PaperLine(NamedTuple):
    """One line: its text, whether Word shows it as a heading (by its style, or numbered 一、 by Word itself) or as a
    numbered item. `cells` are those of a row of a table, None for a paragraph; `series` tells the lists apart that
    Word numbers.
    """

    text: str
    is_heading: bool = False
    is_item: bool = False
    cells: tuple[str, ...] | None = None
    series: str = ""


class PaperTable(NamedTuple):
    """A table: the lines that stand above it, below the table before, its rows, and its cells merged over several."""

    above: list[str]
    rows: Grid
    merges: list[Merge]


def paper_lines(path: Path) -> list[PaperLine]:
    """Every line of the body that says something, in order.

    Raises TemplateFaults where the file is no Word file or damaged.
    """
    document = open_template(path)
    with damage_told(path):
        return [line for line in _lines(document) if line.text]


def paper_tables(path: Path) -> Iterator[PaperTable]:
    """Every table of the body with the lines above it; last those below all tables, where there are any.

    Raises TemplateFaults where the file is no Word file or damaged.
    """
    document = open_template(path)
    above: list[str] = []
    with damage_told(path):
        for element in document.element.body.iterchildren(qn("w:p"), qn("w:tbl"), qn("w:sdt")):
            if element.tag == qn("w:tbl"):
                yield _table(element, above)
                above = []
            else:
                lines = (line for one in element.iter(qn("w:p")) for line in _text(one).split("\n"))
                above += filter(None, map(str.strip, lines))
    if above:
        yield PaperTable(above, [], [])


def _table(table: Any, above: list[str]) -> PaperTable:
    """The rows of a table, each cell in its column of the grid: one that spans others leaves theirs blank."""
    grid: Grid = []
    merges: list[Merge] = []
    open_at: dict[int, int] = {}
    for line, row in enumerate(table.iter(qn("w:tr")), 1):
        cells: list[CellValue] = []
        for cell in row.iter(qn("w:tc")):
            at = len(cells) + 1
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart" and at in open_at
            cells.append("" if goes_on else "\n".join(filter(None, map(_text, cell.iter(qn("w:p"))))))
            cells += [""] * (_spanned(cell) - 1)
            if goes_on:
                merges[open_at[at]] = merges[open_at[at]]._replace(last=line)
            elif merge is not None:
                open_at[at] = len(merges)
                merges.append(Merge(line, at, line))
            else:
                open_at.pop(at, None)
        grid.append(cells)
    return PaperTable(above, grid, merges)


def _spanned(cell: Any) -> int:
    text = _said(cell, "w:tcPr", "w:gridSpan")
    return min(int(text), _MOST_COLUMNS) if text.isdecimal() else 1


def _said(element: Any, *path: str) -> str:
    """What a property below an element says; '' where it is not there."""
    found = element.find("/".join(map(qn, path)))
    return "" if found is None else str(found.get(qn("w:val"), ""))


def _lines(document: Document) -> Iterator[PaperLine]:
    for element in document.element.body.iterchildren(qn("w:p"), qn("w:tbl"), qn("w:sdt")):
        if element.tag == qn("w:tbl"):
            yield from (_row(row) for row in element.iter(qn("w:tr")))
            continue
        for paragraph in [element] if element.tag == qn("w:p") else element.iter(qn("w:p")):
            yield from _paragraph(document, paragraph)


def _row(row: Any) -> PaperLine:
    cells = tuple("\n".join(filter(None, map(_text, cell.iter(qn("w:p"))))) for cell in row.iter(qn("w:tc")))
    return PaperLine(" | ".join(filter(None, cells)), cells=cells)


def _paragraph(document: Document, paragraph: Any) -> Iterator[PaperLine]:
    style = _style_name(document, paragraph)
    numbering = _numbering(document, paragraph)
    is_heading = style.startswith(("heading", "标题")) or numbering in _CHINESE
    is_numbered = style.startswith("list number") or numbering not in ("", "bullet")
    is_item = is_numbered and not is_heading
    for text in _text(paragraph).split("\n"):
        yield PaperLine(text.strip(), is_heading, is_item, series=_series(paragraph) if is_item else "")


def _text(paragraph: Any) -> str:
    """What is read there: text that was struck out with tracked changes is no more, a text box is read once."""
    parts = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " "}
    nodes = (node for node in paragraph.iter(qn("w:t"), *parts) if _FALLBACK not in _above(node, paragraph))
    return "".join(parts.get(node.tag, node.text or "") for node in nodes).strip()


def _above(node: Any, paragraph: Any) -> set[str]:
    tags: set[str] = set()
    while node is not paragraph:
        tags.add(node.tag)
        node = node.getparent()
    return tags


def _style_name(document: Document, paragraph: Any) -> str:
    identifier = _said(paragraph, "w:pPr", "w:pStyle")
    styles = document.styles.element.iterfind(qn("w:style"))
    return next((_said(one, "w:name").lower() for one in styles if one.get(qn("w:styleId")) == identifier), "")


def _series(paragraph: Any) -> str:
    return _said(paragraph, "w:pPr", "w:numPr", "w:numId")


def _numbering(document: Document, paragraph: Any) -> str:
    """How the paragraph is numbered by Word (decimal, bullet, chineseCounting …), or ''."""
    number, depth = _series(paragraph), _said(paragraph, "w:pPr", "w:numPr", "w:ilvl") or "0"
    if number in ("", "0"):
        return ""
    found = document.part.numbering_part.element.xpath(
        f"./w:abstractNum[@w:abstractNumId=../w:num[@w:numId='{int(number)}']"
        f"/w:abstractNumId/@w:val]/w:lvl[@w:ilvl='{int(depth)}']/w:numFmt/@w:val"
    )
    return str(found[0]) if found else "decimal"
