"""The loans of a class that were entered under another class from the first line of the day to the last."""

from collections import defaultdict
from datetime import date

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.slips import cost_of
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow

# Fewer readers than this may have been entered under the next class one by one.
_LEAST = 3


def classes_mistaken(course: Course) -> None:
    """Name the class of all lines of a day that say one class while the cards of all their readers say one other."""
    for rows in _of_one_day(course).values():
        own = {course.trial.library.readers[row.reader_no].class_name for row in rows}
        if len(rows) < _LEAST or len(own) != 1 or _is_their_usual(course, rows):
            continue
        edits = tuple(Change(Cell(LoanRow, row.line, "class_name"), *own) for row in rows)
        course.accept([Correction(SlipKind.CELL, edits, Slip.OTHER_BOOK, cost_of(Slip.OTHER_BOOK))], at_least=_LEAST)


def _is_their_usual(course: Course, rows: list[LoanRow]) -> bool:
    """Whether loans of these readers on other days say the class too: then it is the cards that say otherwise."""
    [first, *_] = rows
    loans = (loan for row in rows for loan in course.trial.library.loans_by_reader.get(row.reader_no, ()))
    return any(loan.class_name == first.class_name and loan.lent_on != first.lent_on for loan in loans)


def _of_one_day(course: Course) -> dict[tuple[date, str | None], list[LoanRow]]:
    """The loans found to be under another class than their readers, by the day and the class they say."""
    found: dict[tuple[date, str | None], dict[int, LoanRow]] = defaultdict(dict)
    for one in course.open_findings().values():
        is_of_class = "class_name" in one.check.looks_at.get(LoanRow, ()) and ReaderRow in one.check.looks_at
        # One finding stands for all loans of a reader.
        lines = {at.line for at in (one.at, *one.see_also) if at.row_type is LoanRow} if is_of_class else set()
        for row in (course.trial.library[LoanRow].row_at(line) for line in sorted(lines)):
            if isinstance(row, LoanRow) and _is_of_another(course, row):
                found[row.lent_on, row.class_name][row.line] = row
    return {key: list(rows.values()) for key, rows in found.items()}


def _is_of_another(course: Course, row: LoanRow) -> bool:
    """Whether the card is of another class; where its name is another as well, it is another's card."""
    reader = course.trial.library.readers.get(row.reader_no)
    return reader is not None and reader.class_name not in (None, row.class_name) and row.name in (None, reader.name)
