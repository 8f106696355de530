"""工作安排 and 任务指标 on a day: what was promised, and whether it is done, due, late or still to come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.school import Term, first_year, school_year_from
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.basis.figures import rounded
from schoollib_xl.quotas.basis.period import progress
from schoollib_xl.quotas.jobs import JobPromise, State, of_next_month, planned_jobs
from schoollib_xl.quotas.measures.outcomes import Stage, TargetOutcome
from schoollib_xl.quotas.recorded import recorded_outcomes
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.rules.target_spans import TargetSpan

# So long after a term has begun nothing need be on record yet.
_FIRST_WEEKS = timedelta(days=28)
_PACED = (TargetName.COPIES_PER_PUPIL, TargetName.VISITS_PER_PUPIL)


@dataclass(frozen=True)
class TargetPromise:
    """One row of 任务指标 with its figure; `expected` is what should be reached by now, None where that cannot be
    told before the end; `pupils` are those a minimum is asked of and those who have it.
    """

    outcome: TargetOutcome
    due_on: date | None
    expected: Decimal | None
    state: State
    pupils: tuple[int, int] | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Where it stands."""
        return (Cell(TargetRow, self.outcome.target.line, "value"),)


@dataclass(frozen=True)
class Promises:
    """Everything promised, as it stands on a day; `term` is the one the targets are measured in, None where that is
    not known.
    """

    as_of: date
    term: Term | None
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
        return of_next_month(self.jobs, self.as_of)


def promises(library: Library, quotas: Statement) -> Promises:
    """What the plan and the targets ask on the day the books are judged on."""
    jobs = planned_jobs(library, library.as_of)
    term = quotas.period.term if quotas.period else None
    return Promises(library.as_of, term, jobs, tuple(_targets(library, quotas)))


def _targets(library: Library, quotas: Statement) -> Iterator[TargetPromise]:
    share, year = _share_of_term(library, quotas), _year(library, quotas)
    for outcome in recorded_outcomes(quotas):
        if not outcome.target.is_sound:
            continue
        due_on = year.end if outcome.target.span is TargetSpan.YEAR else quotas.period and quotas.period.term.end
        expected = _expected(outcome, share)
        is_behind = _is_behind(quotas, outcome, expected)
        is_past = library.as_of > year.end
        state = State.PAST_YEAR if is_past else _target_state(library.as_of, outcome, due_on, is_behind=is_behind)
        if state is State.UNKNOWN and _is_to_be_recorded(library, quotas, outcome):
            state = State.DUE
        own = state if outcome.target.is_own else State.UNCONFIRMED
        yield TargetPromise(outcome, due_on, expected, own, quotas.pupils_reached(outcome))


def _is_to_be_recorded(library: Library, quotas: Statement, outcome: TargetOutcome) -> bool:
    """Whether a figure is wanting only since the term has just begun."""
    if quotas.period is None or outcome.lacks_pupils or outcome.is_unread:
        return False
    start = quotas.period.term.start
    return start <= library.as_of < start + _FIRST_WEEKS


def _share_of_term(library: Library, quotas: Statement) -> Fraction | None:
    """How much of the term's open days are over; None where the calendar cannot tell."""
    run = progress(library, quotas.period) if quotas.period else None
    return Fraction(run.elapsed, run.open_days) if run else None


def _year(library: Library, quotas: Statement) -> Term:
    """The school year the targets are measured in: that of the term, else that of the day."""
    begins = first_year(quotas.period.term.start if quotas.period else library.as_of)
    return school_year_from(begins)


def _expected(outcome: TargetOutcome, share: Fraction | None) -> Decimal | None:
    """What borrowing should have reached on average by now, linear over the open days; other targets, and what the
    last pupil must have borrowed, have no such pace.
    """
    target = outcome.target
    if share is None or target.value is None or target.name not in _PACED or target.span is not TargetSpan.TERM:
        return None
    return rounded(Fraction(target.value) * share)


def _is_behind(quotas: Statement, outcome: TargetOutcome, expected: Decimal | None) -> bool:
    """Whether less is borrowed than should be by now; not where every class it is asked of is on track, since these
    wait for their turns.
    """
    if expected is None or outcome.actual is None or Decimal(outcome.actual) >= expected:
        return False
    grades = outcome.target.grades or ()
    asked = [quota.obligation for quota in quotas.classes if quota.school_class.grade in grades and quota.asks_mean]
    counts_visits = outcome.target.name == TargetName.VISITS_PER_PUPIL
    return not asked or not all(one.waits_for_turn or (one.on_track and not counts_visits) for one in asked)


def _target_state(day: date, outcome: TargetOutcome, due_on: date | None, *, is_behind: bool) -> State:
    if outcome.actual is None or outcome.lacks_pupils:
        return State.UNKNOWN
    if outcome.stage is Stage.TO_COME:
        return State.AHEAD
    if outcome.is_reached:
        return State.DONE
    if due_on is None or day >= due_on:
        return State.LATE
    return State.LATE if is_behind else State.DUE


def states_of(promised: Sequence[JobPromise | TargetPromise]) -> dict[State, int]:
    """How many stand how, in the order of the states."""
    return {state: sum(one.state is state for one in promised) for state in State}
