"""A row that stands there once more: under another number of its own, or for another teacher; a page entered again."""

from collections.abc import Iterable, Iterator
from typing import Any

from schoollib_xl.causes.correction import Correction, Removal, Slip, SlipKind
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import LoanMode

# The cell a check points at first is the likelier one, by so little that any evidence outweighs it.
FURTHER = 0.002


def rows_entered_again(course: Course) -> None:
    """Name all lines of a sheet that stand there once more as one cause, where each of them is found fault with."""
    for row_type, lines in course.lines_found().items():
        again = list(_entered_again(course, row_type, lines)) if len(lines) > 1 else []
        # A balance that did not move with its amount tells of one line by itself.
        if len(again) > 1 or (again and row_type is CashRow):
            kind = SlipKind.BATCH_TWICE if row_type is SummaryRow else SlipKind.TWICE
            later, earlier = (
                Correction(kind, tuple(map(Removal, rows)), Slip.SAME_ROW, Slip.SAME_ROW.cost)
                for rows in zip(*again, strict=True)
            )
            # Of lines within the sheet those above may be the ones written over; what stands below the last is new.
            is_within = again[-1][0].line < course.trial.library[row_type].rows[-1].line
            course.accept([later], [[earlier] if is_within else []], at_least=len(again))


def _entered_again(course: Course, row_type: type[Any], lines: set[int]) -> Iterator[tuple[Any, Any]]:
    """The rows found fault with that stand there before, each with the first of its kind, and those between them. A
    loan is the same under another number: nobody takes a book home twice that he has not brought back.
    """
    table = course.trial.library[row_type]
    course.effort.spend(len(table))
    # Most often none stands there again: those of the same number or copy are enough to know.
    name = "accession_no" if row_type is LoanRow else SHEETS[row_type].key
    likely = {getattr(row, name) for line in lines if (row := table.sound_at(line))}
    if any(row.line in lines for row, _ in _standing_again(row_type, table.among(name, likely))):
        again = _standing_again(row_type, table.rows)
        found = [row.line for row, _ in again if row.line in lines]
        yield from (pair for pair in again if found[0] <= pair[0].line <= found[-1])


def _standing_again(row_type: type[Any], rows: Iterable[Any]) -> list[tuple[Any, Any]]:
    """The rows that stand there before, each with the first of its kind."""
    words, seen = _but_for_its_number if row_type is LoanRow else _but_for_its_line, dict[Any, Any]()
    return [(row, first) for row in rows if (first := seen.setdefault(words(row), row)) is not row]


def doubled(library: Library, row: Any, others: list[Cell]) -> Iterator[Correction]:
    """The row stands there once more, but for its own number."""
    plain = _but_for_its_number(row)
    for cell in others:
        other: Any = library[cell.row_type].sound_at(cell.line)
        if type(other) is type(row) and _but_for_its_number(other) == plain:
            cost = Slip.SAME_ROW.cost + (FURTHER if _is_used(library, row) else 0)
            yield Correction(SlipKind.TWICE, (Removal(row),), Slip.SAME_ROW, cost)
        elif isinstance(row, LoanRow) and isinstance(other, LoanRow) and _is_entered_for_another(library, row, other):
            yield Correction(SlipKind.TWICE, (Removal(row),), Slip.SAME_LOAN, Slip.SAME_LOAN.cost)


def _is_entered_for_another(library: Library, row: LoanRow, other: LoanRow) -> bool:
    """Whether it is the other loan to a class under another teacher, who took nothing else that day: of a whole box
    a number would be wrong rather than the line.
    """
    same = ("accession_no", "lent_on", "due_on", "returned_on", "outcome")
    own = library.loans_by_reader.get(row.reader_no, ())
    is_alone = sum(loan.lent_on == row.lent_on for loan in own) == 1
    is_same = all(getattr(row, name) == getattr(other, name) for name in same)
    return row.mode is other.mode is LoanMode.CLASS and is_same and is_alone


def _but_for_its_line(row: Any) -> Any:
    return row._replace(line=0)


def _but_for_its_number(row: Any) -> Any:
    declared = SHEETS[type(row)]
    numbers = {declared.key, *(field.name for field in declared.unique)}
    return row._replace(line=0, **dict.fromkeys(numbers))


def _is_used(library: Library, row: Any) -> bool:
    """Whether loans name the reader: then the other card is the one too many."""
    return isinstance(row, ReaderRow) and any(loan.reader_no == row.reader_no for loan in library[LoanRow])
