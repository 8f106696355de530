"""A page that is read, not filled in: a title, paragraphs and tables, one below the other."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.sheets.layout import height, set_up_print
from schoollib_xl.sheets.styles import DEEP, PALE, Styles
from schoollib_xl.wording.answer import Value, in_words
from schoollib_xl.wording.findings import Address

Marks = dict[str, Any] | Sequence[dict[str, Any]]
_TITLE_HEIGHT = 34
_MARGIN = 1.5
# The blank at the end keeps a figure away from the words in the next column.
_FIGURE: dict[str, Any] = {"align": "right", "text_wrap": False}
_FORMATS: dict[type, str] = {int: "#,##0_ ", Decimal: "0.00_ ", date: "yyyy-mm-dd_ "}


class Range(NamedTuple):
    """The cells of a table below its header: first and last row, from 0."""

    first: int
    last: int


class SheetWriter:
    """Writes one sheet from top to bottom; `row` is the next free row, from 0."""

    def __init__(self, book: Any, styles: Styles, name: str, widths: Sequence[int], *, right: str) -> None:
        self.sheet = book.add_worksheet(name)
        self.row = 0
        self._styles = styles
        self._widths = widths
        self._breaks: list[int] = []
        for index, width in enumerate(widths):
            self.sheet.set_column(index, index, width + _MARGIN)
        self.sheet.hide_gridlines(2)
        set_up_print(self.sheet, name, right, landscape=sum(widths) > _PORTRAIT)

    def title(self, text: str) -> None:
        """The page's title, across its columns."""
        self.sheet.set_row(self.row, _TITLE_HEIGHT)
        self.sheet.write_string(self.row, 0, text, self._styles.title())
        self.row += 1

    def heading(self, text: str) -> None:
        """The heading of a part, with a line of space above it."""
        self.row += 1
        for column in range(len(self._widths)):
            self.sheet.write_blank(self.row, column, None, self._styles.heading())
        self.sheet.write_string(self.row, 0, text, self._styles.heading())
        self.row += 1

    def paragraph(self, text: str, **properties: Any) -> None:
        """A paragraph across all columns, as high as it needs to be."""
        style = self._styles.text(valign="top", **properties)
        width = sum(self._widths) + _MARGIN * len(self._widths)
        self.sheet.set_row(self.row, height([text], [int(width)]))
        if len(self._widths) > 1:
            self.sheet.merge_range(self.row, 0, self.row, len(self._widths) - 1, "", style)
        self.sheet.write_string(self.row, 0, text, style)
        self.row += 1

    def table(self, header: Sequence[str], rows: Sequence[Sequence[Value]], marks: Sequence[Marks] = ()) -> Range:
        """A table with its header; `marks` gives further properties of each row's cells, for the whole row or
        one by one. Where it stands.
        """
        for column, text in enumerate(header):
            self.sheet.write_string(self.row, column, text, self._styles.header(required=True))
        self.sheet.set_row(self.row, self._height(header))
        self.row += 1
        first = self.row
        for index, values in enumerate(rows):
            self._line(values, marks[index] if marks else {})
        return Range(first, self.row - 1)

    def listing(self, header: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        """A table that may be long: its header stays in view and on every printed page, and it can be filtered.
        Where it is empty it says so.
        """
        found = self.table(header, rows)
        if not rows:
            self.paragraph("没有。")
            return
        self.sheet.autofilter(found.first - 1, 0, found.last, len(header) - 1)
        self.sheet.freeze_panes(found.first, 0)
        self.sheet.repeat_rows(found.first - 1)

    def new_page(self) -> None:
        """Begin a new page when printed."""
        self._breaks.append(self.row)
        self.sheet.set_h_pagebreaks(self._breaks)

    def _height(self, values: Sequence[Value]) -> int:
        texts = [value if isinstance(value, str) else "" for value in values]
        return height(texts, [width + 1 for width in self._widths[: len(texts)]])

    def _line(self, values: Sequence[Value], marks: Marks) -> None:
        self.sheet.set_row(self.row, self._height(values))
        for column, value in enumerate(values):
            self._cell(column, value, marks if isinstance(marks, dict) else marks[column])
        self.row += 1

    def _cell(self, column: int, value: Value, properties: dict[str, Any]) -> None:
        kind = type(value)
        shown = {"num_format": _FORMATS[kind]} | _FIGURE if kind in _FORMATS else {}
        style = self._styles.boxed(**shown, **properties)
        if value is None:
            self.sheet.write_blank(self.row, column, None, style)
        elif isinstance(value, str | time | Address):
            self.sheet.write_string(self.row, column, in_words(value), style)
        elif isinstance(value, date):
            self.sheet.write_datetime(self.row, column, value, style)
        else:
            self.sheet.write_number(self.row, column, float(value), style)


# Wider than this across a portrait A4 page is too small to read on paper.
_PORTRAIT = 100
TOTAL_LINE = {"bold": True, "bg_color": PALE, "font_color": DEEP}


def number(value: Decimal | None) -> int | Decimal | None:
    """A target as a number to be shown: 8, not 8.00."""
    return int(value) if value is not None and value == value.to_integral_value() else value
