"""What a cell or a line of a file of scans holds: a number, several of them, a number and its day. Days are as the
program of the scanner writes them, which is not always as they are written here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from schoollib_xl.adoption.number_lists import between
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import day_of, numeric_date, typed_moment, year_last
from schoollib_xl.sheets.reading.texts import PUNCTUATION, unhidden
from schoollib_xl.sheets.reading.tidy import shown

# A time without its day leaves the day to be said otherwise.
_TIME_ALONE = re.compile(r"\D{0,2}\d{1,2}[:时点].*")
# Whether a copy has this number; the same for all numbers of one copy.
Known = Callable[[str], Any]
# Code 39 begins and ends with an asterisk; some scanners send it along.
_FRAME = "*'\""
# Others send what kind of code it was (ISO/IEC 15424): ]C1 is Code 128, ]A0 Code 39, ]Q1 QR.
_KIND_OF_CODE = re.compile(r"\][A-Za-z][\dA-Z]")
# Between numbers that a scanner wrote into one line.
BETWEEN = re.compile(r"[\s,;、|]+")
# What a program says of a number before it, in its cell or line: QR_CODE:000001, 编号：000001, 1. 000001.
_LABELLED = re.compile(r"(?:[A-Za-z][A-Za-z\d_ -]*|[\u4e00-\u9fff]{1,6})[:=]\s*([A-Za-z]{0,4}-?\d+)")
_NUMBERED = re.compile(r"\d{1,4}[.、)]\s*(\S+)")
# Of a number nobody knows as well, where it cannot be a decimal: 3. 999999.
_SURELY_NUMBERED = re.compile(r"\d{1,4}(?:[、)]\s*|\.\s+)(\d{4,})")
# What a program or a QR code says round a number: https://…?no=000001, 09:01 扫描成功：000001 《小河》. Days, hours and
# the figures of titles are shorter.
_FIGURES, _SHORTEST_INSIDE = re.compile(r"[A-Za-z]{0,4}-?\d+"), 5
# Numbers beside each other in rows without a header are a page of scans from so many columns on: two may be a number
# and what it belongs to.
_FEWEST_ABREAST = 3
# Where nothing stands between them: two known numbers may make up a third one's barcode by chance, three hardly.
_SHORTEST_JOINED, _FEWEST_JOINED = 4, 3


class ScanDays:
    """A column of days. Where the year stands last, a figure beyond 12 in one of the rows tells which of the first two
    is the day; where no row tells, none of them is read.
    """

    def __init__(self, cells: Iterable[CellValue]) -> None:
        figures = [found for cell in cells if (found := year_last(_text(cell)))]
        # Of 07/07/2026 nobody needs to know.
        self._day_first = any(first > 12 for first, _, _ in figures)
        self._month_first = any(second > 12 for _, second, _ in figures)

    def of(self, cell: CellValue) -> date | None:
        """The day the cell means; None where it means none, or where that cannot be told."""
        if found := plain_day(cell):
            return found
        figures = year_last(_text(cell))
        if figures is None:
            return numeric_date(int(cell)) if isinstance(cell, int | float) else None
        first, second, year = figures
        if self._day_first == self._month_first and first != second:
            return None
        return day_of(year, second, first) if self._day_first else day_of(year, first, second)

    def unread(self, cell: CellValue) -> str:
        """What stands in a cell that should say a day and does not; '' for one that is blank, or a time alone."""
        text = _text(cell)
        return "" if self.of(cell) or _TIME_ALONE.fullmatch(text) else text


@lru_cache(maxsize=65536)
def number_text(cell: CellValue) -> str:
    """A number as a copy may have it: half width, without the frame some scanners send or what is said before it."""
    text = unhidden(unicodedata.normalize("NFKC", shown(cell))).strip().strip(_FRAME).strip()
    text = _KIND_OF_CODE.sub("", text, count=1) if _KIND_OF_CODE.match(text) else text
    labelled = _LABELLED.fullmatch(text)
    return labelled[1] if labelled else text


def numbers_in(text: str, known: Known) -> Sequence[str]:
    """The numbers of a line: more than one where a scanner ended none of them, or only with a blank or a comma, or
    where somebody wrote them from one to another: 000164-000168.
    """
    if not text or known(text):
        return [text] if text else []
    tokens = [number for token in BETWEEN.split(text) for number in _from_to(token, known)]
    if len(tokens) > 1 and _are_numbers(tokens, known):
        return tokens
    if (numbered := _NUMBERED.fullmatch(text)) and known(numbered[1]):
        return [numbered[1]]
    if unknown := _SURELY_NUMBERED.fullmatch(text):
        return [unknown[1]]
    for width in range(_SHORTEST_JOINED, len(text) // _FEWEST_JOINED + 1):
        pieces = [text[at : at + width] for at in range(0, len(text), width)]
        if len(pieces[-1]) == width and all(map(known, pieces)):
            return pieces
    inside = [token for token in _FIGURES.findall(text) if len(token) >= _SHORTEST_INSIDE]
    return inside if len(inside) == 1 and known(inside[0]) else [text]


def _from_to(token: str, known: Known) -> Sequence[str]:
    """The numbers of two copies with a stroke between them, and those between; any other text as it is."""
    first, stroke, last = token.partition("-")
    is_span = stroke and len(first) == len(last) >= _SHORTEST_JOINED and known(first) and known(last)
    return (between(first, last) if is_span else None) or [token]


def _are_numbers(tokens: Sequence[str], known: Known) -> bool:
    """Whether each is the number of a copy, or most are and the others, which nobody knows, are as long."""
    told = sum(bool(known(token)) for token in tokens)
    return told == len(tokens) or (2 * told > len(tokens) and len(set(map(len, tokens))) == 1)


def with_day_apart(cells: Sequence[CellValue]) -> Sequence[CellValue]:
    """A line of a number and a day with but a blank between them as two cells."""
    if len(cells) != 1 or not isinstance(cells[0], str):
        return cells
    first, _, rest = cells[0].strip().partition(" ")
    if looks_like_a_day(rest.strip()):
        return [first, rest.strip()]
    rest, _, last = cells[0].strip().rpartition(" ")
    return [last, rest.strip()] if looks_like_a_day(rest.strip()) else cells


def are_abreast(body: Sequence[Sequence[CellValue]], known: Known) -> bool:
    """Whether the rows are nothing but numbers beside each other, each a scan."""
    is_wide = max(map(len, body), default=0) >= _FEWEST_ABREAST
    return is_wide and _are_numbers([text for cells in body for cell in cells if (text := number_text(cell))], known)


def looks_like_a_day(cell: CellValue) -> bool:
    """Whether the cell is a day, however it is to be read."""
    return plain_day(cell) is not None or year_last(_text(cell)) is not None


@lru_cache(maxsize=65536)
def plain_day(cell: CellValue) -> date | None:
    """The day of a cell that leaves no doubt."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    moment = typed_moment(_text(cell))
    return moment.day if moment else None


def _text(cell: CellValue) -> str:
    return shown(cell).translate(PUNCTUATION).strip().strip("\"'")
