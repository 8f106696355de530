"""An oracle for feasibility: occasions read off the rows of a school once more, then an integer program over them.

It shares with the program only the shape of the rows and of what the integer program is given. Who comes when is laid
down in words: the most a pupil can borrow is its turns in 借阅轮流表 times what the rule allows at once, so that a
class left out of a table of turns to borrow has none. A table of reading lessons alone gives nobody such turns, and
binds nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction

from linear_oracle import least_stock

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import Audience, ClassLending, DayKind, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import Circulation, ReaderKind, Weekday
from schoollib_xl.quotas.turns.lending_plan import Demand, Occasion, Stretch, Supply

WEEKDAYS = tuple(Weekday)


class Year:
    """One term of a school, by day."""

    def __init__(self, books: Library) -> None:
        self.books = books
        start, end = books.school.term_start, books.school.term_end
        assert start
        assert end
        self.start, self.end = start, end
        stops = books.school.lending_stops or end - timedelta(days=7)
        length = (stops - start).days
        self.lending = [day for day in map(self._later, range(length)) if self.hours(day)]

    def _later(self, count: int) -> date:
        return self.start + timedelta(days=count)

    def follows(self, day: date) -> int | None:
        """The weekday whose timetable holds, None without school."""
        kinds = {one.kind: one for one in self.books[CalendarRow] if one.starts_on <= day <= one.ends_on}
        if DayKind.MAKE_UP in kinds:
            other = kinds[DayKind.MAKE_UP].follows
            return day.weekday() if other is None else WEEKDAYS.index(other)
        if DayKind.HOLIDAY in kinds or DayKind.SCHOOL not in kinds or day.weekday() > 4:
            return None
        return day.weekday()

    def minutes(self, day: date) -> set[int]:
        """The minutes of the day in which pupils may come."""
        weekday = self.follows(day)
        rows = [one for one in self.books[OpeningRow] if one.audience is not Audience.TEACHERS]
        found: set[int] = set()
        for one in rows:
            if weekday is not None and WEEKDAYS.index(one.weekday) == weekday:
                found |= set(range(_minute(one.starts_at), _minute(one.ends_at)))
        return found

    def hours(self, day: date, first: int = 0, last: int = 24 * 60) -> Stretch | None:
        """From the first to the last open minute between two minutes of the day."""
        inside = [minute for minute in self.minutes(day) if first <= minute < last]
        return Stretch(min(inside), max(inside) + 1) if inside else None

    def demand(self, one: ClassRow, need: int, *, in_visits: bool) -> Demand:
        lending = [turn for turn in self.books[TurnRow] if turn.kind is not TurnKind.READING]
        turns = [turn for turn in lending if turn.class_name == one.class_name]
        bound = one.lending is not ClassLending.THROUGH_TEACHER and bool(lending)
        reads_only = one.lending is ClassLending.IN_ROOM or bound
        came = self._by_turn(turns) if turns or reads_only else [(day, self.hours(day)) for day in self.lending]
        ruled = [(day, hours, rule) for day, hours in came if hours and (rule := self._rule(one, day))]
        found = []
        for index, (day, hours, rule) in enumerate(ruled):
            back = max(_moment(self._due(day, rule), 0), _moment(day, hours.end))
            if index + 1 < len(ruled):
                back = min(back, _moment(ruled[index + 1][0], ruled[index + 1][1].start))
            found.append(Occasion(day, hours, rule.copies, back))
        return Demand(one.pupils or 0, need, in_visits, tuple(found))

    def out_until_due(self, needs: Mapping[str, int]) -> int:
        """The fewest copies for classes that come without turns, each going out again only when it was due."""
        lending = [turn for turn in self.books[TurnRow] if turn.kind is not TurnKind.READING]
        copies = Fraction()
        for one in self.books[ClassRow]:
            by_teacher = one.lending is ClassLending.THROUGH_TEACHER
            has_turns = any(turn.class_name == one.class_name for turn in lending)
            is_free = by_teacher or not (lending or one.lending is ClassLending.IN_ROOM)
            days = [day for day in self.lending if self._rule(one, day)]
            rule = self._rule(one, days[0]) if days and is_free and not has_turns else None
            if rule:
                copies += Fraction(needs.get(one.class_name, 0), 1 + (days[-1] - days[0]).days // rule.days)
        return -(-copies.numerator // copies.denominator)

    def _by_turn(self, turns: Sequence[TurnRow]) -> list[tuple[date, Stretch | None]]:
        found = set()
        for day in self.lending:
            week = ((day - self.start).days + self.start.weekday()) // 7 + 1
            for turn in turns:
                parity = {WeekPattern.ODD: 1, WeekPattern.EVEN: 0}.get(turn.weeks or WeekPattern.EVERY, week % 2)
                if self.follows(day) == WEEKDAYS.index(turn.weekday) and week % 2 == parity:
                    whole = turn.starts_at is None or turn.ends_at is None
                    span = (0, 1440) if whole else (_minute(turn.starts_at), _minute(turn.ends_at))
                    found.add((day, self.hours(day, *span)))
        return sorted((day, hours) for day, hours in found if hours)

    def _rule(self, one: ClassRow, day: date) -> LendingRule | None:
        fits = [
            rule
            for rule in self.books[LendingRule]
            if rule.since <= day
            and rule.reader_kind in (None, ReaderKind.PUPIL)
            and rule.grade in (None, one.grade)
            and rule.class_name in (None, one.class_name)
        ]
        said = [
            (rule.class_name is not None, rule.grade is not None, rule.reader_kind is not None, rule.since)
            for rule in fits
        ]
        return fits[said.index(max(said))] if fits else None

    def _due(self, day: date, rule: LendingRule) -> date:
        due = moved = day + timedelta(days=rule.days)
        while moved <= self.end and not self.minutes(moved):
            moved += timedelta(days=1)
        return moved if moved <= self.end else due

    def supply(self) -> Supply:
        stock = sum(copy.circulation is not Circulation.REFERENCE for copy in self.books[AccessionRow])
        open_on = {day: _runs(self.minutes(day)) for day in self.lending}
        return Supply(stock, Fraction(self.books.school.minutes_per_copy or Decimal(0)), open_on)


def _minute(at: time | None) -> int:
    assert at is not None
    return at.hour * 60 + at.minute


def _moment(day: date, minute: int) -> int:
    return day.toordinal() * 1440 + minute


def _runs(minutes: set[int]) -> list[Stretch]:
    starts = sorted(minute for minute in minutes if minute - 1 not in minutes)
    ends = sorted(minute + 1 for minute in minutes if minute + 1 not in minutes)
    return [Stretch(*pair) for pair in zip(starts, ends, strict=True)]


def copies_needed(books: Library, needs: Mapping[str, int], visits: Mapping[str, bool]) -> int | None:
    """The fewest lendable copies with which all these needs can be met; None where no number would do."""
    year = Year(books)
    demands = [
        year.demand(one, needs[one.class_name], in_visits=visits[one.class_name])
        for one in books[ClassRow]
        if one.class_name in needs
    ]
    least = least_stock(demands, replace(year.supply(), stock=None))
    return None if least is None else max(least, year.out_until_due(needs))
