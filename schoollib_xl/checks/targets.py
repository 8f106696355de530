"""任务指标 (QUO): targets nobody can reckon, and two for the same thing."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.grades import grades_in_scope
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.rules.target_names import FIGURE_NAMES, TARGET_NAMES, activity_of, nearest

_KNOWN = (*TARGET_NAMES, *FIGURE_NAMES)


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
    reads={TargetRow: "name grades"},
)
def target_twice(library: Library) -> Iterator[Found]:
    first: dict[tuple[str, frozenset[int]], TargetRow] = {}
    for row in sorted(library[TargetRow], key=lambda row: row.line):
        grades = grades_in_scope(row.grades)
        if grades is None:
            continue
        earlier = first.setdefault((row.name, grades), row)
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
