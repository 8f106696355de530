"""借阅轮流表 × 校历: the occasions on which each class can borrow in a term."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.quotas.basis.classes import SchoolClass, names_in
from schoollib_xl.quotas.turns.lending_plan import Occasion, Stretch, moment
from schoollib_xl.rules.calendar import Opening, SchoolCalendar, days_later
from schoollib_xl.rules.lending import governing, lending_rules
from schoollib_xl.rules.placeholders import placeholders


@dataclass(frozen=True)
class Turns:
    """How a class's turns are changed for a trial: every week, so many more minutes, so many more copies at once.
    `weekly` lets a class borrow that only reads in the room; where nobody has turns to borrow, it needs none either.
    """

    weekly: bool = False
    more_minutes: int = 0
    more_copies: int = 0


AS_THEY_ARE = Turns()


class _Came(NamedTuple):
    """A class at the desk: the day, its hours, the rule that governs."""

    day: date
    hours: Stretch
    rule: LendingRule


class Timetable:
    """When the classes of a school can borrow in a term, up to the day before 停借日期.

    A class comes at its 借还 turns, as far as they lie in the opening hours. Where no class has one, what the table
    has are reading lessons, and a class comes on every open day, unless it only reads in the room (借阅方式 室内阅览);
    so does one whose teacher borrows for it. A class left out of a table that gives others their turns to borrow has
    none. A turn without hours is as long as the library is open that day. A copy is out until the class comes again or
    until it is due, whichever is first: also where there are no turns a pupil can bring it back on the next open day.
    """

    def __init__(self, library: Library, term: Term) -> None:
        self._library = library
        self._lending = Term(term.start, library.school.last_lending_day(term))
        self._term = term
        self._calendar = library.derive(SchoolCalendar)
        self._found: dict[tuple[SchoolClass, Turns], tuple[Occasion, ...]] = {}
        self._turns: defaultdict[str, list[TurnRow]] = defaultdict(list)
        for turn in library[TurnRow]:
            for name in names_in(library, turn.class_name):
                self._turns[name].append(turn)
        self._lends_by_turns = any(turn.kind is not TurnKind.READING for turn in library[TurnRow])

    def turns(self, school_class: SchoolClass) -> list[TurnRow]:
        """The class's 借还 turns; a blank 方式 is 借还."""
        return [row for row in self._turns.get(school_class.name, []) if row.kind is not TurnKind.READING]

    def can_become_weekly(self, school_class: SchoolClass) -> bool:
        """Whether a turn every week would be more than the class has now."""
        turns = self.turns(school_class)
        every_week = any(turn.weeks in (None, WeekPattern.EVERY) for turn in turns)
        return not every_week and (bool(turns) or not self.comes_daily(school_class))

    def comes_daily(self, school_class: SchoolClass, change: Turns = AS_THEY_ARE) -> bool:
        """Whether the class is bound to no turn and may come whenever the library is open."""
        if self.turns(school_class):
            return False
        if school_class.lending is ClassLending.THROUGH_TEACHER:
            return True
        may_borrow = school_class.lending is not ClassLending.IN_ROOM or change.weekly
        return may_borrow and not self._lends_by_turns

    def days_kept(self, school_class: SchoolClass) -> int | None:
        """For how long the rule lends to a class that comes without turns; None for any other."""
        came = self.occasions(school_class) if self.comes_daily(school_class) else ()
        rule = self.rule(school_class, came[0].day) if came else None
        return rule and rule.days

    def closed_turns(self, school_class: SchoolClass) -> list[TurnRow]:
        """The turns of the class of which not one falls into the opening hours."""
        turns = self.turns(school_class)
        return [turn for turn in turns if not any(self._hours(day, turn, 0) for day in self._days(turn))]

    def occasions(self, school_class: SchoolClass, change: Turns = AS_THEY_ARE) -> tuple[Occasion, ...]:
        """The class's occasions in the term in order of time; none where no rule lets its pupils borrow."""
        if (school_class, change) not in self._found:
            self._found[school_class, change] = self._occasions(school_class, change)
        return self._found[school_class, change]

    def _occasions(self, school_class: SchoolClass, change: Turns) -> tuple[Occasion, ...]:
        came = self._came(school_class, change)
        following = [moment(one.day, one.hours.start) for one in came[1:]]
        found = []
        for index, one in enumerate(came):
            back = max(moment(self._due(one)), moment(one.day, one.hours.end))
            back = min(back, following[index]) if index < len(following) else back
            found.append(Occasion(one.day, one.hours, one.rule.copies + change.more_copies, back))
        return tuple(found)

    def rule(self, school_class: SchoolClass, day: date) -> LendingRule | None:
        """The lending rule for the pupils of the class on the day."""
        rules = self._library.derive(lending_rules)
        return governing(rules, ReaderKind.PUPIL, school_class.grade, school_class.name, day)

    def is_own(self, rule: LendingRule) -> bool:
        """Whether the school has laid down or confirmed the rule."""
        return rule.line not in placeholders(self._library, LendingRule)

    def open_on(self, more_minutes: int = 0) -> dict[date, list[Stretch]]:
        """When the library is open to pupils on each lending day, each opening so many minutes longer."""
        days = self._calendar.open_days(*self._lending, ReaderKind.PUPIL)
        return {day: self._stretches(day, more_minutes) for day in days}

    def _came(self, school_class: SchoolClass, change: Turns) -> list[_Came]:
        if self.comes_daily(school_class, change):
            hours = [(day, _hull(stretches)) for day, stretches in self.open_on(change.more_minutes).items()]
        else:
            hours = self._by_turns(self._changed(school_class, change), change.more_minutes)
        found = [(day, span, self.rule(school_class, day)) for day, span in hours if span]
        return [_Came(day, span, rule) for day, span, rule in found if rule]

    def _changed(self, school_class: SchoolClass, change: Turns) -> Sequence[TurnRow]:
        turns = self.turns(school_class)
        if change.weekly and self.can_become_weekly(school_class):
            return [turn._replace(weeks=WeekPattern.EVERY) for turn in turns] or [self._first_turn(school_class)]
        return turns

    def _by_turns(self, turns: Iterable[TurnRow], more_minutes: int) -> list[tuple[date, Stretch | None]]:
        found = {(day, turn.starts_at): turn for turn in turns for day in self._days(turn)}
        hours = ((day, self._hours(day, turn, more_minutes)) for (day, _), turn in found.items())
        return sorted((day, span) for day, span in hours if span)

    def _days(self, turn: TurnRow) -> list[date]:
        days = self._calendar.turns(self._term, turn)
        return [day for day in days if day in self._lending and self._calendar.is_open(day, ReaderKind.PUPIL)]

    def _hours(self, day: date, turn: TurnRow, more_minutes: int) -> Stretch | None:
        """The part of the turn in which the library is open; None where it is closed all the while."""
        stretches = self._stretches(day, more_minutes)
        if turn.starts_at is None or turn.ends_at is None:
            return _hull(stretches)
        start, end = minute_of(turn.starts_at), minute_of(turn.ends_at) + more_minutes
        inside = [Stretch(max(start, stretch.start), min(end, stretch.end)) for stretch in stretches]
        return _hull([stretch for stretch in inside if stretch.start < stretch.end])

    def _stretches(self, day: date, more_minutes: int) -> list[Stretch]:
        return merged(
            Stretch(minute_of(opening.starts_at), minute_of(opening.ends_at) + more_minutes)
            for opening in self._calendar.openings(day, ReaderKind.PUPIL)
            if opening.minutes
        )

    def _due(self, came: _Came) -> date:
        return self._calendar.next_open(days_later(came.day, came.rule.days), ReaderKind.PUPIL)

    def _first_turn(self, school_class: SchoolClass) -> TurnRow:
        """A turn for a class that has none: on the day it reads, else on the first day that is open."""
        reading = [turn.weekday for turn in self._turns.get(school_class.name, [])]
        weekday = next((day for day in (*reading, *Weekday) if self._opens(day)), Weekday.MONDAY)
        return TurnRow(0, school_class.name, weekday, WeekPattern.EVERY, None, None, TurnKind.LENDING)

    def _opens(self, weekday: Weekday) -> bool:
        turn = TurnRow(0, "", weekday, WeekPattern.EVERY, None, None, TurnKind.LENDING)
        return bool(self._days(turn))


def hours(turn: TurnRow) -> int | None:
    """Length of a turn in minutes; None where its hours are blank."""
    if turn.starts_at is None or turn.ends_at is None:
        return None
    return max(0, minute_of(turn.ends_at) - minute_of(turn.starts_at))


def minute_of(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The stretches in order, those that overlap or touch made one."""
    found: list[Stretch] = []
    for stretch in sorted(one for one in stretches if one.start < one.end):
        if found and stretch.start <= found[-1].end:
            found[-1] = Stretch(found[-1].start, max(found[-1].end, stretch.end))
        else:
            found.append(stretch)
    return found


def open_minutes(openings: Iterable[Opening]) -> int:
    """Minutes of some openings of one day; overlapping ones count once."""
    stretches = (Stretch(minute_of(opening.starts_at), minute_of(opening.ends_at)) for opening in openings)
    return sum(stretch.end - stretch.start for stretch in merged(stretches))


def _hull(stretches: Sequence[Stretch]) -> Stretch | None:
    return Stretch(stretches[0].start, stretches[-1].end) if stretches else None
