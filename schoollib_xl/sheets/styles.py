"""How the cells of our own workbooks look: one place for colours, number formats and fonts."""

from functools import cache
from typing import Any

from schoollib_xl.ledgers.schema import Group, Kind
from schoollib_xl.wording.answer import Shade

# On every Windows since Vista and in WPS; other systems put their own Chinese font in its place.
FONT = {"font_name": "微软雅黑", "font_size": 10}
DEEP, PALE, INK, GREY, LINE = "#1F5C57", "#DCEBE8", "#1E2B2A", "#7A8785", "#C9D3D1"
RED, AMBER, BLUE = "#C0392B", "#D68910", "#2E6DA4"
PALE_RED, PALE_AMBER, PALE_BLUE = "#FADBD8", "#FCF0D6", "#DDEBF7"
# What is said by a colour: the ground of a cell, a bar of a chart.
GROUNDS = {Shade.RED: PALE_RED, Shade.AMBER: PALE_AMBER, Shade.BLUE: PALE_BLUE}
COLOURS = {Shade.RED: RED, Shade.AMBER: AMBER, Shade.BLUE: BLUE, Shade.GREY: GREY}
TAB_COLOURS = {Group.LEDGER: DEEP, Group.SUPPORTING: "#8FB8B2", Group.OPTIONAL: "#CFCFCF"}
NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.IDENTIFIER: "@",
    Kind.CHOICE: "@",
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "hh:mm",
    Kind.COUNT: "0",
    Kind.MONEY: "#,##0.00",
    Kind.NUMBER: "General",
    Kind.ANY: "General",
}
_CENTRED = (Kind.DATE, Kind.TIME, Kind.CHOICE)
_BOXED = {"border": 1, "border_color": LINE}


def rgb(colour: str) -> tuple[int, int, int]:
    """The red, green and blue of a colour written as #RRGGBB, each from 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def book_options() -> dict[str, Any]:
    """The options of a workbook of ours: text stays text, nothing that looks like a formula, a link or a number
    becomes one. Made anew each time, for XlsxWriter adds to what it is given.
    """
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": dict(FONT),
    }


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.make = cache(lambda **properties: book.add_format({**FONT, "valign": "vcenter", **properties}))

    def column(self, kind: Kind, wrapped: bool = False) -> Any:
        """The format of a column's cells, rows not yet written included."""
        centred = {"align": "center"} if kind in _CENTRED else {}
        aligned = {"align": "left"} if kind is Kind.ANY else centred
        return self.make(num_format=NUMBER_FORMATS[kind], **aligned, **({"text_wrap": True} if wrapped else {}))

    def written(self) -> Any:
        """What is added to every cell of a line once the line has its number: the ruling of an account book."""
        return self.make(**_BOXED)

    def header(self, required: bool) -> Any:
        """A column header: dark where the column must be filled, pale where it may stay empty."""
        colours = {"bg_color": DEEP, "font_color": "white"} if required else {"bg_color": PALE, "font_color": INK}
        return self.make(bold=True, align="center", text_wrap=True, **colours, **_BOXED)

    def title(self) -> Any:
        return self.make(bold=True, font_size=20, font_color=DEEP)

    def heading(self) -> Any:
        return self.make(bold=True, font_size=12, font_color=DEEP, bottom=2, bottom_color=DEEP)

    def text(self, **properties: Any) -> Any:
        """Running text on a page that is read, not filled in."""
        return self.make(**{"text_wrap": True, "font_color": INK} | properties)

    def boxed(self, **properties: Any) -> Any:
        """A cell of a table that is read, not filled in."""
        return self.make(**{"text_wrap": True, "font_color": INK} | _BOXED | properties)

    def link(self, **properties: Any) -> Any:
        return self.boxed(**{"font_color": BLUE, "underline": 1} | properties)
