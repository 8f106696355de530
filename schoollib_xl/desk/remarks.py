"""What the librarian should know although it can be done."""

from collections.abc import Iterator
from datetime import date

from schoollib_xl.desk.decision import DeskMessage, Remark, message
from schoollib_xl.desk.request import Request
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.quotas.allowance import Allowance
from schoollib_xl.rules.calendar import SchoolCalendar


def other_reader(asked: Request, loan: LoanRow) -> Iterator[DeskMessage]:
    """That the copy is not the one of the reader whose card lies on the desk."""
    if asked.reader_no and asked.reader_no != loan.reader_no:
        yield message(Remark.OTHER_READER, who=borrower(loan))


def overdue(allowed: Allowance) -> Iterator[DeskMessage]:
    """How many copies the reader has kept too long."""
    if allowed.overdue:
        yield message(Remark.HAS_OVERDUE, copies=len(allowed.overdue))


def closed(asked: Request, kind: ReaderKind) -> Iterator[DeskMessage]:
    """That the library is closed to the reader on the day."""
    if not asked.library.derive(SchoolCalendar).is_open(asked.day, kind):
        yield message(Remark.CLOSED, day=asked.day)


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
