"""A page that is read, not filled in: a title, paragraphs and tables, one below the other."""

import os
import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from schoollib_xl.names import legible
from schoollib_xl.sheets.layout import LINE_HEIGHT, height, quoted, set_up_print, tab_name
from schoollib_xl.sheets.styles import DEEP, GREY, GROUNDS, PALE, Styles
from schoollib_xl.wording.answer import Link, Shade, Shades, Strong, Table, Value, in_one_line
from schoollib_xl.wording.places import Address

# What may not stand plain in the target of a link; Chinese characters may.
_ESCAPED = re.compile(r'[%# "<>\[\]^`{}]')
_BYTE = re.compile("[\udc80-\udcff]")
_TITLE_HEIGHT = 34
_MARGIN = 1.5
# Wider than this across a portrait A4 page is too small to read on paper.
_PORTRAIT = 100
# At full size so many characters go across A4 less its margins, upright and lying; so many points of it are left for
# the rows (595 by 842 less margins of 97); and how high a row is for which nothing is said.
_ACROSS, _DOWN, _ROW_HEIGHT = (82, 120), (744, 497), 15
# A sheet that is so little longer than a page is printed on one, a few lines of it smaller and not alone.
_LITTLE_OVER = 1.12
# Excel's own limit for links on one sheet.
_MOST_LINKS = 65_530
# The blank at the end keeps a figure away from the words in the next column.
_FIGURE: dict[str, Any] = {"align": "right", "text_wrap": False}
_FORMATS: dict[type, str] = {int: "#,##0_ ", Decimal: "0.00_ ", date: "yyyy-mm-dd_ ", time: "h:mm_ "}
_SHADES: dict[Shade | None, dict[str, Any]] = {
    None: {},
    Shade.GREY: {"font_color": GREY},
    Shade.TOTAL: {"bold": True, "bg_color": PALE, "font_color": DEEP},
    **{shade: {"bg_color": ground} for shade, ground in GROUNDS.items()},
}


class Links:
    """Links from a file at `target` to cells of `workbook`, relative to each other where they share a drive,
    so that both can be carried elsewhere together.
    """

    def __init__(self, workbook: Path, target: Path) -> None:
        home, there = target.resolve().parent, workbook.resolve()
        place = os.path.relpath(there, home) if there.drive == home.drive else str(there)
        escaped = _ESCAPED.sub(lambda match: f"%{ord(match[0]):02X}", place)
        # A byte that is no text of the system's encoding (PEP 383).
        self._file = _BYTE.sub(lambda match: f"%{ord(match[0]) - 0xDC00:02X}", escaped)

    def to(self, address: Address) -> str:
        """The link to a cell, as XlsxWriter takes it."""
        return f"external:{self._file}#{quoted(address.sheet)}!{address.a1}"


class Range(NamedTuple):
    """The cells of a table below its header: first and last row, from 0."""

    first: int
    last: int


