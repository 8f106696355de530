"""A term in which not one loan of a pupil is on record: what was borrowed in it is not known, and is not none."""

from dataclasses import replace

from schoollib_xl.quotas.borrowing.obligation import Obligation
from schoollib_xl.quotas.borrowing.targets import BORROWING
from schoollib_xl.quotas.measures.lending_indicators import is_unrecorded
from schoollib_xl.quotas.measures.outcomes import TargetOutcome
from schoollib_xl.quotas.statement import Statement


def recorded_outcomes(quotas: Statement) -> tuple[TargetOutcome, ...]:
    """The targets; those of borrowing without a figure where there is no record, unless the term is to come."""
    if not quotas.lacks_loans or quotas.is_to_come:
        return quotas.outcomes
    return tuple(replace(one, indicator=None) if one.target.name in BORROWING else one for one in quotas.outcomes)


def as_recorded(quotas: Statement) -> Statement:
    """The quotas as they may be shown: where there is no record, no class has figures of borrowing and no pupil is
    listed. What is still to be borrowed stays until the term is over.
    """
    if not quotas.lacks_loans:
        return quotas
    others_have = bool(quotas.school.corner or quotas.school.in_room or quotas.teacher_loans)
    told = replace(
        quotas,
        outcomes=recorded_outcomes(quotas),
        indicators=tuple(
            replace(one, numerator=None) if is_unrecorded(one, others_have=others_have) else one
            for one in quotas.indicators
        ),
    )
    return told if quotas.is_to_come else _without_loans(told)


def _without_loans(quotas: Statement) -> Statement:
    is_over = quotas.is_over
    return replace(
        quotas,
        classes=tuple(
            replace(one, obligation=_unrecorded(one.obligation, is_over=is_over), pupils=(), catch_up=None)
            for one in quotas.classes
        ),
        grades=tuple((grade, _unrecorded(figures, is_over=is_over)) for grade, figures in quotas.grades),
        school=_unrecorded(quotas.school, is_over=is_over),
        measured=_unrecorded(quotas.measured, is_over=is_over),
    )


def _unrecorded(figures: Obligation, *, is_over: bool) -> Obligation:
    """Whoever only waits for a turn keeps up all the same."""
    bare = replace(
        figures, loans=None, visits=None, mean=None, reached=None, none=None, on_track=figures.on_track or None
    )
    return replace(bare, gap=None, expected=None, per_week=None) if is_over else bare
