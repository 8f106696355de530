"""The books as they are with the journal: what is in the ledgers already, what is not yet, what does not fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from schoollib_xl.desk.decision import Changed, Entry, NewRow
from schoollib_xl.desk.ledger_state import LedgerNow
from schoollib_xl.desk.lines import Booking, DeskLine, LoanKey, Unfit, bookings, row_of, standing, values_of
from schoollib_xl.desk.request import Act, next_line, next_number
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.ledgers.vocabulary import Incident


@dataclass
class Replayed:
    """What the journal comes to over a reading of the workbook: `booked` are lines that were found to stand in the
    ledgers for the first time, each with its loan there; `misfits` are lines whose loan is not to be found any more,
    whose copy the ledger has out to somebody else, or whose reader and book are not those of these ledgers; `lost` are
    lines that stood in the ledger once and do in this one no more, which is an older copy of it, or another one, or
    lacks what she has taken out; `begun` are those waiting of which only the incident is still to be copied.
    """

    base: Library
    library: Library
    loans: list[LoanRow] = field(default_factory=list)
    incidents: list[CompensationRow] = field(default_factory=list)
    changed: dict[int, LoanRow] = field(default_factory=dict)
    booked: list[tuple[DeskLine, LoanRow]] = field(default_factory=list)
    misfits: list[DeskLine] = field(default_factory=list)
    lost: list[DeskLine] = field(default_factory=list)
    waiting: list[DeskLine] = field(default_factory=list)
    begun: list[DeskLine] = field(default_factory=list)

    def changes(self) -> list[Changed]:
        """What rows of the ledger get, with the row as it stands there."""
        rows = {row.line: row for row in self.base[LoanRow]}
        pairs = ((rows[line], now) for line, now in sorted(self.changed.items()))
        return [Changed(was, _differences(was, now)) for was, now in pairs]


def replay(base: Library, lines: Iterable[DeskLine]) -> Replayed:
    """Go through the journal over the books as read."""
    known = list(lines)
    going = _Replay(base, bookings(known))
    for line in standing(known):
        try:
            going.take(line)
        except Unfit:
            going.done.misfits.append(line)
    return going.finish()


def with_entries(library: Library, entries: Iterable[Entry]) -> Library:
    """The books with these entries made."""
    tables: dict[type[Any], LedgerTable[Any]] = {
        LoanRow: library[LoanRow],
        CompensationRow: library[CompensationRow],
    }
    for entry in entries:
        row_type = type(entry.row)
        tables[row_type] = _entered(tables[row_type], entry)
    return library.with_tables(*tables.values())


def _entered(table: LedgerTable[Any], entry: Entry) -> LedgerTable[Any]:
    if isinstance(entry, NewRow):
        return table.changed(rows=[*table.rows, entry.row])
    changed = entry.row._replace(**entry.values)
    return table.changed(rows=[changed if row.line == changed.line else row for row in table.rows])


class _Replay:
    def __init__(self, base: Library, bookings: dict[str, Booking]) -> None:
        self.done = Replayed(base, base)
        self._bookings = bookings
        self._ledger = LedgerNow(base)
        self._matched: set[int] = set()
        self._lines_of_loans: dict[str, int] = {}
        self._next = next_line(base, LoanRow)
        self._next_incident = next_line(base, CompensationRow)
        self._numbers = set(self._ledger.by_number)

    def take(self, line: DeskLine) -> None:
        """Put one line where it belongs. Raises Unfit."""
        if line.loan is None:
            raise Unfit(line.id)
        if line.id in self._bookings:
            self._recall(line, line.loan, self._bookings[line.id])
        elif line.what is Act.LEND:
            self._lend(line, line.loan)
        else:
            self._change(line, line.loan)

    def finish(self) -> Replayed:
        done = self.done
        loans = [done.changed.get(row.line, row) for row in done.base[LoanRow]] + done.loans
        incidents = [*done.base[CompensationRow], *done.incidents]
        if done.loans or done.changed or done.incidents:
            tables = (
                done.base[LoanRow].changed(rows=loans),
                done.base[CompensationRow].changed(rows=incidents),
            )
            done.library = done.base.with_tables(*tables)
        return done

    def _recall(self, line: DeskLine, key: LoanKey, booking: Booking) -> None:
        """A line that was booked before stays so, whatever she has made of its row since; but a ledger that has not
        come as far as the one it stood in cannot tell what she has made of it.
        """
        mark, is_loan = booking.mark, line.what is Act.LEND
        is_there = self._is_lent_there(line, mark.loan or key) if is_loan else self._is_so(line, key)
        if is_there or booking.is_dropped or mark.ledger is None:
            return
        has_come = self._ledger.has_lent if is_loan else self._ledger.has_ended
        if self.done.base[LoanRow].present and not has_come(mark.ledger):
            self.done.lost.append(line)

    def _match(self, line: DeskLine, key: LoanKey, rows: Sequence[LoanRow]) -> LoanRow | None:
        """The one of the rows that the line has lent: that of its number, where the reader had the copy several times
        on one day.
        """
        found = next((row for row in rows if row.loan_no == key.loan_no), next(iter(rows), None))
        if found:
            self._matched.add(found.line)
            self._lines_of_loans[line.id] = found.line
        return found

    def _is_lent_there(self, line: DeskLine, key: LoanKey) -> bool:
        if self._match(line, key, self._candidates(key)):
            return True
        # The reader, the copy or the day was corrected since, or the row cannot be read for the moment.
        corrected = self._ledger.by_number.get(key.loan_no)
        if corrected and (corrected.reader_no == key.reader_no or corrected.accession_no == key.accession_no):
            return True
        table = self.done.base[LoanRow]
        is_said = any(key.accession_no == row.values.get("accession_no") for row in table.incomplete)
        return is_said or not table.all_say("accession_no")

    def _is_so(self, line: DeskLine, key: LoanKey) -> bool:
        """Whether the loan has ended or was renewed as the line says; of one that is gone its lending tells."""
        try:
            row, _ = self._loan(key)
        except Unfit:
            return all(gone.id != key.line_id for gone in self.done.lost)
        return _stands(row, values_of(LoanRow, line.change or {}), line.what)

    def _lend(self, line: DeskLine, key: LoanKey) -> None:
        if found := self._match(line, key, [row for row in self._candidates(key) if row.line not in self._matched]):
            self.done.booked.append((line, found))
            return
        if self._is_out(key.accession_no):
            raise Unfit(line.id)
        row = row_of(LoanRow, line.row or {}, self._next)
        if not self._is_of_these_books(row):
            raise Unfit(line.id)
        if row.loan_no in self._numbers:
            row = row._replace(loan_no=next_number([*self._numbers_in_order(), row.loan_no], row.loan_no))
        self._numbers.add(row.loan_no)
        self._lines_of_loans[line.id] = self._next
        self._next += 1
        self.done.loans.append(row)
        self.done.waiting.append(line)

    def _is_out(self, accession_no: str) -> bool:
        """Whether the copy is out by now: it was lent at two desks at once, before the ledger was read, or while
        an older copy of it lay here. Which of the two loans is right only the shelf can tell.
        """
        there = (self.done.changed.get(loan.line, loan) for loan in self.done.base.loans_by_copy.get(accession_no, []))
        new = (loan for loan in self.done.loans if loan.accession_no == accession_no)
        return any(loan.is_open for loan in (*there, *new))

    def _is_of_these_books(self, row: LoanRow) -> bool:
        """Whether the ledgers know the reader and the copy. In the journal of another school both numbers may be there
        as well, of somebody else and of another book; one of the two may have been corrected since.
        """
        base = self.done.base
        if row.reader_no not in base.known_readers or row.accession_no not in base.known_copies:
            return False
        reader, copy = base.readers.get(row.reader_no), base.copies.get(row.accession_no)
        return not (reader and copy and reader.name != row.name and copy.title != row.title)

    def _numbers_in_order(self) -> list[str]:
        return [row.loan_no for row in (*self.done.base[LoanRow], *self.done.loans)]

    def _candidates(self, key: LoanKey) -> list[LoanRow]:
        loans = self.done.base.loans_by_copy.get(key.accession_no, [])
        return [row for row in loans if row.reader_no == key.reader_no and row.lent_on == key.lent_on]

    def _change(self, line: DeskLine, key: LoanKey) -> None:
        row, is_new = self._loan(key)
        values = values_of(LoanRow, line.change or {})
        needed = self._incident(line)
        if _stands(row, values, line.what):
            if is_new or row.line in self.done.changed:
                raise Unfit(line.id)
            if not needed:
                self.done.booked.append((line, row))
                return
            self.done.begun.append(line)
        else:
            self._put(row._replace(**values), is_new=is_new)
        self.done.incidents += needed
        self.done.waiting.append(line)

    def _loan(self, key: LoanKey) -> tuple[LoanRow, bool]:
        """The loan as it stands by now, and whether it is a new row. Raises Unfit."""
        at = self._lines_of_loans.get(key.line_id)
        new = next((row for row in self.done.loans if row.line == at), None)
        if new:
            return new, True
        candidates = self._candidates(key)
        by_line = [row for row in candidates if row.line == at]
        by_number = [row for row in candidates if row.loan_no == key.loan_no]
        for row in (*by_line, *by_number, *candidates):
            return self.done.changed.get(row.line, row), False
        raise Unfit(key.accession_no)

    def _put(self, row: LoanRow, *, is_new: bool) -> None:
        if is_new:
            self.done.loans = [row if loan.line == row.line else loan for loan in self.done.loans]
        else:
            self.done.changed[row.line] = row

    def _incident(self, line: DeskLine) -> list[CompensationRow]:
        """The row that 赔偿登记账 still has to get; none where it has one of this reader and copy."""
        if line.incident is None or line.loan is None:
            return []
        there = self.done.base.incidents_by_copy.get(line.loan.accession_no, [])
        if any(row.reader_no == line.loan.reader_no and row.incident is Incident.LOST for row in there):
            return []
        numbers = [row.incident_no for row in (*self.done.base[CompensationRow], *self.done.incidents)]
        row = row_of(CompensationRow, line.incident, self._next_incident)
        if row.incident_no in numbers:
            row = row._replace(incident_no=next_number([*numbers, row.incident_no], row.incident_no))
        self._next_incident += 1
        return [row]


def _stands(row: LoanRow, values: dict[str, Any], what: object) -> bool:
    """Whether the ledger says so already: a loan that has ended, or was renewed as often."""
    if what is Act.RENEW:
        return not row.is_open or (row.renewals or 0) >= values.get("renewals", 0)
    return not row.is_open


def _differences(was: LoanRow, now: LoanRow) -> dict[str, Any]:
    return {name: value for name, value in now._asdict().items() if value != getattr(was, name)}
