"""核对结果.xlsx: the ledgers at a glance, every finding with a link to its cell, and what was not checked."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.saving import normalised, save
from schoollib_xl.sheets.books.answer_book import AnswerBook
from schoollib_xl.sheets.books.links import Links
from schoollib_xl.sheets.books.overview import Overview
from schoollib_xl.sheets.books.problem_list import add_problem_list
from schoollib_xl.sheets.layout import MADE_ON, height, set_up_print
from schoollib_xl.sheets.styles import Styles, book_options
from schoollib_xl.wording.unchecked import unchecked_causes

if TYPE_CHECKING:
    from schoollib_xl.causes.cause import Causes

UNCHECKED = "未核对"
_UNCHECKED_HEADERS = {"为什么没有核对": 60, "哪些没有核对完": 68}


def write_results(
    report: Report, library: Library, workbook: Path, target: Path, causes: "Causes | None" = None
) -> Path:
    """Write what a check found in `workbook` to `target`, or to the next free name where that is taken;
    where it went. The same report gives the same bytes.

    Raises CannotWrite.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    links = Links(workbook, target)
    with Workbook(file, book_options()) as book:
        book.set_properties({"title": "核对结果", "author": library.school.name or "", "created": MADE_ON})
        book.set_size(2400, 1400)
        styles = Styles(book)
        Overview(book, styles).write(workbook.name, report, library, causes)
        if causes and causes.found:
            _add_causes(book, styles, causes, report, library)
        add_problem_list(book, styles, report, library, links)
        _add_unchecked(book, styles, report, library)
    package = normalised(file.getvalue())
    return save(target, lambda draft: draft.write(package))


def _add_causes(book: Any, styles: Styles, causes: "Causes", report: Report, library: Library) -> None:
    """先改这几处, the second sheet: what to correct, what speaks for it, what it settles."""
    from schoollib_xl.wording.causes import causes_section

    AnswerBook(book, library.school.name or "", None).add(causes_section(library, report, causes), ())


def _add_unchecked(book: Any, styles: Styles, report: Report, library: Library) -> None:
    sheet = book.add_worksheet(UNCHECKED)
    for column, (header, width) in enumerate(_UNCHECKED_HEADERS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, header, styles.header(required=True))
    for row, cause in enumerate(unchecked_causes(library, report.unchecked), 1):
        line = (f"{cause.why}。", "、".join(f"{check.title}（{check.code}）" for check in cause.checks))
        sheet.set_row(row, height(line, _UNCHECKED_HEADERS.values()))
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, styles.boxed())
    if not report.unchecked:
        sheet.merge_range(1, 0, 1, 1, "每一项都核对了。", styles.boxed(align="center"))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    set_up_print(sheet, UNCHECKED, library.school.name or "")
