"""The body of a template: its paragraphs, tables and charts, as WordprocessingML."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple, TypeAlias

from schoollib_xl.documents.templates.chart_drawing import ChartDesign
from schoollib_xl.documents.templates.styles import Layout, Page

_MILLIMETRE = 1440 / 25.4
_EMU = 36000
_CHART_HEIGHT = 78
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


class Text(NamedTuple):
    """A paragraph; a line end in its text breaks the line."""

    style: str
    text: str = ""


class Column(NamedTuple):
    """One column of a table: heading, what each row says, and its share of the width."""

    heading: str
    text: str
    share: float
    style: str = "表格文字"


class Table(NamedTuple):
    """A table with a caption, one row that repeats, and perhaps a last row of totals."""

    caption: str
    columns: tuple[Column, ...]
    totals: tuple[str, ...] = ()


class Form(NamedTuple):
    """A table of labels and values, two pairs to a row."""

    rows: tuple[tuple[str, str, str, str], ...]


Block: TypeAlias = Text | Table | Form | ChartDesign


def document_xml(layout: Layout, blocks: Sequence[Block]) -> str:
    """Return ``word/document.xml``; charts are related as rIdChart1, rIdChart2 … in order."""
    charts = [block for block in blocks if isinstance(block, ChartDesign)]
    body = "".join(_block(layout, block, charts) for block in blocks)
    return f"<w:document {_NAMESPACES}><w:body>{body}{_section(layout.page)}</w:body></w:document>"


def footer_xml(layout: Layout, *, even: bool) -> str:
    """Return a footer with ``— 1 —``: outside edge, one character in (GB/T 9704-2012, 7.5)."""
    side = "left" if even else "right"
    look = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体" w:hint="eastAsia"/></w:rPr>'
    field = "".join(
        f"<w:r>{look}{content}</w:r>"
        for content in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'<w:ftr {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{layout.style("footer").identifier}"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>{field}</w:p></w:ftr>'
    )


def _block(layout: Layout, block: Block, charts: Sequence[ChartDesign]) -> str:
    if isinstance(block, Text):
        return _paragraph(layout, block.style, block.text)
    if isinstance(block, ChartDesign):
        return _chart(layout, block, charts.index(block) + 1)
    return _table(layout, block) if isinstance(block, Table) else _form(layout, block)


def _paragraph(layout: Layout, style: str, text: str) -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{lines}</w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{layout.style(style).identifier}"/></w:pPr>{run}</w:p>'


def _table(layout: Layout, table: Table) -> str:
    shares = [column.share for column in table.columns]
    headings = [(column.heading, "表头") for column in table.columns]
    rows = [_row(layout, shares, headings, heading=True)]
    rows.append(_row(layout, shares, [(column.text, column.style) for column in table.columns]))
    if table.totals:
        rows.append(_row(layout, shares, [(text, "表格文字") for text in table.totals]))
    return _paragraph(layout, "caption", table.caption) + _grid(layout, shares, rows)


def _form(layout: Layout, form: Form) -> str:
    shares, looks = (2, 3, 2, 3), ("表头", "表格文字", "表头", "表格文字")
    rows = [_row(layout, shares, list(zip(row, looks, strict=True))) for row in form.rows]
    return _grid(layout, shares, rows)


def _grid(layout: Layout, shares: Sequence[float], rows: Sequence[str]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in _widths(layout, shares))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(_widths(layout, shares))}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(layout: Layout, shares: Sequence[float], cells: Sequence[tuple[str, str]], *, heading: bool = False) -> str:
    """Return a row that does not break over pages; a heading row stands again on top of every page."""
    body = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(layout, style, text)}</w:tc>"
        for width, (text, style) in zip(_widths(layout, shares), cells, strict=True)
    )
    repeat = "<w:tblHeader/>" if heading else ""
    height = '<w:trHeight w:val="440" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeat}</w:trPr>{body}</w:tr>"


def _widths(layout: Layout, shares: Sequence[float]) -> list[int]:
    whole = layout.page.text_width * _MILLIMETRE
    return [round(whole * share / sum(shares)) for share in shares]


def _chart(layout: Layout, chart: ChartDesign, number: int) -> str:
    width, height = round(layout.page.text_width * _EMU), _CHART_HEIGHT * _EMU
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{layout.style("图表").identifier}"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="图表 {number}" descr="{escape(chart.alt)}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="rIdChart{number}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def _section(page: Page) -> str:
    def twips(millimetres: float) -> int:
        return round(millimetres * _MILLIMETRE)

    grid = f'<w:docGrid w:type="lines" w:linePitch="{round(page.grid * 20)}"/>' if page.grid else ""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdOddFooter"/>'
        '<w:footerReference w:type="even" r:id="rIdEvenFooter"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" w:bottom="{twips(page.bottom)}" '
        f'w:left="{twips(page.left)}" w:header="851" w:footer="{twips(page.footer)}" w:gutter="0"/>'
        f'<w:cols w:space="425"/>{grid}</w:sectPr>'
    )
