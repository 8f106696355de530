"""An answer as a part of a page."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from schoollib_xl.pages.charts import Bar, bars
from schoollib_xl.pages.html import Html, element, together
from schoollib_xl.pages.tables import table as framed
from schoollib_xl.wording.answer import Answer, Chart, Section, Table, Value, in_words, on_screen

# What there is room for to the left of a bar.
_MOST_SIGNS = 8


def answer_html(answer: Answer, heading: str = "h2") -> Html:
    """The sentences to be read first, then a section for each section of the answer under a heading of this rank."""
    sentences = (element("p", sentence) for sentence in answer.sentences)
    sections = (_section(section, heading) for section in answer.sections if not section.on_paper_only)
    return together(*sentences, *sections)


def _section(section: Section, heading: str) -> Html:
    return element("section", element(heading, section.name), *_content(section))


def _content(section: Section) -> Iterator[Html]:
    yield from (element("p", sentence) for sentence in section.sentences)
    for table in section.tables:
        if table.heading:
            yield element("h3", table.heading)
        yield from _table(table)


def _table(table: Table) -> Iterator[Html]:
    shown, more = on_screen(table)
    if table.header and shown:
        yield framed(table.header, shown)
    elif shown:
        yield element("ul", *(element("li", "　".join(row)) for row in shown))
    if more:
        yield element("p", more, class_="aside")
    # Bars of one figure beside another of it would need a legend; a workbook has them.
    yield from (_chart(table, chart) for chart in table.charts if len(chart.columns) == 1)


def _chart(table: Table, chart: Chart) -> Html:
    (column,), line = chart.columns, next(iter(chart.lines), None)
    told = [row for row in table.rows if isinstance(row[column], int | Decimal)]
    return bars(chart.title, [_bar(row, column, line) for row in told])


def _bar(row: Sequence[Value], column: int, line: int | None) -> Bar:
    value, name = Decimal(str(row[column])), str(row[0])
    aim = Decimal(str(row[line])) if line is not None and row[line] is not None else None
    short = name if len(name) <= _MOST_SIGNS else f"{name[: _MOST_SIGNS - 1]}…"
    return Bar(short, value, aim, in_words(row[column]), aim is not None and value < aim)
