"""Which line of a file of scans is its header, and which column holds numbers, days, places and counts."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from schoollib_xl.intake.scan_lines import Known, looks_like_a_day, number_text, numbers_in
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.tidy import shown

# What a column of days is called by the programs that write such files.
_DAYS = re.compile(r"date|time|日期|时间", re.IGNORECASE)
# What a column of how often is called by them, and how often nobody scans one number.
_TIMES = re.compile(r"次数|数量|count|quantity|qty", re.IGNORECASE)
_OFTEN = range(2, 100)
# How many of the copies of a line were there.
_COUNTED = re.compile("实[有点盘存际在](?!日期|时间|人)|盘[到点](?:册数|数)")
_NO_OR_ONE = frozenset(["", "0", "1"])
# From so many rows of one column is taken what it holds.
_SAMPLE = 200


def _called(also: str, *fields: str) -> re.Pattern[str]:
    """Matches what these columns of 个别登记账 are called, and these words."""
    columns = (SHEETS[AccessionRow].by_name[name].column for name in fields)
    known = (re.escape(text) for column in columns for text in (column.header, *column.synonyms))
    return re.compile("|".join((*known, also)), re.IGNORECASE)


# What a column of numbers and of places is called by the programs that write such files.
_NUMBERS = _called("content|text|value|code|内容|扫描|号码", "accession_no", "barcode")
_PLACES = _called("位置|地点", "location")
# A line between the numbers that says where those below it were scanned: 架位：A1.
_PLACE_OVER = re.compile(rf"(?:{_PLACES.pattern})\s*[:：=]\s*(\S.*)", re.IGNORECASE)


class ScanColumns(NamedTuple):
    """Which column (from 0) holds the numbers, and which days, places and how often a number was scanned, where there
    are such; which hold numbers of copies as well, and which says how many of several copies were there.
    """

    number: int
    day: int | None
    place: int | None
    times: int | None
    also: tuple[int, ...]
    counted: int | None


def title_lines(first: Sequence[Sequence[CellValue]], known: Known) -> int:
    """How many lines stand above the header: none where a number some copy has comes before it."""
    for at, cells in enumerate(first):
        texts = [text for cell in cells if (text := number_text(cell))]
        if any(known(text) for text in texts):
            return 0
        named = _NUMBERS.search if len(texts) > 1 else _NUMBERS.fullmatch
        if any(map(named, texts)):
            return at
    return 0


def scan_header(cells: Sequence[CellValue], known: Known) -> list[str]:
    """The first row as headers; none where it holds a number some copy has, or a single word nobody knows."""
    texts = [number_text(cell) for cell in cells]
    if any(known(number) for text in texts for number in numbers_in(text, known)):
        return []
    if any(_NUMBERS.search(text) or _DAYS.search(text) for text in texts):
        return texts
    has_figures = any(char.isdigit() for text in texts for char in text)
    return texts if len(texts) > 1 and not has_figures else []


def place_over(cells: Sequence[CellValue]) -> str | None:
    """The place that a line names for the numbers below it; None where it is no such line."""
    match = _PLACE_OVER.fullmatch("".join(map(shown, cells)).strip())
    return number_text(match[1]) if match else None


def scan_columns(header: Sequence[str], body: Sequence[Sequence[CellValue]], known: Known) -> ScanColumns:
    """The columns of a list, by their headers and by what they hold; `known` tells a number that some copy has."""
    columns = _Columns(header, body, known)
    hits, times = columns.numbers_and_times()
    every = range(columns.width)
    number = max(every, key=lambda at: (hits[at], columns.is_called(at, _NUMBERS), columns.digits(at), -at))
    others = [at for at in every if at != number]
    counted = columns.first_called(_COUNTED, others)
    also = (at for at in others if columns.are_most(hits[at]) and not columns.name_the_same(at, number))
    return ScanColumns(
        number,
        columns.day(others),
        columns.first_called(_PLACES, others),
        next((at for at in times if at != number), None),
        tuple(at for at in also if at != counted),
        counted,
    )


class _Columns:
    """The columns of a list, from 0: what they are called, and what their first rows hold."""

    def __init__(self, header: Sequence[str], body: Sequence[Sequence[CellValue]], known: Known) -> None:
        self.width = max((len(cells) for cells in body), default=len(header))
        self._header = header
        self._rows = body[:_SAMPLE]
        self._known = known

    def is_called(self, at: int, names: re.Pattern[str]) -> bool:
        return at < len(self._header) and names.search(self._header[at]) is not None

    def first_called(self, names: re.Pattern[str], among: Sequence[int]) -> int | None:
        return next((at for at in among if self.is_called(at, names)), None)

    def are_most(self, rows: int) -> bool:
        return rows * 2 > len(self._rows)

    def numbers_and_times(self) -> tuple[list[int], list[int]]:
        """In how many rows each column has a number some copy has; and which columns say how often it was scanned.
        What counts rows or scans beside a column of numbers holds none.
        """
        # Numbers from one to another are numbers as well.
        hits = [
            sum(any(map(self._known, numbers_in(text, self._known))) for text in self._texts(at))
            for at in range(self.width)
        ]
        times = [at for at in range(self.width) if self.is_called(at, _TIMES)]
        for at in range(self.width):
            is_beside = any(map(self.are_most, hits[:at] + hits[at + 1 :]))
            if is_beside and self._counts_scans(at) and not self.is_called(at, _NUMBERS):
                times.append(at)
            if at in times or (is_beside and self._counts_the_rows(at)):
                hits[at] = 0
        return hits, times

    def day(self, among: Sequence[int]) -> int | None:
        """The column of days: the first that is called so, rather one with days in it; without a header one of days
        alone.
        """
        if not self._header:
            return next((at for at in among if self._rows and all(map(looks_like_a_day, self._cells(at)))), None)
        called = [at for at in among if self.is_called(at, _DAYS)]
        return next((at for at in called if any(map(looks_like_a_day, self._cells(at)))), next(iter(called), None))

    def digits(self, at: int) -> int:
        """How many cells of a column look like numbers of copies rather than days."""
        return sum(
            any(char.isdigit() for char in number_text(cell)) and not looks_like_a_day(cell) for cell in self._cells(at)
        )

    def name_the_same(self, at: int, other: int) -> bool:
        """Whether two columns name the same copies, by their numbers and their barcodes."""
        pairs = zip(self._texts(at), self._texts(other), strict=True)
        return all(self._known(one) == self._known(two) for one, two in pairs)

    def _counts_the_rows(self, at: int) -> bool:
        """Whether a column only numbers the rows, as such files often do: 1, 2, 3 without leading zeros."""
        return len(self._rows) > 1 and all(text == str(row) for row, text in enumerate(self._texts(at), 1))

    def _counts_scans(self, at: int) -> bool:
        """Whether a column says how often each number was scanned, whatever it is called: the same few counts again
        and again, most often 1, which would be the number of a copy but for its zeros.
        """
        texts = self._texts(at)
        is_count = all(text in _NO_OR_ONE or times_said(text) > 1 for text in texts)
        return is_count and len(set(texts)) * 2 <= len(texts)

    def _cells(self, at: int) -> list[CellValue]:
        return [cell_at(cells, at) for cells in self._rows]

    def _texts(self, at: int) -> list[str]:
        return list(map(number_text, self._cells(at)))


def times_said(cell: CellValue) -> int:
    """How often a program that puts equal scans together says the number was scanned."""
    text = number_text(cell)
    return int(text) if text.isdecimal() and int(text) in _OFTEN else 1


def cell_at(cells: Sequence[CellValue], at: int | None) -> CellValue:
    """The cell of a column; blank where there is none."""
    return "" if at is None or at >= len(cells) else cells[at]
