"""The manual as one PDF to be printed: a page for each task, the same bytes each time.

The font is the one that labels carry, so that it looks alike everywhere.
"""

import io
from collections.abc import Iterator, Sequence
from html import escape

from markdown_it.token import Token
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from schoollib_xl.labels.drawing import FONT, use_font
from schoollib_xl.pages.manual.reading import CONTENTS_TITLE, PICTURES, manual, tokens
from schoollib_xl.sheets.styles import DEEP, GREY, LINE, PALE

PDF_NAME = f"{CONTENTS_TITLE}.pdf"
_MARGIN = 17 * mm
_WIDTH = A4[0] - 2 * _MARGIN
# A picture takes no more of a page than this, so that its task stays with it.
_MOST_OF_PAGE = 0.19
_BODY = ParagraphStyle("body", fontName=FONT, fontSize=10, leading=14.5, wordWrap="CJK", spaceAfter=3)
_ITEM = ParagraphStyle("item", _BODY, leftIndent=7 * mm, bulletIndent=1 * mm)
_CELL = ParagraphStyle("cell", _BODY, fontSize=9, leading=12, spaceAfter=0)
_TITLES = {
    "h1": ParagraphStyle("h1", _BODY, fontSize=20, leading=28, spaceAfter=12, textColor=HexColor(DEEP)),
    "h2": ParagraphStyle("h2", _BODY, fontSize=14, leading=20, spaceBefore=8, textColor=HexColor(DEEP)),
}


def manual_pdf() -> bytes:
    """All pages of the manual."""
    use_font()
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
        title=CONTENTS_TITLE, author="", invariant=1,
    )  # fmt: skip
    document.build(list(_pages()), onFirstPage=_number, onLaterPages=_number)
    return file.getvalue()


def _pages() -> Iterator[Flowable]:
    yield Paragraph(CONTENTS_TITLE, _TITLES["h1"])
    for page in manual():
        yield Paragraph(f"{page.number}　{escape(page.title)}", _BODY)
    for page in manual():
        yield PageBreak()
        yield Paragraph(escape(page.title), _TITLES["h1"])
        yield from _PageReader(tokens(page.name)).flowables()


def _number(canvas: Canvas, _document: object) -> None:
    canvas.setFont(FONT, 9)
    canvas.setFillColor(HexColor(GREY))
    canvas.drawCentredString(A4[0] / 2, 10 * mm, f"{canvas.getPageNumber()}")


class _PageReader:
    """Reads a page's tokens from the first to the last."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = found
        self._lists: list[int] = []
        self._rows: list[list[Flowable]] = []
        self._style = _BODY

    def flowables(self) -> Iterator[Flowable]:
        """What is laid down, in order."""
        for token in self._tokens:
            match token.type:
                case "heading_open":
                    self._style = _TITLES.get(token.tag, _TITLES["h2"])
                case "heading_close":
                    self._style = _BODY
                case "ordered_list_open" | "bullet_list_open":
                    self._lists.append(0 if token.type[0] == "o" else -1)
                case "ordered_list_close" | "bullet_list_close":
                    self._lists.pop()
                case "tr_open":
                    self._rows.append([])
                case "table_close":
                    yield from self._table()
                case "inline":
                    yield from self._inline(token)
                case "fence" | "code_block":
                    yield Paragraph(escape(token.content), _ITEM)

    def _inline(self, token: Token) -> Iterator[Flowable]:
        children = token.children or []
        pictures = [child for child in children if child.type == "image"]
        text = "".join(map(_marked_up, children))
        if self._rows:
            self._rows[-1].append(Paragraph(text, _CELL))
        elif pictures:
            yield from (_picture(str(child.attrs["src"])) for child in pictures)
        elif self._lists and self._style is _BODY:
            yield Paragraph(text, _ITEM, bulletText=self._bullet())
        else:
            yield Paragraph(text, self._style)

    def _bullet(self) -> str:
        if self._lists[-1] < 0:
            return "·"
        self._lists[-1] += 1
        return f"{self._lists[-1]}."

    def _table(self) -> Iterator[Flowable]:
        columns = max(map(len, self._rows))
        widths = [_WIDTH / columns] * columns if columns > 2 else [_WIDTH * 0.4, _WIDTH * 0.6]
        look = [
            ("GRID", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(PALE)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
        yield Table(self._rows, colWidths=widths, style=look, repeatRows=1)
        yield Spacer(0, 3 * mm)
        self._rows = []


def _picture(source: str) -> Flowable:
    image = Image(str(PICTURES.parent / source))
    scale = min(_WIDTH / image.imageWidth, A4[1] * _MOST_OF_PAGE / image.imageHeight)
    image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
    return image


def _marked_up(token: Token) -> str:
    match token.type:
        case "strong_open":
            return f'<font color="{DEEP}">'
        case "strong_close":
            return "</font>"
        case "softbreak":
            return ""
        case "image":
            return ""
        case _:
            return escape(token.content)
