"""工作安排 on a day: which job is done, due, late or still to come."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.school import FIRST_MONTH, Term
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.quotas.period import school_year
from schoollib_xl.rules.completion import Completion, completion
from schoollib_xl.rules.days_told import is_ahead


class State(StrEnum):
    """How a promise stands: done; to be done now; past its day; not yet its month; put off or called off, which
    somebody said; nothing records it; nobody promised it, since a new workbook says it by itself.
    """

    DONE = "done"
    DUE = "due"
    LATE = "late"
    AHEAD = "ahead"
    DROPPED = "dropped"
    UNKNOWN = "unknown"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class JobPromise:
    """One row of 工作安排: from when it is asked and until when, what its 完成情况 says, and the rows of 活动记录 that
    show it where that is blank.
    """

    row: JobRow
    begins_on: date
    due_on: date
    said: Completion
    shown_by: tuple[ActivityRow, ...]
    state: State

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Where it stands: the job, what is said of it, what shows it."""
        own = (cell(self.row, "task"), cell(self.row, "done"))
        return (*own, *(cell(activity, "kind") for activity in self.shown_by))


def planned_jobs(library: Library, day: date, term: Term | None = None) -> tuple[JobPromise, ...]:
    """The jobs of the school year a day lies in, by month; of a term, those whose month it touches."""
    first_year = school_year(library, day).start.year
    found = (_job(library, row, first_year, day) for row in library[JobRow])
    asked = (job for job in found if term is None or (job.begins_on <= term.end and job.due_on >= term.start))
    return tuple(sorted(asked, key=lambda job: (job.begins_on, job.row.order or 0, job.row.line)))


def of_next_month(jobs: Iterable[JobPromise], day: date) -> list[JobPromise]:
    """Those of the month after that of the day."""
    following = day.month % 12 + 1
    return [job for job in jobs if job.state is State.AHEAD and job.row.month == following]


def _job(library: Library, row: JobRow, first_year: int, day: date) -> JobPromise:
    year = first_year if row.month >= FIRST_MONTH else first_year + 1
    begins_on = date(year, row.month, 1)
    due_on = _last_day(library, begins_on)
    said = completion(row.done, row.planned_times, day.month)
    if said is Completion.DONE and is_ahead(row.done, day, first_year):
        said = Completion.NOT_DONE
    shown_by = _shown_by(library, row, begins_on, min(due_on, day)) if said is Completion.SILENT else ()
    is_shown = bool(shown_by) and len(shown_by) >= (row.planned_times or 1)
    return JobPromise(row, begins_on, due_on, said, shown_by, _state(said, begins_on, due_on, day, is_shown=is_shown))


def _last_day(library: Library, begins_on: date) -> date:
    """The end of the month, or of the term that ends in it."""
    month_end = begins_on.replace(day=monthrange(begins_on.year, begins_on.month)[1])
    ends = (term.end for term in (library.school.term, library.school.previous_term) if term)
    return next((end for end in ends if begins_on <= end <= month_end), month_end)


def _shown_by(library: Library, row: JobRow, first: date, last: date) -> tuple[ActivityRow, ...]:
    """What 活动记录 has of the job in these days, by its 类别."""
    rows = library[ActivityRow]
    return tuple(one for one in rows if first <= one.held_on <= last and one.kind and one.kind in row.task)


def _state(said: Completion, begins_on: date, due_on: date, day: date, *, is_shown: bool) -> State:
    if said in (Completion.PUT_OFF, Completion.CALLED_OFF):
        return State.DROPPED
    # What is written of a month to come was written after the day that is asked about.
    if day < begins_on:
        return State.AHEAD
    if said is Completion.DONE or is_shown:
        return State.DONE
    return State.LATE if day > due_on else State.DUE
