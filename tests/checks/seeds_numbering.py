"""Numbers that stand twice: one defect in the clean school per check."""

from typing import Any

from checks.books import Books
from checks.seeding import SEEDS, again, first, last, wrong
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome, ReaderKind, Settlement


def _as_the_first(code: str, row_type: type[Any], field: str) -> None:
    """A seed: the last row with the number of the first."""
    SEEDS[code] = lambda books: [
        books.at(code, books.edit(books.last(row_type), **{field: getattr(books.first(row_type), field)}), field)
    ]


def _left_out(code: str, row_type: type[Any], field: str, start: int, settled: Any) -> None:
    """A seed: the line of a loan that was brought back, of a book that was mended, is gone."""

    def seed(books: Books) -> list[str]:
        rows = books.rows(row_type)
        at = next(at for at in range(start, len(rows)) if settled in rows[at])
        after = rows[at + 1]
        books.drop(rows[at])
        return [books.at(code, after, field)]

    SEEDS[code] = seed


def _of_no_series(code: str, row_type: type[Any], field: str, old: str, new: str) -> None:
    wrong(code, lambda books: books.rows(row_type)[3], **{field: lambda row: getattr(row, field).replace(old, new)})


_as_the_first("CIR001", LoanRow, "loan_no")
_as_the_first("CMP001", CompensationRow, "incident_no")
_as_the_first("PER001", PeriodicalRow, "periodical_no")
again("RDR001", first(ReaderRow, kind=ReaderKind.TEACHER), "reader_no")
again("RDR002", last(ClassRow), "class_name")
_left_out("CIR002", LoanRow, "loan_no", 100, LoanOutcome.RETURNED)
_left_out("CMP002", CompensationRow, "incident_no", 6, Settlement.REPAIR)
_of_no_series("CIR003", LoanRow, "loan_no", "J0", "J9")
_of_no_series("CMP003", CompensationRow, "incident_no", "P2", "P4")
_of_no_series("PER002", PeriodicalRow, "periodical_no", "2025", "0225")
