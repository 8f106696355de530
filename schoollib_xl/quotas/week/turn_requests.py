"""What each class should get in a rotation table: what the sheet asks, or what is usual."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.quotas.basis.classes import SchoolClass, names_in, school_classes
from schoollib_xl.quotas.turns.timetable import hours
from schoollib_xl.rules.lending import governing

# The usual turns of a small school: grades 1 and 2 read in the room on Monday and Wednesday afternoon, the
# others borrow every second week. The afternoon begins at one: before it is 中午, as weather reports divide the day.
_READING_GRADES = (1, 2)
_READING_DAYS = (Weekday.MONDAY, Weekday.WEDNESDAY)
_AFTERNOON = 13 * 60
# A lesson of a primary school: 《义务教育课程方案（2022年版）》, 40 分钟.
_LESSON = 40
_SHORTEST_LENDING = 10
_STEP = 5


@dataclass(frozen=True)
class TurnRequest:
    """A turn to be placed: whose, for what, how long in minutes; if it can be, on which weekday and not before
    which minute of the day. `asked` is the row of 借阅轮流表 that asks for it; its day, weeks and time come first.
    `together` are the classes where several come at once: 一（1）班、一（2）班.
    """

    class_name: str
    kind: TurnKind
    is_fortnightly: bool
    minutes: int
    preferred: Weekday | None = None
    not_before: int = 0
    asked: TurnRow | None = None
    together: tuple[str, ...] = ()

    @property
    def weekday(self) -> Weekday | None:
        """The day it should be on; None where any will do."""
        return self.asked.weekday if self.asked else self.preferred

    @property
    def classes(self) -> tuple[str, ...]:
        """Who comes."""
        return self.together or (self.class_name,)

    def shares_class(self, other: "TurnRequest") -> bool:
        """Whether some class would take both."""
        return not set(self.classes).isdisjoint(other.classes)


def turn_requests(library: Library) -> list[TurnRequest]:
    """Every class's turns, those that are hardest to place first: on a day of their own, every week, long."""
    classes = {one.name: one for one in school_classes(library)}
    named = ((row, [classes[name] for name in names_in(library, row.class_name)]) for row in library[TurnRow])
    asked = [(row, those) for row, those in named if those]
    have = {one.name for _, those in asked for one in those}
    by_first = grouped(asked, lambda one: one[1][0].name)
    found = [
        request
        for name, one in classes.items()
        for request in (
            *(_as_asked(library, those, row) for row, those in by_first.get(name, ())),
            *(_usual(library, one) if name not in have else ()),
        )
    ]
    return sorted(found, key=lambda request: (request.preferred is None, request.is_fortnightly, -request.minutes))


def turns_of_nobody(library: Library) -> tuple[str, ...]:
    """The classes that 借阅轮流表 has turns for and 班级 does not know."""
    return tuple(dict.fromkeys(row.class_name for row in library[TurnRow] if not names_in(library, row.class_name)))


def _usual(library: Library, school_class: SchoolClass) -> Iterator[TurnRequest]:
    if school_class.grade in _READING_GRADES or school_class.lending is ClassLending.IN_ROOM:
        for weekday in _READING_DAYS:
            yield TurnRequest(school_class.name, TurnKind.READING, False, _LESSON, weekday, _AFTERNOON)
    else:
        minutes = lending_minutes(library, school_class)
        yield TurnRequest(school_class.name, TurnKind.LENDING, True, minutes)


def _as_asked(library: Library, classes: Sequence[SchoolClass], row: TurnRow) -> TurnRequest:
    kind = row.kind or TurnKind.LENDING
    minutes = hours(row) or (
        _LESSON if kind is TurnKind.READING else sum(lending_minutes(library, one) for one in classes)
    )
    is_fortnightly = row.weeks in (WeekPattern.ODD, WeekPattern.EVEN)
    names = tuple(one.name for one in classes)
    name = row.class_name if len(names) > 1 else names[0]
    return TurnRequest(name, kind, is_fortnightly, minutes, asked=row, together=names)


def lending_minutes(library: Library, school_class: SchoolClass) -> int:
    """How long the class needs to give back and take out all it may, in steps of five minutes."""
    rule = governing(library[LendingRule], ReaderKind.PUPIL, school_class.grade, school_class.name, library.as_of)
    copies = (school_class.pupils or 0) * (rule.copies if rule else 1)
    steps = ceil(copies * Fraction(library.school.minutes_per_copy or 0) / _STEP)
    return max(_SHORTEST_LENDING, steps * _STEP)
