"""Two classes that one of 借阅登记账 and 读者名册 has in each other's place, for all their pupils."""

from collections import defaultdict
from collections.abc import Iterable

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow

# So many pupils did not go over to the other class while as many came from it; so many parts of those whose class is
# at odds.
_LEAST, _OF, _MOST = 3, 10, 9


def classes_exchanged(course: Course) -> None:
    """Name the loans or the cards of two classes with the class that the other book has, whichever settles more; both
    where either may be.
    """
    at_odds = {
        cell.line
        for one in course.open_findings().values()
        for cell in one.see_also
        if one.at.field == "class_name" and (cell.row_type, cell.field) == (ReaderRow, "class_name")
    }
    if len(at_odds) < 2 * _LEAST:
        return
    library = course.trial.library
    readers = [row for line in sorted(at_odds) if (row := library[ReaderRow].sound_at(line))]
    lines: dict[tuple[str, str], set[int]] = defaultdict(set)
    for reader in readers:
        for loan in library.loans_by_reader.get(reader.reader_no, ()):
            if loan.class_name and reader.class_name and loan.class_name != reader.class_name:
                lines[loan.class_name, reader.class_name].add(reader.line)
    for one, other in [pair for pair in lines if pair < pair[::-1]]:
        there, back = lines[one, other], lines.get((other, one), set[int]())
        if min(len(there), len(back)) >= _LEAST and len(there | back) * _OF >= len(readers) * _MOST:
            best = course.best_of([_of_loans(library, readers, {one, other}), _of_cards(library, one, other)])
            course.accept(best[:1], [best[1:]], at_least=len(there | back) // 2)


def _of_loans(library: Library, readers: Iterable[ReaderRow], classes: set[str]) -> Correction:
    """The loans with the class of the card."""
    edits = tuple(
        Change(Cell(type(loan), loan.line, "class_name"), reader.class_name)
        for reader in readers
        for loan in library.loans_by_reader.get(reader.reader_no, ())
        if {loan.class_name, reader.class_name} == classes
    )
    return Correction(SlipKind.COLUMN, edits, Slip.CLASSES_EXCHANGED, Slip.CLASSES_EXCHANGED.cost)


def _of_cards(library: Library, one: str, other: str) -> Correction:
    meant = {one: other, other: one}
    rows = (row for row in library[ReaderRow] if row.class_name in meant)
    edits = tuple(Change(Cell(ReaderRow, row.line, "class_name"), meant[row.class_name or ""]) for row in rows)
    return Correction(SlipKind.COLUMN, edits, Slip.CLASSES_EXCHANGED, Slip.CLASSES_EXCHANGED.cost)
