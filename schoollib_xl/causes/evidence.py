"""What the rows of one sheet say of a value in a cell: numbers in their order, the day in a number, rows alike."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from schoollib_xl.causes.amounts import as_number
from schoollib_xl.ledgers.identifiers import DAY_IN_NUMBER
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS, Kind
from schoollib_xl.ledgers.school import months_apart
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import CashRow, SettingRow
from schoollib_xl.ledgers.vocabulary import Flow

# What a correction costs less where the rows beside it speak for the new value, and more where for the old one.
WEIGHT = 0.05
# Rows looked at above and below for a number of the same make: receipts and invoices stand mixed in one column.
_BESIDE = 12
# Days that are laid down before they come.
LAID_DOWN = ("due_on", "starts_on", "ends_on")
_DIGITS = re.compile(r"\d+")


def is_to_come(library: Library, row: Any, name: str, should: Any) -> bool:
    """Whether it is a day after the one that the books are judged on, in a cell that tells what has been done."""
    is_plan = type(row) in (CalendarRow, SettingRow) or name in LAID_DOWN
    return isinstance(should, date) and should > library.as_of and not is_plan


def weighed(library: Library, row: Any, name: str, should: Any) -> float:
    """What a correction of the cell costs more (or less, below 0) by what the rows of its sheet say."""
    speaks_for, speaks_against = (is_borne_out(library, row, name, value) for value in (should, getattr(row, name)))
    return round(WEIGHT * (speaks_against - speaks_for), 4)


def is_borne_out(library: Library, row: Any, name: str, value: Any) -> bool:
    """Whether the rows beside it, or rows alike, have the value so."""
    if value is None:
        return False
    if isinstance(value, date):
        return _is_in_its_number(row, value) or is_in_order(library, row, name, value)
    if SHEETS[type(row)].by_name[name].kind is Kind.IDENTIFIER:
        return _carries_its_day(row, value) or _is_next(library, row, name, value)
    if type(row) is not PeriodicalRow:
        return False
    return value in alike(library, row, name) or (name == "copies" and _is_usual(library, row, value))


def _is_usual(library: Library, row: PeriodicalRow, copies: int) -> bool:
    """Whether most of the other subscriptions are of so many copies."""
    others = [other.copies for other in library[PeriodicalRow] if other is not row]
    return others.count(copies) * 2 > len(others)


def would_open_again(library: Library, word: Any) -> bool:
    """Whether it makes another batch the first stock: the books were opened once."""
    return word is Flow.OPENING and any(row.flow is Flow.OPENING for row in library[SummaryRow])


def days_booked(library: Library, row: Any) -> list[date]:
    """The days on which 经费登记 has the money of a receipt."""
    receipt = getattr(row, "receipt_no", None)
    return [line.booked_on for line in library[CashRow] if receipt and line.voucher_no == receipt]


def _is_in_its_number(row: Any, day: date) -> bool:
    """Whether a number of the row holds the day."""
    return any(f"{day:%Y%m%d}" in DAY_IN_NUMBER.findall(text) for text in row if isinstance(text, str))


def is_in_order(library: Library, row: Any, name: str, day: date) -> bool:
    """Whether the rows above and below were written on days before and after it."""
    above, below = (getattr(library[type(row)].sound_at(row.line + step), name, None) for step in (-1, 1))
    return isinstance(above, date) and isinstance(below, date) and above <= day <= below


def _carries_its_day(row: Any, number: str) -> bool:
    """Whether the number holds the row's own day: FP20250912 of 12 September 2025."""
    days = {f"{value:%Y%m%d}" for value in row if isinstance(value, date)}
    return any(day in days for day in DAY_IN_NUMBER.findall(number))


def _is_next(library: Library, row: Any, name: str, number: str) -> bool:
    """Whether the row above has the number before it, or the row below the number after it."""
    own = _DIGITS.findall(number)
    if not own:
        return False
    beside = ((step, _nearest(library, row, name, number, step)) for step in (-1, 1))
    return any(_follow(own, other, step, row) for step, other in beside if other)


def _nearest(library: Library, row: Any, name: str, number: str, step: int) -> list[str] | None:
    """The figures of the nearest number of the same make on that side; None where there is none near."""
    make = _DIGITS.sub("", number)
    for distance in range(1, _BESIDE + 1):
        other = getattr(library[type(row)].sound_at(row.line + step * distance), name, None)
        if other and _DIGITS.sub("", other) == make:
            return _DIGITS.findall(other)
    return None


def _follow(own: list[str], other: list[str], step: int, row: Any) -> bool:
    """Whether the last figures follow each other, and what stands before them is the same or the row's year."""
    mine, theirs = as_number(own[-1]), as_number(other[-1])
    if len(own) != len(other) or mine is None or theirs is None or theirs - mine != step:
        return False
    years = {str(value.year) for value in row if isinstance(value, date)}
    return all(one == before or one in years for one, before in zip(own[:-1], other[:-1], strict=True))


def alike(library: Library, row: PeriodicalRow, name: str) -> list[Any]:
    """What the cell would hold as in the subscriptions like this one, most often first."""
    others = (_as_in(row, other, name) for other in library[PeriodicalRow] if other.line != row.line)
    held = Counter(value for value in others if value is not None)
    return [value for value, _ in held.most_common(2)]


def _as_in(row: PeriodicalRow, other: PeriodicalRow, name: str) -> Any:
    """The value as the other subscription has it; None where it is not alike in what bears on it."""
    if name == "due_issues":
        same = ("frequency", "starts_on", "ends_on")
        return other.due_issues if all(getattr(row, one) == getattr(other, one) for one in same) else None
    if row.title != other.title:
        return None
    if name == "price" and other.price is not None:
        return other.price * _months(row) / _months(other)
    return other.copies if name == "copies" else None


def _months(row: PeriodicalRow) -> int:
    """The months that a subscription runs."""
    return months_apart(row.starts_on, row.ends_on) + 1 or 1


def issues_meant(library: Library, row: PeriodicalRow, name: str) -> Iterator[int]:
    """How many issues were due: as in the subscriptions like this one, as many as came; and that as many came as were
    due. That as many came as of others is not said: an issue that did not come is no slip of the pen.
    """
    yield from alike(library, row, name)
    yield row.received_issues if name == "due_issues" else row.due_issues
