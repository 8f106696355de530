"""Old lists into the set of ledgers of a new workbook: nothing lost, nothing guessed, everything told."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schoollib_xl.adoption.copies.batches import KnownBatches, fill_flows
from schoollib_xl.adoption.copies.doubles import doubled
from schoollib_xl.adoption.copies.later_batches import arrivals, enter_batches
from schoollib_xl.adoption.copies.losses import tell_losses, without_losses
from schoollib_xl.adoption.copies.lots import CopyNumbering, count_between_neighbours, width_of
from schoollib_xl.adoption.copies.months import assume_days
from schoollib_xl.adoption.copies.opening import class_balances, opening_number, opening_row
from schoollib_xl.adoption.copies.remaining import note_remaining, paid_in_all
from schoollib_xl.adoption.copies.states import lists_of_doubt, remarks_of_absence, settle_states
from schoollib_xl.adoption.copies.stock import Stock
from schoollib_xl.adoption.copies.written_off import (
    LastLent,
    by_given_number,
    mark_written_off,
    numbered_withdrawals,
    of_other_books,
    one_each,
    settle_withdrawals,
    withdrawals_by_title,
    without_planned,
)
from schoollib_xl.adoption.files.desk_lines import take_desk_lines
from schoollib_xl.adoption.files.old_files import FoundTables, find
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
from schoollib_xl.adoption.lending.directory import Directory
from schoollib_xl.adoption.lending.fines import complete_fines, without_overdue
from schoollib_xl.adoption.lending.loans import Loans, with_due_dates
from schoollib_xl.adoption.lending.reader_names import namesakes_in
from schoollib_xl.adoption.lending.several_books import with_further_books
from schoollib_xl.adoption.opening_days import open_days_of, with_opening_day
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.plain_rows import take_rows
from schoollib_xl.adoption.readers.grades_told import take_grade
from schoollib_xl.adoption.readers.leaving import stop_cards, with_cards_still_good
from schoollib_xl.adoption.readers.people import ClassSpellings, Roster, classes_of, with_grades
from schoollib_xl.adoption.roster.card_readers import take_from_cards, year_of_roster
from schoollib_xl.adoption.roster.made_roster import make_roster
from schoollib_xl.adoption.rows.reading import read_records
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.register_rows import reader_of_page
from schoollib_xl.adoption.settings.defaults import WIDTH, Defaults
from schoollib_xl.adoption.settings.parameters import school_of, take_settings
from schoollib_xl.adoption.settings.subscriptions import subscriptions
from schoollib_xl.adoption.unclear.untitled import set_nameless_aside, set_untitled_aside
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import DEFAULT_WIDTH, School, first_year
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.sheets.opening.grids import Progress
from schoollib_xl.wording.zh import say

OPENING_REMARKS = "启用本账以前的馆藏"


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
    records: dict[TableKind, list[Record]] = defaultdict(list)
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
    adopting = _Adopting(options, journal, records, pages)
    ledger_set = adopting.run()
    take_desk_lines(ledger_set, desks, options.as_of, journal)
    journal.assumed += journal.unread_said()
    tell_last_balance(tables, ledger_set.rows.get(AccessionRow, []), journal)
    return Adoption(
        ledger_set, [*tables, *(desk.table for desk in desks)], journal, adopting.options, adopting.priceless
    )


class _Adopting:
    """Takes over records by the kind of their lists, and the readers of `pages` without a loan; `options` are the
    choices with what the data proposed, `priceless` how many copies have no price.
    """

    def __init__(
        self, options: Options, journal: Journal, records: dict[TableKind, list[Record]], pages: Sequence[Record]
    ) -> None:
        self._journal = journal
        self._records = records
        self._pages = pages
        self._lending = [take_grade(record) for record in (*records[LOANS], *records[EVENTS])]
        self._rows: dict[type[Any], list[Any]] = {}
        self._school = School()
        self.options = with_opening_day(options, self._lending, journal)
        self.priceless = 0

    def run(self) -> LedgerSet:
        self._settings()
        width = self._width()
        self._plain_sheets(width)
        stock = self._stock(width)
        names = self._people()
        self._fines(self._directory(names, width, stock), width)
        self._loans(self._directory(names, width, stock))
        self._journal.urgent += doubled(self._rows.get(AccessionRow, []), self._rows.get(ReaderRow, []))
        open_days = open_days_of(self._lending, self.options.weekdays, self._journal)
        defaults = Defaults(self.options, self._journal, self._records, open_days)
        self._school = defaults.complete(self._school, self._rows)
        ledger_set = LedgerSet(self._school, {row_type: rows for row_type, rows in self._rows.items() if rows})
        if loans := with_due_dates(ledger_set, self.options.as_of, self._journal):
            ledger_set.rows[LoanRow] = loans
        return ledger_set

    def _settings(self) -> None:
        rows = take_settings(self._records.get(SCHOOL_SETTINGS, []), self._journal)
        self._school = school_of(rows)
        if rows:
            self._rows[SettingRow] = rows

    def _plain_sheets(self, width: int) -> None:
        """Sheets that come over row by row: everything but the settings, books, readers, loans and fines."""
        for kind, records in self._records.items():
            if kind.sheet is None or kind in (SCHOOL_SETTINGS, READERS, LOANS, COMPENSATIONS):
                continue
            if kind is WITHDRAWALS:
                records = list(numbered_withdrawals(without_planned(records, self._journal)))
            if kind is PERIODICALS:
                records = subscriptions(records, self._journal)
            if kind.sheet.row_type is SummaryRow:
                fill_flows(records, self._journal)
            self._rows[kind.sheet.row_type] = take_rows(kind.sheet, records, width, self._journal)

    def _width(self) -> int:
        in_settings = any(row.item == WIDTH for row in self._rows.get(SettingRow, []))
        stated = self._school.accession_width if in_settings else None
        width = self.options.width or stated or width_of(self._records[BOOKS])
        if width != DEFAULT_WIDTH:
            self._school = self._school._replace(accession_width=width)
        return width

    def _stock(self, width: int) -> Stock:
        """The books, those of no batch of the sources in one opening batch; what was taken over."""
        batches: list[SummaryRow] = self._rows.get(SummaryRow, [])
        known = KnownBatches(batches)
        last = batches[-1] if batches else None
        day = max(filter(None, [self.options.opening_day, last and last.registered_on]))
        gone = {row.withdrawal_no for row in self._rows.get(WithdrawalRow, [])}
        number = opening_number(known.by_number, day)
        if number in gone:
            number = opening_number([*known.by_number, *filter(None, gone)], day)
        series = CopyNumbering(width, self.options.start, day, number, known)
        gone_on = self._records[WITHDRAWALS], self._rows.get(WithdrawalRow, [])
        lent = LastLent(self._lending, *gone_on, width, self.options.as_of)
        stock = self._books(series, lent)
        self.priceless = stock.priceless
        copies = self._rows[AccessionRow] = self._with_withdrawals(stock, lent)
        came = arrivals(copies, stock.dated_by_opening, series.opening_batch, day, self.options.as_of)
        arrived = [copy for batch in came for copy in batch]
        later = {copy.line for copy in arrived}
        own = (copy for copy in copies if copy.batch_no == series.opening_batch)
        if opening := [copy for copy in own if copy.line not in later]:
            first = opening_row(opening, day, series.opening_batch, last, OPENING_REMARKS)
            # Nothing tells how much of it was paid for what came later.
            paid = None if batches or came else paid_in_all(stock.taken, self._journal)
            self._rows[SummaryRow] = [*batches, first._replace(paid_value=paid)]
            self._journal.assumed.append(
                f"原来没有总括登记账的 {len(opening)} 册归入期初一批（{series.opening_batch}，登记日期 {say(day)}），"
                "来源都一样的照写，不一样或没写的记“其他”。"
            )
            if not self._rows.get(ClassificationRow):
                balances = class_balances(self._school, opening, arrived, day, self.options.as_of)
                self._rows[ClassificationRow] = balances
        enter_batches(self._rows, came, self._journal)
        return stock

    def _books(self, series: CopyNumbering, lent: LastLent) -> Stock:
        """The copies of the lists of books, after the lists of losses have told what became of some of them."""
        stock = Stock(series, self._journal, self.options.held)
        self._journal.assumed += assume_days(self._records[BOOKS], series.opened_on, self._journal)
        held, lost = without_losses(self._records[BOOKS])
        lots = stock.lots(held)
        tell_losses([*lost, *withdrawals_by_title(self._records[WITHDRAWALS])], lots, self._journal)
        records = [lot.record for lot in lots]
        # What a list says of copies that another one states is said with these.
        settle_states([lot.record for lot in lots if lot.own], lent, series.opened_on, self._journal)
        self._journal.urgent += [*note_remaining(records), *lists_of_doubt(records)]
        not_listed = (one for one in records if not lent.is_listed(one.get("accession_no")))
        self._journal.assumed += filter(None, [remarks_of_absence(not_listed)])
        stock.take(lots)
        return stock

    def _with_withdrawals(self, stock: Stock, lent: LastLent) -> list[AccessionRow]:
        """The copies, those on lists of withdrawals as written off; the withdrawals settled by the copies they name."""
        withdrawals: list[WithdrawalRow] = self._rows.get(WithdrawalRow, [])
        if withdrawals:
            withdrawals = one_each(withdrawals, stock.rows)
            others = of_other_books(withdrawals, stock.rows, stock.given)
            self._journal.urgent += by_given_number(withdrawals, stock.given)
            meant = [copy for copy in stock.rows if copy.accession_no not in others]
            withdrawals = settle_withdrawals(withdrawals, meant, lent, self.options.opening_day, self._journal)
            self._rows[WithdrawalRow] = withdrawals
            withdrawals = [row for row in withdrawals if row.accession_no not in others]
        return mark_written_off(stock.rows, withdrawals, stock.dated_by_opening, self._journal)

    def _people(self) -> ClassSpellings:
        year = first_year(max(self.options.opening_day, self.options.as_of))
        if not self._records[READERS]:
            # Whom nothing but loans names is in the class of now, which may be later than the last loan.
            year = max(year, year_of_roster((), self._lending, self.options.as_of))
        known = with_grades(self._rows.get(ClassRow, []), year, self._journal)
        names = ClassSpellings(known, year)
        roster = Roster(names, self._journal)
        readers, opened_on, as_of = self._records[READERS], self.options.opening_day, self.options.as_of
        self._journal.assumed += with_cards_still_good(readers, as_of)
        self._journal.urgent += stop_cards(readers, self._lending, opened_on, as_of)
        roster.take(self._records[READERS], [*self._lending, *self._pages])
        if roster.rows:
            self._year = year_of_roster(roster.rows, self._lending, as_of)
            self._journal.urgent += take_from_cards(roster, self._lending, self._pages, as_of, self._year)
        else:
            self._year = year
            last = max((row.grade for row in known if row.grade is not None), default=None)
            self._journal.assumed += make_roster(roster, self._lending, self._pages, as_of, year, last)
        self._rows[ReaderRow] = roster.rows
        if classes := known or classes_of(roster, year, self._journal):
            self._rows[ClassRow] = classes
        return names

    def _directory(self, names: ClassSpellings, width: int, stock: Stock) -> Directory:
        copies, readers = self._rows.get(AccessionRow, []), self._rows.get(ReaderRow, [])
        year, namesakes = self._year, namesakes_in(self._lending)
        return Directory(copies, readers, names, width, stock.renumbered, stock.given, year=year, namesakes=namesakes)

    def _fines(self, directory: Directory, width: int) -> None:
        if records := list(without_overdue(self._records[COMPENSATIONS], self._journal)):
            complete_fines(records, directory, self._journal)
            self._rows[CompensationRow] = take_rows(SHEETS[CompensationRow], records, width, self._journal)

    def _loans(self, directory: Directory) -> None:
        loans = Loans(directory, self._journal)
        loans.take(self._records[LOANS], self._records[EVENTS])
        self._rows[LoanRow] = loans.rows
