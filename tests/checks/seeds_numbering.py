"""Numbers that stand twice: one defect in the clean school per check."""

from typing import Any

from checks.books import Books
from checks.seeding import SEEDS, again, last
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome, ReaderKind, Settlement


def _last_as_first(books: Books, row_type: type[Any], field: str) -> Any:
    """The last row with the number of the first."""
    return books.edit(books.last(row_type), **{field: getattr(books.first(row_type), field)})


def loan_number_used_twice(books: Books) -> list[str]:
    return [books.at("CIR001", _last_as_first(books, LoanRow, "loan_no"), "loan_no")]


def incident_number_used_twice(books: Books) -> list[str]:
    return [books.at("CMP001", _last_as_first(books, CompensationRow, "incident_no"), "incident_no")]


def periodical_number_used_twice(books: Books) -> list[str]:
    return [books.at("PER001", _last_as_first(books, PeriodicalRow, "periodical_no"), "periodical_no")]


def reader_number_used_twice(books: Books) -> list[str]:
    teacher = books.first(ReaderRow, lambda row: row.kind is ReaderKind.TEACHER)
    return [books.at("RDR001", books.add(teacher), "reader_no")]


def loan_number_left_out(books: Books) -> list[str]:
    """The line of a loan that was brought back is gone."""
    rows = books.rows(LoanRow)
    at = next(at for at in range(100, len(rows)) if rows[at].outcome is LoanOutcome.RETURNED)
    after = rows[at + 1]
    books.drop(rows[at])
    return [books.at("CIR002", after, "loan_no")]


def incident_number_left_out(books: Books) -> list[str]:
    """The line of a mended book is gone."""
    rows = books.rows(CompensationRow)
    at = next(at for at in range(6, len(rows)) if rows[at].settlement is Settlement.REPAIR)
    after = rows[at + 1]
    books.drop(rows[at])
    return [books.at("CMP002", after, "incident_no")]


def _of_no_series(books: Books, code: str, row_type: type[Any], field: str, **changes: str) -> list[str]:
    row = books.rows(row_type)[3]
    number = getattr(row, field)
    for old, new in changes.items():
        number = number.replace(old[1:], new)
    return [books.at(code, books.edit(row, **{field: number}), field)]


def loan_number_of_no_series(books: Books) -> list[str]:
    return _of_no_series(books, "CIR003", LoanRow, "loan_no", _J0="J9")


def incident_number_of_no_series(books: Books) -> list[str]:
    return _of_no_series(books, "CMP003", CompensationRow, "incident_no", _P2="P4")


def periodical_number_of_no_series(books: Books) -> list[str]:
    return _of_no_series(books, "PER002", PeriodicalRow, "periodical_no", _2025="0225")


SEEDS["CIR001"] = loan_number_used_twice
SEEDS["CMP001"] = incident_number_used_twice
SEEDS["PER001"] = periodical_number_used_twice
SEEDS["RDR001"] = reader_number_used_twice
SEEDS["CIR002"] = loan_number_left_out
SEEDS["CIR003"] = loan_number_of_no_series
SEEDS["CMP002"] = incident_number_left_out
SEEDS["CMP003"] = incident_number_of_no_series
SEEDS["PER002"] = periodical_number_of_no_series
again("RDR002", last(ClassRow), "class_name")
