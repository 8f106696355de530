"""Which copies there are on a day, and which of them can be lent."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from operator import attrgetter

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.vocabulary import Circulation, LoanMode
from schoollib_xl.rules.holdings import Holdings, Movement
from schoollib_xl.rules.shelves import Shelves


def copies_in_force(library: Library, day: date) -> tuple[AccessionRow, ...]:
    """Every copy in the books at the end of the day, in line order."""
    return library.derive(_InForce).on(day)


class _InForce:
    """What is in the books, by day: many figures are asked of the same two or three."""

    def __init__(self, library: Library) -> None:
        self._holdings = library.derive(Holdings)
        self._known: dict[date, tuple[AccessionRow, ...]] = {}

    def on(self, day: date) -> tuple[AccessionRow, ...]:
        if day not in self._known:
            came = self._until(self._holdings.arrivals, day)
            gone = {copy.line for copy in self._until(self._holdings.departures, day)}
            held = [copy for copy in came if copy.line not in gone]
            self._known[day] = tuple(sorted(held, key=attrgetter("line")))
        return self._known[day]

    @staticmethod
    def _until(moves: Mapping[str, Sequence[Movement]], day: date) -> Iterator[AccessionRow]:
        own = (move for by_class in moves.values() for move in by_class)
        return chain.from_iterable(move.copies for move in own if move.occasion.day <= day)


def is_out(loan: LoanRow, day: date) -> bool:
    """Whether the copy was lent by the day and not yet back (or reported lost) at its end."""
    has_ended = not loan.is_open and (loan.returned_on is None or loan.returned_on <= day)
    return loan.lent_on <= day and not has_ended


def loans_out(library: Library, day: date) -> list[LoanRow]:
    """The loans that are out on the day, in line order."""
    not_back = (loan for loan in library[LoanRow] if loan.returned_on is None or loan.returned_on > day)
    return [loan for loan in not_back if is_out(loan, day)]


def lendable(library: Library, day: date) -> list[AccessionRow]:
    """Copies that personal loans can be made from: in force, 外借, not in a class corner, not lost."""
    corner = {loan.accession_no for loan in library.derive(loans_out, day) if loan.mode is LoanMode.CLASS}
    kept = corner | library.derive(Shelves).lost(day)
    reference, held = Circulation.REFERENCE, copies_in_force(library, day)
    return [copy for copy in held if copy.circulation is not reference and copy.accession_no not in kept]


def may_leave(copy: AccessionRow) -> bool:
    """Whether the copy may be lent at all; 仅阅览 may not."""
    return copy.circulation is not Circulation.REFERENCE


def is_countable(library: Library) -> bool:
    """Whether a copy is written down, and of most lines it can be told which one it is: what nobody can count is not
    none, nor nearly none.
    """
    return len(library[AccessionRow].rows) > len(unnumbered(library))


def unnumbered(library: Library) -> tuple[int, ...]:
    """The lines of copies without a number that can be read: nobody can say whether they are still there."""
    return tuple(line.line for line in library[AccessionRow].incomplete if not line.values.get("accession_no"))


def has_nothing_to_plan(library: Library) -> bool:
    """Whether there are neither books nor turns nor loans yet, as in a new workbook."""
    sheets = (AccessionRow, TurnRow, LoanRow)
    return library[AccessionRow].present and not any(library[row_type].rows for row_type in sheets)
