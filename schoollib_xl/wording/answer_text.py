"""An answer as lines for a terminal."""

from collections.abc import Iterable, Iterator, Sequence

from schoollib_xl.wording.answer import Answer, Medium, Point, PointGroup, Section, Table, in_one_line, on_screen
from schoollib_xl.wording.columns import TERMINAL_WIDTH, display_width, wrapped
from schoollib_xl.wording.columns import table as lines_of_table

_INDENT, _POINT, _BELOW = "  ", "　", "　　"


def answer_text(answer: Answer, workbook: str = "") -> Iterator[str]:
    """The lines of an answer for a terminal; the workbook it is about is named first."""
    for index, sentence in enumerate(answer.sentences_for(Medium.TERMINAL)):
        line = f"《{workbook}》{sentence}" if workbook and not index else sentence
        yield from [line] if answer.is_searched else wrapped(line)
    for section in answer.sections_for(Medium.TERMINAL):
        if section.sentences or section.tables or not section.groups:
            yield from ("", section.shown_title)
            yield from _section_text(section)
        for group in section.groups:
            yield ""
            yield from group_text(group, section.shown_title, answer.title)


def group_text(group: PointGroup, title: str, filed_in: str) -> Iterator[str]:
    """The lines of a group, each point in one, under its own title or else this; the rest is filed there."""
    indent, (shown, more) = _indent(group), group.shown(Medium.TERMINAL)
    yield _heading(group) if group.code else f"{group.title or title}："
    yield from [f"{indent}{group.before}"] if group.before else []
    yield from points_text(group, shown)
    yield from [f"{indent}{more}，都在{filed_in}里。"] if more else []
    yield from [f"{indent}{group.after}"] if group.after else []


def points_text(group: PointGroup, points: Sequence[Point]) -> Iterator[str]:
    """Points of a group and the lines below each."""
    for number, point in enumerate(points, 1):
        yield f"{f'{number}. ' if group.is_numbered else _indent(group)}{_point(point)}"
        yield from (f"{_BELOW}{line}" for line in point.below)


def _indent(group: PointGroup) -> str:
    return "" if group.is_numbered else _POINT


def _heading(group: PointGroup) -> str:
    return f"{group.code}　{group.title}（{group.label}，{len(group.points)} 处）"


def _point(point: Point) -> str:
    place = f"{point.at}　" if point.at else ""
    return f"{place}{point.said}{f'（{point.remark}）' if point.remark else ''}"


def _section_text(section: Section) -> Iterator[str]:
    yield from _paragraphs(section.sentences)
    for table in section.tables:
        if table.heading:
            yield f"{_INDENT}{table.heading}"
        yield from _paragraphs(table.sentences)
        yield from _table_text(table)
        yield from _paragraphs(table.notes)


def _paragraphs(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        yield from wrapped(sentence, _INDENT)


def _table_text(table: Table) -> Iterator[str]:
    header, rows, more = on_screen(table, Medium.TERMINAL)
    if header and rows:
        lines = list(lines_of_table(header, rows, _INDENT))
        # A table that fits only without its indent begins at the edge.
        fits_without = 0 < max(map(display_width, lines)) - TERMINAL_WIDTH <= len(_INDENT)
        yield from (line.removeprefix(_INDENT) for line in lines) if fits_without else lines
    else:
        yield from _paragraphs([table.empty] if header else map(in_one_line, rows))
    yield from _paragraphs([more] if more else [])
