"""Days written wrongly on many lines in one way: all of a column or page with day and month in each other's place, as
another program's file has them, or the day of a whole stocktake, on each of its lines.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.evidence import is_to_come
from schoollib_xl.causes.governed.governing import GOVERNING
from schoollib_xl.causes.slips import neighbouring_dates, slip_between
from schoollib_xl.causes.trial import Course
from schoollib_xl.checks.check import Check
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind
from schoollib_xl.ledgers.school import exchanged
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow

_OF_STOCKTAKES = (StocktakeRow, StocktakeScopeRow)
# One line or two may have a slip each.
_LEAST = 3
# Of the lines whose days may be exchanged so many parts must be nearer to their neighbours then, for all to be.
_PARTS, _ARE = 5, 4
# A page begins and ends at lines that are nearer by more days than this: of others it may be chance.
_FAR = 45
# Of the findings that name the lines so many parts must go.
_NAMED, _GO = 4, 3
# So many days of a stocktake are looked at, and so many of the best tried on all the books.
_MOST_DAYS, _PROVEN = 4, 3
# Of the work that may still be done, this part is spent on it.
_SHARE = 0.3


def days_exchanged(course: Course) -> None:
    """Name the days that settle most of what is found on their lines; what settles as much is said too."""
    library, open_ = course.trial.library, course.open_findings()
    enough, settle = course.effort.part(_SHARE), list[tuple[int, Correction]]()
    for row_type in dict.fromkeys(at.row_type for one in open_.values() for at in (one.at, *one.see_also)):
        if row_type in GOVERNING:
            continue
        judged = [one.check.code for one in open_.values() if _judges_days_of(one.check, row_type)]
        # Two findings at least must go.
        if len(judged) < 2:
            continue
        codes = frozenset(judged)
        for correction in _likely(library, row_type):
            if course.effort.done > enough:
                return
            gone = course.trial.of([correction], codes).gone & open_.keys()
            if len(gone) > 1 and _is_most(open_, correction, gone):
                settle.append((len(gone), correction))
    settle.sort(key=lambda pair: (-pair[0], pair[1].cost))
    for settles, best in settle[:_PROVEN]:
        others = [one for number, one in settle if number == settles and one is not best]
        if course.accept([best], [others[: _PROVEN - 1]], at_least=settles):
            return


def _judges_days_of(check: Check, row_type: type[Any]) -> bool:
    """Whether it looks at a day of the sheet, or of the other of a stocktake; the entries themselves have days too."""
    sheets = _OF_STOCKTAKES if row_type in _OF_STOCKTAKES else (row_type,)
    return not check.looks_at or any(not _days(one).isdisjoint(check.looks_at.get(one, ())) for one in sheets)


def _days(row_type: type[Any]) -> frozenset[str]:
    return frozenset(field.name for field in SHEETS[row_type].fields if field.kind is Kind.DATE)


def _is_most(open_: dict[int, Finding], correction: Correction, gone: frozenset[int]) -> bool:
    """Whether most of what names the lines goes."""
    lines = {edit.at[:2] for edit in correction.edits if isinstance(edit, Change)}
    named = [index for index, one in open_.items() if any(at[:2] in lines for at in (one.at, *one.see_also))]
    return len(gone.intersection(named)) * _NAMED >= len(named) * _GO


def _likely(library: Library, row_type: type[Any]) -> Iterator[Correction]:
    """All columns of the sheet together, each alone; days of a stocktake."""
    dates = [field.name for field in SHEETS[row_type].fields if field.kind is Kind.DATE]
    columns = [edits for name in dates if (edits := _exchanged(library, row_type, name))]
    together = [[edit for edits in columns for edit in edits]] if len(columns) > 1 else []
    for edits in (*together, *columns):
        yield Correction(SlipKind.COLUMN, tuple(edits), Slip.ALL_EXCHANGED, Slip.ALL_EXCHANGED.cost)
    if row_type is StocktakeRow and (edits := _of_a_stocktake(library)):
        yield Correction(SlipKind.COLUMN, tuple(edits), Slip.ALL_EXCHANGED, Slip.ALL_EXCHANGED.cost)
    if row_type in _OF_STOCKTAKES:
        yield from _on_another_day(library, row_type, dates)


def _exchanged(library: Library, row_type: type[Any], name: str) -> list[Change]:
    """The days of a column, or of a page in it, with day and month exchanged: where those that cannot be meant
    otherwise, above and below, tell that they are, or where there are none.
    """
    days = [(row, day) for row in library[row_type].rows if (day := getattr(row, name))]
    may_be = {row.line: other for row, day in days if (other := exchanged(day))}
    nearer = _nearer(days, may_be)
    if not _are_most(nearer, may_be):
        sure = [line for line, by in nearer.items() if by > _FAR]
        lines = range(min(sure, default=0), max(sure, default=-1) + 1)
        may_be = {line: day for line, day in may_be.items() if line in lines}
        if not _are_most(nearer.keys() & may_be.keys(), may_be):
            return []
    if len(may_be) < _LEAST or any(is_to_come(library, row, name, may_be.get(row.line)) for row, _ in days):
        return []
    return [Change(Cell(row_type, line, name), day) for line, day in may_be.items()]


def _are_most(lines: Collection[int], may_be: Collection[int]) -> bool:
    return len(lines) * _PARTS >= len(may_be) * _ARE


def _nearer(days: list[tuple[Any, date]], may_be: dict[int, date]) -> dict[int, float]:
    """The lines whose days, exchanged, are nearer to the sure days above and below, and by how many days; all where no
    day is sure.
    """
    sure = [index for index, (row, _) in enumerate(days) if row.line not in may_be]
    if not sure:
        return dict.fromkeys(may_be, 0)
    nearer: dict[int, float] = {}
    for (row, day), *beside in zip(days, *_beside(len(days), sure), strict=True):
        if row.line in may_be:
            near = [days[one][1] for one in beside if one is not None]
            is_, would_be = (sum(abs((other - one).days) for other in near) for one in (day, may_be[row.line]))
            if would_be < is_:
                nearer[row.line] = (is_ - would_be) / len(near)
    return nearer


def _beside(number: int, sure: list[int]) -> tuple[list[int | None], list[int | None]]:
    """For each of so many places the nearest sure one above, and the nearest below."""
    known = set(sure)
    above: list[int | None] = []
    below: list[int | None] = []
    for order, found in ((range(number), above), (range(number - 1, -1, -1), below)):
        last: int | None = None
        for index in order:
            last = index if index in known else last
            found.append(last)
    return above, below[::-1]


def _of_a_stocktake(library: Library) -> list[Change]:
    """The days that 盘点记录 and 盘点范围 both have, with day and month exchanged in both of them, where books were
    seen that came only later: the same hand may have typed both, and no other book names the day.
    """
    scans = library[StocktakeRow]
    told = {day for scope in library[StocktakeScopeRow] for day in (scope.starts_on, scope.ends_on)}
    days = scans.distinct("counted_on") & told
    meant = {day: other for day in days if day and (other := exchanged(day)) and other <= library.as_of}
    cells = [(Cell(StocktakeRow, scan.line, "counted_on"), scan) for scan in scans.among("counted_on", meant.keys())]
    known = [(scan, copy) for _, scan in cells if (copy := library.copies.get(scan.accession_no))]
    if sum(copy.held_from > scan.counted_on for scan, copy in known) < _LEAST:
        return []
    changes = [Change(at, meant[scan.counted_on]) for at, scan in cells]
    ranges = [(scope, name) for scope in library[StocktakeScopeRow] for name in ("starts_on", "ends_on")]
    own = [(scope, name) for scope, name in ranges if getattr(scope, name) in meant]
    return changes + [Change(Cell(StocktakeScopeRow, one.line, name), meant[getattr(one, name)]) for one, name in own]


def _on_another_day(library: Library, row_type: type[Any], dates: list[str]) -> Iterator[Correction]:
    """All lines of a day of counting with a day a slip away, to which no line beside them speaks; a range that was one
    day, both its ends.
    """
    by_day: dict[date, list[Cell]] = defaultdict(list)
    for row in library[row_type].rows:
        days = {getattr(row, name) for name in dates}
        if len(days) == 1 and None not in days:
            by_day[days.pop()] += (Cell(row_type, row.line, name) for name in dates)
    told = (
        Counter(day for scope in library[StocktakeScopeRow] for day in (scope.starts_on, scope.ends_on) if day)
        if row_type is StocktakeRow
        else Counter(library[StocktakeRow].distinct("counted_on"))
    )
    for day in [day for day in by_day if day not in told][:_MOST_DAYS]:
        for should in neighbouring_dates(day):
            if should in told and should <= library.as_of:
                edits = tuple(Change(at, should) for at in by_day[day])
                slip = slip_between(day, should)
                yield Correction(SlipKind.COLUMN, edits, slip, slip.cost)
