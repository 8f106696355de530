"""借阅定额.xlsx: the quotas of a term as a workbook, with a page per grade for its class teachers."""

from datetime import datetime, time
from pathlib import Path
from typing import IO, Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.saving import save
from schoollib_xl.sheets.books.quota_grades import add_grade_pages
from schoollib_xl.sheets.books.quota_lists import add_lists
from schoollib_xl.sheets.books.sheet_writer import TOTAL_LINE, Range, SheetWriter, number
from schoollib_xl.sheets.styles import DEEP, LINE, RED, Styles, book_options
from schoollib_xl.wording.answer import Value
from schoollib_xl.wording.class_figures import MEAN, TARGET, FiguresRow, figure_rows, least_sentence, meanings, shown
from schoollib_xl.wording.quota_tables import register_sentence, target_limits, unconfirmed_sentences
from schoollib_xl.wording.quota_text import headline
from schoollib_xl.wording.quotas import done_words, not_computed, outcome_word, scope, target_title

OVERVIEW, BY_CLASS = "总览", "各班"


class _Charted(NamedTuple):
    """The lines of the classes, and in which columns their mean and their target stand."""

    lines: Range
    mean: int
    target: int | None


def write_quota_book(quotas: Statement, library: Library, target: Path) -> Path:
    """Write the workbook, the same bytes for the same statement; where it went.

    Raises CannotWrite where it cannot be written.
    """
    return save(target, lambda file: _fill(quotas, library, file))


def _fill(quotas: Statement, library: Library, file: IO[bytes]) -> None:
    from xlsxwriter import Workbook

    with Workbook(file, book_options()) as book:
        made_on = datetime.combine(quotas.as_of, time())
        school_name = library.school.name or ""
        book.set_properties({"title": "借阅定额", "author": school_name, "created": made_on})
        styles = Styles(book)
        overview = _overview(book, styles, quotas, library, school_name)
        found = _classes(book, styles, quotas, school_name)
        if found:
            _chart(book, overview, found)
        add_grade_pages(book, styles, quotas, library)
        add_lists(book, styles, quotas, library)


def _overview(book: Any, styles: Styles, quotas: Statement, library: Library, school_name: str) -> SheetWriter:
    writer = SheetWriter(book, styles, OVERVIEW, (20, 10, 8, 12, 7, 8, 29), right=school_name)
    writer.title(f"{school_name}借阅定额")
    writer.paragraph(headline(quotas))
    writer.paragraph(register_sentence(quotas))
    if quotas.outcomes:
        _targets(writer, quotas)
    for said in target_limits(quotas):
        writer.paragraph(said, font_color=RED)
    for said in unconfirmed_sentences(quotas):
        writer.paragraph(said)
    if quotas.not_computed:
        writer.heading("没有算的")
        rows: list[tuple[Value, ...]] = [not_computed(library, one) for one in quotas.not_computed]
        for what, why in rows:
            writer.paragraph(f"{what}：{why}")
    return writer


def _targets(writer: SheetWriter, quotas: Statement) -> None:
    writer.heading("任务指标")
    writer.table(
        ("指标", "范围", "目标", "完成", "单位", "结果", "依据"),
        [
            (
                target_title(outcome),
                scope(outcome.target),
                number(outcome.target.value),
                done_words(quotas, outcome),
                outcome.target.unit,
                outcome_word(outcome),
                outcome.target.basis,
            )
            for outcome in quotas.outcomes
        ],
    )


def _classes(book: Any, styles: Styles, quotas: Statement, school_name: str) -> _Charted | None:
    """The page of all classes; where the figures of its class lines stand, None where there are none."""
    rows = figure_rows(quotas)
    columns = shown(rows)
    writer = SheetWriter(book, styles, BY_CLASS, (12, 9, *(8,) * len(columns)), right=school_name)
    writer.title("各班借书情况")
    for said in (headline(quotas), meanings(columns, short=False), least_sentence(quotas)):
        if said:
            writer.paragraph(said)
    writer.row += 1
    header = ("班级", "班主任", *(one.name for one in columns))
    lines = [(row.name, _teacher(row), *(one.of(row.figures) for one in columns)) for row in rows]
    found = writer.table(header, lines, [TOTAL_LINE if row.is_total else {} for row in rows])
    writer.sheet.freeze_panes(found.first, 1)
    writer.sheet.repeat_rows(found.first - 1)
    # One class, or classes that borrowed nothing, make no picture.
    if sum(not row.is_total for row in rows) < 2 or not quotas.school.loans:
        return None
    last = found.first + sum(not row.is_total for row in rows) - 1
    at = header.index(TARGET.name) if TARGET in columns else None
    return _Charted(Range(found.first, last), header.index(MEAN.name), at)


def _teacher(row: FiguresRow) -> str | None:
    return None if row.is_total else row.members[0].school_class.teacher


def _chart(book: Any, overview: SheetWriter, charted: _Charted) -> None:
    """各班生均册数 as columns, with the target as a line where there is one, below what the overview says."""
    (first, last), mean, target = charted
    names = [BY_CLASS, first, 0, last, 0]
    columns = book.add_chart({"type": "column"})
    columns.add_series(
        {
            "name": MEAN.name,
            "categories": names,
            "values": [BY_CLASS, first, mean, last, mean],
            "fill": {"color": DEEP},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0.0", "font": {"size": 8}},
        }
    )
    title = "各班生均借书册数"
    if target is not None:
        line = book.add_chart({"type": "line"})
        values = [BY_CLASS, first, target, last, target]
        line.add_series(
            {"name": TARGET.name, "categories": names, "values": values, "line": {"color": RED, "width": 2}}
        )
        columns.combine(line)
        title += "和目标"
    columns.set_title({"name": title, "name_font": {"size": 12}})
    columns.set_y_axis({"num_format": "0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": LINE}}})
    columns.set_legend({"position": "bottom"})
    columns.set_size({"width": 790, "height": 330})
    overview.sheet.insert_chart(overview.row + 1, 0, columns, {"description": title})
