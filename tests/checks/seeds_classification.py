"""分类统计账: one defect in the clean school per check."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from checks.books import Books
from checks.seeding import SEEDS, first, last, wrong
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.summary import SummaryRow

_YUAN = Decimal("1.00")


def _line(books: Books, letter: str) -> ClassificationRow:
    """The line of a class in the last period."""
    return books.last(ClassificationRow, lambda row: row.class_letter == letter)


def _one_more(part: str, row: ClassificationRow) -> Any:
    return getattr(row, part) + (1 if part.endswith("copies") else _YUAN)


def _raised(books: Books, *parts: str) -> tuple[Any, Any]:
    """The line of class I with these figures one more than they should be, and the line of class Z."""
    row = _line(books, "I")
    return books.edit(row, **{part: _one_more(part, row) for part in parts}), _line(books, "Z")


def class_is_missing(books: Books) -> list[str]:
    books.drop(_line(books, "Z"))
    return [books.at("CLS003", _line(books, "A"), "class_letter")]


def term_is_not_counted(books: Books) -> list[str]:
    term = books.ledger_set.school.term
    for row in [row for row in books.rows(ClassificationRow) if term and row.ends_on >= term.start]:
        books.drop(row)
    return [books.at("CLS005", books.first(ClassificationRow), "ends_on")]


def period_ends_before_it_starts(books: Books) -> list[str]:
    starts_on = _line(books, "A").starts_on
    for row in [row for row in books.rows(ClassificationRow) if row.starts_on == starts_on]:
        books.edit(row, starts_on=date(2026, 12, 23))
    first = books.first(ClassificationRow, lambda row: row.starts_on > row.ends_on)
    return [books.at("CLS101", first, "ends_on")]


def periods_overlap(books: Books) -> list[str]:
    second = max(row.starts_on for row in books.rows(ClassificationRow))
    for row in [row for row in books.rows(ClassificationRow) if row.starts_on == second]:
        books.edit(row, starts_on=date(2026, 1, 4))
    return [
        books.at("CLS103", books.first(ClassificationRow, lambda row: row.starts_on == date(2026, 1, 4)), "starts_on")
    ]


def closing_copies_differ(books: Books) -> list[str]:
    """The line adds up; its opening, its closing and the total of the period do not agree with the rest."""
    row, last = _raised(books, "opening_copies", "closing_copies")
    return [
        books.at("CLS203", row, "opening_copies"),
        books.at("CLS209", row, "closing_copies"),
        books.at("CLS211", last, "closing_copies"),
    ]


def closing_value_differs(books: Books) -> list[str]:
    row, last = _raised(books, "opening_value", "closing_value")
    return [
        books.at("CLS204", row, "opening_value"),
        books.at("CLS210", row, "closing_value"),
        books.at("CLS212", last, "closing_value"),
    ]


def total_copies_differ(books: Books) -> list[str]:
    """The last batch of the year is one copy more in 总括登记账."""
    batch = books.last(SummaryRow)
    batch = books.edit(batch, copies=batch.copies + 1)
    of_the_batch = {"SUM011": "last_no", "SUM201": "copies", "SUM211": "running_copies", "SUM301": "copies"}
    return [
        books.at("CLS211", _line(books, "Z"), "closing_copies"),
        *(books.at(code, batch, field) for code, field in of_the_batch.items()),
    ]


def total_value_differs(books: Books) -> list[str]:
    """The last batch of the year is one yuan more in 总括登记账."""
    batch = books.last(SummaryRow)
    batch = books.edit(batch, list_value=batch.list_value + _YUAN)
    of_the_batch = {"SUM212": "running_value", "SUM302": "list_value"}
    return [
        books.at("CLS212", _line(books, "Z"), "closing_value"),
        *(books.at(code, batch, field) for code, field in of_the_batch.items()),
    ]


wrong("CLS001", last(ClassificationRow, class_letter="I"), class_letter="W")
wrong("CLS002", last(ClassificationRow, class_letter="K"), class_letter="J")
wrong("CLS102", last(ClassificationRow, class_letter="I"), ends_on=lambda row: row.ends_on + timedelta(days=1))
SEEDS["CLS103"] = periods_overlap
for _part, _codes in {
    "closing_copies": ("CLS201", "CLS209"),
    "closing_value": ("CLS202", "CLS210"),
    "opening_copies": ("CLS203", "CLS201"),
    "opening_value": ("CLS204", "CLS202"),
    "added_copies": ("CLS205", "CLS201"),
    "added_value": ("CLS206", "CLS202"),
    "removed_copies": ("CLS207", "CLS201"),
    "removed_value": ("CLS208", "CLS202"),
}.items():
    _closing = f"{_codes[1]} closing_{_part.split('_')[1]}"
    wrong(_codes[0], last(ClassificationRow, class_letter="I"), _part, _closing, **{_part: partial(_one_more, _part)})

wrong("CLS004", first(ClassificationRow), class_name="艺术")
