"""A page per grade for its class teachers: how the class stands, who has to borrow more, what is overdue."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.overdue import OverdueLoan, by_class
from schoollib_xl.quotas.pupils import PupilBorrowing
from schoollib_xl.quotas.statement import ClassQuota, Statement
from schoollib_xl.sheets.books.sheet_writer import SheetWriter
from schoollib_xl.sheets.styles import PALE_AMBER, PALE_RED, Styles
from schoollib_xl.wording.answer import Value
from schoollib_xl.wording.quota_text import catch_up_sentence, catch_up_words, class_sentences
from schoollib_xl.wording.zh import say

_GRADES = "一二三四五六"
# Two pupils side by side: number, name, copies and, where each must borrow some, how many are still wanting.
_ABREAST = 2
_PUPIL_HEADER = ("读者证号", "姓名", "已借", "还差")
_PUPIL_WIDTHS = (12, 11, 8, 8)


def add_grade_pages(book: Any, styles: Styles, quotas: Statement, library: Library) -> None:
    """Add one page for each grade that has classes."""
    late = by_class(quotas.overdue)
    for grade, _ in quotas.grades:
        classes = [
            quota
            for quota in quotas.classes
            if quota.school_class.grade == grade and (not quota.only_in_room or quota.school_class.name in late)
        ]
        if not classes:
            continue
        name = f"{_GRADES[grade - 1]}年级"
        writer = SheetWriter(
            book, styles, name, _PUPIL_WIDTHS * _ABREAST, right=f"{library.school.name or ''}　仅供班主任"
        )
        writer.title(f"{name}借书情况")
        writer.paragraph(f"算到 {say(_cut_off(quotas))}。有学生姓名，只给班主任看，不张贴。")
        for number, quota in enumerate(classes):
            if number:
                writer.new_page()
            _class_part(writer, quota, late.get(quota.school_class.name, []))


def _cut_off(quotas: Statement) -> date:
    return quotas.period.cut_off if quotas.period else quotas.as_of


def _class_part(writer: SheetWriter, quota: ClassQuota, late: Sequence[OverdueLoan]) -> None:
    teacher = quota.school_class.teacher
    writer.heading(f"{quota.school_class.name}{f'　班主任：{teacher}' if teacher else ''}")
    for said in class_sentences(quota):
        writer.paragraph(said)
    if quota.obligation.on_track is False:
        writer.paragraph(_way_back(quota), bold=True)
    if quota.pupils and not quota.only_in_room:
        shown = len(_PUPIL_HEADER) - (quota.least is None)
        rows, marks = _abreast(quota.pupils, shown)
        if any(pupil.is_below for pupil in quota.pupils):
            writer.paragraph("红底的一册没借，黄底的借得比现在该借的少。")
        writer.table(_PUPIL_HEADER[:shown] * _ABREAST, rows, marks)
    if late:
        writer.paragraph(f"逾期未还 {len(late)} 册：", bold=True)
        for one in late:
            writer.paragraph(overdue_sentence(one))


def _way_back(quota: ClassQuota) -> str:
    can_be_met = quota.verdict is None or quota.verdict.is_feasible
    how = catch_up_words(quota) if can_be_met else ""
    if how and quota.catch_up and not quota.catch_up.most_left:
        return f"没有达到：{how}。"
    return f"落后于进度：{how}。" if how else catch_up_sentence(quota)


def overdue_sentence(one: OverdueLoan) -> str:
    """One overdue copy in one line."""
    loan = one.loan
    title = f"《{loan.title}》" if loan.title else ""
    return f"{loan.reader_no}　{one.name}　{title}{loan.accession_no}　应还 {say(one.due_on)}，已过 {one.days} 天"


def _abreast(
    pupils: Sequence[PupilBorrowing], shown: int
) -> tuple[list[tuple[Value, ...]], list[list[dict[str, Any]]]]:
    """The pupils in columns read from top to bottom, so many values of each, with the colour of each: red for
    nothing borrowed, amber for not enough.
    """
    height = -(-len(pupils) // _ABREAST)
    rows, marks = [], []
    for line in range(height):
        beside = [pupils[index] if index < len(pupils) else None for index in range(line, height * _ABREAST, height)]
        rows.append(tuple(value for pupil in beside for value in _values(pupil)[:shown]))
        marks.append([mark for pupil in beside for mark in [_mark(pupil)] * shown])
    return rows, marks


def _values(pupil: PupilBorrowing | None) -> tuple[Value, ...]:
    if pupil is None:
        return (None,) * len(_PUPIL_HEADER)
    return (pupil.reader_no, pupil.name, pupil.copies, pupil.short_by or None)


def _mark(pupil: PupilBorrowing | None) -> dict[str, Any]:
    if pupil is None or not pupil.is_below:
        return {}
    return {"bg_color": PALE_AMBER if pupil.copies else PALE_RED}
