"""总括登记账, by itself and against the copies: one defect in the clean school per check."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from checks.books import Books
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, Source, SourceOrDestination

_DAY = timedelta(days=1)
_CENT = Decimal("0.01")


def _bought(books: Books) -> SummaryRow:
    """The first purchase, a batch of many copies."""
    return books.first(SummaryRow, lambda row: row.flow is Flow.IN and row.source is SourceOrDestination.PURCHASE)


def _changed(books: Books, **changes: Any) -> SummaryRow:
    changed: SummaryRow = books.edit(_bought(books), **changes)
    return changed


def _copies(books: Books, batch: SummaryRow) -> list[AccessionRow]:
    return [copy for copy in books.rows(AccessionRow) if copy.batch_no == batch.batch_no]


def batch_number_used_twice(books: Books) -> list[str]:
    return []


def mutate(name):
    def deco(f):
        return f
    return deco
