"""Facts about lending in the term: the school, its classes, the term before, what is overdue."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from schoollib_xl.documents.composing.confirmed import openings, outcomes, without_pupils
from schoollib_xl.documents.composing.facts.overdue import overdue_facts
from schoollib_xl.documents.composing.facts.stating import MOST_CLASSES, Fact, joined, of_indicator, percent, shortfall
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.completeness import may_lack
from schoollib_xl.ledgers.grades import ALL_GRADES, grades_of
from schoollib_xl.ledgers.numerals import numeral
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.basis.period import progress
from schoollib_xl.quotas.borrowing.tally import uncounted_lines
from schoollib_xl.quotas.measures.indicator import LOANS, PUPILS, Indicator, SourceColumns
from schoollib_xl.quotas.measures.indicators import Comparison
from schoollib_xl.quotas.measures.outcomes import TargetOutcome
from schoollib_xl.quotas.statement import ClassQuota
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.rules.target_spans import TargetSpan
from schoollib_xl.wording.quotas.verdicts import plain

TARGETS = SourceColumns(TargetRow, ("name", "grades", "value"))
# Figures that are facts by the same name.
_INDICATORS = ("开放天数", "流通册次", "图书流通率", "藏书利用率", "学生借阅率", "逾期率")
_WHOLE_SCHOOL = "全校"
# A share of the open days after which a term can be compared with a whole one.
_NEARLY_OVER = Fraction(9, 10)


def lending_facts(material: SourceMaterial) -> Iterator[Fact]:
    """Everything about the loans of the term up to its cut-off."""
    quotas, school = material.quotas, material.quotas.school
    known = {indicator.name: indicator for indicator in quotas.indicators}
    yield Fact("借出册次", school.loans or None, (LOANS,))
    yield Fact("人均借书", whole_mean(material), (LOANS, PUPILS))
    yield Fact("没有人数的班", _classes_without_pupils(material), (PUPILS,))
    yield from _unplaced(material)
    yield Fact("登记不全笔数", (school.loans and quotas.unread_loans) or None, (LOANS,))
    yield Fact("借书人次", school.visits or None, (LOANS,))
    yield Fact("教师借书册次", quotas.teacher_loans or None, (LOANS,))
    yield Fact("班级借书册次", school.corner or None, (LOANS,))
    yield Fact("室内阅览册次", school.in_room or None, (LOANS,))
    others = "只有其他借阅" if material.quotas.lacks_loans else "其他借阅"
    yield Fact(others, _in_other_ways(material), (LOANS,))
    yield from (of_indicator(name, _told(material, known.get(name))) for name in _INDICATORS)
    yield from _visits(material)
    yield from _target(material)
    yield from _last_term(material)
    yield from _classes(material)
    yield from overdue_facts(material)


def _classes_without_pupils(material: SourceMaterial) -> str | None:
    """三（2）班、四（1）班; of more than a sentence can hold their number, 各班都 where it is all of them."""
    names = [quota.school_class.name for quota in without_pupils(material)]
    if len(names) == len(material.quotas.classes) > 1:
        return "各班都"
    more = f"等{len(names)}个班" if len(names) > MOST_CLASSES else ""
    return "、".join(names[:MOST_CLASSES]) + more or None


def _unplaced(material: SourceMaterial) -> Iterator[Fact]:
    """Loans of pupils of classes that 班级 does not have: with those of its classes they are all the pupils' loans."""
    placed, unplaced = material.quotas.school.loans, material.quotas.unplaced_loans
    if not unplaced:
        return
    has_all_pupils = not without_pupils(material)
    yield Fact("各班借书册次", placed or None if has_all_pupils else None, (LOANS,))
    yield Fact("班级不明册次", unplaced if placed else None, (LOANS,))
    yield Fact("都是班级不明册次", None if placed else unplaced, (LOANS,))


def whole_mean(material: SourceMaterial) -> Decimal | None:
    """全校人均; None where nothing is lent, or pupils or loans of some class are not known."""
    quotas, school = material.quotas, material.quotas.school
    is_whole = not (without_pupils(material) or quotas.unplaced_loans)
    return school.mean if school.loans and is_whole else None


