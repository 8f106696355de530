"""The desk: 借阅登记账, kept by lending, renewing and taking back."""

from datetime import date

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome, ReaderKind
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.lending import LoanTerms
from schoollib_xl.samples.cards import Cards
from schoollib_xl.samples.refusal import NotAllowed
from schoollib_xl.samples.rulebook import Rulebook
from schoollib_xl.samples.stock import Away, SampleStock


class SampleDesk:
    """All loans; due dates and limits come from the school's own rules."""

    def __init__(self, rulebook: Rulebook, cards: Cards, stock: SampleStock, librarian: str) -> None:
        self.loans: list[LoanRow] = []
        self.calendar = rulebook.library(cards).derive(SchoolCalendar)
        self._rulebook = rulebook
        self._cards = cards
        self._stock = stock
        self._librarian = librarian
        self._open: dict[str, int] = {}
        self._held: dict[str, list[str]] = {}
        self._last_seen: dict[str, date] = {}
        self._terms: tuple[int, LoanTerms] | None = None
        self._limits: dict[tuple[ReaderKind, str | None, date], int] = {}

    def held(self, reader_no: str) -> tuple[str, ...]:
        """The copies a reader has at home, by number, the longest first."""
        return tuple(self._held.get(reader_no, ()))

    def is_busy(self, reader_no: str, today: date) -> bool:
        """Whether the reader has anything out, class corners included, or was at the desk today."""
        if self._last_seen.get(reader_no) == today:
            return True
        return any(self.loans[index].reader_no == reader_no for index in self._open.values())

    def limit(self, reader: ReaderRow, today: date) -> int:
        """How many copies the reader may have at home; 0 where no rule says."""
        rules = self._rules()
        key = (reader.kind, reader.class_name, today)
        if key not in self._limits:
            rule = rules.rule(self._draft(today, reader, reader.class_name, None, LoanMode.PERSONAL))
            self._limits[key] = rule.copies if rule else 0
        return self._limits[key]

    def loan_of(self, accession_no: str) -> LoanRow | None:
        """The open loan of a copy, if it is on loan."""
        index = self._open.get(accession_no)
        return None if index is None else self.loans[index]

    def open_loan(self, accession_no: str) -> LoanRow:
        """The open loan of a copy. Raises NotAllowed where the copy is not on loan."""
        loan = self.loan_of(accession_no)
        if loan is None:
            raise NotAllowed(f"copy {accession_no} is not on loan")
        return loan

    def out(self, mode: LoanMode) -> list[LoanRow]:
        """The open loans of a kind, the oldest first."""
        return [self.loans[index] for index in self._open.values() if self.loans[index].mode is mode]

    def lend(self, today: date, reader_no: str, accession_no: str) -> LoanRow:
        """Lend a copy to take home. Raises NotAllowed where card, copy, hours or the limit forbid it."""
        reader = self._reader(reader_no, today)
        copy = self._stock.lendable(accession_no)
        held = self._held.setdefault(reader_no, [])
        if len(held) >= self.limit(reader, today):
            raise NotAllowed(f"{reader_no} has as many copies as the rule allows")
        loan = self._write(today, reader, reader.class_name, copy, LoanMode.PERSONAL)
        self._stock.hand_out(today, accession_no, Away.LENT)
        self._open[accession_no] = len(self.loans) - 1
        held.append(accession_no)
        return loan

    def send_to_class(self, today: date, class_name: str, accession_no: str) -> LoanRow:
        """Send a copy to a class corner, on the class teacher's card. Raises NotAllowed as `lend` does."""
        teacher = self._reader(self._cards.class_teacher(class_name).reader_no, today)
        if self._rulebook.school.term_of(today) is None:
            raise NotAllowed("class corners are for a term")
        loan = self._write(today, teacher, class_name, self._stock.lendable(accession_no), LoanMode.CLASS)
        self._stock.hand_out(today, accession_no, Away.IN_CLASS)
        self._open[accession_no] = len(self.loans) - 1
        return loan

    def read_in_room(self, today: date, reader_no: str, accession_no: str) -> LoanRow:
        """A copy read in the room and put back the same day; reference copies too. Raises NotAllowed."""
        reader = self._reader(reader_no, today)
        copy = self._stock.from_shelf(accession_no)
        self._write(today, reader, reader.class_name, copy, LoanMode.IN_ROOM)
        self._stock.note_use(today, accession_no)
        self._open[accession_no] = len(self.loans) - 1
        return self._close(today, accession_no, LoanOutcome.RETURNED)

    def renew(self, today: date, accession_no: str) -> LoanRow:
        """Renew a loan. Raises NotAllowed for an overdue loan, one not at home, or no renewal left."""
        loan = self.open_loan(accession_no)
        rule = self._rules().rule(loan)
        done = loan.renewals or 0
        if loan.mode is not LoanMode.PERSONAL or rule is None or done >= (rule.renewals or 0):
            raise NotAllowed(f"the loan of {accession_no} cannot be renewed")
        if today > loan.due_on:
            raise NotAllowed(f"the loan of {accession_no} is overdue")
        loan = loan._replace(renewals=done + 1)
        return self._put(self._open[accession_no], loan._replace(due_on=self._due_on(loan)))

    def take_back(self, today: date, accession_no: str) -> LoanRow:
        """Take a copy back. Raises NotAllowed where it is not on loan."""
        loan = self._close(today, accession_no, LoanOutcome.RETURNED)
        del self._stock.away[accession_no]
        return loan

    def close_as_lost(self, today: date, accession_no: str) -> LoanRow:
        """Close the loan of a copy reported lost. Raises NotAllowed where it is not on loan."""
        loan = self._close(today, accession_no, LoanOutcome.LOST)
        self._stock.away[accession_no] = Away.LOST
        return loan

    def _close(self, today: date, accession_no: str, outcome: LoanOutcome) -> LoanRow:
        loan = self.open_loan(accession_no)
        if loan.mode is LoanMode.PERSONAL:
            self._held[loan.reader_no].remove(accession_no)
        self._last_seen[loan.reader_no] = today
        return self._put(self._open.pop(accession_no), loan._replace(returned_on=today, outcome=outcome))

    def _reader(self, reader_no: str, today: date) -> ReaderRow:
        reader = self._cards.active(reader_no, today)
        if not self.calendar.is_open(today, reader.kind):
            raise NotAllowed(f"the library is closed on {today}")
        return reader

    def _write(
        self, today: date, reader: ReaderRow, class_name: str | None, copy: AccessionRow, mode: LoanMode
    ) -> LoanRow:
        loan = self._draft(today, reader, class_name, copy, mode)
        self.loans.append(loan._replace(due_on=self._due_on(loan)))
        self._last_seen[reader.reader_no] = today
        return self.loans[-1]

    def _draft(
        self, today: date, reader: ReaderRow, class_name: str | None, copy: AccessionRow | None, mode: LoanMode
    ) -> LoanRow:
        number = len(self.loans) + 1
        return LoanRow(
            number + 1,
            f"J{number:06}",
            today,
            reader.reader_no,
            reader.name,
            class_name,
            copy.accession_no if copy else "",
            copy.title if copy else None,
            mode,
            today,
            None,
            None,
            None,
            self._librarian,
            None,
        )

    def _due_on(self, loan: LoanRow) -> date:
        due_on = self._rules().due_on(loan)
        if due_on is None:
            raise NotAllowed(f"no rule says when {loan.loan_no} is due")
        return due_on

    def _put(self, index: int, loan: LoanRow) -> LoanRow:
        self.loans[index] = loan
        return loan

    def _rules(self) -> LoanTerms:
        """The rules over today's cards: worked out anew only when a card was issued or stopped."""
        if self._terms is None or self._terms[0] != self._cards.version:
            self._terms = (self._cards.version, self._rulebook.library(self._cards).derive(LoanTerms))
            self._limits.clear()
        return self._terms[1]
