"""Days of lines below each other that are all a year off, or a century: a page begun with a wrong date."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date
from itertools import pairwise
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.evidence import is_to_come
from schoollib_xl.causes.governed.governing import GOVERNING
from schoollib_xl.causes.slips import years_meant
from schoollib_xl.causes.trial import Course
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind

# One line or two may have a slip each.
_LEAST = 3
# Lines whose days are farther apart were not written one after the other; nearer days of a row belong together.
_DAYS_APART = 150
# So many runs of lines are tried in each column, those that most findings name first.
_MOST_RUNS = 3
# Of the findings that name the lines so many parts must go: what stays tells of something else.
_PARTS, _GOES = 4, 3
# Of the work that may still be done, this part is spent on it.
_SHARE = 0.2


class _Run(NamedTuple):
    """Rows below each other, the columns whose days go together, and the checks that find fault with them."""

    rows: list[Any]
    fields: tuple[str, ...]
    findings: frozenset[int]
    codes: frozenset[str]


def days_years_off(course: Course) -> None:
    """Name the days of a run of lines that settle what is found on them, all so many years earlier or later."""
    enough = course.effort.part(_SHARE)
    for row_type, named in _named(course).items():
        for run in _runs(course.trial.library, row_type, named):
            if course.effort.done > enough:
                return
            fitting = [one for one in _shifted(course.trial.library, run) if _settles(course, one, run)]
            if len(fitting) == 1 and course.accept(fitting, at_least=2):
                break


def _named(course: Course) -> dict[type[Any], dict[int, list[tuple[int, Finding]]]]:
    """The findings by the lines that they name, of each sheet; of what is laid down anew every year, that of last year
    may have been left as it was, and its days are not those of this one.
    """
    named: dict[type[Any], dict[int, list[tuple[int, Finding]]]] = defaultdict(lambda: defaultdict(list))
    for index, finding in course.open_findings().items():
        for row_type, line in {at[:2] for at in (finding.at, *finding.see_also)}:
            named[row_type][line].append((index, finding))
    return {row_type: found for row_type, found in named.items() if len(found) > 1 and row_type not in GOVERNING}


def _runs(library: Library, row_type: type[Any], named: dict[int, list[tuple[int, Finding]]]) -> Iterator[_Run]:
    """The runs of each column of days that checks of the findings read: with the days beside it, and alone."""
    read = {name for found in named.values() for _, one in found for name in one.check.looks_at.get(row_type, ())}
    found: dict[tuple[int, int, tuple[str, ...]], _Run] = {}
    for field in SHEETS[row_type].fields:
        if field.kind is not Kind.DATE or field.name not in read:
            continue
        for rows in _below_each_other(library, row_type, field.name):
            of_rows = [pair for row in rows for pair in named.get(row.line, ())]
            if len(rows) < _LEAST or not of_rows:
                continue
            indexes, codes = frozenset(index for index, _ in of_rows), frozenset(one.check.code for _, one in of_rows)
            for fields in (_together(rows, field.name), (field.name,)):
                found.setdefault((rows[0].line, len(rows), fields), _Run(rows, fields, indexes, codes))
    runs = sorted(found.values(), key=lambda run: (-len(run.findings), -len(run.fields), len(run.rows)))
    yield from runs[: _MOST_RUNS * 2]


def _below_each_other(library: Library, row_type: type[Any], name: str) -> Iterator[list[Any]]:
    """The rows that have a day there, parted where it is not near the one above."""
    rows = [row for row in library[row_type].rows if getattr(row, name)]
    starts = (
        index
        for index, (one, other) in enumerate(pairwise(rows), 1)
        if abs((getattr(other, name) - getattr(one, name)).days) > _DAYS_APART
    )
    for first, end in pairwise([0, *starts, len(rows)]):
        yield rows[first:end]


def _together(rows: list[Any], name: str) -> tuple[str, ...]:
    """The columns of days that are near this one on all the rows."""
    dates = [field.name for field in SHEETS[type(rows[0])].fields if field.kind is Kind.DATE]
    return tuple(
        other
        for other in dates
        if (pairs := [(day, getattr(row, name)) for row in rows if (day := getattr(row, other))])
        and all(abs((day - own).days) <= _DAYS_APART for day, own in pairs)
    )


def _shifted(library: Library, run: _Run) -> Iterator[Correction]:
    """The days so many years earlier or later, where all can have been."""
    years = Counter(getattr(row, run.fields[0]).year for row in run.rows)
    [(year, _)] = years.most_common(1)
    rows, beside = {row.line: row for row in run.rows}, _beside(library, run)
    for step in (meant - year for meant in years_meant(year)):
        edits = [
            Change(Cell(type(row), row.line, name), _in_year(day, day.year + step))
            for row in run.rows
            for name in run.fields
            if (day := getattr(row, name)) is not None
        ]
        if _is_near(beside, run.fields[0], step) and not any(
            edit.should is None or is_to_come(library, rows[edit.at.line], edit.at.field, edit.should) for edit in edits
        ):
            yield Correction(SlipKind.COLUMN, tuple(edits), Slip.SAME_YEARS, Slip.SAME_YEARS.cost)


def _beside(library: Library, run: _Run) -> list[tuple[date, Any]]:
    """The days above and below the run, so far as there are such, each with the row of the run that it is next to."""
    name, first, last = run.fields[0], run.rows[0], run.rows[-1]
    days = {row.line: day for row in library[type(first)].rows if (day := getattr(row, name))}
    above = max((line for line in days if line < first.line), default=None)
    below = min((line for line in days if line > last.line), default=None)
    return [(days[line], row) for line, row in ((above, first), (below, last)) if line is not None]


def _is_near(beside: list[tuple[date, Any]], name: str, step: int) -> bool:
    """Whether the days of a run, so many years later, are near one of those beside it, where there are any."""
    moved = ((day, _in_year(getattr(row, name), getattr(row, name).year + step)) for day, row in beside)
    return not beside or any(other is not None and abs((other - day).days) <= _DAYS_APART for day, other in moved)


def _in_year(day: date, year: int) -> date | None:
    """The day of another year; None where that has none."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return None if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _settles(course: Course, correction: Correction, run: _Run) -> bool:
    """Whether most of what is found on the lines goes, with nearly all that the same checks find, and nothing new
    comes.
    """
    outcome = course.trial.of([correction], run.codes)
    gone = outcome.gone & run.findings
    stays = sum(
        one.check.code in run.codes for index, one in course.open_findings().items() if index not in outcome.gone
    )
    is_most = len(gone) * _PARTS >= len(run.findings) * _GOES and stays * _GOES <= len(outcome.gone)
    return len(gone) > 1 and is_most and not course.trial.of([correction]).new
