"""What a blank cell would hold by what the books say already: a due date by rule and calendar, a batch's date, the
price and class of the title's other copies or of the copy itself, the batch whose numbers it has, the copies of a
batch by its numbers, the card of a reader by name and class, a sum.
"""

from datetime import date
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.table import IncompleteRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.lending import LoanTerms
from schoollib_xl.rules.titles import TITLE_FIELDS

# What a period ends with: it began with the first, the second came and the third went.
_SUMS = {
    "closing_copies": ("opening_copies", "added_copies", "removed_copies"),
    "closing_value": ("opening_value", "added_value", "removed_value"),
}


def known_values(library: Library, cells: list[Cell]) -> dict[Cell, Any]:
    """The cells that can be filled, with what they would hold; of the others nothing is said."""
    known = {cell: _known(library, cell, _written(library, cell)) for cell in cells}
    return {cell: value for cell, value in known.items() if value is not None}


def _written(library: Library, cell: Cell) -> dict[str, Any]:
    """What the cell's line says."""
    row = library[cell.row_type].row_at(cell.line)
    if row is None:
        return {}
    return row.values if isinstance(row, IncompleteRow) else row._asdict()


def _known(library: Library, cell: Cell, values: dict[str, Any]) -> Any:
    if cell.row_type is LoanRow and cell.field == "due_on":
        return _due(library, values)
    if cell.row_type is WithdrawalRow and cell.field == "withdrawn_on":
        batch = library.batches.get(values.get("withdrawal_no") or "")
        return batch.registered_on if batch and batch.flow is Flow.OUT else None
    if cell.row_type is AccessionRow and cell.field in ("price", "class_no"):
        return _of_its_title(library, cell.field, values)
    if cell.row_type is AccessionRow and cell.field == "batch_no":
        return _batch_by_number(library, values.get("accession_no") or "")
    if cell.row_type in (WithdrawalRow, CompensationRow) and cell.field == "price":
        copy = library.copies.get(values.get("accession_no") or "")
        return copy.price if copy else None
    if cell.row_type in (LoanRow, CompensationRow) and cell.field == "reader_no":
        return _of_name_and_class(library, values)
    if cell.row_type is SummaryRow and cell.field == "copies":
        return _in_its_range(values)
    if cell.row_type is ClassificationRow and cell.field in _SUMS:
        opening, added, removed = (values.get(name) for name in _SUMS[cell.field])
        return None if opening is None or added is None or removed is None else opening + added - removed
    return None


def _batch_by_number(library: Library, number: str) -> str | None:
    """The one batch that came in with this number among its own."""
    held = {
        batch.batch_no
        for batch in library[SummaryRow]
        if batch.flow is not Flow.OUT and _is_between(number, batch.first_no or "", batch.last_no or "")
    }
    return held.pop() if len(held) == 1 else None


def _of_name_and_class(library: Library, values: dict[str, Any]) -> str | None:
    """The card of the one reader of this name in this class; where the roster cannot be read whole, nobody's."""
    name, own = values.get("name"), class_key(values.get("class_name") or "")
    if not name or not own or library[ReaderRow].incomplete:
        return None
    held = library.derive(_cards).get((name, own), [])
    return held[0] if len(held) == 1 else None


def _cards(library: Library) -> dict[tuple[str, str], list[str]]:
    """读者证号 by name and class."""
    return gathered(((row.name, class_key(row.class_name or "")), row.reader_no) for row in library[ReaderRow])


def _in_its_range(values: dict[str, Any]) -> int | None:
    """How many numbers a batch has from its first to its last."""
    first, last = values.get("first_no") or "", values.get("last_no") or ""
    is_range = values.get("flow") is Flow.IN and _is_between(first, first, last)
    return int(last) - int(first) + 1 if is_range else None


def _is_between(number: str, first: str, last: str) -> bool:
    alike = number.isdecimal() and first.isdecimal() and last.isdecimal() and len(number) == len(first) == len(last)
    return alike and first <= number <= last


def _due(library: Library, values: dict[str, Any]) -> date | None:
    if not (values.get("lent_on") and values.get("reader_no")):
        return None
    written: dict[str, Any] = {**dict.fromkeys(LoanRow._fields), **values}
    loan = LoanRow(**written)
    return library.derive(LoanTerms).known_due_on(loan)


def _of_its_title(library: Library, field: str, values: dict[str, Any]) -> Any:
    """What all other copies of the title have, where they agree."""
    title = tuple(values.get(name) for name in TITLE_FIELDS)
    if not values.get("title"):
        return None
    held = {
        getattr(copy, field)
        for copy in library[AccessionRow]
        if tuple(getattr(copy, name) for name in TITLE_FIELDS) == title
    }
    held -= {None, ""}
    return held.pop() if len(held) == 1 else None
