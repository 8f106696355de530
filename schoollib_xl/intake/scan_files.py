"""Files of scanners and phones: a number a line, a table with or without header, a workbook."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.forms.years import clock_of
from schoollib_xl.intake.checklists import checklist, refuse_lacking
from schoollib_xl.intake.scan_lines import (
    BETWEEN,
    Known,
    ScanDays,
    are_abreast,
    looks_like_a_day,
    number_text,
    numbers_in,
    with_day_apart,
)
from schoollib_xl.intake.scan_notes import from_to, not_all_seen, run_together, ticked_off, unread_column
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.plain import markup_beginning, read_text_rows
from schoollib_xl.sheets.opening.refusing import Unusable, unusable
from schoollib_xl.sheets.opening.vetting import Packing, sniff
from schoollib_xl.sheets.opening.workbook import open_list
from schoollib_xl.sheets.reading.recognising import Names, declared_for
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.reading.total_rows import is_total
from schoollib_xl.stocktaking.scans import Scan

# What a column of days is called by the programs that write such files.
_DAYS = re.compile(r"date|time|日期|时间", re.IGNORECASE)
# What a column of how often is called by them, and how often nobody scans one number.
_TIMES = re.compile(r"次数|数量|count|quantity|qty", re.IGNORECASE)
_OFTEN = range(2, 100)
_JSON = ("[{", "{")
# How many of the copies of a line were there.
_COUNTED = re.compile("实[有点盘存际在](?!日期|时间|人)|盘[到点](?:册数|数)")
_NO_OR_ONE = frozenset(["", "0", "1"])
# What is said of a workbook that cannot be opened, and what is said of a file of scans instead.
_REWORDED = (
    ("换成账册所在的 .xlsx 文件再试", "换成扫描枪或手机导出的文件再试"),
    ("换一份有内容的工作簿再试", "从扫描枪或手机重新导出再试"),
    ("改选里面的工作簿再试", "改选里面的文件再试"),
    ("不是工作簿", "不是扫描文件"),
)
# Titles above the header of a list that was typed take no more lines.
_DEEPEST_HEADER = 5
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


class ScanFiles(NamedTuple):
    """The scans of all files in their order, and a sentence on each file that was not read, or not wholly."""

    scans: tuple[Scan, ...]
    refusals: tuple[str, ...]


class _Columns(NamedTuple):
    """Which column (from 0) holds the numbers, and which days, places and how often a number was scanned, where there
    are such; which hold numbers of copies as well, and which says how many of several copies were there.
    """

    number: int
    day: int | None
    place: int | None
    times: int | None
    also: tuple[int, ...]
    counted: int | None


def read_scan_files(paths: Iterable[Path], known: Known) -> ScanFiles:
    """Every number of every file; `known` tells a number that some copy has, by which its column is found.

    Raises Unusable where no file holds a number.
    """
    scans: list[Scan] = []
    refusals: list[str] = []
    for path in paths:
        try:
            scans += _scans(path, known, refusals)
        except Unusable as refusal:
            refusals.append(_reworded(str(refusal)))
    if not scans:
        raise Unusable("".join(refusals))
    return ScanFiles(tuple(scans), tuple(refusals))


def _reworded(sentence: str) -> str:
    for of_workbook, of_scans in _REWORDED:
        sentence = sentence.replace(of_workbook, of_scans)
    return sentence


def _scans(path: Path, known: Known, notes: list[str]) -> list[Scan]:
    read: dict[str, list[Scan]] = {}
    refused: list[str] = []
    for sheet, grid in _grids(path):
        try:
            if scans := list(_scans_of(path, sheet, grid, known, notes)):
                read[sheet] = scans
        except Unusable as refusal:
            refused.append(str(refusal))
    notes += refused if read else []
    if not read:
        raise Unusable("".join(refused)) if refused else unusable(path, "里没有号码，换成扫描枪或手机导出的文件再试")
    if len(read) > 1:
        said = "，".join(f"“{sheet}” {len(scans)} 个号" for sheet, scans in read.items())
        notes.append(f"《{path.name}》里有几张表，都读了：{said}；不该算的表，移出去再试。")
    return [scan for scans in read.values() for scan in scans]


def _grids(path: Path) -> Iterator[tuple[str, Grid]]:
    """The sheets of a file, by name; the books themselves are no scans. Raises Unusable."""
    if sniff(path) is Packing.TEXT and not markup_beginning(path):
        rows = read_text_rows(path)
        if rows and rows[0] and str(rows[0][0]).lstrip().startswith(_JSON):
            raise unusable(path, "是 JSON，改成导出 CSV 或 Excel 再试")
        yield "", rows
        return
    with open_list(path) as book:
        if any(_is_ledger(name) for name in book.sheet_names):
            raise unusable(path, "是七本账的工作簿，不是扫描文件，换成扫描枪或手机导出的文件再试")
        yield from book.grids(book.sheet_names)


def _is_ledger(sheet_name: str) -> bool:
    match = declared_for(sheet_name, Names())
    return match is not None and match[0] in LEDGERS


def _scans_of(path: Path, sheet: str, grid: Grid, known: Known, notes: list[str]) -> Iterator[Scan]:
    filled = ((number, cells) for number, cells in enumerate(grid, 1) if any(number_text(cell) for cell in cells))
    rows = [(number, with_day_apart(cells)) for number, cells in filled]
    if not rows:
        return
    above = _title_lines([cells for _, cells in rows[:_DEEPEST_HEADER]], known)
    header = _header(rows[above][1], known)
    below = rows[above + 1 :] if header else rows
    body = [(number, cells) for number, cells in below if not is_total([*filter(None, map(number_text, cells))])]
    columns = _columns(header, [cells for _, cells in body], known)
    ticks = checklist(header, [cells for _, cells in body], (columns.number, columns.day, columns.place, *columns.also))
    if not ticks and not any(clock_of(_cell(cells, columns.day)) for _, cells in body):
        # At a time of day numbers are scanned, and no list of books is written.
        refuse_lacking(path, [sheet, *(text for _, cells in rows[:above] for text in map(shown, cells))])
    if sum(map(bool, header)) <= 1 and are_abreast([cells for _, cells in body], known):
        named = ((number, number_text(cell)) for number, cells in body for cell in cells)
        yield from (Scan(text, path.name, number) for number, text in named if text)
        return
    notes += [unread_column(path, at, columns.number) for at in columns.also]
    if ticks:
        body, lines = [one for one in body if _names_a_place(one[1]) or ticks.has(one[1])], len(body)
        places = sum(_names_a_place(cells) is not None for _, cells in body)
        notes.append(ticked_off(path, ticks, len(body) - places, lines - len(body)))
    days = ScanDays(_cell(cells, columns.day) for _, cells in body)
    place = None
    for number, cells in body:
        if match := _names_a_place(cells):
            place = number_text(match[1])
            continue
        day = _cell(cells, columns.day)
        written = number_text(_cell(cells, columns.number))
        numbers = numbers_in(written, known)
        if len(numbers) > 1 and (there := _counted(cells, columns.counted)) in range(len(numbers)):
            notes.append(not_all_seen(path, number, len(numbers), there))
            numbers = ()
        elif len(numbers) > 1 and not BETWEEN.search(written):
            notes.append((from_to if "-" in written else run_together)(path, number, len(numbers)))
        for text in [*numbers] * _times(_cell(cells, columns.times)):
            yield Scan(
                text, path.name, number, days.of(day), _place(_cell(cells, columns.place)) or place, days.unread(day)
            )


def _names_a_place(cells: Sequence[CellValue]) -> re.Match[str] | None:
    return _PLACE_OVER.fullmatch("".join(map(shown, cells)).strip())


def _title_lines(first: Sequence[Sequence[CellValue]], known: Known) -> int:
    """How many lines stand above the header: none where a number some copy has comes before it."""
    for at, cells in enumerate(first):
        texts = [text for cell in cells if (text := number_text(cell))]
        if any(known(text) for text in texts):
            return 0
        named = _NUMBERS.search if len(texts) > 1 else _NUMBERS.fullmatch
        if any(map(named, texts)):
            return at
    return 0


def _header(cells: Sequence[CellValue], known: Known) -> list[str]:
    """The first row as headers; none where it holds a number some copy has, or a single word nobody knows."""
    texts = [number_text(cell) for cell in cells]
    if any(known(number) for text in texts for number in numbers_in(text, known)):
        return []
    if any(_NUMBERS.search(text) or _DAYS.search(text) for text in texts):
        return texts
    has_figures = any(char.isdigit() for text in texts for char in text)
    return texts if len(texts) > 1 and not has_figures else []


def _columns(header: Sequence[str], body: Sequence[Sequence[CellValue]], known: Known) -> _Columns:
    width = max((len(cells) for cells in body), default=len(header))
    sample = body[:_SAMPLE]
    # Numbers from one to another are numbers as well.
    hits = [
        sum(any(map(known, numbers_in(number_text(_cell(cells, at)), known))) for cells in sample)
        for at in range(width)
    ]
    times = [at for at in range(width) if _is_called(header, at, _TIMES)]
    for at in range(width):
        is_beside = any(other * 2 > len(sample) for other in hits[:at] + hits[at + 1 :])
        if is_beside and _counts_scans(sample, at) and not _is_called(header, at, _NUMBERS):
            times.append(at)
        if at in times or (is_beside and _counts_the_rows(sample, at)):
            hits[at] = 0
    number = max(range(width), key=lambda at: (hits[at], _is_called(header, at, _NUMBERS), _digits(sample, at), -at))
    days = [at for at in range(width) if at != number and _is_called(header, at, _DAYS)]
    days.sort(key=lambda at: not any(looks_like_a_day(_cell(cells, at)) for cells in sample))
    if not header:
        days = [
            at for at in range(width) if at != number and sample and all(looks_like_a_day(_cell(c, at)) for c in sample)
        ]
    places = [at for at in range(width) if at != number and _is_called(header, at, _PLACES)]
    also = tuple(
        at
        for at in range(width)
        if at != number and hits[at] * 2 > len(sample) and not _same(sample, at, number, known)
    )
    day, place, often = (found[0] if found else None for found in (days, places, [at for at in times if at != number]))
    counted = next((at for at in range(width) if at != number and _is_called(header, at, _COUNTED)), None)
    return _Columns(number, day, place, often, tuple(at for at in also if at != counted), counted)


def _counts_the_rows(sample: Sequence[Sequence[CellValue]], at: int) -> bool:
    """Whether a column only numbers the rows, as such files often do: 1, 2, 3 without leading zeros."""
    return len(sample) > 1 and all(number_text(_cell(cells, at)) == str(row) for row, cells in enumerate(sample, 1))


def _counts_scans(sample: Sequence[Sequence[CellValue]], at: int) -> bool:
    """Whether a column says how often each number was scanned, whatever it is called: the same few counts again and
    again, most often 1, which would be the number of a copy but for its zeros.
    """
    texts = [number_text(_cell(cells, at)) for cells in sample]
    is_count = all(text in _NO_OR_ONE or _times(text) > 1 for text in texts)
    return is_count and len(set(texts)) * 2 <= len(texts)


def _same(sample: Sequence[Sequence[CellValue]], at: int, other: int, known: Known) -> bool:
    """Whether two columns name the same copies, by their numbers and their barcodes."""
    return all(known(number_text(_cell(row, at))) == known(number_text(_cell(row, other))) for row in sample)


def _is_called(header: Sequence[str], at: int, names: re.Pattern[str]) -> bool:
    return at < len(header) and names.search(header[at]) is not None


def _digits(sample: Sequence[Sequence[CellValue]], at: int) -> int:
    """How many cells of a column look like numbers of copies rather than days."""
    cells = (_cell(row, at) for row in sample)
    return sum(any(char.isdigit() for char in number_text(cell)) and not looks_like_a_day(cell) for cell in cells)


def _times(cell: CellValue) -> int:
    """How often a program that puts equal scans together says the number was scanned."""
    text = number_text(cell)
    return int(text) if text.isdecimal() and int(text) in _OFTEN else 1


def _counted(cells: Sequence[CellValue], at: int | None) -> int:
    return int(text) if (text := number_text(_cell(cells, at))).isdecimal() else -1


def _cell(cells: Sequence[CellValue], at: int | None) -> CellValue:
    return "" if at is None or at >= len(cells) else cells[at]


def _place(cell: CellValue) -> str | None:
    return number_text(cell) or None
