"""What the ledgers say was paid or received, by voucher and receipt number, as 经费登记 should have it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.checks.money.purposes import is_for_something_else
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, gathered, grouped
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import Flow, Settlement
from schoollib_xl.rules.corrections import correcting

# The columns a bill is made of, as a check names what it reads.
PAID_OUT: dict[type[Any], str] = {
    SummaryRow: "flow registered_on voucher_no paid_value",
    PeriodicalRow: "starts_on voucher_no amount",
}
PAID_IN: dict[type[Any], str] = {CompensationRow: "registered_on settlement receipt_no paid"}
_OTHER_SIDE = {"spent": "received", "received": "spent"}
BILLED = {**PAID_OUT, **PAID_IN}
_BETWEEN = str.maketrans(dict.fromkeys(",，;；", "、"))
# FP0301-FP0304, FP0301-0304: an entry for more invoices than that is not known.
_RUN_OF_NUMBERS = r"(\D+)(\d+)[-—–~～至到](\1)?(\d+)"
_LONGEST_RUN = 20
_NUMBERED: dict[type[Any], str] = {SummaryRow: "voucher_no", PeriodicalRow: "voucher_no", CompensationRow: "receipt_no"}


class Bill(NamedTuple):
    """One line of a ledger that names a voucher: its day, its amount in yuan (None where it is blank)."""

    number: str
    on: date
    amount: Decimal | None
    number_cell: Cell
    amount_cell: Cell


class Disagreement(NamedTuple):
    """A number with its sum in yuan in the ledgers, and the one 经费登记 has under it."""

    number: str
    bills: list[Bill]
    cash: list[CashRow]
    stated: Decimal
    booked: Decimal


Bills = dict[str, list[Bill]]


def payments(library: Library) -> Bills:
    """实洋 of accessions and 金额 of subscriptions, by 单据号: one invoice may be for both. None where a sheet has no
    column for it: any of its lines may be of any invoice.
    """
    batches = [row for row in library[SummaryRow] if row.flow is Flow.IN]
    bought = _bills(_with_their_voucher(library, batches), "voucher_no", "registered_on", "paid_value")
    subscribed = _bills(library[PeriodicalRow], "voucher_no", "starts_on", "amount")
    if library[SummaryRow].beyond("voucher_no") or library[PeriodicalRow].beyond("voucher_no"):
        return {}
    return _settled([*bought, *subscribed], _incomplete(library, SummaryRow) | _incomplete(library, PeriodicalRow))


def _with_their_voucher(library: Library, batches: list[SummaryRow]) -> Iterator[SummaryRow]:
    """A line without a voucher that puts a batch right is about the bill of that batch."""
    corrections = library.derive(correcting)
    for row in batches:
        batch = corrections.get(row.line)
        yield row if row.voucher_no or batch is None else row._replace(voucher_no=batch.voucher_no)


def compensations(library: Library) -> Bills:
    """实赔金额 of the incidents paid for in money, by 收据号."""
    paid = (row for row in library[CompensationRow] if row.settlement is Settlement.PAYMENT)
    bills = _bills(paid, "receipt_no", "registered_on", "paid")
    if library[CompensationRow].beyond("receipt_no"):
        return {}
    return _settled(bills, _incomplete(library, CompensationRow, "receipt_no"))


def _bills(rows: Iterable[Any], number: str, on: str, amount: str) -> Iterator[Bill]:
    for row in rows:
        if written := getattr(row, number):
            yield Bill(written, getattr(row, on), getattr(row, amount), cell(row, number), cell(row, amount))


def _settled(bills: Iterable[Bill], incomplete: frozenset[str]) -> Bills:
    """Bills by number, without the numbers of which a line or an amount is wanting."""
    numbered = grouped(sorted(bills, key=lambda bill: bill.amount_cell.line), lambda bill: bill.number)
    without = (number for number, found in numbered.items() if any(bill.amount is None for bill in found))
    unclear = incomplete.union(*map(numbers_in, without))
    return {number: found for number, found in numbered.items() if unclear.isdisjoint(numbers_in(number))}


def _incomplete(library: Library, row_type: type[Any], number: str = "voucher_no") -> frozenset[str]:
    """The numbers on lines that could not be read whole; an empty one for a line without."""
    written = (row.values.get(number) or "" for row in library[row_type].incomplete)
    return frozenset(part for one in written for part in numbers_in(one) or [""])


def numbers_in(written: str) -> list[str]:
    """The numbers of one cell: what came with two invoices names both (FP0301、FP0302), or a run of them
    (FP0301-FP0303, FP0301-0303).
    """
    parts = written.translate(_BETWEEN).split("、")
    return [number for part in parts for number in _run(part.strip()) if number]


def _run(written: str) -> list[str]:
    run = re.fullmatch(_RUN_OF_NUMBERS, written)
    first, last = (int(run[2]), int(run[4])) if run else (0, 0)
    # Without the letters again both ends are as long: FP2026-12 is one number.
    is_run = run is not None and (run[3] or len(run[2]) == len(run[4]))
    if run is None or not is_run or not first < last < first + _LONGEST_RUN:
        return [written]
    return [run[1] + str(number).zfill(len(run[2])) for number in range(first, last + 1)]


def numbers_billed(library: Library) -> set[str]:
    """Every voucher and receipt number of the ledgers; none where a ledger never names one, or a line that could not
    be read whole and has none may be of any.
    """
    bought = {row.voucher_no for row in library[SummaryRow] if row.voucher_no}
    subscribed = {row.voucher_no for row in library[PeriodicalRow] if row.voucher_no}
    receipts = {row.receipt_no for row in library[CompensationRow] if row.receipt_no}
    unread = frozenset.union(*(_incomplete(library, row_type, name) for row_type, name in _NUMBERED.items()))
    named = {part for number in bought | subscribed | receipts for part in numbers_in(number)} | unread
    return named if "" not in unread and bought and (subscribed or not library[PeriodicalRow].rows) else set()


def _cash_by_number(library: Library) -> dict[str, list[CashRow]]:
    """Lines of 经费登记 by 单据号, by line; a line that names several under each of them."""
    return gathered((number, row) for row in library[CashRow] for number in numbers_in(row.voucher_no or ""))


def booked_under(library: Library, written: str | None) -> list[CashRow]:
    """The lines of 经费登记 that have one of the numbers written in a cell, by line."""
    cash = library.derive(_cash_by_number)
    rows = {row.line: row for number in numbers_in(written or "") for row in cash.get(number, ())}
    return [rows[line] for line in sorted(rows)]


def _joined(written: Iterable[str]) -> dict[str, set[str]]:
    """With each number those whose sums cannot be told apart, because a cell of either book names them together."""
    joined: dict[str, set[str]] = {}
    for numbers in map(numbers_in, written):
        together = set(numbers).union(*(joined.get(number, ()) for number in numbers))
        joined.update(dict.fromkeys(together, together))
    return joined


def disagreements(library: Library, bills: Bills, column: str) -> Iterator[Disagreement]:
    """The numbers 经费登记 has with another sum in `column` (received or spent), where every line with the
    number could be read. Money given back stands under the same number: the sum before or after it counts.
    """
    for disagreement in _compared(library, bills, column):
        net = disagreement.booked - _total(disagreement.cash, _OTHER_SIDE[column])
        # Given back by a red entry of the same column.
        before = sum((max(getattr(row, column) or NO_MONEY, NO_MONEY) for row in disagreement.cash), NO_MONEY)
        if disagreement.stated not in (disagreement.booked, net, before) and not _is_on_the_other_side(
            disagreement, column
        ):
            yield disagreement


def _misplaced(library: Library, bills: Bills, column: str) -> dict[Cell, CashRow]:
    """The bills that stand under the number of others, by the cell of the number: 经费登记 has the sum of the others
    there, and theirs under a number that no bill has.
    """
    billed = {number for written in bills for number in numbers_in(written)}
    free = [
        row
        for row in library[CashRow]
        if row.voucher_no and billed.isdisjoint(numbers_in(row.voucher_no)) and not is_for_something_else(row.summary)
    ]
    return {
        bill.number_cell: row
        for one in disagreements(library, bills, column)
        if len(one.bills) > 1
        for bill in one.bills
        for row in free
        if bill.amount == one.stated - one.booked == getattr(row, column)
    }


def payments_misplaced(library: Library) -> dict[Cell, CashRow]:
    """Batches and subscriptions under the voucher of others."""
    return _misplaced(library, library.derive(payments), "spent")


def compensations_misplaced(library: Library) -> dict[Cell, CashRow]:
    """Incidents under the receipt of others."""
    return _misplaced(library, library.derive(compensations), "received")


def on_the_other_side(library: Library, bills: Bills, column: str) -> Iterator[Disagreement]:
    """The numbers whose whole sum 经费登记 has as received where it was spent, or the other way round."""
    return (one for one in _compared(library, bills, column) if _is_on_the_other_side(one, column))


def _is_on_the_other_side(one: Disagreement, column: str) -> bool:
    return not one.booked and one.stated > 0 and _total(one.cash, _OTHER_SIDE[column]) == one.stated


def _compared(library: Library, bills: Bills, column: str) -> Iterator[Disagreement]:
    cash = library.derive(_cash_by_number)
    incomplete = _incomplete(library, CashRow)
    if "" in incomplete:
        return
    joined = _joined([*bills, *(row.voucher_no or "" for row in library[CashRow])])
    together = grouped(filter(numbers_in, bills), lambda written: frozenset(joined[numbers_in(written)[0]]))
    for numbers, cells in together.items():
        billed = dict.fromkeys(number for written in cells for number in numbers_in(written))
        if numbers == billed.keys() and numbers <= cash.keys() and incomplete.isdisjoint(numbers):
            found = [bill for written in cells for bill in bills[written]]
            rows = booked_under(library, "、".join(billed))
            stated = sum((bill.amount or NO_MONEY for bill in found), NO_MONEY)
            yield Disagreement("、".join(billed), found, rows, stated, _total(rows, column))


def _total(rows: list[CashRow], column: str) -> Decimal:
    return sum((getattr(row, column) or NO_MONEY for row in rows), NO_MONEY)


def payments_not_booked(library: Library, row_type: type[Any]) -> Iterator[Bill]:
    """Those of one ledger: a school may book its purchases and not its subscriptions."""
    bills = library.derive(payments)
    own = {number: found for number, found in bills.items() if issubclass(found[0].amount_cell.row_type, row_type)}
    return not_booked(library, own)


def not_booked(library: Library, bills: Bills) -> Iterator[Bill]:
    """The first bill of each number 经费登记 does not have, on the days it covers, if it has others of them."""
    booked, table = library.derive(_cash_by_number), library[CashRow]
    if table.incomplete or not any(booked.keys() & numbers_in(number) for number in bills):
        return
    first, last = min(row.booked_on for row in table), max(row.booked_on for row in table)
    for number, found in bills.items():
        if (
            not booked.keys() >= set(numbers_in(number))
            and first <= found[0].on <= last
            and any(bill.amount for bill in found)
        ):
            yield found[0]
