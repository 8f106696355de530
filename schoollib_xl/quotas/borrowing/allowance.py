"""What a reader has on loan today, what is overdue, and how much may still be borrowed by which rule."""

from dataclasses import dataclass
from datetime import date

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.quotas.basis.stock import is_out
from schoollib_xl.quotas.borrowing.overdue import due_day
from schoollib_xl.rules.copy_numbers import reader_of, tidied
from schoollib_xl.rules.lending import has_unread_rules, rule_for_reader


class UnknownReader(Exception):
    """No reader of this number stands in 读者名册."""

    def __init__(self, reader_no: str) -> None:
        super().__init__(reader_no)
        self.reader_no = reader_no


@dataclass(frozen=True)
class HeldCopy:
    """A copy on loan: its line, the day it is due, and how many days past that (0 where not overdue)."""

    loan: LoanRow
    due_on: date
    days_overdue: int


@dataclass(frozen=True)
class Allowance:
    """What a reader may do on the day. Only personal loans count: class corners are exempt and reading in the
    room is no loan. `rule` is None where no rule fits, or where only one that cannot be read may (`is_rule_unread`).
    Nothing is allowed where the card is not in force or the reader's class only reads in the room (`only_in_room`).
    """

    reader: ReaderRow
    as_of: date
    is_active: bool
    on_loan: tuple[HeldCopy, ...]
    rule: LendingRule | None
    only_in_room: bool = False
    is_rule_unread: bool = False

    @property
    def overdue(self) -> tuple[HeldCopy, ...]:
        return tuple(held for held in self.on_loan if held.days_overdue)

    @property
    def allowed(self) -> int:
        """How many copies the reader may hold at once."""
        return self.rule.copies if self.rule and self.is_active and not self.only_in_room else 0

    @property
    def is_suspended(self) -> bool:
        """Whether overdue copies stand in the way of another loan, as 逾期停借 has it."""
        return bool(self.rule and self.rule.suspends and self.overdue)

    @property
    def left(self) -> int:
        """How many more the reader may borrow; never below 0."""
        return 0 if self.is_suspended else max(0, self.allowed - len(self.on_loan))


def allowance(library: Library, reader_no: str, as_of: date) -> Allowance:
    """What the reader of this number has and may have on the day; raises UnknownReader."""
    reader = reader_of(library, tidied(reader_no))
    if reader is None:
        raise UnknownReader(reader_no)
    loans = [
        loan for loan in library.loans_by_reader.get(reader.reader_no, []) if loan.is_personal and is_out(loan, as_of)
    ]
    held = tuple(_held(library, loan, as_of) for loan in loans)
    rule = rule_for_reader(library, reader, as_of)
    is_unread = rule is None and has_unread_rules(library)
    is_active = reader.is_active(as_of) and not reader.is_stopped_some_day
    return Allowance(reader, as_of, is_active, held, rule, _only_in_room(library, reader), is_unread)


def _only_in_room(library: Library, reader: ReaderRow) -> bool:
    row = library.class_called(reader.class_name) if reader.kind is ReaderKind.PUPIL else None
    return row is not None and row.lending is ClassLending.IN_ROOM


def _held(library: Library, loan: LoanRow, as_of: date) -> HeldCopy:
    due_on = due_day(library, loan)
    return HeldCopy(loan, due_on, max(0, (as_of - due_on).days))
