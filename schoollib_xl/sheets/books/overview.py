"""总览: the first page of the results, to be read at a glance or printed on its own."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.sheets.books.problem_list import PROBLEMS
from schoollib_xl.sheets.layout import height, quoted, set_up_print
from schoollib_xl.sheets.styles import AMBER, BLUE, DEEP, FONT, GREY, LINE, RED, Styles
from schoollib_xl.wording.first_steps import AGAIN, STEPS, steps_to_take
from schoollib_xl.wording.ledger_lines import LEDGER_HEADERS, MEANING, LedgerLine, ledger_lines, total_line
from schoollib_xl.wording.summary import limits, verdict
from schoollib_xl.wording.zh import say

if TYPE_CHECKING:
    from schoollib_xl.causes.cause import Causes

OVERVIEW = "总览"
_WIDTHS = (16, 10, 16, 9, 9, 9, 9, 9)
_FIRST_COUNT = LEDGER_HEADERS.index("错误")
_COLOURS = {"错误": RED, "存疑": AMBER, "提示": BLUE, "已说明": GREY}
_CHART_SIZE, _CHART_ROWS = {"width": 660, "height": 280}, 15


class Overview:
    """Writes 总览 from top to bottom."""

    def __init__(self, book: Any, styles: Styles) -> None:
        self._book = book
        self._sheet = book.add_worksheet(OVERVIEW)
        self._styles = styles
        self._row = 0

    def write(self, workbook: str, report: Report, library: Library, causes: "Causes | None" = None) -> None:
        """Write the page for a report about `workbook`."""
        sheet = self._sheet
        sheet.hide_gridlines(2)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 36)
        sheet.write_string("A1", "核对结果", self._styles.title())
        said = f"《{workbook}》，核对到 {say(library.as_of)}。"
        sheet.write_string("A2", said, self._styles.text(text_wrap=False, font_color=GREY))
        self._row = 3
        self._write_paragraphs("结论", (verdict(library, report), *limits(library, report)), bold=True)
        if steps := steps_to_take(library, report, causes):
            numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
            self._write_paragraphs(STEPS, [*numbered, AGAIN])
        self._write_ledgers(report, library)
        self._write_paragraphs("“通过”是什么意思", MEANING)
        link = f"internal:{quoted(PROBLEMS)}!A1"
        sheet.write_url(self._row, 0, link, self._styles.link(border=0, text_wrap=False), "看问题清单")
        set_up_print(sheet, "图书室七本账核对结果", library.school.name or "", landscape=False)
        sheet.activate()

    def _write_paragraphs(self, heading: str, paragraphs: Iterable[str], bold: bool = False) -> None:
        last = len(LEDGER_HEADERS) - 1
        self._write_heading(heading)
        for paragraph in paragraphs:
            style = self._styles.text(bold=bold, valign="top")
            self._sheet.merge_range(self._row, 0, self._row, last, "", style)
            self._sheet.write_string(self._row, 0, paragraph, style)
            self._sheet.set_row(self._row, height([paragraph], [sum(_WIDTHS)]))
            self._row += 1
        self._row += 1

    def _write_ledgers(self, report: Report, library: Library) -> None:
        self._write_heading("七本账")
        for column, header in enumerate(LEDGER_HEADERS):
            self._sheet.write_string(self._row, column, header, self._styles.header(required=True))
        lines = ledger_lines(library, report)
        for row, line in enumerate(lines, self._row + 1):
            self._write_line(row, line)
        self._write_line(self._row + 1 + len(lines), total_line(lines), bold=True)
        self._insert_chart(self._row + 1, lines)

    def _write_line(self, row: int, line: LedgerLine, bold: bool = False) -> None:
        sheet, number = self._sheet, self._styles.boxed(num_format="#,##0", bold=bold)
        sheet.write_string(row, 0, line.name, self._styles.boxed(bold=bold))
        sheet.write_number(row, 1, line.rows, number)
        sheet.write_string(row, 2, line.until, self._styles.boxed(align="center"))
        for column, count in enumerate(line.counts, _FIRST_COUNT):
            sheet.write_number(row, column, count, number if bold else self._count_style(column, count))

    def _count_style(self, column: int, count: int) -> Any:
        colour = _COLOURS.get(LEDGER_HEADERS[column], DEEP)
        return self._styles.boxed(num_format="#,##0", **({"font_color": colour, "bold": True} if count else {}))

    def _insert_chart(self, first: int, lines: list[LedgerLine]) -> None:
        """Findings by ledger and severity; where there are none, how many lines each ledger has."""
        self._row = first + len(lines) + 2
        found = any(any(line.counts[: len(_COLOURS)]) for line in lines)
        if not found and not any(line.rows for line in lines):
            return
        chart = self._book.add_chart({"type": "bar", "subtype": "stacked"} if found else {"type": "bar"})
        for header in _COLOURS if found else ("行数",):
            chart.add_series(_series(header, first, first + len(lines) - 1))
        font = {"name": FONT["font_name"], "size": 9}
        chart.set_title({"name": "各账的问题（处）" if found else "各账的行数", "name_font": {**font, "size": 11}})
        chart.set_y_axis({"reverse": True, "num_font": font})
        chart.set_x_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": LINE}}})
        chart.set_legend({"position": "bottom", "font": font} if found else {"none": True})
        chart.set_size(_CHART_SIZE)
        self._sheet.insert_chart(self._row, 0, chart, {"description": "各账的核对情况"})
        self._row += _CHART_ROWS

    def _write_heading(self, heading: str) -> None:
        style = self._styles.heading()
        self._sheet.write_string(self._row, 0, heading, style)
        for column in range(1, len(LEDGER_HEADERS)):
            self._sheet.write_blank(self._row, column, None, style)
        self._row += 1


def _series(header: str, first: int, last: int) -> dict[str, Any]:
    column = LEDGER_HEADERS.index(header)
    return {
        "name": header,
        "categories": [OVERVIEW, first, 0, last, 0],
        "values": [OVERVIEW, first, column, last, column],
        "fill": {"color": _COLOURS.get(header, DEEP)},
        "gap": 60,
    }
