"""What the loans on record say of a verdict: a class that has borrowed all it could is not behind, and one that has
borrowed more than it could, this term or the last, was able to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.basis.classes import SchoolClass
from schoollib_xl.quotas.basis.period import Period, previous_period
from schoollib_xl.quotas.borrowing.obligation import Obligation
from schoollib_xl.quotas.borrowing.tally import Tally, tally
from schoollib_xl.quotas.turns.feasibility import Judge
from schoollib_xl.quotas.turns.lending_plan import most_alone
from schoollib_xl.quotas.turns.verdict import Feasibility, Limit
from schoollib_xl.rules.target_names import TargetName

_RECKONED = (Limit.TURNS, Limit.MINUTES, Limit.STOCK)


def as_it_went(library: Library, verdicts: Mapping[str, Feasibility], counted: Tally | None) -> dict[str, Feasibility]:
    """The verdicts; what a class has done is not impossible, however its turns, minutes and copies are reckoned."""
    if all(verdict.limit not in _RECKONED for verdict in verdicts.values()):
        return dict(verdicts)
    before = previous_period(library)
    tallies = [counted, library.derive(tally, before.window) if before else None]
    known = [one for one in tallies if one]
    return {name: _as_it_went(verdict, known) for name, verdict in verdicts.items()}


def _as_it_went(verdict: Feasibility, tallies: Sequence[Tally]) -> Feasibility:
    name, is_of_visits = verdict.school_class.name, verdict.target.name == TargetName.VISITS_PER_PUPIL
    lent = max((len(one.visits[name]) if is_of_visits else one.loans[name] for one in tallies), default=0)
    is_refuted = verdict.limit in _RECKONED and lent > verdict.most
    return replace(verdict, limit=None, changes=(), own=()) if is_refuted else verdict


def waiting_for_turns(
    judge: Judge, span: Period, verdicts: Mapping[str, Feasibility], figures: Mapping[SchoolClass, Obligation]
) -> dict[SchoolClass, Obligation]:
    """The figures of the classes, those on track that are below the even pace for want of a turn alone."""
    return {
        one: replace(own, on_track=True) if _waits(judge, span, verdicts.get(one.name), own) else own
        for one, own in figures.items()
    }


def _waits(judge: Judge, span: Period, verdict: Feasibility | None, figures: Obligation) -> bool:
    """Whether a target that can be met is behind its even pace although every turn before the cut-off was taken,
    with turns still to come after it.
    """
    if figures.on_track is not False or verdict is None or not verdict.is_feasible:
        return False
    demand = judge.demand(verdict.school_class, 0, in_visits=False)
    passed = replace(demand, occasions=tuple(occasion for occasion in demand.occasions if occasion.day < span.cut_off))
    has_more = any(occasion.day > span.cut_off for occasion in demand.occasions)
    return has_more and (figures.loans or 0) >= most_alone(passed)


def together(figures: Obligation, members: Sequence[Obligation]) -> Obligation:
    """The figures of several classes; where each of them is on track, so are all together."""
    return replace(figures, on_track=True) if figures.on_track is False and _all_on_track(members) else figures


def _all_on_track(members: Sequence[Obligation]) -> bool:
    return bool(members) and all(member.on_track for member in members)
