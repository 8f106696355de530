"""Which lending rule applies to a reader on a day, and when a loan is due."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import grades_of
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind
from schoollib_xl.rules.calendar import SchoolCalendar, days_later

# Which kind of reader borrows, by its place in `_KINDS` (an Enum is slow to hash), for which class (of those that no
# rule tells apart, one), and when.
_Borrower = tuple[int, str | None, date]
_KINDS = (ReaderKind.PUPIL, ReaderKind.TEACHER, ReaderKind.STAFF)
_PUPIL = 0
_GRADES_AND_ONE = 7
# What is to be known of a loan for it to be counted: one without its number, or whose due day is blank, is one all the
# same.
COUNTED = frozenset({"lent_on", "reader_no", "mode"})
# Asked of every loan, where the look-up in an Enum costs more than all the rest.
_IN_ROOM, _CLASS = LoanMode.IN_ROOM, LoanMode.CLASS


def specificity(rule: LendingRule) -> tuple[bool, int, bool]:
    """How much a rule says about its reader: a class says more than a grade, one grade more than several, and a grade
    more than a kind.
    """
    named = 0 if rule.grade is None else _GRADES_AND_ONE - len(grades_of(rule.grade))
    return (rule.class_name is not None, named, rule.reader_kind is not None)


def governing(
    rules: Iterable[LendingRule], kind: ReaderKind, grade: int | None, class_name: str | None, day: date
) -> LendingRule | None:
    """The rule in force on the day that says most about this reader; the later one if two say as much."""
    return next((rule for rule in _about(rules, kind, grade, class_name) if rule.since <= day), None)


def _about(
    rules: Iterable[LendingRule], kind: ReaderKind, grade: int | None, class_name: str | None
) -> list[LendingRule]:
    """The rules for this reader: those that say most come first, and of these the latest."""
    fits = [
        rule
        for rule in rules
        if rule.reader_kind in (None, kind)
        and (rule.grade is None or (grade is not None and int(grade) in grades_of(rule.grade)))
        and rule.class_name in (None, class_name)
    ]
    return sorted(fits, key=lambda rule: (specificity(rule), rule.since), reverse=True)


def rule_for_reader(library: Library, reader: ReaderRow, day: date) -> LendingRule | None:
    """The rule that governs a reader, by the class the reader is in now."""
    row = library.class_called(reader.class_name)
    grade, class_name = (row.grade, row.class_name) if row else (None, None)
    return governing(library.derive(lending_rules), reader.kind, grade, class_name, day)


def has_unread_rules(library: Library) -> bool:
    """Whether there is no 借阅规则, or a line of it lacks a cell or a column: whom no other line is about, one nobody
    can read may govern.
    """
    return bool(library[LendingRule].incomplete) or not library[LendingRule].present


def lending_rules(library: Library) -> tuple[LendingRule, ...]:
    """The rows of 借阅规则, a class they name spelled as 班级 spells it."""
    return tuple(_as_spelled(library, rule) for rule in library[LendingRule])


def _as_spelled(library: Library, rule: LendingRule) -> LendingRule:
    row = library.class_called(rule.class_name)
    return rule._replace(class_name=row.class_name) if row else rule


def loans_of_known_mode(library: Library) -> Iterable[LoanRow]:
    """The loans of which 借阅方式 can be read: who knows whether another was taken home? A blank is 个人."""
    unknown = frozenset(library[LoanRow].unread_lines.get("mode", ()))
    return (loan for loan in library[LoanRow] if loan.line not in unknown) if unknown else library[LoanRow]


def loans_lent(library: Library, first: date, last: date) -> Iterable[LoanRow]:
    """The loans lent from first to last, both included, of which it is known who borrowed and how, whatever else their
    line lacks.
    """
    table = library[LoanRow].seen_by(COUNTED)
    # Days are few, loans many.
    days = {day for day in table.distinct("lent_on") if first <= day <= last}
    return table.rows if len(days) == len(table.distinct("lent_on")) else table.among("lent_on", days)


def of_unread_kind(library: Library) -> frozenset[str]:
    """The 读者证号 of which 读者名册 does not tell whether a pupil has it: its kind cannot be read, or no line of the
    roster has a number.
    """
    lines = [line.values for line in library[ReaderRow].incomplete]
    if not library.known_readers:
        return library[LoanRow].distinct("reader_no") if lines else frozenset()
    unread = {line["reader_no"] for line in lines if line.get("reader_no") and line.get("kind") is None}
    return frozenset(unread.difference(library.readers))


class LoanTerms:
    """The rule behind each loan and its due date, worked out once for each class and day.

    A loan belongs to the class on its row, so a transfer does not change the rule of earlier loans; where
    that cell is blank, and for teachers, to the class 读者名册 has for the reader.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._rules: dict[tuple[int, str | None], list[LendingRule]] = {}
        self._governing: dict[_Borrower, LendingRule | None] = {}
        self._known: dict[tuple[int, date], date | None] = {}
        self._class_for: dict[str | None, str | None] = {}
        self._told_apart: dict[tuple[object, ...], str | None] = {}

    @cached_property
    def adults(self) -> dict[str, int]:
        """By 读者证号, who is no pupil, whatever else the line of the roster lacks: its kind's place in `_KINDS`."""
        kinds = [
            (line.values.get("reader_no"), line.values.get("kind")) for line in self._library[ReaderRow].incomplete
        ]
        kinds += [(number, one.kind) for number, one in self._library.readers.items()]
        return {number: _KINDS.index(kind) for number, kind in kinds if number and kind in _KINDS[1:]}

    @cached_property
    def _by_class(self) -> bool:
        return any(rule.class_name or rule.grade for rule in self._library.derive(lending_rules))

    @cached_property
    def _named(self) -> frozenset[str | None]:
        return frozenset(rule.class_name for rule in self._library.derive(lending_rules))

    def reader_kind(self, loan: LoanRow) -> ReaderKind:
        """The kind of the loan's reader; a reader who is not in 读者名册 counts as a pupil."""
        return _KINDS[self.adults.get(loan.reader_no, _PUPIL)]

    def is_placed(self, loan: LoanRow) -> bool:
        """Whether the class that decides the loan's rule is in 班级, or none is said."""
        kind, class_name, _ = self._borrower(loan)
        return kind != _PUPIL or not class_name or self._library.class_called(class_name) is not None

    def rule(self, loan: LoanRow) -> LendingRule | None:
        """The lending rule in force for this loan on the day it was lent; None where there is none, or
        where the rules differ by class and the loan's class is not in 班级.
        """
        return self._rule(self._borrower(loan))

    def due_on(self, loan: LoanRow) -> date | None:
        """When the loan should be back: lent_on + days × (1 + renewals), moved once to the next open day;
        class corners at the end of the term they were lent in, reading in the room the same day.
        None where no rule or no term says, 校历 does not know of any school or 开放时间 of any opening.
        """
        if loan.mode is _IN_ROOM:
            return loan.lent_on
        if loan.mode is _CLASS:
            term = self._library.school.term_of(loan.lent_on)
            return term.end if term else None
        borrower = self._borrower(loan)
        unmoved = self._by_rule(borrower, loan.renewals)
        return self._moved(borrower[0], unmoved) if unmoved else None

    def known_due_on(self, loan: LoanRow) -> date | None:
        """When the loan should be back, as far as 校历 reaches, which is to the open day it is moved to, and tells of
        the days that it is moved over.
        """
        if not loan.is_personal:
            return self.due_on(loan)
        borrower = self._borrower(loan)
        unmoved = self._by_rule(borrower, loan.renewals)
        if unmoved is None:
            return None
        key = (borrower[0], unmoved)
        if key not in self._known:
            self._known[key] = self._known_to_be_moved(*key)
        return self._known[key]

    def _known_to_be_moved(self, kind: int, unmoved: date) -> date | None:
        calendar = self._library.derive(SchoolCalendar)
        if not calendar.knows(unmoved):
            return None
        moved = self._moved(kind, unmoved)
        # Closed on the day, and no open one after it in 校历: the day it moves to is one that 校历 does not know.
        if moved is None or not calendar.is_open(moved, _KINDS[kind]):
            return None
        return None if calendar.leaves_untold(unmoved, moved) else moved

    def where(self, loans: LedgerTable[LoanRow], holds: Callable[[LoanRow], bool]) -> list[LoanRow]:
        """The loans of which something holds that their rule, dates, renewals and mode alone decide: it is asked once
        for all that share these.
        """
        # A mode is told by where it lies in memory: an Enum is slow to hash.
        lent_on, due_on, renewals, mode = map(loans.column, ("lent_on", "due_on", "renewals", "mode"))
        governed = self._governed_alike(loans)

        def keys() -> Iterator[tuple[object, ...]]:
            # Gone through twice rather than kept: a million of them take a tenth of all memory.
            return zip(governed, lent_on, due_on, renewals, map(id, mode), strict=True)

        having = {key for key, loan in dict(zip(keys(), loans, strict=True)).items() if holds(loan)}
        return [loan for key, loan in zip(keys(), loans, strict=True) if key in having] if having else []

    def _governed_alike(self, loans: LedgerTable[LoanRow]) -> list[tuple[str, str | None] | str | None]:
        """Of each loan what its rule goes by: the class on the row or, where that does not decide, the reader too."""
        adults, for_class = self.adults, {name: self._class_like(name) for name in loans.distinct("class_name")}
        return [
            (reader_no, class_name) if class_name is None or reader_no in adults else for_class[class_name]
            for reader_no, class_name in zip(loans.column("reader_no"), loans.column("class_name"), strict=True)
        ]

    def unmoved(self, loan: LoanRow) -> date | None:
        """The day the loan is due by its rule alone, which no closed day makes any earlier; None where no rule says."""
        return self._by_rule(self._borrower(loan), loan.renewals) if loan.is_personal else None

    def is_due_by_grade_then(self, loan: LoanRow) -> bool:
        """Whether a pupil's loan of an earlier school year is due as the rule of his grade of then has it: carried over
        into the books of a new year, its class went up with him.
        """
        row = self._library.class_called(loan.class_name)
        if loan.lent_on >= self._library.year_begins or row is None or loan.reader_no in self.adults:
            return False
        years = first_year(self._library.year_begins) - first_year(loan.lent_on)
        rules = self._library.derive(lending_rules)
        rule = governing(rules, ReaderKind.PUPIL, int(row.grade) - years, None, loan.lent_on)
        unmoved = days_later(loan.lent_on, rule.days * (1 + (loan.renewals or 0))) if rule else None
        return unmoved is not None and self._moved(_PUPIL, unmoved) == loan.due_on

    def _borrower(self, loan: LoanRow) -> _Borrower:
        reader_no = loan.reader_no
        kind = self.adults.get(reader_no, _PUPIL)
        class_name = None if kind else loan.class_name
        if class_name is None and (reader := self._library.readers.get(reader_no)):
            class_name = reader.class_name
        return kind, self._class_like(class_name), loan.lent_on

    def _class_like(self, class_name: str | None) -> str | None:
        """The first class met that the rules do not tell from this one: of the same grade, and none of both named."""
        if class_name not in self._class_for:
            row = self._library.class_called(class_name)
            grade, name = (row.grade, row.class_name) if row else (None, None)
            key = (bool(class_name), row is None, grade, name if name in self._named else None)
            self._class_for[class_name] = self._told_apart.setdefault(key, class_name)
        return self._class_for[class_name]

    def _rule(self, borrower: _Borrower) -> LendingRule | None:
        if borrower not in self._governing:
            self._governing[borrower] = self._governing_rule(*borrower)
        return self._governing[borrower]

    def _governing_rule(self, kind: int, class_name: str | None, lent_on: date) -> LendingRule | None:
        who = (kind, class_name)
        if who not in self._rules:
            self._rules[who] = self._rules_about(*who)
        return next((rule for rule in self._rules[who] if rule.since <= lent_on), None)

    def _rules_about(self, kind: int, class_name: str | None) -> list[LendingRule]:
        row = self._library.class_called(class_name)
        if self._by_class and kind == _PUPIL and class_name and row is None:
            return []
        grade, name = (row.grade, row.class_name) if row else (None, None)
        return _about(self._library.derive(lending_rules), _KINDS[kind], grade, name)

    def _by_rule(self, borrower: _Borrower, renewals: int | None) -> date | None:
        rule = self._rule(borrower)
        return days_later(borrower[-1], rule.days * (1 + (renewals or 0))) if rule else None

    def _moved(self, kind: int, unmoved: date) -> date | None:
        calendar = self._library.derive(SchoolCalendar)
        known = calendar.has_school and calendar.has_openings
        return calendar.next_open(unmoved, _KINDS[kind]) if known else None
