"""Whether it can be done, what decides, what is remarked, and the entries that record it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Any, NamedTuple

from schoollib_xl.desk.request import Act, Request
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.borrowing.allowance import Allowance
from schoollib_xl.rules.calendar import SchoolCalendar


class Reason(Enum):
    """Why something cannot be done."""

    FUTURE = auto()
    NO_READER = auto()
    READER_UNREAD = auto()
    CARD_STOPPED = auto()
    NO_COPY = auto()
    COPY_UNREAD = auto()
    SEVERAL_COPIES = auto()
    LOAN_UNREAD = auto()
    LENT_SINCE = auto()
    RETURNED_SINCE = auto()
    NOT_IN_FORCE = auto()
    REFERENCE = auto()
    ON_LOAN = auto()
    IN_CLASS = auto()
    LOST = auto()
    UNDER_REPAIR = auto()
    NO_RULE = auto()
    RULE_UNREAD = auto()
    ONLY_IN_ROOM = auto()
    SUSPENDED = auto()
    LIMIT_REACHED = auto()
    NO_DUE_DATE = auto()
    NOT_ON_LOAN = auto()
    BEFORE_LENDING = auto()
    NOT_RENEWABLE = auto()
    NO_RENEWAL_LEFT = auto()
    OVERDUE = auto()
    NO_PRICE = auto()


class Remark(Enum):
    """What the librarian should know although it can be done."""

    CLOSED = auto()
    LENDING_STOPPED = auto()
    DUE_AFTER_TERM = auto()
    DUE_CLOSED = auto()
    HAS_OVERDUE = auto()
    RETURNED_LATE = auto()
    OTHER_READER = auto()
    ALSO_OUT = auto()
    OWES = auto()
    LIST_LATER = auto()


class DeskMessage(NamedTuple):
    """A reason or a remark with its facts."""

    what: Reason | Remark
    facts: Mapping[str, Any]


def message(what: Reason | Remark, **facts: Any) -> DeskMessage:
    """A reason or a remark with its facts."""
    return DeskMessage(what, facts)


class NewRow(NamedTuple):
    """A row to be added below the last one of its sheet; its `line` is where."""

    row: Any


class Changed(NamedTuple):
    """Fields of a row that get other values."""

    row: Any
    values: Mapping[str, Any]


Entry = NewRow | Changed


@dataclass(frozen=True)
class Decision:
    """The answer of the desk: allowed where there is no reason against it. `rule` is the lending rule that decided,
    `draft` the line 注销登记账 gets when the next list is made, for its batch and approval are not known yet.
    """

    request: Request
    against: tuple[DeskMessage, ...] = ()
    remarks: tuple[DeskMessage, ...] = ()
    rule: LendingRule | None = None
    due_on: date | None = None
    owed: Decimal | None = None
    entries: tuple[Entry, ...] = ()
    draft: WithdrawalRow | None = None

    @property
    def act(self) -> Act:
        return self.request.act

    @property
    def is_allowed(self) -> bool:
        return not self.against


def other_reader(asked: Request, loan: LoanRow) -> Iterator[DeskMessage]:
    """That the copy is not the one of the reader whose card lies on the desk."""
    if asked.reader_no and asked.reader_no != loan.reader_no:
        yield message(Remark.OTHER_READER, who=borrower(loan))


def also_out(asked: Request, loan: LoanRow) -> Iterator[DeskMessage]:
    """That by the ledger somebody else has the copy as well: a return was not entered, and he would be reminded."""
    for other in asked.loans:
        if other is not loan:
            yield message(Remark.ALSO_OUT, who=borrower(other))


def overdue(allowed: Allowance) -> Iterator[DeskMessage]:
    """How many copies the reader has kept too long."""
    if allowed.overdue:
        yield message(Remark.HAS_OVERDUE, copies=len(allowed.overdue))


def closed(asked: Request, kind: ReaderKind) -> Iterator[DeskMessage]:
    """That the library is closed to the reader on the day."""
    if not asked.library.derive(SchoolCalendar).is_open(asked.day, kind):
        yield message(Remark.CLOSED, day=asked.day)


def lending_stopped(asked: Request, kind: ReaderKind) -> Iterator[DeskMessage]:
    """That the school has said that nothing goes out to pupils any more in this term."""
    stops, term = asked.library.school.lending_stops, asked.library.school.term_of(asked.day)
    if kind is ReaderKind.PUPIL and stops and term and stops in term and asked.day >= stops:
        yield message(Remark.LENDING_STOPPED, day=stops)


def due_in_holidays(asked: Request, kind: ReaderKind, due_on: date) -> Iterator[DeskMessage]:
    """That the day by the rule comes when nobody can bring the copy back, or only after its term: no day is closer,
    and the copies are called in before.
    """
    calendar, term = asked.library.derive(SchoolCalendar), asked.library.school.term_of(asked.day)
    if calendar.is_open(due_on, kind) and not (term and due_on > term.end):
        return
    last = calendar.last_open(min(due_on, term.end) if term else due_on, kind)
    if last is None or last <= asked.day:
        yield message(Remark.DUE_CLOSED)
    else:
        yield message(Remark.DUE_AFTER_TERM, last_open=last)


def borrower(loan: LoanRow) -> str:
    """The reader of a loan: number, name, class."""
    return " ".join(filter(None, (loan.reader_no, loan.name, loan.class_name)))
