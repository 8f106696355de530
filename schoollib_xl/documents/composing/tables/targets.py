"""任务指标 in a paper: as lines of a table and as the goals of a plan."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from schoollib_xl.documents.composing.confirmed import outcomes
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.lending import grade_words, is_nearly_over
from schoollib_xl.documents.composing.facts.stating import printed, shortfall
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.words.promised import is_said
from schoollib_xl.documents.filling.stylebook import ITEM
from schoollib_xl.documents.papers.plan import PlanLine, TargetLine
from schoollib_xl.ledgers.library import grouped
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.borrowing.targets import BORROWING, Target
from schoollib_xl.quotas.measures.outcomes import TargetOutcome
from schoollib_xl.rules.target_names import LESS_IS_BETTER, TargetName, activity_of
from schoollib_xl.rules.target_spans import TargetSpan
from schoollib_xl.wording.papers.provenance import Figure
from schoollib_xl.wording.quotas.verdicts import outcome_word, plain, target_title

_HOLDINGS = (
    TargetName.HOLDINGS,
    TargetName.NEW_COPIES,
    TargetName.PERIODICALS,
    TargetName.REFERENCE_TITLES,
    TargetName.SUBSCRIPTIONS,
    TargetName.E_BOOKS,
)
_KINDS = ("借阅", "藏书和报刊", "读书和检查活动", "其他")
# What a target's name says of its unit goes before the unit itself: 报刊24种, not 报刊种数24种.
_MEASURE = re.compile("(?:册数|种数|次数|期数|场数|人数|字数|金额|小时)$")
_NOT_REACHED = "其中借书没有达到目标册数的学生。"
MEMBERS, REACHED = "这些年级读者名册中在用的学生。", "其中借书达到目标册数的学生。"


def target_lines(material: SourceMaterial, evidence: Evidence) -> tuple[TargetLine, ...]:
    """What is promised, without what was done: all of it, so that summary and plan list the same targets; none where
    her own text says each.
    """
    return tuple(_promise(one, evidence) for one in outcomes(material)) if _promises(material) else ()


def outcome_lines(material: SourceMaterial, evidence: Evidence) -> tuple[TargetLine, ...]:
    """What was promised against what was done."""
    return tuple(_result(outcome, material, evidence) for outcome in outcomes(material))


def goals(material: SourceMaterial, evidence: Evidence, before: int = 0) -> tuple[PlanLine, ...]:
    """工作目标: the targets as numbered items, those of one kind in one; numbered on from the items before them."""
    kinds = grouped(_promises(material), lambda outcome: _kind(outcome.target))
    said = ((name, "；".join(_goals(kinds[name], evidence))) for name in _KINDS if name in kinds)
    return tuple(PlanLine(f"{number}．{name}：{text}。", ITEM) for number, (name, text) in enumerate(said, before + 1))


def _kind(target: Target) -> str:
    if target.name in BORROWING:
        return "借阅"
    if target.name in _HOLDINGS:
        return "藏书和报刊"
    return "读书和检查活动" if activity_of(target.name) else "其他"


def _goals(promised: Sequence[TargetOutcome], evidence: Evidence) -> Iterator[str]:
    """生均借书三至六年级8册、二年级2册, one clause for each name."""
    by_name: dict[str, list[Target]] = {}
    bases = {one.target.name: one.indicator.base for one in promised if one.indicator and one.indicator.base}
    for outcome in promised:
        by_name.setdefault(outcome.target.name, []).append(outcome.target)
    for name, same in by_name.items():
        clauses = [f"{_of(target)}{_goal(target, evidence)}" for target in same]
        yield without_measure(name) + bases.get(name, "") + "、".join(clauses)


def without_measure(name: str) -> str:
    """A target's name in front of its figure: 报刊, of which there are 24种."""
    return _MEASURE.sub("", name)


def _of(target: Target) -> str:
    return grade_words(target.grades) if target.scope else ""


def _goal(target: Target, evidence: Evidence) -> str:
    yearly = "每年" if target.span is TargetSpan.YEAR else ""
    return f"{yearly}{bound(target)}{_value(target, evidence)}{measure(target)}"


def bound(target: Target) -> str:
    """不少于, or 不超过 of what is better the less it is."""
    return "不超过" if target.name in LESS_IS_BETTER else "不少于"


def _promises(material: SourceMaterial) -> list[TargetOutcome]:
    """What her own text does not say."""
    return [outcome for outcome in outcomes(material) if not is_said(material, outcome.target)]


