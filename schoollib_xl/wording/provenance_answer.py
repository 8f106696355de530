"""…_数据来源.xlsx: every figure of a paper with its meaning, its place, its rows and cells, linked."""

from collections.abc import Iterator, Mapping, Sequence

from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.ledgers.school import School
from schoollib_xl.wording.answer import Answer, Link, Section, Table, Value, columns_of, section_of
from schoollib_xl.wording.places import Address
from schoollib_xl.wording.provenance import Figure, counted_header, places, row_ranges

SHEET, ROWS_SHEET = "数据来源", "所用的行"
_FIGURES = {"数字": 22, "名称": 28, "在文件里": 30, "怎么算的": 44, "筛选": 44, "行数": 10}
_FIGURES |= columns_of(School, cut_off=12)
_PLACE, _PLACE_WIDTH = "来源", 48
_ROWS = {"数字": 14, "名称": 28, "工作表": 18, "筛选": 44, "加起来的栏目": 14, "行数": 10, "行": 80}
# Excel takes 32,767 characters in a cell; so many leave room for the last run.
_MOST_CHARACTERS = 32_000
Standing = Mapping[int, Sequence[str]]
"""Where each figure stands in the paper, by its number among the figures."""


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
    """All cells of one sheet in one text that leads to the first of them."""
    sheets = grouped(where, lambda place: place.sheet)
    return [Link(f"{name}!{'、'.join(one.a1 for one in found)}", found[0]) for name, found in sheets.items()]


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
