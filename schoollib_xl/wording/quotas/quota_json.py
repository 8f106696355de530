"""The answer of `quota` as JSON-ready values: decimals are text, counts are numbers."""

from decimal import Decimal
from typing import Any

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.quotas.basis.shortfall import NotComputed
from schoollib_xl.quotas.borrowing.allowance import Allowance
from schoollib_xl.quotas.borrowing.obligation import Obligation
from schoollib_xl.quotas.measures.holdings import Holding
from schoollib_xl.quotas.measures.outcomes import TargetOutcome
from schoollib_xl.quotas.recorded import recorded_outcomes
from schoollib_xl.quotas.statement import ClassQuota, Statement
from schoollib_xl.rules.target_names import is_count
from schoollib_xl.wording.places import address
from schoollib_xl.wording.quotas.class_figures import IN_JSON, asked_least
from schoollib_xl.wording.quotas.obstacles import not_computed
from schoollib_xl.wording.quotas.verdicts import limit_reason, plain


def quota_json(library: Library, quotas: Statement) -> dict[str, Any]:
    """Everything `quota` says, by the names other programs rely on."""
    term = quotas.period.term if quotas.period else None
    return {
        "as_of": quotas.as_of.isoformat(),
        "term": {
            "start": term.start.isoformat() if term else None,
            "end": term.end.isoformat() if term else None,
        },
        "targets": [_target(outcome) for outcome in recorded_outcomes(quotas)],
        "classes": [_class(quota) for quota in quotas.classes],
        "school": {**_school(quotas), "not_computed": [_not_computed(library, lack) for lack in quotas.not_computed]},
        "holdings": [_holding(holding) for holding in quotas.holdings],
    }


def _not_computed(library: Library, lack: NotComputed) -> dict[str, str]:
    return dict(zip(("what", "why"), not_computed(library, lack), strict=True))


def allowance_json(library: Library, allowed: Allowance) -> dict[str, Any]:
    """What one reader has and may have, and the row that says so: of a class that reads in the room its own, else the
    lending rule; null where none fits.
    """
    return {
        "reader": allowed.reader.reader_no,
        "on_loan": len(allowed.on_loan),
        "overdue": len(allowed.overdue),
        "allowed": allowed.allowed,
        "left": allowed.left,
        "rule": _deciding(library, allowed),
    }


def _deciding(library: Library, allowed: Allowance) -> dict[str, str] | None:
    row = library.class_called(allowed.reader.class_name) if allowed.only_in_room else None
    if row and row.lending:
        return {**address(library, Cell(ClassRow, row.line, "lending")).as_json(), "basis": row.lending.value}
    return _rule(library, allowed.rule) if allowed.rule else None


def _rule(library: Library, rule: LendingRule) -> dict[str, str]:
    return {**address(library, Cell(LendingRule, rule.line)).as_json(), "basis": rule.basis}


def _target(outcome: TargetOutcome) -> dict[str, Any]:
    """A target with what was reached; no figure, as in the papers, where the pupils it is a mean over are not known."""
    target, actual = outcome.target, None if outcome.lacks_pupils else outcome.actual
    return {
        "name": target.name,
        "grade": target.scope,
        "target": asked_json(target.value, target.name),
        "unit": target.unit,
        "actual": figure_json(actual),
        "reached": outcome.is_reached,
        "basis": target.basis,
        "feasible": outcome.is_feasible,
        "limit_reason": limit_reason(outcome),
    }


def _class(quota: ClassQuota) -> dict[str, Any]:
    name = {"class": quota.school_class.name, "grade": quota.school_class.grade}
    return name | _obligation(quota.obligation)


def _obligation(figures: Obligation) -> dict[str, Any]:
    return {name: figure_json(one.of(figures)) for name, one in IN_JSON.items()}


def _school(quotas: Statement) -> dict[str, Any]:
    """The school as a class is shown, with what is counted apart: class corners, reading in the room, teachers,
    loans of no known class; the pupils 读者名册 has, to be compared with 学生人数; and of how many pupils each must
    borrow some and how many have: `reached` takes a mean for the number where there is no other, these never do.
    """
    asked, reached = asked_least(quotas)
    return _obligation(quotas.school) | {
        "class_corner_loans": quotas.school.corner,
        "in_room_loans": quotas.school.in_room,
        "teacher_loans": quotas.teacher_loans,
        "unplaced_loans": quotas.unplaced_loans,
        "pupils_on_register": quotas.school.on_register,
        "pupils_with_minimum": asked,
        "reached_minimum": reached,
    }


def _holding(holding: Holding) -> dict[str, Any]:
    indicator = holding.indicator
    return {
        "name": indicator.name,
        "actual": figure_json(indicator.value),
        "standard": asked_json(holding.standard, indicator.name),
        "gap": figure_json(holding.gap),
        "basis": holding.basis,
    }


def figure_json(value: Any) -> Any:
    """A figure as worked out: a count as a number, a quotient as text with its two decimals."""
    return str(value) if isinstance(value, Decimal) else value


def asked_json(value: Decimal | None, name: str) -> int | str | None:
    """A target or standard: text, but a number where it is whole and its figure is a count, recorded or not."""
    if value is None:
        return None
    return int(value) if is_count(name) and value == value.to_integral_value() else plain(value)
