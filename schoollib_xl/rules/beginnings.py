"""Books that are not begun although others already name what should stand in them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# Books that others lean on, and the column by which each of the others names a line of them.
_LEANED_ON: Mapping[type[Any], Mapping[type[Any], str]] = {
    SummaryRow: {AccessionRow: "batch_no"},
    AccessionRow: {
        SummaryRow: "copies",
        LoanRow: "accession_no",
        WithdrawalRow: "accession_no",
        CompensationRow: "accession_no",
        StocktakeRow: "accession_no",
        RepairRow: "accession_no",
    },
    ReaderRow: {LoanRow: "reader_no", CompensationRow: "reader_no", PupilLibrarianRow: "reader_no"},
    ClassRow: {ReaderRow: "class_name", LoanRow: "class_name"},
    LoanRow: {CompensationRow: "accession_no"},
    WithdrawalRow: {AccessionRow: "withdrawal_no"},
    CompensationRow: {LoanRow: "is_lost"},
}
# So few rows are told of one by one; more are the lines of somebody who began with another book.
_TOLD_SINGLY = 3


class Leaning(NamedTuple):
    """The book that most rows lean on one not begun from, and how many rows those are."""

    row_type: type[Any]
    rows: int


def not_begun(library: Library) -> dict[type[Any], Leaning]:
    """Books that are there without a line, by row type, while more than a few rows of another need them."""
    blank = [kind for kind in _LEANED_ON if library[kind].is_blank]
    found = {kind: _leaning(library, kind) for kind in blank}
    return {kind: leaning for kind, leaning in found.items() if leaning.rows > _TOLD_SINGLY}


def _leaning(library: Library, kind: type[Any]) -> Leaning:
    others = _LEANED_ON[kind].items()
    counted = [Leaning(other, sum(bool(getattr(row, name)) for row in library[other])) for other, name in others]
    return max(counted, key=lambda leaning: leaning.rows)
