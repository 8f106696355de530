"""The stock: 个别登记账, 注销登记账 and 分类统计账, with batches and holdings, kept together by its acts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, CLASS_NAMES, Circulation, Flow, Source, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.batches import Arrival, Batches
from schoollib_xl.samples.people import Staff
from schoollib_xl.samples.refusal import NotAllowed
from schoollib_xl.samples.titles import Title


@dataclass
class RunningAmount:
    """Copies and their list value in yuan."""

    copies: int = 0
    value: Decimal = NO_MONEY

    def add(self, price: Decimal) -> None:
        """Count one copy more."""
        self.copies += 1
        self.value += price


class RunningHoldings:
    """What is held, what came and what went since the last close, class by class."""

    def __init__(self) -> None:
        self.periods: list[ClassificationRow] = []
        self._opening = {letter: RunningAmount() for letter in CLASS_LETTERS}
        self._added = {letter: RunningAmount() for letter in CLASS_LETTERS}
        self._removed = {letter: RunningAmount() for letter in CLASS_LETTERS}
        self.copies = 0
        self.value = NO_MONEY

    def add(self, copies: Iterable[AccessionRow], *, opening: bool) -> None:
        """Count copies in, as opening stock or as an addition of the period."""
        into = self._opening if opening else self._added
        for copy in copies:
            into[copy.class_letter].add(copy.value)
            self.copies += 1
            self.value += copy.value

    def remove(self, copies: Iterable[AccessionRow]) -> None:
        """Count copies out."""
        for copy in copies:
            self._removed[copy.class_letter].add(copy.value)
            self.copies -= 1
            self.value -= copy.value

    def is_closed(self, day: date) -> bool:
        """Whether the day belongs to a period that is closed."""
        return bool(self.periods) and day <= self.periods[-1].ends_on

    def close(self, starts_on: date, ends_on: date) -> None:
        """Write the 22 lines of a period; its closing is the next one's opening."""
        for letter in CLASS_LETTERS:
            row = self._line(letter, starts_on, ends_on)
            self.periods.append(row)
            self._opening[letter] = RunningAmount(row.closing_copies, row.closing_value)
            self._added[letter], self._removed[letter] = RunningAmount(), RunningAmount()

    def _line(self, letter: str, starts_on: date, ends_on: date) -> ClassificationRow:
        opening, added, removed = self._opening[letter], self._added[letter], self._removed[letter]
        return ClassificationRow(
            len(self.periods) + 2,
            starts_on,
            ends_on,
            letter,
            CLASS_NAMES[letter],
            opening.copies,
            opening.value,
            added.copies,
            added.value,
            removed.copies,
            removed.value,
            opening.copies + added.copies - removed.copies,
            opening.value + added.value - removed.value,
            None,
        )


class SampleLot(NamedTuple):
    """Copies of one title that come together; old stock keeps the day it was entered in the old book."""

    title: Title
    copies: int
    entered_on: date | None = None


class Approval(NamedTuple):
    """Why copies are written off, on which paper, and what becomes of them."""

    reason: WithdrawalReason
    number: str
    disposal: str


class Away(Enum):
    """Why a copy in force is not on the shelf."""

    LENT = auto()
    IN_CLASS = auto()
    IN_REPAIR = auto()
    LOST = auto()


