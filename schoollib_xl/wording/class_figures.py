"""The figures of a class, a grade or the school: name, unit and meaning of each, for every table that shows it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from schoollib_xl.quotas.obligation import Obligation
from schoollib_xl.quotas.statement import ClassQuota, Statement
from schoollib_xl.wording.answer import Value

_SCHOOL = "全校"
_PACE = {True: "跟上", False: "落后"}


class ClassFigure(NamedTuple):
    """A figure of some pupils: its name in a workbook, its short name where a line has eighty columns ('' where it
    is not shown there), its unit, what it means (of whom, counted how, until when), and where it stands.
    """

    name: str
    short: str
    unit: str
    meaning: str
    of: Callable[[Obligation], Value]


def pace(figures: Obligation) -> str | None:
    """跟上 or 落后; None where nothing is asked or the pace is not known."""
    return None if figures.target is None or figures.on_track is None else _PACE[figures.on_track]


def _target(figures: Obligation) -> Value:
    value = figures.target
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()


MEAN = ClassFigure("生均册数", "生均", "册", "借书册数 ÷ 学生人数", lambda figures: figures.mean)
TARGET = ClassFigure("目标", "目标", "册", "全班人均要借的册数，不是每人的", _target)
FIGURES = (
    ClassFigure("学生人数", "人数", "人", "班级表的学生人数", lambda figures: figures.pupils),
    ClassFigure("名册人数", "", "人", "读者名册里在用的学生", lambda figures: figures.on_register),
    ClassFigure("借书册数", "借书", "册", "学生个人借的，按借出日期算，续借不算", lambda figures: figures.loans),
    ClassFigure("借书次数", "次数", "次", "一名学生一天借书算一次", lambda figures: figures.visits),
    MEAN,
    TARGET,
    ClassFigure("借满人数", "借满", "人", "借够每人最低册数的学生", lambda figures: figures.reached),
    ClassFigure("未借人数", "未借", "人", "一册没借的学生，只在室内阅览的班不算", lambda figures: figures.none),
    ClassFigure("还差册数", "还差", "册", "全班到学期末还要借的册数", lambda figures: figures.gap),
    ClassFigure("到今天应借", "应借", "册", "全班按开放天数到今天该借的册数", lambda figures: figures.expected),
    ClassFigure("进度", "进度", "", "借书册数比应借的多少", pace),
    ClassFigure("每周要借", "每周", "册", "全班从现在起每周要借的册数", lambda figures: figures.per_week),
    ClassFigure("图书角", "", "册", "班级图书角借去的", lambda figures: figures.corner or None),
    ClassFigure("室内阅览", "", "册", "在室内看的", lambda figures: figures.in_room or None),
)
# What a table says of itself where the names of its columns could be taken for something else.
_TOLD = ("目标", "借满人数", "还差册数", "到今天应借", "每周要借")


class FiguresRow(NamedTuple):
    """One row: what it is of, its figures and the classes they are of; whether it sums up others."""

    name: str
    figures: Obligation
    members: Sequence[ClassQuota]
    is_total: bool = False


def figure_rows(quotas: Statement) -> list[FiguresRow]:
    """Each class, each grade that has several, then the school where it has several; every row of one base."""
    classes = [FiguresRow(quota.school_class.name, class_figures(quota), [quota]) for quota in quotas.classes]
    grades = [
        FiguresRow(f"{grade} 年级合计", figures, members, is_total=True)
        for grade, figures in grade_rows(quotas)
        if len(members := _of_grade(quotas, grade)) > 1
    ]
    measured = [quota for quota in quotas.classes if quota.obligation.target is not None]
    totals = [
        FiguresRow(name, figures, quotas.classes if name == _SCHOOL else measured, is_total=True)
        for name, figures in total_rows(quotas)
        if len(classes) > 1
    ]
    return [*classes, *(row._replace(figures=_of_one_base(row)) for row in (*grades, *totals))]


def _of_one_base(row: FiguresRow) -> Obligation:
    """Without 借满 where only some of the classes ask it of each pupil: it is not of the pupils of the row."""
    asked = [quota.least is not None for quota in row.members]
    return row.figures if all(asked) else replace(row.figures, reached=None)


def shown(rows: Sequence[FiguresRow], figures: Iterable[ClassFigure] = FIGURES) -> list[ClassFigure]:
    """The figures that some row has."""
    return [one for one in figures if any(one.of(row.figures) is not None for row in rows)]


def meanings(figures: Iterable[ClassFigure], *, short: bool) -> str:
    """What the columns of a table mean that could be misread: 目标：全班人均要借的册数，不是每人的。"""
    told = [f"{one.short if short else one.name}：{one.meaning}" for one in figures if one.name in _TOLD]
    return f"{'；'.join(told)}。" if told else ""


def least_sentence(quotas: Statement) -> str:
    """How many of the pupils of whom each must borrow some have done so, where these are not all; '' else."""
    asked = [quota for quota in quotas.classes if quota.least is not None]
    if not asked or len(asked) == len(quotas.classes):
        return ""
    pupils = sum(len(quota.pupils) for quota in asked)
    return f"有每人最低册数的 {len(asked)} 个班，读者名册 {pupils} 人，借满 {reached_least(asked)} 人。"


def class_figures(quota: ClassQuota) -> Obligation:
    """A class's figures as a table shows them: where a class only reads in the room, nobody is 未借."""
    figures = replace(quota.obligation, reached=reached_least([quota]))
    return replace(figures, none=None) if quota.only_in_room else figures


def reached_least(quotas: Iterable[ClassQuota]) -> int | None:
    """Pupils who have borrowed the least each pupil must; None where nothing is asked of one pupil."""
    asked = [quota for quota in quotas if quota.least is not None]
    return sum(not pupil.short_by for quota in asked for pupil in quota.pupils) if asked else None


def grade_rows(quotas: Statement) -> list[tuple[int, Obligation]]:
    """The sums of each grade; in one that only reads in the room nobody is 未借."""
    found = []
    for grade, figures in quotas.grades:
        members = _of_grade(quotas, grade)
        none = None if all(quota.only_in_room for quota in members) else figures.none
        found.append((grade, replace(figures, none=none, reached=reached_least(members))))
    return found


def total_rows(quotas: Statement) -> list[tuple[str, Obligation]]:
    """The sums below the classes, each of one base: where only some classes have a target, these stand in a row
    of their own, and the row of the whole school has no target to stand beside.
    """
    school = quotas.school
    if school.target is None or quotas.measured.pupils == school.pupils:
        return [(_SCHOOL, replace(school, reached=reached_least(quotas.classes)))]
    without = replace(
        school, target=None, reached=None, none=None, gap=None, expected=None, on_track=None, per_week=None
    )
    measured = replace(quotas.measured, reached=reached_least(quotas.classes))
    return [("有指标的班", measured), (_SCHOOL, without)]


def _of_grade(quotas: Statement, grade: int) -> list[ClassQuota]:
    return [quota for quota in quotas.classes if quota.school_class.grade == grade]
