"""Whether borrowing targets can be met under the turns, the rules, the minutes and the stock, by all classes
together; if not, why not and what the smallest change would be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil
from types import MappingProxyType
from typing import Any, NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import Term
from schoollib_xl.quotas.basis.classes import SchoolClass, school_classes
from schoollib_xl.quotas.basis.figures import quotient
from schoollib_xl.quotas.basis.period import school_weeks
from schoollib_xl.quotas.basis.stock import lendable
from schoollib_xl.quotas.borrowing.targets import Target
from schoollib_xl.quotas.turns.lending_plan import Demand, Supply, most_alone
from schoollib_xl.quotas.turns.sharing import first_true, least_if_kept, least_stock, plan_for, shared, sharing_a_desk
from schoollib_xl.quotas.turns.timetable import AS_THEY_ARE, Timetable, Turns
from schoollib_xl.quotas.turns.verdict import NO_CHANGE, Feasibility, Limit, NeededChange
from schoollib_xl.rules.lending import has_unread_rules
from schoollib_xl.rules.target_names import TargetName

# More minutes than this at one turn are no advice: a school day has about seven hours.
_MOST_MINUTES = 420
_BY_TURNS = (Limit.NO_TURN, Limit.TURNS)
_NOTHING: Mapping[str, NeededChange] = MappingProxyType({})
# The parts of a change that can be left out, the costliest first.
_PARTS: tuple[dict[str, Any], ...] = ({"more_minutes": 0}, {"more_copies": 0}, {"weekly": False})

Asked = Mapping[str, Target]
"""The target each class is to meet, by its name."""


def judge_in(library: Library, term: Term) -> "Judge":
    """Who judges what is asked in a term. A verdict rests on no copy and no loan, but on how many copies there are;
    where no copy is written down, nobody knows how many.
    """
    # What is planned before a term is lent out of what there is on its first day.
    day = min(max(library.as_of, term.start), term.end)
    stock = len(lendable(library, day)) if library[AccessionRow].rows else None
    return library.derive(_LastJudge, term).of(stock)


class _LastJudge:
    """Who judged last in a term: of a school that enters its copies one by one no more than one is kept."""

    def __init__(self, library: Library, term: Term) -> None:
        self._library = library
        self._term = term
        self._judges: dict[int | None, Judge] = {}

    def of(self, stock: int | None) -> "Judge":
        """The one for so many copies that can be lent."""
        if stock not in self._judges:
            self._judges = {stock: Judge(self._library, self._term, stock)}
        return self._judges[stock]


class Judge:
    """Judges what is asked of the classes in one term; what is common to all targets is worked out once."""

    def __init__(self, library: Library, term: Term, stock: int | None) -> None:
        """`stock` is the number of copies that can be lent; None sets no bound."""
        self._stock = stock
        self._has_unread_rules = has_unread_rules(library)
        self._minutes = Fraction(library.school.minutes_per_copy or 0)
        self._classes = {one.name: one for one in school_classes(library) if one.pupils}
        self.timetable = Timetable(library, term)
        self._weeks = school_weeks(library, term)
        self._judged: dict[frozenset[tuple[str, Target]], dict[str, Feasibility]] = {}

    def verdicts(self, asked: Asked) -> dict[str, Feasibility]:
        """Whether each class that has pupils can meet what is asked of it while the others meet theirs; of one whose
        rule may be a line that cannot be read there is no verdict.
        """
        key = frozenset(asked.items())
        if key not in self._judged:
            found = self._verdicts(_Trial(self, asked)).items()
            # A rule of which a cell or a column lacks may be theirs: then nobody knows.
            self._judged[key] = {
                name: one for name, one in found if one.limit is not Limit.NO_RULE or not self._has_unread_rules
            }
        return self._judged[key]

    def supply(self, more_minutes: int = 0) -> Supply:
        """What all classes share."""
        return Supply(self._stock, self._minutes, self.timetable.open_on(more_minutes))

    def demand(self, school_class: SchoolClass, need: int, in_visits: bool, turns: Turns = AS_THEY_ARE) -> Demand:
        """What a class needs and when it can come."""
        return Demand(school_class.pupils or 0, need, in_visits, self.timetable.occasions(school_class, turns))

    def known(self, asked: Asked) -> dict[SchoolClass, Target]:
        """The classes that have pupils and are asked for something, in the order of 班级."""
        return {one: asked[name] for name, one in self._classes.items() if name in asked}

    def days_kept(self, name: str) -> int | None:
        """For how long the rule lends to a class that comes without turns; None for any other."""
        return self.timetable.days_kept(self._classes[name])

    def _verdicts(self, trial: "_Trial") -> dict[str, Feasibility]:
        limits, most = trial.limits()
        changes = trial.changes(limits)
        return {
            one.name: self._verdict(one, target, limits.get(one.name), most[one.name], changes)
            for one, target in trial.asked.items()
        }

    def _verdict(
        self,
        school_class: SchoolClass,
        target: Target,
        limit: Limit | None,
        most: int,
        changes: tuple["_Change", ...],
    ) -> Feasibility:
        occasions = self.timetable.occasions(school_class)
        would_be = occasions or self.timetable.occasions(school_class, Turns(weekly=True))
        rule = self.timetable.rule(school_class, occasions[0].day) if occasions else None
        is_helped = limit not in (None, Limit.NO_RULE, Limit.CLOSED)
        return Feasibility(
            school_class=school_class,
            target=target,
            weeks=self._weeks,
            turns=len(occasions),
            copies=max((occasion.copies for occasion in would_be), default=0),
            most=most,
            most_each=quotient(most, school_class.pupils or 0),
            limit=limit,
            is_daily=self.timetable.comes_daily(school_class, Turns(weekly=True)),
            loan_days=self.timetable.days_kept(school_class),
            closed_on=tuple(dict.fromkeys(turn.weekday for turn in self.timetable.closed_turns(school_class))),
            changes=tuple(change.whole for change in changes) if is_helped else (),
            is_by_own_rule=rule is None or self.timetable.is_own(rule),
            own=tuple(dict.fromkeys(change.of(limit) for change in changes)) if limit and is_helped else (),
        )


def needed(school_class: SchoolClass, target: Target) -> int:
    """Loans, or visits, of a class: the mean asked times its pupils, or for each pupil at least so many."""
    value, pupils = Fraction(target.value or 0), school_class.pupils or 0
    return ceil(value) * pupils if target.name == TargetName.LEAST_COPIES else ceil(value * pupils)


class _Change(NamedTuple):
    """A change for all classes that can be helped, and what of it those of each limit need."""

    whole: NeededChange
    shares: Mapping[Limit, NeededChange]

    def of(self, limit: Limit) -> NeededChange:
        """What a class of this limit needs of it; the whole where only the others' changes help it."""
        share = self.shares[limit]
        return self.whole if share.turns == AS_THEY_ARE and not share.more_stock else share


