"""存在问题 of a summary: each target that was missed, with its figures, its cause as she wrote it, what is lacking."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.activities import comparable_outcomes
from schoollib_xl.documents.composing.facts.lending import grade_words, is_nearly_over
from schoollib_xl.documents.composing.facts.stating import printed
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.tables.targets import MEMBERS, REACHED, measure, reason_of, without_measure
from schoollib_xl.documents.papers.plan import PlanLine
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.measures.indicator import PUPILS
from schoollib_xl.quotas.measures.outcomes import TargetOutcome
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.wording.papers.provenance import Figure
from schoollib_xl.wording.quotas.verdicts import plain, target_title

# Of these one can work out how much the whole school or the grades lack, and of the first two, what is to be bought.
_TO_BUY = (TargetName.HOLDINGS, TargetName.NEW_COPIES)
_PER_PUPIL = (*_TO_BUY, TargetName.COPIES_PER_PUPIL, TargetName.VISITS_PER_PUPIL)
_LACKING = "目标值 × 学生人数 − 完成的数。"


def missed_lines(material: SourceMaterial, evidence: Evidence, *, is_short: bool) -> tuple[PlanLine, ...]:
    """One paragraph about the targets missed; nothing while the term is under way. A short one gives the figures
    alone.
    """
    if not is_nearly_over(material):
        return ()
    missed = [one for one in comparable_outcomes(material) if not (one.is_reached or one.is_open)]
    told = _name_and_figures if is_short else _missed
    said = "；".join(told(one, material, evidence) for one in missed)
    return (PlanLine(f"没有完成的指标：{said}。"),) if said else ()


def _missed(outcome: TargetOutcome, material: SourceMaterial, evidence: Evidence) -> str:
    target, name = outcome.target, _name(outcome)
    parts = [_name_and_figures(outcome, material, evidence), *_lacking(outcome, name, material, evidence)]
    if reason := evidence.quote(reason_of(material, outcome), f"{name}的原因", Cell(TargetRow, target.line, "reason")):
        parts.append(f"原因是{reason.removeprefix('因为').removeprefix('原因是')}")
    return "，".join(parts)


def _name_and_figures(outcome: TargetOutcome, material: SourceMaterial, evidence: Evidence) -> str:
    name = _name(outcome)
    return name + _measured(outcome, name, material, evidence)


def _name(outcome: TargetOutcome) -> str:
    """二年级生均借书, in front of 1.66册."""
    target, title = outcome.target, target_title(outcome)
    name = without_measure(target.name) if measure(target) else target.name
    return f"{grade_words(target.grades) if target.scope else ''}{name}{title.removeprefix(target.name)}"


def _measured(outcome: TargetOutcome, name: str, material: SourceMaterial, evidence: Evidence) -> str:
    """目标25册、实际19.80册; of a minimum for each pupil, how many reached it."""
    target, indicator = outcome.target, outcome.indicator
    wanted = evidence.of(
        f"{name}目标", plain(target.value), "任务指标的目标值。", Cell(TargetRow, target.line, "value")
    )
    unit = measure(target)
    if target.name == TargetName.LEAST_COPIES:
        return _reached(outcome, wanted + unit, material, evidence)
    if indicator is None or indicator.value is None:
        return f"（目标{wanted}{unit}）"
    source, value = indicator.source, printed(indicator.value)
    actual = evidence.show(Figure(f"{name}完成", value, indicator.definition, indicator.as_of, source))
    return f"{actual}{unit}（目标{wanted}{unit}）"


def _reached(outcome: TargetOutcome, wanted: str, material: SourceMaterial, evidence: Evidence) -> str:
    counts = zip(material.quotas.pupils_reached(outcome) or (0, 0), (MEMBERS, REACHED), strict=True)
    source = outcome.indicator.source if outcome.indicator else ()
    whole, part = (evidence.of(f"{outcome.target.name}人数", count, words, sources=source) for count, words in counts)
    return f"{wanted}，{whole}人中{part}人借满"


def _lacking(outcome: TargetOutcome, name: str, material: SourceMaterial, evidence: Evidence) -> Iterator[str]:
    """What would have been enough: copies to be bought or borrowed, times to be held."""
    target, indicator = outcome.target, outcome.indicator
    if target.name == TargetName.LEAST_COPIES:
        wanted = ceil(target.value or 0)
        copies = sum(max(0, wanted - pupil.copies) for pupil in material.quotas.pupils_asked(target))
        yield f"还差{_shown(name, copies, '没借满的学生各自还差的册数之和。', outcome, evidence)}册"
    elif indicator is None or indicator.exact is None or target.value is None:
        return
    elif target.name in _PER_PUPIL and indicator.denominator:
        lacking = ceil(Fraction(target.value) * indicator.denominator - Fraction(indicator.numerator or 0))
        verb = "还要添" if target.name in _TO_BUY else "还差"
        yield f"{verb}{_shown(name, lacking, _LACKING, outcome, evidence)}{measure(target)}"


def _shown(name: str, count: int, words: str, outcome: TargetOutcome, evidence: Evidence) -> str:
    sources = (*(outcome.indicator.source if outcome.indicator else ()), PUPILS)
    return evidence.of(f"{name}还差", count, words, sources=sources)
