"""任务指标 (QUO): targets against each other and against what they count."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.grades import ALL_GRADES, grades_in_scope
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.rules.target_names import TargetName

# The last word of a target's name tells what it is counted in.
_UNITS = {"册数": "册本", "次数": "次", "小时": "小时", "金额": "元", "种数": "种", "字数": "字", "人数": "人名"}

# A pupil of these schools borrows at most a copy a day of a term, and a week has 168 hours.
_MOST = {
    TargetName.COPIES_PER_PUPIL.value: Decimal(100),
    TargetName.LEAST_COPIES.value: Decimal(100),
    TargetName.VISITS_PER_PUPIL.value: Decimal(100),
    TargetName.OPENING_HOURS.value: Decimal(168),
}


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
    reads={TargetRow: "name grades value"},
)
def targets_overlap(library: Library) -> Iterator[Found]:
    rows = sorted(library[TargetRow], key=lambda row: row.line)
    for alike in group_by(rows, "name").values():
        for first, row in combinations(alike, 2):
            one, other = _grades(first), _grades(row)
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
    reads={TargetRow: "name grades value"},
)
def least_above_mean(library: Library) -> Iterator[Found]:
    named = group_by(sorted(library[TargetRow], key=lambda row: row.line), "name")
    for least in named.get(TargetName.LEAST_COPIES.value, ()):
        for mean in named.get(TargetName.COPIES_PER_PUPIL.value, ()):
            if _grades(least) & _grades(mean) and least.value > mean.value:
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
    "QUO018",
    title="目标值大得少见",
    message="“{name}”的目标值是 {value}，一个学期做不到这么多。",
    why="多打一个 0，怎么做也完不成。",
    fix="先看依据；多打了就改正，真是这么多就不用动。",
    severity=Severity.HINT,
    reads={TargetRow: "name value"},
)
def target_out_of_reach(library: Library) -> Iterator[Found]:
    for row in library[TargetRow]:
        if row.name in _MOST and row.value > _MOST[row.name]:
            yield found(cell(row, "value"), value=f"{row.value:f}")
