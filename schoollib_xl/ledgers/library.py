"""The whole workbook as read, with the indexes that checks and quotas share."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, TypeVar

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.derivations import ReadSheets, Shared
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.ledgers.schema import Kind, R
from schoollib_xl.ledgers.school import first_year, school_year_from
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.table import IncompleteRow, LedgerTable
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

Item = TypeVar("Item")
Key = TypeVar("Key")

# Schools that keep their books enter something every term; after longer than a year it is the clock that is wrong.
LONG_SILENCE = timedelta(days=366)

# More days than these that have not come yet are no slips of the pen.
_FEW_SLIPS = 5


class Library(ReadSheets):
    """Every sheet as read. `library[LoanRow]` is 借阅登记账; a sheet that is not there is an empty table.

    `as_of` is the day the books are judged on. Where a number that should be unique is not, an index
    keeps the first row, so that the other findings are about one row and not about all of them.
    """

    # -- copies and batches -----------------------------------------------------------------------

    @Shared
    def batches(self) -> dict[str, SummaryRow]:
        """Batches by 总括登记号."""
        return first_by(self[SummaryRow], "batch_no")

    @Shared
    def known_batches(self) -> frozenset[str]:
        """Every 总括登记号 that stands in 总括登记账, incomplete lines included."""
        return _known(self.batches, self[SummaryRow].incomplete, "batch_no")

    @Shared
    def copies(self) -> dict[str, AccessionRow]:
        """Copies by 个别登记号."""
        return first_by(self[AccessionRow], "accession_no")

    @Shared
    def known_copies(self) -> frozenset[str]:
        """Every 个别登记号 that stands in 个别登记账, incomplete lines included."""
        return _known(self.copies, self[AccessionRow].incomplete, "accession_no")

    @Shared
    def copies_by_batch(self) -> dict[str, list[AccessionRow]]:
        return group_by(self[AccessionRow], "batch_no")

    @Shared
    def unsettled_batches(self) -> frozenset[str]:
        """Batches with an incomplete copy line: their sums cannot be judged. '' stands for an incomplete line that
        does not even say its batch, which leaves every batch unsettled.
        """
        return frozenset(row.values.get("batch_no") or "" for row in self[AccessionRow].incomplete)

    def batch_settled(self, batch_no: str) -> bool:
        """Whether every copy line that may belong to the batch could be read."""
        return not self.unsettled_batches or not self.unsettled_batches & {batch_no, ""}

    def class_copies_settled(self, letter: str) -> bool:
        """Whether every copy line that may belong to the class could be read."""
        return _is_settled(self[AccessionRow], letter)

    def class_withdrawals_settled(self, letter: str) -> bool:
        """Whether every withdrawal line that may belong to the class could be read."""
        return _is_settled(self[WithdrawalRow], letter)

    def batch_date(self, copy: AccessionRow) -> date:
        """The copy's date for period ends: its batch's, or its own where the batch is not in the books."""
        batch = self.batches.get(copy.batch_no)
        return batch.registered_on if batch else copy.held_from

    def is_opening(self, copy: AccessionRow) -> bool:
        """Whether the copy came with the opening stock (期初) and not as an accession."""
        batch = self.batches.get(copy.batch_no)
        return batch is not None and batch.flow is Flow.OPENING

    @Shared
    def opened_on(self) -> date | None:
        """The day these books were opened (期初), or None where they tell everything from the start."""
        entries: list[tuple[Any, Any]] = [(batch.flow, batch.registered_on) for batch in self[SummaryRow]]
        entries += [(row.values.get("flow"), row.values.get("registered_on")) for row in self[SummaryRow].incomplete]
        return min((day for flow, day in entries if flow is Flow.OPENING and day), default=None)

    @Shared
    def begins_on(self) -> date | None:
        """The day these books were opened, else the earliest in the seven ledgers; None where nothing stands there."""
        return self.opened_on or min(self._entry_days, default=None)

    @Shared
    def ends_on(self) -> date | None:
        """The last day of an entry in the seven ledgers that had come by `as_of`; None where there is none."""
        return max((day for day in self._entry_days if day <= self.as_of), default=None)

    @property
    def year_begins(self) -> date:
        """The first day of the school year these books are of: that of their term, in the holidays after it still."""
        return school_year_from(first_year(self.school.term.start if self.school.term else self.as_of)).start

    def goes_on_after(self, day: date) -> bool:
        """Whether entries of several days come later: slips of the pen are few, a clock that is slow is behind many."""
        return sum(entered > day for entered in self._entry_days) > _FEW_SLIPS

    @Shared
    def _entry_days(self) -> frozenset[date]:
        """The days of the entries of the seven ledgers."""
        first = ((ledger, next(field.name for field in ledger.fields if field.kind is Kind.DATE)) for ledger in LEDGERS)
        return frozenset(day for ledger, name in first for day in self[ledger.row_type].distinct(name) if day)

    def in_older_books(self, day: date | None) -> bool:
        """Whether what happened on the day was entered before these books were opened."""
        return day is not None and self.opened_on is not None and day < self.opened_on

    # -- withdrawals and incidents ----------------------------------------------------------------

    @Shared
    def standing_withdrawals(self) -> LedgerTable[WithdrawalRow]:
        """注销登记账 without the lines that a later red one of the same copy (单价 below nought) takes back, and
        without these: a copy written off by mistake is in the holdings again.
        """
        table = self[WithdrawalRow]
        if all((price or 0) >= 0 for price in table.column("price")):
            return table
        standing: dict[str, list[WithdrawalRow]] = {}
        for row in table:
            lines = standing.setdefault(row.accession_no, [])
            if row.price is not None and row.price < 0 and lines and lines[-1].price == -row.price:
                lines.pop()
            else:
                lines.append(row)
        return table.changed(rows=sorted((row for rows in standing.values() for row in rows), key=attrgetter("line")))

    @Shared
    def withdrawals(self) -> dict[str, WithdrawalRow]:
        """Withdrawals that stand, by 个别登记号."""
        return first_by(self.standing_withdrawals, "accession_no")

    @Shared
    def known_withdrawals(self) -> frozenset[str]:
        """Every 个别登记号 that stands in 注销登记账, incomplete lines included."""
        return _known(self.withdrawals, self[WithdrawalRow].incomplete, "accession_no")

    @Shared
    def written_off_copies(self) -> dict[str, AccessionRow | WithdrawalRow]:
        """By 个别登记号, the row that says when a copy was written off: its own, else its line in 注销登记账."""
        marked = {number: copy for number, copy in self.copies.items() if copy.withdrawn_on}
        return {number: row for number, row in self.withdrawals.items() if number in self.copies} | marked

    def written_off(self, copy: AccessionRow) -> AccessionRow | WithdrawalRow | None:
        """The row that says when the copy was written off; None while it is in the holdings."""
        return self.written_off_copies.get(copy.accession_no)

    @Shared
    def withdrawals_by_batch(self) -> dict[str, list[WithdrawalRow]]:
        return group_by(self.standing_withdrawals, "withdrawal_no")

    def withdrawal_settled(self, batch_no: str) -> bool:
        """Whether every withdrawal line that may belong to the batch could be read."""
        incomplete = [line.values.get("withdrawal_no") for line in self[WithdrawalRow].incomplete]
        return all(incomplete) and batch_no not in incomplete

    @Shared
    def incidents_by_copy(self) -> dict[str, list[CompensationRow]]:
        return group_by(self[CompensationRow], "accession_no")

    # -- readers and loans ------------------------------------------------------------------------

    @Shared
    def classes(self) -> dict[str, ClassRow]:
        """Classes by name; of two lines of one name that whose grade the name tells."""
        found = first_by(self[ClassRow], "class_name")
        if len(found) < len(self[ClassRow].rows):
            for row in reversed(self[ClassRow].rows):
                if class_key(row.class_name).startswith(f"{row.grade}-"):
                    found[row.class_name] = row
        return found

    @Shared
    def readers(self) -> dict[str, ReaderRow]:
        """Readers by 读者证号."""
        return first_by(self[ReaderRow], "reader_no")

    @Shared
    def known_readers(self) -> frozenset[str]:
        """Every 读者证号 that stands in 读者名册, incomplete lines included."""
        return _known(self.readers, self[ReaderRow].incomplete, "reader_no")

    @Shared
    def loans_by_copy(self) -> dict[str, list[LoanRow]]:
        """Loans of each copy, by the day lent (and by line on one day)."""
        return group_by(self._loans_in_order, "accession_no")

    @Shared
    def loans_by_reader(self) -> dict[str, list[LoanRow]]:
        """Loans of each reader, by the day lent (and by line on one day)."""
        return group_by(self._loans_in_order, "reader_no")

    @Shared
    def _loans_in_order(self) -> Iterable[LoanRow]:
        return in_order(self[LoanRow], "lent_on")

    @Shared
    def _classes_by_key(self) -> dict[str, ClassRow]:
        return {class_key(row.class_name): row for row in reversed(self.classes.values())}

    def class_called(self, name: str | None) -> ClassRow | None:
        """The class of this name, also where it is spelled another way (三(1)班 for 三（1）班)."""
        if not name:
            return None
        return self.classes.get(name) or self._classes_by_key.get(class_key(name))


def _known(rows: Iterable[str], incomplete: Iterable[IncompleteRow], field: str) -> frozenset[str]:
    """The numbers of the rows, and those of lines that lack something else."""
    return frozenset(rows) | {number for row in incomplete if (number := row.values.get(field))}


def _is_settled(table: LedgerTable[Any], letter: str) -> bool:
    """Whether no incomplete line may be of the class; one that does not say its class may be of any."""
    return all(str(row.values.get("class_no") or letter)[:1].upper() != letter for row in table.incomplete)


def first_by(table: LedgerTable[R], field: str) -> dict[Any, R]:
    """Rows by a field that should be unique; of several, the first."""
    values = table.column(field)
    found = dict(zip(values, table.rows, strict=True))
    if len(found) < len(values):
        found.update(zip(reversed(values), reversed(table.rows), strict=True))
    return found


def group_by(rows: Iterable[R], field: str) -> dict[Any, list[R]]:
    """Rows by the value of a field, each group in line order."""
    groups: defaultdict[Any, list[R]] = defaultdict(list)
    values, found = _column(rows, field)
    # A loop in C: a million loans are grouped by their copies, and again by their readers.
    deque(map(list.append, map(groups.__getitem__, values), found), 0)
    return dict(groups)


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """Items by what `key` says of each, each group in their order."""
    return gathered((key(item), item) for item in items)


def gathered(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    """What stands beside each key, in the order of the pairs."""
    groups: defaultdict[Key, list[Item]] = defaultdict(list)
    for key, item in pairs:
        groups[key].append(item)
    return dict(groups)


def _column(rows: Iterable[R], field: str) -> tuple[Sequence[Any], Sequence[R]]:
    """The values of a field, and the rows."""
    if isinstance(rows, LedgerTable):
        return rows.column(field), rows.rows
    listed = list(rows)
    return list(map(attrgetter(field), listed)), listed


def in_order(rows: Iterable[R], field: str) -> Iterable[R]:
    """Rows by a field, and by line where it is the same. A ledger kept by day is so already, and to see that
    is far cheaper than to sort it.
    """
    lines, found = _column(rows, "line")
    # A column that is missing as a whole leaves its fields empty: then the order of the ledger is all there is.
    days = _column(rows, field)[0] if found and getattr(found[0], field) is not None else lines
    if all(list(values) == sorted(values) for values in (days, lines)):
        return rows
    return sorted(found, key=attrgetter(field, "line") if days is not lines else attrgetter("line"))


def untold(table: LedgerTable[Any], name: str) -> frozenset[int]:
    """The lines of which nobody can tell what they hold in a field that may be blank: there is no column for it, or the
    cell cannot be read.
    """
    if not table.has(name):
        return frozenset([*table.column("line"), *(row.line for row in table.incomplete)])
    return frozenset((*table.unread_lines.get(name, ()), *table.beyond(name)))
