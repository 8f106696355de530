"""The quotas of a term as tables of words: the targets, and what each class has borrowed."""

from collections.abc import Sequence
from typing import NamedTuple

from schoollib_xl.quotas.obligation import Obligation
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.wording.quotas import ABSENT, figure, limit_reason, outcome_word, plain, scope

_PACE = {True: "跟上", False: "落后", None: ABSENT}
_FIGURES = ("人数", "借书", "次数", "生均", "目标", "达标", "未借", "还差", "应借", "进度", "每周")
CLASSES_TITLE = "各班（学生个人借书；还差、应借、每周都是册数）"


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
    rows = [(quota.school_class.name, *_figures(quota.obligation)) for quota in stated.classes]
    grades = [(f"{grade} 年级", *_figures(figures)) for grade, figures in stated.grades]
    return Tabled(("班级", *_FIGURES), [*rows, *grades, ("全校", *_figures(stated.school))])


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
