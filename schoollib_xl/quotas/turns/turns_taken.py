"""What the loans on record say of a verdict: a class that has borrowed all it could is not behind, and what has been
done, this term or the last, by a class or at the desk and out of the stock by all together, can be done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import cached_property

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.basis.classes import SchoolClass
from schoollib_xl.quotas.basis.period import Period, previous_period
from schoollib_xl.quotas.borrowing.obligation import Obligation, TermBooks
from schoollib_xl.quotas.borrowing.tally import Tally, tally
from schoollib_xl.quotas.turns.catch_up import CatchUp
from schoollib_xl.quotas.turns.feasibility import Judge
from schoollib_xl.quotas.turns.lending_plan import Demand, most_alone
from schoollib_xl.quotas.turns.sharing import least_if_kept, plan_for, sharing_a_desk
from schoollib_xl.quotas.turns.verdict import Feasibility, Limit
from schoollib_xl.rules.target_names import TargetName

_WITHOUT_TURNS = (Limit.NO_TURN, Limit.CLOSED)
_SHARED = (Limit.MINUTES, Limit.STOCK)
_DISPROVED_BY_LOANS = (*_WITHOUT_TURNS, Limit.TURNS, *_SHARED)


class _Lent:
    """What the classes that verdicts are of have borrowed, held against turns, minutes and copies as reckoned."""

    def __init__(self, library: Library, verdicts: Mapping[str, Feasibility], judge: Judge, books: TermBooks) -> None:
        self._verdicts, self._judge, self._cut_off = verdicts, judge, books.period.cut_off
        before = previous_period(library)
        self._now, self._pupils_in = books.counted or Tally(), books.pupils_in
        self._tallies = [self._now, library.derive(tally, before.window) if before else Tally()]

    def disproves(self, verdict: Feasibility) -> bool:
        """Whether what keeps a class from its target has not kept it, or all together, from as much."""
        lent = max(_lent(one, verdict) for one in self._tallies)
        if verdict.limit in _WITHOUT_TURNS:
            # A loan or two may stand under the name of a class that made none.
            return 2 * lent >= (verdict.school_class.pupils or 0) > 0
        if verdict.limit in _SHARED and self._beyond[verdict.limit]:
            return True
        return verdict.limit in _DISPROVED_BY_LOANS and (lent > verdict.most or self._most_have_it(verdict))

    def _most_have_it(self, verdict: Feasibility) -> bool:
        """Whether half of the pupils have as much each as is asked of one, or as a mean of all."""
        by_pupil = self._now.visits_by_pupil if _is_of_visits(verdict) else self._now.copies_by_pupil
        pupils = [by_pupil[reader.reader_no] for reader in self._pupils_in([verdict.school_class]) or ()]
        asked = verdict.target.value or 0
        return 2 * sum(own >= asked for own in pupils) >= max(len(pupils), verdict.school_class.pupils or 1)

    def disproves_way(self, back: CatchUp, verdict: Feasibility) -> bool:
        """Whether a way back is too short by its turns alone and the class has borrowed more than its turns allowed, or
        by what all share and more was lent of that than there is.
        """
        demand = self._demand(verdict)
        if back.most_left >= most_alone(demand.after(self._cut_off)):
            return _lent(self._now, verdict) > most_alone(demand.until(self._cut_off))
        return any(self._beyond.values())

    @cached_property
    def _beyond(self) -> dict[Limit, bool]:
        """By what all share, whether more was lent than that allows."""
        done = {Limit.MINUTES: self._is_beyond_minutes, Limit.STOCK: self._is_beyond_stock}
        return {limit: self._is_more_together(limit) or is_beyond() for limit, is_beyond in done.items()}

    def _is_more_together(self, limit: Limit) -> bool:
        kept = [verdict for verdict in self._verdicts.values() if verdict.limit is limit]
        most = sum(verdict.most for verdict in kept)
        return any(sum(_lent(one, verdict) for verdict in kept) > most for one in self._tallies)

    def _demand(self, verdict: Feasibility) -> Demand:
        return self._judge.demand(verdict.school_class, 0, in_visits=_is_of_visits(verdict))

    @cached_property
    def _done(self) -> dict[str, Demand]:
        """What each class has borrowed of what its turns up to now allowed."""
        passed = {name: self._demand(verdict).until(self._cut_off) for name, verdict in self._verdicts.items()}
        return {
            name: replace(one, need=min(_lent(self._now, self._verdicts[name]), most_alone(one)))
            for name, one in passed.items()
        }

    def _is_beyond_minutes(self) -> bool:
        """Whether a copy takes less time at the desk than is reckoned."""
        supply = replace(self._judge.supply(), stock=None)
        groups = sharing_a_desk(self._done, supply)
        return any(plan_for([self._done[name] for name in group], supply) is None for group in groups)

    def _is_beyond_stock(self) -> bool:
        """Whether copies came back sooner than is reckoned."""
        supply = replace(self._judge.supply(), minutes_per_copy=Fraction())
        if supply.stock is None:
            return False
        least = least_if_kept((one, self._judge.days_kept(name)) for name, one in self._done.items())
        return least > supply.stock or plan_for(list(self._done.values()), supply) is None


def _is_of_visits(verdict: Feasibility) -> bool:
    return verdict.target.name == TargetName.VISITS_PER_PUPIL


def _lent(counted: Tally, verdict: Feasibility) -> int:
    name = verdict.school_class.name
    return len(counted.visits[name]) if _is_of_visits(verdict) else counted.loans[name]


def as_it_went(
    library: Library, verdicts: Mapping[str, Feasibility], judge: Judge, books: TermBooks | None
) -> dict[str, Feasibility]:
    """The verdicts; what has been done is not impossible, however turns, minutes and copies are reckoned."""
    if books is None or all(verdict.limit not in _DISPROVED_BY_LOANS for verdict in verdicts.values()):
        return dict(verdicts)
    lent = _Lent(library, verdicts, judge, books)
    return {
        name: replace(one, limit=None, changes=(), own=()) if lent.disproves(one) else one
        for name, one in verdicts.items()
    }


def believed(
    library: Library,
    back: Mapping[str, CatchUp],
    verdicts: Mapping[str, Feasibility],
    judge: Judge,
    books: TermBooks,
) -> dict[str, CatchUp]:
    """The ways back but for those that are too short by a reckoning that the loans on record disprove."""
    lent = _Lent(library, verdicts, judge, books)
    return {
        name: one
        for name, one in back.items()
        if one.is_possible or not one.most_left or not lent.disproves_way(one, verdicts[name])
    }


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
    # The turn of the cut-off itself may still be taken.
    passed = demand.until(span.cut_off - timedelta(days=1))
    return bool(demand.after(span.cut_off).occasions) and (figures.loans or 0) >= most_alone(passed)


def together(figures: Obligation, members: Sequence[Obligation]) -> Obligation:
    """The figures of several classes; where each of them is on track, so are all together."""
    are_on_track = bool(members) and all(member.on_track for member in members)
    return replace(figures, on_track=True) if figures.on_track is False and are_on_track else figures
