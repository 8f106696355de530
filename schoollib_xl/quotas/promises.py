"""工作安排 and 任务指标 on a day: what was promised, and whether it is done, due, late or still to come."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.figures import rounded
from schoollib_xl.quotas.outcomes import Outcome
from schoollib_xl.quotas.period import progress, school_year
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.rules.completion import Completion, completion
from schoollib_xl.rules.target_names import TargetName

# A school year's months from August on lie in its first calendar year.
_FIRST_MONTH = 8
_LAST_OF_YEAR = (8, 31)
_PACED = (TargetName.COPIES_PER_PUPIL, TargetName.VISITS_PER_PUPIL)


class State(StrEnum):
    """How a promise stands: done; to be done now; past its day; not yet its month; put off or called off, which
    somebody said; nothing records it.
    """

    DONE = "done"
    DUE = "due"
    LATE = "late"
    AHEAD = "ahead"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


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


@dataclass(frozen=True)
class TargetPromise:
    """One row of 任务指标 with its figure; `expected` is what should be reached by now, None where that cannot be
    told before the end.
    """

    outcome: Outcome
    due_on: date | None
    expected: Decimal | None
    state: State

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Where it stands."""
        return (Cell(TargetRow, self.outcome.target.line, "value"),)


@dataclass(frozen=True)
class Promises:
    """Everything promised, as it stands on a day."""

    as_of: date
    jobs: tuple[JobPromise, ...]
    targets: tuple[TargetPromise, ...]

    def jobs_in(self, *states: State) -> list[JobPromise]:
        """The jobs that stand so, in the order of their months."""
        return [job for job in self.jobs if job.state in states]

    def targets_in(self, *states: State) -> list[TargetPromise]:
        """The targets that stand so, in the order of 任务指标."""
        return [target for target in self.targets if target.state in states]

    def next_month(self) -> list[JobPromise]:
        """The jobs of the month after that of the day."""
        following = self.as_of.month % 12 + 1
        return [job for job in self.jobs if job.state is State.AHEAD and job.row.month == following]


def promises(library: Library, stated: Statement) -> Promises:
    """What the plan and the targets ask on the day the books are judged on."""
    jobs = planned_jobs(library, library.as_of)
    return Promises(library.as_of, jobs, tuple(_targets(library, stated)))


def planned_jobs(library: Library, day: date, term: Term | None = None) -> tuple[JobPromise, ...]:
    """The jobs of the school year a day lies in, by month; of a term, those whose month it touches."""
    first_year = school_year(library, day).start.year
    found = (_job(library, row, first_year, day) for row in library[JobRow])
    asked = (job for job in found if term is None or (job.begins_on <= term.end and job.due_on >= term.start))
    return tuple(sorted(asked, key=lambda job: (job.begins_on, job.row.order or 0, job.row.line)))


def _job(library: Library, row: JobRow, first_year: int, day: date) -> JobPromise:
    year = first_year if row.month >= _FIRST_MONTH else first_year + 1
    begins_on = date(year, row.month, 1)
    due_on = _last_day(library, begins_on)
    said = completion(row.done, row.planned_times)
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


def _targets(library: Library, stated: Statement) -> Iterator[TargetPromise]:
    share = _share_of_term(library, stated)
    for outcome in stated.outcomes:
        if not outcome.target.is_sound:
            continue
        due_on = _due_on(library, stated, outcome)
        expected = _expected(outcome, share)
        yield TargetPromise(outcome, due_on, expected, _target_state(library.as_of, outcome, due_on, expected))


def _share_of_term(library: Library, stated: Statement) -> Fraction | None:
    """How much of the term's open days are over; None where the calendar cannot tell."""
    run = progress(library, stated.period) if stated.period else None
    return Fraction(run.elapsed, run.open_days) if run else None


def _due_on(library: Library, stated: Statement, outcome: Outcome) -> date | None:
    """The end of the term, or of the school year where the unit says 年."""
    if "年" in outcome.target.unit:
        return date(school_year(library, library.as_of).start.year + 1, *_LAST_OF_YEAR)
    return stated.period.term.end if stated.period else None


def _expected(outcome: Outcome, share: Fraction | None) -> Decimal | None:
    """What borrowing should have reached on average by now, linear over the open days; other targets, and what the
    last pupil must have borrowed, have no such pace.
    """
    target = outcome.target
    if share is None or target.value is None or target.name not in _PACED:
        return None
    return rounded(Fraction(target.value) * share)


def _target_state(day: date, outcome: Outcome, due_on: date | None, expected: Decimal | None) -> State:
    if outcome.actual is None:
        return State.UNKNOWN
    if outcome.is_reached:
        return State.DONE
    if due_on is None or day >= due_on:
        return State.LATE
    return State.LATE if expected is not None and Decimal(outcome.actual) < expected else State.DUE


def states_of(promised: Sequence[JobPromise | TargetPromise]) -> dict[State, int]:
    """How many stand how, in the order of the states."""
    return {state: sum(one.state is state for one in promised) for state in State}
