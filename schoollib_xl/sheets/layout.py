"""What stands where in a workbook of ours: its sheets, their parts, their last rows and columns."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain, count
from typing import Any

from schoollib_xl.ledgers.schema import DeclaredSheet, Field, Group, Kind
from schoollib_xl.wording.places import column_letters

# The file says when it was made; a fixed day keeps the same content the same bytes.
MADE_ON = datetime(2025, 9, 1)
A4 = 9
LAST_ROW = 1_048_576
HEADER_ROW, FIRST_ROW = 1, 2
# Rows below the last one that already show a doubled number.
SPARE_ROWS = 2000
# More characters than this across one A4 page come out smaller than 8 points, measured on printed ledgers.
_PAGE_CHARACTERS = 135
LINE_HEIGHT = 17
# Excel's own limit for the height of a row, in points.
_MOST_LINES = 409 // LINE_HEIGHT
_SENTENCE_WIDTH = 20
# What a line is not broken in: a run of Latin letters and figures; LibreOffice takes 、 between them as one of these.
_WORDS = re.compile("[!-~、]+|.")
# The signs Excel refuses on a sheet's tab, as their wide twins; and how long a name may be there.
_WIDE = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in "[]:*?/\\"})
_TAB_LENGTH = 31
# Excel takes 255 characters in the header of a page; two texts of this length have room there, whatever is in them.
_HEADER_LENGTH = 50
# Columns to the left of the line's own number that stay in view with it.
_FROZEN_AT_MOST = 3


@dataclass(frozen=True)
class LedgerSheet:
    """One Excel sheet of a ledger: part 0 carries the ledger's name, part 1 the name with a 2 behind it.

    `last_row` is the last written row (the header's where nothing is written yet).
    """

    declared: DeclaredSheet
    part: int
    last_row: int

    @property
    def name(self) -> str:
        return f"{self.declared.name}{self.part + 1}" if self.part else self.declared.name

    @property
    def table_end(self) -> int:
        """The last row of the Excel table, which needs one row even where nothing is written yet."""
        return max(self.last_row, FIRST_ROW)

    @property
    def spare_end(self) -> int:
        return min(self.table_end + SPARE_ROWS, LAST_ROW)

    def column(self, field: Field, last_row: int = LAST_ROW) -> str:
        """The cells below a field's header, as A2:A1048576."""
        letters = column_letters(self.declared.positions[field.name])
        return f"{letters}{FIRST_ROW}:{letters}{last_row}"

    def is_wrapped(self, field: Field) -> bool:
        """Whether the column holds sentences, which run over several lines. A ledger keeps to one line a row, as
        the paper one does.
        """
        is_ledger = self.declared.group is Group.LEDGER
        return field.kind is Kind.TEXT and field.column.width >= _SENTENCE_WIDTH and not is_ledger

    @property
    def frozen_columns(self) -> int:
        """How many columns stay in view: up to the line's own number, where that is near the left edge."""
        position = self.declared.positions[self.declared.key]
        return position if position <= _FROZEN_AT_MOST else 0

    @property
    def pages_wide(self) -> int:
        return 1 + sum(field.column.width for field in self.declared.fields) // _PAGE_CHARACTERS


def height(texts: Iterable[str], widths: Iterable[int]) -> int:
    """The height in points of a row that shows all of these texts in cells of these widths. Not left to the
    program that opens the file: some do not fit rows to wrapped text until one of its cells is edited.
    """
    lines = (_lines(text, width) for text, width in zip(texts, widths, strict=True))
    return LINE_HEIGHT * min(_MOST_LINES, max(lines, default=1))


@lru_cache(1024)
def _lines(text: str, width: int) -> int:
    return sum(_wrapped(line, width - 1) for line in text.split("\n"))


def _wrapped(line: str, most: int) -> int:
    """How many lines of so many characters a text takes, no word of it broken that fits on one."""
    if across(line) <= most:
        return 1
    lines, used = 1, 0
    for word in _WORDS.findall(line):
        wide = across(word)
        if used and used + wide > most:
            lines, used = lines + 1, 0
        lines, used = lines + (used + wide - 1) // most, (used + wide - 1) % most + 1
    return lines


def across(text: str) -> int:
    """How many characters a text takes across, a Chinese one being two."""
    # In this encoding a character has as many bytes as it is wide: one for a Latin letter, two for a Chinese one.
    return len(text.encode("gb18030", "replace"))


def quoted(sheet_name: str) -> str:
    """A sheet's name as it stands before the ! of an address."""
    return "'" + sheet_name.replace("'", "''") + "'"


def set_up_print(sheet: Any, title: str, right: str, pages_wide: int = 1, landscape: bool = True) -> None:
    """A4, header row repeated, the page's title on top, page numbers below."""
    sheet.set_paper(A4)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.set_header(f'&C&"微软雅黑,Bold"&14{_literal(title)}&R&"微软雅黑"&9 {_literal(right)}')
    sheet.set_footer('&C&"微软雅黑"&9第 &P 页　共 &N 页')


def _literal(text: str) -> str:
    return text[:_HEADER_LENGTH].replace("&", "&&")


def tab_name(name: str, taken: Collection[str]) -> str:
    """A name as Excel takes it on a sheet's tab: the signs it refuses wide, as long as it may be, and unlike those
    that are taken in any letter case.
    """
    plain = name.translate(_WIDE).strip("'")
    taken = {one.lower() for one in taken}
    names = (f"{plain[: _TAB_LENGTH - len(mark)]}{mark}" for mark in chain([""], (f"（{n}）" for n in count(2))))
    return next(one for one in names if one.lower() not in taken)
