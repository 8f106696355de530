"""Old lists into the set of ledgers of a new workbook: nothing lost, nothing guessed, everything told."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from schoollib_xl.adoption.copies.batches import fill_flows
from schoollib_xl.adoption.copies.doubles import doubled
from schoollib_xl.adoption.copies.lots import count_between_neighbours, width_of
from schoollib_xl.adoption.copies.stock import Stock
from schoollib_xl.adoption.copies.taking_books import take_books
from schoollib_xl.adoption.copies.written_off import numbered_withdrawals, without_planned
from schoollib_xl.adoption.files.desk_lines import take_desk_lines
from schoollib_xl.adoption.files.old_files import FoundTables, find
from schoollib_xl.adoption.former_numbers import follow_former_copies
from schoollib_xl.adoption.forms.kinds import (
    BOOKS,
    COMPENSATIONS,
    EVENTS,
    LOANS,
    PERIODICALS,
    READERS,
    SCHOOL_SETTINGS,
    WITHDRAWALS,
)
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.last_balance import tell_last_balance
from schoollib_xl.adoption.lending.class_sets import take_class_sets
from schoollib_xl.adoption.lending.directory import Directory
from schoollib_xl.adoption.lending.fines import complete_fines, without_overdue
from schoollib_xl.adoption.lending.loans import Loans, with_due_dates
from schoollib_xl.adoption.lending.reader_names import namesakes_in
from schoollib_xl.adoption.lending.several_books import with_further_books
from schoollib_xl.adoption.opening_days import open_days_of, with_opening_day
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.plain_rows import take_rows
from schoollib_xl.adoption.readers.grades_told import take_grade
from schoollib_xl.adoption.roster.taking_people import TakenPeople, take_people
from schoollib_xl.adoption.rows.reading import read_records
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.register_rows import reader_of_page
from schoollib_xl.adoption.settings.defaults import WIDTH, Defaults
from schoollib_xl.adoption.settings.school_settings import school_of, take_settings
from schoollib_xl.adoption.settings.subscriptions import subscriptions
from schoollib_xl.adoption.takeover import Takeover
from schoollib_xl.adoption.unclear.untitled import set_nameless_aside, set_untitled_aside
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.sheets.opening.grids import Progress

OTHER_WIDTH = "旧表里的“个别登记号位数”是 {stated}，照 --width 改成了 {said}。"


@dataclass
class Adoption:
    """What came of the sources: the set of ledgers of the new workbook, the tables found in the sources, the journal
    of what became of each row, the choices with what the data proposed, and how many copies have no price.
    """

    ledger_set: LedgerSet
    tables: list[FoundTable]
    journal: Journal
    options: Options
    priceless: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was taken over."""
        return not any(table.kind for table in self.tables)


def adopt(paths: Sequence[Path], options: Options, progress: Progress | None = None) -> Adoption:
    """Take the files over; `progress` is told each sheet as it begins.

    Raises Unusable for a file that cannot be read.
    """
    return adopt_found(find(paths, options, progress), options)


def adopt_found(found: FoundTables, options: Options) -> Adoption:
    """Take over what has been found.

    Raises Unusable where all there is are lists of books of which nobody can tell where the titles stand.
    """
    tables, desks, journal = found
    set_untitled_aside(tables, journal)
    set_nameless_aside(tables, journal)
    records: defaultdict[TableKind, list[Record]] = defaultdict(list)
    pages: list[Record] = []
    for table in tables:
        read = read_records(table, journal, options.as_of)
        of_table = list(with_further_books(read, table, journal, options.as_of))
        if table.kind is BOOKS:
            count_between_neighbours(of_table)
        if table.kind and of_table:
            records[table.kind] += of_table
        elif page := reader_of_page(table):
            pages.append(page)
    lending = [take_grade(record) for record in (*records[LOANS], *records[EVENTS])]
    take_class_sets(lending, journal)
    takeover = Takeover(with_opening_day(options, lending, journal), journal, records, lending, pages)
    ledger_set, priceless = _take_over(takeover)
    take_desk_lines(ledger_set, desks, options.as_of, journal)
    journal.assumed += journal.unread_said()
    tell_last_balance(tables, ledger_set.rows.get(AccessionRow, []), journal)
    return Adoption(ledger_set, [*tables, *(desk.table for desk in desks)], journal, takeover.options, priceless)


