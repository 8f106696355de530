"""填写 (FMT): what is entered as done on a day that has not come."""

from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from schoollib_xl.checks.check import MOST_SHOWN, Found, Severity, check, found
from schoollib_xl.ledgers.done import DONE, PAUSE
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell, cell, header_of
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.rules.days_told import is_ahead

# More than this close together are entries after 截止日期, not slips of the pen.
_TOLD_SINGLY = 5
_ORDER = tuple(DONE)


class _Entry(NamedTuple):
    """A day on which something was done, and where it is written."""

    day: date
    at: Cell


@check(
    "FMT112",
    title="日期还没有到",
    message="“{header}”写的是 {day}，账记到 {as_of} 为止，这一天还没有到。",
    why="已经办了的事，日子不会在后头，多半是年份写错了。",
    fix="先查原始单据，日期写错就改正；确实已经办了，就把基本信息里的“截止日期”改到今天。",
    reads={},
)
def done_in_the_future(library: Library) -> Iterator[Found]:
    for entry in library.derive(_later_entries)[0]:
        header = header_of(entry.at.row_type, entry.at.field)
        yield found(entry.at, header=header, day=entry.day, as_of=library.school.kept_until(library.as_of))


@check(
    "FMT205",
    title="截止日期以后还记了账",
    message="账记到 {as_of} 为止，后面还有 {count} 格记的是以后的日子，最晚到 {last}。",
    why="截止日期以后的账不算在内，本学期的借阅、馆藏和清点就都少算了。",
    fix="填了截止日期，就把它改到 {last} 或今天；没有填，就先看电脑的日期对不对；再核对一次。",
    severity=Severity.WARNING,
    reads={},
)
def entered_after_the_cut_off(library: Library) -> Iterator[Found]:
    later = library.derive(_later_entries)[1]
    if later:
        first, *others = (entry.at for entry in later)
        last = max(entry.day for entry in later)
        yield found(
            first, *others[:MOST_SHOWN], as_of=library.school.kept_until(library.as_of), count=len(later), last=last
        )


@check(
    "ACT103",
    title="完成的日子还没有到",
    message="“{task}”的完成情况写着“{done}”，账记到 {as_of} 为止，这一天还没有到。",
    why="还没有到的日子不能算做完，进度和总结里没有把它算进去。",
    fix="先看是不是写错了日子；写错就改正；只是打算那天做，就写“计划”，做完了再改。",
    severity=Severity.WARNING,
    reads={JobRow: "task planned_times done"},
)
def job_done_in_the_future(library: Library) -> Iterator[Found]:
    until = library.school.kept_until(library.as_of)
    # Without a term nobody knows of which school year the plan is.
    for row in library[JobRow] if library.school.term else ():
        if is_ahead(row.done, until, library.year_begins.year) and _is_done(row, until):
            yield found(cell(row, "done"), cell(row, "task"), as_of=until)


def _is_done(job: JobRow, until: date) -> bool:
    # Its many expressions take longer to compile than most checks to run.
    from schoollib_xl.rules.completion import Completion, completion

    return completion(job.done, job.planned_times, until.month) is Completion.DONE


def _later_entries(library: Library) -> tuple[list[_Entry], list[_Entry]]:
    """The entries later than the books go: those that stand alone, and those that go on after it; each by
    ledger and line.
    """
    until = library.school.kept_until(library.as_of)
    columns = [(row_type, field) for row_type, fields in DONE.items() for field in fields.split()]
    entries = [
        _Entry(getattr(row, field), cell(row, field))
        for row_type, field in columns
        for row in _rows_after(library[row_type], field, until)
    ]
    alone: list[_Entry] = []
    going_on: list[_Entry] = []
    for run in _runs(sorted(entries, key=attrgetter("day"))):
        (going_on if len(run) > _TOLD_SINGLY else alone).extend(run)
    return sorted(alone, key=_place), sorted(going_on, key=_place)


def _rows_after(table: LedgerTable[Any], field: str, until: date) -> list[Any]:
    """The rows with a later day in this field. A column holds few days, however many rows there are."""
    return table.among(field, {day for day in table.distinct(field) if day and day > until})


def _runs(entries: list[_Entry]) -> Iterator[list[_Entry]]:
    """Entries by day, parted where there is a pause."""
    run: list[_Entry] = []
    for entry in entries:
        if run and entry.day - run[-1].day > PAUSE:
            yield run
            run = []
        run.append(entry)
    yield run


def _place(entry: _Entry) -> tuple[int, int, int]:
    at = entry.at
    return _ORDER.index(at.row_type), at.line, SHEETS[at.row_type].positions[at.field]
