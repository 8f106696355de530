"""Numbers that stand twice: one defect in the clean school per check."""

from collections.abc import Callable
from typing import Any

from checks.books import Books
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind


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


def class_written_twice(books: Books) -> list[str]:
    return [books.at("RDR002", books.add(books.last(ClassRow)), "class_name")]


SEEDS: dict[str, Callable[[Books], list[str]]] = {
    "CIR001": loan_number_used_twice,
    "CMP001": incident_number_used_twice,
    "PER001": periodical_number_used_twice,
    "RDR001": reader_number_used_twice,
    "RDR002": class_written_twice,
}