def _take_over(takeover: Takeover) -> tuple[LedgerSet, int]:
    """The ledgers out of the records, step by step, and how many copies have no price."""
    of_copies = (*takeover.lending, *takeover.records[WITHDRAWALS], *takeover.records[COMPENSATIONS])
    takeover.journal.assumed += follow_former_copies(takeover.records[BOOKS], of_copies)
    school = _take_settings(takeover)
    width = _width(takeover, school, of_copies)
    school = school._replace(accession_width=width)
    _take_plain_sheets(takeover, width)
    stock = take_books(takeover, school, width)
    people = take_people(takeover, school.year_told)
    _take_fines(takeover, _directory(takeover, people, stock, width), width)
    _take_loans(takeover, _directory(takeover, people, stock, width))
    options, journal, rows = takeover.options, takeover.journal, takeover.rows
    journal.urgent += doubled(takeover.taken(AccessionRow), takeover.taken(ReaderRow))
    open_days = open_days_of(takeover.lending, options.weekdays, journal)
    school = Defaults(options, journal, takeover.records, open_days).complete(school, rows)
    ledger_set = LedgerSet(school, {row_type: taken for row_type, taken in rows.items() if taken})
    if loans := with_due_dates(ledger_set, options.as_of, journal):
        ledger_set.rows[LoanRow] = loans
    return ledger_set, stock.priceless


def _take_settings(takeover: Takeover) -> School:
    rows = take_settings(takeover.records[SCHOOL_SETTINGS], takeover.journal)
    if rows:
        takeover.rows[SettingRow] = rows
    return school_of(rows)


def _width(takeover: Takeover, school: School, of_copies: Sequence[Record]) -> int:
    """The digits of an accession number: as the options say, which then holds in the settings too, as these do, or as
    the books have them, or the registers of copies.
    """
    settings: list[SettingRow] = takeover.taken(SettingRow)
    in_settings = any(row.item == WIDTH for row in settings)
    stated, said = school.accession_width if in_settings else None, takeover.options.width
    if said and stated and said != stated:
        kept = [row._replace(value=said) if row.item == WIDTH else row for row in settings]
        takeover.rows[SettingRow] = kept
        takeover.journal.assumed.append(OTHER_WIDTH.format(stated=stated, said=said))
    return said or stated or width_of(takeover.records[BOOKS], of_copies)


def _take_plain_sheets(takeover: Takeover, width: int) -> None:
    """Sheets that come over row by row: everything but the settings, books, readers, loans and fines."""
    journal = takeover.journal
    for kind, records in takeover.records.items():
        if kind.sheet is None or kind in (SCHOOL_SETTINGS, READERS, LOANS, COMPENSATIONS):
            continue
        if kind is WITHDRAWALS:
            records = list(numbered_withdrawals(without_planned(records, journal)))
        if kind is PERIODICALS:
            records = subscriptions(records, journal)
        if kind.sheet.row_type is SummaryRow:
            fill_flows(records, journal)
        takeover.rows[kind.sheet.row_type] = take_rows(kind.sheet, records, width, journal)


def _directory(takeover: Takeover, people: TakenPeople, stock: Stock, width: int) -> Directory:
    copies, readers = takeover.taken(AccessionRow), takeover.taken(ReaderRow)
    namesakes = namesakes_in(takeover.lending)
    return Directory(
        copies, readers, people.names, width, stock.renumbered, stock.given, year=people.year, namesakes=namesakes
    )


def _take_fines(takeover: Takeover, directory: Directory, width: int) -> None:
    if records := list(without_overdue(takeover.records[COMPENSATIONS], takeover.journal)):
        complete_fines(records, directory, takeover.journal)
        takeover.rows[CompensationRow] = take_rows(SHEETS[CompensationRow], records, width, takeover.journal)


def _take_loans(takeover: Takeover, directory: Directory) -> None:
    loans = Loans(directory, takeover.journal)
    loans.take(takeover.records[LOANS], takeover.records[EVENTS])
    takeover.rows[LoanRow] = loans.rows
