"""任务指标 (QUO): targets nobody can reckon, two for the same thing, and what was promised beside what was done."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.entries.sayings import NUMERAL
from schoollib_xl.ledgers.grades import ALL_GRADES, grades_in_scope
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.numerals import number_in
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.rules.target_names import FIGURE_NAMES, TARGET_NAMES, TargetName, activity_of, nearest
from schoollib_xl.rules.target_spans import TargetSpan, span_named

# A basis that leads to the number in several steps, reckons by another span, or is about other schools as well.
_ANOTHER_FIGURE = (
    "另定|[第前头]?[一二三两]年|逐年|分[年步]|先|初中|提高|增加|共|每(?:个|半|[两一]个?)?(?:月|周|星期|季|天|日)"
)
# What is laid down as the least, as every standard is, is kept by more; by ten times as much it is a nought too many.
_THE_LEAST, _NOUGHT = "不得?[少低]于|至少|以上|起码|规程", 10
# 第三次校务会议 names no number of times.
_FIGURE = rf"(?<![第\d.零一二两三四五六七八九十百])(\d+\.\d+|{NUMERAL})"

# 《中小学图书馆（室）规程》（教基〔2018〕5号）, for primary schools. The rows a new workbook starts with have them as
# well; to read these takes longer than to check every target.
STANDARD_OF_2018 = {
    TargetName.HOLDINGS.value: 25,
    TargetName.NEW_COPIES.value: 1,
    TargetName.PERIODICALS.value: 60,
    TargetName.REFERENCE_TITLES.value: 120,
    TargetName.OPENING_HOURS.value: 40,
}

_OLDER_PUPILS = ("一贯", "中学", "初中", "高中", "完中")

_KNOWN = (*TARGET_NAMES, *FIGURE_NAMES)

# The last word of a target's name tells what it is counted in.
_UNITS = {"册数": "册本", "次数": "次", "小时": "小时", "金额": "元", "种数": "种", "字数": "字", "人数": "人名"}

# A pupil of these schools borrows at most a copy a day of a term, nothing is held more often than daily, and a week has
# 168 hours.
_A_TERM = Decimal(100)
_MOST = {
    TargetName.COPIES_PER_PUPIL.value: _A_TERM,
    TargetName.LEAST_COPIES.value: _A_TERM,
    TargetName.VISITS_PER_PUPIL.value: _A_TERM,
    TargetName.OPENING_HOURS.value: Decimal(168),
}


@check(
    "QUO011",
    title="指标名称多半写错了",
    message="没有“{name}”这个指标，最接近的是“{nearest}”。",
    why="名称对不上，这一项就算不出完成了多少。",
    fix="先看是不是就指“{nearest}”；是，就照改；不是，就换一个不会混的名称。",
    severity=Severity.WARNING,
    reads={TargetRow: "name", ActivityRow: "kind"},
)
def target_misspelled(library: Library) -> Iterator[Found]:
    for row in library[TargetRow]:
        if not _is_known(library, row.name) and (meant := nearest(row.name, _KNOWN)):
            yield found(cell(row, "name"), nearest=meant)


@check(
    "QUO911",
    title="这个指标没有账可以算",
    message="“{name}”不在能算的指标里，总结里只能手填。",
    why="没有账记它，做没做到就没有凭据。",
    fix="先看能不能换成能算的指标；按次数算的，名称以“次数”结尾，并记入活动记录。",
    severity=Severity.HINT,
    reads={TargetRow: "name", ActivityRow: "kind"},
)
def target_beyond_reckoning(library: Library) -> Iterator[Found]:
    for row in library[TargetRow]:
        if not _is_known(library, row.name) and not activity_of(row.name) and not nearest(row.name, _KNOWN):
            yield found(cell(row, "name"))


def _is_known(library: Library, name: str) -> bool:
    """Whether the name is one of ours, or counts something 活动记录 has."""
    return name in _KNOWN or activity_of(name) in {row.kind for row in library[ActivityRow]}


@check(
    "QUO012",
    title="同一个指标有两个目标",
    message="“{name}”前面已经有一个目标，适用年级也一样。",
    why="同一件事两个目标，说不清照哪一个算完成。",
    fix="先看依据，定下照哪一个；另一个改适用年级，或改成别的指标。",
    reads={TargetRow: "name grades unit"},
)
def target_twice(library: Library) -> Iterator[Found]:
    first: dict[tuple[str, frozenset[int], TargetSpan], TargetRow] = {}
    for row in library[TargetRow]:
        grades = grades_in_scope(row.grades)
        if grades is None:
            continue
        earlier = first.setdefault((row.name, grades, span_named(row.name, row.unit)), row)
        if earlier is not row:
            yield found(cell(row, "name"), cell(earlier, "name"))


@check(
    "QUO013",
    title="适用年级看不懂",
    message="“{name}”的适用年级填的是“{grades}”，看不出是哪几个年级。",
    why="不知道管哪些年级，就算不出完成了多少。",
    fix="照 3-6 或 1,2 这样填；全校都适用就空着。",
    reads={TargetRow: "name grades"},
)
def target_scope_unreadable(library: Library) -> Iterator[Found]:
    for row in library[TargetRow]:
        if grades_in_scope(row.grades) is None:
            yield found(cell(row, "grades"))


def _grades(row: TargetRow) -> frozenset[int]:
    return grades_in_scope(row.grades) or frozenset()


def _said(grades: frozenset[int]) -> str:
    return "、".join(map(str, sorted(grades)))


@check(
    "QUO014",
    title="一个年级有两个目标",
    message="“{name}”对 {shared} 年级有两个目标，一个是 {one}，一个是 {other}。",
    why="同一个年级两个目标，说不清照哪一个算完成。",
    fix="先看依据，定下照哪一个；另一个改适用年级，不要和它重叠。",
    severity=Severity.WARNING,
    reads={TargetRow: "name grades value unit"},
)
def targets_overlap(library: Library) -> Iterator[Found]:
    rows = sorted(library[TargetRow], key=lambda row: row.line)
    for alike in group_by(rows, "name").values():
        for first, row in combinations(alike, 2):
            one, other = _grades(first), _grades(row)
            if span_named(first.name, first.unit) is not span_named(row.name, row.unit):
                continue
            # A target for the whole school may stand beside one for some grades.
            if one != other and one & other and ALL_GRADES not in (one, other) and first.value != row.value:
                at, beside = cell(row, "grades"), cell(first, "grades")
                yield found(at, beside, shared=_said(one & other), one=f"{first.value:f}", other=f"{row.value:f}")


@check(
    "QUO015",
    title="每生最低高于生均",
    message="{shared} 年级每生最低 {least} 册，生均目标却只有 {mean} 册。",
    why="每个学生都借够最低的册数，生均就不会更低，两个目标总有一个写错了。",
    fix="先看依据，再改写错的那个目标值。",
    severity=Severity.WARNING,
    reads={TargetRow: "name grades value unit"},
)
def least_above_mean(library: Library) -> Iterator[Found]:
    named = group_by(sorted(library[TargetRow], key=lambda row: row.line), "name")
    for least in named.get(TargetName.LEAST_COPIES.value, ()):
        for mean in named.get(TargetName.COPIES_PER_PUPIL.value, ()):
            is_one_span = span_named(least.name, least.unit) is span_named(mean.name, mean.unit)
            if is_one_span and _grades(least) & _grades(mean) and least.value > mean.value:
                shared = _said(_grades(least) & _grades(mean))
                at, other = cell(least, "value"), cell(mean, "value")
                yield found(at, other, shared=shared, least=f"{least.value:f}", mean=f"{mean.value:f}")
                break


@check(
    "QUO016",
    title="目标值是负数",
    message="“{name}”的目标值是 {value}，目标不会小于 0。",
    why="目标是负数，怎么做都算完成。",
    fix="先看依据，再改正目标值。",
    reads={TargetRow: "name value"},
)
def target_negative(library: Library) -> Iterator[Found]:
    for row in library[TargetRow]:
        if row.value < 0:
            yield found(cell(row, "value"), value=f"{row.value:f}")


@check(
    "QUO017",
    title="单位和指标对不上",
    message="“{name}”的单位填的是“{unit}”，应当是“{right}”。",
    why="单位不对，目标值和算出来的数就不是一回事。",
    fix="先看依据里的单位；单位写错就改单位，指标写错就改指标。",
    severity=Severity.WARNING,
    reads={TargetRow: "name unit"},
)
def unit_does_not_fit(library: Library) -> Iterator[Found]:
    for row in library[TargetRow]:
        right = next((unit for word, unit in _UNITS.items() if row.name.endswith(word)), None)
        written = row.unit.strip()
        if right and not any(char in written for char in right) and any(written[:1] in one for one in _UNITS.values()):
            yield found(cell(row, "unit"), cell(row, "name"), right=right if right == "小时" else right[:1])


@check(
    "QUO019",
    title="目标值和自己的依据不一样",
    message="“{name}”的目标值是 {value}{unit}，依据“{basis}”说的是 {said}{unit}。",
    why="目标和依据各说各的，检查的人照依据看，做没做到就说不清。",
    fix="先查依据的原文；目标值写错就改正，依据抄错就改依据；本校定了别的数，在依据里写上“本校另定”。",
    severity=Severity.HINT,
    reads={TargetRow: "name value unit basis"},
)
def target_differs_from_its_basis(library: Library) -> Iterator[Found]:
    for row in library[TargetRow]:
        # Of a school with older pupils the standard says more, and of each stage its own.
        is_primary = not any(word in (library.school.kind or "") for word in _OLDER_PUPILS)
        numbers = [] if _is_out_of_reach(row) else _told(row, STANDARD_OF_2018 if is_primary else {})
        if numbers and row.value not in numbers and not _is_more_than_the_least(row, min(numbers)):
            said = "、".join(f"{number:f}" for number in numbers)
            yield found(cell(row, "value"), cell(row, "basis"), value=f"{row.value:f}", said=said)


def _is_more_than_the_least(row: TargetRow, least: Decimal) -> bool:
    return least < row.value < _NOUGHT * least and re.search(_THE_LEAST, row.basis) is not None


def _told(row: TargetRow, standards: dict[str, int]) -> list[Decimal]:
    """The numbers that the basis of a target gives in its unit; what the national standard says where it names only
    that. A standard is a minimum that a school may be on its way to, and says so.
    """
    basis = "".join(row.basis.split())
    if re.search(_ANOTHER_FIGURE, basis.replace("每周开放", "")):
        return []
    unit = row.unit.strip()
    figures_in = re.finditer(_FIGURE, basis) if unit in basis else ()
    told = [one[0] for one in figures_in if basis.startswith(unit, one.end())]
    figures = (one if one[0].isdecimal() else number_in(one) for one in told)
    numbers = [Decimal(figure) for figure in figures if figure is not None]
    if numbers or "规程" not in basis or "2018" not in basis:
        return numbers
    standard = standards.get(row.name)
    return [] if standard is None else [Decimal(standard)]


@check(
    "QUO018",
    title="目标值大得少见",
    message="“{name}”的目标值是 {value}，一个学期很难做到这么多。",
    why="多打一个 0，怎么做也完不成。",
    fix="先看依据；多打了就改正，真是这么多就不用动。",
    severity=Severity.HINT,
    reads={TargetRow: "name value unit"},
)
def target_out_of_reach(library: Library) -> Iterator[Found]:
    for row in library[TargetRow]:
        if _is_out_of_reach(row):
            yield found(cell(row, "value"), value=f"{row.value:f}")


def _is_out_of_reach(row: TargetRow) -> bool:
    most = _MOST.get(row.name, _A_TERM if activity_of(row.name) else None)
    return most is not None and span_named(row.name, row.unit) is not TargetSpan.YEAR and row.value > most
