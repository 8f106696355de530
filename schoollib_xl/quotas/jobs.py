"""工作安排 on a day: which job is done, due, late or still to come."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from schoollib_xl.ledgers.library import Library, untold
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.school import Term, first_year, month_in, school_year_from
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.quotas.basis.period import planned_year
from schoollib_xl.rules.completion import Completion, completion
from schoollib_xl.rules.days_told import is_ahead

_NOT_SAID = (Completion.SILENT, Completion.NOT_DONE, Completion.CALLED_OFF)


class State(StrEnum):
    """How a promise stands: done; to be done now; past its day; not yet its month or term; put off or called off,
    which somebody said; nothing that can be read records it; nobody promised it, since a new workbook says it by
    itself; it was made for a school year that is over, of which nothing is counted now.
    """

    DONE = "done"
    DUE = "due"
    LATE = "late"
    AHEAD = "ahead"
    DROPPED = "dropped"
    UNKNOWN = "unknown"
    UNCONFIRMED = "unconfirmed"
    PAST_YEAR = "past_year"


@dataclass(frozen=True)
class JobPromise:
    """One row of 工作安排: from when it is asked and until when, what its 完成情况 says, and the rows of 活动记录 that
    show it where that is blank, or are there although it says no.
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
    """The jobs of the school year that 工作安排 is of, as they stand on a day, by month; of a term, those whose month
    it touches.
    """
    year, unread = planned_year(library, day), untold(library[JobRow], "done")
    jobs = (_job(library, row, year, day) for row in library[JobRow])
    found = (_without_record(job) if job.row.line in unread else job for job in jobs)
    asked = (job for job in found if term is None or (job.begins_on <= term.end and job.due_on >= term.start))
    return tuple(sorted(asked, key=lambda job: (job.begins_on, job.row.order or 0, job.row.line)))


def of_next_month(jobs: Iterable[JobPromise], day: date) -> list[JobPromise]:
    """Those of the month after that of the day."""
    own = month_in(first_year(day), day.month)
    return [job for job in jobs if job.state is State.AHEAD and job.begins_on == own.end + timedelta(days=1)]


def _job(library: Library, row: JobRow, planned: int, day: date) -> JobPromise:
    month = month_in(planned, row.month)
    begins_on, due_on = month.start, _last_day(library, month)
    said = completion(row.done, row.planned_times, day.month)
    if said is Completion.DONE and is_ahead(row.done, day, planned):
        said = Completion.NOT_DONE
    shown_by = _shown_by(library, row, begins_on, min(due_on, day)) if said in _NOT_SAID else ()
    is_shown = said is Completion.SILENT and bool(shown_by) and len(shown_by) >= (row.planned_times or 1)
    is_over = day > school_year_from(planned).end
    state = State.PAST_YEAR if is_over else _state(said, begins_on, due_on, day, is_shown=is_shown)
    return JobPromise(row, begins_on, due_on, said, shown_by, state)


def _without_record(job: JobPromise) -> JobPromise:
    """A job of which nobody can read what became of it: neither done nor late but for what 活动记录 shows."""
    return replace(job, state=State.UNKNOWN) if job.state in (State.LATE, State.DUE) else job


def _last_day(library: Library, month: Term) -> date:
    """The end of the month, or of the term that ends in it."""
    return next((term.end for term in library.school.terms if term.end in month), month.end)


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
