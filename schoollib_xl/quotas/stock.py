"""Which copies there are on a day, and which of them can be lent."""

from datetime import date

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.vocabulary import Circulation, LoanMode
from schoollib_xl.rules.holdings import Holdings
from schoollib_xl.rules.shelves import Shelves


def copies_in_force(library: Library, day: date) -> list[AccessionRow]:
    """Every copy in the books at the end of the day, in line order."""
    holdings = library.derive(Holdings)
    came = [
        copy
        for moves in holdings.arrivals.values()
        for move in moves
        if move.occasion.day <= day
        for copy in move.copies
    ]
    gone = {
        copy.line
        for moves in holdings.departures.values()
        for move in moves
        if move.occasion.day <= day
        for copy in move.copies
    }
    return sorted((copy for copy in came if copy.line not in gone), key=lambda copy: copy.line)


def is_out(loan: LoanRow, day: date) -> bool:
    """Whether the copy was lent by the day and not yet back (or reported lost) at its end."""
    has_ended = not loan.is_open and (loan.returned_on is None or loan.returned_on <= day)
    return loan.lent_on <= day and not has_ended


def lendable(library: Library, day: date) -> list[AccessionRow]:
    """Copies that personal loans can be made from: in force, 外借, not in a class corner, not lost."""
    corner = {loan.accession_no for loan in library[LoanRow] if loan.mode is LoanMode.CLASS and is_out(loan, day)}
    kept = corner | library.derive(Shelves).lost(day)
    return [copy for copy in copies_in_force(library, day) if may_leave(copy) and copy.accession_no not in kept]


def may_leave(copy: AccessionRow) -> bool:
    """Whether the copy may be lent at all; 仅阅览 may not."""
    return copy.circulation is not Circulation.REFERENCE


def has_nothing_to_plan(library: Library) -> bool:
    """Whether there are neither books nor turns nor loans yet, as in a new workbook."""
    sheets = (AccessionRow, TurnRow, LoanRow)
    return library[AccessionRow].present and not any(library[row_type].rows for row_type in sheets)
