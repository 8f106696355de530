"""The figures of a class, a grade or the school, each defined once: tables, charts, sentences, JSON and provenance of
every paper and workbook take their words from here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.ledgers.grades import grades_of
from schoollib_xl.ledgers.numerals import numeral
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.quotas.borrowing.obligation import Obligation
from schoollib_xl.quotas.statement import ClassQuota, Statement
from schoollib_xl.wording.answer import Value, number

_SCHOOL = "全校"
_PACE = {True: "跟上", False: "落后"}
_MISSED = "未达"
# Whose figures they are.
ON_CLASS_SHEET, ON_REGISTER = "学生人数照班级表", "学生照读者名册里在用的"
BORROWING = f"{ON_REGISTER}，只在室内阅览的班不算"
# Of which days.
_SO_FAR, _WHOLE_TERM = "从学期开始算到截止日期", "从学期开始算到学期结束"


class ClassFigure(NamedTuple):
    """A figure of some pupils: its name, its short name where a line has eighty columns ('' where it is not shown
    there), its unit, what it means, of which pupils, of which days, and where it stands.
    """

    name: str
    short: str
    unit: str
    meaning: str
    of: Callable[[Obligation], Value]
    base: str = ON_CLASS_SHEET
    period: str = _SO_FAR

    @property
    def header(self) -> str:
        """What its column in a paper is called: with its unit where the name does not tell it."""
        return self.name if self.name.endswith("数") else f"{self.name}（{self.unit}）"

    @property
    def definition(self) -> str:
        """All that a reader needs to count it again."""
        return "；".join(filter(None, (self.meaning, self.base, self.period))) + "。"


PUPILS = ClassFigure(
    header_of(ClassRow, "pupils"), "人数", "人", "班级表的学生人数", lambda figures: figures.pupils, "", ""
)
LOANS = ClassFigure(
    "借书册数",
    "借书",
    "册",
    "学生个人借的，按借出日期算；续借、室内阅览、班级图书角和教师借书不算",
    lambda figures: figures.loans,
)
VISITS = ClassFigure("借书次数", "次数", "次", "一名学生一天借书算一次", lambda figures: figures.visits)
MEAN = ClassFigure("生均册数", "生均", "册", "借书册数 ÷ 学生人数", lambda figures: figures.mean)
TARGET = ClassFigure(
    "生均目标",
    "目标",
    "册",
    "全班人均要借的册数，不是每人的；几个班在一起按学生人数合计",
    lambda figures: number(figures.target),
    period=_WHOLE_TERM,
)
REACHED = ClassFigure("借满人数", "借满", "人", "借够每人最低册数的学生", lambda figures: figures.reached, ON_REGISTER)
NONE = ClassFigure("未借人数", "未借", "人", "一册没借的学生", lambda figures: figures.none, BORROWING)
CORNER = ClassFigure("图书角", "", "册", "班级图书角借去的", lambda figures: figures.corner or None, "")
IN_ROOM = ClassFigure("室内阅览", "", "册", "在室内看的", lambda figures: figures.in_room or None, "")
_REGISTERED = ClassFigure("名册人数", "", "人", "读者名册里在用的学生", lambda figures: figures.on_register, "", "")
_GAP = ClassFigure(
    "还差册数", "还差", "册", "全班到学期末还要借的册数", lambda figures: figures.gap, period=_WHOLE_TERM
)
_EXPECTED = ClassFigure(
    "到今天应借", "应借", "册", "全班按开放天数到今天该借的册数", lambda figures: _whole(figures.expected)
)
_EXPECTED_OF_DAYS = _EXPECTED._replace(name="到今天应借（两位小数）", of=lambda figures: figures.expected)
_PER_WEEK = ClassFigure(
    "每周要借",
    "每周",
    "册",
    "全班从现在起每周要借的册数",
    lambda figures: figures.per_week,
    period="从截止日期算到停借日期",
)
# What a table says of itself where the names of its columns could be taken for something else.
_TOLD = (TARGET, REACHED, _GAP, _EXPECTED, _PER_WEEK)
# What the JSON counts for other programs although no table shows it so: each under a name of its own.
_AT_TARGET = ClassFigure(
    "达到目标人数",
    "",
    "人",
    "借够每人最低册数的学生；没有最低册数的班，按生均借书册数或生均借书次数的目标数",
    lambda figures: figures.reached,
    ON_REGISTER,
)
_WITHOUT_LOANS = NONE._replace(
    name="没有借书记录人数", short="", meaning="一册没借的学生，只在室内阅览的班也数", base=ON_REGISTER
)


def _whole(value: Decimal | None) -> Value:
    """A figure of copies: 184, not 184.00; 4.40."""
    return int(value) if value is not None and value == int(value) else value


def pace(figures: Obligation) -> str | None:
    """跟上 or 落后, 未达 where no week is left to borrow in; None where nothing is asked or the pace is not known."""
    if figures.target is None or figures.on_track is None:
        return None
    if figures.gap and figures.per_week is None:
        return _MISSED
    return _PACE[figures.on_track]


_PACED = ClassFigure("进度", "进度", "", "借书册数比应借的多少", pace)
FIGURES = (
    *(PUPILS, _REGISTERED, LOANS, VISITS, MEAN, TARGET, REACHED, NONE),
    *(_GAP, _EXPECTED, _PACED, _PER_WEEK, CORNER, IN_ROOM),
)
_ON_TRACK = _PACED._replace(name="跟上进度", of=lambda figures: figures.on_track)
IN_JSON: Mapping[str, ClassFigure] = {
    "pupils": PUPILS,
    "loans": LOANS,
    "visits": VISITS,
    "mean": MEAN,
    "reached": _AT_TARGET,
    "none": _WITHOUT_LOANS,
    "gap": _GAP,
    "expected_by_now": _EXPECTED_OF_DAYS,
    "on_track": _ON_TRACK,
    "per_week_needed": _PER_WEEK,
}
"""The figures of a class by the names other programs rely on."""


class FiguresRow(NamedTuple):
    """One row: what it is of, its figures and the classes they are of; whether it sums up others."""

    name: str
    figures: Obligation
    members: Sequence[ClassQuota]
    is_total: bool = False


def figure_rows(stated: Statement) -> list[FiguresRow]:
    """Each class, each grade that has several, then the school where it has several; every row of one base."""
    grades = [
        row._replace(name=f"{grade_name(row.members, in_figures=True)}合计")
        for _, row in rows_by_grade(stated)
        if len(row.members) > 1
    ]
    rows = [*rows_by_class(stated), *grades, *rows_in_all(stated)]
    return [row._replace(figures=_of_one_base(row)) if row.is_total else row for row in rows]


def rows_by_class(stated: Statement) -> list[FiguresRow]:
    """A row for each class."""
    return [FiguresRow(quota.school_class.name, class_figures(quota), [quota]) for quota in stated.classes]


def rows_by_grade(stated: Statement) -> list[tuple[int, FiguresRow]]:
    """A row for each grade; in one that only reads in the room nobody is 未借."""
    found = []
    for grade, figures in stated.grades:
        members = [quota for quota in stated.classes if quota.school_class.grade == grade]
        none = None if all(quota.only_in_room for quota in members) else figures.none
        summed = replace(figures, none=none, reached=reached_least(members))
        found.append((grade, FiguresRow("", summed, members, is_total=True)))
    return found


def grade_name(members: Iterable[ClassQuota], *, in_figures: bool = False) -> str:
    """What the classes of a grade are called together: 三年级, 学前班, 一、二年级 where a class is a mixed one; in
    figures 3 年级.
    """
    of_all = (quota.school_class.grade for quota in members)
    grades = sorted({one for grade in of_all if grade is not None for one in grades_of(grade)})
    if grades == [0]:
        return "学前班"
    return f"{'、'.join(map(str, grades))} 年级" if in_figures else f"{'、'.join(map(numeral, grades))}年级"


def rows_in_all(stated: Statement) -> list[FiguresRow]:
    """The sums below several classes, each of one base: where only some classes have a target, these stand in a row
    of their own, and the row of the whole school has no target to stand beside.
    """
    if len(stated.classes) < 2:
        return []
    measured = [quota for quota in stated.classes if quota.is_measured]
    return [
        FiguresRow(name, figures, stated.classes if name == _SCHOOL else measured, is_total=True)
        for name, figures in _sums(stated)
    ]


def _of_one_base(row: FiguresRow) -> Obligation:
    """Without 借满 where only some of the classes ask it of each pupil: it is not of the pupils of the row."""
    asked = [quota.least is not None for quota in row.members]
    return row.figures if all(asked) else replace(row.figures, reached=None)


def shown(rows: Sequence[FiguresRow], figures: Iterable[ClassFigure] = FIGURES) -> list[ClassFigure]:
    """The figures that some row has."""
    return [figure for figure in figures if any(figure.of(row.figures) is not None for row in rows)]


def meanings(figures: Iterable[ClassFigure], *, short: bool) -> str:
    """What the columns of a table mean that could be misread: 目标：全班人均要借的册数，不是每人的。"""
    told = [f"{figure.short if short else figure.name}：{figure.meaning}" for figure in figures if figure in _TOLD]
    return f"{'；'.join(told)}。" if told else ""


def least_sentence(stated: Statement) -> str:
    """How many of the pupils of whom each must borrow some have done so, where these are not all; '' else."""
    pupils, reached = asked_least(stated)
    classes = sum(quota.least is not None for quota in stated.classes)
    if not classes or classes == len(stated.classes):
        return ""
    return f"有每人最低册数的 {classes} 个班，读者名册 {pupils} 人，借满 {reached} 人。"


def asked_least(stated: Statement) -> tuple[int, int | None]:
    """Of how many pupils on 读者名册 a number of copies is asked each, and how many of them have it (None: of nobody).
    A mean asks nothing of one pupil.
    """
    asked = [quota for quota in stated.classes if quota.least is not None]
    return sum(len(quota.pupils) for quota in asked), reached_least(asked)


def class_figures(quota: ClassQuota) -> Obligation:
    """A class's figures as a table shows them: where a class only reads in the room, nobody is 未借."""
    figures = replace(quota.obligation, reached=reached_least([quota]))
    return replace(figures, none=None) if quota.only_in_room else figures


def reached_least(quotas: Iterable[ClassQuota]) -> int | None:
    """Pupils who have borrowed the least each pupil must; None where nothing is asked of one pupil."""
    asked = [quota for quota in quotas if quota.least is not None]
    return sum(not pupil.short_by for quota in asked for pupil in quota.pupils) if asked else None


def _sums(stated: Statement) -> list[tuple[str, Obligation]]:
    school = stated.school
    if school.target is None or stated.measured.pupils == school.pupils:
        return [(_SCHOOL, replace(school, reached=reached_least(stated.classes)))]
    without = replace(
        school, target=None, reached=None, none=None, gap=None, expected=None, on_track=None, per_week=None
    )
    measured = replace(stated.measured, reached=reached_least(stated.classes))
    return [("有指标的班", measured), (_SCHOOL, without)]
