"""工作安排 (ACT): what 完成情况 says was done, and the book in which that is kept: there is no entry of it, or it is of
another day; what is said to have come back was still out.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.school.counts_told import is_done
from schoollib_xl.checks.school.kept_work import LOOKED_UP, DayColumn, columns_of_job
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS, cell
from schoollib_xl.ledgers.school import month_in
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome, ReaderKind
from schoollib_xl.rules.days_told import days_told
from schoollib_xl.rules.likeness import says
from schoollib_xl.rules.target_names import activity_of

# What belongs to a job may be entered in the month before or after its own; a day that is told and that of the entry
# may be on either side of a weekend.
_ABOUT = timedelta(days=31)
_NEAR = timedelta(days=3)
# Of a book that is bought, the day it came or stood on the shelf is not that of its entry.
_OTHER_DAYS = ("上架", "到货", "到校", "到馆", "送到", "发放", "发到", "公布", "起", "开始", "至", "到期")
_CAME_BACK = ("收回", "收齐", "归还", "还清", "回收")
_BUT = ("除", "另", "其余", "只差", "还有", "没", "未", "催", "部分", "大多", "基本")
# What came back as late as this after the day was not what the words were about.
_LATEST = timedelta(days=60)


class ToldJob(NamedTuple):
    """A job that 完成情况 tells of, where it is kept, and the days of it that were entered about its month."""

    row: JobRow
    dated: tuple[DayColumn, ...]
    days: frozenset[date]

    @property
    def ledger(self) -> str:
        return SHEETS[self.dated[0].row_type].name


def _told_jobs(library: Library) -> tuple[ToldJob, ...]:
    """The jobs of months that had begun, of which a book that goes back so far and was read whole would tell."""
    begins_on = min(library[SummaryRow].distinct("registered_on"), default=None)
    year = library.year_begins.year
    kinds = {kind for target in library[TargetRow] if (kind := activity_of(target.name))}
    kinds |= library[ActivityRow].distinct("kind")
    told, days_of = [], cache(lambda one: one.days(library))
    # Without a term nobody knows of which school year the plan is.
    for row in library[JobRow].saying("done") if library.school.term else ():
        dated = list(columns_of_job(row, kinds))
        month = month_in(year, row.month)
        if not dated or begins_on is None or month.end < begins_on or month.start > library.as_of:
            continue
        tables = [library[one.row_type] for one in dated]
        if tables[0].present and all(map(_tells_all, tables)):
            first, last = month.start - _ABOUT, month.end + _ABOUT
            about = (day for one in dated for day in days_of(one) if first <= day <= last)
            told.append(ToldJob(row, tuple(dated), frozenset(about)))
    return tuple(told)


def _tells_all(table: LedgerTable[Any]) -> bool:
    """Whether every line was read, and no column is missing that says what is looked for."""
    return not (table.incomplete or (table.present and not table.has(*LOOKED_UP[table.declared.row_type].split())))


@check(
    "ACT109",
    title="完成情况说做了，账上没有",
    message="{month}月的“{task}”写着“{done}”，{ledger}里{month}月前后没有记录。",
    why="总结照完成情况说做了，照账说没有记录，一篇里两样话。",
    fix="先看做了没有；做了就补记，没有做就改完成情况；记在别的本子上的，在完成情况里写“另有记录”。",
    severity=Severity.HINT,
    reads={JobRow: "month task done"},
    may_read=LOOKED_UP,
)
def done_without_an_entry(library: Library) -> Iterator[Found]:
    for told in jobs_without_an_entry(library):
        yield found(cell(told.row, "done"), ledger=told.ledger)


def jobs_without_an_entry(library: Library) -> list[ToldJob]:
    """The jobs that are said to be done of which their book has no entry about that month."""
    return [told for told in library.derive(_told_jobs) if not told.days and is_done(told.row)]


@check(
    "ACT110",
    title="完成情况的日子和账上不一样",
    message="{month}月的“{task}”写着“{done}”，{ledger}里最近的是 {nearest}。",
    why="总结照完成情况写，日子和账上不一样，两处就对不起来。",
    fix="先看当时的单据，再改写错的一个；说的是另一步的不用动。",
    severity=Severity.HINT,
    reads={JobRow: "month task done"},
    may_read=LOOKED_UP,
)
def done_on_another_day_than_entered(library: Library) -> Iterator[Found]:
    year = library.year_begins.year
    for told in library.derive(_told_jobs):
        row = told.row
        days = days_told(row.done, year) if told.days and not says(row.done, *_OTHER_DAYS) else []
        # A day to come is ACT103, one of another month ACT105; of activities in the month ACT107 tells.
        if not days or max(days) > library.as_of or any(day.month != row.month for day in days) or _in_month(told):
            continue
        # A subscription begins and ends on other days than it was ordered or bound.
        own = [one for one in told.dated if one.row_type is not PeriodicalRow]
        entered = told.days & {day for one in own for day in one.days(library)}
        if not entered:
            continue
        nearest = min(entered, key=lambda day: min(abs(day - one) for one in days))
        if min(abs(nearest - one) for one in days) > _NEAR and is_done(row):
            at = next(filter(None, (one.at(library, nearest) for one in own)))
            yield found(cell(row, "done"), at, ledger=SHEETS[at.row_type].name, nearest=nearest)


def _in_month(told: ToldJob) -> bool:
    """Whether all that is known of the job are activities, and one was held in its month."""
    months = {day.month for day in told.days}
    return told.row.month in months and all(one.row_type is ActivityRow for one in told.dated)


@check(
    "ACT111",
    title="写着收齐了，还有没还的",
    message="{month}月的“{task}”写着“{done}”，到 {day} 还有 {copies} 册没有还。",
    why="总结照完成情况说收齐了，借阅登记账上却还有没还的。",
    fix="先看这几册还了没有；还了就补填归还日期，没还就改完成情况；当时还没收的，写上“除……外”。",
    severity=Severity.HINT,
    reads={
        JobRow: "month task done",
        LoanRow: "lent_on returned_on outcome mode reader_no",
        ReaderRow: "kind reader_no",
    },
    may_read={JobRow: "planned_times"},
)
def out_when_all_had_come_back(library: Library) -> Iterator[Found]:
    year = library.year_begins.year
    for row in library[JobRow].saying("done") if library.school.term else ():
        text = f"{row.task}，{row.done}"
        if not says(text, *_CAME_BACK) or "书" not in row.task or says(row.done, *_BUT):
            continue
        told = days_told(row.done, year)
        day = max(told) if told else month_in(year, row.month).end
        out = _out(library, day, with_teachers=says(text, "师")) if day + _NEAR < library.as_of else []
        # One that came back later may be a slip of its own line.
        is_told = len(out) > 1 or any(loan.returned_on is None for loan in out)
        if is_told and day.month == row.month and is_done(row):
            others = (cell(loan, "returned_on") for loan in out)
            yield found(cell(row, "done"), *others, day=day, copies=len(out))


def _out(library: Library, day: date, *, with_teachers: bool) -> list[LoanRow]:
    """The loans of pupils and classes that were out on a day and did not come back within the days after it; of those
    that are back nobody knows when where no day is written.
    """
    loans = library[LoanRow]
    later = {back for back in loans.distinct("returned_on") if back is None or day + _NEAR < back < day + _LATEST}
    late = (loan for loan in loans.among("returned_on", later) if loan.lent_on <= day)
    out = (loan for loan in late if loan.returned_on or not loan.outcome)
    own = (loan for loan in out if loan.mode is not LoanMode.IN_ROOM and loan.outcome is not LoanOutcome.LOST)
    return [loan for loan in own if with_teachers or loan.mode is LoanMode.CLASS or _is_pupil(library, loan)]


def _is_pupil(library: Library, loan: LoanRow) -> bool:
    reader = library.readers.get(loan.reader_no)
    return reader is not None and reader.kind is ReaderKind.PUPIL
