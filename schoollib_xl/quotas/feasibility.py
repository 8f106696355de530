"""Whether a borrowing target can be met under the turns, the rules, the minutes and the stock; if not, why
not and what the smallest change would be.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.quotas.classes import SchoolClass
from schoollib_xl.quotas.figures import quotient, whole_up
from schoollib_xl.quotas.period import school_weeks
from schoollib_xl.quotas.stock import lendable
from schoollib_xl.quotas.targets import Target
from schoollib_xl.quotas.timetable import Occasion, Timetable
from schoollib_xl.rules.target_names import TargetName


class Limit(Enum):
    """What keeps a class from its target."""

    NO_TURN = auto()
    NO_RULE = auto()
    TURNS = auto()
    MINUTES = auto()
    STOCK = auto()


@dataclass(frozen=True)
class Change:
    """What to change: a turn every week, so many more copies at once, more minutes each time, more lendable
    copies in the library.
    """

    weekly: bool = False
    more_copies: int = 0
    more_minutes: int = 0
    more_stock: int = 0

    @property
    def size(self) -> tuple[int, ...]:
        """For ordering: few kinds of change first; then those that cost least come before those that cost
        more: the timetable, then the rule, then minutes, then books.
        """
        kinds = [self.more_stock, self.more_minutes, self.more_copies, int(self.weekly)]
        return (sum(map(bool, kinds)), *kinds)


@dataclass(frozen=True)
class Case:
    """One class and what it needs: `need` loans in the term, or visits, of which one pupil makes at most one
    on an occasion. `weekly` holds the occasions it would have with a turn every week, None where that is
    what it has already. `minutes_per_copy` 0 and `stock` None set no limit.
    """

    pupils: int
    need: int
    in_visits: bool
    minutes_per_copy: Fraction
    stock: int | None
    now: tuple[Occasion, ...]
    weekly: tuple[Occasion, ...] | None

    def most(self, change: Change = Change(), bounds: frozenset[Limit] = frozenset(Limit)) -> int:
        """The most loans (or visits) of the class in the whole term, under the bounds named."""
        occasions = self.weekly if change.weekly and self.weekly is not None else self.now
        return sum(self.lends(occasion, change, bounds) for occasion in occasions)

    def suffices(self, change: Change, *bounds: Limit) -> bool:
        """Whether the need is met after the change, all bounds holding or only those named."""
        return self.most(change, frozenset(bounds or Limit)) >= self.need

    def lends(self, occasion: Occasion, change: Change, bounds: frozenset[Limit] = frozenset(Limit)) -> int:
        """The most loans (or visits) of the class on one occasion."""
        each = occasion.copies + change.more_copies
        own = self.pupils * (min(each, 1) if self.in_visits else each)
        most = [own]
        if Limit.MINUTES in bounds and occasion.minutes is not None and self.minutes_per_copy:
            most.append(int((occasion.minutes + change.more_minutes) / self.minutes_per_copy))
        if Limit.STOCK in bounds and self.stock is not None:
            most.append((self.stock + change.more_stock) * own // max(1, own + occasion.others))
        return min(most)


@dataclass(frozen=True)
class Feasibility:
    """The verdict on one target for one class. `most` is what the class as a whole can borrow in the term;
    `most_each` what a pupil can, as far as the limit named goes (all limits where the target can be met);
    `changes` are the smallest that would do, best first, each worked out again with the change applied.
    """

    school_class: SchoolClass
    target: Target
    weeks: int
    turns: int
    copies: int
    most: int
    most_each: Decimal | None
    limit: Limit | None
    changes: tuple[Change, ...]

    @property
    def is_feasible(self) -> bool:
        return self.limit is None


class Judge:
    """Judges targets for the classes of one term; what is common to all classes is worked out once."""

    def __init__(self, library: Library, term: Term) -> None:
        self.timetable = Timetable(library, term)
        self._weeks = school_weeks(library, term)
        self._minutes = Fraction(library.school.minutes_per_copy or 0)
        has_books = library[AccessionRow].present
        self._stock = len(lendable(library, min(library.as_of, term.end))) if has_books else None

    def case(self, school_class: SchoolClass, target: Target) -> Case:
        """What the class would need and what it has."""
        weekly = self.timetable.can_become_weekly(school_class)
        return Case(
            school_class.pupils or 0,
            whole_up(Fraction(target.value or 0) * (school_class.pupils or 0)),
            target.name == TargetName.VISITS_PER_PUPIL,
            self._minutes,
            self._stock,
            self.timetable.occasions(school_class),
            self.timetable.occasions(school_class, weekly=True) if weekly else None,
        )

    def verdict(self, school_class: SchoolClass, target: Target) -> Feasibility:
        """Whether the class can meet the target, and if not, why not."""
        case = self.case(school_class, target)
        limit = binding(case, self._rule(school_class, case))
        under = frozenset({limit}) if limit else frozenset(Limit)
        return Feasibility(
            school_class,
            target,
            self._weeks,
            len(case.now),
            max((occasion.copies for occasion in case.now), default=0),
            case.most(),
            quotient(case.most(bounds=under), case.pupils),
            limit,
            () if limit in (None, Limit.NO_RULE) else smallest_changes(case),
        )

    def _rule(self, school_class: SchoolClass, case: Case) -> LendingRule | None:
        occasions = case.now or case.weekly or ()
        rules = (self.timetable.rule(school_class, occasion.day) for occasion in occasions)
        return next((rule for rule in rules if rule), None)


def binding(case: Case, rule: LendingRule | None) -> Limit | None:
    """The bound that keeps the class from its need: the tightest one, None where the need can be met."""
    if case.suffices(Change()):
        return None
    if not case.now:
        return Limit.NO_TURN
    if rule is None:
        return Limit.NO_RULE
    if not case.suffices(Change(), Limit.TURNS):
        return Limit.TURNS
    return min((Limit.MINUTES, Limit.STOCK), key=lambda limit: case.most(Change(), frozenset({limit})))


def smallest_changes(case: Case) -> tuple[Change, ...]:
    """The changes that meet the need and of which no step can be left out, smallest first."""
    starts = [Change()] if case.weekly is None else [Change(), Change(weekly=True)]
    found = {change for start in starts for change in _completed(case, start)}
    return tuple(sorted((one for one in found if is_smallest(case, one)), key=lambda one: one.size))


class Part(NamedTuple):
    """A part of a change that comes in steps."""

    amount: Callable[[Change], int]
    given: Callable[[Change, int], Change]


_COPIES = Part(lambda change: change.more_copies, lambda change, n: replace(change, more_copies=n))
_MINUTES = Part(lambda change: change.more_minutes, lambda change, n: replace(change, more_minutes=n))
_STOCK = Part(lambda change: change.more_stock, lambda change, n: replace(change, more_stock=n))
_PARTS = (
    (_COPIES, (Limit.TURNS,)),
    (_MINUTES, (Limit.TURNS, Limit.MINUTES)),
    (_STOCK, (Limit.TURNS, Limit.MINUTES, Limit.STOCK)),
)


def _completed(case: Case, start: Change) -> Iterator[Change]:
    """The start with the fewest copies, then minutes, then stock that meet the need, where any do."""
    change: Change | None = start
    for part, bounds in _PARTS:
        change = _least(case, change, part, bounds) if change else None
    if change:
        yield change


def _least(case: Case, change: Change, part: Part, bounds: tuple[Limit, ...]) -> Change | None:
    """The change with the least of one part that suffices under the bounds; more never suffices less."""
    highest = _enough(case)
    steps = bisect_left(range(highest + 1), True, key=lambda n: case.suffices(part.given(change, n), *bounds))
    return part.given(change, steps) if steps <= highest else None


def _enough(case: Case) -> int:
    """So much of any part that it is no bound at all, even if all were borrowed on one occasion."""
    copies = case.need + _most_copies(case)
    return max(1, whole_up(case.minutes_per_copy)) * case.pupils * copies + _most_others(case)


def _most_copies(case: Case) -> int:
    return max((occasion.copies for occasion in (*case.now, *(case.weekly or ()))), default=0)


def _most_others(case: Case) -> int:
    return max((occasion.others for occasion in (*case.now, *(case.weekly or ()))), default=0)


def is_smallest(case: Case, change: Change) -> bool:
    """Whether the change meets the need and one step less of any part of it does not."""
    return case.suffices(change) and not any(case.suffices(less) for less in one_step_less(change))


def one_step_less(change: Change) -> Iterator[Change]:
    """The change with one of its parts taken back by one step."""
    if change.weekly:
        yield replace(change, weekly=False)
    for part, _ in _PARTS:
        if amount := part.amount(change):
            yield part.given(change, amount - 1)
