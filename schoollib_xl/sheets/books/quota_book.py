"""借阅定额.xlsx: the quotas of a term as a workbook, with a page per grade for its class teachers."""

from datetime import datetime, time
from pathlib import Path
from typing import IO, Any

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.obligation import Obligation
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.saving import save
from schoollib_xl.sheets.books.leaf import TOTAL_LINE, Leaf, Range, number
from schoollib_xl.sheets.books.quota_grades import add_grade_pages
from schoollib_xl.sheets.books.quota_lists import add_lists
from schoollib_xl.sheets.styles import DEEP, LINE, RED, Styles, book_options
from schoollib_xl.wording.answer import Value
from schoollib_xl.wording.quota_tables import class_figures, grade_rows, pace, total_rows
from schoollib_xl.wording.quota_text import headline, register_sentence
from schoollib_xl.wording.quotas import limit_reason, not_computed, outcome_word, scope

OVERVIEW, BY_CLASS = "总览", "各班"
_CLASS_HEADER = (
    "班级",
    "年级",
    "班主任",
    "学生人数",
    "名册人数",
    "借书册数",
    "借书次数",
    "生均册数",
    "目标",
    "借满人数",
    "未借人数",
    "还差册数",
    "到今天应借",
    "进度",
    "每周要借",
    "图书角",
    "室内阅览",
)
_MEAN, _TARGET = 7, 8


def write_quota_book(stated: Statement, library: Library, target: Path) -> Path:
    """Write the workbook, the same bytes for the same statement; where it went.

    Raises CannotWrite where it cannot be written.
    """
    return save(target, lambda file: _fill(stated, library, file))


def _fill(stated: Statement, library: Library, file: IO[bytes]) -> None:
    from xlsxwriter import Workbook

    with Workbook(file, book_options()) as book:
        made_on = datetime.combine(stated.as_of, time())
        school_name = library.school.name or ""
        book.set_properties({"title": "借阅定额", "author": school_name, "created": made_on})
        styles = Styles(book)
        overview = _overview(book, styles, stated, library, school_name)
        found = _classes(book, styles, stated, school_name)
        if found.last >= found.first:
            _chart(book, overview, found)
        add_grade_pages(book, styles, stated, library)
        add_lists(book, styles, stated, library)


def _overview(book: Any, styles: Styles, stated: Statement, library: Library, school_name: str) -> Leaf:
    leaf = Leaf(book, styles, OVERVIEW, (20, 10, 8, 9, 7, 8, 32), right=school_name)
    leaf.title(f"{school_name}借阅定额")
    leaf.paragraph(headline(stated))
    leaf.paragraph(register_sentence(stated))
    leaf.heading("任务指标")
    leaf.table(
        ("指标", "范围", "目标", "完成", "单位", "结果", "依据"),
        [
            (
                outcome.target.name,
                scope(outcome.target),
                number(outcome.target.value),
                outcome.actual,
                outcome.target.unit,
                outcome_word(outcome),
                outcome.target.basis,
            )
            for outcome in stated.outcomes
        ],
    )
    for outcome in stated.outcomes:
        if reason := limit_reason(outcome):
            leaf.paragraph(f"“{outcome.target.name}”做不到：{reason}", font_color=RED)
    if stated.not_computed:
        leaf.heading("没有算的")
        rows: list[tuple[Value, ...]] = [not_computed(library, one) for one in stated.not_computed]
        for what, why in rows:
            leaf.paragraph(f"{what}：{why}")
    return leaf


def _classes(book: Any, styles: Styles, stated: Statement, school_name: str) -> Range:
    """The page of all classes; where its class lines stand."""
    leaf = Leaf(book, styles, BY_CLASS, (10, 5, 9, *(7,) * 14), right=school_name)
    leaf.title("各班借书情况")
    leaf.paragraph(headline(stated))
    leaf.row += 1
    rows = [
        _class_line(quota.school_class.name, quota.school_class.grade, quota.school_class.teacher, class_figures(quota))
        for quota in stated.classes
    ]
    grades = [_class_line(f"{grade} 年级合计", grade, None, figures) for grade, figures in grade_rows(stated)]
    totals = [_class_line(name, None, None, figures) for name, figures in total_rows(stated)]
    marks: list[dict[str, Any]] = [{} for _ in rows] + [TOTAL_LINE for _ in (*grades, *totals)]
    found = leaf.table(_CLASS_HEADER, [*rows, *grades, *totals], marks)
    leaf.sheet.freeze_panes(found.first, 1)
    leaf.sheet.repeat_rows(found.first - 1)
    return Range(found.first, found.first + len(rows) - 1)


def _class_line(name: str, grade: int | None, teacher: str | None, figures: Obligation) -> tuple[Value, ...]:
    return (
        name,
        grade,
        teacher,
        figures.pupils,
        figures.on_register,
        figures.loans,
        figures.visits,
        figures.mean,
        number(figures.target),
        figures.reached,
        figures.none,
        figures.gap,
        figures.expected,
        pace(figures),
        figures.per_week,
        figures.corner,
        figures.in_room,
    )


def _chart(book: Any, overview: Leaf, found: Range) -> None:
    """各班生均册数 as columns with the target as a line, below what the overview says."""
    names = [BY_CLASS, found.first, 0, found.last, 0]
    columns = book.add_chart({"type": "column"})
    columns.add_series(
        {
            "name": "生均册数",
            "categories": names,
            "values": [BY_CLASS, found.first, _MEAN, found.last, _MEAN],
            "fill": {"color": DEEP},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0.0", "font": {"size": 8}},
        }
    )
    line = book.add_chart({"type": "line"})
    line.add_series(
        {
            "name": "目标",
            "categories": names,
            "values": [BY_CLASS, found.first, _TARGET, found.last, _TARGET],
            "line": {"color": RED, "width": 2},
        }
    )
    columns.combine(line)
    columns.set_title({"name": "各班生均借书册数和目标", "name_font": {"size": 12}})
    columns.set_y_axis({"num_format": "0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": LINE}}})
    columns.set_legend({"position": "bottom"})
    columns.set_size({"width": 790, "height": 330})
    overview.sheet.insert_chart(overview.row + 1, 0, columns, {"description": "各班生均借书册数和目标"})
