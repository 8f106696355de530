"""Old lists into the set of ledgers of a new workbook: nothing lost, nothing guessed, everything told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from schoollib_xl.adoption.batches import KnownBatches, fill_flows
from schoollib_xl.adoption.blocks import name_groups, parts_of
from schoollib_xl.adoption.class_blocks import carry_classes_down
from schoollib_xl.adoption.columns import correct_by_content, recognise_by_content, recognise_of_school
from schoollib_xl.adoption.dated_columns import loans_by_day
from schoollib_xl.adoption.defaults import Defaults
from schoollib_xl.adoption.desk_lines import DeskLines, parted, read_journals, take_desk_lines
from schoollib_xl.adoption.directory import Directory
from schoollib_xl.adoption.doubles import doubled
from schoollib_xl.adoption.finding import find_tables
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.kinds import BOOKS, EVENTS, LOANS, PARAMETERS, READERS
from schoollib_xl.adoption.loans import Loans, readers_named, with_due_dates
from schoollib_xl.adoption.losses import fill_incidents, tell_losses, without_losses
from schoollib_xl.adoption.lots import CopyNumbering
from schoollib_xl.adoption.opening import class_rows, held_by_class, opening_number, opening_row
from schoollib_xl.adoption.opening_days import open_days_of, usual_term, with_opening_day, with_usual_term
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.own_names import OwnNames
from schoollib_xl.adoption.own_numbers import take_own_numbers
from schoollib_xl.adoption.parameters import recognise_parameters, school_of, take_settings, width_of
from schoollib_xl.adoption.people import ClassSpellings, Roster, classes_of
from schoollib_xl.adoption.plain_rows import take_rows
from schoollib_xl.adoption.privacy import hide_personal
from schoollib_xl.adoption.reading import read_records
from schoollib_xl.adoption.records import Record
from schoollib_xl.adoption.remaining import note_remaining
from schoollib_xl.adoption.second_look import join_registers, take_for_copies, with_loans_apart
from schoollib_xl.adoption.serials import drop_serials
from schoollib_xl.adoption.several_books import find_further_columns, with_further_books
from schoollib_xl.adoption.slips import slips
from schoollib_xl.adoption.sources import Progress, SourceSheet, read_sources
from schoollib_xl.adoption.spread import join_prices, join_spread
from schoollib_xl.adoption.states import remarks_of_absence, settle_states
from schoollib_xl.adoption.stock import Stock
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.adoption.ticked import join_ticks
from schoollib_xl.adoption.untitled import refuse_untitled
from schoollib_xl.adoption.written_off import mark_written_off, settle_withdrawals, without_planned
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.school import DEFAULT_WIDTH, School, first_year
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
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


def tables_of(sources: Iterable[SourceSheet], names: OwnNames, journal: Journal) -> list[FoundTable]:
    """Every table of the sheets, with its columns known as far as they can be."""
    tables: list[FoundTable] = []
    for source in sources:
        tables += with_loans_apart(_tables(source, names))
        if source.remark and source.remark not in journal.assumed:
            journal.assumed.append(source.remark)
    for table in tables:
        take_for_copies(table)
        recognise_by_content(table)
        take_own_numbers(table)
        recognise_parameters(table)
    join_registers(tables)
    journal.assumed += drop_serials(tables)
    correct_by_content(tables)
    for table in tables:
        find_further_columns(table)
    journal.urgent += slips(names, tables)
    hide_personal(tables, journal)
    journal.urgent += loans_by_day(tables)
    journal.assumed += recognise_of_school(tables)
    journal.assumed += carry_classes_down(tables)
    return tables


def _tables(source: SourceSheet, names: OwnNames) -> Iterable[FoundTable]:
    name_groups(source.grid)
    joined = join_spread(source.grid) | join_prices(source.grid) | join_ticks(source.grid)
    for label, grid in parts_of(source):
        for table in find_tables(source.file, label, grid, names):
            table.joined = joined
            yield table


class FoundTables(NamedTuple):
    """What stands in the old files: tables, and lines of the desk that are not in any ledger yet; `journal` knows how
    the files were read.
    """

    tables: list[FoundTable]
    desks: list[DeskLines]
    journal: Journal


def find(paths: Sequence[Path], options: Options, progress: Progress | None = None) -> FoundTables:
    """Look at the files; `progress` is told each sheet as it begins.

    Raises Unusable for a file that cannot be read.
    """
    journal = Journal()
    files, journals = parted(paths)
    tables = tables_of(read_sources(files, progress), options.names, journal)
    return FoundTables(tables, read_journals(journals, paths, journal), journal)


def adopt(paths: Sequence[Path], options: Options, progress: Progress | None = None) -> Adoption:
    """Take the files over; `progress` is told each sheet as it begins.

    Raises Unusable for a file that cannot be read.
    """
    return adopt_found(find(paths, options, progress), options)


def adopt_found(found: FoundTables, options: Options) -> Adoption:
    """Take over what has been found.

    Raises Unusable for a list of books of which nobody can tell where the titles stand.
    """
    tables, desks, journal = found
    refuse_untitled(tables)
    records: dict[str, list[Record]] = defaultdict(list)
    for table in tables:
        for record in with_further_books(read_records(table, journal, options.as_of), table, journal, options.as_of):
            records[table.kind.name if table.kind else ""].append(record)
    adoption = _Adopting(options, journal, records, tables).run()
    take_desk_lines(adoption.ledger_set, desks, options.as_of, journal)
    journal.assumed += journal.unread_said()
    return replace(adoption, tables=[*tables, *(desk.table for desk in desks)])


class _Adopting:
    def __init__(
        self, options: Options, journal: Journal, records: dict[str, list[Record]], tables: list[FoundTable]
    ) -> None:
        self._options = options
        self._journal = journal
        self._records = records
        self._tables = tables
        self._rows: dict[type[Any], list[Any]] = {}
        self._school = School()
        self._renumbered: dict[str, str] = {}

    def run(self) -> Adoption:
        self._options = with_opening_day(self._options, self._dated_records(), self._journal)
        self._settings()
        width = self._width()
        self._plain_sheets(width)
        priceless = self._stock(width)
        names = self._people()
        self._loans(names, width)
        self._journal.urgent += doubled(self._rows.get(AccessionRow, []), self._rows.get(ReaderRow, []))
        open_days = open_days_of(self._dated_records(), self._options.weekdays, self._journal)
        defaults = Defaults(self._options, self._journal, self._records, open_days)
        self._school = defaults.complete(self._school, self._rows)
        ledger_set = LedgerSet(self._school, {row_type: rows for row_type, rows in self._rows.items() if rows})
        ledger_set.rows[LoanRow] = with_due_dates(ledger_set, self._options.as_of, self._journal)
        if not ledger_set.rows[LoanRow]:
            del ledger_set.rows[LoanRow]
        return Adoption(ledger_set, self._tables, self._journal, self._options, priceless)

    def _dated_records(self) -> list[Record]:
        return [*self._records[LOANS.name], *self._records[EVENTS.name]]

    def _settings(self) -> None:
        rows = take_settings(self._records.pop("基本信息", []), self._journal)
        self._school = school_of(rows)
        if rows:
            self._rows[SettingRow] = rows

    def _plain_sheets(self, width: int) -> None:
        """Sheets that come over row by row: everything but books, readers and loans."""
        special = {BOOKS.name, READERS.name, LOANS.name, EVENTS.name, PARAMETERS.name, ""}
        by_name = {sheet.name: sheet for sheet in ALL_SHEETS}
        for name in [name for name in self._records if name not in special]:
            declared = by_name[name]
            if declared.row_type is WithdrawalRow:
                self._records[name] = list(without_planned(self._records[name], self._journal))
            if declared.row_type is SummaryRow:
                fill_flows(self._records[name], self._journal)
            if declared.row_type is CompensationRow:
                fill_incidents(self._records[name], self._journal)
            self._rows[declared.row_type] = take_rows(declared, self._records[name], width, self._journal)

    def _width(self) -> int:
        in_settings = any(row.item == "个别登记号位数" for row in self._rows.get(SettingRow, []))
        stated = self._school.accession_width if in_settings else None
        width = self._options.width or stated or width_of(self._records[BOOKS.name])
        if width != DEFAULT_WIDTH:
            self._school = self._school._replace(accession_width=width)
        return width

    def _stock(self, width: int) -> int:
        day = self._options.opening_day
        batches: list[SummaryRow] = self._rows.get(SummaryRow, [])
        known = KnownBatches(batches)
        last = batches[-1] if batches else None
        if last and last.registered_on and last.registered_on > day:
            day = last.registered_on
        number = opening_number(known.by_number, day)
        series = CopyNumbering(width, self._options.start, day, number, known)
        stock = Stock(series, self._journal, self._options.held)
        self._records[BOOKS.name], lost = without_losses(self._records[BOOKS.name])
        lots = stock.lots(self._records[BOOKS.name])
        tell_losses(lost, lots, self._journal)
        held = [lot.record for lot in lots]
        settle_states(held, day, self._journal, has_loans=bool(self._dated_records()))
        self._journal.urgent += note_remaining(held)
        self._journal.assumed += filter(None, [remarks_of_absence(held)])
        stock.take(lots)
        if gone := self._rows.get(WithdrawalRow):
            self._rows[WithdrawalRow] = settle_withdrawals(gone, stock.rows, self._options.opening_day, self._journal)
        withdrawals = self._rows.get(WithdrawalRow, [])
        copies = mark_written_off(stock.rows, withdrawals, stock.dated_by_opening, self._journal)
        self._rows[AccessionRow], self._renumbered = copies, stock.renumbered
        opening = [copy for copy in copies if copy.batch_no == number]
        if opening:
            self._rows[SummaryRow] = [*batches, opening_row(opening, day, number, last, OPENING_REMARKS)]
            self._journal.assumed.append(
                f"原来没有总括登记账的 {len(opening)} 册归入期初一批（{number}，登记日期 {say(day)}），"
                "来源都一样的照写，不一样或没写的记“其他”。"
            )
            self._class_balances(opening, day)
        return stock.priceless

    def _class_balances(self, opening: Sequence[AccessionRow], day: date) -> None:
        if self._rows.get(ClassificationRow):
            return
        school = with_usual_term(self._school, max(day, self._options.as_of))
        term = school.term
        if term is None or term.start > term.end:
            term = usual_term(day).term
        period = term._replace(start=min(term.start, day)) if day < term.start else term
        self._rows[ClassificationRow] = class_rows(held_by_class(opening, day), period)

    def _people(self) -> ClassSpellings:
        known: list[ClassRow] = self._rows.get(ClassRow, [])
        year = first_year(max(self._options.opening_day, self._options.as_of))
        names = ClassSpellings(known, year)
        roster = Roster(names, self._journal)
        lent = (*self._records[LOANS.name], *self._records[EVENTS.name])
        roster.take(self._records[READERS.name], {record.get("reader_no") for record in lent})
        loans = self._dated_records()
        if not roster.rows and (taken := roster.take_named(readers_named(loans))):
            self._journal.assumed.append(f"来源里没有花名册，照借阅记录上的 {taken} 个人编了读者名册，核对一遍。")
        if roster.rows:
            self._rows[ReaderRow] = roster.rows
        if not known and (classes := classes_of(roster, year, self._journal)):
            self._rows[ClassRow] = classes
        return names

    def _loans(self, names: ClassSpellings, width: int) -> None:
        copies, readers = self._rows.get(AccessionRow, []), self._rows.get(ReaderRow, [])
        directory = Directory(copies, readers, names, width, self._renumbered)
        loans = Loans(directory, self._journal)
        loans.take(self._records[LOANS.name], self._records[EVENTS.name])
        self._rows[LoanRow] = loans.rows
