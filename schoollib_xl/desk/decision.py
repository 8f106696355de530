"""Whether it can be done, what decides, and the entries that record it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Any, NamedTuple

from schoollib_xl.desk.request import Act, Request
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


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
    DUE_AFTER_TERM = auto()
    DUE_CLOSED = auto()
    HAS_OVERDUE = auto()
    RETURNED_LATE = auto()
    OTHER_READER = auto()
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
