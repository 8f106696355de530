"""问题清单: one line for every finding, with a link to its cell."""

from itertools import islice
from typing import Any

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.sheets.books.links import Links
from schoollib_xl.sheets.layout import height, set_up_print
from schoollib_xl.sheets.styles import GREY, PALE_AMBER, PALE_BLUE, PALE_RED, Styles
from schoollib_xl.wording.finding_kinds import IN_WORKBOOK, FindingLine, finding_line
from schoollib_xl.wording.zh import SEVERITY

PROBLEMS = "问题清单"
# Excel's own limit for links on one sheet.
_MOST_LINKS = 65_530
_HEADERS = {
    "编码": 9,
    "程度": 7,
    "工作表": 13,
    "格子": 8,
    "编号": 13,
    "说的是什么": 46,
    "为什么要紧": 32,
    "怎么改": 40,
    "对照": 24,
    "已说明": 8,
}
SEVERITY_COLOURS = {Severity.ERROR: PALE_RED, Severity.WARNING: PALE_AMBER, Severity.HINT: PALE_BLUE}
_LINK_COLUMN = list(_HEADERS).index("格子")


def add_problem_list(book: Any, styles: Styles, report: Report, library: Library, links: Links) -> None:
    """Add the sheet with every finding, worst first."""
    sheet = book.add_worksheet(PROBLEMS)
    for column, (header, width) in enumerate(_HEADERS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, header, styles.header(required=True))
    for row, finding in enumerate(islice(report.findings, IN_WORKBOOK), 1):
        _write(sheet, row, finding_line(library, finding), styles, links)
    last = min(len(report.findings), IN_WORKBOOK)
    _close(sheet, last, len(report.findings) - last, styles)
    _colour(sheet, last, styles)
    sheet.freeze_panes(1, _LINK_COLUMN + 1)
    sheet.repeat_rows(0)
    set_up_print(sheet, PROBLEMS, library.school.name or "")


def _write(sheet: Any, row: int, line: FindingLine, styles: Styles, links: Links) -> None:
    what = (line.key, line.message, line.why, line.fix)
    texts = (line.code, line.severity, *line.at, *what, line.see_also, line.explained)
    sheet.set_row(row, height(texts, _HEADERS.values()))
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, styles.boxed(valign="top"))
    if row <= _MOST_LINKS:
        sheet.write_url(row, _LINK_COLUMN, links.to(line.at), styles.link(valign="top"), line.at.a1)


def _close(sheet: Any, last: int, left_out: int, styles: Styles) -> None:
    """The filter, and one sentence where there is nothing to list or too much."""
    width = len(_HEADERS) - 1
    if not last:
        sheet.merge_range(1, 0, 1, width, "没有发现对不上的地方。", styles.boxed(align="center"))
        return
    sheet.autofilter(0, 0, last, width)
    if left_out:
        rest = f"另有 {left_out} 处没有列出；先照“总览”里说的改，改完再核对一次。"
        sheet.merge_range(last + 1, 0, last + 1, width, rest, styles.boxed(align="center", bold=True))


def _colour(sheet: Any, last: int, styles: Styles) -> None:
    explained, severity = (chr(ord("A") + list(_HEADERS).index(header)) for header in ("已说明", "程度"))
    whole = f"A2:{explained}{last + 1}"
    grey = styles.make(font_color=GREY)
    sheet.conditional_format(
        whole, {"type": "formula", "criteria": f'=${explained}2<>""', "format": grey, "stop_if_true": True}
    )
    for level, colour in SEVERITY_COLOURS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{SEVERITY[level]}"'}
        colouring = {**rule, "format": styles.make(bg_color=colour)}
        sheet.conditional_format(f"{severity}2:{severity}{last + 1}", colouring)
