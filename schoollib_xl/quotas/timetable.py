"""借阅轮流表 × 校历: the occasions on which each class can borrow in a term."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import ClassLending, ReaderKind, TurnKind, Weekday, WeekPattern
from schoollib_xl.quotas.classes import ClassNames, SchoolClass, school_classes
from schoollib_xl.rules.calendar import Opening, SchoolCalendar, days_later
from schoollib_xl.rules.lending import governing


class Occasion(NamedTuple):
    """One occasion for a class to borrow: how many minutes it has (None: no limit known), how many copies
    each pupil may hold at once, and how many copies the other classes may have out that day.
    """

    day: date
    minutes: Fraction | None
    copies: int
    others: int = 0


class Timetable:
    """When the classes of a school can borrow in a term.

    A class comes at its 借还 turns. A class without one comes on every open day, unless it only reads in
    the room (借阅方式 室内阅览, or nothing but 阅览 turns and no 借阅方式). Turns without hours, and classes
    without turns, share the opening minutes of the day by their number of pupils. A copy is out until the
    class comes again or until it is due, whichever is first.
    """

    def __init__(self, library: Library, term: Term) -> None:
        self._library = library
        self._term = term
        self._calendar = library.derive(SchoolCalendar)
        self._classes = [one for one in school_classes(library) if one.pupils]
        self._turns: defaultdict[str, list[TurnRow]] = defaultdict(list)
        for turn in library[TurnRow]:
            self._turns[library.derive(ClassNames)[turn.class_name]].append(turn)
        self._without_hours = {one.name: self._days_withouthours(one) for one in self._classes}
        self._sharing: Counter[date] = Counter()
        for one in self._classes:
            self._sharing.update(dict.fromkeys(self._without_hours[one.name], one.pupils or 0))
        self._out = {one.name: self._out_by_day(one) for one in self._classes}
        self._all_out: Counter[date] = Counter()
        for out in self._out.values():
            self._all_out.update(out)

    def turns(self, school_class: SchoolClass) -> list[TurnRow]:
        """The class's 借还 turns; a blank 方式 is 借还."""
        return [row for row in self._turns.get(school_class.name, []) if row.kind is not TurnKind.READING]

    def can_become_weekly(self, school_class: SchoolClass) -> bool:
        """Whether a turn every week would be more than the class has now."""
        turns = self.turns(school_class)
        every_week = any(turn.weeks in (None, WeekPattern.EVERY) for turn in turns)
        return not every_week and (bool(turns) or not self._comes_daily(school_class))

    def occasions(self, school_class: SchoolClass, *, weekly: bool = False) -> tuple[Occasion, ...]:
        """The class's occasions in the term, by day; `weekly` as if its turns came every week."""
        own = self._out.get(school_class.name, Counter())
        found = [
            Occasion(
                day,
                self._minutes(school_class, day, turn),
                rule.copies if (rule := self.rule(school_class, day)) else 0,
                self._all_out[day] - own[day],
            )
            for day, turn in self._days(school_class, weekly=weekly)
        ]
        return tuple(found)

    def rule(self, school_class: SchoolClass, day: date) -> LendingRule | None:
        """The lending rule for the pupils of the class on the day."""
        rules = self._library[LendingRule]
        return governing(rules, ReaderKind.PUPIL, school_class.grade, school_class.name, day)

    def _days(self, school_class: SchoolClass, *, weekly: bool) -> list[tuple[date, TurnRow | None]]:
        turns: Sequence[TurnRow] = self.turns(school_class)
        if weekly and self.can_become_weekly(school_class):
            turns = _every_week(turns) or [self._first_turn(school_class)]
        if turns:
            found = {(day, turn.starts_at): turn for turn in turns for day in self._calendar.turns(self._term, turn)}
            return [(day, turn) for (day, _), turn in sorted(found.items(), key=_by_time)]
        if not self._comes_daily(school_class):
            return []
        return [(day, None) for day in self._calendar.open_days(*self._term, ReaderKind.PUPIL)]

    def _days_withouthours(self, school_class: SchoolClass) -> frozenset[date]:
        found = self._days(school_class, weekly=False)
        return frozenset(day for day, turn in found if turn is None or hours(turn) is None)

    def _comes_daily(self, school_class: SchoolClass) -> bool:
        if school_class.lending is None:
            return not self._turns.get(school_class.name)
        return school_class.lending is not ClassLending.IN_ROOM

    def _first_turn(self, school_class: SchoolClass) -> TurnRow:
        reading = self._turns.get(school_class.name)
        weekday = reading[0].weekday if reading else Weekday.MONDAY
        return TurnRow(0, school_class.name, weekday, WeekPattern.EVERY, None, None, TurnKind.LENDING)

    def _minutes(self, school_class: SchoolClass, day: date, turn: TurnRow | None) -> Fraction | None:
        own = hours(turn) if turn else None
        if own is not None:
            return Fraction(own)
        openings = self._calendar.openings(day, ReaderKind.PUPIL)
        if not openings:
            return None
        pupils = school_class.pupils or 0
        is_counted = day in self._without_hours.get(school_class.name, ())
        sharing = self._sharing[day] + (0 if is_counted else pupils)
        return Fraction(open_minutes(openings) * pupils, max(1, sharing))

    def _out_by_day(self, school_class: SchoolClass) -> Counter[date]:
        out: Counter[date] = Counter()
        days = [day for day, _ in self._days(school_class, weekly=False)]
        for day, following in pairwise([*days, self._term.end + timedelta(days=1)]):
            if rule := self.rule(school_class, day):
                copies = (school_class.pupils or 0) * rule.copies
                due = self._calendar.next_open(days_later(day, rule.days), ReaderKind.PUPIL)
                for offset in range((min(following, max(due, day + timedelta(days=1))) - day).days):
                    out[day + timedelta(days=offset)] = copies
        return out


def hours(turn: TurnRow) -> int | None:
    """Length of a turn in minutes; None where its hours are blank."""
    if turn.starts_at is None or turn.ends_at is None:
        return None
    return max(0, minute_of(turn.ends_at) - minute_of(turn.starts_at))


def minute_of(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


def open_minutes(openings: Iterable[Opening]) -> int:
    """Minutes of some openings of one day; overlapping ones count once."""
    total, reached = 0, 0
    for opening in sorted(openings, key=lambda opening: opening.starts_at):
        start, end = max(reached, minute_of(opening.starts_at)), minute_of(opening.ends_at)
        total += max(0, end - start)
        reached = max(reached, end)
    return total


def _every_week(turns: Sequence[TurnRow]) -> list[TurnRow]:
    return [turn._replace(weeks=WeekPattern.EVERY) for turn in turns]


def _by_time(found: tuple[tuple[date, time | None], TurnRow]) -> tuple[date, time]:
    (day, starts_at), _ = found
    return day, starts_at or time.min
