"""An answer as a workbook: one sheet a section, each a title, sentences and tables."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from schoollib_xl.saving import normalised, save
from schoollib_xl.sheets.books.sheet_writer import TOTAL_LINE, Marks, SheetWriter
from schoollib_xl.sheets.layout import MADE_ON
from schoollib_xl.sheets.styles import AMBER, BLUE, DEEP, GREY, LINE, RED, Styles, book_options
from schoollib_xl.wording.answer import Answer, Chart, Section, Table, Value

# More lines than this on one sheet nobody reads, and Excel could not hold them for long.
MOST_LINES = 500_000
# From so many lines on, the height of each is not worked out; Excel shows the first line of every cell.
_MOST_MEASURED = 5_000
# A chart about as wide as a portrait page, on rows of Excel's default height.
_CHART_WIDTH, _CHART_ROWS, _ROW_PIXELS = 680, 16, 20
_WORDS = "可选的词"
_COLUMN_COLOURS = (DEEP, AMBER, BLUE, GREY)


def write_answer_book(
    answer: Answer, target: Path, school: str = "", *, choices: Mapping[str, Sequence[str]] | None = None
) -> Path:
    """Write every section of the answer as a sheet, or under the next free name where that is taken; where it
    went. The answer's own sentences stand on the first sheet. The same answer gives the same bytes. `choices` are
    the words that may be chosen under a header of the first section's table.

    Raises CannotWrite.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, book_options()) as book:
        book.set_properties({"title": answer.title, "author": school, "created": MADE_ON})
        book.set_size(2400, 1400)
        styles = Styles(book)
        for index, section in enumerate(answer.sections):
            add_section(book, styles, section, school, () if index else answer.sentences)
        if choices:
            _add_choices(book, answer.sections[0], choices)
    package = normalised(file.getvalue())
    return save(target, lambda draft: draft.write(package))


def _add_choices(book: Any, section: Section, choices: Mapping[str, Sequence[str]]) -> None:
    """A drop-down in each column, its words on a sheet of their own (a list in the cell itself ends at 255 signs)."""
    sheet, words_sheet = book.get_worksheet_by_name(section.name), book.add_worksheet(_WORDS)
    for column, (header, words) in enumerate(choices.items()):
        words_sheet.write_column(0, column, [header, *words])
        letter, at = chr(ord("A") + column), list(section.tables[0].header).index(header)
        source = f"={_WORDS}!${letter}$2:${letter}${len(words) + 1}"
        rule = {"validate": "list", "source": source, "error_type": "information"}
        sheet.data_validation(1, at, _MOST_MEASURED, at, rule)


def add_section(book: Any, styles: Styles, section: Section, school: str, first: Sequence[str] = ()) -> None:
    """Write one section as a sheet, the sentences given `first` above its own."""
    writer = SheetWriter(book, styles, section.name, section.widths, right=school)
    writer.title(section.name)
    for sentence in (*first, *section.sentences):
        writer.paragraph(sentence)
    for table in section.tables:
        _add_table(writer, styles, table, is_alone=len(section.tables) == 1)
        if len(table.rows) > table.totals:
            _add_charts(book, writer, table)


def _add_table(writer: SheetWriter, styles: Styles, table: Table, *, is_alone: bool) -> None:
    if table.heading:
        writer.heading(table.heading)
    rows = table.rows[:MOST_LINES]
    if not table.header:
        for row in rows:
            writer.paragraph(str(row[0]))
    elif is_alone and len(rows) > _MOST_MEASURED:
        _long_listing(writer, styles, table.header, rows)
    elif is_alone and not table.totals:
        writer.listing(table.header, rows)
    else:
        writer.table(table.header, rows, _marks(table))
    if len(table.rows) > MOST_LINES:
        writer.paragraph(f"还有 {len(table.rows) - MOST_LINES} 行，这里放不下了。")


def _add_charts(book: Any, writer: SheetWriter, table: Table) -> None:
    """The charts of the table just written, below it."""
    last = writer.row - 1 - table.totals
    first = last - (len(table.rows) - table.totals) + 1
    for chart in table.charts:
        _add_chart(book, writer, table, chart, (first, last))


def _add_chart(book: Any, writer: SheetWriter, table: Table, chart: Chart, lines: tuple[int, int]) -> None:
    """A chart of the table whose first and last lines these are."""
    first, last = lines
    drawn = book.add_chart({"type": "column"})
    for index, colour in zip(chart.columns, _COLUMN_COLOURS, strict=False):
        drawn.add_series(_series(writer, table, index, first, last) | {"fill": {"color": colour}, "gap": 60})
    if chart.lines:
        line = book.add_chart({"type": "line"})
        for index in chart.lines:
            line.add_series(_series(writer, table, index, first, last) | {"line": {"color": RED, "width": 2}})
        drawn.combine(line)
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
    drawn.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": LINE}}})
    drawn.set_legend({"position": "bottom"})
    drawn.set_size({"width": _CHART_WIDTH, "height": _CHART_ROWS * _ROW_PIXELS})
    writer.sheet.insert_chart(writer.row + 1, 0, drawn, {"description": chart.title})
    writer.row += _CHART_ROWS + 2


def _series(writer: SheetWriter, table: Table, index: int, first: int, last: int) -> dict[str, Any]:
    name = writer.sheet.get_name()
    return {
        "name": table.header[index],
        "categories": [name, first, 0, last, 0],
        "values": [name, first, index, last, index],
    }


def _marks(table: Table) -> Sequence[Marks]:
    plain = len(table.rows) - table.totals
    return [TOTAL_LINE if index >= plain else {} for index in range(len(table.rows))]


def _long_listing(writer: SheetWriter, styles: Styles, header: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """A table of very many lines, each one line high, its header in view and to be filtered."""
    writer.table(header, ())
    first, style = writer.row, styles.boxed(text_wrap=False)
    for row, values in enumerate(rows, first):
        for column, value in enumerate(values):
            writer.sheet.write(row, column, value, style)
    writer.row = first + len(rows)
    writer.sheet.autofilter(first - 1, 0, writer.row - 1, len(header) - 1)
    writer.sheet.freeze_panes(first, 0)
    writer.sheet.repeat_rows(first - 1)
