"""The identities of 经费登记: its running balance, and its amounts against the ledgers that say them too."""

from collections.abc import Iterator
from itertools import pairwise

from schoollib_xl.causes.amounts import Key, cents
from schoollib_xl.checks.money.bills import Bills, Disagreement, compensations, disagreements, payments
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.office import CashRow

_Term = tuple[Key, CashRow, str, int]
"""An identity, and a figure that counts in it so often."""


def cash_terms(library: Library) -> Iterator[_Term]:
    """The figures of 经费登记 in its identities."""
    rows = [row for row in library[CashRow] if row.balance is not None]
    for before, row in pairwise(rows):
        key = ("balance", row.line)
        yield from ((key, row, "balance", 1), (key, before, "balance", -1))
        yield from ((key, row, "received", -1), (key, row, "spent", 1))
    for key, column, one in _vouchers(library):
        yield from ((key, row, column, 1) for row in one.cash)


def booked_elsewhere(library: Library) -> Iterator[tuple[Key, int]]:
    """What the other ledgers say of the numbers that 经费登记 has otherwise, in cents. Which of the two is wrong is not
    judged here: it is the third book that tells a wrong amount from a wrong balance.
    """
    for key, _, one in _vouchers(library):
        yield key, cents(one.stated)


def _vouchers(library: Library) -> Iterator[tuple[Key, str, Disagreement]]:
    books: tuple[tuple[Bills, str], ...] = ((payments(library), "spent"), (compensations(library), "received"))
    for bills, column in books:
        for disagreement in disagreements(library, bills, column):
            yield ("voucher", column, disagreement.number), column, disagreement
