"""A log of 借书, 还书, 续借 and 丢书 into loans."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.loans import NO_COPY, NO_READER, Directory, Loans
from schoollib_xl.adoption.records import Record
from schoollib_xl.adoption.transforms import PAIRED
from schoollib_xl.adoption.words import ACTIONS, BORROWED, LOST, RENEWED
from schoollib_xl.ledgers.vocabulary import LoanOutcome

UNDATED = "没有日期，或读不出来"
UNCLEAR = "看不出是借、是还还是丢"
NOT_LENT = "没有对应的借出记录"
NEVER_RETURNED = "没有还书记录，{day} 又借了出去，不知道哪天还的"


@dataclass
class _Event:
    """One line of the log: what was done, on which day, with which copy and by whom."""

    record: Record
    day: date
    action: str
    accession_no: str
    reader_no: str | None


@dataclass
class _Loan:
    """A loan while its events are being paired."""

    lent: _Event
    ended: _Event | None = None
    others: list[_Event] = field(default_factory=list)

    @property
    def renewals(self) -> int | None:
        return sum(event.action == RENEWED for event in self.others) or None


class EventLog:
    """Pairs the events of a log; each becomes a loan, belongs to one, or is set aside."""

    def __init__(self, directory: Directory, loans: Loans, journal: Journal) -> None:
        self._directory = directory
        self._loans = loans
        self._journal = journal

    def take(self, records: Iterable[Record]) -> None:
        """Take over the records of all logs together, in the order of their days."""
        events = [event for record in records if (event := self._event(record))]
        open_loans: dict[str, _Loan] = {}
        paired: list[_Loan] = []
        for event in sorted(events, key=lambda event: event.day):
            loan = open_loans.get(event.accession_no)
            if event.action == BORROWED:
                if loan:
                    self._never_returned(loan, event)
                    paired.remove(loan)
                open_loans[event.accession_no] = _Loan(event)
                paired.append(open_loans[event.accession_no])
            elif loan is None:
                self._journal.aside(event.record.place, NOT_LENT, event.record.text)
            elif event.action == RENEWED:
                loan.others.append(event)
            else:
                loan.ended = event
                del open_loans[event.accession_no]
        for loan in paired:
            self._write(loan)

    def _event(self, record: Record) -> _Event | None:
        action = ACTIONS.get(record.get("action") or "")
        accession_no = self._directory.copy(record, self._journal)
        reader_no = self._directory.reader(record, self._journal)
        day: date | None = record.get("happened_on")
        reason = _why_not(day, action, accession_no, reader_no)
        if reason or day is None or action is None or accession_no is None:
            self._journal.aside(record.place, reason, record.text)
            return None
        return _Event(record, day, action, accession_no, reader_no)

    def _never_returned(self, loan: _Loan, again: _Event) -> None:
        """Nobody knows when the copy came back, so the loan is not made up: its lines are set aside."""
        reason = NEVER_RETURNED.format(day=again.day.isoformat())
        for event in (loan.lent, *loan.others):
            self._journal.aside(event.record.place, reason, event.record.text)

    def _write(self, loan: _Loan) -> None:
        record, ended = loan.lent.record, loan.ended
        lost = ended is not None and ended.action == LOST
        outcome = LoanOutcome.LOST if lost else LoanOutcome.RETURNED
        number = self._loans.add(
            {
                "loan_no": None,
                "lent_on": loan.lent.day,
                "reader_no": loan.lent.reader_no,
                "name": record.get("name"),
                "class_name": self._directory.class_name(record, self._journal),
                "accession_no": loan.lent.accession_no,
                "title": record.get("title"),
                "mode": None,
                "due_on": record.get("due_on"),
                "returned_on": ended.day if ended else None,
                "renewals": loan.renewals,
                "outcome": outcome if ended else None,
                "handled_by": record.get("handled_by"),
                "remarks": _remarks(loan),
            },
            record,
        )
        self._journal.adopted(record.place, "借阅登记账", [number])
        for event in [*loan.others, *([ended] if ended else [])]:
            self._journal.did(PAIRED, event.record.place, "操作", event.record.get("action"), "配进借出的那一笔")
            self._journal.merged(event.record.place, f"借阅登记账 {number}", event.record.text)


def _why_not(day: date | None, action: str | None, accession_no: str | None, reader_no: str | None) -> str:
    if day is None:
        return UNDATED
    if action is None:
        return UNCLEAR
    if accession_no is None:
        return NO_COPY
    return NO_READER if action == BORROWED and not reader_no else ""


def _remarks(loan: _Loan) -> str | None:
    """What the lines of the log say in words, and who brought the copy back where it was somebody else."""
    said = [event.record.remarks for event in (loan.lent, *loan.others, *([loan.ended] if loan.ended else []))]
    if loan.ended and loan.ended.reader_no and loan.ended.reader_no != loan.lent.reader_no:
        said.append(f"还书记录上的证号是 {loan.ended.reader_no}")
    return "；".join(filter(None, said)) or None
