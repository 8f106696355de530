"""Which lending rule applies to a reader on a day, and when a loan is due."""

from collections.abc import Iterable
from datetime import date, timedelta

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
    grade = library.grade_of(reader.class_name)
    return governing(library[LendingRule], reader.kind, grade, reader.class_name, day)


class LoanTerms:
    """The rule behind each loan and its due date, worked out once for each kind of loan and day.

    A loan belongs to the class on its row, so a transfer does not change the rule of earlier loans.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._calendar = library.derive(SchoolCalendar)
        self._rules = tuple(library[LendingRule])
        self._governing: dict[tuple[ReaderKind, str | None, date], LendingRule | None] = {}
        self._moved: dict[tuple[date, ReaderKind], date] = {}

    def reader_kind(self, loan: LoanRow) -> ReaderKind:
        """The kind of the loan's reader; a reader who is not in 读者名册 counts as a pupil."""
        reader = self._library.readers.get(loan.reader_no)
        return reader.kind if reader else ReaderKind.PUPIL

    def rule(self, loan: LoanRow) -> LendingRule | None:
        """The lending rule in force for this loan on the day it was lent."""
        kind = self.reader_kind(loan)
        key = (kind, loan.class_name, loan.lent_on)
        if key not in self._governing:
            grade = self._library.grade_of(loan.class_name)
            self._governing[key] = governing(self._rules, kind, grade, loan.class_name, loan.lent_on)
        return self._governing[key]

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
        rule = self.rule(loan)
        if rule is None:
            return None
        raw = loan.lent_on + timedelta(days=rule.days * (1 + (loan.renewals or 0)))
        return self._next_open(raw, self.reader_kind(loan))

    def _next_open(self, day: date, kind: ReaderKind) -> date:
        if (day, kind) not in self._moved:
            self._moved[day, kind] = self._calendar.next_open(day, kind)
        return self._moved[day, kind]
