"""The lists of 借阅定额.xlsx: who is below, what is overdue and owed, what to buy, to send, to catch up with."""

from typing import Any

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.indicator import Indicator
from schoollib_xl.quotas.pupils import below, distribution
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.sheets.books.sheet_writer import SheetWriter, number
from schoollib_xl.sheets.styles import Styles
from schoollib_xl.wording.answer import Value
from schoollib_xl.wording.quota_text import asks_each_pupil
from schoollib_xl.wording.quotas import (
    band_words,
    reckoning_words,
    rule_basis,
    source_words,
    with_unit,
)


def add_lists(book: Any, styles: Styles, quotas: Statement, library: Library) -> None:
    """Add the lists that have anything in them."""
    right = library.school.name or ""

    def writer(name: str, widths: tuple[int, ...]) -> SheetWriter:
        return SheetWriter(book, styles, name, widths, right=right)

    if any(below(quota.pupils) for quota in quotas.classes):
        _below(writer("未达标", (10, 12, 10, 9, 9, 9, 9)), quotas)
    if any(quota.catch_up and quota.catch_up.weeks for quota in quotas.classes):
        _catch_up(writer("赶进度", (10, 8, 12, 8, 10, 12)), quotas)
    if any(pupil.copies for quota in quotas.classes for pupil in quota.pupils):
        _distribution(writer("借书分布", (10, *(9,) * 7)), quotas)
    if quotas.overdue:
        _overdue(writer("逾期", (10, 9, 8, 10, 24, 11, 11, 8)), quotas)
    if quotas.incidents:
        _incidents(writer("赔偿", (10, 11, 9, 8, 22, 6, 8, 28, 24, 8, 8)), quotas)
    if quotas.holdings:
        _holdings(writer("藏书定额", (20, 11, 8, 8, 10, 36)), quotas)
    if quotas.indicators:
        widths = (18, 11, 9, 8, 11, 40, 11, 40)
        _indicators(writer("指标", widths if quotas.comparisons else _without(widths, _BEFORE)), quotas, library)
    if any(one.proposed for one in quotas.corners):
        _corners(writer("送书下班级", (10, 9, 11, 9, 11, 28, 12)), quotas)


def _below(writer: SheetWriter, quotas: Statement) -> None:
    writer.title("还要再借的学生")
    writer.paragraph("有学生姓名，只给班主任看，不张贴。差得多的在前。")
    pupils = [pupil for quota in quotas.classes for pupil in below(quota.pupils)]
    header = ("班级", "读者证号", "姓名", "已借册数", "借书次数", "应借", "还差")
    writer.listing(
        header,
        [
            (one.class_name, one.reader_no, one.name, one.copies, one.visits, number(one.wanted), one.short_by)
            for one in pupils
        ],
    )


def _catch_up(writer: SheetWriter, quotas: Statement) -> None:
    writer.title("落后的班每周借多少")
    writer.paragraph("按剩下的轮次分到每周，照这样借，学期末正好完成。")
    rows: list[tuple[Value, ...]] = [
        (quota.school_class.name, week.number, week.monday, week.occasions, week.copies, week.by_then)
        for quota in quotas.classes
        if quota.catch_up
        for week in quota.catch_up.weeks
    ]
    writer.listing(("班级", "第几周", "星期一是", "轮次", "要借册数", "累计要借"), rows)


def _distribution(writer: SheetWriter, quotas: Statement) -> None:
    writer.title("每名学生借了多少")
    writer.paragraph("生均数看不出谁没借，这张表看得出。")
    header = ("班级", *(band_words(band) for band, _ in distribution(())), "没借满的人")
    rows: list[tuple[Value, ...]] = [
        (
            quota.school_class.name,
            *(count for _, count in distribution(quota.pupils)),
            sum(pupil.short_by > 0 for pupil in quota.pupils),
        )
        for quota in quotas.classes
        if quota.pupils and not quota.only_in_room
    ]
    columns = len(header) - (not asks_each_pupil(quotas))
    writer.listing(header[:columns], [row[:columns] for row in rows])


