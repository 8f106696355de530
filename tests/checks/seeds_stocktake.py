"""盘点记录, 修补登记 and 账卡: one defect in the clean school per check."""

from datetime import date, timedelta
from operator import attrgetter

from checks.books import Books
from checks.seeding import again, copy_numbered, first, repaired, wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence
from schoollib_xl.ledgers.vocabulary import Condition, Incident, LoanMode, LoanOutcome

_DAY = timedelta(days=1)
_UNUSED = "999999"


def untouched(books: Books) -> StocktakeRow:
    """A scan of a copy that was never lent, mended or written off."""
    lent = {loan.accession_no for loan in books.rows(LoanRow)} | {row.accession_no for row in books.rows(RepairRow)}
    return books.first(StocktakeRow, lambda scan: scan.accession_no not in lent)


def _copy(books: Books, number: str) -> AccessionRow:
    return books.first(AccessionRow, lambda copy: copy.accession_no == number)


def scanned_before_accession(books: Books) -> list[str]:
    scan = untouched(books)
    copy = books.edit(_copy(books, scan.accession_no), accessioned_on=scan.counted_on + 2 * _DAY)
    return [books.at("ACC102", copy, "accessioned_on"), books.at("STK101", scan, "counted_on")]


def missing(books: Books) -> list[str]:
    scan = untouched(books)
    books.drop(scan)
    return [books.at("STK201", _copy(books, scan.accession_no), "accession_no")]


def counted_outside_the_days_of_its_place(books: Books) -> list[str]:
    scope = books.first(StocktakeScopeRow, lambda row: row.ends_on is not None)
    scan = books.first(StocktakeRow, lambda row: row.place == scope.scope)
    return [books.at("STK105", books.edit(scan, counted_on=scope.ends_on + timedelta(days=1)), "counted_on")]


def back_during_the_stocktake(books: Books) -> list[str]:
    repair = books.first(RepairRow, lambda row: row.reshelved_on is None)
    copy = _copy(books, repair.accession_no)
    counted = books.first(StocktakeScopeRow, lambda row: row.scope == copy.location)
    books.edit(repair, reshelved_on=counted.starts_on)
    return [books.at("STK202", copy, "accession_no")]


def not_gone_through(books: Books) -> list[str]:
    """One shelf was only begun with."""
    scope = books.edit(books.first(StocktakeScopeRow), ends_on=None)
    for scan in [scan for scan in books.rows(StocktakeRow) if scan.place == scope.scope][60:]:
        books.drop(scan)
    return [books.at("STK203", scope, "ends_on")]


def withdrawn_on_shelf(books: Books) -> list[str]:
    gone = books.first(AccessionRow, lambda copy: copy.withdrawn_on is not None)
    stray = books.add(untouched(books)._replace(accession_no=gone.accession_no, place=gone.location))
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
    job = books.last(JobRow, lambda job: "收回" in job.task)
    return [
        books.at("ACT111", job, "done"),
        books.at("CIR902", loan, "returned_on"),
        books.at("STK303", scan, "accession_no"),
    ]


def lost_on_shelf(books: Books) -> list[str]:
    """A loan closed as lost, without an incident, of a copy that was there all the time."""
    copies = {loan.accession_no: loan.line for loan in books.rows(LoanRow)}
    loan = books.first(LoanRow, lambda loan: loan.is_personal and loan.line == copies[loan.accession_no])
    loan = books.edit(loan, outcome=LoanOutcome.LOST)
    scan = books.first(StocktakeRow, lambda scan: scan.accession_no == loan.accession_no)
    return [books.at("CIR351", loan, "outcome"), books.at("STK304", scan, "accession_no")]


def never_recorded(books: Books) -> list[str]:
    for scan in list(books.rows(StocktakeRow)):
        books.edit(scan, stamp=None)
    header = books.rows(StocktakeRow)[0]._replace(line=1)
    return [books.at("CRD102", header, "stamp")]


def repair_after_withdrawal(books: Books) -> list[str]:
    gone = min((copy for copy in books.rows(AccessionRow) if copy.withdrawn_on), key=attrgetter("withdrawn_on"))
    row = books.last(RepairRow, lambda row: row.reshelved_on is not None and row.sent_on > gone.withdrawn_on)
    row = books.edit(row, accession_no=gone.accession_no)
    return [books.at("RPR302", row, "accession_no")]


def back_after_half_a_year(books: Books) -> list[str]:
    """The year of the day on which a copy was sent, of one that nobody borrowed."""
    lent = {loan.accession_no for loan in books.rows(LoanRow)}
    row = books.first(RepairRow, lambda row: row.accession_no not in lent)
    return [books.at("RPR104", books.edit(row, sent_on=row.sent_on.replace(year=2024)), "sent_on")]


