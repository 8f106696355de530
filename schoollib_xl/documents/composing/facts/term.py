"""The facts of a term by their names; what cannot be known is not there."""

from collections import Counter
from collections.abc import Iterator, Mapping

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.status import beside_ledgers, lines_of, not_begun
from schoollib_xl.documents.composing.counting import counted_for
from schoollib_xl.documents.composing.facts.activities import activity_facts
from schoollib_xl.documents.composing.facts.holdings import holding_facts, stocktake_facts
from schoollib_xl.documents.composing.facts.lending import lending_facts
from schoollib_xl.documents.composing.facts.names import FACTS
from schoollib_xl.documents.composing.facts.stating import Fact, days_said, is_told, printed
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.quotas.basis.classes import readers_in_use
from schoollib_xl.quotas.measures.indicator import PUPILS, SourceColumns
from schoollib_xl.wording.papers.provenance import Figure

Facts = Mapping[str, Figure]


def facts_of(material: SourceMaterial) -> Facts:
    """Every fact that is known, by its name. What would be counted on an empty sheet is not known to be none."""
    return {one.name: _figure(material, one) for one in _given(material) if is_told(material.library, one)}


def _figure(material: SourceMaterial, fact: Fact) -> Figure:
    shown = printed(fact.value) if fact.value is not None else ""
    return Figure(
        fact.name, shown, FACTS[fact.name], material.cut_off, fact.sources, fact.cells, counted_for(material, fact.name)
    )


def _given(material: SourceMaterial) -> Iterator[Fact]:
    yield from _school(material)
    yield from lending_facts(material)
    yield from holding_facts(material)
    yield from stocktake_facts(material)
    yield from activity_facts(material)
    yield from _checking(material)


def _school(material: SourceMaterial) -> Iterator[Fact]:
    yield Fact("学校", material.school, cells=material.setting("学校名称"))
    yield Fact("学年", material.school_year, cells=material.setting("学年"))
    yield Fact("落款日期", material.library.as_of, cells=material.setting("截止日期"))
    yield Fact("学期", material.term_name, cells=material.setting("学期"))
    yield Fact("截止日期", material.cut_off, cells=material.setting("截止日期"))
    if material.period:
        yield Fact("学期开始", material.period.term.start, cells=material.setting("学期开始", "上学期开始"))
        span = days_said(material.period.term.start, material.cut_off)
        yield Fact("总结期间", span, cells=material.setting("学期开始", "上学期开始", "截止日期"))
        yield Fact("学期结束", material.period.term.end, cells=material.setting("学期结束", "上学期结束"))
    library, quotas = material.library, material.quotas
    yield Fact("班级数", len(quotas.classes) or None, (SourceColumns(ClassRow, ("class_name",)),))
    every_class_is_known = all(quota.school_class.pupils is not None for quota in quotas.classes)
    yield Fact("学生人数", quotas.school.pupils if every_class_is_known else None, (PUPILS,))
    if library[ReaderRow].present:
        teachers = sum(row.kind is ReaderKind.TEACHER for row in readers_in_use(library, material.cut_off))
        yield Fact("教师人数", teachers or None, (SourceColumns(ReaderRow, ("kind", "issued_on", "stopped_on")),))


def differences(found: Mapping[Severity, int], beside: int = 0) -> str | None:
    """错误2处、存疑1处, without what there is none of; where some of them stand `beside` the seven ledgers, with
    （其中1处在辅助表）.
    """
    kinds = (("错误", Severity.ERROR), ("存疑", Severity.WARNING))
    said = "、".join(f"{word}{found[severity]}处" for word, severity in kinds if found[severity])
    if said and beside:
        is_all = beside == sum(found[severity] for _, severity in kinds)
        return f"{said}（{'都' if is_all else f'其中{beside}处'}在辅助表）"
    return said or None


def _checking(material: SourceMaterial) -> Iterator[Fact]:
    report = material.found
    if report is None:
        return
    found = Counter(finding.severity for finding in report.findings if not finding.explained)
    yield Fact("核对项数", report.checks_run)
    lines = sum(lines_of(material.library, sheet, material.later) for sheet in LEDGERS)
    yield Fact("核对行数", lines or None)
    empty = [sheet.name for sheet in not_begun(material.library)]
    yield Fact("没有记录的账", "、".join(empty) if 0 < len(empty) < len(LEDGERS) else None)
    other_lines, beside = beside_ledgers(material.library, report, material.later)
    yield Fact("辅助表行数", other_lines or None)
    yield Fact("错误数", found[Severity.ERROR])
    yield Fact("存疑数", found[Severity.WARNING])
    yield Fact("差异", differences(found, beside.errors + beside.warnings))
    yield Fact("说明数", sum(finding.explained for finding in report.findings))
    yield Fact("未核对项数", len({one.check.code for one in report.unchecked}))
