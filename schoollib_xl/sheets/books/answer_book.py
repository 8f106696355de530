"""An answer as a workbook: one sheet a section, each a title, sentences and tables."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schoollib_xl.packages import normalised
from schoollib_xl.saving import save
from schoollib_xl.sheets.books.sheet_writer import Links, Range, SheetWriter
from schoollib_xl.sheets.layout import MADE_ON
from schoollib_xl.sheets.styles import AMBER, BLUE, COLOURS, DEEP, GREY, LINE, RED, Styles, book_options
from schoollib_xl.wording.answer import Answer, Chart, Medium, Section, Shade, Shades, Table, in_one_line
from schoollib_xl.wording.places import column_letters

# From so many lines on, the height of each is not worked out; Excel shows the first line of every cell.
_MOST_MEASURED = 5_000
# A chart about as wide as a portrait page, on rows of Excel's default height.
_CHART_WIDTH, _CHART_ROWS, _ROW_PIXELS = 680, 16, 20
# With a row of space above and below, in points.
_CHART_HEIGHT = 15 * (_CHART_ROWS + 2)
# Of more lines than this the figures above the columns run into each other, and names lie side by side only upright.
_MOST_LABELLED = 17
_UPRIGHT = {"num_font": {"rotation": -90, "size": 8}, "interval_unit": 1}
# What is longer does not fit into the list of a cell itself; the words then stand on a sheet of their own.
_LIST_IN_CELL, _WORDS = 255, "可选的词"
_COLUMN_COLOURS = (DEEP, AMBER, BLUE, GREY)


def write_answer_book(answer: Answer, target: Path, school: str = "", *, workbook: Path | None = None) -> Path:
    """Write every section of the answer that is filed and has something in it as a sheet, or under the next free name
    where that is taken; where it went. The answer's own sentences stand on the first sheet. The addresses in it become
    links into the `workbook`. The same answer gives the same bytes.

    Raises CannotWrite.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    links = Links(workbook, target) if workbook else None
    with Workbook(file, book_options()) as book:
        book.set_properties({"title": answer.title, "author": school, "created": MADE_ON})
        book.set_size(2400, 1400)
        writing = AnswerBook(book, school, links)
        for index, section in enumerate(_worth_a_sheet(answer.sections_for(Medium.WORKBOOK))):
            writing.add(section, () if index else answer.sentences_for(Medium.WORKBOOK))
        writing.close()
    package = normalised(file.getvalue())
    return save(target, lambda draft: draft.write(package))


