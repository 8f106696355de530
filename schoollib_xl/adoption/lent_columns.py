"""Columns whose headers mislead: 借期 with the days of loans in it, 书号 with the numbers stamped on the books."""

from collections.abc import Callable, Sequence

from schoollib_xl.adoption.columns import BY_CONTENT, filled, is_isbn, looks_like_numbers
from schoollib_xl.adoption.kinds import BOOKS, EVENTS, LOANS
from schoollib_xl.adoption.own_names import BY_MAPPING
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import month_and_day, typed_moment
from schoollib_xl.sheets.reading.texts import PUNCTUATION, cleaned
from schoollib_xl.sheets.reading.tidy import shown

# So many of the filled cells must be of the kind before a column is taken for another than its header says.
_MOST = 0.8
# An ISBN has ten figures or thirteen, its dashes left out.
_SHORTEST_ISBN = 10


def correct_by_content(tables: Sequence[FoundTable]) -> None:
    """Give such columns the field that their cells tell of, where the table lacks it and 账册对照 does not decide."""
    for table in tables:
        if table.kind is BOOKS and "first_no" not in table.columns and looks_like_numbers_of_books(table):
            _move(table, "isbn", "accession_no", _is_short)
    numbers = {_number(value) for table in tables if table.kind is BOOKS for value in _stamped(table)}
    for table in tables:
        if table.kind is LOANS:
            _move(table, "lending_days", "lent_on", _is_day)
        if table.kind in (LOANS, EVENTS):
            _move(table, "isbn", "accession_no", lambda value: not is_isbn(value) and _number(value) in numbers)


def looks_like_numbers_of_books(table: FoundTable) -> bool:
    """Whether what stands under the header of the ISBN numbers the rows, each once and in one form."""
    return "isbn" in table.columns and looks_like_numbers(table, table.columns["isbn"])


def _move(table: FoundTable, name: str, other: str, tells: Callable[[CellValue], bool]) -> None:
    at = table.columns.get(name)
    if at is None or other in table.columns or table.how.get(at) == BY_MAPPING:
        return
    cells = filled(table, at)
    if cells and sum(map(tells, cells)) >= _MOST * len(cells):
        del table.columns[name]
        table.columns[other] = at
        table.how[at] = BY_CONTENT


def _stamped(table: FoundTable) -> list[CellValue]:
    columns = [table.columns[name] for name in ("accession_no", "barcode") if name in table.columns]
    return [value for at in columns for value in filled(table, at, whole=True)]


def _number(value: CellValue) -> str:
    """A number of a book as it compares: without the noughts before it."""
    return cleaned(shown(value)).lstrip("0")


def _is_short(value: CellValue) -> bool:
    return len(cleaned(shown(value))) < _SHORTEST_ISBN


def _is_day(value: CellValue) -> bool:
    """Whether it is a day, with its year or without; a bare whole number counts days."""
    if not isinstance(value, str | int | float):
        return True
    text = cleaned(shown(value)).translate(PUNCTUATION)
    return not text.isdecimal() and (month_and_day(text) is not None or typed_moment(text) is not None)
