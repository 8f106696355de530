"""Days that are one later from line to line, week-ends among them: a cell was drawn down, and it counted on."""

from itertools import groupby
from typing import Any

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind

# So many days that follow each other are never all school days; so many findings of their lines go.
_LEAST, _FOUND, _CHANCE = 6, 2, 3
# What a rule reckons of each line is not the day of the first.
_RECKONED = "due_on"


def days_counted_on(course: Course) -> None:
    """Name the lines of a day that were counted on from the first of them, where that settles what is found of it."""
    for row_type, lines in course.lines_found().items():
        fields = [field.name for field in SHEETS[row_type].fields if field.kind is Kind.DATE]
        for field in fields if len(lines) >= _FOUND else ():
            for run in _runs(course.trial.library[row_type].rows, field) if field != _RECKONED else ():
                if not lines.isdisjoint(row.line for row in run):
                    _name_the_lines(course, run, field)


def _name_the_lines(course: Course, run: list[Any], field: str) -> None:
    """Name the lines below the first; those further below where the day before stands above, of which it may be one."""
    above = course.trial.library[type(run[0])].sound_at(run[0].line - 1)
    is_of_above = above is not None and getattr(above, field) == getattr(run[0], field)
    fitting = course.best_of(_drawn(run[at:], field) for at in range(_CHANCE))
    if fitting:
        named = fitting.pop(-1 if is_of_above else 0)
        course.accept([named], [fitting], at_least=_FOUND)


def _drawn(run: list[Any], field: str) -> Correction:
    """The lines with the day of the first."""
    first, *others = run
    edits = tuple(Change(Cell(type(row), row.line, field), getattr(first, field)) for row in others)
    return Correction(SlipKind.COLUMN, edits, Slip.COUNTED_ON, Slip.COUNTED_ON.cost)


def _runs(rows: Any, field: str) -> list[list[Any]]:
    """The lines below each other whose days follow each other."""
    dated = ((getattr(row, field).toordinal() - row.line, row) for row in rows if getattr(row, field))
    runs = ([row for _, row in run] for _, run in groupby(dated, key=lambda pair: pair[0]))
    return [run for run in runs if len(run) >= _LEAST]