class AnswerBook:
    """Writes section after section."""

    def __init__(self, book: Any, school: str, links: Links | None) -> None:
        self._book, self._school, self._links = book, school, links
        self._styles = Styles(book)
        self._writers: dict[str, SheetWriter] = {}
        self._choices: list[tuple[str, Sequence[str]]] = []

    def add(self, section: Section, first: Sequence[str]) -> None:
        """Write one section as a sheet, the sentences given `first` above its own."""
        right = "　".join(filter(None, (self._school, section.only_for)))
        writer = SheetWriter(self._book, self._styles, section.name, section.widths, right=right, links=self._links)
        self._writers[section.name] = writer
        if section.is_one_page:
            writer.sheet.fit_to_pages(1, 1)
        if section.shown_title:
            writer.title(section.shown_title)
        writer.paragraphs((*first, *section.sentences))
        for table in section.tables:
            is_alone = len(section.tables) == 1 and not table.heading
            self._add_table(writer, table, is_alone=is_alone, is_last=table is section.tables[-1])

    def _add_table(self, writer: SheetWriter, table: Table, *, is_alone: bool, is_last: bool) -> None:
        rows, more = table.shown(Medium.WORKBOOK)
        if table.new_page:
            writer.new_page()
        elif not is_alone or table.charts:
            charts = _CHART_HEIGHT * sum(not chart.below for chart in table.charts)
            writer.keep_together(writer.table_height(table, rows) + charts, writer.table_height(table, rows[:1]))
        if table.heading:
            writer.heading(table.heading)
        writer.paragraphs(table.sentences)
        if table.header:
            is_measured = not is_alone or len(rows) <= _MOST_MEASURED
            found = writer.table(table.header, rows, _shades(table), is_measured=is_measured)
            writer.paragraphs(() if rows else [table.empty])
            if is_last and rows:
                writer.keep_on_pages(found)
            if is_alone and rows:
                writer.keep_in_view(found, len(table.header), frozen=table.frozen, is_filtered=not table.totals)
            self._offer(writer, table, found._replace(last=max(found.last, _MOST_MEASURED)) if is_alone else found)
            for chart in table.charts:
                if _has_bars(table, chart):
                    self._add_chart(writer, table, chart, found)
        else:
            writer.paragraphs(map(in_one_line, rows))
        writer.paragraphs((*([more] if more else []), *table.notes))

    def _offer(self, writer: SheetWriter, table: Table, found: Range) -> None:
        """The words to choose from in each column that has some; `found` are the cells."""
        for header, words in table.choices.items():
            at = list(table.header).index(header)
            rule = {"validate": "list", "source": self._source(header, words), "error_type": "information"}
            writer.sheet.data_validation(found.first, at, max(found), at, rule)

    def _source(self, header: str, words: Sequence[str]) -> Sequence[str] | str:
        """The words themselves, or where they are too long for a cell's own list, where they stand."""
        if len(",".join(words)) <= _LIST_IN_CELL:
            return list(words)
        self._choices.append((header, words))
        letters = column_letters(len(self._choices))
        return f"={_WORDS}!${letters}$2:${letters}${len(words) + 1}"

    def close(self) -> None:
        """End every sheet, charts of other sections on it; the words that may be chosen on a last one, hidden."""
        for writer in self._writers.values():
            writer.end()
        if self._choices:
            sheet = self._book.add_worksheet(_WORDS)
            sheet.hide()
            for column, (header, words) in enumerate(self._choices):
                sheet.write_column(0, column, [header, *words])

    def _add_chart(self, writer: SheetWriter, table: Table, chart: Chart, found: Range) -> None:
        """The chart of a table, below it or below the section it is for."""
        drawn = self._drawn(writer.sheet.get_name(), table, chart, found._replace(last=found.last - table.totals))
        drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
        drawn.set_x_axis(_UPRIGHT if _is_crowded(found) else {})
        drawn.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": LINE}}})
        drawn.set_legend({"position": "bottom"} if len(chart.columns) + len(chart.lines) > 1 else {"none": True})
        drawn.set_size({"width": _CHART_WIDTH, "height": _CHART_ROWS * _ROW_PIXELS})
        place = self._writers[chart.below] if chart.below else writer
        place.keep_together(_CHART_HEIGHT)
        place.sheet.insert_chart(place.row + 1, 0, drawn, {"description": chart.title})
        place.leave(_CHART_ROWS + 2)

    def _drawn(self, name: str, table: Table, chart: Chart, lines: Range) -> Any:
        def series(index: int) -> dict[str, Any]:
            (first, last), names = lines, [name, lines.first, 0, lines.last, 0]
            return {"name": table.header[index], "categories": names, "values": [name, first, index, last, index]}

        drawn = self._book.add_chart({"type": "column"} | ({"subtype": "stacked"} if chart.shades else {}))
        colours = [COLOURS[shade] for shade in chart.shades] or _COLUMN_COLOURS
        is_labelled = len(chart.columns) == 1 and not _is_crowded(lines)
        labels = {"data_labels": {"value": True, "font": {"size": 8}}} if is_labelled else {}
        for index, colour in zip(chart.columns, colours, strict=False):
            drawn.add_series(series(index) | labels | {"fill": {"color": colour}, "gap": 60})
        if chart.lines:
            line = self._book.add_chart({"type": "line"})
            for index in chart.lines:
                line.add_series(series(index) | {"line": {"color": RED, "width": 2}})
            drawn.combine(line)
        return drawn


def _worth_a_sheet(sections: Sequence[Section]) -> Sequence[Section]:
    """Those that say something, or bear a chart of another: printed, a sheet of nothing is a page. Where none does, the
    first says so.
    """
    bearing = {chart.below for section in sections for table in section.tables for chart in table.charts}
    return [one for one in sections if not one.is_empty or one.name in bearing] or sections[:1]


def _has_bars(table: Table, chart: Chart) -> bool:
    rows = table.rows[: len(table.rows) - table.totals]
    return any(row[index] is not None for row in rows for index in chart.columns)


def _is_crowded(lines: Range) -> bool:
    return lines.last - lines.first >= _MOST_LABELLED


def _shades(table: Table) -> Sequence[Shades]:
    plain = len(table.rows) - table.totals
    shades = [*table.shades[:plain], *[None] * (plain - len(table.shades))]
    return [*shades, *[Shade.TOTAL] * table.totals]
