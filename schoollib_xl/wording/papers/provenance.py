"""Where a printed figure comes from: its meaning and the cells it was made of; and …_数据来源.xlsx, which shows every
figure of a paper with both, linked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, Cell
from schoollib_xl.ledgers.school import School
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.wording.answer import Answer, Link, Section, Table, Value, columns_of, section_of
from schoollib_xl.wording.places import Address, address, column_letters
from schoollib_xl.wording.zh import runs_said

SHEET, ROWS_SHEET = "数据来源", "所用的行"
# With so many places of a figure as wide as A4 takes in letters of 8 points.
_MOST_PLACES = 3
_FIGURES = {"数字": 11, "名称": 18, "在文件里": 18, "怎么算的": 25, "筛选": 24, "行数": 6}
_FIGURES |= columns_of(School, cut_off=10)
_PLACE, _PLACE_WIDTH = "来源", 17
_ROWS = {"数字": 11, "名称": 20, "工作表": 13, "筛选": 34, "加起来的栏目": 9, "行数": 7, "行": 75}
# Excel takes 32,767 characters in a cell; so many leave room for the last run.
_MOST_CHARACTERS = 32_000
Standing = Mapping[int, Sequence[str]]
"""Where each figure stands in the paper, by its number among the figures."""


class Counted(NamedTuple):
    """Rows of one sheet that were counted, or one of whose columns was added up (`adds`, a field's name), with the
    filter that finds them, in words.
    """

    row_type: type[Any]
    lines: tuple[int, ...]
    words: str
    adds: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure as a paper prints it. `sources` are the columns it was worked out from, `cells` the single
    cells it was copied from, `counted` the very rows; `as_of` is the cut-off date.
    """

    name: str
    shown: str
    definition: str
    as_of: date
    sources: tuple[SourceColumns, ...] = ()
    cells: tuple[Cell, ...] = ()
    counted: tuple[Counted, ...] = ()


def places(library: Library, figure: Figure) -> tuple[Address, ...]:
    """Every place a figure comes from, in order, each once: single cells first, then ranges of columns."""
    single = [address(library, cell) for cell in figure.cells]
    ranged = [found for source in figure.sources for found in column_ranges(library, source)]
    return tuple(dict.fromkeys([*single, *ranged]))


class RowRanges(NamedTuple):
    """The rows counted on one sheet: 2—30、35, runs put together; how many they are, and the first of them."""

    sheet: str
    runs: str
    number: int
    first: int


def row_ranges(library: Library, counted: Counted) -> list[RowRanges]:
    """The rows counted, sheet by sheet of the ledger."""
    table = library[counted.row_type]
    by_sheet: dict[str, list[int]] = {}
    for line in counted.lines:
        part, row = table.place(line)
        by_sheet.setdefault(part.sheet_name, []).append(row)
    return [RowRanges(sheet, runs_said(rows), len(rows), min(rows)) for sheet, rows in by_sheet.items()]


def source_sentence(library: Library, figure: Figure) -> str:
    """What a figure means, and the rows it was counted from: 人均借书：…借阅登记账1799行（借出日期在…）。"""
    told = [f"{figure.name}：{figure.definition}"]
    counted = [(rows, one.words) for one in figure.counted for rows in row_ranges(library, one)]
    told += [f"{rows.sheet}{rows.number}行（{words}）。" for rows, words in counted]
    if not figure.counted:
        told += [f"{place}。" for place in places(library, figure)]
    return "".join(told)


def counted_header(library: Library, counted: Counted) -> str:
    """The header of the column that was added up, '' where rows were counted."""
    return library[counted.row_type].declared.by_name[counted.adds].header if counted.adds else ""


def column_ranges(library: Library, source: SourceColumns) -> Iterator[Address]:
    """The cells of a source, a range for each of its columns on each sheet: 借阅登记账!B2:B4001."""
    table = library[source.row_type]
    if not table.rows:
        return
    (first, top), (last, bottom) = table.place(table.rows[0].line), table.place(table.rows[-1].line)
    for part in table.parts:
        start = top if part.sheet_name == first.sheet_name else part.header_row + 1
        end = bottom if part.sheet_name == last.sheet_name else LINES_PER_SHEET - 1
        for name in source.fields:
            for upper, lower, columns in part.stretches(start, end):
                if name in columns:
                    letter = column_letters(columns[name])
                    yield Address(part.sheet_name, f"{letter}{upper}:{letter}{lower}")


def line_of(number: int) -> str:
    """The end of a link to the line of a figure in the workbook this answer becomes."""
    return f"#{SHEET}!A{number + 2}"


def provenance_answer(title: str, figures: Sequence[Figure], library: Library, standing: Standing) -> Answer:
    """Where the figures of a paper come from, a line each; and the very rows behind every counted one."""
    found = [_by_sheet(places(library, figure)) for figure in figures]
    most = max(map(len, found), default=1)
    columns = _FIGURES | {f"{_PLACE}{number if number > 1 else ''}": _PLACE_WIDTH for number in range(1, most + 1)}
    lines = [
        (*_line(figure, standing.get(number, ())), *where, *[None] * (most - len(where)))
        for number, (figure, where) in enumerate(zip(figures, found, strict=True))
    ]
    table = Table("", tuple(columns), lines, frozen=1)
    rows = section_of(ROWS_SHEET, _ROWS, list(_counted_rows(figures, library)))._replace(title="")
    return Answer(title, (), [Section(SHEET, tuple(columns.values()), (), [table], title=""), rows])


def _by_sheet(where: Sequence[Address]) -> list[Link]:
    """All cells of one sheet in one text that leads to the first of them; the last has those of all further sheets."""
    sheets = grouped(where, lambda place: place.sheet)
    links = [Link(f"{name}!{'、'.join(one.a1 for one in found)}", found[0]) for name, found in sheets.items()]
    last = _MOST_PLACES - 1
    rest = links[last:]
    return [*links[:last], *([rest[0]._replace(text="；".join(map(str, rest)))] if rest else [])]


def _line(figure: Figure, standing: Sequence[str]) -> tuple[Value, ...]:
    words = "；".join(one.words for one in figure.counted)
    lines = sum(len(counted.lines) for counted in figure.counted) if figure.counted else None
    where = "\n".join(dict.fromkeys(standing))
    return figure.shown, figure.name, where, figure.definition, words, lines, figure.as_of


def _counted_rows(figures: Sequence[Figure], library: Library) -> Iterator[tuple[Value, ...]]:
    """Each sheet of a ledger on a line of its own."""
    for figure, counted in [(one, counted) for one in figures for counted in one.counted]:
        header = counted_header(library, counted)
        for rows in row_ranges(library, counted):
            link = Link(rows.runs[:_MOST_CHARACTERS], Address(rows.sheet, f"A{rows.first}"))
            yield figure.shown, figure.name, rows.sheet, counted.words, header, rows.number, link
