"""借书清单: what each reader has at home, to be signed. It carries names and goes to class teachers only."""

from collections.abc import Iterator
from typing import NamedTuple

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.quotas.classes import ClassNames
from schoollib_xl.quotas.stock import is_out


class BorrowedCopy(NamedTuple):
    """A copy a reader has; `reader` is None where the card is not in 读者名册."""

    class_name: str
    reader: ReaderRow | None
    loan: LoanRow


def held_by_readers(library: Library) -> list[BorrowedCopy]:
    """Every copy that is out to a person on the day the books are judged, by class and card."""
    return sorted(_held(library), key=lambda one: (one.class_name, one.loan.reader_no, one.loan.due_on, one.loan.line))


def _held(library: Library) -> Iterator[BorrowedCopy]:
    names = library.derive(ClassNames)
    for loan in library[LoanRow]:
        if loan.is_personal and is_out(loan, library.as_of):
            reader = library.readers.get(loan.reader_no)
            yield BorrowedCopy(names[(reader.class_name if reader else None) or loan.class_name], reader, loan)
