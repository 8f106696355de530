"""How often each check fires in a county, and how often it did in the run before."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.county.rollup import PER_THOUSAND, SchoolEntry
from schoollib_xl.quotas.basis.figures import quotient


class CodeCount(NamedTuple):
    """How often one check fires: findings, in how many schools, and per thousand lines checked."""

    code: str
    findings: int
    schools: int
    per_thousand: Decimal


class SchoolCount(NamedTuple):
    """How often a check fires in one school, and per thousand lines of its own."""

    entry: SchoolEntry
    findings: int
    per_thousand: Decimal


def by_code(entries: Sequence[SchoolEntry]) -> tuple[CodeCount, ...]:
    """Every check that fires anywhere, the most frequent first."""
    findings: Counter[str] = Counter()
    schools: Counter[str] = Counter()
    for entry in entries:
        findings.update(entry.record.findings)
        schools.update(entry.record.findings.keys())
    rows = sum(entry.record.rows for entry in entries)
    return tuple(
        CodeCount(code, count, schools[code], _per_thousand(count, rows))
        for code, count in sorted(findings.items(), key=lambda item: (-item[1], item[0]))
    )


def by_school(entries: Sequence[SchoolEntry], code: str) -> list[SchoolCount]:
    """The schools in which a check fires, where it fires most often first."""
    counted = [(entry, entry.record.findings.get(code, 0)) for entry in entries]
    found = [SchoolCount(entry, count, _per_thousand(count, entry.record.rows)) for entry, count in counted if count]
    return sorted(found, key=lambda one: (-one.findings, one.entry.file))


def codes_that_changed(was: Sequence[SchoolEntry], now: Sequence[SchoolEntry]) -> list[tuple[CodeCount, CodeCount]]:
    """Every check that fires in another number of places than in the run before: what it came to then and now, where
    most were added first.
    """
    before, after = ({one.code: one for one in by_code(entries)} for entries in (was, now))
    codes = sorted({**before, **after})
    pairs = [(before.get(code, _none_of(code)), after.get(code, _none_of(code))) for code in codes]
    changed = [(then, now) for then, now in pairs if then.findings != now.findings]
    return sorted(changed, key=lambda pair: pair[0].findings - pair[1].findings)


def _per_thousand(count: int, rows: int) -> Decimal:
    return quotient(count * PER_THOUSAND, rows) or Decimal("0.00")


def _none_of(code: str) -> CodeCount:
    return CodeCount(code, 0, 0, Decimal("0.00"))
