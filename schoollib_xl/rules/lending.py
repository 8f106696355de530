"""Which lending rule applies to a reader on a day, and when a loan is due."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind
from schoollib_xl.rules.calendar import SchoolCalendar


def specificity(rule: LendingRule) -> tuple[bool, bool, bool]:
    """How much a rule says about its reader: a class says more than a grade, a grade more than a kind."""
    return (rule.class_name is not None, rule.grade is not None, rule.reader_kind is not None)


def governing(
    rules: Iterable[LendingRule], kind: ReaderKind, grade: int | None, class_name: str | None, day: date
) -> LendingRule | None:
    """The rule in force on the day that says most about this reader; the later one if two say as much."""
    fits = [
        rule
        for rule in rules
        if rule.since <= day
        and rule.reader_kind in (None, kind)
        and rule.grade in (None, grade)
        and rule.class_name in (None, class_name)
    ]
    return max(fits, key=lambda rule: (specificity(rule), rule.since), default=None)


def rule_for_reader(library: Library, reader: ReaderRow, day: date) -> LendingRule | None:
    """The rule that governs a reader, by the class the reader is in now."""
    row = library.class_called(reader.class_name)
    grade, class_name = (row.grade, row.class_name) if row else (None, None)
    return governing(library.derive(lending_rules), reader.kind, grade, class_name, day)


def lending_rules(library: Library) -> tuple[LendingRule, ...]:
    """The rows of 借阅规则, a class they name spelled as 班级 spells it."""
    return tuple(_as_spelled(library, rule) for rule in library[LendingRule])


def _as_spelled(library: Library, rule: LendingRule) -> LendingRule:
    row = library.class_called(rule.class_name)
    return rule._replace(class_name=row.class_name) if row else rule


class LoanTerms:
    """The rule behind each loan and its due date, worked out once for each kind of loan and day.

    A loan belongs to the class on its row, so a transfer does not change the rule of earlier loans; where
    that cell is blank, and for teachers, to the class 读者名册 has for the reader.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._governing: dict[tuple[ReaderKind, str | None, date], LendingRule | None] = {}
        self._due: dict[tuple[ReaderKind, str | None, date, int], date | None] = {}

    @cached_property
    def _by_class(self) -> bool:
        return any(rule.class_name or rule.grade for rule in self._library.derive(lending_rules))

    def reader_kind(self, loan: LoanRow) -> ReaderKind:
        """The kind of the loan's reader; a reader who is not in 读者名册 counts as a pupil."""
        reader = self._library.readers.get(loan.reader_no)
        return reader.kind if reader else ReaderKind.PUPIL

    def rule(self, loan: LoanRow) -> LendingRule | None:
        """The lending rule in force for this loan on the day it was lent; None where there is none, or
        where the rules differ by class and the loan's class is not in 班级.
        """
        return self._rule(*self._reader(loan), loan.lent_on)

    def is_placed(self, loan: LoanRow) -> bool:
        """Whether the class that decides the loan's rule is in 班级, or none is said."""
        kind, class_name = self._reader(loan)
        return kind is ReaderKind.TEACHER or not class_name or self._library.class_called(class_name) is not None

    def _reader(self, loan: LoanRow) -> tuple[ReaderKind, str | None]:
        reader = self._library.readers.get(loan.reader_no)
        if reader is None:
            return ReaderKind.PUPIL, loan.class_name
        if reader.kind is ReaderKind.TEACHER:
            return ReaderKind.TEACHER, reader.class_name
        return ReaderKind.PUPIL, loan.class_name or reader.class_name

    def _rule(self, kind: ReaderKind, class_name: str | None, lent_on: date) -> LendingRule | None:
        key = (kind, class_name, lent_on)
        if key not in self._governing:
            self._governing[key] = self._governing_rule(*key)
        return self._governing[key]

    def _governing_rule(self, kind: ReaderKind, class_name: str | None, lent_on: date) -> LendingRule | None:
        row = self._library.class_called(class_name)
        if self._by_class and kind is ReaderKind.PUPIL and class_name and row is None:
            return None
        grade, name = (row.grade, row.class_name) if row else (None, None)
        return governing(self._library.derive(lending_rules), kind, grade, name, lent_on)

    def due_on(self, loan: LoanRow) -> date | None:
        """When the loan should be back: lent_on + days × (1 + renewals), moved once to the next open day;
        class corners at the end of the term they were lent in, reading in the room the same day.
        None where no rule or no term says.
        """
        if loan.mode is LoanMode.IN_ROOM:
            return loan.lent_on
        if loan.mode is LoanMode.CLASS:
            term = self._library.school.term_of(loan.lent_on)
            return term.end if term else None
        key = (*self._reader(loan), loan.lent_on, loan.renewals or 0)
        if key not in self._due:
            self._due[key] = self._due_by_rule(*key)
        return self._due[key]

    def _due_by_rule(self, kind: ReaderKind, class_name: str | None, lent_on: date, renewals: int) -> date | None:
        rule = self._rule(kind, class_name, lent_on)
        if rule is None:
            return None
        calendar = self._library.derive(SchoolCalendar)
        return calendar.next_open(lent_on + timedelta(days=rule.days * (1 + renewals)), kind)