class SampleStock:
    """All copies, in one series of numbers, and what brought and took them."""

    def __init__(self, width: int, staff: Staff) -> None:
        self.batches = Batches(staff)
        self.holdings = RunningHoldings()
        self.copies: list[AccessionRow] = []
        self.withdrawals: list[WithdrawalRow] = []
        self.away: dict[str, Away] = {}
        self._last_used: dict[str, date] = {}
        self._width = width
        self._approved_by = staff.principal

    def copy(self, accession_no: str) -> AccessionRow:
        """The copy of this number. Raises NotAllowed where there is none."""
        index = int(accession_no) - 1
        if not 0 <= index < len(self.copies):
            raise NotAllowed(f"no copy {accession_no}")
        return self.copies[index]

    def on_shelf(self, accession_no: str) -> bool:
        """Whether the copy is in force and stands where it belongs."""
        return self.copy(accession_no).withdrawn_on is None and accession_no not in self.away

    def from_shelf(self, accession_no: str) -> AccessionRow:
        """The copy, if it is on the shelf. Raises NotAllowed otherwise."""
        if not self.on_shelf(accession_no):
            raise NotAllowed(f"copy {accession_no} is not on the shelf")
        return self.copy(accession_no)

    def lendable(self, accession_no: str) -> AccessionRow:
        """The copy, if it is on the shelf and may leave the room. Raises NotAllowed otherwise."""
        copy = self.from_shelf(accession_no)
        if copy.circulation is Circulation.REFERENCE:
            raise NotAllowed(f"copy {accession_no} is for reading in the room only")
        return copy

    def hand_out(self, today: date, accession_no: str, where: Away) -> None:
        """Note that a copy leaves the shelf."""
        self.away[accession_no] = where
        self.note_use(today, accession_no)

    def note_use(self, today: date, accession_no: str) -> None:
        """Note that a copy is wanted in force today: it is not written off before tomorrow."""
        self._last_used[accession_no] = today

    def open_books(self, today: date, lots: Sequence[SampleLot], arrival: Arrival) -> list[AccessionRow]:
        """Enter the opening stock (期初). Raises NotAllowed once there are books."""
        if self.batches.rows:
            raise NotAllowed("the books are open already")
        return self._enter(today, Flow.OPENING, lots, arrival)

    def accession(self, today: date, lots: Sequence[SampleLot], arrival: Arrival) -> list[AccessionRow]:
        """Enter a batch (入藏); its copies. Raises NotAllowed for a batch without copies or a closed period."""
        self._must_be_open(today)
        if not any(lot.copies for lot in lots):
            raise NotAllowed("a batch needs a copy")
        return self._enter(today, Flow.IN, lots, arrival)

    def _enter(self, today: date, flow: Flow, lots: Sequence[SampleLot], arrival: Arrival) -> list[AccessionRow]:
        batch_no = self.batches.next_no(today)
        before = len(self.copies)
        for lot in lots:
            self._add(today, batch_no, lot, arrival.source)
        fresh = self.copies[before:]
        self.holdings.add(fresh, opening=flow is Flow.OPENING)
        self.batches.bring(today, flow, arrival, fresh)
        return fresh

    def _add(self, today: date, batch_no: str, lot: SampleLot, source: Source) -> None:
        title = lot.title
        for number in range(len(self.copies) + 1, len(self.copies) + lot.copies + 1):
            accession_no = f"{number:0{self._width}}"
            self.copies.append(
                AccessionRow(
                    number + 1,
                    accession_no,
                    lot.entered_on or today,
                    batch_no,
                    *title[:9],
                    title.price,
                    source,
                    title.location,
                    title.circulation,
                    f"QH{accession_no}",
                    None,
                    None,
                    None,
                )
            )

    def write_off(self, today: date, numbers: Iterable[str], approval: Approval) -> list[AccessionRow]:
        """Write copies off for one reason (注销); the copies as they stand now.

        Raises NotAllowed in a closed period, for a copy that is not on the shelf, unless it is lost and written
        off as lost, and for one used today: a copy is in force only until the day before 注销日期.
        """
        self._must_be_open(today)
        numbers = sorted(set(numbers))
        if not numbers:
            raise NotAllowed("nothing to write off")
        for number in numbers:
            self._must_be_writable(today, number, approval.reason)
        batch_no = self.batches.next_no(today)
        gone = [self._strike(number, today, batch_no) for number in numbers]
        self.holdings.remove(gone)
        self.batches.take(today, approval.reason, gone)
        self.withdrawals += [
            self._withdrawal(line, today, batch_no, copy, approval)
            for line, copy in enumerate(gone, len(self.withdrawals) + 2)
        ]
        return gone

    def _must_be_open(self, today: date) -> None:
        if self.holdings.is_closed(today):
            raise NotAllowed(f"分类统计账 is closed for {today}")

    def _must_be_writable(self, today: date, accession_no: str, reason: WithdrawalReason) -> None:
        lost = self.away.get(accession_no) is Away.LOST
        if lost != (reason is WithdrawalReason.LOST):
            raise NotAllowed(f"copy {accession_no}: only what is lost is written off as lost")
        if not lost:
            self.from_shelf(accession_no)
        if self._last_used.get(accession_no) == today:
            raise NotAllowed(f"copy {accession_no} was used today")

    def _strike(self, accession_no: str, today: date, batch_no: str) -> AccessionRow:
        self.away.pop(accession_no, None)
        index = int(accession_no) - 1
        self.copies[index] = self.copies[index]._replace(withdrawn_on=today, withdrawal_no=batch_no)
        return self.copies[index]

    def _withdrawal(
        self, line: int, today: date, batch_no: str, copy: AccessionRow, approval: Approval
    ) -> WithdrawalRow:
        return WithdrawalRow(
            line,
            today,
            batch_no,
            copy.accession_no,
            copy.title,
            copy.class_no,
            copy.value,
            approval.reason,
            self._approved_by,
            approval.number,
            approval.disposal,
            None,
        )


def another(copy: AccessionRow) -> SampleLot:
    """One more copy of the same edition."""
    title = Title(
        copy.title,
        copy.author,
        copy.publisher,
        copy.published,
        copy.edition,
        copy.pages,
        copy.isbn,
        copy.class_no,
        copy.book_no or "",
        copy.value,
        copy.circulation or Circulation.LENDING,
        copy.location or "",
    )
    return SampleLot(title, 1)
