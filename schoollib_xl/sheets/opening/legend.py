"""What the numbers of texts and of styles in the cells of a workbook stand for, as the quick reader tells."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from schoollib_xl.sheets.cells import CellValue

_MOST_STYLES = 1 << 10
"""Styles that are asked about; a workbook a school has kept for years may have some hundreds."""
_FIRST_DAY, _LAST_DAY = 61, 99_999
"""Days by their numbers, from 1 March 1900 to 2173. Before these Excel counts one that never was."""
_ASKED = (_FIRST_DAY, _LAST_DAY, _FIRST_DAY + 0.5)
_NEITHER = date.min
_BEGIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_TEXTS_BEGIN = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_END = b"</sheetData></worksheet>"
# A row of what is asked of one style, and one of a text; at %d stand the row, and the number of the style or text.
_STYLE = b'<row r="%%d">%s</row>' % b"".join(
    b'<c r="%c%%d" s="%%d"><v>%r</v></c>' % (letter, day) for letter, day in zip(b"ABC", _ASKED, strict=True)
)
_TEXT = b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c></row>'
_ITEM = b"<si"
# White space at an end of a text, returns and whatever is escaped have rules of their own; how a text is pronounced, as
# Excel in Chinese adds, is no part of it.
_PLAIN_TEXT = re.compile(
    rb'<si(?:><t(?: xml:space="preserve")?>([^<>&_\s](?:[^<>&_\r]*[^<>&_\s])?)</t>(?:<phoneticPr [^<>]*/>)?</si>)?'
)


class Legend(NamedTuple):
    """The shared texts by their number, and by style the day from which its numbers count: None where they are
    numbers. A style that is neither is not in it.
    """

    texts: Sequence[CellValue]
    epochs: Mapping[bytes | None, date | None]

    def text(self, number: bytes) -> CellValue:
        """The shared text of this number. Raises LookupError where there is none."""
        return self.texts[int(number)]

    def value(self, number: bytes, style: bytes | None) -> CellValue:
        """What a number means in this style. Raises LookupError where that is not as simple as a number or a day."""
        epoch = self.epochs[style]
        if epoch is None:
            return float(number)
        if not (number.isdigit() and _FIRST_DAY <= int(number) <= _LAST_DAY):
            raise LookupError
        return epoch + timedelta(int(number))


class SharedTexts(NamedTuple):
    """The texts that cells share, by their number: what each is that is written plainly, and '' for another; the XML of
    the others.
    """

    known: list[str]
    others: Mapping[int, bytes]

    @classmethod
    def of(cls, xml: bytes) -> "SharedTexts":
        """Raises LookupError where the XML is none of texts one after the other."""
        found = b"\0".join(_PLAIN_TEXT.findall(xml)).decode().split("\0") if (count := xml.count(_ITEM)) else []
        if len(found) != count or b"<!" in xml:
            raise LookupError
        others = [at for at, text in enumerate(found) if not text]
        items = xml.split(_ITEM)[1:] if others else []
        return cls(found, {at: _ITEM + _closed(items[at]) for at in others})

    @property
    def xml(self) -> bytes:
        """The others alone."""
        return b"".join((_TEXTS_BEGIN, *self.others.values(), b"</sst>"))

    def all(self, told: Iterable[CellValue]) -> list[CellValue]:
        """All texts, given those of the others."""
        texts: list[CellValue] = [*self.known]
        for at, text in zip(self.others, told, strict=True):
            texts[at] = text
        return texts


def _closed(item: bytes) -> bytes:
    content, end, _ = item.partition(b"</si>")
    return content + end if end else b"/>"


class Questions:
    """What the quick reader is asked of a workbook with so many styles and these texts, as a worksheet of it, in which
    the texts stand that are asked for.
    """

    def __init__(self, styles: int, texts: SharedTexts) -> None:
        self._styles, self._texts = min(styles, _MOST_STYLES), texts

    @property
    def xml(self) -> list[bytes]:
        """The worksheet's XML, in pieces."""
        styles, ends = self._styles, self._styles + len(self._texts.others)
        in_styles = [_STYLE % (row, row, row - 1, row, row - 1, row, row - 1) for row in range(1, styles + 1)]
        in_texts = [_TEXT % (row, row, row - styles - 1) for row in range(styles + 1, ends + 1)]
        return [_BEGIN, *in_styles, *in_texts, _END]

    def answered(self, answers: Iterable[list[CellValue]]) -> Legend:
        """The legend, from the rows that the reader makes of that worksheet."""
        rows, styles = [*answers], self._styles
        epochs: dict[bytes | None, date | None] = {None: None}
        epochs |= {b"%d" % style: _epoch(*row[:3]) for style, row in enumerate(rows[:styles])}
        known = {style: epoch for style, epoch in epochs.items() if epoch is not _NEITHER}
        others = len(self._texts.others)
        told = [row[0] for row in rows[styles : styles + others]]
        return Legend(self._texts.all([*told, *[""] * (others - len(told))]), known)


def _epoch(*answers: CellValue) -> date | None:
    """What the numbers asked for became: None where they are themselves, the day they are counted from where they are
    days; `_NEITHER` where they are anything else.
    """
    if answers == _ASKED and {*map(type, answers)} == {float}:
        return None
    first, later, moment = answers
    if type(first) is type(later) is date and type(moment) is datetime:
        epoch = first - timedelta(_FIRST_DAY)
        return epoch if later - timedelta(_LAST_DAY) == epoch else _NEITHER
    return _NEITHER