class SheetWriter:
    """Writes one sheet from top to bottom; `row` is the next free row, from 0. Addresses become `links`, where there
    are any.
    """

    def __init__(
        self, book: Any, styles: Styles, name: str, widths: Sequence[int], *, right: str, links: Links | None = None
    ) -> None:
        self.sheet = book.add_worksheet(tab_name(name, book.sheetnames))
        self.row = 0
        self._styles = styles
        self._widths = widths
        self._breaks: list[int] = []
        # Where a new page is better begun, unless all is printed on one.
        self._better: list[int] = []
        is_wide, across = sum(widths) > _PORTRAIT, sum(widths) + _MARGIN * len(widths)
        self._page, self._used = _DOWN[is_wide] * max(1, across / _ACROSS[is_wide]), 0.0
        self._high = 0.0
        self._links, self._links_left = links, _MOST_LINKS
        for index, width in enumerate(widths):
            self.sheet.set_column(index, index, width + _MARGIN)
        self.sheet.hide_gridlines(2)
        set_up_print(self.sheet, name, right, landscape=is_wide)

    def title(self, text: str) -> None:
        """The page's title, across its columns."""
        self.sheet.write_string(self.row, 0, legible(text), self._styles.title())
        self._next(_TITLE_HEIGHT)

    def heading(self, text: str) -> None:
        """The heading of a part, with a line of space above it."""
        self._next()
        for column in range(len(self._widths)):
            self.sheet.write_blank(self.row, column, None, self._styles.heading())
        self.sheet.write_string(self.row, 0, legible(text), self._styles.heading())
        self._next()

    def paragraphs(self, texts: Iterable[str]) -> None:
        """Paragraphs across all columns, each as high as it needs to be."""
        for text in texts:
            style = self._styles.text(valign="top", bold=isinstance(text, Strong))
            if len(self._widths) > 1:
                self.sheet.merge_range(self.row, 0, self.row, len(self._widths) - 1, "", style)
            self.sheet.write_string(self.row, 0, legible(text), style)
            self._next(self._across(text))

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[Value]],
        shades: Sequence[Shades] = (),
        *,
        is_measured: bool = True,
    ) -> Range:
        """A table with its header, each row as high as it needs to be or, where not `is_measured`, one line. Where it
        stands.
        """
        for column, text in enumerate(header):
            self.sheet.write_string(self.row, column, legible(text), self._styles.header(required=True))
        self._next(self._height(header))
        first = self.row
        for index, values in enumerate(rows):
            shade = shades[index] if index < len(shades) else None
            for column, value in enumerate(values):
                properties = _SHADES[shade[column] if isinstance(shade, Sequence) else shade]
                self._cell(column, value, properties if is_measured else properties | {"text_wrap": False})
            self._next(self._height(values) if is_measured else None)
        return Range(first, self.row - 1)

    def keep_in_view(self, table: Range, columns: int, *, frozen: int, is_filtered: bool) -> None:
        """Let the header of a table stay in view, and so its first columns; offer a filter."""
        self.sheet.freeze_panes(table.first, frozen)
        if is_filtered:
            self.sheet.autofilter(table.first - 1, 0, table.last, columns - 1)

    def keep_on_pages(self, table: Range) -> None:
        """Print the header of a table on every page that follows it: for the last one of the sheet."""
        self.sheet.repeat_rows(table.first - 1)

    def new_page(self) -> None:
        """Begin a new page when printed."""
        self._breaks.append(self.row)
        self._used = 0.0

    def end(self) -> None:
        """The sheet is written."""
        if not self._breaks and self._high <= _LITTLE_OVER * self._page:
            self.sheet.fit_to_pages(1, 1)
        else:
            self.sheet.set_h_pagebreaks([*self._breaks, *self._better])

    def keep_together(self, points: float, beginning: float = 0.0) -> None:
        """Begin a new page where what is so high does not fit on the rest of this one, but would on a page, or where
        its `beginning` does not fit.
        """
        left = self._page - self._used
        if left < points <= self._page or left < beginning:
            self._better.append(self.row)
            self._used = 0.0

    def leave(self, rows: int) -> None:
        """Leave rows to what lies over the cells."""
        for _ in range(rows):
            self._next()

    def table_height(self, table: Table, rows: Sequence[Sequence[Value]]) -> float:
        """How high a table is with these rows, in points."""
        heights = map(self._height, rows) if table.header else (self._across(in_one_line(row)) for row in rows)
        heading = 2 * _ROW_HEIGHT if table.heading else 0
        return sum(heights, heading + sum(map(self._across, table.sentences)) + (LINE_HEIGHT if table.header else 0))

    def _next(self, points: float | None = None) -> None:
        """The row is done; it is so high, or as rows are."""
        if points is not None:
            self.sheet.set_row(self.row, points)
        high = points or _ROW_HEIGHT
        # What a page has no room for goes to the next.
        self._used = high if self._used + high > self._page else self._used + high
        self._high += high
        self.row += 1

    def _across(self, text: str) -> int:
        """How high a paragraph is that goes across all columns."""
        return height([text], [int(sum(self._widths) + _MARGIN * len(self._widths))])

    def _height(self, values: Sequence[Value]) -> int:
        texts = [str(value) if isinstance(value, str | Address | Link) else "" for value in values]
        return height(texts, [width + 1 for width in self._widths[: len(texts)]])

    def _cell(self, column: int, value: Value, properties: dict[str, Any]) -> None:
        kind = type(value)
        shown = {"num_format": _FORMATS[kind]} | _FIGURE if kind in _FORMATS else {}
        style = self._styles.boxed(**shown | properties)
        held = Link(str(value), value) if isinstance(value, Address) else value
        match held:
            case None:
                self.sheet.write_blank(self.row, column, None, style)
            case Link(text, at) if self._links and self._links_left:
                self._links_left -= 1
                self.sheet.write_url(
                    self.row, column, self._links.to(at), self._styles.link(**properties), legible(text)
                )
            case str() | Link():
                self.sheet.write_string(self.row, column, legible(str(held)), style)
            case date() | time():
                self.sheet.write_datetime(self.row, column, held, style)
            case _:
                self.sheet.write_number(self.row, column, float(held), style)
