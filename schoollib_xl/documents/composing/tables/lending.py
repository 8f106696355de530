"""借阅统计 of a summary: tables by class and grade, charts by class and month."""

from collections.abc import Mapping, Sequence

from schoollib_xl.documents.composing.counting import PUPILS as WAY
from schoollib_xl.documents.composing.counting import loans, pupils, readers
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.lending import TARGETS
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.filling.blanks import ChartData, Series
from schoollib_xl.documents.papers.summary import NO_CHART, ClassLoans
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.quotas.borrowing.tally import tally
from schoollib_xl.quotas.measures.indicator import LOANS, PUPILS, SourceColumns
from schoollib_xl.quotas.statement import ClassQuota
from schoollib_xl.wording.answer import ABSENT, Value
from schoollib_xl.wording.papers.provenance import Counted
from schoollib_xl.wording.quotas import class_figures as figures
from schoollib_xl.wording.quotas.class_figures import ClassFigure, FiguresRow

_READERS = SourceColumns(ReaderRow, ("reader_no", "class_name", "issued_on", "stopped_on"))
# The columns of a table of loans, and the columns of the workbook each is worked out from.
COLUMNS: Mapping[ClassFigure, tuple[SourceColumns, ...]] = {
    figures.PUPILS: (PUPILS,),
    figures.LOANS: (LOANS,),
    figures.MEAN: (LOANS, PUPILS),
    figures.TARGET: (TARGETS, PUPILS),
    figures.REACHED: (LOANS, _READERS),
    figures.NONE: (LOANS, _READERS),
}

# Of several classes these are not told while 学生人数 of one is not known.
_OF_ALL_PUPILS = (figures.PUPILS, figures.MEAN, figures.TARGET)

# Of a class these are not told where loans of its pupils stand under another class.
_UNDER_ITS_NAME = (figures.LOANS, figures.MEAN)


def class_loans(material: SourceMaterial, evidence: Evidence) -> tuple[ClassLoans, ...]:
    """Each class, then the school; nothing where the loans are not known."""
    if material.quotas.lacks_loans:
        return ()
    rows = (*figures.rows_by_class(material.quotas), *figures.rows_in_all(material.quotas))
    return tuple(_line(row, material, evidence) for row in rows)


def grade_loans(material: SourceMaterial, evidence: Evidence) -> tuple[ClassLoans, ...]:
    """Each grade; nothing where each is a single class and stands in the table of classes already."""
    if material.quotas.lacks_loans or len(material.quotas.classes) <= len(material.quotas.grades):
        return ()
    rows = [row._replace(name=figures.grade_name(row.members)) for _, row in figures.rows_by_grade(material.quotas)]
    return tuple(_line(row, material, evidence) for row in rows)


def _line(row: FiguresRow, material: SourceMaterial, evidence: Evidence) -> ClassLoans:
    cells = []
    for (column, sources), counted in zip(COLUMNS.items(), _rows(material, row.members), strict=True):
        if (value := _value(column, row)) is None:
            cells.append(ABSENT)
        else:
            name = f"{row.name}{column.name}"
            cells.append(evidence.of(name, value, column.definition, sources=sources, counted=counted))
    return ClassLoans(row.name, *cells)


def _value(column: ClassFigure, row: FiguresRow) -> str | None:
    """A figure as printed; one of other pupils than those of the row says of how many it is."""
    value = column.of(row.figures)
    if column in _UNDER_ITS_NAME and not row.is_total and any(member.has_loans_elsewhere for member in row.members):
        return None
    if column is figures.REACHED:
        return _of_them(value, [member for member in row.members if member.least is not None], row)
    if column is figures.NONE:
        return _of_them(value, [member for member in row.members if not member.only_in_room], row)
    if column in _OF_ALL_PUPILS and any(member.school_class.pupils is None for member in row.members):
        return None
    return None if value is None else str(value)


def _rows(material: SourceMaterial, members: Sequence[ClassQuota]) -> tuple[tuple[Counted, ...], ...]:
    """The rows behind each column of a line."""
    lent, roll = loans(material, WAY, {quota.school_class.name for quota in members}), pupils(members)
    asked = [pupil for quota in members if quota.least is not None for pupil in quota.pupils]
    reached = readers(material, (one.reader_no for one in asked if not one.short_by), "借够每生最低借书册数的学生")
    borrowing = [pupil for quota in members if not quota.only_in_room for pupil in quota.pupils]
    none = readers(material, (one.reader_no for one in borrowing if not one.copies), "一册也没有借的学生")
    return (roll,), (lent,), (lent, roll), (), (reached,), (none,)


def _of_them(count: Value, members: Sequence[ClassQuota], row: FiguresRow) -> str | None:
    """How many of the pupils of some classes; out of how many where these are not the pupils of the row."""
    whole = sum(len(quota.pupils) for quota in members)
    if count is None or not whole:
        return None
    return str(count) if whole == row.figures.pupils else f"{whole}人中{count}人"


def class_chart(material: SourceMaterial) -> ChartData:
    """The mean of each class beside its target; the figures are those of the table."""
    told = (quota for quota in material.quotas.classes if not quota.has_loans_elsewhere)
    known = [quota for quota in told if quota.obligation.mean is not None]
    if not known or material.quotas.lacks_loans:
        return NO_CHART
    return ChartData(
        tuple(quota.school_class.name for quota in known),
        (
            Series(figures.MEAN.header, tuple(_number(quota.obligation.mean) for quota in known)),
            Series(figures.TARGET.header, tuple(_number(quota.obligation.target) for quota in known)),
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
    for part in material.window.by_month():
        lent = tally(material.library, part).loans
        count = sum(lent[name] for name in known)
        months.append(f"{part.start.month}月")
        counts.append(float(count))
        rows = loans(material, WAY, window=part)
        name = f"{part.start.month}月{figures.LOANS.name}"
        evidence.of(name, count, figures.LOANS.definition, sources=(LOANS,), counted=(rows,))
    return ChartData(tuple(months), (Series(figures.LOANS.header, tuple(counts)),)) if any(counts) else NO_CHART
