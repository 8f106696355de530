"""赔偿登记账 and 经费登记: what was lost or damaged, and the money in and out."""

from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import Incident, Settlement
from schoollib_xl.rules.compensation import reckon
from schoollib_xl.samples.refusal import NotAllowed
from schoollib_xl.samples.rulebook import Rulebook


class CashBook:
    """Receipts and payments with a running balance."""

    def __init__(self) -> None:
        self.rows: list[CashRow] = []

    @property
    def balance(self) -> Decimal:
        return (self.rows[-1].balance if self.rows else None) or NO_MONEY

    def receive(self, today: date, summary: str, voucher_no: str | None, amount: Decimal) -> None:
        """Book money in."""
        self._book(today, summary, voucher_no, amount, None, self.balance + amount)

    def spend(self, today: date, summary: str, voucher_no: str | None, amount: Decimal) -> None:
        """Book money out. Raises NotAllowed where there is not enough."""
        if amount > self.balance:
            raise NotAllowed(f"{amount} is more than the balance")
        self._book(today, summary, voucher_no, None, amount, self.balance - amount)

    def _book(
        self,
        today: date,
        summary: str,
        voucher_no: str | None,
        received: Decimal | None,
        spent: Decimal | None,
        balance: Decimal,
    ) -> None:
        line = len(self.rows) + 2
        self.rows.append(CashRow(line, today, summary, voucher_no, received, spent, balance, None))


class Incidents:
    """Every loss and damage, from report to settlement."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rows: list[CompensationRow] = []
        self._rules = rulebook.compensation
        # Copies a reader damaged and had mended: they stay in the books.
        self.mended: set[str] = set()
        self._receipts = 0

    def register(
        self,
        today: date,
        reader: ReaderRow,
        class_name: str | None,
        copy: AccessionRow,
        incident: Incident,
        settlement: Settlement,
    ) -> CompensationRow:
        """Enter an incident with what is owed by the rule in force today."""
        if settlement is Settlement.REPAIR:
            self.mended.add(copy.accession_no)
        number = 1 + sum(row.registered_on.year == today.year for row in self.rows)
        self.rows.append(
            CompensationRow(
                len(self.rows) + 2,
                f"P{today.year}-{number:03}",
                today,
                reader.reader_no,
                reader.name,
                class_name,
                copy.accession_no,
                copy.title,
                copy.value,
                incident,
                settlement,
                reckon(self._rules, incident, settlement, copy.value, today).owed,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
            )
        )
        return self.rows[-1]

    def open(self, settlement: Settlement) -> list[CompensationRow]:
        """Incidents to be settled this way that are not settled yet."""
        return [row for row in self.rows if row.settlement is settlement and row.settled_on is None]

    def row(self, incident_no: str, settlement: Settlement) -> CompensationRow:
        """An unsettled incident to be settled this way. Raises NotAllowed where there is none."""
        for row in self.open(settlement):
            if row.incident_no == incident_no:
                return row
        raise NotAllowed(f"{incident_no} is not waiting for {settlement}")

    def settle_by_payment(self, today: date, incident_no: str) -> CompensationRow:
        """Take the money owed, against a receipt with a number of its own."""
        row = self.row(incident_no, Settlement.PAYMENT)
        self._receipts += 1
        receipt_no = f"SJ{today.year}-{self._receipts:03}"
        return self._put(row._replace(paid=row.owed, receipt_no=receipt_no, settled_on=today))

    def settle_by_replacement(self, today: date, incident_no: str, replacement_no: str) -> None:
        """Note the copy that was brought instead."""
        row = self.row(incident_no, Settlement.REPLACEMENT)
        self._put(row._replace(paid=row.owed, replacement_no=replacement_no, settled_on=today))

    def settle_by_repair(self, today: date, accession_no: str) -> None:
        """Close the incident of a copy that is mended, if there is one."""
        for row in self.open(Settlement.REPAIR):
            if row.accession_no == accession_no:
                self._put(row._replace(paid=row.owed, settled_on=today))

    def note_withdrawal(self, copy: AccessionRow, cause: Incident) -> None:
        """Write the withdrawal batch beside the incident that led to it, if one did."""
        for row in self.rows:
            if row.accession_no == copy.accession_no and row.incident is cause and row.withdrawal_no is None:
                self._put(row._replace(withdrawal_no=copy.withdrawal_no))

    def _put(self, row: CompensationRow) -> CompensationRow:
        self.rows[row.line - 2] = row
        return row
