"""The events of a school year that are not an ordinary day at the desk."""

from datetime import date
from decimal import Decimal
from random import Random

from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.units import to_cents
from schoollib_xl.ledgers.vocabulary import (
    Incident,
    LeavingReason,
    LoanMode,
    ReaderKind,
    Settlement,
    Source,
    WithdrawalReason,
)
from schoollib_xl.samples.batches import Arrival
from schoollib_xl.samples.deliveries import Booksellers, paid_for
from schoollib_xl.samples.librarian import Librarian
from schoollib_xl.samples.people import newcomer
from schoollib_xl.samples.reading import Readers
from schoollib_xl.samples.scale import Scale
from schoollib_xl.samples.serials import Periodical
from schoollib_xl.samples.stock import Approval

# The places of 青苗文学, 童话树 and 小读者 on the order, and the one that ran an issue short.
_KEPT = slice(8, 11)
_SHORT = 14
_CORNER_GRADES = (1, 2, 3, 4)
_DAMAGES = ("封面脱落", "书脊开裂", "内页撕破", "书角卷折", "装订松散")


class Diary:
    """What can stand in the diary; in a large school an entry happens several times over."""

    def __init__(
        self,
        rng: Random,
        librarian: Librarian,
        readers: Readers,
        sellers: Booksellers,
        papers: list[Periodical],
        names: list[str],
        scale: Scale,
    ) -> None:
        self._rng = rng
        self._librarian = librarian
        self._readers = readers
        self._sellers = sellers
        self._papers = papers
        self._names = names
        self._scale = scale
        self._ordered: list[tuple[Term, list[str]]] = []
        self._approvals = 0

    # -- money and books --------------------------------------------------------------------------

    def grant(self, summary: str, amount: int) -> None:
        """Money for books comes in, in yuan for each village school's worth of pupils."""
        today = self._librarian.today
        sum_of_money = to_cents(Decimal(amount * self._scale.schools))
        self._librarian.cash.receive(today, summary, f"SR{today:%Y%m%d}", sum_of_money)

    def buy(self, share: float, discount: str) -> None:
        """A delivery from a bookshop, invoiced and paid."""
        lots = self._sellers.lots(round(self._scale.bought_copies * share))
        paid = paid_for(lots, Decimal(discount))
        voucher_no = f"FP{self._librarian.today:%Y%m%d}"
        self._librarian.accession(lots, Arrival(Source.PURCHASE, "县新华书店", voucher_no, paid))
        self._readers.new_stock()

    def be_given(self, share: float, source: Source, giver: str) -> None:
        """Books allocated or donated: a slip, no payment."""
        lots = self._sellers.lots(round(self._scale.bought_copies * share))
        slip = "DB" if source is Source.ALLOCATION else "JZ"
        self._librarian.accession(lots, Arrival(source, giver, f"{slip}{self._librarian.today:%Y%m%d}"))
        self._readers.new_stock()

    def weed(self, copies: int) -> None:
        """Old teachers' and textbook copies are written off (剔旧)."""
        stock = self._librarian.stock
        old = [
            copy.accession_no
            for copy in stock.copies
            if copy.class_no[0] in "GT" and (copy.published or "") < "2014" and self._may_go(copy.accession_no)
        ]
        weeded = self._rng.sample(old, min(copies * self._scale.schools, len(old)))
        self._write_off(weeded, WithdrawalReason.WEEDED, "调拨交换")

    def write_off_worn(self, copies: int) -> None:
        """Copies past mending are written off (破损), those that were paid for as damaged first."""
        stock = self._librarian.stock
        worn = [
            row.accession_no
            for row in self._librarian.incidents.rows
            if row.settlement is Settlement.PAYMENT and self._may_go(row.accession_no)
        ]
        shelf = [
            copy.accession_no
            for copy in stock.copies
            if copy.location == "低年级书架" and self._may_go(copy.accession_no)
        ]
        worn += self._rng.sample(shelf, copies * self._scale.schools)
        self._write_off(worn, WithdrawalReason.WORN_OUT, "报废")

    def _may_go(self, accession_no: str) -> bool:
        mended = self._librarian.incidents.mended
        return accession_no not in mended and self._librarian.stock.on_shelf(accession_no)

    def write_off_lost(self) -> None:
        """What was reported lost since the last list is written off (丢失)."""
        lost = [
            row.accession_no
            for row in self._librarian.incidents.rows
            if row.incident is Incident.LOST and row.withdrawal_no is None
        ]
        self._write_off(lost, WithdrawalReason.LOST, "核销")

    def _write_off(self, numbers: list[str], reason: WithdrawalReason, disposal: str) -> None:
        self._approvals += 1
        approval_no = f"青小图〔{self._librarian.today.year}〕{self._approvals}号"
        self._librarian.write_off(numbers, Approval(reason, approval_no, disposal))
        self._readers.new_stock()

    # -- readers ----------------------------------------------------------------------------------

    def fill_corners(self) -> None:
        """Books go to the corners of every second class of the grades that have them."""
        for row in self._librarian.cards.classes:
            if row.line % 2 == 0 and row.grade in _CORNER_GRADES:
                self._readers.fill_corner(row.class_name, 25)

    def lose(self, settlement: Settlement, kind: ReaderKind = ReaderKind.PUPIL) -> None:
        """Readers report copies lost."""
        for accession_no in self._readers.some_loans(kind, self._scale.schools):
            self._librarian.report_lost(accession_no, settlement)

    def damage(self, settlement: Settlement) -> None:
        """Pupils bring copies back damaged."""
        for accession_no in self._readers.some_loans(ReaderKind.PUPIL, self._scale.schools):
            self._librarian.report_damaged(accession_no, self._rng.choice(_DAMAGES), settlement)

    def take_payments(self) -> None:
        """Everybody who owes money pays."""
        for row in self._librarian.incidents.open(Settlement.PAYMENT):
            self._librarian.take_payment(row.incident_no)

    def take_replacements(self) -> None:
        """Everybody who promised another copy brings it."""
        waiting = self._librarian.incidents.open(Settlement.REPLACEMENT)
        self._librarian.take_replacements([row.incident_no for row in waiting])
        self._readers.new_stock()

    def send_for_repair(self, copies: int) -> None:
        """Worn copies are taken off the shelves to be mended."""
        stock = self._librarian.stock
        shelf = [copy.accession_no for copy in stock.copies if stock.on_shelf(copy.accession_no)]
        for accession_no in self._rng.sample(shelf, copies * self._scale.schools):
            self._librarian.send_for_repair(accession_no, self._rng.choice(_DAMAGES))

    def reshelve(self) -> None:
        """What is mended goes back."""
        for row in list(self._librarian.shelves.repairs):
            if row.reshelved_on is None:
                self._librarian.reshelve(row.accession_no)

    def move_away(self) -> None:
        """A pupil with nothing at home moves to another school."""
        for card in self._rng.sample(self._librarian.cards.rows, len(self._librarian.cards.rows)):
            if card.kind is ReaderKind.PUPIL and self._librarian.is_clear(card.reader_no):
                self._librarian.stop_card(card.reader_no, LeavingReason.MOVED)
                break
        self._readers.new_faces()

    def move_in(self) -> None:
        """A pupil comes from another school and gets a card."""
        row = self._rng.choice(self._librarian.cards.classes)
        self._librarian.issue_card(
            newcomer(self._librarian.cards.rows, self._names.pop(), row.class_name, self._librarian.today)
        )
        self._readers.new_faces()

    # -- periodicals and closing ------------------------------------------------------------------

    def subscribe(self, period: Term, papers: int) -> None:
        """Newspapers and magazines are ordered for a period."""
        voucher_no = f"YZ{self._librarian.today:%Y%m%d}"
        numbers = self._librarian.subscribe(self._papers[:papers], period, voucher_no)
        self._ordered.append((period, numbers))

    def check_in(self) -> None:
        """The cards of every subscription that has run out are brought up to date; one magazine is an
        issue short.
        """
        for place, number in enumerate(self._run_out()):
            if place == _SHORT:
                self._librarian.check_in(number, 1, "缺最后一期，邮路丢失，已向邮局查询补寄")
            else:
                self._librarian.check_in(number)

    def bind(self) -> None:
        """The magazines worth keeping are bound."""
        self._librarian.bind(self._run_out()[_KEPT])
        self._readers.new_stock()

    def _run_out(self) -> list[str]:
        """The latest subscriptions that have run to their end."""
        finished = [numbers for period, numbers in self._ordered if period.end <= self._librarian.today]
        return finished[-1]

    def collect(self, mode: LoanMode) -> None:
        """Everything that is out in this way comes back."""
        self._librarian.collect(mode)

    def close(self, starts_on: date) -> None:
        """分类统计账 is closed for the period that ends today."""
        self._librarian.close_period(starts_on)

    def count(self, *places: str) -> None:
        """Places are counted."""
        for place in places:
            self._librarian.count(place)
