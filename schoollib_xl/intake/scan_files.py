"""Files of scanners and phones: a number a line, a table with or without header, a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.forms.years import clock_of
from schoollib_xl.intake.checklists import checklist, refuse_lacking
from schoollib_xl.intake.scan_columns import (
    ScanColumns,
    cell_at,
    place_over,
    scan_columns,
    scan_header,
    times_said,
    title_lines,
)
from schoollib_xl.intake.scan_lines import (
    BETWEEN,
    Known,
    ScanDays,
    are_abreast,
    number_text,
    numbers_in,
    with_day_apart,
)
from schoollib_xl.intake.scan_notes import from_to, not_all_seen, run_together, ticked_off, unread_column
from schoollib_xl.marks import bears_mark
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.plain import markup_beginning, read_text_rows
from schoollib_xl.sheets.opening.refusing import Unusable, reworded, unusable
from schoollib_xl.sheets.opening.vetting import Packing, sniff
from schoollib_xl.sheets.opening.workbook import open_list
from schoollib_xl.sheets.own_results import is_ledger, is_own_result
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.reading.total_rows import is_total
from schoollib_xl.stocktaking.scans import Scan
from schoollib_xl.wording.inspection.sample_sheet import SAMPLE_SHEET

_RESULT = "是本程序写的结果，不是扫描文件，换成扫描枪或手机导出的文件再试"
_JSON = ("[{", "{")
# Titles above the header of a list that was typed take no more lines.
_DEEPEST_HEADER = 5
# That two people scan so many copies in one order is no chance.
_LEAST_ALIKE = 5


class ScanFiles(NamedTuple):
    """The scans of all files in their order, and a sentence on each file that was not read, or not wholly."""

    scans: tuple[Scan, ...]
    refusals: tuple[str, ...]


class _ScanList(NamedTuple):
    """A sheet of a file: the titles above its header, the header, none where there is none, and its rows with their
    numbers.
    """

    titles: list[str]
    header: list[str]
    body: list[tuple[int, Sequence[CellValue]]]

    @property
    def rows(self) -> list[Sequence[CellValue]]:
        return [cells for _, cells in self.body]


def read_scan_files(paths: Iterable[Path], known: Known) -> ScanFiles:
    """Every number of every file; `known` tells a number that some copy has, by which its column is found.

    Raises Unusable where no file holds a number.
    """
    scans: list[Scan] = []
    refusals: list[str] = []
    read: dict[tuple[tuple[str, date | None], ...], str] = {}
    for path in paths:
        try:
            found = _scans(path, known, refusals)
        except Unusable as refusal:
            refusals.append(str(reworded(refusal, "扫描文件", "扫描枪或手机导出的文件")))
            continue
        what = tuple((scan.text, scan.day) for scan in found)
        if what in read and len(what) >= _LEAST_ALIKE:
            refusals.append(f"《{path.name}》里的号和《{read[what]}》一个个都一样，是同一份，只算一次。")
            continue
        read[what] = path.name
        scans += found
    if not scans:
        raise Unusable("".join(refusals))
    return ScanFiles(tuple(scans), tuple(refusals))


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
    """The sheets of a file, by name; the books themselves, and what was made of them, are no scans. Raises Unusable."""
    if sniff(path) is Packing.TEXT and not markup_beginning(path):
        rows = read_text_rows(path)
        if rows and rows[0] and str(rows[0][0]).lstrip().startswith(_JSON):
            raise unusable(path, "是 JSON，改成导出 CSV 或 Excel 再试")
        if is_own_result([("", rows)]):
            raise unusable(path, _RESULT)
        yield "", rows
        return
    with open_list(path) as book:
        if any(is_ledger(name) for name in book.sheet_names):
            raise unusable(path, "是七本账的工作簿，不是扫描文件，换成扫描枪或手机导出的文件再试")
        grids = [*book.grids(book.sheet_names)]
        if SAMPLE_SHEET not in book.sheet_names and (bears_mark(path) or is_own_result(grids)):
            raise unusable(path, _RESULT)
        yield from grids


def _scans_of(path: Path, sheet: str, grid: Grid, known: Known, notes: list[str]) -> Iterator[Scan]:
    listed = _list_of(grid, known)
    if listed is None:
        return
    header, rows = listed.header, listed.rows
    columns = scan_columns(header, rows, known)
    ticks = checklist(header, rows, (columns.number, columns.day, columns.place, *columns.also))
    if not ticks and not any(clock_of(cell_at(cells, columns.day)) for cells in rows):
        # At a time of day numbers are scanned, and no list of books is written.
        refuse_lacking(path, [sheet, *listed.titles])
    if sum(map(bool, header)) <= 1 and are_abreast(rows, known):
        named = ((number, number_text(cell)) for number, cells in listed.body for cell in cells)
        yield from (Scan(text, path.name, number) for number, text in named if text)
        return
    notes += [unread_column(path, at, columns.number) for at in columns.also]
    body = listed.body
    if ticks:
        body = [(number, cells) for number, cells in body if place_over(cells) is not None or ticks.has(cells)]
        places = sum(place_over(cells) is not None for _, cells in body)
        notes.append(ticked_off(path, ticks, len(body) - places, len(listed.body) - len(body)))
    yield from _one_by_one(path, body, columns, known, notes)


def _list_of(grid: Grid, known: Known) -> _ScanList | None:
    filled = ((number, cells) for number, cells in enumerate(grid, 1) if any(number_text(cell) for cell in cells))
    rows = [(number, with_day_apart(cells)) for number, cells in filled]
    if not rows:
        return None
    above = title_lines([cells for _, cells in rows[:_DEEPEST_HEADER]], known)
    header = scan_header(rows[above][1], known)
    below = rows[above + 1 :] if header else rows
    body = [(number, cells) for number, cells in below if not is_total([*filter(None, map(number_text, cells))])]
    return _ScanList([text for _, cells in rows[:above] for text in map(shown, cells)], header, body)


def _one_by_one(
    path: Path,
    body: Sequence[tuple[int, Sequence[CellValue]]],
    columns: ScanColumns,
    known: Known,
    notes: list[str],
) -> Iterator[Scan]:
    """The scans of a list, line by line, each where the last line that names a place says unless its own does."""
    days = ScanDays(cell_at(cells, columns.day) for _, cells in body)
    above = None
    for number, cells in body:
        if (place := place_over(cells)) is not None:
            above = place
            continue
        day = cell_at(cells, columns.day)
        place = number_text(cell_at(cells, columns.place)) or above
        for text in _numbers(path, number, cells, columns, known, notes):
            yield Scan(text, path.name, number, days.of(day), place, days.unread(day))


def _numbers(
    path: Path, line: int, cells: Sequence[CellValue], columns: ScanColumns, known: Known, notes: list[str]
) -> Sequence[str]:
    """The numbers of a line, each as often as it was scanned."""
    written = number_text(cell_at(cells, columns.number))
    numbers = numbers_in(written, known)
    if len(numbers) > 1:
        there = number_text(cell_at(cells, columns.counted))
        if there.isdecimal() and int(there) < len(numbers):
            notes.append(not_all_seen(path, line, len(numbers), int(there)))
            return ()
        if not BETWEEN.search(written):
            notes.append((from_to if "-" in written else run_together)(path, line, len(numbers)))
    return [*numbers] * times_said(cell_at(cells, columns.times))