def away_for_half_a_year(books: Books) -> list[str]:
    """A copy that is still at the mender's: nobody saw it in the stocktake."""
    scan = untouched(books)
    books.drop(scan)
    sent = books.first(RepairRow)
    row = books.add(sent._replace(accession_no=scan.accession_no, reshelved_on=None))
    return [books.at("RPR901", row, "reshelved_on")]


# The year of one scan is wrong: its copy seems to be missing, and to have been counted a year ago.
wrong("STK102", untouched, counted_on=lambda row: row.counted_on.replace(year=2025))
wrong("STK104", first(StocktakeScopeRow), starts_on=lambda row: row.starts_on.replace(year=row.starts_on.year - 1))
wrong("STK103", first(StocktakeScopeRow), ends_on=lambda row: row.starts_on - 5 * _DAY)
wrong("STK305", first(StocktakeRow, place="书库"), place="阅览室")
wrong("STK306", first(StocktakeRow, place="低年级书架"), place="低年级书柜")
wrong("STK307", first(StocktakeScopeRow), scope="低年级书柜")
wrong("STK901", untouched, condition=Condition.DAMAGED)
for _code, _field in {"CRD001": "catalogue_card", "CRD002": "book_card", "CRD003": "label", "CRD004": "stamp"}.items():
    wrong(_code, untouched, **{_field: Presence.ABSENT})
wrong("CRD101", untouched, label=None)
wrong("RPR101", first(RepairRow), reshelved_on=lambda row: row.sent_on - _DAY)
wrong("RPR301", first(RepairRow), accession_no=_UNUSED)
again("STK002", first(StocktakeScopeRow), "scope")
wrong("STK106", first(StocktakeScopeRow), starts_on=lambda row: row.starts_on - 60 * _DAY)
again("STK001", untouched, "accession_no")
again("STK308", first(StocktakeScopeRow), "ends_on", starts_on=date(2026, 1, 19), ends_on=date(2026, 1, 20))
again("STK301", untouched, "accession_no", accession_no=_UNUSED)


def another_copy_mended(books: Books) -> list[str]:
    """The number of a copy that nobody reported and nobody has borrowed since stands in 修补登记."""
    row = repaired(books)
    repair = books.first(RepairRow, lambda repair: repair.accession_no == row.accession_no)
    lent = {loan.accession_no for loan in books.rows(LoanRow)}
    gone = {copy.accession_no for copy in books.rows(AccessionRow) if copy.withdrawn_on}
    other = books.first(AccessionRow, lambda copy: copy.accession_no not in lent | gone)
    return [books.at("RPR305", books.edit(repair, accession_no=other.accession_no), "accession_no")]


def sent_before_accession(books: Books) -> list[str]:
    copy = books.first(AccessionRow, lambda copy: copy.batch_no == "2026-011")
    row = books.add(books.rows(RepairRow)[0]._replace(accession_no=copy.accession_no))
    return [books.at("RPR103", row, "sent_on")]


def mended_after_it_was_lost(books: Books) -> list[str]:
    """A copy written off weeks after it was reported lost."""
    lost = books.first(CompensationRow, lambda row: row.incident is Incident.LOST)
    gone = copy_numbered(books, lost.accession_no)
    assert gone.withdrawn_on is None or lost.registered_on + 2 * _DAY < gone.withdrawn_on
    sent, back = lost.registered_on + _DAY, lost.registered_on + 2 * _DAY
    row = books.add(books.rows(RepairRow)[0]._replace(accession_no=gone.accession_no, sent_on=sent, reshelved_on=back))
    return [books.at("RPR306", row, "accession_no")]


def lent_while_mended(books: Books) -> list[str]:
    loan = books.first(LoanRow, lambda loan: loan.mode is LoanMode.PERSONAL and loan.returned_on is not None)
    row = books.rows(RepairRow)[0]
    row = books.add(row._replace(accession_no=loan.accession_no, sent_on=loan.lent_on, reshelved_on=loan.returned_on))
    return [books.at("RPR303", row, "accession_no")]


def on_the_shelf_while_mended(books: Books) -> list[str]:
    lent = {loan.accession_no for loan in books.rows(LoanRow)}
    row = books.first(RepairRow, lambda row: row.reshelved_on is not None and row.accession_no not in lent)
    return [books.at("RPR304", books.edit(row, reshelved_on=None), "reshelved_on")]


again("RPR102", first(RepairRow), "sent_on", sent_on=lambda row: row.sent_on + _DAY)
