"""任务指标 in a paper: as lines of a table and as the goals of a plan."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from schoollib_xl.documents.composing.confirmed import outcomes
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.grounds import Grounds
from schoollib_xl.documents.composing.lending_facts import grade_words
from schoollib_xl.documents.composing.stating import printed, shortfall
from schoollib_xl.documents.filling.style_names import ITEM
from schoollib_xl.documents.papers.plan import Line, TargetLine
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.outcomes import Outcome
from schoollib_xl.quotas.targets import BORROWING, Target
from schoollib_xl.rules.target_names import TargetName, activity_of
from schoollib_xl.wording.provenance import Figure
from schoollib_xl.wording.quotas import outcome_word, plain

_HOLDINGS = (
    TargetName.HOLDINGS,
    TargetName.NEW_COPIES,
    TargetName.PERIODICALS,
    TargetName.REFERENCE_TITLES,
    TargetName.SUBSCRIPTIONS,
    TargetName.E_BOOKS,
)


def target_lines(grounds: Grounds, evidence: Evidence) -> tuple[TargetLine, ...]:
    """What is promised, without what was done."""
    return tuple(_promise(outcome.target, grounds, evidence) for outcome in _sound(grounds))


def outcome_lines(grounds: Grounds, evidence: Evidence) -> tuple[TargetLine, ...]:
    """What was promised against what was done."""
    return tuple(_result(outcome, grounds, evidence) for outcome in _sound(grounds))


def goals(grounds: Grounds, evidence: Evidence) -> tuple[Line, ...]:
    """工作目标: the targets as numbered items, those of one kind in one."""
    kinds: dict[str, list[Target]] = {}
    for outcome in _sound(grounds):
        kinds.setdefault(_kind(outcome.target), []).append(outcome.target)
    said = ((name, "；".join(_goals(kinds[name], grounds, evidence))) for name in _KINDS if name in kinds)
    return tuple(Line(f"{number}．{name}：{text}。", ITEM) for number, (name, text) in enumerate(said, 1))


_KINDS = ("借阅", "藏书和报刊", "读书和检查活动", "其他")


def _kind(target: Target) -> str:
    if target.name in BORROWING:
        return "借阅"
    if target.name in _HOLDINGS:
        return "藏书和报刊"
    return "读书和检查活动" if activity_of(target.name) else "其他"


def _goals(targets: Sequence[Target], grounds: Grounds, evidence: Evidence) -> Iterator[str]:
    """生均借书三至六年级8册、二年级2册, one clause for each name."""
    by_name: dict[str, list[Target]] = {}
    for target in targets:
        by_name.setdefault(target.name, []).append(target)
    for name, same in by_name.items():
        clauses = [f"{grade_words(one.grades) if one.scope else ''}{_goal(one, grounds, evidence)}" for one in same]
        yield _MEASURE.sub("", name) + "、".join(clauses)


# What a target's name says of its unit goes before the unit itself: 报刊24种, not 报刊种数24种.
_MEASURE = re.compile("(?:册数|种数|次数|期数|场数|人数|字数|金额|小时)$")


# The figures of which less is better; of all others a plan promises at least so many.
_AT_MOST = ("逾期率", "丢失率")


def _goal(target: Target, grounds: Grounds, evidence: Evidence) -> str:
    yearly = "每年" if target.unit.endswith("/年") else ""
    bound = "不超过" if target.name in _AT_MOST else "不少于"
    return f"{yearly}{bound}{_value(target, grounds, evidence)}{_measure(target)}"


def _sound(grounds: Grounds) -> list[Outcome]:
    return outcomes(grounds)


def _promise(target: Target, grounds: Grounds, evidence: Evidence) -> TargetLine:
    return TargetLine(
        evidence.quote(target.name, "任务指标", Cell(TargetRow, target.line, "name")),
        grade_words(target.grades),
        _asked(target, grounds, evidence),
        basis=evidence.quote(target.basis, f"{target.name}的依据", Cell(TargetRow, target.line, "basis")),
        responsible=evidence.quote(target.person, f"{target.name}的责任人", Cell(TargetRow, target.line, "person")),
    )


def _result(outcome: Outcome, grounds: Grounds, evidence: Evidence) -> TargetLine:
    target, indicator = outcome.target, outcome.indicator
    done = ""
    if indicator is not None and indicator.value is not None:
        shown = printed(indicator.value)
        figure = Figure(f"{_named(target)}完成", shown, indicator.definition, indicator.as_of, indicator.source)
        done = evidence.show(figure) + _measure(target)
    return TargetLine(
        evidence.quote(target.name, "任务指标", Cell(TargetRow, target.line, "name")),
        grade_words(target.grades),
        _asked(target, grounds, evidence),
        done,
        _outcome(outcome, evidence),
        reason=evidence.quote(
            reason_of(grounds, target), f"{target.name}的原因", Cell(TargetRow, target.line, "reason")
        ),
    )


def _reason(target: Target, grounds: Grounds, evidence: Evidence) -> str:
    return evidence.quote(reason_of(grounds, target), f"{target.name}的原因", Cell(TargetRow, target.line, "reason"))


def reason_of(grounds: Grounds, target: Target) -> str:
    """原因 as she wrote it, without its full stop; '' where the target was reached or she wrote none."""
    row = next((row for row in grounds.library[TargetRow] if row.line == target.line), None)
    return (row.reason or "").strip().rstrip("。") if row else ""


def _outcome(outcome: Outcome, evidence: Evidence) -> str:
    indicator, target = outcome.indicator, outcome.target
    if outcome.is_reached or indicator is None or indicator.exact is None:
        return outcome_word(outcome)
    cells = (Cell(TargetRow, target.line, "value"),)
    gap = shortfall(target.value or Decimal(0), indicator)
    figure = Figure(f"{_named(target)}相差", gap, "目标值 − 完成。", indicator.as_of, indicator.source, cells)
    return f"差{evidence.show(figure)}{_measure(target)}"


def _asked(target: Target, grounds: Grounds, evidence: Evidence) -> str:
    return _value(target, grounds, evidence) + target.unit


def _value(target: Target, grounds: Grounds, evidence: Evidence) -> str:
    cells = (Cell(TargetRow, target.line, "value"),)
    name, definition = f"{_named(target)}目标", "任务指标的目标值。"
    return evidence.show(Figure(name, plain(target.value), definition, grounds.cut_off, cells=cells))


def _measure(target: Target) -> str:
    """The unit of a figure of the term: 册 of 册/年."""
    return target.unit.partition("/")[0]


def _named(target: Target) -> str:
    return f"{target.name}（{grade_words(target.grades)}）"
