"""借阅统计 of a summary: tables by class and grade, charts by class and month."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from schoollib_xl.documents.composing.counting import PUPILS as WAY
from schoollib_xl.documents.composing.counting import loans, pupils, readers
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.lending_facts import LOANS, PUPILS, TARGETS, grade_words
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.stating import Value, printed
from schoollib_xl.documents.filling.blanks import ChartData, Series
from schoollib_xl.documents.papers.summary import NO_CHART, ClassLoans
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.quotas.indicator import Source
from schoollib_xl.quotas.obligation import Obligation
from schoollib_xl.quotas.statement import ClassQuota
from schoollib_xl.quotas.tally import tally
from schoollib_xl.wording.class_figures import class_figures, grade_rows, total_rows
from schoollib_xl.wording.provenance import Counted, Figure
from schoollib_xl.wording.quotas import ABSENT, plain

_READERS = Source(ReaderRow, ("reader_no", "class_name", "issued_on", "stopped_on"))
_COLUMNS = (
    ("学生人数", "班级表的学生人数。", (PUPILS,)),
    ("借书册数", "学生个人借书册数，按借出日期算；续借、室内阅览、班级图书角和教师借书不算。", (LOANS,)),
    ("人均", "借书册数 ÷ 学生人数。", (LOANS, PUPILS)),
    ("人均指标", "任务指标“生均借书册数”的目标值；几个班在一起按学生人数合计。", (TARGETS, PUPILS)),
    ("借满人数", "借够“每生最低借书册数”的学生；没有这一条的班不写。", (LOANS, _READERS)),
    ("未借人数", "一册也没有借的学生；只在室内阅览的班不写。", (LOANS, _READERS)),
)


def class_loans(material: SourceMaterial, evidence: Evidence) -> tuple[ClassLoans, ...]:
    """Each class, then the school; nothing where the loans are not known."""
    if not _has_loans(material):
        return ()
    quotas = material.quotas
    if len(quotas.classes) == 1:  # the school is the class: one row says all
        (only,) = quotas.classes
        return (_line(only.school_class.name, class_figures(only), [only], material, evidence),)
    classes = [(quota.school_class.name, class_figures(quota), [quota]) for quota in quotas.classes]
    measured = [quota for quota in quotas.classes if quota.obligation.target is not None]
    totals = total_rows(quotas)
    # The first sum is of the classes with a target; where these are not all, the school's own row asks nothing.
    summed = [(name, one, measured if one.target is not None else quotas.classes) for name, one in totals]
    return tuple(_line(name, one, members, material, evidence) for name, one, members in (*classes, *summed))


def grade_loans(material: SourceMaterial, evidence: Evidence) -> tuple[ClassLoans, ...]:
    """Each grade; nothing where each is a single class and stands in the table of classes already."""
    if not _has_loans(material) or len(material.quotas.classes) <= len(material.quotas.grades):
        return ()
    return tuple(
        _line(grade_words(frozenset({grade})), one, _of_grade(material, grade), material, evidence)
        for grade, one in grade_rows(material.quotas)
    )


def _of_grade(material: SourceMaterial, grade: int) -> list[ClassQuota]:
    return [quota for quota in material.quotas.classes if quota.school_class.grade == grade]


def _has_loans(material: SourceMaterial) -> bool:
    """Whether the loans of the term are known; an empty ledger tells nothing."""
    return material.quotas.school.loans is not None and bool(material.library[LoanRow].rows)


def _line(
    name: str, one: Obligation, members: Sequence[ClassQuota], material: SourceMaterial, evidence: Evidence
) -> ClassLoans:
    target = None if one.target is None else plain(one.target)
    asked = [] if one.target is None and one.reached is None else members
    reached = _counted(one.reached, [quota for quota in asked if quota.least is not None], one)
    none = _counted(one.none, [quota for quota in members if not quota.only_in_room], one)
    values: tuple[Value, ...] = (one.pupils, one.loans, one.mean, target, reached, none)
    cells = []
    for (column, definition, sources), value, counted in zip(_COLUMNS, values, _rows(material, members), strict=True):
        shown = ABSENT if value is None else printed(value)
        figure = Figure(f"{name}{column}", shown, definition, material.cut_off, sources, counted=counted)
        cells.append(shown if value is None else evidence.show(figure))
    return ClassLoans(name, *cells)


def _rows(material: SourceMaterial, members: Sequence[ClassQuota]) -> tuple[tuple[Counted, ...], ...]:
    """The rows behind each column of a line."""
    lent, roll = loans(material, WAY, {quota.school_class.name for quota in members}), pupils(members)
    asked = [pupil for quota in members if quota.least is not None for pupil in quota.pupils]
    reached = readers(material, (one.reader_no for one in asked if not one.short_by), "借够每生最低借书册数的学生")
    borrowing = [pupil for quota in members if not quota.only_in_room for pupil in quota.pupils]
    none = readers(material, (one.reader_no for one in borrowing if not one.copies), "一册也没有借的学生")
    return (roll,), (lent,), (lent, roll), (), (reached,), (none,)


def _counted(count: int | None, members: Sequence[ClassQuota], row: Obligation) -> str | None:
    """How many of the pupils of some classes; out of how many where these are not the pupils of the row."""
    whole = sum(len(quota.pupils) for quota in members)
    if count is None or not whole:
        return None
    return str(count) if whole == row.pupils else f"{whole}人中{count}人"


def class_chart(material: SourceMaterial) -> ChartData:
    """人均 of each class beside its target; the figures are those of the table."""
    known = [quota for quota in material.quotas.classes if quota.obligation.mean is not None]
    if not known or not _has_loans(material):
        return NO_CHART
    return ChartData(
        tuple(quota.school_class.name for quota in known),
        (
            Series("人均借书（册）", tuple(_number(quota.obligation.mean) for quota in known)),
            Series("指标（册）", tuple(_number(quota.obligation.target) for quota in known)),
        ),
    )


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def month_chart(material: SourceMaterial, evidence: Evidence) -> ChartData:
    """借出册次 of each month of the term up to the cut-off."""
    if material.window is None or not material.library[LoanRow].present:
        return NO_CHART
    known = {quota.school_class.name for quota in material.quotas.classes}
    months, counts = [], []
    for part in _months(material.window):
        lent = tally(material.library, part).loans
        count = sum(lent[name] for name in known)
        months.append(f"{part.start.month}月")
        counts.append(float(count))
        definition = "学生个人借书册数，按借出日期算。"
        rows = (loans(material, WAY, window=part),)
        evidence.show(Figure(f"{part.start.month}月借书", str(count), definition, material.cut_off, (LOANS,), (), rows))
    return ChartData(tuple(months), (Series("借书（册）", tuple(counts)),)) if any(counts) else NO_CHART


def _months(window: Term) -> Iterator[Term]:
    """The window cut at the ends of its months."""
    start = window.start
    while start <= window.end:
        following = _first_of_next(start)
        yield Term(start, min(window.end, following - timedelta(days=1)))
        start = following


def _first_of_next(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
