"""Sheets that nobody knows: whether one may have been meant as a ledger, and is told of."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.ledgers.schema import SHEETS, Kind
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.recognising import LEAST_COLUMNS, fields_by_header, plain_header
from schoollib_xl.sheets.reading.tidy import shown

_FEWEST_ROWS = 3
_BOOKS = ((AccessionRow, "accession_no"), (AccessionRow, "title"), (LoanRow, "accession_no"), (LoanRow, "title"))
_READERS = ((LoanRow, "reader_no"), (LoanRow, "name"))
# What Excel writes above what it counts in a ledger itself.
_COUNTED = ("行标签", "计数项", "求和项")


def looks_like_a_table(top: Grid) -> bool:
    """Whether a row of words stands above another row, or several rows of several cells below each other: something
    that may have been meant as a ledger.
    """
    filled = _filled(top)
    worded = [(at, row) for at, row in enumerate(filled) if all(isinstance(value, str) for value in row)]
    wide = [at for at, row in worded if len(row) >= LEAST_COLUMNS]
    narrow = [at for at, row in worded if len(row) < LEAST_COLUMNS and _says_of_what(row)]
    rows = sum(len(row) >= LEAST_COLUMNS for row in filled)
    # Where headers stand below each other, something is said of each.
    return (
        rows >= _FEWEST_ROWS
        or any(filled[at + 1 :] for at in wide)
        or any(filled[at + 1 :] and not any(map(_has_header, filled[at + 1 :])) for at in narrow)
    )


def books_among(sheets: Iterable[str], tables: Iterable[LedgerTable[Any]], top: Callable[[str], Grid]) -> list[str]:
    """Those of the sheets most rows of which name books of the school."""
    register = next((table for table in tables if table.declared.row_type is AccessionRow), None)
    if register is None:
        return []
    known = {*register.distinct("accession_no"), *register.distinct("title")}
    return [sheet for sheet in sheets if _are_books(_filled(top(sheet)), known)]


def _filled(top: Grid) -> list[list[CellValue]]:
    rows = ([value for value in row if not is_blank([value])] for row in top)
    return [row for row in rows if row]


def _are_books(rows: Sequence[Sequence[CellValue]], known: set[Any]) -> bool:
    said = [[shown(value).strip() for value in row] for row in rows]
    named = sum(not known.isdisjoint(row) for row in said)
    is_counted = any(text.startswith(_COUNTED) for row in said for text in row)
    return named >= _FEWEST_ROWS and 2 * named >= len(said) and not is_counted


def _says_of_what(headers: Sequence[CellValue]) -> bool:
    words = {*map(plain_header, headers)}
    if not words.isdisjoint(_called(_BOOKS)):
        return True
    return len(words) > 1 and (not words.isdisjoint(_called(_READERS)) or _are_of_one_ledger(words))


@cache
def _called(fields: tuple[tuple[type[Any], str], ...]) -> frozenset[str]:
    """What schools call these columns."""
    return frozenset(
        word for row_type, field in fields for word, own in fields_by_header(SHEETS[row_type]).items() if own == field
    )


def _are_of_one_ledger(words: set[str]) -> bool:
    """Whether all are called as columns of one ledger, and one of these is of days: others may be of any list."""
    for ledger in LEDGERS:
        known = fields_by_header(ledger)
        if words <= known.keys() and any(ledger.by_name[known[word]].kind is Kind.DATE for word in words):
            return True
    return False


def _has_header(row: Sequence[CellValue]) -> bool:
    return any(plain_header(value) in fields_by_header(ledger) for value in row for ledger in LEDGERS)
