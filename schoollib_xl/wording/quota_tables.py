"""The quotas of a term as tables of words: the targets, and what each class has borrowed."""

from collections.abc import Sequence
from typing import NamedTuple

from schoollib_xl.quotas.statement import Statement
from schoollib_xl.wording.answer import in_words
from schoollib_xl.wording.class_figures import figure_rows, least_sentence, meanings, shown, waits_for_turn
from schoollib_xl.wording.quotas import done_words, figure, limit_reason, outcome_word, plain, scope, target_title


class Tabled(NamedTuple):
    """A table: its header, and its rows of the same length."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def targets_table(quotas: Statement) -> Tabled:
    """Every target of the school beside what was reached of it."""
    rows = [
        (
            target_title(outcome),
            scope(outcome.target),
            plain(outcome.target.value),
            in_words(done_words(quotas, outcome)),
            outcome.target.unit,
            outcome_word(outcome),
        )
        for outcome in quotas.outcomes
    ]
    return Tabled(("指标", "范围", "目标", "完成", "单位", "结果"), rows)


def target_limits(quotas: Statement) -> list[str]:
    """Why targets that cannot be met cannot, a sentence each; not of those that have been."""
    reasons = ((outcome.target.name, limit_reason(outcome)) for outcome in quotas.outcomes if not outcome.is_reached)
    return [f"“{name}”做不到：{reason}" for name, reason in reasons if reason]


def unconfirmed_sentences(quotas: Statement) -> list[str]:
    """What above is not the school's own yet, and how to make it so."""
    named = "".join(f"“{name}”" for name in quotas.unconfirmed)
    how = "改成本校的，或者在基本信息的“已确认”里写上表名"
    return [f"{named}里还有新工作簿自带的内容，不是本校定的；{how}。"] if named else []


def classes_table(quotas: Statement) -> Tabled:
    """The figures of each class, then of each grade and of the school; a column that no row fills is left out."""
    rows = figure_rows(quotas)
    columns = [one for one in shown(rows) if one.short]
    cells = [(row.name, *(in_words(one.of(row.figures)) for one in columns)) for row in rows]
    return Tabled(("班级", *(one.short for one in columns)), cells)


_WAITING = "到今天轮到的都借满了、下一次还没轮到的班，不算落后。"


def classes_notes(quotas: Statement) -> list[str]:
    """What is to be known of the figures of the classes: what they mean, of whom they are, what is counted apart."""
    rows = figure_rows(quotas)
    said = (
        meanings(shown(rows), short=True),
        _WAITING if any(waits_for_turn(row.figures) for row in rows) else "",
        least_sentence(quotas),
        apart_sentence(quotas),
        register_sentence(quotas),
    )
    return [one for one in said if one]


def apart_sentence(quotas: Statement) -> str:
    """What was borrowed in other ways than by pupils for themselves; '' where nothing was."""
    counted = {"班级图书角": quotas.school.corner, "室内阅览": quotas.school.in_room, "教师借书": quotas.teacher_loans}
    apart = [f"{name} {count} 册" for name, count in counted.items() if count]
    return f"另外：{'，'.join(apart)}，不算在上面。" if apart else ""


def register_sentence(quotas: Statement) -> str:
    """学生人数 compared with the pupils 读者名册 has."""
    differing = [
        f"{quota.school_class.name}班级表 {quota.obligation.pupils} 人、读者名册 {quota.obligation.on_register} 人"
        for quota in quotas.classes
        if None not in (quota.obligation.pupils, quota.obligation.on_register)
        and quota.obligation.pupils != quota.obligation.on_register
    ]
    pupils, on_register = figure(quotas.school.pupils), figure(quotas.school.on_register)
    base = "班级表里没有学生人数" if quotas.school.pupils is None else f"生均的分母是班级表的学生人数 {pupils} 人"
    said = f"{base}，读者名册在用的学生 {on_register} 人"
    return f"{said}：{'；'.join(differing)}。" if differing else f"{said}。"
