"""An answer as a part of a page."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.pages.document import Html, element, together
from schoollib_xl.wording.answer import (
    Answer,
    Chart,
    LabelledSentence,
    Medium,
    Point,
    PointGroup,
    Section,
    Shade,
    Shades,
    Strong,
    Table,
    Value,
    in_one_line,
    on_screen,
)
from schoollib_xl.wording.columns import is_figure

_KINDS = {Shade.RED: "error", Shade.AMBER: "warning", Shade.BLUE: "hint"}
# In units of the drawing: a line of text is 11 high.
_WIDTH, _LINE, _NAMES, _FIGURES = 640, 20, 90, 120
# A cell of more signs than this is broken into lines, so that the next column is still seen.
_MOST_ON_A_LINE = 24
# What there is room for to the left of a bar.
_MOST_SIGNS = 8


class Bar(NamedTuple):
    """One bar: its name, its value, and what it should reach (None: nothing is asked)."""

    name: str
    value: Decimal
    aim: Decimal | None
    is_behind: bool


def answer_html(answer: Answer, heading: str = "h2") -> Html:
    """The sentences to be read first, then a section for each section of the answer under a heading of this rank."""
    sentences = (element("p", sentence) for sentence in answer.sentences_for(Medium.PAGE))
    sections = (section_html(section, heading) for section in answer.sections_for(Medium.PAGE))
    return together(*sentences, *sections)


def section_html(section: Section, heading: str, *first: Html, **attributes: str) -> Html:
    """A section under its heading of this rank; what is given `first` stands above its content."""
    return element("section", element(heading, section.shown_title), *first, *_content(section), **attributes)


def _content(section: Section) -> Iterator[Html]:
    yield from (element("p", sentence) for sentence in section.sentences)
    for table in section.tables:
        if table.heading:
            yield element("h3", table.heading)
        yield from (element("p", sentence) for sentence in table.sentences)
        yield from table_html(table)
        yield from (_note(sentence) for sentence in table.notes)
    for group in section.groups:
        yield from _kind(group) if group.code else _points(group)


def _kind(group: PointGroup) -> Iterator[Html]:
    """Points of one kind, in a frame of its colour, folded away where she closes it."""
    kind = _KINDS[group.shade] if group.shade else ""
    (shown, more), settled = group.shown(Medium.PAGE), "，都已说明" if group.are_settled else ""
    heading = element(
        "h3",
        element("span", group.label, class_="badge"),
        group.title,
        element("span", f"{group.code}，{len(group.points)} 处{settled}", class_="aside"),
    )
    places = (
        element("summary", "在哪里"),
        element("ul", *map(_point, shown)),
        *_paragraph(f"{more}。" if more else ""),
    )
    yield element(
        "article",
        heading,
        *_paragraph(group.before),
        element("details", *places, id=f"{group.code}-{kind}", open="open"),
        *_paragraph(group.after),
        class_=f"{kind} settled" if group.are_settled else kind,
    )


def _points(group: PointGroup) -> Iterator[Html]:
    if group.title:
        yield element("h3", group.title)
    yield from _paragraph(group.before)
    if group.points:
        yield element("ol" if group.is_numbered else "ul", *map(_point, group.points))
    yield from _paragraph(group.after)


def _paragraph(said: str | LabelledSentence) -> Iterator[Html]:
    if isinstance(said, LabelledSentence):
        yield element("p", element("b", f"{said.label}　"), said.said)
    elif said:
        yield element("p", said)


def _point(point: Point) -> Html:
    place = element("span", str(point.at), class_="place") if point.at else Html()
    remark = element("span", point.remark, class_="explained") if point.remark else Html()
    new = element("span", "新", class_="new") if point.is_new else Html()
    below = (element("div", line, class_="aside") for line in point.below)
    sheet = {"data_sheet": point.at.sheet} if point.at else {}
    return element("li", place, point.said, remark, new, *below, **sheet)


def _note(sentence: str) -> Html:
    return element("p", sentence) if isinstance(sentence, Strong) else element("p", sentence, class_="aside")


def table_html(table: Table) -> Iterator[Html]:
    """A table without its heading and notes."""
    header, rows, more = on_screen(table, Medium.PAGE)
    if header and rows:
        yield _framed(header, rows)
    elif rows:
        yield element("ul", *(element("li", in_one_line(row)) for row in rows))
    elif header:
        yield element("p", table.empty)
    if more:
        yield element("p", more, class_="aside")
    # Bars of one figure beside another of it would need a legend; a workbook has them.
    yield from (_chart(table, chart) for chart in table.charts if len(chart.columns) == 1)


def _chart(table: Table, chart: Chart) -> Html:
    (column,), line = chart.columns, next(iter(chart.lines), None)
    rows = table.rows[: len(table.rows) - table.totals]
    title = chart.title if line is None else f"{chart.title}，竖线是{table.header[line]}"
    shades = table.shades or [Shade.TOTAL] * len(rows)
    told = [(row, shade) for row, shade in zip(rows, shades, strict=True) if isinstance(row[column], int | Decimal)]
    return _bars(title, [_bar(row, shade, column, line) for row, shade in told])


def _bar(row: Sequence[Value], shade: Shades, column: int, line: int | None) -> Bar:
    """A bar is behind where its row is amber; in a table without colours, where it does not reach its line."""
    value, name = Decimal(str(row[column])), str(row[0])
    aim = Decimal(str(row[line])) if line is not None and row[line] is not None else None
    short = name if len(name) <= _MOST_SIGNS else f"{name[: _MOST_SIGNS - 1]}…"
    is_short = aim is not None and value < aim
    return Bar(short, value, aim, is_short if shade is Shade.TOTAL else shade is Shade.AMBER)


def _bars(title: str, rows: Sequence[Bar]) -> Html:
    """Bars from left to right with a line at what each should reach; a picture of a table that stands beside it."""
    if not rows:
        return Html()
    most = max(max(row.value, row.aim or Decimal(0)) for row in rows) or Decimal(1)
    height = _LINE * len(rows)
    drawn = (part for index, row in enumerate(rows) for part in _drawn(row, index * _LINE, most))
    picture = element("svg", *drawn, viewBox=f"0 0 {_WIDTH} {height}", class_="chart", role="img", aria_label=title)
    return element("figure", element("figcaption", title), picture)


def _drawn(row: Bar, top: int, most: Decimal) -> Iterator[Html]:
    room = _WIDTH - _NAMES - _FIGURES
    long = round(room * row.value / most)
    middle = str(top + _LINE - 6)
    yield element("text", row.name, x="0", y=middle)
    kind = "bar behind" if row.is_behind else "bar"
    yield element("rect", x=str(_NAMES), y=str(top + 3), width=str(long), height=str(_LINE - 6), class_=kind)
    if row.aim is not None:
        at = str(_NAMES + round(room * row.aim / most))
        yield element("line", x1=at, x2=at, y1=str(top + 1), y2=str(top + _LINE - 1), class_="aim")
    yield element("text", str(row.value), x=str(_WIDTH - _FIGURES + 8), y=middle)


def _framed(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Html:
    """A table under its header, in a frame that scrolls where the window is narrow; what is said in the first
    column names the row.
    """
    head = element("tr", *(element("th", text, scope="col") for text in header))
    body = (element("tr", _cell(row[0], "th", scope="row"), *map(_cell, row[1:])) for row in rows)
    return element("div", element("table", element("thead", head), element("tbody", *body)), class_="wide")


def _cell(text: str, name: str = "td", **attributes: str) -> Html:
    kind = "figure" if is_figure(text) else "long" if len(text) > _MOST_ON_A_LINE else ""
    return element(name, text, **attributes, **({"class_": kind} if kind else {}))
