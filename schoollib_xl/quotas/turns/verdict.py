"""What is said of a target: whether a class can meet it, what keeps it from that, the smallest change that would do."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.quotas.basis.classes import SchoolClass
from schoollib_xl.quotas.borrowing.targets import Target
from schoollib_xl.quotas.turns.timetable import Turns


class Limit(Enum):
    """What keeps a class from its target."""

    NO_TURN = auto()
    CLOSED = auto()
    NO_RULE = auto()
    TURNS = auto()
    MINUTES = auto()
    STOCK = auto()


@dataclass(frozen=True)
class NeededChange:
    """What to change for the classes that cannot meet their target: a turn every week, so many more copies at
    once, more minutes each time; and so many more lendable copies in the library.
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

    def holds(self, other: "NeededChange") -> bool:
        """Whether it asks for all that the other asks for."""
        pairs = zip(self.size[1:], other.size[1:], strict=True)
        return self != other and all(own >= asked for own, asked in pairs)

    @property
    def turns(self) -> Turns:
        """What it does to the turns of a class."""
        return Turns(self.weekly, self.more_minutes, self.more_copies)


NO_CHANGE = NeededChange()


@dataclass(frozen=True, kw_only=True)
class Feasibility:
    """The verdict on one target for one class, all classes borrowing what their targets ask. `most` is what the
    class as a whole can borrow in the term, `most_each` that per pupil. `is_daily` where the class comes without turns
    as soon as it may borrow: then a copy is out for all of its `loan_days`, where a rule says how many; `closed_on` are
    weekdays of turns in closed hours. `changes` are the smallest that would do for every class, best first, each worked
    out again; `own` what of them this class needs itself; not `is_by_own_rule` where only a new workbook says what may
    be lent.
    """

    school_class: SchoolClass
    target: Target
    weeks: int
    turns: int
    copies: int
    most: int
    most_each: Decimal | None
    limit: Limit | None
    is_daily: bool = False
    loan_days: int | None = None
    closed_on: tuple[Weekday, ...] = ()
    changes: tuple[NeededChange, ...] = ()
    is_by_own_rule: bool = True
    own: tuple[NeededChange, ...] = ()

    @property
    def is_feasible(self) -> bool:
        return self.limit is None

    @property
    def has_way_back(self) -> bool:
        """Whether turns are laid down by which the class could still meet it."""
        return self.is_feasible and bool(self.turns)
