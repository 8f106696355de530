"""Rows of an .xlsx sheet that somebody coloured: what a colour means no value tells."""

import re
from collections.abc import Iterator, Mapping

from schoollib_xl.sheets.opening.struck import FONTS, FORMATS, part_called, within
from schoollib_xl.sheets.opening.zip_entry import ZipEntry, inflated

# Of SpreadsheetML (ECMA-376 part 1, 18.8): fonts and fills in their order, each with its colour; a format of cells.
_FILLS = (re.compile(rb"<(?:\w+:)?fills\b"), re.compile(rb"</(?:\w+:)?fills>"))
_ITEM = re.compile(
    rb"<(?:\w+:)?(?P<item>font|fill)(?=[\s/>])"
    rb"|<(?:\w+:)?(?:fgColor|color)\b[^<>]*?\b(?P<by>rgb|theme|indexed)=\"(?P<colour>\w{1,8})\""
)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^<>]*>")
_FONT_OF, _FILL_OF = re.compile(rb'\bfontId="(\d+)"'), re.compile(rb'\bfillId="(\d+)"')
_ROW = re.compile(rb'\br="[A-Z]+(\d+)"')
# The attributes of a cell take no more; a text may be full of what looks like one.
_LONGEST_TAG = 200
# Of a theme the first four are paper and ink (20.1.6.2), of the indexed ones these are black, white and grey (18.8.27).
_FIRST_ACCENT = 4
_GREYS = frozenset([0, 1, 8, 9, 22, 23, 55, 63, 64, 65])


class Coloured:
    """What is coloured in a workbook, by a fill or a font; greys are no colour. `parts` are its parts by name."""

    def __init__(self, parts: Mapping[str, ZipEntry]) -> None:
        formats = sorted(_formats(part_called(parts, "/styles.xml")))
        numbers = b"|".join(b"%d" % one for one in formats)
        self._styled = re.compile(rb'\bs="(?:%s)"' % numbers) if formats else None

    def rows(self, sheet: ZipEntry) -> list[int]:
        """The numbers of the rows of a sheet in which a cell that holds something is coloured. Raises Unusable."""
        if self._styled is None:
            return []
        content = b"".join(inflated(sheet))
        return sorted({row for match in self._styled.finditer(content) if (row := _row_of(content, match.start()))})


def _row_of(content: bytes, at: int) -> int:
    """The row of the cell in whose tag this stands; 0 of a blank cell, and of what is none."""
    start, end = content.rfind(b"<", max(0, at - _LONGEST_TAG), at), content.find(b">", at, at + _LONGEST_TAG)
    tag = content[start:end] if min(start, end) >= 0 else b""
    row = _ROW.search(tag)
    return int(row[1]) if row and not tag.endswith(b"/") else 0


def _formats(styles: bytes) -> Iterator[int]:
    """The formats of cells that are coloured."""
    fonts, fills = _coloured(within(styles, *FONTS)), _coloured(within(styles, *_FILLS))
    for at, tag in enumerate(_FORMAT.findall(within(styles, *FORMATS)) if fonts or fills else ()):
        font, fill = _FONT_OF.search(tag), _FILL_OF.search(tag)
        if (font and int(font[1]) in fonts) or (fill and int(fill[1]) in fills):
            yield at


def _coloured(part: bytes) -> set[int]:
    """Which of the fonts, or fills, of a part have a colour."""
    found, last = set(), -1
    for match in _ITEM.finditer(part):
        if match["item"]:
            last += 1
        elif _is_colour(match["by"], match["colour"]):
            found.add(last)
    return found


def _is_colour(by: bytes, colour: bytes) -> bool:
    if by == b"rgb":
        return len({colour[-6:-4].upper(), colour[-4:-2].upper(), colour[-2:].upper()}) > 1
    if not colour.isdigit():
        return False
    return int(colour) >= _FIRST_ACCENT if by == b"theme" else int(colour) not in _GREYS
