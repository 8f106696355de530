"""Labels on paper: a PDF at true size, its font embedded, the same bytes for the same labels."""

import colorsys
import io
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from schoollib_xl.labels.contents import Label, Missing, Wanted
from schoollib_xl.labels.kinds import LabelKind
from schoollib_xl.labels.sheet import LabelSheet
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS

FONT = "WenQuanYiMicroHei"
_FILE = Path(__file__).with_name("font") / "wqy-microhei.ttc"

# 文泉驿微米黑 (Apache 2.0) covers GB 18030's common characters and prints the same on every machine.
_DUE = header_of(LoanRow, "due_on")
# Steps of hue from a letter to the next: a third round the circle and a bit, which meets each of the 22 once.
_APART = 7
# Millimetres: kept clear at a label's edge, since no printer feeds to a hair; the band of colour; a ruled line.
_EDGE, _BAND, _RULED = 1.5, 3.5, 6.5
_SMALLEST_POINTS = 5.0
"""Smaller than this nobody reads a label on a shelf."""
_LEADING = 1.15
# A whole page in a cell is not quoted in full beside its label.
_LONGEST_QUOTED = 200
# The words above ruled lines; a hand needs 4 mm to write a date.
_HEADING, _NARROWEST_ROW = 11.0, 4.0
# Code 128 wants ten modules clear at both sides and bars of 0.19 mm or more for a common scanner (ISO/IEC 15417).
_QUIET, _NARROWEST = 10, 0.19
_WIDEST = 0.5


class LabelRemark(NamedTuple):
    """Something a label could not carry: whose, and what of it."""

    number: str
    why: str


class Drawn(NamedTuple):
    """The PDF, how many labels on how many pages, the labels that were left out, and those printed otherwise than
    the ledger has them.
    """

    pdf: bytes
    labels: int
    pages: int
    left_out: tuple[LabelRemark, ...]
    altered: tuple[LabelRemark, ...]


class Labelled(NamedTuple):
    """What was wanted and what was drawn on which sheet; what has no label for want of something in the ledger; the
    numbers whose label is out with other words than the ledger has; a sentence on each sheet of her own that cannot be
    used; how many are left out because they were drawn before and would be the same.
    """

    wanted: Wanted
    sheet: LabelSheet
    labels: tuple[Label, ...]
    missing: tuple[Missing, ...]
    drawn: Drawn
    outdated: tuple[str, ...]
    sheet_faults: tuple[str, ...]
    known: int


