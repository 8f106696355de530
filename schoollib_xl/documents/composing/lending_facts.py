"""Facts about lending in the term: the school, its classes, the term before, what is overdue."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from schoollib_xl.documents.composing.confirmed import openings, outcomes
from schoollib_xl.documents.composing.grounds import Grounds
from schoollib_xl.documents.composing.stating import Given, joined, of_indicator, percent, shortfall
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.indicator import Indicator, Source
from schoollib_xl.quotas.indicators import Comparison
from schoollib_xl.quotas.outcomes import Outcome
from schoollib_xl.quotas.period import progress
from schoollib_xl.quotas.pupils import PupilBorrowing
from schoollib_xl.quotas.statement import ClassQuota
from schoollib_xl.rules.grades import ALL_GRADES
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.wording.quotas import plain

LOANS = Source(LoanRow, ("lent_on", "reader_no", "class_name", "mode"))
PUPILS = Source(ClassRow, ("pupils",))
TARGETS = Source(TargetRow, ("name", "grades", "value"))
# 图书流通率, 开放天数 … by the names they have among the facts.
_INDICATORS = {
    "开放天数": "开放天数",
    "流通册次": "流通册次",
    "图书流通率": "图书流通率",
    "藏书利用率": "藏书利用率",
    "学生借阅率": "学生借阅率",
    "逾期率": "逾期率",
}
_MOST_CLASSES = 3
# A share of the open days after which a term can be compared with a whole one.
_NEARLY_OVER = Fraction(9, 10)
_GRADES = "零一二三四五六"


def lending_facts(grounds: Grounds) -> Iterator[Given]:
    """Everything about the loans of the term up to its cut-off."""
    stated, school = grounds.stated, grounds.stated.school
    known = {one.name: one for one in stated.indicators}
    yield Given("借出册次", school.loans or None, (LOANS,))
    yield Given("人均借书", school.mean if school.loans else None, (LOANS, PUPILS))
    yield Given("借书人次", school.visits or None, (LOANS,))
    yield Given("教师借书册次", stated.teacher_loans or None, (LOANS,))
    yield Given("班级借书册次", school.corner or None, (LOANS,))
    yield Given("室内阅览册次", school.in_room or None, (LOANS,))
    yield Given("其他借阅", _in_other_ways(grounds), (LOANS,))
    yield from (of_indicator(fact, _told(grounds, known.get(name))) for fact, name in _INDICATORS.items())
    yield from _visits(grounds)
    yield from _target(grounds)
    yield from _last_term(grounds)
    yield from _classes(grounds)
    yield from _overdue(grounds)


def _in_other_ways(grounds: Grounds) -> str | None:
    """教师借书46册次、送书下班级100册次, without what there is none of."""
    stated = grounds.stated
    ways = (
        ("教师借书", stated.teacher_loans),
        ("送书下班级", stated.school.corner),
        ("室内阅览", stated.school.in_room),
    )
    return "、".join(f"{way}{count}册次" for way, count in ways if count) or None


def _told(grounds: Grounds, indicator: Indicator | None) -> Indicator | None:
    """The indicator unless there is nothing of it, or it rests on openings the school has not confirmed."""
    if indicator is None or not indicator.numerator:
        return None
    return None if indicator.name == "开放天数" and not openings(grounds) else indicator


def _visits(grounds: Grounds) -> Iterator[Given]:
    table, window = grounds.library[VisitRow], grounds.window
    if table.present and window:
        people = [row.people for row in table if row.visited_on in window]
        sources = (Source(VisitRow, ("visited_on", "people")),)
        yield Given("阅览次数", len(people) or None, sources)
        yield Given("阅览人次", sum(people) or None, sources)


def widest_target(grounds: Grounds) -> Outcome | None:
    """The outcome of 生均借书册数 for the most grades; of equals, the first."""
    found = [
        outcome
        for outcome in outcomes(grounds)
        if outcome.target.name == TargetName.COPIES_PER_PUPIL and outcome.actual is not None
    ]
    return max(found, key=lambda outcome: len(outcome.target.grades or ()), default=None)


def _target(grounds: Grounds) -> Iterator[Given]:
    outcome = widest_target(grounds)
    if outcome is None or outcome.indicator is None or outcome.indicator.exact is None:
        return
    target = outcome.target
    cells = (Cell(TargetRow, target.line, "value"),)
    yield Given("目标年级", grade_words(target.grades), cells=(Cell(TargetRow, target.line, "grades"),))
    yield Given("目标册数", plain(target.value), cells=cells)
    yield Given("目标完成", outcome.actual, outcome.indicator.source)
    if not outcome.is_reached:
        gap = shortfall(target.value or Decimal(0), outcome.indicator)
        yield Given("差额", gap, outcome.indicator.source, cells)


def grade_words(grades: frozenset[int] | None) -> str:
    """三至六年级, 一、二年级, or 全校."""
    if not grades or grades == ALL_GRADES:
        return "全校"
    ordered = sorted(grades)
    is_run = len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1
    names = [_GRADES[grade] for grade in ordered]
    return f"{names[0]}至{names[-1]}年级" if is_run else f"{'、'.join(names)}年级"


def members(grounds: Grounds, outcome: Outcome) -> list[PupilBorrowing]:
    """The pupils on 读者名册 of whom a minimum for each pupil asks."""
    grades = outcome.target.grades or ()
    return [pupil for quota in grounds.stated.classes if quota.school_class.grade in grades for pupil in quota.pupils]


def count_members(grounds: Grounds, outcome: Outcome) -> int:
    """How many pupils a minimum asks of."""
    return len(members(grounds, outcome))


def count_reached(grounds: Grounds, outcome: Outcome) -> int:
    """How many of them have borrowed as much."""
    return sum(pupil.copies >= (outcome.target.value or 0) for pupil in members(grounds, outcome))


def last_term(grounds: Grounds) -> Comparison | None:
    """生均借书册数 of this term and the one before, once this one is nearly over."""
    if not is_nearly_over(grounds):
        return None
    pairs = grounds.stated.comparisons
    return next(
        (pair for pair in pairs if pair.now.name == TargetName.COPIES_PER_PUPIL and pair.before.numerator), None
    )


def is_nearly_over(grounds: Grounds) -> bool:
    """Whether so many open days of the term have passed that it can be compared; not where they are not known."""
    pace = progress(grounds.library, grounds.period) if grounds.period else None
    return pace is not None and pace.elapsed >= _NEARLY_OVER * pace.open_days


def _last_term(grounds: Grounds) -> Iterator[Given]:
    before = next(
        (pair.before for pair in grounds.stated.comparisons if pair.now.name == TargetName.COPIES_PER_PUPIL), None
    )
    if before is None:
        return
    yield Given("上学期借出册次", int(before.numerator or 0), before.source)
    yield Given("上学期人均借书", before.value, before.source)
    if pair := last_term(grounds):
        change = abs(int(pair.now.numerator or 0) - int(pair.before.numerator or 0))
        yield Given("增减册次", change, (LOANS,))
        yield Given("增减百分比", percent(change, int(pair.before.numerator or 0)), (LOANS,))


def measured_classes(grounds: Grounds) -> list[ClassQuota]:
    """The classes that have pupils, loans that can be counted and a target of the school's own in copies."""
    return [
        quota
        for quota in grounds.stated.classes
        if quota.obligation.pupils and quota.obligation.target is not None and quota.obligation.loans is not None
    ]


