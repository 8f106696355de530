"""The quotas of a term as tables of words: the targets, and what each class has borrowed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from schoollib_xl.quotas.obligation import Obligation
from schoollib_xl.quotas.statement import ClassQuota, Statement
from schoollib_xl.wording.quotas import ABSENT, figure, limit_reason, outcome_word, plain, scope

_PACE = {True: "跟上", False: "落后", None: ABSENT}
_FIGURES = ("人数", "借书", "次数", "生均", "目标", "借满", "未借", "还差", "应借", "进度", "每周")
CLASSES_TITLE = "各班（目标是全班人均；借满：借够每人最低册数的人；还差、应借、每周是册数）"


class Tabled(NamedTuple):
    """A table: its header, and its rows of the same length."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def targets_table(stated: Statement) -> Tabled:
    """Every target of the school beside what was reached of it."""
    rows = [
        (
            outcome.target.name,
            scope(outcome.target),
            plain(outcome.target.value),
            figure(outcome.actual),
            outcome.target.unit,
            outcome_word(outcome),
        )
        for outcome in stated.outcomes
    ]
    return Tabled(("指标", "范围", "目标", "完成", "单位", "结果"), rows)


def target_limits(stated: Statement) -> list[str]:
    """Why targets that cannot be met cannot, a sentence each."""
    reasons = ((outcome.target.name, limit_reason(outcome)) for outcome in stated.outcomes)
    return [f"“{name}”做不到：{reason}" for name, reason in reasons if reason]


def classes_table(stated: Statement) -> Tabled:
    """The figures of each class, then of each grade and of the school."""
    rows = [(quota.school_class.name, *_figures(class_figures(quota))) for quota in stated.classes]
    grades = [(f"{grade} 年级", *_figures(figures)) for grade, figures in grade_rows(stated)]
    totals = [(name, *_figures(figures)) for name, figures in total_rows(stated)]
    return Tabled(("班级", *_FIGURES), [*rows, *grades, *totals])


def class_figures(quota: ClassQuota) -> Obligation:
    """A class's figures as a table shows them: where a class only reads in the room, nobody is 未借."""
    figures = replace(quota.obligation, reached=reached_least([quota]))
    return replace(figures, none=None) if quota.only_in_room else figures


def reached_least(quotas: Iterable[ClassQuota]) -> int | None:
    """Pupils who have borrowed the least each pupil must; None where nothing is asked of one pupil."""
    asked = [quota for quota in quotas if quota.least is not None]
    return sum(not pupil.short_by for quota in asked for pupil in quota.pupils) if asked else None


def grade_rows(stated: Statement) -> list[tuple[int, Obligation]]:
    """The sums of each grade; in one that only reads in the room nobody is 未借."""
    found = []
    for grade, figures in stated.grades:
        members = [quota for quota in stated.classes if quota.school_class.grade == grade]
        none = None if all(quota.only_in_room for quota in members) else figures.none
        found.append((grade, replace(figures, none=none, reached=reached_least(members))))
    return found


def total_rows(stated: Statement) -> list[tuple[str, Obligation]]:
    """The sums below the classes, each of one base: where only some classes have a target, these stand in a row
    of their own, and the row of the whole school has no target to stand beside.
    """
    school = stated.school
    if school.target is None or stated.measured.pupils == school.pupils:
        return [("全校", replace(school, reached=reached_least(stated.classes)))]
    without = replace(
        school, target=None, reached=None, none=None, gap=None, expected=None, on_track=None, per_week=None
    )
    measured = replace(stated.measured, reached=reached_least(stated.classes))
    return [("有指标的班", measured), ("全校", without)]


def apart_sentence(stated: Statement) -> str:
    """What was borrowed in other ways than by pupils for themselves."""
    return (
        f"另外：班级图书角 {figure(stated.school.corner)} 册，室内阅览 {figure(stated.school.in_room)} 册，"
        f"教师借书 {figure(stated.teacher_loans)} 册，都不算在上面。"
    )


def pace(figures: Obligation) -> str:
    """跟上 or 落后; a dash where nothing is asked or the pace is not known."""
    return ABSENT if figures.target is None else _PACE[figures.on_track]


def _figures(figures: Obligation) -> tuple[str, ...]:
    return (
        figure(figures.pupils),
        figure(figures.loans),
        figure(figures.visits),
        figure(figures.mean),
        plain(figures.target),
        figure(figures.reached),
        figure(figures.none),
        figure(figures.gap),
        figure(figures.expected),
        pace(figures),
        figure(figures.per_week),
    )
