"""总括登记账: one line for every batch in or out, with running totals."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import Flow, Source, SourceOrDestination, WithdrawalReason
from schoollib_xl.rules.holdings import batch_line
from schoollib_xl.samples.people import Staff


class Arrival(NamedTuple):
    """Where a batch comes from and what was paid."""

    source: Source
    supplier: str | None = None
    voucher_no: str | None = None
    paid: Decimal | None = None
    remarks: str | None = None


class Batches:
    """The summary register; 总括登记号 restart every calendar year."""

    def __init__(self, staff: Staff) -> None:
        self.rows: list[SummaryRow] = []
        self._staff = staff
        self._copies = 0
        self._value = NO_MONEY

    def next_no(self, today: date) -> str:
        """The 总括登记号 the next batch gets."""
        this_year = sum(row.registered_on.year == today.year for row in self.rows)
        return f"{today.year}-{this_year + 1:03}"

    def bring(self, today: date, flow: Flow, arrival: Arrival, copies: Sequence[AccessionRow]) -> None:
        """Enter a batch that came in, or the opening stock."""
        source = SourceOrDestination(arrival.source)
        row = self._row(today, flow, source, copies, 1)
        self.rows.append(
            row._replace(
                supplier=arrival.supplier,
                voucher_no=arrival.voucher_no,
                paid_value=arrival.paid,
                first_no=copies[0].accession_no if copies else None,
                last_no=copies[-1].accession_no if copies else None,
                remarks=arrival.remarks,
            )
        )

    def take(self, today: date, reason: WithdrawalReason, copies: Sequence[AccessionRow]) -> None:
        """Enter a batch that was written off: positive numbers, no number range."""
        self.rows.append(self._row(today, Flow.OUT, SourceOrDestination(reason), copies, -1))

    def _row(
        self, today: date, flow: Flow, source: SourceOrDestination, copies: Sequence[AccessionRow], sign: int
    ) -> SummaryRow:
        row = batch_line(
            copies,
            line=len(self.rows) + 2,
            registered_on=today,
            batch_no=self.next_no(today),
            flow=flow,
            source=source,
            titles=titles_among(copies),
            handled_by=self._staff.librarian,
            received_by=self._staff.deputy,
        )
        self._copies += sign * row.copies
        self._value += sign * row.list_value
        return row._replace(running_copies=self._copies, running_value=self._value)


def titles_among(copies: Iterable[AccessionRow]) -> int:
    """种数: how many different titles, by what makes an edition the same."""
    return len({(row.title, row.author, row.publisher, row.edition, row.isbn) for row in copies})