def _in_other_ways(material: SourceMaterial) -> str | None:
    """教师借书46册次、送书下班级100册次, without what there is none of."""
    quotas = material.quotas
    ways = (
        ("教师借书", quotas.teacher_loans),
        ("送书下班级", quotas.school.corner),
        ("室内阅览", quotas.school.in_room),
    )
    return "、".join(f"{way}{count}册次" for way, count in ways if count) or None


def _told(material: SourceMaterial, indicator: Indicator | None) -> Indicator | None:
    """The indicator unless there is nothing of it, or it rests on openings the school has not confirmed."""
    if indicator is None or not indicator.numerator:
        return None
    return None if indicator.name == "开放天数" and not openings(material) else indicator


def _visits(material: SourceMaterial) -> Iterator[Fact]:
    table, window = material.library[VisitRow], material.window
    if table.present and window and not may_lack(table, "visited_on", window):
        people = [row.people for row in table if row.visited_on in window]
        sources = (SourceColumns(VisitRow, ("visited_on", "people")),)
        yield Fact("阅览次数", len(people) or None, sources)
        yield Fact("阅览人次", sum(people) or None, sources)


def widest_target(material: SourceMaterial) -> TargetOutcome | None:
    """The outcome of 生均借书册数 for the most grades; of equals, the first."""
    found = [
        outcome
        for outcome in outcomes(material)
        if outcome.target.name == TargetName.COPIES_PER_PUPIL
        and outcome.target.span is TargetSpan.TERM
        and outcome.actual is not None
    ]
    return max(found, key=lambda outcome: len(outcome.target.grades or ()), default=None)


def _target(material: SourceMaterial) -> Iterator[Fact]:
    outcome = widest_target(material)
    if outcome is None or outcome.indicator is None or not outcome.indicator.exact:
        return
    target, cells = outcome.target, (Cell(TargetRow, outcome.target.line, "value"),)
    grades, of_grades = grade_words(target.grades), (Cell(TargetRow, target.line, "grades"),)
    # The mean of the whole school is told beside how much it borrowed.
    is_told = grades == _WHOLE_SCHOOL and whole_mean(material) is not None
    yield Fact("目标年级", grades, cells=of_grades)
    yield Fact("指标年级", None if is_told else grades, cells=of_grades)
    yield Fact("全校目标", plain(target.value) if is_told else None, cells=cells)
    yield Fact("目标册数", plain(target.value), cells=cells)
    yield Fact("目标完成", outcome.actual, outcome.indicator.source)
    if not outcome.is_reached:
        gap = shortfall(target.value or Decimal(0), outcome.indicator)
        yield Fact("差额", gap, outcome.indicator.source, cells)


def grade_words(grades: frozenset[int] | None) -> str:
    """三至六年级, 一、二年级, or 全校."""
    if not grades or grades == ALL_GRADES:
        return _WHOLE_SCHOOL
    ordered = sorted(grades)
    is_run = len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1
    names = [numeral(grade) for grade in ordered]
    return f"{names[0]}至{names[-1]}年级" if is_run else f"{'、'.join(names)}年级"


def last_term(material: SourceMaterial) -> Comparison | None:
    """生均借书册数 of this term and the one before, once this one is nearly over; of all classes and all
    loans of pupils, or not at all. That nobody wrote a loan down is no fall.
    """
    if material.quotas.lacks_loans:
        return None
    if not is_nearly_over(material) or without_pupils(material) or material.quotas.unplaced_loans:
        return None
    if material.quotas.unread_loans or lacked_loans_before(material):
        return None
    pairs = material.quotas.comparisons
    return next(
        (pair for pair in pairs if pair.now.name == TargetName.COPIES_PER_PUPIL and pair.before.numerator), None
    )


def lacked_loans_before(material: SourceMaterial) -> bool:
    """Whether lines of loans that may be of the term before cannot be counted."""
    return uncounted_lines(material.library, material.library.school.previous_term) > 0


def is_nearly_over(material: SourceMaterial) -> bool:
    """Whether so many open days of the term have passed that it can be compared; where they are not known, whether it
    has come to its end.
    """
    if material.quotas.is_over:
        return True
    pace = progress(material.library, material.period) if material.period else None
    return pace is not None and pace.elapsed >= _NEARLY_OVER * pace.open_days


