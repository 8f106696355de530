"""A librarian and her books: every act writes all the ledgers it concerns."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import Incident, LeavingReason, LoanMode, Settlement, Source, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.accounts import CashBook, Incidents
from schoollib_xl.samples.batches import Arrival
from schoollib_xl.samples.cards import Cards
from schoollib_xl.samples.desk import SampleDesk
from schoollib_xl.samples.people import Staff
from schoollib_xl.samples.refusal import NotAllowed
from schoollib_xl.samples.rulebook import Rulebook
from schoollib_xl.samples.serials import Periodical, Serials
from schoollib_xl.samples.shelves import SampleShelves
from schoollib_xl.samples.stock import Approval, SampleLot, SampleStock, another


class Librarian:
    """Does what a librarian does, today. An act the rules do not allow raises NotAllowed and changes nothing.

    Time only moves forward, so every register is in the order of its days.
    """

    def __init__(self, rulebook: Rulebook, classes: Sequence[ClassRow], staff: Staff, today: date) -> None:
        self.rulebook = rulebook
        self.staff = staff
        self.today = today
        self.cards = Cards(classes)
        self.stock = SampleStock(rulebook.school.number_width, staff)
        self.desk = SampleDesk(rulebook, self.cards, self.stock, staff.librarian)
        self.incidents = Incidents(rulebook)
        self.cash = CashBook()
        self.serials = Serials()
        self.shelves = SampleShelves(self.stock)

    # -- days and people --------------------------------------------------------------------------

    def wait_until(self, day: date) -> None:
        """Let the days pass. Raises NotAllowed for a day gone by."""
        if day < self.today:
            raise NotAllowed(f"{day} is over")
        self.today = day

    def issue_card(self, card: ReaderRow) -> None:
        """Issue a card."""
        self.cards.issue(card)

    def is_clear(self, reader_no: str) -> bool:
        """Whether a reader may hand in the card today: it is in use, nothing is out on it, nothing was
        written on it today (it must be good for the whole day), and nothing is owed.
        """
        card = self.cards.card(reader_no)
        owing = any(row.reader_no == reader_no and row.settled_on is None for row in self.incidents.rows)
        return card.stopped_on is None and not owing and not self.desk.is_busy(reader_no, self.today)

    def stop_card(self, reader_no: str, reason: LeavingReason) -> None:
        """Stop a card from today on. Raises NotAllowed where the reader is not clear."""
        if not self.is_clear(reader_no):
            raise NotAllowed(f"{reader_no} is not clear")
        self.cards.stop(self.today, reader_no, reason)

    # -- stock ------------------------------------------------------------------------------------

    def open_books(self, lots: Sequence[SampleLot], arrival: Arrival) -> list[AccessionRow]:
        """Enter the opening stock; its copies. Raises NotAllowed once there are books."""
        return self.stock.open_books(self.today, lots, arrival)

    def accession(self, lots: Sequence[SampleLot], arrival: Arrival) -> list[AccessionRow]:
        """Enter a batch and pay for it; its copies. Raises NotAllowed where the money is short or there are none."""
        if arrival.paid is not None and arrival.paid > self.cash.balance:
            raise NotAllowed("there is not enough money for this batch")
        copies = self.stock.accession(self.today, lots, arrival)
        if arrival.paid is not None:
            summary = f"购图书（{copies[0].batch_no}）"
            self.cash.spend(self.today, summary, arrival.voucher_no, arrival.paid)
        return copies

    def write_off(self, numbers: Sequence[str], approval: Approval) -> list[AccessionRow]:
        """Write off copies, noting it with the incidents behind it; the copies.

        Raises NotAllowed for a copy that is not where it should be, or was mended after an incident and has
        not been lost since.
        """
        is_lost = approval.reason is WithdrawalReason.LOST
        if not is_lost and self.incidents.mended.intersection(numbers):
            raise NotAllowed("what was mended is not written off")
        gone = self.stock.write_off(self.today, numbers, approval)
        for copy in gone:
            self.incidents.note_withdrawal(copy, Incident.LOST if is_lost else Incident.DAMAGED)
        return gone

    # -- desk -------------------------------------------------------------------------------------

    def lend(self, reader_no: str, accession_no: str) -> LoanRow:
        """Lend a copy to take home."""
        return self.desk.lend(self.today, reader_no, accession_no)

    def send_to_class(self, class_name: str, accession_no: str) -> LoanRow:
        """Send a copy to a class corner until the end of term."""
        return self.desk.send_to_class(self.today, class_name, accession_no)

    def read_in_room(self, reader_no: str, accession_no: str) -> LoanRow:
        """Hand out a copy for reading in the room and put it back."""
        return self.desk.read_in_room(self.today, reader_no, accession_no)

    def renew(self, accession_no: str) -> LoanRow:
        """Renew the loan of a copy."""
        return self.desk.renew(self.today, accession_no)

    def take_back(self, accession_no: str) -> LoanRow:
        """Take a copy back."""
        return self.desk.take_back(self.today, accession_no)

    # -- losses and damages -----------------------------------------------------------------------

    def report_lost(self, accession_no: str, settlement: Settlement) -> CompensationRow:
        """A reader reports a copy lost: the loan is closed and the incident entered the same day.

        Raises NotAllowed where the copy is not on loan, or for a repair.
        """
        if settlement is Settlement.REPAIR:
            raise NotAllowed("what is lost cannot be mended")
        loan = self.desk.close_as_lost(self.today, accession_no)
        return self._register(loan, Incident.LOST, settlement)

    def report_damaged(self, accession_no: str, damage: str, settlement: Settlement) -> CompensationRow:
        """A copy comes back damaged: it is taken back, the incident entered, and what can be mended is sent
        to repair. Raises NotAllowed where the copy is not on loan, or for a replacement.
        """
        if settlement is Settlement.REPLACEMENT:
            raise NotAllowed("a damaged copy is mended or paid for")
        loan = self.desk.take_back(self.today, accession_no)
        if settlement is Settlement.REPAIR:
            self.send_for_repair(accession_no, damage)
        return self._register(loan, Incident.DAMAGED, settlement)

    def _register(self, loan: LoanRow, incident: Incident, settlement: Settlement) -> CompensationRow:
        reader = self.cards.card(loan.reader_no)
        copy = self.stock.copy(loan.accession_no)
        return self.incidents.register(self.today, reader, loan.class_name, copy, incident, settlement)

    def take_payment(self, incident_no: str) -> CompensationRow:
        """Take the money owed and book it."""
        row = self.incidents.settle_by_payment(self.today, incident_no)
        self.cash.receive(self.today, "图书赔款", row.receipt_no, row.paid or NO_MONEY)
        return row

    def take_replacements(self, incident_nos: Sequence[str]) -> list[AccessionRow]:
        """Enter the copies readers brought instead of lost ones, as a batch of their own; its copies."""
        incidents = [self.incidents.row(number, Settlement.REPLACEMENT) for number in incident_nos]
        lots = [another(self.stock.copy(row.accession_no)) for row in incidents]
        copies = self.accession(lots, Arrival(Source.REPLACEMENT, remarks="读者赔来的书"))
        for row, copy in zip(incidents, copies, strict=True):
            self.incidents.settle_by_replacement(self.today, row.incident_no, copy.accession_no)
        return copies

    def send_for_repair(self, accession_no: str, damage: str) -> None:
        """Send a copy to be mended."""
        self.shelves.send_for_repair(self.today, accession_no, damage, self.staff.librarian)

    def reshelve(self, accession_no: str) -> None:
        """Put a mended copy back and close its incident."""
        self.shelves.reshelve(self.today, accession_no)
        self.incidents.settle_by_repair(self.today, accession_no)

    # -- periodicals ------------------------------------------------------------------------------

    def subscribe(self, papers: Sequence[Periodical], period: Term, voucher_no: str) -> list[str]:
        """Subscribe and pay, on one voucher; the numbers of the subscriptions. Raises NotAllowed where the
        money is short.
        """
        before = len(self.serials.rows)
        rows = [self.serials.subscribe(paper, period, voucher_no) for paper in papers]
        try:
            self.cash.spend(self.today, "订报刊", voucher_no, sum((row.amount for row in rows), Decimal(0)))
        except NotAllowed:
            del self.serials.rows[before:]
            raise
        return [row.periodical_no for row in rows]

    def check_in(self, periodical_no: str, missing: int = 0, note: str | None = None) -> None:
        """Bring a subscription's card up to today."""
        self.serials.check_in(self.today, periodical_no, missing, note)

    def bind(self, periodical_nos: Sequence[str]) -> list[AccessionRow]:
        """Bind finished subscriptions and enter the volumes as a batch of their own; its copies."""
        lots = self.serials.volumes(periodical_nos)
        copies = self.accession(lots, Arrival(Source.BINDING, remarks="期刊合订本"))
        numbers = [copy.accession_no for copy in copies]
        for periodical_no, lot in zip(periodical_nos, lots, strict=True):
            self.serials.note_volumes(periodical_no, numbers[: lot.copies])
            del numbers[: lot.copies]
        return copies

    # -- closing ----------------------------------------------------------------------------------

    def collect(self, mode: LoanMode) -> None:
        """Take back everything that is out in this way."""
        for loan in self.desk.out(mode):
            self.take_back(loan.accession_no)

    def close_period(self, starts_on: date) -> None:
        """Close 分类统计账 for the period that ends today."""
        self.stock.holdings.close(starts_on, self.today)

    def count(self, place: str) -> None:
        """Count the copies that stand in one place."""
        self.shelves.count(self.today, place, self.staff.librarian)

    def ledger_set(self, others: dict[type[Any], list[Any]]) -> LedgerSet:
        """All ledgers as they stand, with the sheets nobody keeps at the desk."""
        kept: dict[type[Any], list[Any]] = {
            SummaryRow: self.stock.batches.rows,
            AccessionRow: self.stock.copies,
            ClassificationRow: self.stock.holdings.periods,
            WithdrawalRow: self.stock.withdrawals,
            PeriodicalRow: self.serials.rows,
            LoanRow: self.desk.loans,
            CompensationRow: self.incidents.rows,
            ClassRow: self.cards.classes,
            ReaderRow: self.cards.rows,
            StocktakeRow: self.shelves.stocktake,
            StocktakeScopeRow: self.shelves.scopes,
            RepairRow: self.shelves.repairs,
            CashRow: self.cash.rows,
        }
        return LedgerSet(self.rulebook.school, kept | self.rulebook.sheets() | others)
