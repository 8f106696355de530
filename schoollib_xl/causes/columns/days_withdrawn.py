"""The day of a withdrawal in 注销登记账 that 总括登记账 and the copies have otherwise: wrong on all its lines."""

from collections.abc import Iterator

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


def days_of_withdrawals(course: Course) -> None:
    """Name the lines of each withdrawal of which two books have one other day; of two whose days are exchanged neither
    would be in order alone.
    """
    found = course.lines_found().get(WithdrawalRow, set())
    if corrections := list(_told(course.trial.library, found)) if found else []:
        shared = [course.trial.of([one]).gone for one in corrections] if len(corrections) > 1 else []
        course.accept(corrections, [()] * len(corrections), shared=shared)


def _told(library: Library, found: set[int]) -> Iterator[Correction]:
    for number, rows in group_by(library[WithdrawalRow], "withdrawal_no").items():
        batch = library.batches.get(number)
        if batch is None or found.isdisjoint(row.line for row in rows):
            continue
        day, copies = batch.registered_on, [library.copies.get(row.accession_no) for row in rows]
        if all(copy and copy.withdrawn_on == day for copy in copies) and all(row.withdrawn_on != day for row in rows):
            edits = tuple(Change(Cell(WithdrawalRow, row.line, "withdrawn_on"), day) for row in rows)
            yield Correction(SlipKind.DATE, edits, Slip.OTHER_BOOK, Slip.OTHER_BOOK.cost)
