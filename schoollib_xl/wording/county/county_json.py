"""What a county's schools come to, as JSON-ready values."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from schoollib_xl.county.findings_by_code import CodeCount, by_code, by_school, codes_that_changed
from schoollib_xl.county.record import SchoolRecord
from schoollib_xl.county.rollup import Rolled, SchoolEntry, ranked, shared_names, turnover
from schoollib_xl.county.small_groups import (
    ABOUT_CHILDREN,
    SMALL_GROUP,
    changed_and_not_shown_alone,
    not_shown_alone,
    per_borrower,
    together,
)
from schoollib_xl.county.two_names import doubled, named_alike
from schoollib_xl.county.visiting import Visit, visits
from schoollib_xl.wording.county.county_bulletin import shown_before, shown_figures, terms_of, title_of

_FIGURES = ("school", "pupils", "copies", "loans", "mean", "per_pupil", "errors", "warnings", "unchecked")


def county_json(rolled: Rolled) -> dict[str, Any]:
    """Everything a roll-up says, by the names other programs rely on. Figures about a few children are null in `each`;
    `county.together` says of which schools, why, and what these come to as one group.
    """
    hidden = not_shown_alone(rolled.counted)
    return {
        "schools": rolled.workbooks,
        "read": len(rolled.counted),
        "failed": [{"file": failure.file, "why": failure.why} for failure in rolled.failed],
        "county": _plain(_county(rolled)),
        "each": [_plain(_each(entry, is_hidden=entry.file in hidden)) for entry in rolled.counted],
    }


def _each(entry: SchoolEntry, *, is_hidden: bool) -> dict[str, Any]:
    figures = {name: getattr(entry.record, name) for name in _FIGURES}
    return {"file": entry.file, **figures, **(dict.fromkeys(ABOUT_CHILDREN) if is_hidden else {})}


def _county(rolled: Rolled) -> dict[str, Any]:
    entries, hidden = rolled.counted, not_shown_alone(rolled.counted)
    shown = [entry for entry in entries if entry.file not in hidden]
    below = [one.file for one in entries if one.record.misses_standard]
    return {
        **shown_figures(entries)._asdict(),
        "below_standard": below,
        "shared_names": {name: [one.file for one in schools] for name, schools in shared_names(entries).items()},
        "named_alike": {name: [one.file for one in schools] for name, schools in named_alike(entries).items()},
        "perhaps_one": [[one.file for one in group] for group in doubled(entries)],
        "namesakes": _namesakes([other.record for one in entries for other in one.namesakes]),
        "terms": {name: len(schools) for name, schools in terms_of(entries).items()},
        "together": _together(entries),
        "findings": [_code(code, entries) for code in by_code(entries)],
        "ranking": [
            {"rank": place, "file": one.file, "mean": one.record.mean}
            for place, one in ranked(shown, lambda record: record.mean)
        ],
        "circulation": [_circulation(place, one) for place, one in ranked(shown, turnover)],
        "changes": _changes(rolled),
        "visits": [*map(_visit, visits(entries, rolled.absent))],
        "outstanding": [one._asdict() for one in rolled.outstanding],
    }


def _code(code: CodeCount, entries: Sequence[SchoolEntry]) -> dict[str, Any]:
    each = [
        {"file": one.entry.file, "findings": one.findings, "per_thousand": one.per_thousand}
        for one in by_school(entries, code.code)
    ]
    return {**code._asdict(), "title": title_of(code.code), "each": each}


def _visit(visit: Visit) -> dict[str, Any]:
    sample = visit.sample and visit.sample.model_dump(mode="json")
    return {"file": visit.file, "why": visit.why, "codes": [*visit.codes], "sample": sample}


def _namesakes(others: Sequence[SchoolRecord]) -> dict[str, int]:
    """Workbooks of a name that is counted already, which are in no total."""
    errors, warnings = sum(other.errors for other in others), sum(other.warnings for other in others)
    return {"workbooks": len(others), "errors": errors, "warnings": warnings}


def _together(entries: Sequence[SchoolEntry]) -> dict[str, Any] | None:
    few = together(entries)
    why = f"学生不到 {SMALL_GROUP} 人的学校，和人数有关的数不单列；合计减得出来的，另一所也这样。"
    return few and {"why": why, **few._asdict()}


def _circulation(place: int, entry: SchoolEntry) -> dict[str, Any]:
    record = entry.record
    return {
        "rank": place,
        "file": entry.file,
        "circulated": record.circulated,
        "copies": record.copies,
        "turnover": turnover(record),
        "per_borrower": per_borrower(record),
    }


def _changes(rolled: Rolled) -> dict[str, Any] | None:
    """What is other than in the run before; None where there was none."""
    changes = rolled.changes
    if changes is None:
        return None
    hidden = changed_and_not_shown_alone(rolled, changes)
    return {
        "gone": [entry.file for entry in changes.gone],
        "new": [entry.file for entry in changes.new],
        "before": shown_before(rolled, changes)._asdict(),
        "each": [_change(entry, old.record, is_hidden=entry.file in hidden) for entry, old in changes.changed],
        "findings": [_change_of_code(*pair) for pair in codes_that_changed(changes.was, rolled.counted)],
    }


def _change(entry: SchoolEntry, old: SchoolRecord, *, is_hidden: bool) -> dict[str, Any]:
    new = entry.record
    means = (None, None) if is_hidden else (old.mean, new.mean)
    findings = [old.errors + old.warnings, new.errors + new.warnings]
    return {"file": entry.file, "findings": findings, "mean": means, "copies": (old.copies, new.copies)}


def _change_of_code(was: CodeCount, now: CodeCount) -> dict[str, Any]:
    findings, per_thousand = (was.findings, now.findings), (was.per_thousand, now.per_thousand)
    return {"code": now.code, "title": title_of(now.code), "findings": findings, "per_thousand": per_thousand}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value
