"""任务指标 as scoped targets: which of them governs a class."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from schoollib_xl.ledgers.grades import ALL_GRADES, grades_in_scope, grades_of
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.numerals import numeral
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.basis.classes import school_classes
from schoollib_xl.quotas.basis.shortfall import NotComputed, Obstacle
from schoollib_xl.rules.placeholders import placeholders
from schoollib_xl.rules.target_names import LESS_IS_BETTER, TargetName, activity_of, in_per_cent
from schoollib_xl.rules.target_spans import TERMLY, TargetSpan, is_counted_over, is_shown_over, span_named

BORROWING = (TargetName.COPIES_PER_PUPIL, TargetName.LEAST_COPIES, TargetName.VISITS_PER_PUPIL)

# How the names of the targets begin that are divided by the pupils.
_PER_PUPIL = "生均"


@dataclass(frozen=True)
class Target:
    """One row of 任务指标. `value` and `grades` are None where the cell could not be read. One that only a new
    workbook says is not the school's own: nobody is judged by it.
    """

    line: int
    name: str
    scope: str | None
    grades: frozenset[int] | None
    value: Decimal | None
    unit: str
    basis: str
    person: str | None
    is_own: bool = True

    @property
    def is_sound(self) -> bool:
        """Whether it asks for something, and of whom: what asks for nothing is reached by no work."""
        return self.grades is not None and self.value is not None and not self.asks_nothing

    @property
    def asks_nothing(self) -> bool:
        """Whether its figure is 0 or below; of what is the better the less it is, below 0."""
        return self.value is not None and (self.value < 0 or (not self.value and self.name not in LESS_IS_BETTER))

    @property
    def span(self) -> TargetSpan:
        """Over how long it is asked."""
        return span_named(self.name, self.unit)

    @property
    def is_counted(self) -> bool:
        """Whether what is done towards it is worked out over its span."""
        return is_counted_over(self.name, self.span)

    @property
    def is_per_pupil(self) -> bool:
        """Whether it is a mean that is divided by 学生人数."""
        return self.name.startswith(_PER_PUPIL)

    @property
    def grows_in_term(self) -> bool:
        """Whether what is done in the term alone makes up its figure: before the term there is nothing of it, after it
        nothing is added. Of periodicals there are as many on its first day as in its midst.
        """
        is_done = self.name in (*BORROWING, *TERMLY) or activity_of(self.name) is not None
        return self.span is TargetSpan.TERM and is_done and self.name != TargetName.PERIODICALS

    @property
    def is_of_shown(self) -> bool:
        """Whether it is asked of the figure that is shown without it."""
        return is_shown_over(self.name, self.span)


def targets(library: Library) -> tuple[Target, ...]:
    """Every row of 任务指标 that has a name, in line order, lines with unreadable cells included."""
    table, shipped = library[TargetRow], placeholders(library, TargetRow)
    read = [replace(_target(row.line, row._asdict()), is_own=row.line not in shipped) for row in table]
    incomplete = [_target(row.line, row.values) for row in table.incomplete if row.values.get("name")]
    return tuple(sorted([*read, *incomplete], key=lambda target: target.line))


def _target(line: int, values: dict[str, Any]) -> Target:
    name, value = str(values["name"]), values["value"]
    return Target(
        line,
        name,
        values["grades"],
        grades_in_scope(values["grades"]),
        None if value is None else in_per_cent(name, value),
        values["unit"] or "",
        values["basis"] or "",
        values["person"],
    )


def governing(promised: Iterable[Target], name: str, grade: int | None) -> Target | None:
    """The school's own target of this name for a grade in a term: for the fewest grades, of equals the first."""
    own = (target for target in promised if target.name == name and target.is_sound and target.is_own)
    fits = [target for target in own if target.span is TargetSpan.TERM and grade in (target.grades or ())]
    return min(fits, key=lambda target: len(target.grades or ALL_GRADES), default=None)


def mixed_targets(library: Library) -> Iterator[NotComputed]:
    """The classes of several grades of which a target of borrowing asks some alone: they go by their lowest."""
    own = [one for one in targets(library) if one.name in BORROWING and one.is_sound and one.is_own]
    for school_class in school_classes(library):
        taught = frozenset(() if school_class.grade is None else grades_of(school_class.grade))
        apart = [one for one in own if one.grades and taught & one.grades and taught - one.grades]
        if apart:
            cells = tuple(Cell(TargetRow, one.line, "grades") for one in apart)
            lowest = f"{numeral(min(taught))}年级" if min(taught) else "学前班"
            yield NotComputed(Obstacle.CLASS_OF_TWO_TARGETS, (school_class.name, lowest), cells)


def unreadable_targets(library: Library) -> Iterator[NotComputed]:
    """The rows whose figure asks for nothing, whose figure or grades nobody can read, or whose unit names a time that
    nothing is counted over.
    """
    for target in targets(library):
        if target.value is None:
            cells = (Cell(TargetRow, target.line, "value"),)
            yield NotComputed(Obstacle.TARGET_UNREADABLE, (target.name,), cells)
        if target.asks_nothing:
            cells = (Cell(TargetRow, target.line, "value"),)
            yield NotComputed(Obstacle.TARGET_OF_NOTHING, (target.name,), cells)
        if target.grades is None:
            cells = (Cell(TargetRow, target.line, "grades"),)
            yield NotComputed(Obstacle.TARGET_SCOPE_UNREADABLE, (target.name, target.scope or ""), cells)
        if not target.is_counted:
            cells = (Cell(TargetRow, target.line, "unit"),)
            yield NotComputed(Obstacle.TARGET_SPAN, (target.name, target.unit), cells)
    for row in library[TargetRow].incomplete:
        if not row.values.get("name"):
            yield NotComputed(Obstacle.TARGET_UNREADABLE, ("",), (Cell(TargetRow, row.line, "name"),))