def _title(outcome: TargetOutcome, evidence: Evidence) -> str:
    """The name of a target, with what its figure is of."""
    return evidence.quote(target_title(outcome), "任务指标", Cell(TargetRow, outcome.target.line, "name"))


def _promise(outcome: TargetOutcome, evidence: Evidence) -> TargetLine:
    target = outcome.target
    return TargetLine(
        _title(outcome, evidence),
        grade_words(target.grades),
        bound(target) + _asked(target, evidence),
        basis=evidence.quote(target.basis, f"{target.name}的依据", Cell(TargetRow, target.line, "basis")),
        responsible=evidence.quote(target.person, f"{target.name}的责任人", Cell(TargetRow, target.line, "person")),
    )


def _result(outcome: TargetOutcome, material: SourceMaterial, evidence: Evidence) -> TargetLine:
    target = outcome.target
    if target.name == TargetName.LEAST_COPIES and outcome.actual is not None:
        done, result = _pupils_reached(outcome, material, evidence)
    else:
        result = "班级表不全，没有算" if outcome.lacks_pupils else _outcome(outcome, evidence)
        done = _done(outcome, evidence)
    return TargetLine(
        _title(outcome, evidence),
        grade_words(target.grades),
        _asked(target, evidence),
        done,
        result,
        reason=evidence.quote(
            reason_of(material, outcome), f"{target.name}的原因", Cell(TargetRow, target.line, "reason")
        ),
    )


def _done(outcome: TargetOutcome, evidence: Evidence) -> str:
    target, indicator = outcome.target, outcome.indicator
    if indicator is None or indicator.value is None:
        return ""
    shown = printed(indicator.value)
    figure = Figure(f"{_named(target)}完成", shown, indicator.definition, indicator.as_of, indicator.source)
    return evidence.show(figure) + measure(target)


def _pupils_reached(outcome: TargetOutcome, material: SourceMaterial, evidence: Evidence) -> tuple[str, str]:
    """Of a minimum for each pupil: 200人中187人, and 13人没借满."""
    whole, part = material.quotas.pupils_reached(outcome) or (0, 0)
    source = outcome.indicator.source if outcome.indicator else ()
    shown = [
        evidence.of(f"{_named(outcome.target)}人数", count, words, sources=source)
        for count, words in ((whole, MEMBERS), (part, REACHED), (whole - part, _NOT_REACHED))
    ]
    return f"{shown[0]}人中{shown[1]}人", f"{shown[2]}人没借满" if whole > part else outcome_word(outcome)


def reason_of(material: SourceMaterial, outcome: TargetOutcome) -> str:
    """原因 as she wrote it, without its full stop; '' where the target was not missed, she wrote none, or the paper is
    about another term than the one she wrote it for.
    """
    row = next((row for row in material.library[TargetRow] if row.line == outcome.target.line), None)
    if row is None or not outcome.is_missed or not (material.is_set_term and is_nearly_over(material)):
        return ""
    return (row.reason or "").strip().rstrip("。")


def _outcome(outcome: TargetOutcome, evidence: Evidence) -> str:
    indicator, target = outcome.indicator, outcome.target
    if outcome.is_reached or indicator is None or indicator.exact is None:
        return outcome_word(outcome)
    cells = (Cell(TargetRow, target.line, "value"),)
    gap = shortfall(target.value or Decimal(0), indicator)
    is_over = target.name in LESS_IS_BETTER
    words = "完成 − 目标值。" if is_over else "目标值 − 完成。"
    figure = Figure(f"{_named(target)}相差", gap, words, indicator.as_of, indicator.source, cells)
    said = f"{'超过' if is_over else '差'}{evidence.show(figure)}{measure(target)}"
    return f"{said}，全年的，没有到期" if outcome.is_open else said


def _asked(target: Target, evidence: Evidence) -> str:
    return _value(target, evidence) + target.unit


def _value(target: Target, evidence: Evidence) -> str:
    at = Cell(TargetRow, target.line, "value")
    return evidence.of(f"{_named(target)}目标", plain(target.value), "任务指标的目标值。", at)


def measure(target: Target) -> str:
    """The unit of a figure of the term: 册 of 册/年."""
    return target.unit.partition("/")[0]


def _named(target: Target) -> str:
    return f"{target.name}（{grade_words(target.grades)}）"
