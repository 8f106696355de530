"""A term in which not one loan of a pupil is on record: what was borrowed in it is not known, and is not none."""

from dataclasses import replace

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.quotas.borrowing.obligation import Obligation
from schoollib_xl.quotas.borrowing.targets import BORROWING
from schoollib_xl.quotas.measures.indicator import Indicator
from schoollib_xl.quotas.measures.outcomes import TargetOutcome
from schoollib_xl.quotas.statement import Statement

OF_PUPILS = (*BORROWING, "学生借阅率")
"""The figures of what pupils borrowed."""


def recorded_outcomes(quotas: Statement) -> tuple[TargetOutcome, ...]:
    """The targets; those of borrowing without a figure where there is no record."""
    if not _is_wanting(quotas):
        return quotas.outcomes
    return tuple(replace(one, indicator=None) if one.target.name in BORROWING else one for one in quotas.outcomes)


def as_recorded(quotas: Statement) -> Statement:
    """The quotas as they may be shown: where there is no record, no class has figures of borrowing and no pupil is
    listed. What is still to be borrowed stays until the term is over.
    """
    if not _is_wanting(quotas):
        return quotas
    is_over = quotas.is_over
    return replace(
        quotas,
        outcomes=recorded_outcomes(quotas),
        classes=tuple(
            replace(one, obligation=_unrecorded(one.obligation, is_over=is_over), pupils=(), catch_up=None)
            for one in quotas.classes
        ),
        grades=tuple((grade, _unrecorded(figures, is_over=is_over)) for grade, figures in quotas.grades),
        school=_unrecorded(quotas.school, is_over=is_over),
        measured=_unrecorded(quotas.measured, is_over=is_over),
        indicators=tuple(
            replace(one, numerator=None) if _is_unrecorded(quotas, one) else one for one in quotas.indicators
        ),
    )


def _is_wanting(quotas: Statement) -> bool:
    """Not of a term that is to come."""
    return quotas.lacks_loans and not (quotas.period and quotas.period.cut_off < quotas.period.term.start)


def _unrecorded(figures: Obligation, *, is_over: bool) -> Obligation:
    """Whoever only waits for a turn keeps up all the same."""
    bare = replace(
        figures, loans=None, visits=None, mean=None, reached=None, none=None, on_track=figures.on_track or None
    )
    return replace(bare, gap=None, expected=None, per_week=None) if is_over else bare


def _is_unrecorded(quotas: Statement, indicator: Indicator) -> bool:
    """What pupils borrowed, and where nobody else has a loan either, all that is counted from loans."""
    others = quotas.school.corner or quotas.school.in_room or quotas.teacher_loans
    of_loans = not others and any(source.row_type is LoanRow for source in indicator.source[:1])
    return of_loans or indicator.name in OF_PUPILS