class _Box(NamedTuple):
    """A rectangle in points, from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float


def draw(labels: Sequence[Label], sheet: LabelSheet, kind: LabelKind, skip: int = 0) -> Drawn:
    """Draw the labels on their sheets, leaving the first `skip` places of the first sheet free. A label too small for
    its barcode or class number is left out and named; a long title is cut and named.
    """
    file = io.BytesIO()
    size = (sheet.page_width * mm, sheet.page_height * mm)
    canvas = Canvas(file, pagesize=size, invariant=1, pageCompression=1)
    canvas.setTitle(kind.value)
    pen = _Pen(canvas, kind)
    fitting = [label for label in labels if pen.fits(label, _box(sheet, 0))]
    page = 0
    for index, label in enumerate(fitting, skip):
        while sheet.place(index).page > page:
            canvas.showPage()
            page += 1
        pen.draw(label, _box(sheet, index))
    canvas.save()
    pages = page + 1 if fitting else 0
    return Drawn(file.getvalue(), len(fitting), pages, tuple(pen.left_out), tuple(pen.altered))


def _box(sheet: LabelSheet, index: int) -> _Box:
    place = sheet.place(index)
    bottom = sheet.page_height - place.top - sheet.height
    return _Box(place.left * mm, bottom * mm, sheet.width * mm, sheet.height * mm)


class _Pen:
    """Draws labels of one kind."""

    def __init__(self, canvas: Any, kind: LabelKind) -> None:
        use_font()
        self._canvas = canvas
        self._kind = kind
        self._glyphs = pdfmetrics.getFont(FONT).face.charToGlyph
        self._is_card = kind in (LabelKind.READER, LabelKind.BOOK_CARD, LabelKind.DATE_SLIP)
        self.left_out: list[LabelRemark] = []
        self.altered: list[LabelRemark] = []

    def fits(self, label: Label, box: _Box) -> bool:
        """Whether the label can be read once it is printed; where not, it is noted."""
        why = self._why_not(label, box)
        if why:
            self.left_out.append(LabelRemark(label.number, why))
        return not why

    def _why_not(self, label: Label, box: _Box) -> str:
        if label.code and not label.code.isascii():
            return f"“{label.code}”里有条码印不了的字"
        if label.code and self._bar_width(label.code, box) < _NARROWEST * mm:
            return f"标签太窄，放不下 {len(label.code)} 位的条码"
        inner = _inside(box, label)
        if self._kind is LabelKind.SPINE and self._points(label.lines, inner) < _SMALLEST_POINTS:
            return "标签太小，放不下分类号"
        if label.ruled and self._row(label, inner) < _NARROWEST_ROW * mm:
            return f"标签太小，写不下 {label.ruled} 行"
        if label.code and min(self._layout(label, inner)[1:]) < _SMALLEST_POINTS:
            return "标签太矮，放不下条码和字"
        return ""

    def draw(self, label: Label, box: _Box) -> None:
        """Draw one label into its place."""
        if self._is_card:
            self._canvas.setLineWidth(0.3)
            self._canvas.rect(*box)
        if label.letter in CLASS_LETTERS:
            self._band(label.letter, box)
        inner = _inside(box, label)
        if self._kind is LabelKind.SPINE:
            self._centred(label, inner, self._points(label.lines, inner))
        elif label.ruled:
            self._ruled(label, inner)
        else:
            self._with_bars(label, inner)

    # -- words ----------------------------------------------------------------------------------

    def _points(self, lines: Sequence[str], inner: _Box) -> float:
        """The largest size at which all the lines fit, at most a third of the height."""
        widest = max(pdfmetrics.stringWidth(line, FONT, 1) for line in lines)
        by_height = inner.height / (len(lines) * _LEADING)
        return min(by_height, inner.width / widest if widest else by_height, inner.height / 3)

    def _centred(self, label: Label, inner: _Box, points: float) -> None:
        lines = label.lines
        self._canvas.setFont(FONT, points)
        spare = inner.height - len(lines) * points * _LEADING
        baseline = inner.bottom + inner.height - spare / 2 - points * 0.9
        for line in lines:
            self._note_strange(label, line)
            self._canvas.drawCentredString(inner.left + inner.width / 2, baseline, line)
            baseline -= points * _LEADING

    def _note_strange(self, label: Label, text: str) -> None:
        if strange := dict.fromkeys(character for character in text if ord(character) not in self._glyphs):
            self.altered.append(LabelRemark(label.number, f"字库里没有“{'、'.join(strange)}”，印成了空框"))

    def _line(self, label: Label, text: str, inner: _Box, baseline: float, points: float) -> None:
        """One line in the middle, made smaller where it is long, cut and named where it is too long for that."""
        width = pdfmetrics.stringWidth(text, FONT, 1) or 1
        fitting = min(points, inner.width / width)
        if fitting < _SMALLEST_POINTS:
            fitting = _SMALLEST_POINTS
            kept = _cut(text, inner.width / fitting)
            quoted = text if len(text) <= _LONGEST_QUOTED else kept
            self.altered.append(LabelRemark(label.number, f"“{quoted}”太长，只印了“{kept}”"))
            text = kept
        self._note_strange(label, text)
        self._canvas.setFont(FONT, fitting)
        self._canvas.drawCentredString(inner.left + inner.width / 2, baseline, text)

    # -- a barcode with words above ---------------------------------------------------------------

    def _with_bars(self, label: Label, inner: _Box) -> None:
        """Words above, the barcode below them and its number under the bars."""
        bars_height, number_points, points = self._layout(label, inner)
        self._bars(label.code, inner, inner.bottom + number_points * 1.2, bars_height)
        self._line(label, label.code, inner, inner.bottom + number_points * 0.2, number_points)
        top = inner.bottom + inner.height
        for number, line in enumerate((line for line in label.lines if line), 1):
            self._line(label, line, inner, top - number * points * _LEADING + points * 0.2, points)

    def _layout(self, label: Label, inner: _Box) -> tuple[float, float, float]:
        """The height of the bars, and the sizes of their number and of the words above, in points."""
        number_points = min(9.0, inner.height * 0.14)
        bars_height = inner.height * (0.30 if self._kind is LabelKind.READER else 0.42)
        lines = sum(1 for line in label.lines if line)
        words_height = inner.height - number_points * 1.2 - bars_height
        return bars_height, number_points, min(16.0, words_height / (lines * _LEADING + 0.3))

    def _bar_width(self, code: str, box: _Box) -> float:
        """The width of one module at which the barcode and its clear margins fill the label."""
        return min(_WIDEST * float(mm), (box.width - 2 * _EDGE * float(mm)) / _modules(code))

    def _bars(self, code: str, inner: _Box, bottom: float, height: float) -> None:
        width = self._bar_width(code, _Box(0, 0, inner.width + 2 * _EDGE * mm, 0))
        bars = Code128(code, barWidth=width, barHeight=height, quiet=0, humanReadable=False)
        bars.drawOn(self._canvas, inner.left + (inner.width - bars.width) / 2, bottom)

    # -- cards that are written on ----------------------------------------------------------------

    def _ruled(self, label: Label, inner: _Box) -> None:
        """A heading and ruled lines in two columns: 借书日期 and 借书人, or the days a book is due."""
        top = inner.bottom + inner.height
        for number, line in enumerate((line for line in label.lines if line), 1):
            self._line(label, line, inner, top - number * _HEADING * 1.5, _HEADING)
        below = top - _heading_height(label)
        heads = ("借书日期", "借书人") if self._kind is LabelKind.BOOK_CARD else (_DUE, _DUE)
        row = self._row(label, inner)
        first = below - 6 - row
        middle = inner.left + inner.width / 2
        self._canvas.setFont(FONT, 8)
        self._canvas.drawCentredString(inner.left + inner.width / 4, first + 3, heads[0])
        self._canvas.drawCentredString(inner.left + inner.width * 3 / 4, first + 3, heads[1])
        for number in range(label.ruled + 1):
            height = first - number * row
            self._canvas.line(inner.left, height, inner.left + inner.width, height)
        self._canvas.line(middle, first + row, middle, first - label.ruled * row)

    def _row(self, label: Label, inner: _Box) -> float:
        """The height of one ruled line."""
        return min(_RULED * float(mm), (inner.height - _heading_height(label) - 4) / (label.ruled + 1))

    def _band(self, letter: str, box: _Box) -> None:
        """The band of colour at the top, a hue for each of the 22 classes; neighbours on the shelf differ most."""
        hue = CLASS_LETTERS.index(letter) * _APART % len(CLASS_LETTERS) / len(CLASS_LETTERS)
        self._canvas.setFillColorRGB(*colorsys.hls_to_rgb(hue, 0.72, 0.65))
        margin = _EDGE * mm
        bottom = box.bottom + box.height - margin - _BAND * mm
        self._canvas.rect(box.left + margin, bottom, box.width - 2 * margin, _BAND * mm, stroke=0, fill=1)
        self._canvas.setFillColorRGB(0, 0, 0)


def _inside(box: _Box, label: Label) -> _Box:
    """The part of a label that is written on."""
    margin, band = _EDGE * mm, (_BAND + 0.3) * mm if label.letter else 0.0
    return _Box(box.left + margin, box.bottom + margin, box.width - 2 * margin, box.height - 2 * margin - band)


@lru_cache(maxsize=1 << 16)  # asked whether each fits, then drawn: a school has fewer codes
def _modules(code: str) -> float:
    """How many modules wide a barcode and its clear margins are."""
    return float(Code128(code, barWidth=1, quiet=0).width) + 2 * _QUIET


def _heading_height(label: Label) -> float:
    """What the words above ruled lines take."""
    return sum(1 for line in label.lines if line) * _HEADING * 1.5


def _cut(text: str, ems: float) -> str:
    """As much of the text as fits into a width in ems, with … behind it."""
    lengths = range(len(text) + 1)
    fitting = bisect_right(lengths, ems, key=lambda length: pdfmetrics.stringWidth(f"{text[:length]}…", FONT, 1))
    return f"{text[: max(0, fitting - 1)]}…"


def use_font() -> None:
    """Make the font known to reportlab."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(_FILE), subfontIndex=0))
