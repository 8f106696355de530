"""逾期: what is not back in time, by class and reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.quotas.basis.classes import ClassNames
from schoollib_xl.quotas.basis.stock import is_out, loans_out
from schoollib_xl.quotas.borrowing.tally import class_of
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.lending import LoanTerms


@dataclass(frozen=True)
class OverdueLoan:
    """A copy that should be back: whose it is, in which class the reader is now ('' for teachers and readers
    without one), the day it was due and how many days have passed since.
    """

    loan: LoanRow
    name: str
    class_name: str
    is_teacher: bool
    due_on: date
    days: int


def due_day(library: Library, loan: LoanRow) -> date:
    """应还日期 as it stands on the row, moved to the next open day where the library is closed on it."""
    kind = library.derive(LoanTerms).reader_kind(loan)
    return library.derive(SchoolCalendar).next_open(loan.due_on, kind)


def overdue_loans(library: Library, day: date) -> tuple[OverdueLoan, ...]:
    """Loans still out after the day they were due; by class as 班级 has them, then reader, the oldest first.
    Teachers come last.
    """
    return _late(library, library.derive(loans_out, day), day)


def not_back_by(library: Library, day: date) -> tuple[OverdueLoan, ...]:
    """In the same order the loans still out at the end of a day though due by it; while the day lasts, before it."""
    return _late(library, library.derive(loans_out, day), min(library.as_of, day + timedelta(days=1)))


def perhaps_late(library: Library, day: date) -> tuple[Cell, ...]:
    """The lines of copies that may have been due by the day and not be back, by a cell that keeps it back: where there
    are any, nobody knows how many are late.
    """
    table = library[LoanRow]
    unread = _of_unread_end(table)
    lines = [(line.line, line.values) for line in table.incomplete]
    lines += [(row.line, row._asdict()) for row in table if row.line in unread] if unread else []
    told = [(line, unread.get(line, "due_on")) for line, values in lines if _may_be_due(values, day)]
    return tuple(Cell(LoanRow, *at) for at in sorted(told))


def _of_unread_end(table: LedgerTable[LoanRow]) -> dict[int, str]:
    """By line, the cell that says how the loan ended and cannot be read: it is no blank of one that is out. Where no
    column says it, that is so of all lines.
    """
    if not (table.has("returned_on") or table.has("outcome")):
        return dict.fromkeys((row.line for row in table), "due_on")
    return {line: name for name in ("outcome", "returned_on") for line in table.unread_lines.get(name, ())}


def _may_be_due(values: Mapping[str, Any], day: date) -> bool:
    lent_on, due_on, returned_on = (values.get(name) for name in ("lent_on", "due_on", "returned_on"))
    is_back = returned_on <= day if returned_on else values.get("outcome") is not None
    return not is_back and (lent_on or day) <= day and (due_on or day) <= day


def _late(library: Library, out: Iterable[LoanRow], day: date) -> tuple[OverdueLoan, ...]:
    unread = _of_unread_end(library[LoanRow])
    found = [_overdue(library, loan, day) for loan in out if loan.line not in unread]
    place = library.derive(ClassNames).place
    late = [overdue for overdue in found if overdue.days > 0]
    late.sort(key=lambda one: (one.is_teacher, place(one.class_name), one.loan.reader_no, one.due_on, one.loan.line))
    return tuple(late)


def _overdue(library: Library, loan: LoanRow, day: date) -> OverdueLoan:
    reader = library.readers.get(loan.reader_no)
    is_teacher = reader is not None and reader.kind is not ReaderKind.PUPIL
    name = (reader.name if reader else None) or loan.name or ""
    class_name = "" if is_teacher else _class_now(library, reader) or class_of(library, loan)
    due_on = due_day(library, loan)
    return OverdueLoan(loan, name, class_name, is_teacher, due_on, max(0, (day - due_on).days))


def _class_now(library: Library, reader: ReaderRow | None) -> str:
    return library.derive(ClassNames)[reader.class_name if reader else None]


def was_late(library: Library, loan: LoanRow, day: date) -> bool:
    """Whether the loan came back after the day it was due, or is out past it on the day."""
    if loan.returned_on and loan.returned_on <= loan.due_on:
        return False
    ended = loan.returned_on if loan.returned_on and loan.returned_on <= day else None
    if ended is None and not is_out(loan, day):
        return False
    return (ended or day) > due_day(library, loan)


def by_class(late: Iterable[OverdueLoan]) -> dict[str, list[OverdueLoan]]:
    """The pupils' overdue loans by class, in the order given; teachers are left out."""
    return gathered((overdue.class_name, overdue) for overdue in late if not overdue.is_teacher)
