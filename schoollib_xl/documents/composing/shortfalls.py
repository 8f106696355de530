"""存在问题 of a summary: each target that was missed, with its figures, its cause as she wrote it, what is lacking."""

from collections.abc import Iterator
from math import ceil

from schoollib_xl.documents.composing.activity_facts import comparable_outcomes
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.grounds import Grounds
from schoollib_xl.documents.composing.lending_facts import PUPILS, grade_words, is_nearly_over
from schoollib_xl.documents.composing.stating import printed
from schoollib_xl.documents.composing.targets import reason_of
from schoollib_xl.documents.papers.plan import Line
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.outcomes import Outcome
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.wording.provenance import Figure
from schoollib_xl.wording.quotas import plain

# Of these the school can work out how many copies are still to be bought.
_PER_PUPIL = (TargetName.HOLDINGS, TargetName.NEW_COPIES)


def missed_lines(grounds: Grounds, evidence: Evidence) -> tuple[Line, ...]:
    """One paragraph about the targets missed; nothing while the term is under way."""
    if not is_nearly_over(grounds):
        return ()
    missed = [one for one in comparable_outcomes(grounds) if not one.is_reached]
    said = "；".join(_missed(one, grounds, evidence) for one in missed)
    return (Line(f"没有完成的指标：{said}。"),) if said else ()


def _missed(outcome: Outcome, grounds: Grounds, evidence: Evidence) -> str:
    target = outcome.target
    name = f"{grade_words(target.grades) if target.scope else ''}{target.name}"
    parts = [name + _measured(outcome, name, grounds, evidence), *_lacking(outcome, name, grounds, evidence)]
    if reason := evidence.quote(reason_of(grounds, target), f"{name}的原因", Cell(TargetRow, target.line, "reason")):
        parts.append(f"原因是{reason.removeprefix('因为').removeprefix('原因是')}")
    return "，".join(parts)


def _measured(outcome: Outcome, name: str, grounds: Grounds, evidence: Evidence) -> str:
    """目标25册、实际19.80册; of a minimum for each pupil, how many reached it."""
    target, indicator = outcome.target, outcome.indicator
    cells = (Cell(TargetRow, target.line, "value"),)
    wanted = evidence.show(
        Figure(f"{name}目标", plain(target.value), "任务指标的目标值。", grounds.cut_off, cells=cells)
    )
    unit = target.unit.partition("/")[0]
    if target.name == TargetName.LEAST_COPIES:
        return _reached(outcome, wanted + unit, grounds, evidence)
    if indicator is None or indicator.value is None:
        return f"目标{wanted}{unit}"
    source, value = indicator.source, printed(indicator.value)
    actual = evidence.show(Figure(f"{name}完成", value, indicator.definition, indicator.as_of, source))
    return f"目标{wanted}{unit}、实际{actual}{unit}"


def _reached(outcome: Outcome, wanted: str, grounds: Grounds, evidence: Evidence) -> str:
    target, source = outcome.target, outcome.indicator.source if outcome.indicator else ()
    pupils = [
        pupil
        for quota in grounds.stated.classes
        if quota.school_class.grade in (target.grades or ())
        for pupil in quota.pupils
    ]
    reached = sum(pupil.copies >= (target.value or 0) for pupil in pupils)
    counts = ((str(len(pupils)), "这些年级读者名册中在用的学生。"), (str(reached), "其中借书达到目标册数的学生。"))
    whole, part = (
        evidence.show(Figure(f"{target.name}人数", count, words, grounds.cut_off, source)) for count, words in counts
    )
    return f"目标{wanted}，{whole}人中{part}人借满"


def _lacking(outcome: Outcome, name: str, grounds: Grounds, evidence: Evidence) -> Iterator[str]:
    target, indicator = outcome.target, outcome.indicator
    pupils = grounds.stated.school.pupils
    if target.name not in _PER_PUPIL or indicator is None or indicator.numerator is None or not pupils:
        return
    lacking = ceil((target.value or 0) * pupils - indicator.numerator)
    words = "目标值 × 学生人数 − 现有册数。"
    figure = Figure(f"{name}还差册数", str(lacking), words, grounds.cut_off, (*indicator.source, PUPILS))
    yield f"还要添{evidence.show(figure)}册"