def _overdue(writer: SheetWriter, quotas: Statement) -> None:
    writer.title("逾期未还")
    writer.paragraph("应还那天不开放的，顺延到下一个开放日再算。只给班主任看，不张贴。")
    header = ("班级", "读者证号", "姓名", "个别登记号", "书名", "借出日期", "应还日期", "逾期天数")
    rows: list[tuple[Value, ...]] = [
        (
            "教师" if one.is_teacher else one.class_name,
            one.loan.reader_no,
            one.name,
            one.loan.accession_no,
            one.loan.title,
            one.loan.lent_on,
            one.due_on,
            one.days,
        )
        for one in quotas.overdue
    ]
    writer.listing(header, rows)


def _incidents(writer: SheetWriter, quotas: Statement) -> None:
    writer.title("没有结清的赔偿")
    header = ("赔偿编号", "登记日期", "班级", "姓名", "书名", "情形", "处理方式", "怎么算的", "依据", "应赔", "还欠")
    rows: list[tuple[Value, ...]] = [
        (
            one.row.incident_no,
            one.row.registered_on,
            one.row.class_name,
            one.row.name,
            one.row.title,
            one.row.incident.value,
            one.row.settlement.value,
            reckoning_words(one),
            rule_basis(one),
            one.reckoning.owed,
            one.outstanding,
        )
        for one in quotas.incidents
    ]
    writer.listing(header, rows)


def _holdings(writer: SheetWriter, quotas: Statement) -> None:
    writer.title("藏书定额")
    writer.paragraph("本校任务指标里写了的，照本校的；没写的，照藏书标准。比例表没有规定允许差多少，只供采购时参考。")
    header = ("项目", "现有", "标准", "差额", "要添", "依据")
    rows: list[tuple[Value, ...]] = [
        (
            one.indicator.title,
            with_unit(one.indicator),
            number(one.standard),
            one.gap,
            f"{one.to_buy} {one.buy_unit}" if one.to_buy else "不用添" if one.to_buy == 0 else None,
            one.basis,
        )
        for one in quotas.holdings
        if one.indicator.value is not None or one.standard is not None
    ]
    writer.listing(header, rows)


# Where 上学期 stands; without a term before, its column is left out.
_BEFORE = 4


def _indicators(writer: SheetWriter, quotas: Statement, library: Library) -> None:
    writer.title("指标和它们的来历")
    before = {pair.now.name: pair.before for pair in quotas.comparisons}
    header = ("指标", "数值", "分子", "分母", "上学期", "怎么算", "算到", "从哪里来")
    rows = [_indicator(library, one, before.get(one.name)) for one in quotas.indicators]
    if not before:
        header, rows = _without(header, _BEFORE), [_without(row, _BEFORE) for row in rows]
    writer.listing(header, rows)


def _without(row: tuple[Any, ...], index: int) -> tuple[Any, ...]:
    return (*row[:index], *row[index + 1 :])


def _indicator(library: Library, one: Indicator, before: Indicator | None) -> tuple[Value, ...]:
    return (
        one.title,
        with_unit(one),
        one.numerator,
        one.denominator,
        with_unit(before) if before else None,
        one.definition,
        one.as_of,
        source_words(library, one),
    )


def _corners(writer: SheetWriter, quotas: Statement) -> None:
    writer.title("送书下班级")
    writer.paragraph("按学生人数分，余数大的班先补一册，各班相加正好是总数。下面是在架、可外借、借得最少的书。")
    writer.table(
        ("班级", "学生人数", "图书角现有", "这次应送"),
        [(one.school_class.name, one.school_class.pupils, one.in_corner, one.share) for one in quotas.corners],
    )
    writer.row += 1
    rows: list[tuple[Value, ...]] = [
        (one.school_class.name, None, None, None, copy.accession_no, copy.title, copy.class_no)
        for one in quotas.corners
        for copy in one.proposed
    ]
    writer.listing(("班级", "送出日期", "点收人", "收回日期", "个别登记号", "书名", "分类号"), rows)
