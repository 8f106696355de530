"""A log of 借书, 还书, 续借 and 丢书 into loans: paired by copy and reader, in the order things happened."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import groupby

from schoollib_xl.adoption.forms.words import BORROWED, LOST, RENEWED, RETURNED, action_in
from schoollib_xl.adoption.journal import Journal, What, of_many
from schoollib_xl.adoption.lending.claims import Claim
from schoollib_xl.adoption.lending.directory import Copies, Directory
from schoollib_xl.adoption.lending.given_numbers import another_book
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.transforms import PAIRED
from schoollib_xl.ledgers.vocabulary import LoanOutcome

UNDATED = "没有日期，或读不出来"
YEARLESS = "日期只写了月、日，标题、表名、文件名和上下行里都没有年份；把年份写进标题或文件名再接收"
UNCLEAR = "看不出是借、是还还是丢"
NO_BOOK = "没有登记号，书名、书号和条码也都没有"
UNKNOWN_ISBN = "书目里没有书号 {isbn}，又没有写登记号和书名"
NO_READER = "没有读者证号，照姓名和班级查不到是哪一位：名册上没有，或同名的不止一位"
STRANGERS = (
    "借书的人花名册上没有、或同名的不止一位的 {count} 行借阅没有接收（第一处{first}）："
    "把人补进花名册，或写上读者证号，再接收一次。"
)
BY_SURNAME = (
    "只写了老师的姓的 {count} 行借阅（第一处{first}“{name}”）：名册里姓这个的老师只有一位，"
    "记在他名下；不是的，写上全名再接收。"
)
NOT_LENT = "没有对应的借出记录"
TOLD_TWICE = "另一份流水上也有这一条"
NEVER_RETURNED = "没有还书记录，{day} 又借了出去，不知道哪天还的"

# What each line of a log is counted as; a renewal is neither.
_COUNTED: Mapping[str, What] = {BORROWED: What.LOANS, RETURNED: What.RETURNS, LOST: What.RETURNS}

_Key = tuple[date, time | None, str, tuple[str, ...] | str, str | None]


def action_of(record: Record) -> str | None:
    """What a line of a log says was done; None where it does not say, or in words nobody knows."""
    return action_in(record.get("action") or record.table.action)


def no_book(record: Record) -> str:
    """Why a line that names no copy is set aside."""
    isbn = record.get("isbn")
    return UNKNOWN_ISBN.format(isbn=isbn) if isbn else NO_BOOK


@dataclass
class _Event:
    """One line of the log: what was done, when, with which copies and by whom."""

    record: Record
    day: date
    clock: time | None
    action: str
    copies: Copies
    reader_no: str | None

    @property
    def key(self) -> _Key:
        """What two logs say alike of one event."""
        book = self.copies.numbers or str(self.record.get("title"))
        return self.day, self.clock, self.action, book, self.reader_no


@dataclass
class _Loan:
    """A loan while its events are being paired."""

    lent: _Event
    ended: _Event | None = None
    others: list[_Event] = field(default_factory=list)

    @property
    def events(self) -> list[_Event]:
        """Every line of the log about it."""
        return [self.lent, *self.others, *([self.ended] if self.ended else [])]

    @property
    def renewals(self) -> int | None:
        """How often it was renewed; None for never."""
        return sum(event.action == RENEWED for event in self.others) or None

    @property
    def due_on(self) -> date | None:
        """The due date that the log has last: that of the last renewal, none where this says none."""
        last = [self.lent, *(event for event in self.others if event.action == RENEWED)][-1]
        due: date | None = last.record.get("due_on")
        return due


class EventLog:
    """Pairs the events of all logs; each belongs to a loan or is set aside."""

    def __init__(self, directory: Directory, journal: Journal) -> None:
        self._directory = directory
        self._journal = journal
        self._events_of: dict[int, _Loan] = {}

    def claims(self, records: Iterable[Record]) -> list[Claim]:
        """The loans the records state, in the order they were lent; the lines of a claim are settled with it."""
        by_book: dict[tuple[str, ...], list[_Event]] = defaultdict(list)
        for event in self._in_order(records):
            by_book[event.copies.numbers or ("", str(event.record.get("title")))].append(event)
        loans = [loan for events in by_book.values() for loan in self._paired(events)]
        loans.sort(key=lambda loan: (loan.lent.day, loan.lent.clock or time.max))
        claims = [self._claim(loan) for loan in loans]
        self._events_of = {id(claim): loan for claim, loan in zip(claims, loans, strict=True)}
        return claims

    def settle(self, claim: Claim, number: str) -> None:
        """The claim has become the loan of this number."""
        loan = self._events_of[id(claim)]
        self._journal.adopted(claim.record.place, "借阅登记账", [number])
        for event in loan.events[1:]:
            said = event.record.get("action") or event.record.table.action
            self._journal.did(PAIRED, event.record.place, "操作", said, "配进借出的那一笔")
            self._journal.merged(event.record.place, f"借阅登记账 {number}", event.record.text)

    def _in_order(self, records: Iterable[Record]) -> list[_Event]:
        """The events by day and time; where a log does not tell the time, in its own order, turned round where
        the log runs backwards.
        """
        events: list[_Event] = []
        before: Counter[_Key] = Counter()
        for _, lines in groupby(records, key=lambda record: id(record.table)):
            found = [event for record in lines if (event := self._event(record))]
            own = list(self._without_known(found, before))
            before |= Counter(event.key for event in found)
            events += reversed(own) if _runs_backwards(own) else own
        untimed = {event.day for event in events if event.clock is None}
        for event in events:
            event.clock = None if event.day in untimed else event.clock
        return sorted(events, key=lambda event: (event.day, event.clock or time.min))

    def _without_known(self, events: Sequence[_Event], before: Mapping[_Key, int]) -> Iterator[_Event]:
        """The events of one log but those that another one tells as well, which are settled."""
        known = Counter(before)
        for event in events:
            if known[event.key] > 0:
                known[event.key] -= 1
                self._count(event.action, merged=1)
                self._journal.merged(event.record.place, TOLD_TWICE, event.record.text)
            else:
                yield event

    def _event(self, record: Record) -> _Event | None:
        action = action_of(record)
        self._count(action, came_in=1)
        copies = self._directory.copies(record, self._journal)
        reader_no = self._directory.reader(record, self._journal)
        day: date | None = record.get("happened_on")
        reason = _why_not(record, day, action, copies, reader_no)
        if reason or day is None or action is None:
            self._put_aside(record, action, reason)
            return None
        return _Event(record, day, _clock(record), action, copies, reader_no)

    def _paired(self, events: Sequence[_Event]) -> Iterator[_Loan]:
        open_loans: list[_Loan] = []
        done: list[_Loan] = []
        for _, group in groupby(events, key=lambda event: (event.day, event.clock)):
            waiting = list(group)
            while waiting:
                event = _next(waiting, open_loans)
                waiting.remove(event)
                self._take(event, open_loans, done)
        yield from done
        yield from self._still_open(open_loans, [*done, *open_loans])

    def _take(self, event: _Event, open_loans: list[_Loan], done: list[_Loan]) -> None:
        if event.action == BORROWED:
            open_loans.append(_Loan(event))
        elif (loan := _match(event, open_loans)) is None:
            self._put_aside(event.record, event.action, NOT_LENT)
        elif event.action == RENEWED:
            loan.others.append(event)
        else:
            loan.ended = event
            open_loans.remove(loan)
            done.append(loan)

    def _still_open(self, open_loans: Sequence[_Loan], loans: Sequence[_Loan]) -> Iterator[_Loan]:
        """The open loans, but for those whose copy was lent again: nobody knows when it came back, so the loan is
        not made up.
        """
        for loan in open_loans:
            only_one = len(loan.lent.copies.numbers) == 1
            again = min(
                (one.lent.day for one in loans if one is not loan and _is_later(one.lent, loan.lent)), default=None
            )
            if only_one and again:
                self._aside(loan, NEVER_RETURNED.format(day=again.isoformat()))
            else:
                yield loan

    def _aside(self, loan: _Loan, reason: str) -> None:
        for event in loan.events:
            self._put_aside(event.record, event.action, reason)

    def _put_aside(self, record: Record, action: str | None, reason: str) -> None:
        self._count(action, aside=1)
        self._journal.aside(record.place, reason, record.text)

    def _count(self, action: str | None, *, came_in: int = 0, merged: int = 0, aside: int = 0) -> None:
        if what := _COUNTED.get(action or ""):
            self._journal.count(what, came_in=came_in, merged=merged, aside=aside)

    def _claim(self, loan: _Loan) -> Claim:
        record, ended = loan.lent.record, loan.ended
        outcome = LoanOutcome.LOST if ended and ended.action == LOST else LoanOutcome.RETURNED
        values = {
            "lent_on": loan.lent.day,
            "reader_no": loan.lent.reader_no,
            "name": record.get("name"),
            "class_name": self._directory.class_name(record, self._journal),
            "title": record.get("title"),
            "due_on": loan.due_on,
            "returned_on": ended.day if ended else None,
            "renewals": loan.renewals,
            "outcome": outcome if ended else None,
            "handled_by": record.get("handled_by"),
            "remarks": "；".join(dict.fromkeys(filter(None, (event.record.remarks for event in loan.events)))) or None,
        }
        return Claim(record, values, loan.lent.copies)


def tell_strangers(directory: Directory, journal: Journal) -> None:
    """Say how many rows are set aside because nobody can tell which reader their names mean, and of how many a surname
    was enough.
    """
    rows = [journal.row_records.get(record.place) for record in directory.strangers]
    journal.urgent += of_many(STRANGERS, [row.place for row in rows if row and row.detail == NO_READER])
    first = next((record.said("name") for record in directory.by_surname), "")
    journal.assumed += of_many(BY_SURNAME, [record.place for record in directory.by_surname], name=first)


def _runs_backwards(events: Sequence[_Event]) -> bool:
    return bool(events) and events[0].day > events[-1].day


def _clock(record: Record) -> time | None:
    """The time of day of an event; midnight is what exports write where they know none."""
    clock: time | None = record.get("happened_at")
    return clock or None if clock != time.min else None


def _next(waiting: Sequence[_Event], open_loans: Sequence[_Loan]) -> _Event:
    """Of events of one moment the first that can have happened: a return of what is out, a loan of what is in."""
    for event in waiting:
        if event.action != BORROWED:
            if _match(event, open_loans):
                return event
        elif len(open_loans) < max(1, len(event.copies.numbers)):
            return event
    return waiting[0]


def _match(event: _Event, open_loans: Sequence[_Loan]) -> _Loan | None:
    """The open loan an event ends or renews: that of its reader, the earliest where it names none."""
    name = event.record.get("name")
    if event.reader_no is None and name:
        return next((open_loan for open_loan in open_loans if open_loan.lent.record.get("name") == name), None)
    return next((open_loan for open_loan in open_loans if event.reader_no in (None, open_loan.lent.reader_no)), None)


def _is_later(event: _Event, other: _Event) -> bool:
    return (event.day, event.clock or time.min) > (other.day, other.clock or time.min)


def _why_not(record: Record, day: date | None, action: str | None, copies: Copies, reader_no: str | None) -> str:
    if day is None:
        return YEARLESS if record.lacks_year("happened_on") else UNDATED
    if action is None:
        return UNCLEAR
    if not copies.numbers and not record.get("title"):
        return no_book(record)
    if copies.against and not copies.numbers:
        return another_book(record, copies)
    return NO_READER if action == BORROWED and not reader_no else ""
