"""Rows of an .xlsx sheet in which something is struck through: on paper it holds no longer, and no value tells that."""

import re
from collections.abc import Iterator, Mapping

from schoollib_xl.sheets.opening.zip_entry import ZipEntry, inflated

# Of SpreadsheetML (ECMA-376 part 1, 18.4 and 18.8): the fonts, the formats of cells in their order, texts that cells
# share, a cell that holds something. No sign of another tag stands between, so that nothing is gone through twice.
FONTS, FORMATS = (
    (re.compile(rb"<(?:\w+:)?%s\b" % name), re.compile(rb"</(?:\w+:)?%s>" % name)) for name in (b"fonts", b"cellXfs")
)
_MARKS = re.compile(
    rb'<(?:\w+:)?(?:(?P<item>font|si)(?=[\s/>])|strike(?:\s+val="(?:1|true|on)")?\s*/>)',
)
_FORMAT = re.compile(rb'<(?:\w+:)?xf\b[^<>]*?\bfontId="(\d+)"')
_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^<>]*\br="[A-Z]+(?P<row>\d+)")(?P<said>[^<>]*[^<>/])>'
    rb"(?!</|<(?:\w+:)?v(?:\s*/>|></))(?:<(?:\w+:)?v>(?P<value>\d+)<)?"
)
_STYLE = re.compile(rb'\bs="(\d+)"')
_SHARED = b't="s"'


class Struck:
    """What is struck through in a workbook; `parts` are its parts by their names."""

    def __init__(self, parts: Mapping[str, ZipEntry]) -> None:
        self._formats = frozenset(_formats(part_called(parts, "/styles.xml")))
        self._texts = _struck_items(part_called(parts, "/sharedstrings.xml"))

    def rows(self, sheet: ZipEntry) -> list[int]:
        """The numbers of such rows of a sheet, in order. Raises Unusable."""
        if not self._formats and not self._texts:
            return []
        found = _CELL.finditer(b"".join(inflated(sheet)))
        return sorted({int(cell["row"]) for cell in found if self._holds(cell)})

    def _holds(self, cell: re.Match[bytes]) -> bool:
        style = _STYLE.search(cell["said"])
        is_whole = style is not None and int(style[1]) in self._formats
        is_shared = _SHARED in cell["said"] and cell["value"] is not None
        return is_whole or (is_shared and int(cell["value"]) in self._texts)


def part_called(parts: Mapping[str, ZipEntry], name: str) -> bytes:
    """The part of a workbook whose name ends so; nothing where it has none. Raises Unusable."""
    found = next((part for path, part in parts.items() if path.endswith(name)), None)
    return b"".join(inflated(found)) if found else b""


def _formats(styles: bytes) -> Iterator[int]:
    """The formats of cells whose font is struck through."""
    fonts = _struck_items(within(styles, *FONTS))
    used = _FORMAT.findall(within(styles, *FORMATS)) if fonts else []
    return (at for at, font in enumerate(used) if int(font) in fonts)


def within(styles: bytes, first: re.Pattern[bytes], last: re.Pattern[bytes]) -> bytes:
    """What stands between two tags; nothing where they do not."""
    begun = first.search(styles)
    ended = last.search(styles, begun.end()) if begun else None
    return styles[begun.end() : ended.start()] if begun and ended else b""


def _struck_items(part: bytes) -> set[int]:
    """Which of the fonts, or texts, of a part are struck through, or have a piece that is."""
    found, last = set(), -1
    for mark in _MARKS.finditer(part) if b"strike" in part else ():
        if mark["item"]:
            last += 1
        else:
            found.add(last)
    return found
