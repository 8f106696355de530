"""Loans kept as a table of pupils by days: who took which book in which week. When it came back no cell says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.headers import HeaderFinder
from schoollib_xl.adoption.forms.kinds import LOANS, READERS
from schoollib_xl.adoption.forms.tables import HEADER, FoundTable, RowSetAside
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.unclear.columns import MOST, is_day
from schoollib_xl.adoption.unclear.misleading import BooksHeld
from schoollib_xl.ledgers.vocabulary import LoanOutcome
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, plain_header
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.reading.total_rows import is_total

# One day beside a name may be that of a card or an inspection.
_FEWEST = 2
_READER = ("reader_no", "name", "class_name")
_IN_HEADER = re.compile(r"[\s()（）]+")
_PARTED = re.compile(r"[、，,；;/\s]+")
_NUMBERS = re.compile(r"[A-Za-z]{0,4}-?\d{2,14}(?:[、,，;；\s]+[A-Za-z]{0,4}-?\d{2,14})*")
_OF_LENDING = re.compile("借(?![书阅]?[证卡])")
# Of pages read and ropes skipped there may be as many as copies have numbers.
_MAY_COUNT = re.compile(r"\d{1,3}")
TAKEN = (
    "{table} 是一栏一个日期的借书表：照栏上的日子算 {loans} 笔借出。表上没有写哪天还的：同一个人后来又借、"
    "或同一册后来又借给别人的 {back} 笔算已还，归还日期空着；其余 {out} 笔算没有还，已经还了的补上。"
)
GOES_ON = "同一个人下一栏写着同一册的 {cells} 格算还没有还，没有另记。"
LEFT = "书目里查不到的 {cells} 格没有记成借阅，原话在读者名册的备注里。"
DATED = (
    "{table} 从“{first}”到“{last}”的 {columns} 栏一栏一个日期，共 {cells} 格，像是借书的记录；"
    "格里写的看不出是书目里的哪一册，所以没有记进借阅登记账，原话在读者名册的备注里。"
    "要记的，标题里写明是借书表，连书目一起，或改成一笔一行（借出日期、姓名、登记号、归还日期）再接收一次。"
)
DAYLESS = (
    "{table} 像是一周一栏的借书表：栏上没有写哪天，没有记成借阅，格子里的号写进了读者名册的备注；"
    "在栏上写明日子，或改成一笔一行再接收一次。"
)
_Cells = Mapping[tuple[int, int], str]


class _DayTable(NamedTuple):
    """A table of names by days: the names as a roster, the column of each field of a reader, what stands over the
    column of each day (from 1), and the day.
    """

    roster: FoundTable
    reader: dict[str, int]
    headers: dict[int, str]
    days: dict[int, CellValue]

    @property
    def cells(self) -> _Cells:
        """By row and column what stands below the days; a tick, or how many, is no book."""
        return {
            (line.row, at): text for line in self.roster.lines for at in self.days if len(text := line.said(at)) > 1
        }


def with_grids_apart(tables: Sequence[FoundTable], journal: Journal) -> Iterator[FoundTable]:
    """The tables; of pupils by days, with numbers or titles of the lists below, the names as a roster and the loans as
    a register of their own. What is said of such tables goes into the journal.
    """
    grids = [None if table.own.kind else _grid_in(table) for table in tables]
    held = BooksHeld(tables if any(grids) else ())
    for table, grid in zip(tables, grids, strict=True):
        cells = grid.cells if grid else {}
        if grid and (told := _of_books(cells, held, is_lending=bool(_OF_LENDING.search(table.said_round)))):
            yield from _taken_apart(grid, told, held, journal)
            continue
        if table.kind is READERS:
            journal.urgent += _untaken(table, grid, cells)
        yield table


def _untaken(table: FoundTable, grid: _DayTable | None, cells: _Cells) -> Iterator[str]:
    """A sentence on a roster that looks like a register of loans."""
    if grid and cells:
        first, *_, last = grid.headers.values()
        yield DATED.format(table=table.name, first=first, last=last, columns=len(grid.days), cells=len(cells))
    elif not grid and _OF_LENDING.search(table.said_round):
        known = {*table.columns.values(), *table.personal, *table.counting}
        said = [text for line in table.lines for at in table.headers if at not in known and (text := line.said(at))]
        if 2 * sum(map(bool, map(_NUMBERS.fullmatch, said))) > len(said):
            yield DAYLESS.format(table=table.name)


def _grid_in(table: FoundTable) -> _DayTable | None:
    """The grid that a roster, or a table nobody recognised, is; None where it is none."""
    lines = sorted(table.every_line, key=lambda line: line.row) if table.kind in (READERS, None) else []
    finder = HeaderFinder(table.own)
    for index, line in enumerate(lines[:HEADER_DEPTH]):
        columns = finder.columns(READERS, [plain_header(shown(value)) for value in line.cells])
        over = max(lines[max(0, index - 1) : index + 2], key=lambda one: len(_days_in(one, columns)))
        days = _days_in(over, columns)
        if "name" in columns and len(days) >= _FEWEST:
            headers = {at: over.said(at) for at in days}
            roster = _roster(table, (line, over), columns, line.texts | headers)
            reader = {name: at for name, at in roster.columns.items() if name in _READER}
            return _DayTable(roster, reader, headers, days)
    return None


def _days_in(line: FilledLine, columns: Mapping[str, int]) -> dict[int, CellValue]:
    """The day in each cell of a header that holds just one: 9.10, 第2周（9月10日）."""
    found = {at: _day_in(value) for at, value in enumerate(line.cells, 1) if at not in columns.values()}
    return {at: day for at, day in found.items() if day != ""}


def _day_in(value: CellValue) -> CellValue:
    parts = [part for part in _IN_HEADER.split(value) if is_day(part)] if isinstance(value, str) else [value]
    return parts[0] if len(parts) == 1 and is_day(parts[0]) else ""


def _roster(
    table: FoundTable, header: tuple[FilledLine, FilledLine], columns: dict[str, int], headers: dict[int, str]
) -> FoundTable:
    """The names of the grid as a roster; its other lines as they were."""
    heads, over = {line.row for line in header}, header[0].said(columns["name"])
    if table.kind:
        lines = [line for line in table.lines if line.row not in heads]
        others = [one for one in table.non_entries if one.line.row not in heads]
        return replace(table, lines=lines, non_entries=[*others, *_heading(table, heads)])
    below = [one.line for one in table.non_entries if one.line.row > max(heads)]
    lines = [
        line for line in below if line.said(columns["name"]) not in ("", over) and not is_total([*line.texts.values()])
    ]
    rows = heads | {line.row for line in lines}
    others = [one for one in table.non_entries if one.line.row not in rows]
    above = [one.line.text for one in table.non_entries if one.line.row < min(heads)]
    heading = table.heading or " ".join([table.sheet, *above])
    roster = replace(table, kind=READERS, columns=columns, headers=headers, heading=heading)
    roster.how = roster.known_by(READERS, columns)
    return replace(roster, lines=lines, non_entries=[*others, *_heading(table, heads)])


def _heading(table: FoundTable, rows: Iterable[int]) -> list[RowSetAside]:
    return [RowSetAside(line, HEADER) for line in table.every_line if line.row in rows]


def _of_books(cells: _Cells, held: BooksHeld, *, is_lending: bool) -> _Cells:
    """The cells that say which book was lent: nearly all of them are numbers of the lists, or nearly all titles. Of
    numbers one that no list has is of a book all the same. Nothing where they say something else, or may count.
    """
    numbers = {at: text for at, text in cells.items() if held.has_numbers(_PARTED.split(text))}
    if not is_lending and all(map(_MAY_COUNT.fullmatch, numbers.values())):
        numbers = {}
    titles = {
        at: text for at, text in cells.items() if held.has_title(text) or all(map(held.has_title, _PARTED.split(text)))
    }
    told = max((numbers, titles), key=len)
    if not told or len(told) < MOST * len(cells):
        return {}
    return {at: text for at, text in cells.items() if at in told or (told is numbers and _NUMBERS.fullmatch(text))}


def _taken_apart(grid: _DayTable, told: _Cells, held: BooksHeld, journal: Journal) -> Iterator[FoundTable]:
    going_on = {
        (line.row, later)
        for line in grid.roster.lines
        for at, later in pairwise(grid.days)
        if told.get((line.row, at)) == told.get((line.row, later)) is not None
    }
    lent = {place: text for place, text in told.items() if place not in going_on}
    back = {place for place in lent if _is_back(place, lent, held)}
    said = TAKEN.format(table=grid.roster.name, loans=len(lent), back=len(back), out=len(lent) - len(back))
    said += GOES_ON.format(cells=len(going_on)) if going_on else ""
    left = len(grid.cells) - len(told)
    journal.urgent.append(said + (LEFT.format(cells=left) if left else ""))
    lines = [
        line._replace(cells=["" if (line.row, at) in told else value for at, value in enumerate(line.cells, 1)])
        for line in grid.roster.lines
    ]
    yield replace(grid.roster, lines=lines)
    yield _register(grid, lent, back)


def _is_back(place: tuple[int, int], lent: _Cells, held: BooksHeld) -> bool:
    """Whether who took a book took another later, or another one took that copy: in such a table the last one was
    brought back before. Of a title with several copies another one may have another.
    """
    row, at = place
    is_one = _NUMBERS.fullmatch(lent[place]) or held.has_one(lent[place])
    later = [(other, text) for (other, day), text in lent.items() if day > at]
    return any(other == row or (is_one and text == lent[place]) for other, text in later)


def _register(grid: _DayTable, lent: _Cells, back: set[tuple[int, int]]) -> FoundTable:
    """The loans as a register: each week is a further book of the pupil's row, its day and its end in columns behind
    those of the list.
    """
    width = max(len(line.cells) for line in grid.roster.every_line)
    book = "accession_no" if all(map(_NUMBERS.fullmatch, lent.values())) else "title"
    weeks = [{book: at, "lent_on": width + 2 * n + 1, "outcome": width + 2 * n + 2} for n, at in enumerate(grid.days)]
    headers = {at: grid.roster.headers.get(at, "") for at in grid.reader.values()} | grid.headers
    for week in weeks:
        headers |= {week["lent_on"]: LOANS.by_name["lent_on"].header, week["outcome"]: LOANS.by_name["outcome"].header}
    columns = grid.reader | weeks[0]
    lines = [
        FilledLine(line.row, _cells_of(line, grid, weeks, book, lent, back))
        for line in grid.roster.lines
        if any((line.row, at) in lent for at in grid.days)
    ]
    sheet = f"{grid.roster.sheet}（借出的）"
    table = replace(grid.roster, sheet=sheet, kind=LOANS, headers=headers, columns=columns, lines=lines, non_entries=[])
    return replace(table, how=table.known_by(LOANS, columns), further=weeks[1:], dittos=set(), joined={})


def _cells_of(
    line: FilledLine,
    grid: _DayTable,
    weeks: Sequence[Mapping[str, int]],
    book: str,
    lent: _Cells,
    back: set[tuple[int, int]],
) -> list[CellValue]:
    cells: list[CellValue] = [""] * weeks[-1]["outcome"]
    for at in grid.reader.values():
        cells[at - 1] = line.cell(at)
    for week in weeks:
        at = week[book]
        cells[week["lent_on"] - 1] = grid.days[at]
        cells[at - 1] = line.cell(at) if (line.row, at) in lent else ""
        cells[week["outcome"] - 1] = LoanOutcome.RETURNED.value if (line.row, at) in back else ""
    return cells