class _Trial:
    """What is asked, tried out under the turns as they are or as they could be."""

    def __init__(self, judge: Judge, asked: Asked) -> None:
        self._judge = judge
        self.asked = judge.known(asked)

    def demands(self, changed: Mapping[str, NeededChange] = _NOTHING) -> dict[str, Demand]:
        """What each class needs, the turns of some classes changed."""
        return {
            one.name: self._judge.demand(
                one,
                needed(one, target),
                target.name == TargetName.VISITS_PER_PUPIL,
                changed[one.name].turns if one.name in changed else AS_THEY_ARE,
            )
            for one, target in self.asked.items()
        }

    def limits(self) -> tuple[dict[str, Limit], dict[str, int]]:
        """What limits each class that cannot meet its need, and the most each class can borrow."""
        demands, supply = self.demands(), self._judge.supply()
        most = {name: most_alone(one) for name, one in demands.items()}
        limits = {name: self._by_turns(name, one) for name, one in demands.items() if most[name] < one.need}
        possible = {name: replace(one, need=min(one.need, most[name])) for name, one in demands.items()}
        for group in sharing_a_desk(possible, supply):
            parts = shared(possible, group, replace(supply, stock=None))
            possible |= {name: replace(possible[name], need=part) for name, part in parts.items()}
            limits |= dict.fromkeys(parts, Limit.MINUTES)
            most |= parts
        if supply.stock is not None:
            parts = shared(possible, list(possible), supply)
            most |= {name: part for name, part in parts.items() if name not in limits}
            limits |= dict.fromkeys(parts.keys() - limits.keys(), Limit.STOCK)
            if (kept := self._kept(possible)) > supply.stock:
                daily = [name for name in possible if self._judge.days_kept(name) and name not in limits]
                most |= {name: min(most[name], possible[name].need * supply.stock // kept) for name in daily}
                limits |= dict.fromkeys(daily, Limit.STOCK)
        return limits, most

    def _kept(self, demands: Mapping[str, Demand]) -> int:
        return least_if_kept((one, self._judge.days_kept(name)) for name, one in demands.items())

    def _by_turns(self, name: str, demand: Demand) -> Limit:
        school_class = next(one for one in self.asked if one.name == name)
        if demand.occasions:
            return Limit.TURNS
        timetable = self._judge.timetable
        turns = timetable.turns(school_class)
        if turns and len(timetable.closed_turns(school_class)) == len(turns):
            return Limit.CLOSED
        return Limit.NO_RULE if turns or timetable.comes_daily(school_class) else Limit.NO_TURN

    def changes(self, limits: Mapping[str, Limit]) -> tuple["_Change", ...]:
        """The smallest changes after which every class that can be helped meets its need, best first."""
        helped = [name for name, limit in limits.items() if limit not in (Limit.NO_RULE, Limit.CLOSED)]
        if not helped:
            return ()
        short = [name for name in helped if limits[name] in _BY_TURNS]
        weekly = any(self._judge.timetable.can_become_weekly(one) for one in self.asked if one.name in short)
        starts = [NO_CHANGE, NeededChange(weekly=True)] if weekly else [NO_CHANGE]
        lost = {name for name in limits if name not in helped}
        found = [change for start in starts for change in self._completed(start, helped, lost)]
        best = sorted((one for one in found if not any(map(one.holds, found))), key=lambda one: one.size)
        return tuple(self._shares(change, limits, helped, lost) for change in best)

    def _shares(
        self, change: NeededChange, limits: Mapping[str, Limit], helped: Sequence[str], lost: set[str]
    ) -> "_Change":
        """The change with what of it each kind of class needs: a part is left out for all the classes of one limit
        where every need is met without it.
        """
        shares = {limits[name]: change for name in helped}
        for limit in shares if len(shares) > 1 and change.size[0] > 1 else ():
            for part in (one for one in _PARTS if replace(change, **one) != change):
                less = shares | {limit: replace(shares[limit], **part)}
                if self._suffices(change, {name: less[limits[name]] for name in helped}, lost):
                    shares = less
        return _Change(change, shares)

    def _suffices(self, whole: NeededChange, changed: Mapping[str, NeededChange], lost: set[str]) -> bool:
        """Whether every need is met where each class gets its own change, with the stock and minutes of the whole."""
        supply = self._judge.supply(whole.more_minutes)
        if supply.stock is not None:
            supply = replace(supply, stock=supply.stock + whole.more_stock)
        tried = self._needed(self.demands(changed), lost)
        enough = all(most_alone(tried[name]) >= tried[name].need for name in changed)
        enough = enough and (supply.stock is None or self._kept(tried) <= supply.stock)
        return enough and plan_for(list(tried.values()), supply) is not None

    def _completed(self, start: NeededChange, helped: Sequence[str], lost: set[str]) -> Iterator[NeededChange]:
        """The start with the fewest copies, then minutes, then stock that meet every need, where any do."""
        change: NeededChange | None = start
        for complete in (self._with_copies, self._with_minutes, self._with_stock):
            change = complete(change, helped, lost) if change else None
        if change and change != NO_CHANGE:
            yield change

    def _with_copies(self, change: NeededChange, helped: Sequence[str], lost: set[str]) -> NeededChange | None:
        highest = max(self._tried(change, helped, lost)[name].need for name in helped) + 1

        def suffices(copies: int) -> bool:
            tried = self._tried(replace(change, more_copies=copies), helped, lost)
            return all(most_alone(tried[name]) >= tried[name].need for name in helped)

        copies = first_true(highest, suffices)
        return replace(change, more_copies=copies) if copies < highest else None

    def _with_minutes(self, change: NeededChange, helped: Sequence[str], lost: set[str]) -> NeededChange | None:
        def suffices(minutes: int) -> bool:
            longer = replace(change, more_minutes=minutes)
            tried, supply = self._tried(longer, helped, lost), replace(self._judge.supply(minutes), stock=None)
            groups = sharing_a_desk(tried, supply)
            return all(plan_for([tried[name] for name in group], supply) is not None for group in groups)

        minutes = first_true(_MOST_MINUTES, suffices)
        return replace(change, more_minutes=minutes) if minutes < _MOST_MINUTES else None

    def _with_stock(self, change: NeededChange, helped: Sequence[str], lost: set[str]) -> NeededChange | None:
        supply = self._judge.supply(change.more_minutes)
        needed = self._tried(change, helped, lost)
        tried = list(needed.values())
        if supply.stock is None:
            return change
        stock = supply.stock if plan_for(tried, supply) is not None else least_stock(tried, supply)
        return None if stock is None else replace(change, more_stock=max(stock, self._kept(needed)) - supply.stock)

    def _tried(self, change: NeededChange, helped: Sequence[str], lost: set[str]) -> dict[str, Demand]:
        """What is needed after the change of all who can be helped."""
        return self._needed(self.demands(dict.fromkeys(helped, change)), lost)

    def _needed(self, demands: Mapping[str, Demand], lost: set[str]) -> dict[str, Demand]:
        """What is needed; classes that no change of turns can help need nothing."""
        return {name: replace(one, need=0) if name in lost else one for name, one in demands.items()}
