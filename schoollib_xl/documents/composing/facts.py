"""The facts of a term by their names; what cannot be known is not there."""

from collections import Counter
from collections.abc import Iterator, Mapping

from schoollib_xl.checks.check import Severity
from schoollib_xl.documents.composing.activity_facts import activity_facts
from schoollib_xl.documents.composing.counting import counted_for
from schoollib_xl.documents.composing.fact_names import FACTS
from schoollib_xl.documents.composing.grounds import Grounds
from schoollib_xl.documents.composing.holding_facts import holding_facts
from schoollib_xl.documents.composing.lending_facts import PUPILS, lending_facts
from schoollib_xl.documents.composing.stating import Given, printed
from schoollib_xl.documents.composing.stocktake_facts import stocktake_facts
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.quotas.indicator import Source
from schoollib_xl.wording.provenance import Figure

Facts = Mapping[str, Figure]


def facts_of(grounds: Grounds) -> Facts:
    """Every fact that is known, by its name. What would be counted on an empty sheet is not known to be none."""
    return {one.name: _figure(grounds, one) for one in _given(grounds) if one.value is not None and _told(grounds, one)}


def _told(grounds: Grounds, one: Given) -> bool:
    return not one.sources or bool(grounds.library[one.sources[0].row_type].rows)


def _figure(grounds: Grounds, one: Given) -> Figure:
    shown = printed(one.value) if one.value is not None else ""
    return Figure(
        one.name, shown, FACTS[one.name], grounds.cut_off, one.sources, one.cells, counted_for(grounds, one.name)
    )


def _given(grounds: Grounds) -> Iterator[Given]:
    yield from _school(grounds)
    yield from lending_facts(grounds)
    yield from holding_facts(grounds)
    yield from stocktake_facts(grounds)
    yield from activity_facts(grounds)
    yield from _checking(grounds)


def _school(grounds: Grounds) -> Iterator[Given]:
    yield Given("学校", grounds.school, cells=grounds.setting("学校名称"))
    yield Given("学年", grounds.school_year, cells=grounds.setting("学年"))
    yield Given("落款日期", grounds.library.as_of, cells=grounds.setting("截止日期"))
    yield Given("学期", grounds.term_name, cells=grounds.setting("学期"))
    yield Given("截止日期", grounds.cut_off, cells=grounds.setting("截止日期"))
    if grounds.period:
        yield Given("学期开始", grounds.period.term.start, cells=grounds.setting("学期开始", "上学期开始"))
        yield Given("学期结束", grounds.period.term.end, cells=grounds.setting("学期结束", "上学期结束"))
    library, stated = grounds.library, grounds.stated
    yield Given("班级数", len(stated.classes) or None, (Source(ClassRow, ("class_name",)),))
    every_class_is_known = all(quota.school_class.pupils is not None for quota in stated.classes)
    yield Given("学生人数", stated.school.pupils if every_class_is_known else None, (PUPILS,))
    if library[ReaderRow].present:
        active = [row for row in library.readers.values() if row.is_active(grounds.cut_off)]
        teachers = sum(row.kind is ReaderKind.TEACHER for row in active)
        yield Given("教师人数", teachers or None, (Source(ReaderRow, ("kind", "issued_on", "stopped_on")),))


def differences(found: Mapping[Severity, int]) -> str | None:
    """错误2处、存疑1处, without what there is none of."""
    kinds = (("错误", Severity.ERROR), ("存疑", Severity.WARNING))
    return "、".join(f"{word}{found[severity]}处" for word, severity in kinds if found[severity]) or None


def _checking(grounds: Grounds) -> Iterator[Given]:
    report = grounds.report
    if report is None:
        return
    found = Counter(finding.severity for finding in report.findings if not finding.explained)
    yield Given("核对项数", report.checks_run)
    lines = sum(len(grounds.library[sheet.row_type]) for sheet in LEDGERS)
    yield Given("核对行数", lines)
    others = sum(len(grounds.library[sheet.row_type]) for sheet in ALL_SHEETS) - lines
    yield Given("辅助表行数", others or None)
    yield Given("错误数", found[Severity.ERROR])
    yield Given("存疑数", found[Severity.WARNING])
    yield Given("差异", differences(found))
    yield Given("说明数", sum(finding.explained for finding in report.findings))
    yield Given("未核对项数", len({one.check.code for one in report.unchecked}))
