"""差异说明: one defect in the clean school per check, beside the difference that it is about."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from checks.books import Books
from checks.seeding import SEEDS, first, wrong
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow

_YUAN = Decimal("1.00")


def _said(books: Books, **changes: Any) -> ExplanationRow:
    about: dict[str, Any] = {"code": "SUM302", "sheet_name": "总括登记账", "number": "2025-002"}
    about |= {"text": "少 1.00 元，发票抹零。", "written_on": date(2026, 2, 1), "valid_until": None}
    row: ExplanationRow = books.add(example(ExplanationRow, **(about | changes)))
    return row


def _explaining(code: str, field: str, off: Decimal = _YUAN, /, **changes: Any) -> Callable[[Books], list[str]]:
    """A seed: 码洋 that is off by so much, and a line about it that is amiss."""

    def seed(books: Books) -> list[str]:
        row = books.first(SummaryRow, lambda row: row.batch_no == "2025-002")
        row = books.edit(row, list_value=row.list_value + off)
        sums = [("SUM302", row, "list_value"), ("SUM212", row, "running_value")]
        return [books.at(code, _said(books, **changes), field), *(books.at(*one) for one in sums), *_totals(books)]

    return seed


def _totals(books: Books) -> list[str]:
    """The totals of both periods, which a wrong 码洋 touches."""
    return [
        books.at("CLS212", row, "closing_value") for row in books.rows(ClassificationRow) if row.class_letter == "Z"
    ]


def expired_but_still_there(books: Books) -> list[str]:
    row = books.first(PeriodicalRow, lambda row: row.missing_note is not None)
    row = books.edit(row, missing_note=None)
    return [books.at("PER203", row, "missing_note"), books.at("EXP101", books.rows(ExplanationRow)[0], "valid_until")]


def names_several(books: Books) -> list[str]:
    """One line for a class whose figures are off in both terms."""
    rows = [row for row in books.rows(ClassificationRow) if row.class_letter == "A"]
    off = [books.edit(row, removed_copies=row.removed_copies + 1) for row in rows]
    said = _said(books, code="CLS207", sheet_name="分类统计账", number="A", text="查过。", written_on=date(2026, 2, 1))
    found = [books.at(code, row, field) for row in off for code, field in _AMISS]
    return [books.at("EXP301", said, "number"), books.at("EXP202", said, "text"), *found]


_AMISS = (("CLS201", "closing_copies"), ("CLS207", "removed_copies"))


SEEDS["EXP001"] = _explaining("EXP001", "code", code="SUM999")
SEEDS["EXP002"] = _explaining("EXP002", "sheet_name", sheet_name="总帐")
SEEDS["EXP003"] = _explaining("EXP003", "number", number="2025-022")
wrong("EXP102", first(ExplanationRow), valid_until=lambda row: row.written_on.replace(year=row.written_on.year - 1))
SEEDS["EXP103"] = _explaining("EXP103", "written_on", written_on=date(2020, 9, 12))
SEEDS["EXP201"] = _explaining("EXP201", "text", Decimal("9001.00"))
SEEDS["EXP202"] = _explaining("EXP202", "text", text="发票抹零。")
wrong("EXP901", _said, "code", written_on=date(2025, 9, 12) + timedelta(days=1))
