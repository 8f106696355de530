"""How a seed is written: one broken cell in a right school, and the findings it yields.

A seed that is a function has the name of its check's function; what is only a cell written otherwise is a line of its
own, `wrong(…)`, or `again(…)` for a row too many. The others are put into `SEEDS` by hand.
"""

from collections.abc import Callable, Sequence
from typing import Any

from checks.books import Books
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.schema import R
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Settlement

Seed = Callable[[Books], list[str]]


class _Seeds(dict[str, Seed]):
    """The seeds by code; a second one of a code would hide the first."""

    def __setitem__(self, code: str, seed: Seed) -> None:
        assert code not in self, f"{code} is seeded twice"
        super().__setitem__(code, seed)


SEEDS = _Seeds()


def first(row_type: type[R], holds: Callable[[R], bool] | None = None, /, **values: Any) -> Callable[[Books], R]:
    """The first row for which the condition holds, or that says all of these."""
    return lambda books: books.first(row_type, holds or saying(**values))


def last(row_type: type[R], holds: Callable[[R], bool] | None = None, /, **values: Any) -> Callable[[Books], R]:
    """The last row for which the condition holds, or that says all of these."""
    return lambda books: books.last(row_type, holds or saying(**values))


def saying(**values: Any) -> Callable[[Any], bool]:
    """Whether a row says all of these."""
    return lambda row: all(getattr(row, field) == value for field, value in values.items())


def wrong(code: str, pick: Callable[[Books], Any], /, *places: str, **changes: Any) -> None:
    """A seed: these cells of one row written otherwise; a function is asked what the row then says.

    It yields a finding at each place: a field, behind its code where that is another's; else at the first of the cells.
    """
    SEEDS[code] = lambda books: _told(books, code, books.edit(row := pick(books), **_of(row, changes)), places, changes)


def again(code: str, pick: Callable[[Books], Any], /, *places: str, **changes: Any) -> None:
    """A seed: a row once more below the last, but for these cells; the findings are those of the new row."""
    SEEDS[code] = lambda books: _told(
        books, code, books.add((row := pick(books))._replace(**_of(row, changes))), places, changes
    )


def _of(row: Any, changes: dict[str, Any]) -> dict[str, Any]:
    return {field: value(row) if callable(value) else value for field, value in changes.items()}


def _told(books: Books, code: str, row: Any, places: Sequence[str], changes: dict[str, Any]) -> list[str]:
    named = [[code, *place.split()][-2:] for place in places or [next(iter(changes))]]
    return [books.at(found, row, field) for found, field in named]


# Rows that the seeds of several families start from.


def batch_called(batch_no: str) -> Callable[[Books], SummaryRow]:
    return first(SummaryRow, batch_no=batch_no)


def copy_numbered(books: Books, number: str | None) -> AccessionRow:
    return books.first(AccessionRow, lambda copy: copy.accession_no == number)


def replaced(books: Books) -> CompensationRow:
    return books.first(CompensationRow, lambda row: row.settlement is Settlement.REPLACEMENT)


def repaired(books: Books) -> CompensationRow:
    return books.first(CompensationRow, lambda row: row.settlement is Settlement.REPAIR)