def behind_classes(grounds: Grounds) -> list[ClassQuota]:
    """The classes below their target, those that reached the smallest part of it first."""
    behind = [quota for quota in measured_classes(grounds) if quota.obligation.gap]
    return sorted(behind, key=lambda quota: (_part_reached(quota), quota.school_class.name))


def _part_reached(quota: ClassQuota) -> Fraction:
    figures = quota.obligation
    return Fraction(figures.loans or 0) / (figures.pupils or 1) / Fraction(figures.target or 1)


def _classes(grounds: Grounds) -> Iterator[Given]:
    measured, behind = measured_classes(grounds), behind_classes(grounds)
    if not measured:
        return
    sources = (LOANS, PUPILS, TARGETS)
    best = max(measured, key=lambda quota: Fraction(quota.obligation.loans or 0) / (quota.obligation.pupils or 1))
    yield Given("指标班数", len(measured), (TARGETS,))
    yield Given("达标班数", len(measured) - len(behind) or None, sources)
    yield Given("未达标班数", len(behind), sources)
    yield Given("最好班级", best.school_class.name, (LOANS, PUPILS))
    yield Given("最好册数", best.obligation.mean, (LOANS, PUPILS))
    yield Given("未达标班级", joined([quota.school_class.name for quota in behind[:_MOST_CLASSES]]), sources)
    without = [quota.obligation.none for quota in measured]
    known = [count for count in without if count is not None]
    readers = Source(ReaderRow, ("reader_no", "class_name"))
    yield Given("未借人数", sum(known) if len(known) == len(without) else None, (LOANS, readers))


def overdue_counts(grounds: Grounds) -> tuple[int, int]:
    """What is overdue on the cut-off, and what was lent to persons in the term: the parts of 逾期未还率."""
    school = grounds.stated.school
    return len(grounds.stated.overdue), (school.loans or 0) + (grounds.stated.teacher_loans or 0)


def overdue_limit(grounds: Grounds) -> tuple[Decimal, tuple[Cell, ...]] | None:
    """逾期上限 in per cent and the cell that lays it down; None where the school has set none."""
    for outcome in outcomes(grounds):
        if outcome.target.name == "逾期率" and outcome.target.value is not None:
            return outcome.target.value, (Cell(TargetRow, outcome.target.line, "value"),)
    return None


def _overdue(grounds: Grounds) -> Iterator[Given]:
    late = grounds.stated.overdue
    if not grounds.library[LoanRow].present:
        return
    sources = (Source(LoanRow, ("lent_on", "due_on", "returned_on")),)
    yield Given("逾期册数", len(late), sources)
    yield Given("逾期未还率", percent(*overdue_counts(grounds)), sources)
    if limit := overdue_limit(grounds):
        yield Given("逾期上限", f"{plain(limit[0])}%", cells=limit[1])
    by_class = Counter(one.class_name for one in late if one.class_name)
    yield Given("逾期集中班级", joined([name for name, _ in by_class.most_common(_MOST_CLASSES)]), sources)
