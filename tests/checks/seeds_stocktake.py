"""盘点记录, 修补登记 and 帐卡: one defect in the clean school per check."""

from datetime import timedelta
from functools import partial

from checks.books import Books
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import Condition, LoanOutcome, Presence

_DAY = timedelta(days=1)
_UNUSED = "999999"


def _untouched(books: Books) -> StocktakeRow:
    """A scan of a copy that was never lent, mended or written off."""
    lent = {loan.accession_no for loan in books.rows(LoanRow)} | {row.accession_no for row in books.rows(RepairRow)}
    return books.first(StocktakeRow, lambda scan: scan.accession_no not in lent)


def _copy(books: Books, number: str) -> AccessionRow:
    return books.first(AccessionRow, lambda copy: copy.accession_no == number)


def scanned_twice(books: Books) -> list[str]:
    again = books.add(_untouched(books))
    return [books.at("STK001", again, "accession_no")]


def scanned_before_accession(books: Books) -> list[str]:
    scan = _untouched(books)
    books.edit(_copy(books, scan.accession_no), accessioned_on=scan.counted_on + 5 * _DAY)
    return [books.at("STK101", scan, "counted_on")]


def missing(books: Books) -> list[str]:
    scan = _untouched(books)
    books.drop(scan)
    return [books.at("STK201", _copy(books, scan.accession_no), "accession_no")]


def surplus(books: Books) -> list[str]:
    stray = books.add(_untouched(books)._replace(accession_no=_UNUSED))
    return [books.at("STK301", stray, "accession_no")]


def withdrawn_on_shelf(books: Books) -> list[str]:
    gone = books.first(AccessionRow, lambda copy: copy.withdrawn_on is not None)
    stray = books.add(_untouched(books)._replace(accession_no=gone.accession_no, place=gone.location))
    return [books.at("STK302", stray, "accession_no")]


def lent_on_shelf(books: Books) -> list[str]:
    """A loan the reader brought back without anybody writing it down; it is overdue as well."""
    last = {loan.reader_no: loan.line for loan in books.rows(LoanRow)}
    copies = {loan.accession_no: loan.line for loan in books.rows(LoanRow)}
    loan = books.last(
        LoanRow,
        lambda loan: (
            loan.is_personal
            and loan.line == last[loan.reader_no] == copies[loan.accession_no]
            and loan.due_on.month < 7
        ),
    )
    loan = books.edit(loan, returned_on=None, outcome=None)
    scan = books.first(StocktakeRow, lambda scan: scan.accession_no == loan.accession_no)
    return [books.at("CIR902", loan, "returned_on"), books.at("STK303", scan, "accession_no")]


def lost_on_shelf(books: Books) -> list[str]:
    """A loan closed as lost, without an incident, of a copy that was there all the time."""
    copies = {loan.accession_no: loan.line for loan in books.rows(LoanRow)}
    loan = books.first(LoanRow, lambda loan: loan.is_personal and loan.line == copies[loan.accession_no])
    loan = books.edit(loan, outcome=LoanOutcome.LOST)
    scan = books.first(StocktakeRow, lambda scan: scan.accession_no == loan.accession_no)
    return [books.at("CIR351", loan, "outcome"), books.at("STK304", scan, "accession_no")]


def misplaced(books: Books) -> list[str]:
    scan = books.first(StocktakeRow, lambda scan: scan.place == "书库")
    scan = books.edit(scan, place="阅览室")
    return [books.at("STK305", scan, "place")]


def damaged_and_left(books: Books) -> list[str]:
    scan = books.edit(_untouched(books), condition=Condition.DAMAGED)
    return [books.at("STK901", scan, "condition")]


def absent(code: str, field: str, books: Books) -> list[str]:
    scan = books.edit(_untouched(books), **{field: Presence.ABSENT})
    return [books.at(code, scan, field)]


def not_recorded(books: Books) -> list[str]:
    scan = books.edit(_untouched(books), label=None)
    return [books.at("CRD101", scan, "label")]


def never_recorded(books: Books) -> list[str]:
    for scan in list(books.rows(StocktakeRow)):
        books.edit(scan, stamp=None)
    header = books.rows(StocktakeRow)[0]._replace(line=1)
    return [books.at("CRD102", header, "stamp")]


def reshelved_before_sent(books: Books) -> list[str]:
    row = books.first(RepairRow)
    row = books.edit(row, reshelved_on=row.sent_on - _DAY)
    return [books.at("RPR101", row, "reshelved_on")]


def repair_of_unknown_copy(books: Books) -> list[str]:
    row = books.edit(books.first(RepairRow), accession_no=_UNUSED)
    return [books.at("RPR301", row, "accession_no")]


def repair_after_withdrawal(books: Books) -> list[str]:
    gone = books.first(AccessionRow, lambda copy: copy.withdrawn_on is not None)
    row = books.last(RepairRow, lambda row: row.reshelved_on is not None and row.sent_on > gone.withdrawn_on)
    row = books.edit(row, accession_no=gone.accession_no)
    return [books.at("RPR302", row, "accession_no")]


SEEDS = {
    "STK001": scanned_twice,
    "STK101": scanned_before_accession,
    "STK201": missing,
    "STK301": surplus,
    "STK302": withdrawn_on_shelf,
    "STK303": lent_on_shelf,
    "STK304": lost_on_shelf,
    "STK305": misplaced,
    "STK901": damaged_and_left,
    "CRD001": partial(absent, "CRD001", "catalogue_card"),
    "CRD002": partial(absent, "CRD002", "book_card"),
    "CRD003": partial(absent, "CRD003", "label"),
    "CRD004": partial(absent, "CRD004", "stamp"),
    "CRD101": not_recorded,
    "CRD102": never_recorded,
    "RPR101": reshelved_before_sent,
    "RPR301": repair_of_unknown_copy,
    "RPR302": repair_after_withdrawal,
}
