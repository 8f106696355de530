"""Which schools to visit first, and what to look into there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.county.record import SchoolRecord
from schoollib_xl.county.rollup import PER_THOUSAND, Failure, SchoolEntry
from schoollib_xl.county.visit_sample import VisitSample
from schoollib_xl.quotas.basis.figures import quotient

# What a visitor can look into in one morning.
_LOOK_AT = 3
# 基本信息, 校历, 开放时间, 借阅规则, 任务指标, 轮流表: what is not filled in there is settled by telephone.
_SETTLED_FROM_AFAR = ("SET", "QUO")


class Visit(NamedTuple):
    """A school to be visited: why it comes where it comes, the checks to look into first with how often each fires,
    and the sample to look at.
    """

    file: str
    school: str | None
    why: str
    codes: Mapping[str, int]
    sample: VisitSample | None = None


def visits(entries: Sequence[SchoolEntry], failures: Sequence[Failure]) -> tuple[Visit, ...]:
    """Which schools to visit first: those that are in no total, then by open findings in the books per thousand lines,
    then by those in the settings, then by what was not checked; of workbooks of one name by the worst. Fewer lines
    count as a thousand: a few slips of a teaching point are no reason to go there before a school whose books disagree
    all over. A school with nothing open is not on the list.
    """
    unread = [Visit(failure.file, failure.school, failure.why, {}) for failure in failures]
    open_ones = sorted((entry for entry in entries if not entry.is_sound), key=_urgency)
    return (*unread, *map(_visit, open_ones))


def _urgency(entry: SchoolEntry) -> tuple[Fraction, Fraction, int, str]:
    return min((*_openness(one.record), entry.file) for one in (entry, *entry.namesakes))


def _openness(record: SchoolRecord) -> tuple[Fraction, Fraction, int]:
    afar = sum(count for code, count in record.findings.items() if _is_settled_from_afar(code))
    found, lines = record.errors + record.warnings, max(PER_THOUSAND, record.rows)
    return -Fraction(found - afar, lines), -Fraction(found, lines), -record.unchecked


def _is_settled_from_afar(code: str) -> bool:
    return code.startswith(_SETTLED_FROM_AFAR)


def _visit(entry: SchoolEntry) -> Visit:
    record = entry.record
    why = _open_ones(record) if record.is_begun else f"还没有记书和借阅；{_open_ones(record)}"
    for other in entry.namesakes:
        why += f"；“{other.file}”也叫这个名字，是不是同一所？那一份{_open_ones(other.record)}"
    if entry.doubles:
        why += f"；账和“{next(file for file in entry.doubles if file != entry.file)}”的有许多一样，是不是同一所？"
    findings = Counter[str](record.findings)
    for other in entry.namesakes:
        findings.update(other.record.findings)
    worst = sorted(findings.items(), key=lambda item: (*_place(item[0]), -item[1], item[0]))[:_LOOK_AT]
    return Visit(entry.file, entry.called, why, dict(worst), record.sample)


def _place(code: str) -> tuple[bool, bool]:
    return _is_settled_from_afar(code), not _is_error(code)


def _is_error(code: str) -> bool:
    return code in ALL and ALL[code].severity is Severity.ERROR


def _open_ones(record: SchoolRecord) -> str:
    counted = [(record.errors, f"错误 {record.errors} 处"), (record.warnings, f"存疑 {record.warnings} 处")]
    said = [words for count, words in counted if count]
    if said and record.rows > PER_THOUSAND:
        said.append(f"每千行 {quotient((record.errors + record.warnings) * PER_THOUSAND, record.rows)} 处")
    if record.unchecked:
        only = "，只因为没有可选的表" if record.lacks_optional_sheets_alone else ""
        said.append(f"没有核对完 {record.unchecked} 项{only}")
    return "，".join(said) or "没有要改的"