def _last_term(material: SourceMaterial) -> Iterator[Fact]:
    before = next(
        (pair.before for pair in material.quotas.comparisons if pair.now.name == TargetName.COPIES_PER_PUPIL), None
    )
    # That nobody wrote a loan down says nothing of what was borrowed.
    if before is None or not before.numerator or without_pupils(material):
        return
    if not lacked_loans_before(material):
        yield Fact("上学期借出册次", int(before.numerator), before.source)
        yield Fact("上学期人均借书", before.value, before.source)
    if pair := last_term(material):
        change = abs(int(pair.now.numerator or 0) - int(pair.before.numerator or 0))
        yield Fact("增减册次", change, (LOANS,))
        yield Fact("增减百分比", percent(change, int(pair.before.numerator or 0)), (LOANS,))


def measured_classes(material: SourceMaterial) -> list[ClassQuota]:
    """The classes that have pupils, loans that can be counted, all under its name, and a target of the school's own in
    copies; none where nobody wrote a loan down, or lines that cannot be counted may make up for what one lacks.
    """
    if material.quotas.lacks_loans:
        return []
    measured = [
        quota
        for quota in material.quotas.classes
        if not quota.has_loans_elsewhere
        and quota.obligation.pupils
        and quota.obligation.target is not None
        and quota.obligation.loans is not None
    ]
    unread = material.quotas.unread_loans
    return [] if any(0 < (quota.obligation.gap or 0) <= unread for quota in measured) else measured


def behind_classes(material: SourceMaterial) -> list[ClassQuota]:
    """The classes below their target, those that reached the smallest part of it first."""
    behind = [quota for quota in measured_classes(material) if quota.obligation.gap]
    return sorted(behind, key=lambda quota: (_part_reached(quota), quota.school_class.name))


def _part_reached(quota: ClassQuota) -> Fraction:
    figures = quota.obligation
    return Fraction(figures.loans or 0) / (figures.pupils or 1) / Fraction(figures.target or 1)


def _classes(material: SourceMaterial) -> Iterator[Fact]:
    measured, behind = measured_classes(material), behind_classes(material)
    if not measured:
        return
    sources = (LOANS, PUPILS, TARGETS)
    best = _best(measured)
    yield Fact("指标班数", len(measured), (TARGETS,))
    yield Fact("达标班数", len(measured) - len(behind) or None, sources)
    yield Fact("未达标班数", len(behind), sources)
    is_telling = bool(best[0].obligation.loans) or len(measured) == 1
    is_known = is_telling and len(best) <= MOST_CLASSES
    yield Fact("最好班级", joined([quota.school_class.name for quota in best]) if is_known else None, (LOANS, PUPILS))
    yield Fact("最好册数", best[0].obligation.mean if is_known else None, (LOANS, PUPILS))
    yield Fact("未达标班级", joined([quota.school_class.name for quota in behind[:MOST_CLASSES]]), sources)
    yield Fact("下学期重点班级", _next_term(material, behind), sources)
    without = [quota.obligation.none for quota in measured]
    known = [count for count in without if count is not None]
    readers = SourceColumns(ReaderRow, ("reader_no", "class_name"))
    yield Fact("未借人数", sum(known) if len(known) == len(without) else None, (LOANS, readers))


def _best(measured: list[ClassQuota]) -> list[ClassQuota]:
    """The class that borrowed the most for each pupil; those that borrowed as much."""
    means = [Fraction(quota.obligation.loans or 0) / (quota.obligation.pupils or 1) for quota in measured]
    return [quota for quota, mean in zip(measured, means, strict=True) if mean == max(means)]


def _grades(quota: ClassQuota) -> tuple[int, ...]:
    return grades_of(quota.school_class.grade or 0)


def _next_term(material: SourceMaterial, behind: list[ClassQuota]) -> str | None:
    """The classes behind that are still there in the next term: the highest grade leaves with the school year."""
    highest: int | None = None
    if material.period and material.period.term.ends_year:
        highest = max((max(_grades(quota)) for quota in material.quotas.classes), default=0)
    staying = [quota.school_class.name for quota in behind if set(_grades(quota)) != {highest}]
    return joined(staying[:MOST_CLASSES])
